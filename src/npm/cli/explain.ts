// postern explain: what a check is for, when a note of the builders is given, what a capability needs, what an error message
// means, and what any other word for programs is that the command line prints.
import { explainError, listCapabilities, validatePolicy } from 'postern';
import { allChecks } from './access/checks.js';
import { colorOf, oneOf, onlyWord, parse } from './args.js';
import { VALIDATED } from './check/resource-type.js';
import { TYPE_NAMES } from './check/settings.js';
import { ERRORS, asCode, wordFor } from './codes.js';
import { messageCodes, messageOf } from './messages.js';
import { calledByFlags, flagName } from './build/names.js';
import { textOf } from './build/output.js';
import { BUILT_BY } from './capabilities.js';
import { Failure } from './failure.js';
import { alike, didYouMean, withPartsOf } from './near.js';
import { NOTES } from './notes.js';
import { KINDS, type TypeName } from '../policy-type.js';
import { type Taken, shortNames, takenAs } from './taken.js';
import type { CapabilityName, Check, NoteCode, ValidateOptions } from '../types.js';
import { json, listed, painter, print, say, visible, type Paint } from './terminal.js';

type Format = 'human' | 'json';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse('explain', args, { error: { type: 'string' }, format: { type: 'string' } });
  const format = oneOf('--format', values.format, ['human', 'json'] as const) ?? 'human';
  const paint = painter(colorOf(values.color as string | undefined));
  if (values.error !== undefined) {
    if (positionals.length > 0) throw new Failure('Give a code or --error, not both.');
    return explainMessage(values.error === '-' ? await textOf('-') : values.error, format);
  }
  const word = onlyWord('explain', positionals, 'one code, such as INVALID_ACTION, or --error with a message');
  const code = asCode(word);
  const checks = allChecks();
  const check = checks.find(({ issueCode }) => issueCode === code);
  if (check !== undefined) return told(check, textOfCheck(check, paint), format);
  const when = Object.hasOwn(NOTES, code) ? NOTES[code as NoteCode] : undefined;
  if (when !== undefined) return told({ code, when }, `${paint('bold', code)}: a note of "postern build" and of the package's builders\n\n${when}\n`, format);
  const capabilities = listCapabilities();
  // A short name may be that of one for each side.
  const exact = capabilities.filter(({ id }) => id === word.toLowerCase());
  const meant = exact.length > 0 ? exact : capabilities.filter(({ id }) => id.endsWith(`.${word.toLowerCase()}`));
  if (meant.length > 0) {
    const all = meant.map((one) => ({ ...one, builtBy: BUILT_BY[one.id] ?? null }));
    return told(all.length === 1 ? all[0]! : all, meant.map((one) => textOfCapability(one, paint)).join('\n'), format);
  }
  const other = explainedBy(word);
  // A result such as `denied` only sounds like an error.
  const error = messageOf(code) ?? (other !== null && other.code !== code ? null : errorOf(word));
  if (other !== null) {
    // A code may be that of a message as well.
    const messages = error === null ? {} : { messages: explainError(error) };
    await told({ code: other.code, when: other.when, ...messages }, `${paint('bold', other.code)}: ${other.where}\n\n${other.when}\n`, format);
    if (error === null || format === 'json') return 0;
    await print('\nThe same, of an error message:\n\n');
  }
  if (error !== null) {
    await explainMessage(error, format);
    say('This is told of its name alone; give the whole message with --error.');
    return 0;
  }
  const codes = [...checks.map(({ issueCode }) => issueCode), ...Object.keys(NOTES), ...Object.keys(ERRORS), ...messageCodes()];
  const ids = [...capabilities.map(({ id }) => id), ...shortNames()];
  // One word of many is not near, unless it is the first.
  const longer = withPartsOf(code, codes).filter((one) => code.includes('_') || one.startsWith(code));
  const near = [alike(code, codes), alike(word, ids), longer].find((some) => some.length > 0) ?? [];
  if (/\s/.test(word) && near.length === 0) throw new Failure(`There is no code and no capability ${JSON.stringify(word)}. A message is explained with --error.`);
  const where = 'Codes stand in what "postern check", "postern build" and "postern explain --error" print, capabilities in what "postern role" does.';
  throw new Failure(`There is no code and no capability ${JSON.stringify(word)}.${near.length === 0 ? ` ${where}` : didYouMean(near)}`);
}

/** A word of the output, or else what takes it. An open question is known without its mark, which is no word that is taken. */
function explainedBy(word: string): Taken | null {
  const other = wordFor(word.replace(/\?$/, ''));
  return other?.code.startsWith('?') === true && !word.startsWith('?') ? takenAs(word) ?? other : other ?? takenAs(word);
}

async function told(value: object, text: string, format: Format): Promise<number> {
  await print(format === 'json' ? `${json(value, 2)}\n` : text);
  return 0;
}

function textOfCheck(check: Check, paint: Paint): string {
  const { issueCode, findingType, title, why, example, learnMoreLink } = check;
  return [
    `${paint('bold', issueCode)} (${findingType}): ${title}`, '', why, '',
    `Looks at: ${listed(typesOf(check).map((type) => KINDS[type].noun.replace(/^an? /, '')))}.`,
    ...example === '' ? [] : ['', 'An example of what it finds:', ...example.split('\n').map((line) => `  ${line}`.trimEnd()), ...toldOfExample(check, paint)],
    ...learnMoreLink === '' ? [] : ['', learnMoreLink], '',
  ].join('\n');
}

/** The types of policies in which it is found, as "postern check" has them: to the API a trust policy is one of a resource. */
/** What is said of the example, and how it can be mended. */
function toldOfExample({ issueCode, example }: Check, paint: Paint): string[] {
  const options = [...TYPE_NAMES.map((type) => KINDS[type].options), ...VALIDATED.map((type) => ({ ...KINDS.resource.options, validatePolicyResourceType: type }))];
  for (const one of options) {
    const finding = validatePolicy(example, one).find((found) => found.issueCode === issueCode);
    if (finding === undefined) continue;
    const { findingDetails, help, fixes } = finding;
    return ['', findingDetails, ...help === null ? [] : [`help: ${help}`], ...fixes.map(({ title, applicability }) => `fix: ${title} ${paint('dim', applicability === 'safe' ? '(--fix)' : '(--fix --unsafe)')}`)];
  }
  return [];
}

function typesOf({ issueCode, policyTypes, example }: Check): TypeName[] {
  const isFound = (options: ValidateOptions): boolean => validatePolicy(example, options).some((one) => one.issueCode === issueCode);
  const isOfTrustAlone = /_TRUST_/.test(issueCode);
  // Without an example it is in the code, or of all policies.
  const isOfTrust = example === '' ? isOfTrustAlone || policyTypes.length === 4 : isFound(KINDS.trust.options);
  // A trust policy may pass for one of a resource that nobody names.
  const isOfOthers = example === '' ? !isOfTrustAlone : !isOfTrust || VALIDATED.some((type) => type !== KINDS.trust.options.validatePolicyResourceType && isFound({ ...KINDS.resource.options, validatePolicyResourceType: type }));
  return TYPE_NAMES.filter((type) => policyTypes.includes(KINDS[type].options.policyType!) && (type === 'trust' ? isOfTrust : type !== 'resource' || isOfOthers));
}

/** What a capability is, by whose policies decide it. */
export const SIDES: Record<CapabilityName['side'], string> = {
  node: 'what the policies of a node allow', operator: 'what the policies of people allow', guard: 'what policies refuse to people',
  admin: 'what the policies of administrators allow', trust: 'whom the trust policy of a role lets take it',
};

function textOfCapability({ id, side, title, needs, actions, values }: CapabilityName, paint: Paint): string {
  const build = BUILT_BY[id];
  return [
    `${paint('bold', id)}: ${title}`, '',
    `A capability: ${SIDES[side]}.`,
    `Actions: ${actions.join(', ')}`,
    ...needs.length === 0 ? [] : [`Needs also: ${needs.join(', ')}`],
    ...values.length === 0 ? [] : [`May hang on: ${[...new Set(values)].map((value) => `--${flagName([value])}`).join(', ')}`],
    '', ...build === undefined ? [] : [`  postern build ${build}`], `  postern role FILES --wants ${id}${side === 'trust' ? ' --trust-policy FILE' : ''}`, '',
  ].join('\n');
}

/** The name of an error of AWS, also as `--error` prints it, as messages have it; null for any other word. */
function errorOf(word: string): string | null {
  // That a word sounds like trouble makes no name of it.
  if (explainError(word).some(({ code }) => code !== 'OTHER_CAUSE')) return word;
  const name = word.toLowerCase().replace(/(?:^|[_-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return explainError(name).some(({ code }) => code === word.toUpperCase()) ? name : null;
}

/** What the engine says to whoever has a page before them, in the words of a command line. */
const onCommandLine = (text: string): string => calledByFlags(text, []).replace(/paste its policies to have them looked at/g, '"postern role FILES" looks at its policies');

/** A help, which may count steps: then each has a line of its own. */
const helpIn = (help: string): string[] => (help.startsWith('1. ')
  ? ['  help, step by step:', ...help.split(/ (?=\d\. )/).map((step) => `    ${step}`)] : [`  help: ${help}`]);

async function explainMessage(text: string, format: Format): Promise<number> {
  const explanations = explainError(text);
  const titles = new Map(listCapabilities().map(({ id, title }) => [id, title]));
  if (format === 'json') await print(`${json(explanations, 2)}\n`);
  else if (explanations.length === 0) throw new Failure('The text holds no error message that Postern knows. Give the whole message, as it was printed.');
  else {
    await print(explanations.map(({ code, times, meaning, help, permissions, capabilities }) => [
      `${code}${times > 1 ? `, ${times} times` : ''}`, `  ${visible(onCommandLine(meaning))}`, ...helpIn(visible(onCommandLine(help))),
      ...permissions.map(({ action, resource }) => `  needed: ${visible(action)}${resource === null ? '' : ` on ${visible(resource)}`}`),
      ...capabilities.map((id) => `  does not work: ${titles.has(id) ? `${titles.get(id)!} (${id})` : id}`), '',
    ].join('\n')).join('\n'));
  }
  return 0;
}
