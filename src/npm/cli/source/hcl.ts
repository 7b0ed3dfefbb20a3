// HCL with places: a file as blocks, whose bodies are values. The grammar is tree-sitter's, as editors use it; it reads
// without recursion, and a tree is followed no deeper than policies go.
import type { Node } from 'postern-hcl';
import { DEEPEST, SourceError } from './error.js';
import { type Block } from './terraform-presence.js';
import { type EitherValue, type Entry, type Extent, type MapValue, type Piece, type TextValue, type Value, chosenOf, decoded, get, isCounted, isNull, known, slice, textAt } from './value.js';

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

const unquoted = (label: Node | null): string => label?.text.replace(/^"|"$/g, '') ?? '';

/** Functions that give back what they are given, as far as a policy goes. */
const AS_GIVEN = new Set(['chomp', 'compact', 'distinct', 'nonsensitive', 'sensitive', 'sort', 'tolist', 'toset', 'trimspace']);
/** Functions that give one of their arguments. */
const AS_CHOICE = new Set(['coalesce', 'coalescelist', 'try']);

/** An item that a list may have or not. */
const perhaps = (item: Value, within?: EitherValue, index = 0): Value => {
  if (item.kind === 'unknown') return item;
  // What decides within a choice does not decide alone.
  if (item.kind === 'either') return within === undefined ? item : { ...item, by: extentOf(within) };
  return { ...extentOf(item), kind: 'either', values: [item], ...within === undefined ? {} : { by: within.by ?? extentOf(within), branches: [within.branches?.[index] ?? index] } };
};
const extentOf = ({ start, end }: Value) => ({ start, end });

/** The items of several lists. */
function joined(lists: Value[]): Value[] {
  return lists.flatMap((one): Value[] => {
    if (one.kind === 'list') return one.items;
    return one.kind === 'either' ? one.values.flatMap((value, i) => joined([value]).map((item) => perhaps(item, one, i))) : [{ ...extentOf(one), kind: 'unknown', stands: 'several' }];
  });
}

/** The items of a list without the lists around them, however deep these are. */
function flattened(items: Value[]): Value[] {
  return items.flatMap((one): Value[] => {
    if (one.kind === 'list') return flattened(one.items);
    return one.kind === 'either' ? one.values.flatMap((value, i) => flattened([value]).map((item) => perhaps(item, one, i))) : [one.kind === 'unknown' ? { ...one, stands: 'several' } : one];
  });
}

/** Maps as one, of which the last has its way; null where the keys of one of them are not known. */
function merged(maps: Value[]): Entry[] | null {
  const all = new Map<string, { last: Entry; choices: Value[] }>();
  for (const one of maps) {
    for (const map of one.kind === 'either' ? one.values : [one]) {
      if (map.kind !== 'map') return null;
      for (const entry of map.entries) {
        const name = known(entry.key);
        if (name === null) return null;
        const before = all.get(name);
        if (one.kind !== 'either') all.set(name, { last: entry, choices: [] });
        else if (before === undefined) all.set(name, { last: entry, choices: [entry.value] });
        else {
          if (before.choices.length === 0) before.choices.push(before.last.value);
          before.choices.push(entry.value);
          before.last = entry;
        }
      }
    }
  }
  return [...all.values()].map(({ last, choices }) => (
    choices.length === 0 ? last : { ...last, value: { ...extentOf(last.value), kind: 'either', values: choices } }
  ));
}

/** Loops within loops could make endlessly many values of a few. */
const MOST_MADE = 100_000;

const sizeOf = (value: Value): number => (
  value.kind === 'list' ? value.items.reduce((sum, one) => sum + sizeOf(one), 1)
    : value.kind === 'map' ? value.entries.reduce((sum, one) => sum + 1 + sizeOf(one.value), 1)
      : value.kind === 'either' ? value.values.reduce((sum, one) => sum + sizeOf(one), 1) : value.kind === 'encoded' ? sizeOf(value.value) : 1
);

/** A value in which names stand for what a loop gives them. */
function withBound(value: Value, bound: ReadonlyMap<string, Value>, source: string): Value {
  const inner = (one: Value): Value => withBound(one, bound, source);
  const named = ({ start, end }: Extent): Value | undefined => {
    const [, name, key] = /^(?:\$\{)?\s*([\p{ID_Start}_][\p{ID_Continue}-]*)(?:\.([\w-]+))?\s*\}?$/u.exec(source.slice(start, end)) ?? [];
    const own = name === undefined ? undefined : bound.get(name);
    return key === undefined ? own : get(own, key);
  };
  const inText = (text: TextValue): TextValue => ({ ...text, pieces: text.pieces.flatMap((piece) => {
    const own = piece.text === null ? named(piece) : undefined;
    return own?.kind === 'text' ? own.pieces : [piece];
  }) });
  switch (value.kind) {
    case 'unknown': return named(value) ?? value;
    case 'text': return inText(value);
    case 'list': return { ...value, items: value.items.map(inner) };
    case 'map': return { ...value, entries: value.entries.map((entry) => ({ key: inText(entry.key), value: inner(entry.value) })) };
    case 'either': return { ...value, values: value.values.map(inner) };
    case 'encoded': return { ...value, value: inner(value.value) };
    default: return value;
  }
}

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
    const lists = new Map<string, Value[]>();
    const listOf = (name: string, at: Node): Value[] => {
      const before = lists.get(name);
      if (before !== undefined) return before;
      const items: Value[] = [];
      lists.set(name, items);
      const extent = { start: at.startIndex, end: at.endIndex };
      entries.push({ key: textAt(name, at.startIndex, at.startIndex + name.length), value: { kind: 'list', items, ...extent } });
      return items;
    };
    for (const part of depth > DEEPEST ? [] : partsOf(node)) {
      entries.push(...this.attribute(part, depth));
      const type = part.type === 'block' ? child(part, 'identifier')?.text : undefined;
      const extent = { start: part.startIndex, end: part.endIndex };
      // How many blocks a dynamic one becomes is known at deploy time.
      if (type === 'dynamic') listOf(unquoted(child(part, 'string_lit')), part).push(...this.dynamic(part, depth + 1));
      else if (type !== undefined) listOf(type, part).push({ ...this.body(child(part, 'body'), part, depth + 1), ...extent });
    }
    return { kind: 'map', entries, start, end };
  }

  /** As many times what it says as it is told at deploy time. */
  private dynamic(node: Node, depth: number): Value[] {
    const content = partsOf(child(node, 'body')).find((part) => part.type === 'block' && child(part, 'identifier')?.text === 'content');
    const extent = { start: node.startIndex, end: node.endIndex };
    return [...content === undefined ? [] : [perhaps(this.body(child(content, 'body'), content, depth))], { kind: 'unknown', stands: content === undefined ? 'several' : 'again', ...extent }];
  }

  /** `[for ... in ... : item]`: the item as often as there is something to make it of; what it is made of is unknown. */
  private loop(node: Node, depth: number): Value | null {
    const tuple = child(node, 'for_tuple_expr');
    const item = tuple === null ? null : child(tuple, 'expression');
    const extent = { start: node.startIndex, end: node.endIndex };
    if (item === null) return null;
    const value = this.value(item, depth + 1);
    const each = this.eachOf(child(tuple!, 'for_intro'), depth);
    if (each !== null && this.made < MOST_MADE) {
      this.made += each.length * sizeOf(value);
      const isPerhaps = child(tuple!, 'for_cond') !== null;
      if (this.made < MOST_MADE) return { kind: 'list', items: each.map((bound) => withBound(value, bound, this.source)).map((one) => (isPerhaps ? perhaps(one) : one)), ...extent };
    }
    return { kind: 'list', items: [perhaps(value), { kind: 'unknown', stands: value.kind === 'unknown' ? 'several' : 'again', ...extent }], ...extent };
  }

  /** How many values loops have made. */
  private made = 0;

  /** What the names of a loop stand for, time by time; null where that does not stand there. */
  private eachOf(intro: Node | null, depth: number): Map<string, Value>[] | null {
    const parts = intro === null ? [] : partsOf(intro);
    const names = parts.filter(({ type }) => type === 'identifier').map(({ text }) => text);
    const over = parts.find(({ type }) => type === 'expression');
    const value = over === undefined ? null : this.value(over, depth + 1);
    if (value?.kind !== 'list' || names.length === 0 || !isCounted(value)) return null;
    const name = names.at(-1)!;
    return value.items.map((item, i) => new Map<string, Value>([...names.length > 1 ? [[names[0]!, { kind: 'plain', json: String(i), ...extentOf(item) }] as [string, Value]] : [], [name, item]]));
  }

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
    const from = this.value(list, depth + 1);
    return number === null || from.kind !== 'list' ? null : this.choice(from, this.value(number, depth + 1), list);
  }

  /** One of several items where the number is not known. */
  private choice(list: Value, index: Value, { startIndex: start, endIndex: end }: Node, isAround = false): Value | null {
    const choice = chosenOf(list, isCounted(list) ? index : { kind: 'unknown', start, end }, isAround);
    const [only, more] = choice;
    if (only === undefined) return null;
    return more === undefined ? only : { kind: 'either', values: choice, start, end };
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
    const [first] = arguments_ as [Value];
    // Of concat(lists...) the last argument is a list of arguments.
    const lists = isSpread ? joined([...arguments_.slice(0, -1).map((one): Value => ({ ...extentOf(one), kind: 'list', items: [one] })), arguments_.at(-1)!]) : arguments_;
    if (called === 'concat' || called === 'setunion') return { kind: 'list', items: joined(lists), ...extent };
    if (called === 'merge') {
      const entries = merged(lists);
      return entries === null ? null : { kind: 'map', entries, ...extent };
    }
    if (isSpread) return null;
    if (called === 'jsonencode') return { kind: 'encoded', value: first, ...extent };
    if (called === 'flatten') return { kind: 'list', items: flattened(joined([first])), ...extent };
    if (called === 'element' && first.kind === 'list' && arguments_.length === 2) return this.choice(first, arguments_[1]!, node, true);
    if (called === 'format') return formatted(first, arguments_.slice(1), extent);
    if (called === 'formatlist') return this.formattedEach(first, arguments_.slice(1), extent);
    if (called === 'join' && arguments_.length === 2) return joinedText(first, arguments_[1]!, extent);
    if (AS_CHOICE.has(called)) return { kind: 'either', values: arguments_, ...extent };
    return AS_GIVEN.has(called) ? first : null;
  }

  /** `formatlist("%s:*", ["s3", "sqs"])`: a text for each item of the one list. */
  private formattedEach(spec: Value, given: Value[], extent: Extent): Value | null {
    const [list, other] = given;
    if (list?.kind !== 'list' || other !== undefined || !isCounted(list)) return null;
    const items = list.items.map((item) => formatted(spec, [item], extent));
    return items.includes(null) ? null : { kind: 'list', items: items as Value[], ...extent };
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

/** What a value is within a text. */
const piecesOf = (value: Value): Piece[] => (value.kind === 'text' ? value.pieces : [{ ...extentOf(value), text: value.kind === 'plain' ? value.json : null, offsets: null }]);

/** `format("%s:*", "s3")`, with no other verbs than those that leave a text as it is; null for others. */
function formatted(spec: Value, given: Value[], extent: Extent): TextValue | null {
  if (spec.kind !== 'text' || spec.pieces.some(({ text }) => text === null)) return null;
  let next = 0;
  const pieces: Piece[] = [];
  for (const piece of spec.pieces) {
    let from = 0;
    for (const { 0: verb, index } of piece.text!.matchAll(/%./gs)) {
      const value = verb === '%%' ? undefined : given[next];
      if (verb !== '%%' && (value === undefined || !isShownBy(verb, value))) return null;
      if (verb !== '%%') next += 1;
      pieces.push(slice(piece, from, verb === '%%' ? index + 1 : index), ...value === undefined ? [] : piecesOf(value));
      from = index + verb.length;
    }
    pieces.push(slice(piece, from, piece.text!.length));
  }
  return next === given.length ? { kind: 'text', pieces: pieces.filter(({ text }) => text !== ''), ...extent } : null;
}

/** Whether a verb shows a value as it is; what is not known is not known then either. */
const isShownBy = (verb: string, value: Value): boolean => {
  if (isNull(value)) return false;
  const isText = value.kind === 'text' || value.kind === 'plain' || (value.kind === 'unknown' && value.stands === undefined) || value.kind === 'either';
  return isText && (verb === '%s' || verb === '%v' || (verb === '%d' && value.kind === 'plain' && /^-?\d+$/.test(value.json)));
};

/** `join("/", ["a", "b"])` of items of which each is one. */
function joinedText(separator: Value, list: Value, extent: Extent): TextValue | null {
  if (separator.kind !== 'text' || list.kind !== 'list' || list.items.some(({ kind }) => !['text', 'plain', 'unknown'].includes(kind))) return null;
  if (list.items.some((item) => item.kind === 'unknown' && item.stands !== undefined)) return null;
  const pieces = list.items.flatMap((item, i) => [...i === 0 ? [] : separator.pieces, ...piecesOf(item)]);
  return { kind: 'text', pieces: pieces.filter(({ text }) => text !== ''), ...extent };
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
