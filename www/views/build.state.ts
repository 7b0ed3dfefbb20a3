// What the view Build keeps.
import { KEY_PLACEHOLDER, type NodeOptions, type OptionPath, type Partition } from '../engine.js';
import type { Slice } from '../slice.js';
import { DEFAULT_POLICY_NAME } from '../steps.js';

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

export interface BuildState {
  form: BuildForm;
  /** Whether "More options" is open. It stands here so that it survives a change of view. */
  more: boolean;
}

export type BuildAction =
  | { type: 'changed'; form: Partial<BuildForm> }
  | { type: 'unfolded'; more: boolean };

/** The ticks that an address may hold. Text never stands in it: addresses end up in histories and chats. */
const TICKS = ['kms', 'bucket', 'heartbeat'] as const;

export const build: Slice<BuildState, BuildAction> = {
  link: 'Build',
  title: 'Build an instance role policy',
  start: { form: AT_FIRST, more: false },
  reduce(state, action) {
    switch (action.type) {
      case 'changed': return { ...state, form: { ...state.form, ...action.form } };
      case 'unfolded': return { ...state, more: action.more };
    }
  },
  toAddress({ form }) {
    const changed = TICKS.filter((key) => form[key] !== AT_FIRST[key]);
    return Object.fromEntries(changed.map((key) => [key, form[key] ? '1' : '0']));
  },
  fromAddress(state, given) {
    const form = { ...state.form };
    for (const key of TICKS) {
      const value = given.get(key);
      form[key] = value === '0' || value === '1' ? value === '1' : AT_FIRST[key];
    }
    return { ...state, form };
  },
  toLink: () => ({}),
  fromLink: (state) => state,
};

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
