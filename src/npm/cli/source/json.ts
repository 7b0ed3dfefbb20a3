// JSON with places, by the parser that VS Code reads its own settings with.
import { type Node, type ParseError, type ParseErrorCode, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import { DEEPEST, SourceError } from './error.js';
import { type ListValue, type MapValue, type TextValue, type Value, decoded } from './value.js';

/** The value of a text that is JSON. */
export function readJson(source: string): Value {
  let root: Value | undefined;
  let key: TextValue | undefined;
  const open: (MapValue | ListValue)[] = [];

  const add = (value: Value) => {
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else if (parent.kind === 'list') parent.items.push(value);
    else if (key !== undefined) parent.entries.push({ key, value });
  };
  const enter = (value: MapValue | ListValue) => {
    if (open.length === DEEPEST) throw new SourceError(`The JSON is nested more than ${DEEPEST} deep.`, value.start);
    add(value);
    open.push(value);
  };
  const leave = (end: number) => {
    const value = open.pop();
    if (value !== undefined) value.end = end;
  };
  visit(source, {
    onObjectBegin: (start) => enter({ kind: 'map', entries: [], start, end: start }),
    onArrayBegin: (start) => enter({ kind: 'list', items: [], start, end: start }),
    onObjectEnd: (start, length) => leave(start + length),
    onArrayEnd: (start, length) => leave(start + length),
    onObjectProperty: (_, start, length) => { key = quoted(source, start, start + length); },
    onLiteralValue: (value, start, length) => {
      const end = start + length;
      add(typeof value === 'string' ? quoted(source, start, end) : { kind: 'plain', json: source.slice(start, end), start, end });
    },
    onError: (code: ParseErrorCode, start) => { throw new SourceError(`This is not JSON: ${inWords(code)}.`, start); },
  }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return root ?? { kind: 'unknown', start: 0, end: source.length };
}

/** The tree of a text for whoever asks for places in it; nothing of one that is too deep, which the parser would not survive. */
export const treeOf = (text: string): Node | undefined => (deepIn(text) === null ? parseTree(text) : undefined);

/** Whether a text is JSON as some tools read it, with comments and with commas before what closes. */
export function isJsonOfTools(text: string): boolean {
  if (deepIn(text) !== null) return false;
  const errors: ParseError[] = [];
  parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0;
}

/** @throws {SourceError} when a text is too deep. */
export function refuseDeep(text: string): void {
  const at = deepIn(text);
  if (at !== null) throw new SourceError(`The JSON is nested more than ${DEEPEST} deep.`, at);
}

/** Where a text is deeper than any policy; null where it is not. Brackets in strings and comments count for nothing. */
function deepIn(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '"') at = stringEnd(text, at);
    else if (character === '/') at = commentEnd(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > DEEPEST) return at;
  }
  return null;
}

/** The last character of a string, which a line break ends too. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !'"\n\r'.includes(text[at]!)) at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** The last character of a comment; the slash itself where there is none. */
function commentEnd(text: string, start: number): number {
  const end = text[start + 1] === '/' ? text.indexOf('\n', start) : text[start + 1] === '*' ? text.indexOf('*/', start + 2) + 1 : start;
  return end > 0 || end === start ? end : text.length;
}

/** `PropertyNameExpected` as "property name expected". */
function inWords(code: ParseErrorCode): string {
  return printParseErrorCode(code).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

const MEANINGS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function quoted(source: string, start: number, end: number): TextValue {
  const piece = decoded(source, start + 1, end - 1, (at) => {
    if (source[at] !== '\\') return null;
    const next = source[at + 1] ?? '';
    if (next !== 'u') return { length: 2, meaning: MEANINGS[next] ?? next };
    return { length: 6, meaning: String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16)) };
  });
  return { kind: 'text', pieces: [piece], start, end };
}
