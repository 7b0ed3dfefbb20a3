// What stands in a file for values that only a deployment knows. The engine reads words in their place, `unknown1` and so
// on; people are told the expressions of the file.
import { listed } from '../terminal.js';
import type { Found, Unread } from './found.js';
import type { Extent } from './value.js';

/** The text of a policy in which `by` says what stands for each unknown value, by its expression in the file, and by the one for which that stands where it is a name. */
export function withoutStandIns({ text, unknown, place }: Found, source: string, by: (expression: string, word: string, start: number, offset: number, meant: string | undefined) => string): string {
  if (unknown.length === 0) return text;
  return text.replace(/unknown\d+/g, (word, offset: number) => {
    const [first, last] = [place(offset), place(offset + word.length - 1)];
    // What stands in the file as it is has a place for each of its characters.
    if (first === null || last === null || first.start !== last.start || first.end !== last.end) return word;
    return by(expressionAt(source, first), word, first.start, offset, first.meant);
  });
}

/** With the tag that a value of YAML may have before it: !Ref Key is another value than !GetAtt Key. */
export function expressionAt(source: string, { start, end }: Extent): string {
  const own = source.slice(start, end);
  const [tag = ''] = own.startsWith('${') ? [] : /![A-Za-z:]+\s+$/.exec(source.slice(Math.max(0, start - LONGEST_TAG), start)) ?? [];
  return tag + own;
}

const LONGEST_TAG = 100;

/** Puts the expressions of the file into what the engine says of a policy. */
export function inWordsOf(found: Found, source: string): <T extends string | null>(text: T) => T {
  const expressions = new Map<string, string>();
  withoutStandIns(found, source, (expression, word) => {
    expressions.set(word, shown(expression));
    return word;
  });
  if (expressions.size === 0) return (text) => text;
  return <T extends string | null>(text: T) => (text === null ? text : text.replace(/unknown\d+/g, (word) => expressions.get(word) ?? word) as T);
}

/** Why nothing is said of a policy, with its expression in the file. */
export const untold = ({ name, why, ...extent }: Unread, source: string): string => (
  why ?? `the file alone does not tell what ${name === '' ? 'it' : name} is: ${shown(expressionAt(source, extent))}`
);

/** On one line, and not longer than a line. A list of YAML that has a line for each item is one in brackets. */
export function shown(expression: string): string {
  const [all, tag = '', list] = /^(![A-Za-z:]+\s+)?(-\s.*)$/s.exec(expression.trim()) ?? [];
  const line = (all === undefined ? expression : `${tag}[${itemsIn(list!).join(', ')}]`).trim().replace(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}

const LONGEST = 80;

/** The items of a list that begins with the first of them. */
function itemsIn(list: string): string[] {
  const indents = Array.from(list.matchAll(/\n([ \t]*)-\s/g), ([, indent]) => indent!.length);
  const own = indents.reduce((least, one) => Math.min(least, one), Infinity);
  return `\n${list}`.split(new RegExp(`\\n(?:[ \\t]{${own === Infinity ? 0 : own}})?-\\s`)).slice(1).map((one) => one.trim());
}

/** The expressions of a policy's file for what is not known in it, or in the part of its text that is meant. */
export function valuesIn(found: Found, source: string, isMeant: (offset: number) => boolean = () => true): string[] {
  const all = new Set<string>();
  withoutStandIns(found, source, (expression, word, _, offset) => {
    if (isMeant(offset)) all.add(shown(expression));
    return word;
  });
  return [...all];
}

/** What something depends on, for people: expressions of files, or statements of which nothing is known. */
export function dependsOn(expressions: readonly string[]): string {
  const all = new Set(expressions);
  if (all.size === 0) return 'on statements that only the deployment knows';
  const named = [...all].slice(0, NAMED);
  return `on ${listed(all.size > NAMED ? [...named, `${all.size - NAMED} more`] : named)}, which only the deployment knows`;
}

const NAMED = 4;
