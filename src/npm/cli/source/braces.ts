// YAML and JSON that another tool fills in before anybody reads it, as Helm, Ansible, GitHub, ERB and Terraform do. Its tags, `{{ x }}`,
// `{% if x %}`, `<%= x %>` and in some files `${x}`, are no YAML: characters that no file has stand for them while it is read, one for one, so that every place stays.
import { isJson } from './embedded.js';
import { isPolicyByWords } from './language.js';
import { shown } from './expression.js';
import { NOT_YAML, type SourceError } from './error.js';
import { type Found, type Seen, type Unread, isFound } from './found.js';
import { type Extent, type Piece, type TextValue, type Value, isOther, known, slice } from './value.js';

/** Whether a text may have such tags. */
export const mayHaveTags = (text: string, fileName = ''): boolean => /\{\{|\{%|<%/.test(text) || (isHclTemplate(fileName) && /[$%]\{/.test(text));

/** Whether a file is a template of HCL by its name, as `templatefile` of Terraform reads it. */
const isHclTemplate = (fileName: string): boolean => /\.(?:tftpl|tpl|tmpl)$/i.test(fileName);

/** Whether a text that begins as JSON is one only when another tool has filled it in. What begins with a quotation mark within two braces is an object with a brace too many. */
export function isFilledIn(text: string, fileName: string): boolean {
  if (!mayHaveTags(text, fileName)) return false;
  const tags = tagsIn(text, isHclTemplate(fileName));
  return tags.length > 0 && !tags.some(({ start }) => /^\{\{\s*"/.test(text.slice(start, start + LONGEST_TAG))) && (isHclTemplate(fileName) || !isJson(text));
}

interface Tag extends Extent {
  /** Whether it decides what of the text around it there is, instead of standing for a value. */
  isControl: boolean;
}

/** A text of which the tags are covered. */
export interface Covered {
  source: string;
  /** As long as the source. */
  text: string;
  tags: readonly Tag[];
  /** Those that stand on lines of their own or control what is there from within comments: what is around them may be another. */
  around: readonly Tag[];
}

/** Noncharacters of Unicode: for a tag within a line, and for one on a line of its own, which is a comment to YAML. */
const [INLINE, ALONE] = ['\ufdd0', '\ufdd1'];
const COVER = /#?\ufdd1+|\ufdd0+/g;

export function covered(text: string, fileName: string): Covered {
  const tags = tagsIn(text, isHclTemplate(fileName));
  const blank = blanked(text, tags);
  const around: Tag[] = [];
  let [cover, next] = ['', 0];
  let line = { end: -1, isAlone: false, isComment: false };
  for (const tag of tags) {
    const isFirst = tag.start >= line.end;
    if (isFirst) {
      const end = blank.indexOf('\n', tag.end);
      const words = blank.slice(blank.lastIndexOf('\n', tag.start) + 1, end === -1 ? undefined : end).trim();
      line = { end: end === -1 ? blank.length : end, isAlone: words === '', isComment: words.startsWith('#') };
    }
    if (line.isAlone || (line.isComment && tag.isControl)) around.push(tag);
    const length = tag.end - tag.start;
    cover += text.slice(next, tag.start) + (!line.isAlone ? INLINE.repeat(length) : isFirst ? `#${ALONE.repeat(length - 1)}` : ALONE.repeat(length));
    next = tag.end;
  }
  return { source: text, text: cover + text.slice(next), tags, around };
}

/** A text with spaces in these places. */
function blanked(text: string, places: readonly Extent[]): string {
  let [blank, from] = ['', 0];
  for (const { start, end } of places) {
    blank += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return blank + text.slice(from);
}

/** No tag is longer, so that two braces that begin none do not take the rest of a file. */
const LONGEST_TAG = 2000;
const CLOSED = /\{%(?:(?!\{%|%\})[^]){0,2000}%\}|\{#(?:(?!\{#|#\})[^]){0,2000}#\}|<%(?:(?!<%|%>)[^]){0,2000}%>/y;

/** In their order. None holds the beginning of another one, so that each character is looked at as often as it may be in one. */
function tagsIn(text: string, isOfHcl: boolean): Tag[] {
  const tags: Tag[] = [];
  // `$${` and `%%{` are texts to HCL.
  const begin = isOfHcl ? /\{\{|(?<!\$)\$\{|(?<!%)%\{|\{%|<%/g : /\{\{|\{%|(?<!\$)\{#|<%/g;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const at = found.index;
    let end: number | null = null;
    if (found[0] === '{{') end = closeOfBraces(text, at, text[at + 2] === '{' ? 3 : 2);
    else if (found[0] === '${' || found[0] === '%{') end = closeOfBraces(text, at + 1, 1);
    else {
      CLOSED.lastIndex = at;
      end = CLOSED.test(text) ? CLOSED.lastIndex : null;
    }
    if (end === null) continue;
    begin.lastIndex = end;
    tags.push({ start: found[0] === '{{' && text[at - 1] === '$' ? at - 1 : at, end, isControl: isControl(text.slice(at, end)) });
  }
  return tags;
}

/** Behind the brace that closes the first of so many, or null. */
function closeOfBraces(text: string, start: number, count: number): number | null {
  let depth = count;
  for (let at = start + depth; at < Math.min(text.length, start + LONGEST_TAG); at += 1) {
    if (count > 1 && text[at] === '{' && text[at + 1] === '{') return null;
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

/** Words of Go's templates, signs of Handlebars, and all tags of Jinja and ERB that print nothing. */
const isControl = (tag: string): boolean => (
  tag.startsWith('${') && !tag.startsWith('${{') ? false : tag.startsWith('{{') ? /^\{\{[-~]?\s*(?:(?:if|else|end|range|with|define|block|break|continue)\b|[/#^!])/.test(tag) : !/^<%=/.test(tag)
);

/** What of a policy has keys with a meaning. */
const ELEMENT = /^(?:Statements?|Condition|(?:Not)?Principal)$/i;

/** What was read of a covered text, with the tags as what only the other tool knows. */
export function uncovered(root: Value, { source, text }: Covered): Value {
  const [done, doneInside] = [new Map<Value, Value>(), new Map<Value, Value>()];
  const comes = /\s*(#\ufdd1+)/y;
  // Elsewhere keys are names, by which people find what is meant.
  const named = (key: TextValue): TextValue => (split(key) === key ? key : { ...key, pieces: key.pieces.map((piece) => (isOther(piece) ? piece : { ...piece, text: source.slice(piece.start, piece.end), offsets: null })) });
  const uncover = (value: Value, isInside: boolean): Value => {
    const all = isInside ? doneInside : done;
    const before = all.get(value);
    if (before !== undefined) return before;
    let result = value;
    if (value.kind === 'list') result = { ...value, items: value.items.map((item) => uncover(item, isInside)) };
    if (value.kind === 'map') {
      result = { ...value, entries: value.entries.map((entry) => ({ key: isInside ? split(entry.key) : named(entry.key), value: uncover(entry.value, isInside || ELEMENT.test(known(entry.key) ?? '')) })) };
    }
    if (value.kind === 'text') {
      const own = split(value);
      const isTag = own !== value && own.pieces.every((piece) => piece.text === null || piece.text.trim() === '');
      result = isTag ? { kind: 'unknown', start: value.start, end: value.end } : own;
    }
    if (value.kind === 'plain' && value.start === value.end) {
      // Nothing stands behind the key, and a tag on the next line.
      comes.lastIndex = value.end + 1;
      const tag = comes.exec(text)?.[1];
      if (tag !== undefined) result = { kind: 'unknown', start: comes.lastIndex - tag.length, end: comes.lastIndex };
    }
    all.set(value, result);
    return result;
  };
  return uncover(root, false);
}

function split(value: TextValue): TextValue {
  const pieces = value.pieces.flatMap((piece) => piecesOf(piece));
  return pieces.length === value.pieces.length && pieces.every(({ text }) => text !== null) ? value : { ...value, pieces };
}

function piecesOf(piece: Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: all, index } of (piece.text ?? '').matchAll(COVER)) {
    pieces.push(slice(piece, from, index), { ...slice(piece, index, index + all.length), text: null, offsets: null });
    from = index + all.length;
  }
  return from === 0 ? [piece] : [...pieces, slice(piece, from, piece.text!.length)].filter(({ text }) => text !== '');
}

/** What was seen in such a file: of a policy of which a tag decides what statements there are nothing is said. */
export function withoutDecided(seen: Seen, { source, tags, around }: Covered): Seen {
  if (!isFound(seen)) return seen.why !== undefined ? seen : undecided(seen, source, firstIn(tags, seen));
  const [first, last] = [seen.place(0), seen.place(seen.text.length - 1)];
  const extent = { start: first?.start ?? 0, end: last?.end ?? 0 };
  const tag = firstIn(around, extent) ?? (seen.unknown.includes('/Statement') ? firstIn(tags, extent) : undefined);
  return tag === undefined ? seen : undecided({ ...about(seen), ...extent }, source, tag);
}

const about = ({ name, kind, of }: Found): Pick<Unread, 'name' | 'kind' | 'of'> => ({ name, kind, ...of === undefined ? {} : { of } });

const undecided = (one: Unread, source: string, tag: Tag | undefined): Unread => (
  tag === undefined ? one : { ...one, why: `the file alone does not tell what ${one.name === '' ? 'it' : one.name} is: ${shown(source.slice(tag.start, tag.end))}` }
);

/** The first that stands within an extent. */
function firstIn(tags: readonly Tag[], { start, end }: Extent): Tag | undefined {
  let low = 0;
  for (let high = tags.length; low < high;) {
    const middle = (low + high) >> 1;
    if (tags[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  const tag = tags[low];
  return tag !== undefined && tag.end <= end ? tag : undefined;
}

/** Whether tags may be why a text is no YAML. */
export const isBecauseOf = ({ tags }: Covered, { message }: SourceError): boolean => tags.length > 0 && message.startsWith(NOT_YAML);

const COMMENT = /^(?:\{\{-?\s?\/\*|\{\{!|\{#|<%#)/;

/** With spaces for these tags, and for the lines that are comments, to YAML or to a script in it. */
const withoutComments = (source: string, tags: readonly Tag[]): string => blanked(source, tags).replace(/^[ \t]*#.*$/gm, (comment) => ' '.repeat(comment.length));

/** With spaces for all tags and comments. */
export const withoutTags = (text: string): string => withoutComments(text, mayHaveTags(text) ? tagsIn(text, false) : []);

/** The tags of a file that are a policy in the language of the other tool, by their words. */
export const policyTags = ({ source, tags }: Covered, isPolicy: (text: string) => boolean): Seen[] => (
  tags.filter(({ start, end }) => !COMMENT.test(source.slice(start, start + 8)) && isPolicy(source.slice(start, end)))
    .map((tag) => undecided({ name: '', kind: null, start: tag.start, end: tag.end }, source, tag)));

/** What stands for the policies of a file that is no YAML before it is filled in: nothing where no words of it are those of a policy. */
export function unreadable({ source, tags }: Covered, reason: SourceError): Unread[] {
  const words = withoutComments(source, tags.filter(({ start }) => COMMENT.test(source.slice(start, start + 8))));
  const start = words.search(/\bStatement\b/);
  if (start === -1 || !isPolicyByWords(words)) return [];
  const tag = tags.findLast((one) => one.start <= reason.offset) ?? tags[0]!;
  return [{ name: '', kind: null, start, end: source.trimEnd().length, why: `the file is ${/^\s*\{(?![{%#])/.test(source) ? 'JSON' : 'YAML'} only when another tool has filled it in: ${shown(source.slice(tag.start, tag.end))}` }];
}
