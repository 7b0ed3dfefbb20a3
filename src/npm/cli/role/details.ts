// What the AWS CLI prints of roles, in the shapes that people save: whole account details, the one role or the list that
// --query takes out of them, as JSON or as YAML.

/** How a text begins: as the whole answer, or as entries of one of its lists, alone or in a list. */
export type Shape = 'whole' | 'RoleDetailList' | 'UserDetailList' | 'GroupDetailList' | 'Policies';

/** Null for what is no account details. Of managed policies alone nothing tells that they are a part of such. */
export function shapeOf(head: string): Shape | null {
  if (WHOLE.test(head)) return 'whole';
  if (!PART.test(head)) return null;
  const [, kind] = /"(?:(?:Role|User|Group)PolicyList|AttachedManagedPolicies)"\s*:/.test(head) ? /"(Role|User|Group)(?:Name|Id|PolicyList)"\s*:/.exec(head) ?? [] : [];
  if (kind !== undefined) return `${kind as 'Role'}DetailList`;
  return /"PolicyVersionList"\s*:/.test(head) ? 'Policies' : null;
}

/** So much of a text tells its shape: the policies of a role stand behind its trust policy. */
export const HEAD = 2 ** 16;

/** The lists that the API's answer has, of which one comes first. */
const WHOLE = /^\ufeff?\s*\{\s*"(?:UserDetailList|GroupDetailList|RoleDetailList|Policies|IsTruncated|Marker)"/;
const PART = /^\ufeff?\s*(?:\[\s*)?\{\s*"(?:Path|(?:Role|User|Group|Policy)(?:Name|Id)|(?:Role|User|Group)PolicyList|PolicyVersionList|DefaultVersionId|Arn|CreateDate|AssumeRolePolicyDocument|InstanceProfileList|GroupList|AttachedManagedPolicies|PermissionsBoundary|Tags|RoleLastUsed)"/;

/** The text itself, where it is one of these shapes whole. */
export function asDetails(text: string): string {
  const shape = shapeOf(text);
  if (shape === null || shape === 'whole' || shape === 'Policies') return text;
  const wrapping = new Wrapping(shape);
  return Buffer.concat([...wrapping.pieces(Buffer.from(text.replace(/^\ufeff/, '')))]).toString('utf8');
}

type Around = [before: string, after: string];

/** Makes account details of each of the JSON values that follow one another, as jq prints them with a line for each. */
export class Wrapping {
  readonly #ofList: Around;
  readonly #ofObject: Around;
  #after = '';
  #depth = 0;
  #isText = false;
  #isEscaped = false;

  /** A list is one of entries, whatever came before; an object is one of them, or a whole answer. */
  constructor(shape: Shape) {
    const list = shape === 'whole' ? 'RoleDetailList' : shape;
    this.#ofList = [`{"${list}":`, '}'];
    this.#ofObject = shape === 'whole' ? ['', ''] : [`{"${list}":[`, ']}'];
  }

  /** The next bytes of the text, with what belongs between them. */
  *pieces(chunk: Buffer): Generator<Buffer> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#isText) {
        if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#isText = false;
      } else if (byte === QUOTE) this.#isText = true;
      else if (OPENING.has(byte)) {
        this.#depth += 1;
        if (this.#depth > 1) continue;
        yield chunk.subarray(from, at);
        const [before, after] = byte === LIST ? this.#ofList : this.#ofObject;
        this.#after = after;
        yield Buffer.from(before);
        from = at;
      } else if (CLOSING.has(byte)) {
        this.#depth -= 1;
        if (this.#depth !== 0) continue;
        yield chunk.subarray(from, at + 1);
        yield Buffer.from(this.#after);
        from = at + 1;
      }
    }
    yield chunk.subarray(from);
  }
}

const codes = (characters: string): Set<number> => new Set(Buffer.from(characters));
const [QUOTE, BACKSLASH, LIST] = [0x22, 0x5c, 0x5b];
const [OPENING, CLOSING] = [codes('{['), codes('}]')];

/** Whether an answer of AWS says that more of its list is in others, of several the last; null for a text that is none. */
export function goesOn(text: string): boolean | null {
  if (!/"(?:IsTruncated|NextToken|Marker)"\s*:/.test(text)) return null;
  const all = [...valuesIn(text)].flatMap(([start, end]) => pageOf(text.slice(start, end)) ?? []);
  return all.at(-1) ?? null;
}

function pageOf(text: string): boolean | null {
  try {
    const answer = JSON.parse(text) as Partial<Record<'IsTruncated' | 'NextToken' | 'Marker', unknown>>;
    if (!['IsTruncated', 'NextToken', 'Marker'].some((key) => Object.hasOwn(answer, key))) return null;
    return isMore('IsTruncated', answer.IsTruncated) || isMore('NextToken', answer.NextToken) || isMore('Marker', answer.Marker);
  } catch {
    return null;
  }
}

export const isMore = (key: string, value: unknown): boolean => (key === 'IsTruncated' ? value === true : typeof value === 'string' && value !== '');

export const unfinished = (name: string): string => (
  `${name} is one page of a list that goes on (IsTruncated, Marker or NextToken): roles or policies may be missing. Let the AWS CLI print all of it, without --no-paginate and --max-items.`
);

/** Where the objects and lists stand that no other one holds. */
export function* valuesIn(text: string): Generator<[start: number, end: number]> {
  let [depth, start, isText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isText) {
      if (character === '\\') at += 1;
      else isText = character !== '"';
    } else if (character === '"') isText = true;
    else if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if ((character === '}' || character === ']') && depth > 0) {
      depth -= 1;
      if (depth === 0) yield [start, at + 1];
    }
  }
}

export const objectsIn = (list: unknown): object[] => (Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) as object[] : []);
