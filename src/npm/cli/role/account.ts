// The output of `aws iam get-account-authorization-details`, or the roles in it, of any size. Policies come after the roles that they are
// attached to, so roles are kept until then, packed: a role of 4 KB takes some hundred bytes.
import { type ReadStream, closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { Failure, inWords } from '../failure.js';
import { textOf } from '../build/output.js';
import { giveBack } from '../files/read.js';
import { SourceError } from '../source/index.js';
import type { Asked } from './asked.js';
import { answersIn, mayBeYamlOfAws } from './answers.js';
import { HEAD, Wrapping, aroundDetails, isMore, objectsIn } from './details.js';

export interface Account {
  /** How many roles there are. */
  roles: number;
  longestName: number;
  /** What all roles are called, also where one was asked for; each by its ARN where another one has the same name. */
  names: string[];
  /** The ARNs of those that were asked for. */
  arns: string[];
  /** Whether the list goes on in another answer. */
  goesOn: boolean;
  /** The details of each role as the engine takes them: it alone, with the policies that are attached to it. */
  documents(): Generator<{ name: string; called: string; arn: string; text: string }>;
}

/** Account details that a file or standard input holds; null when it holds something else, and nothing is lost of it. */
export async function accountIn(word: string, only: Asked | undefined): Promise<Account | null> {
  const name = word === '-' ? 'standard input' : word;
  try {
    const first = word === '-' ? await headOfStdin() : { text: head(word), rest: null };
    if (mayBeYamlOfAws(first.text)) {
      if (first.rest !== null) keep(first.rest);
      const text = await textOf(word);
      if (word === '-') giveBack(Buffer.from(text));
      const { json, rest } = await answersIn(text);
      return rest === '' ? await of(name, json, () => [Buffer.from(json)], only) : null;
    }
    const copy = new Copy();
    const account = await of(name, first.text, () => (first.rest === null ? createReadStream(word) : copy.of(joined(first.rest.bytes, first.rest.stdin))), only);
    if (account !== null || first.rest === null) return account;
    if (copy.isBegun) giveBack(copy.whole(name));
    else keep(first.rest);
    return null;
  } catch (reason) {
    if (reason instanceof Failure) throw reason;
    if (reason instanceof SourceError) throw new Failure(`${name}: ${reason.message}`);
    throw new Failure(`${word === '-' ? 'Standard input' : word}: ${inWords(reason)}.`);
  }
}

/** What begins so, where that is details of roles. */
async function of(name: string, text: string, chunks: () => AsyncIterable<Buffer> | Iterable<Buffer>, only: Asked | undefined): Promise<Account | null> {
  const around = aroundDetails(text);
  return around === null || around[0].includes('UserDetailList') || around[0].includes('GroupDetailList') ? null : details(name, wrapped(chunks(), around), only);
}

async function* wrapped(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, around: [string, string]): AsyncGenerator<Buffer> {
  if (around[0] === '') {
    yield* chunks;
    return;
  }
  const wrapping = new Wrapping(around);
  let isFirst = true;
  for await (const chunk of chunks) {
    // Within a text a byte order mark is none.
    yield* wrapping.pieces(isFirst && chunk[0] === 0xef ? chunk.subarray(3) : chunk);
    isFirst = false;
  }
}

function head(path: string): string {
  if (!statSync(path).isFile()) return '';
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

interface Read {
  bytes: Buffer;
  stdin: ReadStream;
  isWhole: boolean;
}

async function headOfStdin(): Promise<{ text: string; rest: Read }> {
  const stdin = process.stdin as unknown as ReadStream;
  const chunks: Buffer[] = [];
  let [length, isWhole] = [0, true];
  for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    isWhole = length < HEAD;
    if (!isWhole) break;
  }
  const bytes = Buffer.concat(chunks);
  return { text: bytes.toString('utf8', 0, HEAD), rest: { bytes, stdin, isWhole } };
}

/** For who reads standard input next. */
function keep({ bytes, stdin, isWhole }: Read): void {
  if (isWhole) giveBack(bytes);
  else stdin.unshift(bytes);
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** What was read of standard input, for who reads it again. */
class Copy {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  isBegun = false;

  async* of(all: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    this.isBegun = true;
    for await (const chunk of all) {
      this.#length += chunk.length;
      if (this.#length <= MOST_KEPT) this.#chunks.push(chunk);
      else this.#chunks.length = 0;
      yield chunk;
    }
  }

  whole(name: string): Buffer {
    if (this.#length > MOST_KEPT) throw new Failure(`${name} has account details and other answers of AWS after one another, and is too long for that. Give them as files of their own.`);
    return Buffer.concat(this.#chunks);
  }
}

const MOST_KEPT = 16 * 2 ** 20;

interface RoleDetail {
  RoleName?: unknown;
  Arn?: unknown;
  AttachedManagedPolicies?: { PolicyArn?: unknown }[];
  PermissionsBoundary?: { PermissionsBoundaryArn?: unknown };
  InstanceProfileList?: unknown;
}

interface PolicyDetail {
  Arn?: unknown;
  PolicyVersionList?: { IsDefaultVersion?: unknown }[];
}

async function details(name: string, chunks: AsyncIterable<Buffer>, only: Asked | undefined): Promise<Account | null> {
  const packed = new Packed();
  const policies = new Map<string, string>();
  const all = new Namesakes();
  const arns: string[] = [];
  let [isOpen, hasItems, isPageOver, hasOthers] = [false, false, false, false];
  // Pages of the answer may follow one another.
  const parser = new JSONParser({ paths: ['$.RoleDetailList.*', '$.Policies.*', ...PAGING, ...OTHERS.map((key) => `$.${key}`)], keepStack: false, separator: '' });
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length === 1 && OTHERS.includes(String(key))) {
      hasOthers = true;
      return;
    }
    if (stack.length === 1) {
      isOpen = isMore(String(key), value) || (isOpen && key !== 'IsTruncated');
      isPageOver = isOpen && hasItems;
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    // The next page begins.
    if (isPageOver) [isOpen, isPageOver] = [false, false];
    hasItems = true;
    take(value, stack[1]?.key === 'Policies');
  };
  const take = (value: object, isPolicy: boolean): void => {
    // Of values that follow one another one may be a list or an answer, where the first is a role.
    const { RoleDetailList, Policies, RoleName } = value as { RoleDetailList?: unknown; Policies?: unknown; RoleName?: unknown };
    if (!isPolicy && RoleName === undefined && (Array.isArray(RoleDetailList) || Array.isArray(Policies))) {
      for (const one of objectsIn(RoleDetailList)) take(one, false);
      for (const one of objectsIn(Policies)) take(one, true);
      return;
    }
    if (!isPolicy && OTHERS.some((other) => Object.hasOwn(value, other))) {
      hasOthers = true;
      return;
    }
    if (isPolicy) {
      const policy = value as PolicyDetail;
      const PolicyVersionList = Array.isArray(policy.PolicyVersionList) ? policy.PolicyVersionList.filter((one) => one?.IsDefaultVersion !== false) : [];
      policies.set(String(policy.Arn), JSON.stringify({ ...policy, PolicyVersionList }));
      return;
    }
    // An instance profile holds its role once more.
    const { InstanceProfileList: _, ...role } = value as RoleDetail;
    all.add(String(role.RoleName), String(role.Arn));
    if (only !== undefined && (role.RoleName !== only.name || !only.isArn(String(role.Arn)))) return;
    arns.push(String(role.Arn));
    packed.add(JSON.stringify(role));
  };
  let failure: Error | undefined;
  parser.onError = (reason) => { failure ??= reason; };
  let line = 1;
  for await (const chunk of chunks) {
    for (const part of linesOf(chunk)) {
      parser.write(part);
      if (failure !== undefined) throw new Failure(`${name}:${line}: the account details are no JSON from here on. Save the whole output of aws iam get-account-authorization-details, or of jq.`);
      if (part.at(-1) === LINE_FEED) line += 1;
    }
  }
  if (!parser.isEnded) parser.end();
  if (failure !== undefined) throw new Failure(`${name}: the account details end too soon. Save the whole output of aws iam get-account-authorization-details.`);
  if (hasOthers) return null;
  return {
    roles: arns.length, ...all.called(), arns, goesOn: isOpen,
    *documents() {
      for (const text of packed.all()) {
        const role = JSON.parse(text) as RoleDetail;
        const arns = [...(role.AttachedManagedPolicies ?? []).map((one) => one.PolicyArn), role.PermissionsBoundary?.PermissionsBoundaryArn];
        const attached = [...new Set(arns)].flatMap((arn) => policies.get(String(arn)) ?? []);
        yield { name: String(role.RoleName), called: all.of(String(role.RoleName), String(role.Arn)), arn: String(role.Arn), text: `{"RoleDetailList":[${text}],"Policies":[${attached.join()}]}` };
      }
    },
  };
}

const PAGING = ['$.IsTruncated', '$.Marker', '$.NextToken'];
/** What tells of other answers beside the details, which say something of a role as well. */
const OTHERS = ['Statement', 'PolicyDocument', 'PolicyVersion', 'AttachedPolicies', 'PolicyNames', 'Role', 'Policy'];
/** What people call roles of which some may have the same name. */
class Namesakes {
  readonly #all: [name: string, arn: string][] = [];
  readonly #arns = new Map<string, string>();
  readonly #shared = new Set<string>();

  add(name: string, arn: string): void {
    this.#all.push([name, arn]);
    if ((this.#arns.get(name) ?? arn) !== arn) this.#shared.add(name);
    this.#arns.set(name, arn);
  }

  of(name: string, arn: string): string {
    return this.#shared.has(name) ? arn : name;
  }

  called(): { names: string[]; longestName: number } {
    const names = this.#all.map(([name, arn]) => this.of(name, arn));
    return { names, longestName: names.reduce((longest, { length }) => Math.max(longest, length), 0) };
  }
}


const LINE_FEED = 0x0a;

function* linesOf(chunk: Buffer): Generator<Buffer> {
  for (let from = 0; from < chunk.length;) {
    const end = chunk.indexOf(LINE_FEED, from);
    const next = end < 0 ? chunk.length : end + 1;
    yield chunk.subarray(from, next);
    from = next;
  }
}

/** Texts without line feeds, packed in parts of a megabyte. */
class Packed {
  readonly #parts: Buffer[] = [];
  #open: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#open.push(text);
    this.#length += text.length;
    if (this.#length < 2 ** 20) return;
    this.#parts.push(deflateRawSync(this.#open.join('\n'), { level: 1 }));
    this.#open = [];
    this.#length = 0;
  }

  *all(): Generator<string> {
    for (const part of this.#parts) yield* inflateRawSync(part).toString('utf8').split('\n');
    yield* this.#open;
  }
}
