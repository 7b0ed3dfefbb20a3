// Texts that scripts/page.mjs asks the engine for while it makes the page, so that the page says them before the
// engine is there, and without JavaScript too.
import type { Answer } from './answer.js';
import type { BuiltPolicy } from './engine.js';

export interface BuiltTexts {
  version: string;
  /** The day of the data on AWS services. */
  catalogDate: string;
  /** The address of the source, when the package names one. */
  homepage: string | null;
  /** The answer for the options as they stand at first. */
  plain: BuiltPolicy;
  words: Answer['words'];
  checked: Answer['checked'];
  /** The same with KMS and the guide's placeholder. */
  withKey: BuiltPolicy;
  /** A key ARN that the engine takes. */
  keyExample: string;
  /** The ARN of a role that the engine takes. */
  roleExample: string;
  /** What a role must be allowed to do for sessions, heartbeat included. */
  actions: string[];
}

// esbuild puts the texts in the place of this name.
declare const BUILT_TEXTS: BuiltTexts;

export const BUILT: BuiltTexts = BUILT_TEXTS;
