// What postern check asks of a policy beside its mistakes: access that must not be granted, and access for strangers.
import { checkAccessNotGranted, checkNoPublicAccess, validatePolicy } from 'postern';
import type { Access, AccessCheck, PublicResourceType } from '../../types.js';
import type { AccessCode } from '../access/checks.js';
import { accessFinding, statementsOf } from '../access/finding.js';
import { ACCESS_TYPES } from '../../access-types.js';
import { isOpen, widest } from '../access/worst.js';
import { Failure } from '../failure.js';
import type { Lines } from '../lines.js';
import { type Found, dependsOn, inWordsOf, valuesIn } from '../source/index.js';
import type { TypeName } from '../../policy-type.js';
import type { FileFinding } from './one.js';

export interface AccessWants {
  notGranted: Access | null;
  noPublicAccess: PublicResourceType | null;
  /** Of which requests it is asked. */
  requests: 'any' | 'known';
}

/** Lists on the command line: an option may be repeated, and may hold several words. */
const words = (given: readonly string[] = []): string[] => given.flatMap((one) => one.split(',')).map((one) => one.trim()).filter((one) => one !== '');

/** Refuses what the engine would refuse for each policy, once and by the name of the option. */
export function accessWanted(actions: string[] | undefined, resources: string[] | undefined, publicType: string | undefined): AccessWants | null {
  if (actions === undefined && resources === undefined && publicType === undefined) return null;
  const access = { ...actions && { actions: words(actions) }, ...resources && { resources: words(resources) } };
  const wants: AccessWants = {
    notGranted: actions === undefined && resources === undefined ? null : access, noPublicAccess: (publicType ?? null) as PublicResourceType | null, requests: 'any',
  };
  if (actions !== undefined && words(actions).length === 0) throw new Failure('--not-granted is an action or a pattern, such as iam:PassRole or s3:Put*.');
  if (resources !== undefined && words(resources).length === 0) throw new Failure('--not-granted-on is an ARN, which may have wildcards.');
  const nothing = { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } };
  try {
    if (wants.notGranted !== null) checkAccessNotGranted(nothing, [wants.notGranted], { policyType: 'RESOURCE_POLICY' });
    if (wants.noPublicAccess !== null) checkNoPublicAccess(nothing, wants.noPublicAccess);
  } catch (reason) {
    throw new Failure((reason as Error).message.replace(/access\[0\]\.actions\S*/, '--not-granted').replace(/access\[0\]\.resources\S*/, '--not-granted-on')
      .replace('resourceType', '--no-public-access'));
  }
  if (actions === undefined && resources !== undefined && areKnown(words(resources))) wants.requests = 'known';
  // A misspelt action is granted by no policy, and the gate would be open.
  const named = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: words(actions), Resource: '*' } };
  const misspelt = validatePolicy(JSON.stringify(named)).find(({ issueCode }) => issueCode.startsWith('INVALID_ACTION') || issueCode.startsWith('INVALID_SERVICE'));
  if (actions !== undefined && misspelt !== undefined) throw new Failure(`--not-granted: ${misspelt.findingDetails} ${misspelt.help ?? ''}`.trim());
  return wants;
}

/** What was found, and on what it rests that something was not. */
export interface Asked {
  findings: FileFinding[];
  assumptions: string[];
}

export function accessFindings(wants: AccessWants, found: Found, type: TypeName, lines: Lines): Asked {
  const { notGranted, noPublicAccess, requests } = wants;
  const policyType = ACCESS_TYPES[type];
  const asked = (code: AccessCode, ask: (text: string) => AccessCheck): Asked => answered(code, ask, found, lines);
  const all = [
    ...notGranted === null ? [] : [asked('POSTERN_ACCESS_GRANTED', (text) => checkAccessNotGranted(text, [notGranted], { policyType, requests }))],
    ...noPublicAccess === null || !mayLetIn(type) ? [] : [asked('POSTERN_PUBLIC_ACCESS', (text) => checkNoPublicAccess(text, noPublicAccess))],
  ];
  return { findings: all.flatMap(({ findings }) => findings), assumptions: [...new Set(all.flatMap(({ assumptions }) => assumptions))] };
}

/**
 * Whether AWS has actions for each of these resources. Where any action is meant, these are: what is none, or is one of
 * another service, nearly every policy allows on every resource.
 */
function areKnown(resources: readonly string[]): boolean {
  const all = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  return resources.every((one) => checkAccessNotGranted(all, [{ resources: [one] }], { policyType: 'IDENTITY_POLICY', requests: 'known' }).result === 'FAIL');
}

/** Nobody outside an account is let in by what is attached inside it. */
const mayLetIn = (type: TypeName): boolean => ACCESS_TYPES[type] === 'RESOURCE_POLICY' && type !== 'rcp';

/** Of a policy of which nothing can be read: a gate is not open because nobody can see through it. */
export function unreadFindings({ notGranted, noPublicAccess }: AccessWants, why: string, found: Found, type: TypeName, lines: Lines): FileFinding[] {
  if (notGranted === null && (noPublicAccess === null || !mayLetIn(type))) return [];
  return [accessFinding('POSTERN_ACCESS_UNKNOWN', `Cannot tell what it grants: ${why}.`, '', found, lines)];
}

function answered(code: AccessCode, ask: (text: string) => AccessCheck, found: Found, lines: Lines): Asked {
  const told = inWordsOf(found, lines.text);
  const unknown = (why: string): Asked => ({ findings: [accessFinding('POSTERN_ACCESS_UNKNOWN', why, '', found, lines)], assumptions: [] });
  const passed = (...checks: AccessCheck[]): Asked => ({ findings: [], assumptions: checks.flatMap(({ assumptions }) => assumptions.map(told)) });
  try {
    const check = ask(found.text);
    if (check.result === 'FAIL') return { findings: check.reasons.map(({ description, pointer }) => accessFinding(code, told(description), pointer, found, lines)), assumptions: [] };
    if (check.result === 'UNKNOWN') return unknown(told(check.message));
    if (!isOpen(found) || statementsOf(found.text).length === 0) return passed(check);
    const wide = widest(found);
    if (wide !== null && statementsOf(wide).length === 0) return passed(check);
    const widely = wide === null ? null : ask(wide);
    if (widely?.result === 'PASS') return passed(check, widely);
  } catch (reason) {
    // A policy that IAM could not read has findings of its own, which say where and why.
    const { name, message } = reason as Error & { code?: string };
    if (name !== 'PosternError') throw reason;
    return unknown(`Cannot tell what it grants: ${message}`);
  }
  return unknown(`Cannot tell what it grants: it depends ${dependsOn(valuesIn(found, lines.text))}.`);
}
