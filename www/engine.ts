// The one door to the package. core.js, a script of its own, sets the global `postern`; everything the page says
// about policies comes through here.
export type {
  AccessCheck, AccessComparison, AccessReason, Setup, SetupFormat, SetupOptions,
  BucketPolicyOptions, BuiltDocument, BuiltPolicy, CapabilityName, CapabilityResult, Check, Diagnosis, EndpointPolicyOptions,
  EndpointsOptions, Explanation, ExportFormat, Finding, FindingType, Fix, IdentityPolicyKind, Location,
  LogBucketKeyPolicyOptions, LogGroupKeyPolicyOptions, MinimizedPolicy, NodeOptions, Note, NoteCode, OperatorOptions,
  PreferencesDocumentOptions, Recognised, RelatedKind, RoleInput, RoleReason, SessionDocumentOptions, SessionGuardOptions,
  SessionKeyPolicyOptions, TrustPolicyOptions, ValidateOptions, Want,
} from 'postern';

/**
 * Calls that the page does not make. The build leaves them, and what only they need, out of its engines.
 */
type Elsewhere = 'catalogInfo' | 'checkAccessNotGranted' | 'checkNoPublicAccess' | 'describeAction' | 'evaluate' | 'evaluateAll'
  | 'listActions' | 'listConditionKeys' | 'listServices';

/** Calls that people ask for by a click, and those that decide requests: they are an engine of their own, in more.js. */
type OnDemand = 'compareAccess' | 'diagnoseRole' | 'explainError' | 'exportSetup' | 'minimizePolicy';

/** With it come the words of its sentences on this page. */
export type Engine = Omit<typeof import('postern'), Elsewhere | OnDemand> & Pick<typeof import('./answer.js'), 'answer'> & typeof import('./named.js') & typeof import('./role-words.js');
export type EngineOnDemand = Pick<typeof import('postern'), OnDemand | 'init' | 'PosternError'>;

/** The calls whose answer may be waited for, since they read texts of any length. */
export type Calls = Pick<typeof import('postern'), 'validatePolicy' | 'findPolicies' | 'diagnoseRole'>;

/** A `PosternError`, also of the engine in a worker, from where it comes without its class. */
export class PosternFailure extends Error {
  readonly code: string;
  readonly path: string | null;

  constructor({ code, message, path }: { code: string; message: string; path: string | null }) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

declare global {
  var postern: Engine | undefined;
  /** Makes `postern`. It is all of core.js, so that its text can be run in a worker too. */
  var posternCore: (() => Engine) | undefined;
}

/** The guide's own placeholder for a KMS key. The engine keeps it, with a note. */
export const KEY_PLACEHOLDER = 'key-name';

/** Why the engine is not there, in words for people. */
export interface Failure {
  cause: string;
}

/** Loads the engine. Never rejects. */
export async function startEngine(): Promise<Failure | null> {
  const missing = ['WebAssembly', 'DecompressionStream'].find((name) => !(name in globalThis));
  if (missing !== undefined) return { cause: `This browser is too old or restricted: it has no ${missing}.` };
  await scriptsHaveRun();
  if (globalThis.postern === undefined) {
    return { cause: 'The file core.js is missing, or something between this page and you has blocked it.' };
  }
  try {
    await core().init();
    return null;
  } catch (reason) {
    return { cause: inWords(reason) };
  }
}

/** The package, for all calls that the page makes. Only to be asked for once `startEngine` has answered null. */
export function core(): Engine {
  if (globalThis.postern === undefined) throw new Error('The engine was asked before it was there.');
  return globalThis.postern;
}

/** Deferred scripts run in order and before this event, so afterwards a missing core.js will not come any more. */
function scriptsHaveRun(): Promise<void> {
  const state = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
  const isOver = document.readyState === 'complete' || (state?.domContentLoadedEventStart ?? 0) > 0;
  if (isOver || globalThis.postern !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  });
}

function inWords(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  if (/content security policy|unsafe-eval|disallowed by embedder/i.test(text)) {
    return 'A security policy of the browser, an extension or your company forbids WebAssembly on this page.';
  }
  return `The browser could not load core.js: ${text}`;
}
