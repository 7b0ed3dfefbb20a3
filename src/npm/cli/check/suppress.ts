// Findings that may stay, with the reason that somebody wrote down.
import type { Finding } from '../../types.js';
import { ACCESS_CHECKS } from '../access/checks.js';
import { findFiles } from '../files/find.js';
import type { Stale } from '../reports/report.js';
import { excluded, matcher } from './config.js';
import type { FileResult } from './one.js';
import type { Config, Settings, Suppression } from './settings.js';

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

/** What is said of rules about types of policies whose glob means none of the files, all of which were looked at. */
export function rulesOfNothing(config: Config, targets: readonly { absolute: string }[]): string[] {
  return config.policies.flatMap(({ files }, i) => {
    const matches = matcher(config.folder, files);
    return targets.some(({ absolute }) => matches(absolute)) ? [] : [`policies[${i}].files: no file matches ${files}. Globs are relative to the folder of the configuration.`];
  });
}

/** Counts what each suppression was good for in a run. */
export class Uses {
  readonly #config: Config | null;
  readonly #used = new Set<number>();
  readonly #met = new Set<number>();
  /** The files of which every policy was checked. */
  readonly #checked = new Set<string>();

  constructor({ config, type, resourceType, identityPolicy }: Settings) {
    // Taken for another type, a policy has other findings.
    this.#config = type === null && resourceType === null && identityPolicy === null ? config : null;
  }

  file({ absolute, policies, notChecked, problem }: FileResult): void {
    const all = this.#config?.suppressions ?? [];
    if (all.length === 0) return;
    for (const { suppressed } of policies) for (const { index } of suppressed) this.#used.add(index);
    if (problem === null && notChecked.length === 0) this.#checked.add(absolute);
    all.forEach((one, i) => { if (!this.#met.has(i) && isFor(one, this.#config!, absolute)) this.#met.add(i); });
  }

  /**
   * Those without a finding for them, of whose files every one was checked that the folder of the configuration has.
   * `isAll`: all that is in this folder was looked at, so that one may also have no file any more.
   */
  unused(isAll: boolean): Stale[] {
    const config = this.#config;
    // What is asked about access is said on the command line, and may be another thing in the next run.
    const unused = (config?.suppressions ?? []).filter((one, i) => !this.#used.has(i) && (isAll || this.#met.has(i)) && !Object.hasOwn(ACCESS_CHECKS, one.code));
    if (config === null || unused.length === 0) return [];
    const { targets, problems } = findFiles([config.folder], excluded(config));
    if (problems.length > 0) return [];
    return unused.flatMap((one) => {
      if (targets.some(({ absolute }) => isFor(one, config, absolute) && !this.#checked.has(absolute))) return [];
      if (!targets.some(({ absolute }) => isFor(one, config, absolute))) {
        return [{ file: config.path, code: one.code, files: one.files, message: `no file matches ${one.files}, for which ${one.code} is suppressed. Globs are relative to the folder of the configuration.` }];
      }
      return [{ file: config.path, code: one.code, files: one.files, message: `the suppression of ${one.code} in ${one.files} has nothing to suppress any more. Remove it.` }];
    });
  }
}
