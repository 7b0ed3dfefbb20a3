// The files of one version of a module or template, and which of them may define what others refer to.
import { posix } from 'node:path';

/** The files of one version. Paths have slashes. */
export interface Files {
  /** The texts that may define something, by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** The text of any file; null where there is none. */
  read(path: string): string | null;
  /** The paths of all files below a folder; null where there are too many. */
  below(folder: string): readonly string[] | null;
  /** Of an older version where its files and folders stand now; nothing where each has the same path. */
  readonly moves?: Moves;
}

/** Paths of the older version as those of the newer one, and the other way round. */
export interface Moves {
  now(path: string): string;
  was(path: string): string;
}

export const STAYING: Moves = { now: (path) => path, was: (path) => path };

/** Whether a file is one of a module, whose files know each other's names. */
export const isOfModule = (path: string): boolean => /\.(?:tf|tofu)(?:\.json)?$/i.test(path);
/** Whether a file may define what another one refers to. */
export const mayDefine = (path: string): boolean => isOfModule(path) || /\.(?:hcl|tfvars|tfvars\.json)$/i.test(path);

/** The same of a template. */
export const isDefining = (text: string): boolean => /\bResources["']?\s*:|^\ufeff?["']?provider["']?\s*:|"provider"\s*:/m.test(text);

/** Whether a text gives other templates their values, so that their policies may be others though they are the same. */
export const isNesting = (text: string): boolean => /\bAWS::(?:CloudFormation::Stack|Serverless::Application)\b|\baws_cloudformation_stack\b/.test(text);

/** Where the names in a file count. */
export const scopeOf = (path: string): string => (isOfModule(path) ? posix.dirname(path) : path);
