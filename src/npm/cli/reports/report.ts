// What a format of reports is: text before, for each file, and after. Nothing of a file is kept once it is written.
import { KINDS } from '../../policy-type.js';
import type { FileFinding, FileResult } from '../check/one.js';
import type { ChosenType } from '../check/type.js';
import type { FailOn } from '../check/settings.js';
import type { Problem } from '../files/find.js';
import type { Finding, FindingType } from '../../types.js';
import type { Paint } from '../terminal.js';

export interface Report {
  begin?(): string;
  file(result: FileResult): string;
  end?(total: Total): string;
}

export interface Setting {
  failOn: FailOn;
  paint: Paint;
  isFixing: boolean;
}

export interface Total {
  files: number;
  policies: number;
  findings: Record<FindingType, number>;
  suppressed: number;
  /** Findings that are gone since fixes were written, and how many of them had none of their own. */
  fixed: number;
  fixedAlong: number;
  /** How many findings have a fix that --fix writes; and all that have one, which --fix --unsafe writes. */
  fixable: number;
  fixableWithUnsafe: number;
  /** How many findings have fixes that cannot be written into their files. */
  byHand: number;
  /** How many policies could not be read at all. */
  notChecked: number;
  problems: Problem[];
  stale: Stale[];
}

/** A suppression with nothing to suppress. */
export interface Stale {
  /** The configuration. */
  file: string;
  code: string;
  /** Its glob. */
  files: string;
  message: string;
}

/** The details of a finding and what to do, as one text. */
export const textOf = ({ findingDetails, help }: Finding): string => (help === null ? findingDetails : `${findingDetails} ${help}`);

/** Where a policy stands: its file, and its name in there. */
export const titleOf = (path: string, name: string): string => (name === '' ? path : `${path} (${name})`);

/** As what a policy was checked. */
export const nounOf = ({ type, options }: ChosenType): string => (
  `${KINDS[type].noun}${type === 'resource' && options.validatePolicyResourceType ? ` of ${options.validatePolicyResourceType}` : ''}`
);

/** The same where nobody says it. */
export const guessOf = (type: ChosenType): string | null => (type.from === 'guess' ? `${nounOf(type)} (guessed)` : null);

/** Who can say it. */
export const SAY_TYPE = '--policy-type or postern.json says another.';

/** Every finding of a file, in its order, with the policy in which it is. */
export function* findingsOf(result: FileResult): Generator<{ name: string; type: ChosenType; finding: FileFinding }> {
  for (const { name, type, findings } of result.policies) for (const finding of findings) yield { name, type, finding };
}

/**
 * What tells a finding from the others and stays the same when lines and statements move: what is found, in which element of
 * which policy, in its words. Those that are alike are counted.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(path: string, name: string, { issueCode, findingDetails = '', locations }: { issueCode: string; findingDetails?: string; locations: readonly { pointer: string }[] }): string {
    const text = [path, name, issueCode, findingDetails, locations[0]!.pointer.replace(/\/\d+/g, '/*')].join('\n');
    const times = this.#seen.get(text) ?? 0;
    this.#seen.set(text, times + 1);
    return hash(`${text}\n${times}`);
  }

  /** Files come one after the other, so what was seen in one is not needed in the next. */
  nextFile(): void {
    this.#seen.clear();
  }
}

function hash(text: string): string {
  const { createHash } = process.getBuiltinModule?.('node:crypto') ?? require('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
