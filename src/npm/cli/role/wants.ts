// The capabilities that are asked for, with their values.
import { diagnoseRole, listCapabilities } from 'postern';
import type { Partition, Want } from '../../types.js';
import { CAPABILITIES, HEARTBEAT, OF_EVERY, type Side, type UseName } from '../../uses.js';
import { flagName } from '../build/flags.js';
import { Failure } from '../failure.js';
import { alike, didYouMean } from '../near.js';
import { listed, say } from '../terminal.js';

/**
 * The capabilities that these words mean, each once: ids such as `node.s3-logs`, ids without their side, or uses. Of a node
 * every use needs the heartbeat as well.
 */
export function idsOf(words: readonly string[], side: Side): string[] {
  const uses = Object.keys(CAPABILITIES).filter((use) => CAPABILITIES[use as UseName][side] !== undefined);
  if (words.length === 0) throw new Failure(`--wants is empty. It takes ${listed(uses)}, and capabilities such as s3-logs.`);
  const known = listCapabilities().map(({ id }) => id);
  const usesOfNode = side === 'node' && words.some((word) => Object.hasOwn(CAPABILITIES, word)) ? [HEARTBEAT] : [];
  return [...new Set([...usesOfNode, ...words.map((word) => {
    if (known.includes(word)) return word;
    const id = Object.hasOwn(CAPABILITIES, word) ? CAPABILITIES[word as UseName][side] : `${side}.${word}`;
    if (id !== undefined && known.includes(id)) return id;
    const others = known.filter((one) => one.endsWith(`.${word}`));
    if (others.length === 1) return others[0]!;
    if (Object.hasOwn(CAPABILITIES, word)) throw new Failure(`--wants ${word} is nothing that ${side === 'node' ? 'a node needs' : 'people need'} a policy for; --side ${side === 'node' ? 'operator asks of people' : 'node asks of a node'}.`);
    const same = known.filter((one) => one.slice(one.indexOf('.')) === word.slice(word.indexOf('.')));
    const near = same.length > 0 ? same : alike(word, word.includes('.') ? known : [...uses, ...offered(known, side)]);
    throw new Failure(`--wants does not know ${JSON.stringify(word)} for ${side === 'node' ? 'a node' : 'people'}.${didYouMean(near)} `
      + `It takes ${listed(uses)}, and: ${offered(known, side).join(', ')}.`);
  })])];
}

/** Whether a word means a capability, of whichever side. */
export const isWant = (word: string): boolean => Object.hasOwn(CAPABILITIES, word) || listCapabilities().some(({ id }) => id === word || id.endsWith(`.${word}`));

/** Whether these words mean something else for the other side, or none are given. */
export function isBySide(words: readonly string[] | undefined): boolean {
  const known = new Set(listCapabilities().map(({ id }) => id));
  return words === undefined || words.some((word) => {
    if (known.has(word)) return false;
    const uses = CAPABILITIES[word as UseName] as Partial<Record<Side, string>> | undefined;
    return uses === undefined ? known.has(`node.${word}`) && known.has(`operator.${word}`) : uses.node !== undefined && uses.operator !== undefined;
  });
}

/** The words for the capabilities of a side, and for those of none, such as who may take the role. */
const offered = (known: readonly string[], side: Side): string[] => (
  known.filter((id) => id.startsWith(`${side}.`) || !/^(?:node|operator)\./.test(id)).map((id) => id.replace(`${side}.`, ''))
);

/** What is asked for when nobody says: the uses of the side. */
export function usual(side: Side): string[] {
  const ids = Object.values(CAPABILITIES).flatMap((capability) => capability[side] ?? []);
  return [...new Set(side === 'node' ? [HEARTBEAT, ...ids] : ids)];
}

/** With each value that a capability depends on, and those of which all do. A value that none of them takes is said. */
export function wantsOf(ids: readonly string[], values: Record<string, unknown>): Want[] {
  const known = new Map(listCapabilities().map((one) => [one.id, one.values]));
  const used = new Set<string>();
  const wants = ids.map((capability): Want => {
    const own = Object.entries(values).filter(([name]) => ['partition', ...OF_EVERY, ...asking(capability), ...known.get(capability)!].includes(name));
    for (const [name] of own) used.add(name);
    return { capability, ...Object.fromEntries(own) };
  });
  for (const name of Object.keys(values)) {
    if (!used.has(name)) say(`--${flagName([name])} is not looked at: ${listed(takers(name, known))} ${takers(name, known).length === 1 ? 'takes' : 'take'} it, and --wants names none of them.`);
  }
  return wants;
}

/** Who asks, of whom policies can speak whatever is asked: a node has a role, and people have one or are users. */
const asking = (capability: string): string[] => (capability.startsWith('trust.') ? [] : capability.startsWith('node.') ? ['roleName'] : ['roleName', 'userName']);

/** The partition that is asked about, where somebody says it, or the Region, which is of one. */
export function partitionOf({ partition, region }: Record<string, unknown>): Partition | undefined {
  if (partition !== undefined || region === undefined) return partition as Partition | undefined;
  const { capabilities: [heartbeat] } = diagnoseRole({ documents: [{ Version: '2012-10-17', Statement: [] }], wants: [{ capability: HEARTBEAT, region: region as string }] });
  return /^arn:([\w-]+):/.exec(heartbeat?.reasons[0]?.resource ?? '')?.[1] as Partition | undefined;
}

/** The capabilities that take a value, without their side. */
const takers = (value: string, known: ReadonlyMap<string, readonly string[]>): string[] => (
  [...new Set([...known].filter(([, values]) => values.includes(value)).map(([id]) => id.slice(id.indexOf('.') + 1)))].slice(0, 5)
);
