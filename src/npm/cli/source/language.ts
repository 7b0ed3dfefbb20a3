// Whether what looks like a policy is one of IAM. Other clouds have policies of the same form, and other things have statements too.
// Sources: the references of RAM (Alibaba Cloud) and of IAM (Volcengine, JD Cloud), public policies of Tencent Cloud, Kingsoft Cloud and StorageGRID, read 2026-11.
import { alike } from '../near.js';
import { type Value, entriesOf, get, itemsOf, known } from './value.js';

/** The elements of a policy and of a statement, in the usual order. */
export const OF_POLICY = ['Version', 'Id', 'Statement'];
export const OF_STATEMENT = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const OF_IAM = /^20(?:08-10|12-10)-17$/;

/** The names of resources and of whoever is let in: those of AWS, and those of others. */
const OF_AWS = /^arn:aws|\bamazonaws\.com/;
const OF_OTHER_CLOUDS = /^(?:acs|qcs|trn|krn|jrn):|^urn:sgws:/;

export const listOf = (value: Value | undefined): Value[] => (value?.kind === 'map' ? [value] : itemsOf(value));

/** Whether a policy has the version of IAM, without a mistake in it. */
export const isOfIamVersion = (policy: Value): boolean => OF_IAM.test(known(get(policy, 'Version')) ?? '');

/** Whether a policy is that of another cloud: by its version, such as "1", or by its names, and not by those of AWS. */
export function isOfOtherCloud(policy: Value): boolean {
  if (policy.kind === 'encoded') return isOfOtherCloud(policy.value);
  if (policy.kind === 'text') return isTextOfOtherCloud(policy.pieces.map(({ text }) => text ?? '').join(''));
  if (isOfIamVersion(policy)) return false;
  const version = get(policy, 'Version');
  const written = version?.kind === 'plain' && version.json !== 'null' ? version.json : known(version);
  const names = namesIn(get(policy, 'Statement'));
  // IAM's are dates, and those that somebody misspelt have a year.
  return !names.aws && (names.others || (written !== null && !/20\d\d/.test(written)));
}

/** The same of statements that stand alone. */
export function areOfOtherCloud(statements: Value): boolean {
  const { aws, others } = namesIn(statements);
  return others && !aws;
}

function namesIn(statements: Value | undefined): { aws: boolean; others: boolean } {
  const names = { aws: false, others: false };
  const looked = new Set<Value>();
  const look = (value: Value): void => {
    if (looked.has(value) || names.aws) return;
    looked.add(value);
    for (const { text } of value.kind === 'text' ? value.pieces : []) {
      if (OF_AWS.test(text ?? '')) names.aws = true;
      if (OF_OTHER_CLOUDS.test(text ?? '')) names.others = true;
    }
    if (value.kind === 'list') value.items.forEach(look);
    for (const entry of entriesOf(value)) look(entry.value);
  };
  if (statements !== undefined) look(statements);
  return names;
}

/** The same of a text, by its words. */
const isTextOfOtherCloud = (text: string): boolean => (
  !/\barn:aws|\bamazonaws\.com|\b20(?:08-10|12-10)-17\b/.test(text) && (NAMES_OF_OTHER_CLOUDS.test(text) || OTHER_VERSION.test(text))
);
const NAMES_OF_OTHER_CLOUDS = /["'\s](?:(?:acs|qcs|trn|krn|jrn):|urn:sgws:)/;
const OTHER_VERSION = /"Version\\*"\s*:\s*\\*"?v?\d{1,2}(?:\.\d+)*\\*["\s,}]/;

/** Whether a value is a statement. Schemas have such keys as well, and objects for values. */
export function isStatement(value: Value): boolean {
  if (OF_STATEMENT.filter((name) => get(value, name) !== undefined).length < 2) return false;
  return get(value, 'Effect')?.kind === 'text' || ['Action', 'NotAction'].some((name) => /^(?:text|list)$/.test(get(value, name)?.kind ?? ''));
}

/**
 * Whether a file that is an object with a Statement is meant for IAM, with whatever mistakes: by its version, by a statement of which an
 * element is nearly one of IAM's, or because nothing but IAM's keys is in it.
 */
export function isMeantForIam(policy: Value): boolean {
  const statement = get(policy, 'Statement');
  if (isOfIamVersion(policy)) return true;
  if (isOfOtherCloud(policy)) return false;
  const all = listOf(statement);
  if (all.some((one) => isStatement(one) || entriesOf(one).some(({ key, value }) => isElement(known(key) ?? '', value)))) return true;
  const isEmpty = statement?.kind === 'plain' ? statement.json === 'null' : /^(?:list|map)$/.test(statement?.kind ?? '') && all.every((one) => one.kind === 'map' && one.entries.length === 0);
  return isEmpty && entriesOf(policy).every(({ key }) => ['version', 'id', 'statement'].includes(known(key)?.toLowerCase() ?? ''));
}

/** What the values of an element are in no other language. */
const VALUES: Readonly<Record<string, RegExp>> = { effect: /^(?:allow|deny)$/i, action: /^(?:[\w-]+:[\w*?-]+|\*)$/, resource: /^(?:arn:|\*$)/, principal: /^(?:arn:|\*$)/ };

/** The longest word that may be an element with a mistake in it. */
const LONGEST_ELEMENT = 16;

function isElement(key: string, value: Value): boolean {
  const [name] = key.length > LONGEST_ELEMENT ? [] : alike(key.toLowerCase().replace(/^not/, ''), Object.keys(VALUES));
  if (name === undefined) return false;
  const values = value.kind === 'list' ? value.items : name === 'principal' && value.kind === 'map' ? value.entries.flatMap((entry) => [entry.value, ...itemsOf(entry.value)]) : [value];
  return values.some((one) => VALUES[name]!.test(known(one) ?? ''));
}

const KEY = (name: string): string => `\\b${name}\\\\*["']?\\s*:`;
const STATEMENT = new RegExp(KEY('Statement'));
const VERSION = new RegExp(`${KEY('Version')}\\s*\\\\*["']?20(?:08-10|12-10)-17`);
const EFFECT = new RegExp(`${KEY('Effect')}\\s*\\\\*["']?(?:Allow|Deny|\\{\\{|\\{%|<%)`);
const ACTION = new RegExp(KEY('(?:Not)?Action'));

/** The same of a text that nobody can read as what it is, by its words. */
export const isPolicyByWords = (text: string): boolean => (
  STATEMENT.test(text) && (VERSION.test(text) || (EFFECT.test(text) && ACTION.test(text))) && !isTextOfOtherLanguage(text) && !isTextOfOtherCloud(text)
);

/** The same of JSON that is broken, wherever it is: where it is cut off before the first statement, that is enough. */
export function isBrokenPolicy(text: string): boolean {
  if (isTextOfOtherCloud(text)) return false;
  if (/\b20(?:08-10|12-10)-17\b/.test(text) || !/\bStatement\b/.test(text)) return true;
  if (/\bStatement["']?\s*:\s*["'\d]/.test(text)) return false;
  return /\b(?:Effect|(?:Not)?(?:Action|Resource|Principal))s?["']?\s*:/i.test(text) || /\bStatement["']?\s*:?[\s[\]{},]*$/.test(text);
}

/** Actions and resources of the stack policies of CloudFormation. */
const OF_STACKS = 'Update:(?:\\*|Modify|Replace|Delete)|LogicalResourceId/[^"]*';
const ONE_OF_STACKS = new RegExp(`^(?:${OF_STACKS})$`);
const OF_OTHER_LANGUAGES = new RegExp(`"(?:DataIdentifier"\\s*:|(?:${OF_STACKS})")`);

/** Whether the JSON has statements of another language: of a stack policy, or of a data protection policy of SNS or CloudWatch Logs. */
export const isTextOfOtherLanguage = (json: string): boolean => OF_OTHER_LANGUAGES.test(json);

/** The same of what a file has as values. */
export function isOfOtherLanguage(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(isOfOtherLanguage);
  if (value.kind !== 'map') return ONE_OF_STACKS.test(known(value) ?? '');
  return value.entries.some(({ key, value: inside }) => known(key) === 'DataIdentifier' || isOfOtherLanguage(inside));
}
