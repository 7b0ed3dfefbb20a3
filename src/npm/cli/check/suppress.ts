// Findings that may stay, with the reason that somebody wrote down.
import type { Finding } from '../../types.js';
import { matcher } from './config.js';
import type { Config, Suppression } from './settings.js';

const matchers = new WeakMap<Suppression, (absolute: string) => boolean>();

export interface Match {
  /** Its place in the configuration. */
  index: number;
  reason: string;
}

/** Says of the findings of a policy which of them may stay. */
export function suppressionsFor(config: Config | null, absolute: string, name: string): (finding: Finding) => Match | null {
  const all = (config?.suppressions ?? []).flatMap((one, index) =>
    (isFor(one, config!, absolute) && (one.policy === null || one.policy === name) ? [{ ...one, index }] : []));
  return ({ issueCode, locations }) => {
    const { pointer } = locations[0]!;
    return all.find((one) => one.code === issueCode && (one.pointer === null || pointer === one.pointer || pointer.startsWith(`${one.pointer}/`))) ?? null;
  };
}

function isFor(one: Suppression, { folder }: Config, absolute: string): boolean {
  let matches = matchers.get(one);
  if (matches === undefined) matchers.set(one, matches = matcher(folder, one.files));
  return matches(absolute);
}

/** Counts what each suppression was good for in a run. */
export class Uses {
  readonly #used = new Set<number>();
  readonly #met = new Set<number>();

  constructor(readonly config: Config | null) {}

  file(absolute: string, used: readonly number[]): void {
    for (const index of used) this.#used.add(index);
    this.config?.suppressions.forEach((one, i) => { if (!this.#met.has(i) && isFor(one, this.config!, absolute)) this.#met.add(i); });
  }

  /** Those of whose files one was checked, without a finding for them. `isAll`: every file was checked. */
  unused(isAll: boolean): string[] {
    return (this.config?.suppressions ?? []).flatMap(({ code, files }, i) => {
      if (this.#used.has(i) || !(isAll || this.#met.has(i))) return [];
      return [`${this.config!.path}: the suppression of ${code} in ${files} has nothing to suppress any more. Remove it.`];
    });
  }
}
