// As what a policy is checked: as somebody said, as its place says, else as its text looks.
import { diagnoseRole } from 'postern';
import { KINDS, typeOf, type TypeName } from '../../policy-type.js';
import type { ValidateOptions } from '../../types.js';
import type { Found } from '../source/index.js';
import { matcher } from './config.js';
import { isServiceControl, resourceTypeIn } from './guess.js';
import type { Config, PolicyRule, Settings } from './settings.js';

export interface ChosenType {
  type: TypeName;
  /** Who says so. */
  from: 'option' | 'config' | 'file' | 'guess';
  options: ValidateOptions;
}

type Rule = { rule: PolicyRule; matches: (absolute: string) => boolean };
const rules = new WeakMap<Config, Rule[]>();

export function chooseType(found: Found, absolute: string, settings: Settings): ChosenType {
  const rule = settings.config === null ? undefined : ruleFor(settings.config, absolute);
  const resourceType = settings.resourceType ?? rule?.resourceType ?? found.resourceType;
  const [type, from] = told(found, absolute, settings, rule);
  const options = { ...KINDS[type].options };
  if (type === 'resource') {
    const named = resourceType ?? (from === 'guess' ? resourceByName(absolute) ?? resourceTypeIn(found.text) : null);
    if (named !== null) options.validatePolicyResourceType = named;
  }
  const identityPolicy = settings.identityPolicy ?? rule?.identityPolicy;
  if (type === 'identity' && identityPolicy) options.identityPolicy = identityPolicy;
  return { type, from, options };
}

function told(found: Found, absolute: string, settings: Settings, rule: PolicyRule | undefined): [TypeName, ChosenType['from']] {
  if (settings.type !== null) return [settings.type, 'option'];
  if (settings.resourceType !== null) return ['resource', 'option'];
  if (rule?.type) return [rule.type, 'config'];
  if (rule?.resourceType) return ['resource', 'config'];
  if (found.kind !== null) return [found.kind, 'file'];
  return [guess(found.text, absolute), 'guess'];
}

/** The last rule whose glob means the file. */
function ruleFor(config: Config, absolute: string): PolicyRule | undefined {
  let known = rules.get(config);
  if (known === undefined) {
    known = config.policies.map((rule) => ({ rule, matches: matcher(config.folder, rule.files) }));
    rules.set(config, known);
  }
  return known.findLast(({ matches }) => matches(absolute))?.rule;
}

/** What a policy is whose place does not tell: by its text, and of two types that look alike by the name of the file and its folder. */
function guess(text: string, absolute: string): TypeName {
  const name = absolute.split(/[\\/]/).slice(-2).join('/');
  // Only a text with principals has to be read: all others are the policy of an identity, or a service control policy.
  const seen = !/"(?:Not)?Principal"\s*:/.test(text) ? 'identity' : typeOf(diagnoseRole({ documents: [text], wants: [] }).recognised) ?? 'resource';
  if (seen === 'identity' && (isCalledServiceControl(name) || isServiceControl(text))) return 'scp';
  if (seen === 'resource' && /(^|[^a-z])rcps?([^a-z]|$)|resource[-_ ]?control/i.test(name)) return 'rcp';
  return seen;
}

export const isCalledServiceControl = (name: string): boolean => /(^|[^a-z])scps?([^a-z]|$)|service[-_ ]?control/i.test(name);

function resourceByName(absolute: string): string | null {
  const name = absolute.split(/[\\/]/).at(-1)!;
  if (/bucket[-_.]?policy/i.test(name)) return 'AWS::S3::Bucket';
  return /key[-_.]?policy/i.test(name) ? 'AWS::KMS::Key' : null;
}
