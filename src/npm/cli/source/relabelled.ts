// Resources that have another label or logical ID in the newer one of two versions of a module or template, and say what they
// said. Terraform and CloudFormation make such a thing anew; who may do what stays as it was.
import { addressOf, withinOf } from './definitions-terraform.js';
import { resourcesOf } from './cloudformation.js';
import { templatesIn } from './serverless.js';
import type { Block } from './terraform-presence.js';
import { type Extent, type Value, entriesOf, get, known } from './value.js';

/** Something with a name in a module or template; its own name is no part of its text. */
export interface Labelled {
  name: string;
  /** Only things of one kind can be the same; null of what is none by itself and only refers to others. */
  kind: string | null;
  /** Asked for only where something is gone. */
  text(): string;
}

/** The names in the expressions of Terraform that other labels can change. */
export const IN_HCL = /(?<![\w.-])(?:(?:module|local)\.[\w-]+|(?:data\.)?[a-z]\w*_\w+\.[\w-]+)/g;

/** The places of logical IDs in a template: behind a function that refers to one, and in the paths by which a policy is called. */
export const IN_TEMPLATE = /(?<=\bResources\.|\$\{!?|\b(?:Ref|GetAtt|DependsOn)["']?\s{0,99}:?\s{0,99}(?:\[\s{0,99}|-\s{1,99})?["']?)[A-Za-z0-9]+/g;

/** What a file of Terraform has, where `text` is without what makes no difference. */
export function labelledInHcl(blocks: readonly Block[], source: string, canonical: (text: string) => string): Labelled[] {
  const slice = ({ start, end }: Extent): string => canonical(source.slice(start, end));
  return blocks.flatMap((block): Labelled[] => {
    const { type, body } = block;
    if (type === 'locals') return entriesOf(body).map(({ key, value }) => ({ name: `local.${known(key)}`, kind: 'local', text: () => slice(value) }));
    const isThing = type === 'resource' || type === 'data' || type === 'module';
    return [{ name: addressOf(block), kind: isThing ? addressOf({ ...block, labels: block.labels.slice(0, -1) }) : null, text: () => canonical(withinOf(body, source)) }];
  });
}

/** What a template has. */
export function labelledInTemplate(root: Value, source: string, canonical: (text: string) => string): Labelled[] {
  const slice = ({ start, end }: Extent): string => canonical(source.slice(start, end));
  const labelled = (): Labelled[] => templatesIn(root).templates.flatMap((template) => [
    ...resourcesOf(get(template, 'Resources')).map(({ key, value }): Labelled => ({ name: known(key) ?? slice(key), kind: known(get(value, 'Type')), text: () => slice(value) })),
    ...['Outputs', 'Conditions'].flatMap((section) => get(template, section) ?? []).map((value): Labelled => ({ name: '', kind: null, text: () => slice(value) })),
  ]);
  try {
    return labelled();
  } catch (reason) {
    // What is nested too deeply is told elsewhere.
    if (reason instanceof RangeError) return [];
    throw reason;
  }
}

/** A thing that is on one side only. */
interface Lone {
  kind: string;
  text: string;
  /** The text without the names of others that are on one side only, and these. */
  rest: string;
  refers: string[];
  /** The names of all that refer to it. */
  users: Set<string>;
}

/** The names of things that are gone, each with that of the new one that says the same, where all that both refer to is the same. */
export function relabelled(older: readonly Labelled[], newer: readonly Labelled[], pattern: RegExp): Map<string, string> {
  const [before, after] = [onlyIn(older, newer), onlyIn(newer, older)];
  const [gone, added] = [lonesOf(before, after), lonesOf(after, before)];
  if (gone.size === 0) return new Map();
  const lone = new Map([...gone, ...added]);
  for (const { name, text } of [...older, ...newer]) {
    const own = lone.get(name);
    const rest = text().replace(pattern, (one) => {
      lone.get(one)?.users.add(name);
      if (lone.has(one)) own?.refers.push(one);
      return lone.has(one) ? '\0' : one;
    });
    if (own !== undefined) own.rest += `${rest}\n`;
  }
  const classes = classesOf(lone);
  const usersOf = (name: string): string => Array.from(lone.get(name)!.users, (one) => String(classes.get(one) ?? `=${one}`)).sort().join('\0');
  const matches = new Map<string, string>();
  // Of several that say the same it is the one to which the same others refer; where none is, each is as good.
  for (const keyOf of [(name: string) => `${classes.get(name)}\0${usersOf(name)}`, (name: string) => String(classes.get(name))]) {
    const taken = new Set(matches.values());
    const open = new Map<string, string[]>();
    for (const name of added.keys()) {
      if (taken.has(name)) continue;
      const alike = open.get(keyOf(name));
      if (alike === undefined) open.set(keyOf(name), [name]);
      else alike.push(name);
    }
    for (const all of open.values()) all.reverse();
    for (const name of gone.keys()) {
      const other = matches.has(name) ? undefined : open.get(keyOf(name))?.pop();
      if (other !== undefined) matches.set(name, other);
    }
  }
  return confirmed(matches, lone, pattern);
}

/** Those of one side whose names the other one does not have. */
function onlyIn(own: readonly Labelled[], other: readonly Labelled[]): Labelled[] {
  const names = new Set(other.map(({ name }) => name));
  return own.filter(({ name, kind }) => kind !== null && !names.has(name));
}

/** Those of which the other side has others of the same kind. Files that override others say more of the same. */
function lonesOf(own: readonly Labelled[], other: readonly Labelled[]): Map<string, Lone> {
  const kinds = new Set(other.map(({ kind }) => kind));
  const lone = new Map<string, Lone>();
  for (const { name, kind, text } of own) {
    if (!kinds.has(kind)) continue;
    const before = lone.get(name);
    if (before === undefined) lone.set(name, { kind: kind!, text: text(), rest: '', refers: [], users: new Set() });
    else before.text += `\n${text()}`;
  }
  return lone;
}

/** A number for all that say the same, as far as those do to which they refer. */
function classesOf(lone: ReadonlyMap<string, Lone>): Map<string, number> {
  const numbered = (textOf: (name: string, one: Lone) => string): [Map<string, number>, number] => {
    const numbers = new Map<string, number>();
    const classes = new Map(Array.from(lone, ([name, one]) => {
      const text = textOf(name, one);
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return [name, numbers.get(text)!] as const;
    }));
    return [classes, numbers.size];
  };
  let [classes, count] = numbered((_, { kind, rest }) => `${kind}\0${rest}`);
  for (let i = 0; i < MOST_ROUNDS; i += 1) {
    const before = classes;
    const [next, more] = numbered((name, { refers }) => [name, ...refers].map((one) => before.get(one)).join());
    classes = next;
    if (more === count) break;
    count = more;
  }
  return classes;
}

/** The matches that hold with the names of all others; what refers to one that does not hold is not the same either. */
function confirmed(matches: Map<string, string>, lone: ReadonlyMap<string, Lone>, pattern: RegExp): Map<string, string> {
  for (let i = 0; i < MOST_ROUNDS; i += 1) {
    const wrong = Array.from(matches).filter(([name, now]) => lone.get(name)!.text.replace(pattern, (one) => matches.get(one) ?? one) !== lone.get(now)!.text);
    if (wrong.length === 0) return matches;
    for (const [name] of wrong) matches.delete(name);
  }
  return new Map();
}

/** Things refer to one another by way of fewer others. */
const MOST_ROUNDS = 100;

/** A resource or a module, below the modules in which it is. Which of several instances is meant makes no other thing of it. */
export interface Address {
  modules: string[];
  name: string;
}

export function readAddress(text: string): Address | null {
  const steps = text.replace(/\[[^[\]]*\]/g, '').trim().split('.');
  const modules: string[] = [];
  while (steps.length > 2 && steps[0] === 'module') modules.push(steps.splice(0, 2)[1]!);
  const name = steps.join('.');
  return /^(?:module|[a-z]\w*_\w+)\.[\w-]+$/.test(name) ? { modules, name } : null;
}

/** The last of the names that one leads to: blocks stay in files, so that one may lead to the next. */
export function lastOf(names: ReadonlyMap<string, string>, one: string): string {
  let at = one;
  for (let i = 0; i < MOST_MOVES && names.has(at); i += 1) at = names.get(at)!;
  return at;
}

/** So often a resource was given another name. */
const MOST_MOVES = 100;
