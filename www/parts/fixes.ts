// Which fixes are applied by one click, and which are looked at first.
import type { Finding, Fix } from '../engine.js';

/** What the button says. */
export const fixLabel = ({ title }: Fix): string => `Apply fix: ${uncapital(title)}`;

const uncapital = (text: string) => (/^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));

/**
 * Whether one click applies the fix. So it is for one that changes nothing that is allowed. It is so too for a word
 * that is an error as it stands and is replaced by another, when the button names that word: a view of the change
 * could say no more.
 */
export function isAppliedAtOnce({ findingType, locations }: Finding, { applicability, title, edits }: Fix): boolean {
  if (applicability === 'safe') return true;
  const [edit, ...others] = edits;
  const place = locations[0]?.span;
  if (findingType !== 'ERROR' || edit === undefined || others.length > 0 || place === undefined) return false;
  const word = edit.text.replace(/^"|"$/g, '');
  return word !== '' && title.includes(word)
    && edit.start === place.start.offset && edit.end === place.end.offset;
}

/** The fixes that can be applied together without a look: of each finding the first that keeps what is allowed. */
export function keepingFixes(findings: Finding[]): Fix[] {
  return findings.flatMap(({ fixes }) => fixes.find(({ applicability }) => applicability === 'safe') ?? []);
}
