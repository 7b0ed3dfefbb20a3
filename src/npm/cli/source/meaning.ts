// The same expression in other words: `!Ref B`, `{"Ref": "B"}` and `${B}` within a text are one value.
import { type Extent, type Value, entriesOf, known } from './value.js';

/** What the functions of a template say, by where they begin, each in one way of writing it. */
export function functionsIn(root: Value, source: string): Map<number, string> {
  const all = new Map<number, string>();
  const looked = new Set<Value>();
  const look = (value: Value): void => {
    if (looked.has(value)) return;
    looked.add(value);
    if (isCall(value) && !all.has(value.start)) all.set(value.start, inOneWay(value, source));
    if (value.kind === 'list') value.items.forEach(look);
    for (const entry of entriesOf(value)) look(entry.value);
  };
  look(root);
  return all;
}

function isCall(value: Value): boolean {
  const [first, second] = entriesOf(value);
  return first !== undefined && second === undefined && /^(?:Ref|Fn::\w+)$/.test(known(first.key) ?? '');
}

/** The value at each place of a template, and each entry of a map with its key, in one way of writing them. */
export function printer(root: Value, source: string): (at: Extent) => string {
  let known: Map<string, Value[]> | undefined;
  return (at) => {
    known ??= valuesIn(root);
    const found = 'kind' in at ? [at as Value] : known.get(`${at.start} ${at.end}`);
    return found?.map((one) => inOneWay(one, source)).join(': ') ?? source.slice(at.start, at.end);
  };
}

function valuesIn(root: Value): Map<string, Value[]> {
  const all = new Map<string, Value[]>();
  const looked = new Set<Value>();
  const look = (value: Value): void => {
    if (looked.has(value)) return;
    looked.add(value);
    all.set(`${value.start} ${value.end}`, [value]);
    if (value.kind === 'list') value.items.forEach(look);
    for (const { key, value: inner } of entriesOf(value)) {
      look(inner);
      all.set(`${key.start} ${inner.end}`, [key, inner]);
    }
  };
  look(root);
  return all;
}

/** Aliases of YAML can make endlessly much of a few values; so long a one is as it is written. */
const LONGEST = 10_000;

function inOneWay(whole: Value, source: string): string {
  let left = LONGEST;
  const print = (value: Value): string => {
    left -= 1;
    if (left < 0) return '';
    const text = known(value);
    if (text !== null) return JSON.stringify(text);
    if (value.kind === 'plain') return JSON.stringify(String(JSON.parse(value.json)));
    if (value.kind === 'list') return `[${value.items.map(print).join(',')}]`;
    if (value.kind !== 'map') return source.slice(value.start, value.end);
    const [first] = value.entries;
    const [name, given] = isCall(value) ? [known(first!.key), known(first!.value)] : [null, null];
    if (name === 'Fn::GetAtt' && given !== null) return attribute(given);
    if (name === 'Fn::Sub' && given !== null && IS_NAME.test(given)) return ofName(given)!;
    return `{${value.entries.map((entry) => `${print(entry.key)}:${print(entry.value)}`).join(',')}}`;
  };
  const printed = print(whole);
  return left < 0 ? source.slice(whole.start, whole.end) : printed;
}

const IS_NAME = /^\$\{\s*([A-Za-z0-9:]+(?:\.[\w.]+)?)\s*\}$/;

/** `Queue.Arn` as it is in a list. */
function attribute(path: string): string {
  const dot = path.indexOf('.');
  return `{"Fn::GetAtt":${JSON.stringify(dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)])}}`;
}

/** What `${Name}` in a text of a template means; null of other expressions. */
export function ofName(expression: string): string | null {
  const name = IS_NAME.exec(expression)?.[1];
  return name === undefined ? null : name.includes('.') ? attribute(name) : `{"Ref":${JSON.stringify(name)}}`;
}

/** What stands in a template for an expression that is no function: a name, in quotes or not. */
export const ofScalar = (text: string): string => /^(?:"([^"\\]*)"|'([^'\\]*)'|[\w.:-]+)$/.test(text) ? JSON.stringify(text.replace(/^(["'])(.*)\1$/, '$2')) : text;

/** A value of Terraform as it is in a file of HCL, without the quotes around a reference; in JSON all expressions are strings. */
export function ofValue(text: string, isJson: boolean): string {
  let own = text;
  if (isJson && /^"(?:[^"\\]|\\.)*"$/.test(text)) {
    const content = JSON.parse(text) as string;
    own = /^\$\{[^{}]*\}$/.test(content) ? `"${content}"` : text;
  }
  return (own.length > 1 && own.startsWith('"') && own.endsWith('"') ? insideOf(own.slice(1, -1)) : null) ?? own;
}

/** Of `${var.name}` what `format` is given: it is the same value, whatever spaces are in it. */
export function ofTerraform(expression: string): string {
  const own = insideOf(expression) ?? expression;
  return own.includes('"') ? own : canonical(own).replace(/(?<=[([,]) | (?=[)\],])/g, '');
}

/** What stands between the braces of `${...}`, which is all of a text; null where it is not, or has braces of its own. */
function insideOf(text: string): string | null {
  const inside = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  return inside === undefined ? null : inside.trim();
}

/** Without what makes no difference: comments and white space. */
export function canonical(text: string): string {
  if (!/#|\/\//.test(text)) return folded(text);
  return text.split('\n').map(withoutComment).map((line) => `${folded(line)}${line.endsWith('\n') ? '\n' : ' '}`).filter((line) => line !== ' ').join('').trim();
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A line without its comment. What may be one, or a part of a value, stays, and with it the end of the line, which would end it. */
function withoutComment(line: string): string {
  if (/^\s*(?:#|\/\/)/.test(line)) return '';
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && /\s/.test(line[at - 1]!) && !/"|\*\//.test(line.slice(at))) return line.slice(0, at);
    else if (character === '#' || line.startsWith('//', at)) return `${line}\n`;
  }
  return quote !== '' && /#|\/\//.test(line) ? `${line}\n` : line;
}
