// HCL with places: a file as blocks, whose bodies are values. The grammar is tree-sitter's, as editors use it; it reads
// without recursion, and a tree is followed no deeper than policies go.
import type { Node } from 'postern-hcl';
import { DEEPEST, SourceError } from './error.js';
import { type Bound, type Loop, MOST_MADE, call, choice, repeated, workedOut } from './hcl-functions.js';
import { type Block } from './terraform-presence.js';
import { type Entry, type Extent, type MapValue, type Piece, type TextValue, type Value, decoded, textAt, textFor } from './value.js';

/** The blocks of a file, and its own attributes as a block without a type, as Terragrunt has them. */
export async function readHcl(source: string): Promise<Block[]> {
  const { withTree } = await import('postern-hcl');
  const all = await withTree(source, (root) => {
    if (root.hasError) {
      const node = firstError(root);
      const bracket = unclosed(node);
      if (bracket !== null) throw new SourceError(`This ${source[bracket.startIndex]} is not closed.`, bracket.startIndex);
      throw new SourceError('This is not HCL from here on, or newer than Postern knows.', node.startIndex);
    }
    const reader = new Reader(source);
    const body = child(root, 'body');
    const blocks = partsOf(body).filter(({ type }) => type === 'block').map((block) => reader.block(block));
    return [...blocks, { type: '', labels: [], body: reader.attributes(body, root) }];
  });
  if (all === null) throw new SourceError('No end was found in 10 seconds, which no file of HCL takes. Look for thousands of blanks, or of strings with nothing between them.');
  return all;
}

/** The first place that the grammar could not read. */
function firstError(root: Node): Node {
  let node = root;
  for (;;) {
    if (node.isError || node.isMissing) return node;
    const inner: Node | undefined = node.children.find((one) => one !== null && (one.hasError || one.isMissing)) ?? undefined;
    if (inner === undefined) return node;
    node = inner;
  }
}

/** The last bracket that stays open where nothing around it could be read, so that the error is as long as the file. */
function unclosed(error: Node): Node | null {
  const open: Node[] = [];
  for (const one of error.isError ? error.children : []) {
    if (one !== null && one.endIndex - one.startIndex === 1 && '([{'.includes(one.text)) open.push(one);
    if (one !== null && one.endIndex - one.startIndex === 1 && ')]}'.includes(one.text)) open.pop();
  }
  return open.at(-1) ?? null;
}

const partsOf = (node: Node | null): Node[] => (node?.namedChildren ?? []).filter((one): one is Node => one !== null && one.type !== 'comment');
const child = (node: Node, type: string): Node | null => partsOf(node).find((one) => one.type === type) ?? null;

const further = ({ start, end }: Extent, by: number): Extent => ({ start: start + by, end: end + by });

const unquoted = (label: Node | null): string => label?.text.replace(/^"|"$/g, '') ?? '';

/** Functions that give one of their arguments. */
const AS_CHOICE = new Set(['coalesce', 'coalescelist', 'try']);

class Reader {
  constructor(private readonly source: string) {}

  block(node: Node): Block {
    const [type, ...labels] = partsOf(node).filter((one) => one.type === 'identifier' || one.type === 'string_lit');
    return {
      type: type?.text ?? '',
      labels: labels.map(unquoted),
      body: this.body(child(node, 'body'), node, 0),
    };
  }

  /** Those of the file itself. */
  attributes(body: Node | null, { startIndex: start, endIndex: end }: Node): MapValue {
    return { kind: 'map', entries: partsOf(body).flatMap((part) => this.attribute(part, 0)), start, end };
  }

  private attribute(part: Node, depth: number): Entry[] {
    const [name, expression] = partsOf(part);
    if (part.type !== 'attribute' || name === undefined || expression === undefined) return [];
    return [{ key: textAt(name.text, name.startIndex, name.endIndex), value: this.value(expression, depth + 1) }];
  }

  /** Attributes by name, and blocks as a list for each of their types. */
  private body(node: Node | null, { startIndex: start, endIndex: end }: Node, depth: number): MapValue {
    const entries: Entry[] = [];
    // The blocks of each type, where the first of them stands; one that is dynamic as a list.
    const blocks = new Map<string, { index: number; extent: Extent; parts: Value[] }>();
    for (const part of depth > DEEPEST ? [] : partsOf(node)) {
      entries.push(...this.attribute(part, depth));
      const type = part.type === 'block' ? child(part, 'identifier')?.text : undefined;
      if (type === undefined) continue;
      const extent = { start: part.startIndex, end: part.endIndex };
      const name = type === 'dynamic' ? unquoted(child(part, 'string_lit')) : type;
      const own = blocks.get(name) ?? { index: entries.length, extent, parts: [] };
      own.parts.push(type === 'dynamic' ? this.dynamic(part, name, depth + 1) : { ...this.body(child(part, 'body'), part, depth + 1), ...extent });
      if (!blocks.has(name)) entries.push({ key: textAt(name, extent.start, extent.start + name.length), value: { kind: 'list', items: [], ...extent } });
      blocks.set(name, own);
    }
    for (const { index, extent, parts } of blocks.values()) {
      const all = (given: readonly Value[], by: number): Value => ({ kind: 'list', items: given.flatMap((one) => (one.kind === 'list' ? one.items : [one])), ...further(extent, by) });
      entries[index]!.value = parts.every(({ kind }) => kind === 'map') ? all(parts, 0) : workedOut(parts, all);
    }
    return { kind: 'map', entries, start, end };
  }

  /** As many times what it says as there are items in what it is for. */
  private dynamic(node: Node, label: string, depth: number): Value {
    const parts = partsOf(child(node, 'body'));
    const content = parts.find((part) => part.type === 'block' && child(part, 'identifier')?.text === 'content');
    const extent = { start: node.startIndex, end: node.endIndex };
    if (content === undefined) return { kind: 'list', items: [{ kind: 'unknown', stands: 'several', ...extent }], ...extent };
    const given = (name: string): Node | undefined => partsOf(parts.find((part) => part.type === 'attribute' && partsOf(part)[0]?.text === name) ?? null)[1];
    const name = given('iterator')?.text ?? label;
    const bind = (key: Value | null, value: Value): Bound => {
      const entries = [...key === null ? [] : [{ key: textFor('key', key), value: key }], { key: textFor('value', value), value }];
      return new Map([[name, { kind: 'map', entries, ...extent }]]);
    };
    return this.repeated(node, given('for_each'), this.body(child(content, 'body'), content, depth), depth, { bind, isBlock: true, isPerhaps: false });
  }

  /** `[for ... in ... : item]`: the item as often as there is something to make it of. */
  private loop(node: Node, depth: number): Value | null {
    const tuple = child(node, 'for_tuple_expr');
    const item = tuple === null ? null : child(tuple, 'expression');
    if (item === null) return null;
    const parts = partsOf(child(tuple!, 'for_intro'));
    const names = parts.filter(({ type }) => type === 'identifier').map(({ text }) => text);
    const over = parts.find(({ type }) => type === 'expression');
    const bind = (key: Value | null, one: Value): Bound => new Map([...names.length > 1 && key !== null ? [[names[0]!, key] as const] : [], [names.at(-1) ?? '', one] as const]);
    return this.repeated(node, over, this.value(item, depth + 1), depth, { bind, isBlock: false, isPerhaps: child(tuple!, 'for_cond') !== null });
  }

  /** A list of what a loop over `over` makes of its body. */
  private repeated(node: Node, over: Node | undefined, body: Value, depth: number, more: Pick<Loop, 'bind' | 'isBlock' | 'isPerhaps'>): Value {
    const extent = { start: node.startIndex, end: node.endIndex };
    const mayMake = (count: number): boolean => {
      if (this.made < MOST_MADE) this.made += count;
      return this.made < MOST_MADE;
    };
    const given = [over === undefined ? { kind: 'unknown', ...extent } as const : this.value(over, depth + 1), body];
    return workedOut(given, ([all, one], by) => ({ kind: 'list', items: repeated(all!, one!, { source: this.source, mayMake, ...more, ...extent }, by), ...further(extent, by) }));
  }

  /** How many values loops have made. */
  private made = 0;

  private value(node: Node, depth: number): Value {
    const extent = { start: node.startIndex, end: node.endIndex };
    const unknown: Value = { kind: 'unknown', ...extent };
    const parts = partsOf(node);
    const [first, second] = parts;
    if (depth > DEEPEST) return unknown;
    switch (node.type) {
      case 'expression':
        if (second?.type === 'index' && parts.length === 2) return this.indexed(first!, second, depth) ?? unknown;
        return first !== undefined && second === undefined ? this.value(first, depth + 1) : unknown;
      case 'literal_value':
      case 'template_expr':
      case 'collection_value':
        return first !== undefined && second === undefined ? this.value(first, depth + 1) : unknown;
      case 'string_lit':
      case 'quoted_template': return this.alone(parts, depth) ?? this.quoted(node, depth);
      case 'heredoc_template': return this.heredoc(node, depth);
      case 'numeric_lit': return { kind: 'plain', json: String(Number(node.text)), ...extent };
      case 'bool_lit':
      case 'null_lit': return { kind: 'plain', json: node.text, ...extent };
      case 'tuple': return { kind: 'list', items: parts.filter(({ type }) => type === 'expression').map((part) => this.value(part, depth + 1)), ...extent };
      case 'object': return { kind: 'map', entries: parts.filter(({ type }) => type === 'object_elem').map((part) => this.element(part, depth)), ...extent };
      case 'conditional': return { kind: 'either', values: parts.slice(1).map((part) => this.value(part, depth + 1)), by: { start: first!.startIndex, end: first!.endIndex }, ...extent };
      case 'for_expr': return this.loop(node, depth) ?? unknown;
      case 'function_call': return this.called(node, depth) ?? unknown;
      default: return unknown;
    }
  }

  /** `[a, b][0]`: one of a list that stands there. */
  private indexed(list: Node, index: Node, depth: number): Value | null {
    const inside = child(index, 'new_index');
    const number = inside === null ? null : child(inside, 'expression');
    if (number === null) return null;
    const extent = { start: list.startIndex, end: list.endIndex };
    const from = this.value(list, depth + 1);
    return from.kind !== 'list' ? null : choice(from, this.value(number, depth + 1), extent);
  }

  private element(node: Node, depth: number): Entry {
    const [name, content] = partsOf(node);
    const extent = { start: name?.startIndex ?? node.startIndex, end: name?.endIndex ?? node.startIndex };
    const value: Value = content === undefined ? { kind: 'unknown', ...extent } : this.value(content, depth + 1);
    // A bare word is a key; in parentheses it would be a reference.
    if (name !== undefined && /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name.text)) return { key: textAt(name.text, extent.start, extent.end), value };
    const key = name === undefined ? undefined : this.value(name, depth + 1);
    return { key: key?.kind === 'text' ? key : { kind: 'text', ...extent, pieces: [{ text: null, offsets: null, ...extent }] }, value };
  }

  private called(node: Node, depth: number): Value | null {
    const extent = { start: node.startIndex, end: node.endIndex };
    const [name, list] = partsOf(node);
    const given = partsOf(list ?? null);
    const isSpread = given.some(({ type }) => type === 'ellipsis');
    const called = name?.text ?? '';
    if (given.length === 0) return null;
    const arguments_ = given.filter(({ type }) => type !== 'ellipsis').map((one) => this.value(one, depth + 1));
    if (called === 'jsonencode' && !isSpread) return { kind: 'encoded', value: arguments_[0]!, ...extent };
    if (AS_CHOICE.has(called) && !isSpread) return { kind: 'either', values: arguments_, ...extent };
    // Which of a local list is taken by a number that is not known is told by the expression.
    if (called === 'element' && arguments_[0]!.kind !== 'list') return null;
    return workedOut(arguments_, (all, by) => call(called, all, isSpread, further(extent, by)) ?? { kind: 'unknown', ...further(extent, by) });
  }

  /** What `"${...}"` and nothing else gives. */
  private alone(parts: Node[], depth: number): Value | null {
    const [start, interpolation, end, ...others] = parts;
    if (start?.type !== 'quoted_template_start' || interpolation?.type !== 'template_interpolation' || end?.type !== 'quoted_template_end') return null;
    const expression = child(interpolation, 'expression');
    return others.length > 0 || expression === null ? null : this.value(expression, depth + 1);
  }

  private quoted(node: Node, depth: number): TextValue {
    const { startIndex: start, endIndex: end } = node;
    return { kind: 'text', pieces: this.pieces(node, { start: start + 1, end: end - 1 }, depth, true), start, end };
  }

  /** The lines as they stand: JSON does not mind how far they are moved in. */
  private heredoc(node: Node, depth: number): TextValue {
    const { startIndex: start, endIndex: end } = node;
    const first = this.source.indexOf('\n', start) + 1;
    const last = this.source.lastIndexOf('\n', end - 1);
    const pieces = this.pieces(node, { start: first, end: Math.max(first, last) }, depth, false);
    return { kind: 'text', pieces, start, end };
  }

  /** What a call of a function within a text gives, where that is a text. */
  private worked(interpolation: Node, depth: number): Piece[] | null {
    const expression = child(interpolation, 'expression');
    const [only, more] = expression === null ? [] : partsOf(expression);
    const value = only?.type === 'function_call' && more === undefined ? this.value(only, depth + 1) : null;
    return value?.kind === 'text' ? value.pieces : null;
  }

  /** What stands between interpolations, and these as unknown. A directive leaves nothing that could be read. */
  private pieces(node: Node, { start, end }: Extent, depth: number, hasEscapes: boolean): Piece[] {
    const escape = (at: number) => escapeAt(this.source, at, hasEscapes);
    const pieces: Piece[] = [];
    let from = start;
    for (const part of partsOf(node)) {
      if (part.type === 'template_directive') return [{ text: null, start, end, offsets: null }];
      if (part.type !== 'template_interpolation') continue;
      if (from < part.startIndex) pieces.push(decoded(this.source, from, part.startIndex, escape));
      pieces.push(...this.worked(part, depth) ?? [{ text: null, start: part.startIndex, end: part.endIndex, offsets: null }]);
      from = part.endIndex;
    }
    if (from < end || pieces.length === 0) pieces.push(decoded(this.source, from, end, escape));
    return pieces;
  }
}

const MEANINGS: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/** `$${` for `${`, and in quotes a backslash. Source: HCL Native Syntax Specification, "Templates". */
function escapeAt(source: string, at: number, hasEscapes: boolean): { length: number; meaning: string } | null {
  const character = source[at];
  if ((character === '$' || character === '%') && source[at + 1] === character && source[at + 2] === '{') {
    return { length: 3, meaning: `${character}{` };
  }
  if (!hasEscapes || character !== '\\') return null;
  const next = source[at + 1] ?? '';
  const digits = { u: 4, U: 8 }[next];
  if (digits === undefined) return { length: 2, meaning: MEANINGS[next] ?? next };
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  return { length: 2 + digits, meaning: code <= 0x10ffff ? String.fromCodePoint(code) : '?' };
}
