// YAML with places. CloudFormation's tags become the long forms of its functions.
import { type Document, type ParsedNode, type Scalar, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { DEEPEST, NOT_YAML, SourceError } from './error.js';
import { type Entry, type Extent, type Piece, type TextValue, type Value, known, textFor } from './value.js';

/** What merge keys may add to one file; aliases within aliases could add without end. */
const MOST_MERGED = 100_000;

/** The values of the documents of a file. */
export function readYaml(source: string): Value[] {
  const documents = parseAllDocuments(source, { strict: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error === undefined) return new Reader(source).read(document);
    // The parser itself goes down as deep as its stack is.
    if (/call stack/.test(error.message)) throw new SourceError('The YAML is nested too deeply to be read.', error.pos[0]);
    throw new SourceError(`${NOT_YAML}: ${error.message}.`.replace('..', '.'), error.pos[0]);
  });
}

class Reader {
  private readonly anchors = new Map<string, Value>();
  private merged = 0;

  constructor(private readonly source: string) {}

  read(document: Document.Parsed): Value {
    return this.value(document.contents, 0);
  }

  private value(node: ParsedNode | null, depth: number): Value {
    if (node === null) return { kind: 'plain', json: 'null', start: 0, end: 0 };
    const extent = { start: node.range[0], end: node.range[1] };
    if (depth > DEEPEST) throw new SourceError(`The YAML is nested more than ${DEEPEST} deep.`, extent.start);
    // An alias to what is still open has no end; one to nothing has no meaning.
    if (isAlias(node)) return this.anchors.get(node.source) ?? { kind: 'unknown', ...extent };
    const value = tagged(this.untagged(node, extent, depth), node.tag, extent);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, value);
    return value;
  }

  private untagged(node: ParsedNode, extent: Extent, depth: number): Value {
    if (isMap(node)) return { kind: 'map', entries: this.ofMap(node.items, depth), ...extent };
    if (isSeq(node)) {
      const items = node.items.map((item) => (isPair(item) ? { kind: 'unknown' as const, ...extent } : this.value(item as ParsedNode, depth + 1)));
      return { kind: 'list', items, ...extent };
    }
    return isScalar(node) ? this.scalar(node, extent) : { kind: 'unknown', ...extent };
  }

  /** What a map says itself goes before what it merges, and of merged maps the first. Source: YAML's merge key, 1.1. */
  private ofMap(pairs: readonly { key: unknown; value: unknown }[], depth: number): Entry[] {
    const all = pairs.map((pair) => this.entries(pair, depth));
    if (!all.some(({ isMerged }) => isMerged)) return all.flatMap(({ entries }) => entries);
    const own = all.flatMap(({ entries, isMerged }) => (isMerged ? [] : entries));
    const names = new Set(own.map(({ key }) => known(key)));
    const merged = all.flatMap(({ entries, isMerged }) => (isMerged ? entries : [])).filter(({ key }) => {
      const name = known(key);
      if (name !== null && names.has(name)) return false;
      names.add(name);
      return true;
    });
    return [...merged, ...own];
  }

  private entries({ key, value }: { key: unknown; value: unknown }, depth: number): { entries: Entry[]; isMerged: boolean } {
    const name = this.value(key as ParsedNode, depth + 1);
    const content = this.value(value as ParsedNode | null, depth + 1);
    if (known(name) === '<<') {
      const merged = (content.kind === 'list' ? content.items : [content]).flatMap((one) => (one.kind === 'map' ? one.entries : []));
      this.merged += merged.length;
      if (this.merged > MOST_MERGED) throw new SourceError(`Its merge keys add more than ${MOST_MERGED} values.`, name.start);
      return { entries: merged, isMerged: true };
    }
    const text = name.kind === 'text' ? name
      : textFor(name.kind === 'plain' ? this.source.slice(name.start, name.end) : '', name);
    // The place of a value that is not there is just behind its key.
    const isNothing = content.kind === 'plain' && content.end === 0;
    return { entries: [{ key: text, value: isNothing ? { ...content, start: text.end, end: text.end } : content }], isMerged: false };
  }

  private scalar(node: Scalar.Parsed, extent: Extent): Value {
    const { value } = node;
    const raw = this.source.slice(extent.start, extent.end);
    if (typeof value === 'string') return { kind: 'text', pieces: [this.piece(value, node, extent)], ...extent };
    // What JSON does not write like YAML, such as 0x1F or .inf, is read as the text that it is.
    if (typeof value === 'number' && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(raw)) return textFor(raw, extent);
    return { kind: 'plain', json: typeof value === 'number' ? raw : String(value ?? null), ...extent };
  }

  private piece(value: string, { type }: Scalar.Parsed, { start, end }: Extent): Piece {
    if (type === 'PLAIN') return this.aligned(value, start, end, false);
    if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return this.aligned(value, start + 1, end - 1, type === 'QUOTE_DOUBLE');
    const first = this.source.indexOf('\n', start) + 1 || end;
    // The lines of a policy as they stand: JSON does not mind how far they are moved in.
    if (type === 'BLOCK_LITERAL' && /^\s*\{/.test(value) && value.includes('"Statement"')) return { text: this.source.slice(first, end), start: first, end, offsets: null };
    return this.aligned(value, first, end, false);
  }

  /** Finds the units of a value in its source, which differs by line breaks, indents, doubled quotes and escapes. */
  private aligned(value: string, start: number, end: number, hasEscapes: boolean): Piece {
    const { source } = this;
    if (source.slice(start, end) === value) return { text: value, start, end, offsets: null };
    const offsets: number[] = [];
    let at = start;
    for (let unit = 0; unit < value.length; unit += 1) {
      const character = value[unit] ?? '';
      while (hasEscapes && source[at] === '\\' && /[\r\n]/.test(source[at + 1] ?? '')) at = afterSpace(source, at + 1, end);
      if (hasEscapes && source[at] === '\\') {
        offsets.push(at);
        const length = ESCAPES[source[at + 1] ?? ''] ?? 2;
        if (length === 10 && value.charCodeAt(unit) >= 0xd800 && value.charCodeAt(unit) < 0xdc00) {
          offsets.push(at);
          unit += 1;
        }
        at += length;
      } else if (/\s/.test(character)) {
        offsets.push(at);
        if (source[at] === character) at += 1;
        else if (character === '\n') at = source.indexOf('\n', at) + 1 || end;
      } else {
        if (source[at] !== character) at = afterSpace(source, at, end);
        if (source[at] !== character) return { text: value, start, end, offsets: null };
        offsets.push(at);
        at += character === "'" && source[at + 1] === "'" && source[start - 1] === "'" ? 2 : 1;
      }
    }
    offsets.push(Math.min(at, end));
    return { text: value, start, end, offsets };
  }
}

/** How long an escape sequence is, by its second character; the others have two. */
const ESCAPES: Record<string, number> = { x: 4, u: 6, U: 10 };

function afterSpace(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(source[at] ?? '')) at += 1;
  return at;
}

/** `!Sub x` as `{"Fn::Sub": x}`. */
function tagged(value: Value, tag: string | undefined, extent: Extent): Value {
  if (tag === undefined || !tag.startsWith('!')) return value;
  const name = tag === '!Ref' || tag === '!Condition' ? tag.slice(1) : `Fn::${tag.slice(1)}`;
  const key: TextValue = textFor(name, { start: extent.start, end: extent.start });
  return { kind: 'map', entries: [{ key, value }], ...extent };
}
