// What the service catalog knows of the actions, resources and condition keys of a statement, for hover and completion.
import { describeAction, listActions, listConditionKeys } from 'postern';
import type { ActionDescription, ActionName, ConditionKeyName, ConditionKeyType } from 'postern';
import { type Node, findNodeAtLocation } from 'jsonc-parser';

/** More of one kind are only counted. */
const MOST = 12;

const some = (words: readonly string[]): string => (words.length > MOST ? `${words.slice(0, MOST).join(', ')} and ${words.length - MOST} more` : words.join(', '));

/** None where the text is no action and no pattern of actions: a finding says so. */
export function known(pattern: string): ActionName[] {
  try {
    return listActions(pattern);
  } catch {
    return [];
  }
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

export function wordsOfAction(written: string): string[] {
  if (isPattern(written)) {
    const matching = known(written);
    return matching.length === 0 ? [] : [`${written} is ${matching.length === 1 ? 'one action' : `${matching.length} actions`}: ${some(matching.map(({ action }) => action))}.`];
  }
  const about = described(written);
  if (about === null) return [];
  const { action, accessLevel, description, serviceName, resourceTypes, conditionKeys } = about;
  return [
    `**${action}**: ${description}. ${serviceName}, ${accessLevel}.`,
    resourceTypes.length === 0 ? 'It works on no resource of its own, so that `*` alone fits.'
      : `Resources:\n\n${resourceTypes.map(({ name, arnFormats, isRequired }) => `- ${name}${isRequired ? ' (always named)' : ''}: ${arnFormats.map((one) => `\`${one}\``).join(', ')}`).join('\n')}`,
    ...conditionKeys.length === 0 ? [] : [`Condition keys: ${some(conditionKeys.map(inWords))}.`],
  ];
}

function described(action: string): ActionDescription | null {
  try {
    return describeAction(action);
  } catch {
    return null;
  }
}

const inWords = ({ key, type, isMultivalued }: ConditionKeyName): string => `\`${key}\` (${type}${isMultivalued ? ', several values' : ''})`;

/** Of a key that the actions of its statement have, or that is global. */
export function wordsOfKey(written: string, actions: readonly string[]): string[] {
  const key = keyNamed(written, actions);
  if (key === undefined) return [];
  const operators = OPERATORS[key.type].map((one) => `\`${one}\``).join(', ');
  return [`**${key.key}**: a condition key of type ${key.type}${key.isMultivalued ? ', of which a request may have several values: `ForAllValues` and `ForAnyValue` go with it' : ''}. Operators: ${operators}.`];
}

/** What the catalog has of a key as somebody wrote it. */
export const keyNamed = (written: string, actions: readonly string[]): ConditionKeyName | undefined => keysOf(actions).find((one) => isKey(one.key, written));

/** Whether a key of the catalog, which may have a placeholder, is what somebody wrote. */
function isKey(name: string, written: string): boolean {
  const [, before = name, after = ''] = /^(.*?)(?:\$\{[^}]*\}|<[^>]*>)(.*)$/.exec(name) ?? [];
  const [own, text] = [before.toLowerCase(), written.toLowerCase()];
  return before === name ? own === text : text.length > own.length + after.length && text.startsWith(own) && text.endsWith(after.toLowerCase());
}

/** The actions and patterns that a statement names. */
export function actionsOf(statement: Node | undefined): string[] {
  const node = statement && (findNodeAtLocation(statement, ['Action']) ?? findNodeAtLocation(statement, ['NotAction']));
  const values: unknown[] = node?.type === 'array' ? (node.children ?? []).map(({ value }) => value as unknown) : [node?.value];
  return values.filter((one): one is string => typeof one === 'string');
}

/** The keys that requests for any of the actions may have, the global ones among them; sorted. */
export function keysOf(actions: readonly string[]): ConditionKeyName[] {
  // A pattern that no action matches leaves the global keys.
  const patterns = actions.filter((one) => one !== '*' && known(one).length > 0);
  const keys = (patterns.length === 0 ? [NO_ACTION] : patterns).flatMap((one) => listConditionKeys(one));
  return [...new Map(keys.map((one) => [one.key, one])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

const NO_ACTION = 'none:None';

/** Forms of the ARNs on which the actions work, with a wildcard for each part that is free, and what they are. */
export function formsOf(actions: readonly string[]): Map<string, string> {
  const forms = new Map<string, string>([['*', 'any resource']]);
  const names = actions.flatMap((one) => (one === '*' ? [] : isPattern(one) ? known(one).slice(0, MOST).map(({ action }) => action) : [one]));
  for (const { name, arnFormats } of names.flatMap((one) => described(one)?.resourceTypes ?? [])) {
    for (const format of arnFormats) {
      forms.set(format.replace('${Partition}', 'aws').replace(/\$\{[^}]*\}/g, '*'), name);
    }
  }
  return forms;
}

/** What compares values of each type. Source: the IAM JSON policy reference, "Condition operators", read 2026-11. */
export const OPERATORS: Record<ConditionKeyType, string[]> = {
  String: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  Arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  Bool: ['Bool'],
  Numeric: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'],
  Date: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
  IpAddress: ['IpAddress', 'NotIpAddress'],
};
