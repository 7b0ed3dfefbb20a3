// The engine of more.js, which the page asks in a worker of its own, so that it goes on answering.
import type { Beside } from '../ask.js';
import type { AccessComparison, Diagnosis, Explanation, MinimizedPolicy, PosternFailure, RoleInput, Setup, SetupOptions } from '../engine.js';

/** Rest between the last key and a question, in milliseconds. */
export const REST = 150;

let ask: Beside;

export function begin(asked: Beside): void {
  ask = asked;
}

export const explainError = (message: string) => ask(['explainError', message]) as Promise<Explanation[]>;

export const diagnoseRole = (input: RoleInput) => ask(['diagnoseRole', input]) as Promise<Diagnosis>;

export const compareAccess = (existing: (string | object)[], proposed: (string | object)[]) =>
  ask(['compareAccess', existing, proposed]) as Promise<AccessComparison>;

export const exportSetup = (options: SetupOptions) => ask(['exportSetup', options]) as Promise<Setup>;

export const minimizePolicy = (policy: string) => ask(['minimizePolicy', policy]) as Promise<MinimizedPolicy>;

/** What the engine refused, which has a code; anything else is a mistake of the page's own, and thrown again. */
export function refused(reason: unknown): PosternFailure {
  if (reason instanceof Error && 'code' in reason) return reason as PosternFailure;
  throw reason;
}
