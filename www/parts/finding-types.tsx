// The four types of finding: their words, and a shape for each.
import type { JSX } from 'preact';
import type { Finding, FindingType } from '../engine.js';
import { BulbIcon, ShieldIcon, StopIcon, WarnIcon } from './icons.js';

export interface TypeWords {
  type: FindingType;
  /** On one finding. */
  word: string;
  /** On the tab. */
  tab: string;
  /** With a number. */
  count: (count: number) => string;
  icon: () => JSX.Element;
}

const some = (one: string, more: string) => (count: number) => `${count} ${count === 1 ? one : more}`;

/** Gravest first. */
export const FINDING_TYPES: TypeWords[] = [
  { type: 'ERROR', word: 'Error', tab: 'Errors', count: some('error', 'errors'), icon: StopIcon },
  {
    type: 'SECURITY_WARNING', word: 'Security', tab: 'Security', count: some('security warning', 'security warnings'),
    icon: ShieldIcon,
  },
  { type: 'WARNING', word: 'Warning', tab: 'Warnings', count: some('warning', 'warnings'), icon: WarnIcon },
  { type: 'SUGGESTION', word: 'Suggestion', tab: 'Suggestions', count: some('suggestion', 'suggestions'), icon: BulbIcon },
];

export const wordsOf = (type: FindingType): TypeWords => FINDING_TYPES.find((words) => words.type === type)!;

export const countOf = (findings: Finding[], type: FindingType): number => {
  return findings.filter(({ findingType }) => findingType === type).length;
};

/** `2 errors, 1 warning.`, or that there is nothing. */
export function inNumbers(findings: Finding[]): string {
  const parts = FINDING_TYPES.map(({ type, count }) => [countOf(findings, type), count] as const)
    .filter(([many]) => many > 0).map(([many, count]) => count(many));
  return parts.length === 0 ? 'No findings.' : `${parts.join(', ')}.`;
}
