// What the page knows, the one reducer that changes it, and the part of it that stands in the address.
import { KEY_PLACEHOLDER, type Failure, type NodeOptions, type OptionPath, type Partition } from './engine.js';
import { DEFAULT_POLICY_NAME } from './steps.js';

export type View = 'build' | 'people' | 'role' | 'validate';

export const TITLES: Record<View, string> = {
  build: 'Build an instance role policy',
  people: 'Build policies for the people who start sessions',
  role: 'Check an existing role',
  validate: 'Validate a policy',
};

export interface BuildForm {
  kms: boolean;
  kmsKeyArn: string;
  bucket: boolean;
  heartbeat: boolean;
  partition: Partition | '';
  region: string;
  accountId: string;
  policyName: string;
}

export const AT_FIRST: BuildForm = {
  kms: false,
  kmsKeyArn: '',
  bucket: true,
  heartbeat: false,
  partition: '',
  region: '',
  accountId: '',
  policyName: DEFAULT_POLICY_NAME,
};

export type Core = 'loading' | 'ready' | Failure;

export interface State {
  view: View;
  form: BuildForm;
  /** Whether "More options" is open. It stands here so that it survives a change of view. */
  more: boolean;
  core: Core;
  /** Whether scripts run: false in the HTML that is made beforehand. */
  live: boolean;
  /** The engine's message on its last call, when it could not finish it. */
  failed: string | null;
  /** The report on a mistake in the page's own code. */
  crash: string | null;
}

export const START: State = {
  view: 'build', form: AT_FIRST, more: false, core: 'loading', live: false, failed: null, crash: null,
};

export type Action =
  | { type: 'started'; view: View; form: Partial<BuildForm> }
  | { type: 'went'; view: View }
  | { type: 'changed'; form: Partial<BuildForm> }
  | { type: 'unfolded'; more: boolean }
  | { type: 'core'; core: Core }
  | { type: 'answered'; failed: string | null }
  | { type: 'crashed'; report: string };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'started': return { ...state, live: true, view: action.view, form: { ...state.form, ...action.form } };
    case 'went': return { ...state, view: action.view };
    case 'changed': return { ...state, form: { ...state.form, ...action.form } };
    case 'unfolded': return { ...state, more: action.more };
    case 'core': return { ...state, core: action.core };
    case 'answered': return { ...state, failed: action.failed };
    // The first mistake says most; what follows it is often its consequence.
    case 'crashed': return state.crash === null ? { ...state, crash: action.report } : state;
  }
}

/** The field of the form that an option comes from. */
export const FIELD_OF: Record<OptionPath, keyof BuildForm> = {
  'options.sessionEncryption.kmsKeyArn': 'kmsKeyArn',
  'options.partition': 'partition',
  'options.region': 'region',
  'options.accountId': 'accountId',
  'options.policyName': 'policyName',
};

/** The form as options of the engine. What is empty is left out, so that the engine's own default holds. */
export function optionsOf(form: BuildForm): NodeOptions {
  const options: NodeOptions = {
    heartbeat: form.heartbeat,
    bucketEncryptionCheck: form.bucket,
    policyName: form.policyName.trim(),
  };
  if (form.kms) options.sessionEncryption = { kmsKeyArn: form.kmsKeyArn.trim() || KEY_PLACEHOLDER };
  if (form.partition !== '') options.partition = form.partition;
  if (form.region.trim() !== '') options.region = form.region.trim();
  if (form.accountId.trim() !== '') options.accountId = form.accountId.trim();
  return options;
}

export function isAtFirst(form: BuildForm): boolean {
  return (Object.keys(AT_FIRST) as (keyof BuildForm)[]).every((key) => form[key] === AT_FIRST[key]);
}

/** The ticks that an address may hold. Text never stands in it: addresses end up in histories and chats. */
const TICKS = ['kms', 'bucket', 'heartbeat'] as const;

/** The address of a view; Build's names each tick that differs from the start. */
export function addressOf(view: View, form: BuildForm): string {
  const ticks = view === 'build' ? TICKS.filter((key) => form[key] !== AT_FIRST[key]) : [];
  const query = ticks.map((key) => `${key}=${form[key] ? 1 : 0}`).join('&');
  return `#/${view}${query && `?${query}`}`;
}

export interface Address {
  view: View;
  /** The ticks, when the address says anything of them. */
  ticks: Pick<BuildForm, (typeof TICKS)[number]>;
}

/** What a fragment says; null for one that is not ours. */
export function readAddress(hash: string): Address | null {
  const [, name, query] = /^#\/(\w+)(?:\?(.*))?$/.exec(hash) ?? [];
  if (name === undefined || !Object.hasOwn(TITLES, name)) return null;
  const given = new URLSearchParams(query);
  const ticks = { kms: AT_FIRST.kms, bucket: AT_FIRST.bucket, heartbeat: AT_FIRST.heartbeat };
  for (const key of TICKS) {
    const value = given.get(key);
    if (value === '0' || value === '1') ticks[key] = value === '1';
  }
  return { view: name as View, ticks };
}
