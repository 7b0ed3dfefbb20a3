// The roles of an account by capability, one line each.
import { diagnoseRole } from 'postern';
import type { CapabilityResult, Want } from '../../types.js';
import { count, json, print, say, visible, type Paint, type Style } from '../terminal.js';
import type { Account } from './account.js';
import type { Around } from './command.js';

export interface Setting {
  wants: Want[];
  around: Around;
  paint: Paint;
  format: 'human' | 'json';
  /** What is to be known of all of them, beside what is assumed of each. */
  notes: readonly string[];
  isWrong(one: CapabilityResult): boolean;
}

const CELLS: Record<CapabilityResult['result'], [word: string, style: Style]> = { works: ['yes', 'green'], fails: ['no', 'dim'], unknown: ['?', 'yellow'] };

/** Prints the table and gives how many of the roles fail something that is wanted, or may. */
export async function tableOf(account: Account, { wants, around, paint, format, isWrong, notes }: Setting): Promise<number> {
  // Whole ids, which say whether a node or a person is meant.
  const headings = wants.map(({ capability }) => capability);
  const width = Math.max(4, Math.min(64, account.longestName));
  const works = wants.map(() => 0);
  const taken = new Assumptions();
  let wrong = 0;
  if (format === 'human') await print(`${paint('bold', ['role'.padEnd(width), ...headings].join('  '))}\n`);
  for (const { name, called, arn, text } of account.documents()) {
    const { capabilities, assumptions } = diagnoseRole({ ...around, documents: [text], roleName: name, wants });
    if (capabilities.some(isWrong)) wrong += 1;
    capabilities.forEach(({ result }, i) => { if (result === 'works') works[i]! += 1; });
    if (format === 'json') {
      await print(`${json({ role: name, arn, capabilities: Object.fromEntries(capabilities.map(({ id, result }) => [id, result])), assumptions: [...assumptions, ...notes] })}\n`);
      continue;
    }
    taken.of(called, assumptions);
    const cells = capabilities.map(({ result }, i) => {
      const [word, style] = CELLS[result];
      return paint(style, i === capabilities.length - 1 ? word : word.padEnd(headings[i]!.length));
    });
    await print(`${[visible(called).padEnd(width), ...cells].join('  ')}\n`);
  }
  if (format === 'human') await print(['', ...taken.lines(account.roles).map((line) => paint('dim', visible(line))), ''].join('\n'));
  say(`${count(account.roles, 'role')}; ${wants.map((_, i) => `${headings[i]}: ${works[i]}`).join(', ')}. A ? depends on what is not given here; name one role with --role to see why.`);
  return wrong;
}

/** What is taken to be so of the roles, each sentence once. */
class Assumptions {
  readonly #rolesOf = new Map<string, { roles: number; first: string }>();
  #others = 0;

  of(role: string, assumptions: readonly string[]): void {
    for (const one of assumptions) {
      const before = this.#rolesOf.get(one);
      if (before !== undefined) before.roles += 1;
      else if (this.#rolesOf.size < MOST_TOLD) this.#rolesOf.set(one, { roles: 1, first: role });
      else this.#others += 1;
    }
  }

  /** What holds for all of so many roles comes first. */
  lines(all: number): string[] {
    const told = [...this.#rolesOf].sort(([, a], [, b]) => b.roles - a.roles).map(([sentence, { roles, first }]) => (
      roles === all ? sentence : `${roles === 1 ? first : `${first} and ${count(roles - 1, 'other role')}`}: ${sentence}`
    ));
    return this.#others === 0 ? told : [...told, `There are ${this.#others} more assumptions; --format json has those of each role.`];
  }
}

/** Further sentences are only counted. */
const MOST_TOLD = 20;
