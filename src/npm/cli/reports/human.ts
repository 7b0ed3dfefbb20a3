// For people: what, where with the line and a mark under it, what to do, and what --fix would do.
import { KINDS } from '../../policy-type.js';
import type { CheckedPolicy, FileFinding } from '../check/one.js';
import type { FindingType } from '../../types.js';
import { LEVELS } from '../check/settings.js';
import { count, listed, visible, type Style } from '../terminal.js';
import { SAY_TYPE, guessOf, nounOf, titleOf, type Report, type Setting, type Total } from './report.js';

const WORDS: Record<FindingType, [style: Style, word: string]> = {
  ERROR: ['red', 'error'], SECURITY_WARNING: ['magenta', 'security'], WARNING: ['yellow', 'warning'], SUGGESTION: ['cyan', 'suggestion'],
};
const NAMES: Record<FindingType, [one: string, many: string]> = {
  ERROR: ['error', 'errors'], SECURITY_WARNING: ['security warning', 'security warnings'], WARNING: ['warning', 'warnings'],
  SUGGESTION: ['suggestion', 'suggestions'],
};

export function human({ paint, isFixing }: Setting): Report {
  /** Of policies with findings, as what they were checked where that is a guess. */
  const guessed = new Set<string>();
  /** On what it rests that access is not granted, each with where it was first said. */
  const rests = new Map<string, string>();
  // Of policies without a finding, as what they were checked where that is a guess.
  const taken = new Map<string, number>();
  const finding = (path: string, one: FileFinding): string => {
    const { findingType, issueCode, findingDetails, help } = one.finding;
    const { start, end } = one.places[0]!;
    const [style, word] = WORDS[findingType];
    const line = String(start.line);
    const gutter = ' '.repeat(line.length);
    const text = visible(one.excerpt.text);
    const before = visible(one.excerpt.text.slice(0, one.excerpt.column - 1)).length;
    const length = end.line === start.line ? end.column - start.column : one.excerpt.text.length - one.excerpt.column + 1;
    const marked = visible(one.excerpt.text.slice(one.excerpt.column - 1, one.excerpt.column - 1 + length)).length;
    const fix = one.fixes[0];
    return [
      `${paint('bold', `${visible(path)}:${line}:${start.column}`)} ${paint(style, word)} ${paint('dim', issueCode)}`,
      `  ${visible(findingDetails)}`,
      ` ${paint('dim', `${line} |`)} ${text}`,
      ` ${paint('dim', `${gutter} |`)} ${' '.repeat(before)}${paint(style, '^'.repeat(Math.max(1, Math.min(marked, text.length - before))))}`,
      ...help === null ? [] : [`  help: ${visible(help)}`],
      ...fix === undefined ? [] : [`  fix: ${visible(fix.title)} ${paint('dim', fix.applicability === 'safe' ? '(--fix)' : '(--fix --unsafe)')}`],
      ...one.byHand === null ? [] : [`  fix by hand: ${visible(one.byHand)}`],
      '', '',
    ].join('\n');
  };
  const policy = (path: string, { name, type, findings, assumptions }: CheckedPolicy): string => {
    for (const one of assumptions) if (!rests.has(one)) rests.set(one, titleOf(path, name));
    const [noun, guess] = [nounOf(type), guessOf(type)];
    if (findings.length === 0) {
      if (guess !== null) taken.set(noun, (taken.get(noun) ?? 0) + 1);
      return '';
    }
    if (guess !== null) guessed.add(noun);
    const title = visible(titleOf(path, name));
    return `${paint('dim', `${title}: checked as ${guess ?? noun}`)}\n${findings.map((one) => finding(path, one)).join('')}`;
  };
  return {
    file: ({ path, policies }) => policies.map((one) => policy(path, one)).join(''),
    end: (total) => {
      // The usual one is told once in a run.
      if (guessed.has(KINDS.identity.noun)) taken.delete(KINDS.identity.noun);
      return `${restingOn(rests).map((line) => `${paint('dim', visible(line))}\n`).join('')}${guessed.size + taken.size > 0 ? `${paint('dim', `${takenAs(taken)}Where a type is guessed, ${SAY_TYPE}`)}\n` : ''}${summary(total, isFixing)}\n`;
    },
  };
}

/** So many assumptions are told. */
const MOST_TOLD = 5;

const restingOn = (rests: ReadonlyMap<string, string>): string[] => [
  ...[...rests].slice(0, MOST_TOLD).map(([assumption, title]) => `${title}: ${assumption}`),
  ...rests.size > MOST_TOLD ? [`There are ${rests.size - MOST_TOLD} more assumptions; --format json has those of each policy.`] : [],
];

const takenAs = (taken: ReadonlyMap<string, number>): string => [...taken].sort()
  .map(([noun, number]) => (number === 1 ? `1 without findings was taken for ${noun}. ` : `${number} without findings were taken for ${noun} each. `)).join('');

function summary({ files, policies, findings, suppressed, fixed, fixedAlong, fixable, fixableWithUnsafe, byHand, notChecked }: Total, isFixing: boolean): string {
  const isMore = fixableWithUnsafe > fixable;
  const parts = LEVELS.filter((level) => findings[level] > 0).map((level) => count(findings[level], ...NAMES[level]));
  return [
    policies === 0 ? files === 0 ? 'Nothing was checked.' : `No policy was checked in ${count(files, 'file')}.`
      : `${parts.length === 0 ? 'No findings' : listed(parts)} in ${count(policies, 'policy', 'policies')} of ${count(files, 'file')}.`,
    ...fixed > 0 ? [`${fixed} mended${fixedAlong > 0 ? `, ${fixedAlong} of them by the fix of another` : ''}.`] : [],
    ...fixable > 0 && !isFixing ? [`${fixable} can be mended by --fix${isMore ? `, ${fixableWithUnsafe} in all with --unsafe` : ''}.`] : [],
    ...isMore && (fixable === 0 || isFixing) ? [`${fixableWithUnsafe} can be mended by --fix --unsafe.`] : [],
    ...byHand > 0 ? [`${byHand} can be mended by hand.`] : [],
    ...notChecked > 0 ? [`${notChecked} not checked.`] : [],
    ...suppressed > 0 ? [`${suppressed} suppressed.`] : [],
  ].join(' ');
}
