// The outputs of `aws iam get-account-authorization-details`, or the roles in them, of any size: pages of one answer, a file for each filter,
// or several accounts. Policies may come after the roles that they are attached to, so roles are kept until then, packed: a role of 4 KB takes
// some hundred bytes.
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { Failure } from '../failure.js';
import type { Asked } from './asked.js';
import { type Saved, withSaved } from './chunks.js';
import { isMore, objectsIn } from './details.js';

export interface Account {
  /** How many roles there are. */
  roles: number;
  longestName: number;
  /** What all roles are called, also where one was asked for; each by its ARN where another one has the same name. */
  names: string[];
  /** The ARNs of those that were asked for. */
  arns: string[];
  /** The files whose list goes on in another answer that is in none of them. */
  goesOn: string[];
  /** The details of each role as the engine takes them: it alone, with the policies that are attached to it. */
  documents(): Generator<{ name: string; called: string; arn: string; text: string }>;
}

/** Account details that files and standard input hold; null when one of them holds something else, and nothing is lost of it. */
export const accountIn = (words: readonly string[], only: Asked | undefined): Promise<Account | null> => withSaved(words, (files) => details(files, only));

interface RoleDetail {
  RoleName?: unknown;
  Arn?: unknown;
  AssumeRolePolicyDocument?: unknown;
  RolePolicyList?: unknown;
  AttachedManagedPolicies?: { PolicyArn?: unknown }[];
  PermissionsBoundary?: { PermissionsBoundaryArn?: unknown };
  InstanceProfileList?: unknown;
}

interface PolicyDetail {
  Arn?: unknown;
  DefaultVersionId?: unknown;
  PolicyVersionList?: { IsDefaultVersion?: unknown }[];
}

async function details(files: readonly Saved[], only: Asked | undefined): Promise<Account | null> {
  const packed = new Packed();
  const policies = new Policies();
  const said = new Said();
  const pages = new Pages();
  const all = new Namesakes();
  const arns: string[] = [];
  const taken = new Set<string>();
  let isOfPerson = false;
  for (const file of files) {
    const page = pages.of(file.name);
    const takeRole = ({ InstanceProfileList: _, ...role }: RoleDetail): void => {
      // An instance profile holds its role once more.
      const [name, arn] = [String(role.RoleName), String(role.Arn)];
      page.isOf(role.Arn);
      const { AssumeRolePolicyDocument, RolePolicyList, AttachedManagedPolicies, PermissionsBoundary } = role;
      const isKnown = typeof role.Arn === 'string' && !said.isNew(arn, [AssumeRolePolicyDocument, inOrder(RolePolicyList), inOrder(AttachedManagedPolicies), PermissionsBoundary], file.name);
      if (!isKnown) all.add(name, arn);
      if ((isKnown && taken.has(arn)) || (only !== undefined && (name !== only.name || !only.isArn(arn) || !only.isIn(file.name)))) return;
      taken.add(arn);
      arns.push(arn);
      packed.add(JSON.stringify(role));
    };
    const takePolicy = (policy: PolicyDetail): void => {
      const PolicyVersionList = Array.isArray(policy.PolicyVersionList) ? policy.PolicyVersionList.filter((one) => one?.IsDefaultVersion !== false) : [];
      page.isOf(policy.Arn);
      if (PolicyVersionList.length > 0 && !isOfAws(policy.Arn)) said.isNew(String(policy.Arn), PolicyVersionList, file.name);
      policies.add({ ...policy, PolicyVersionList });
    };
    const take = (value: object, isPolicy: boolean): boolean => {
      const { UserName, Arn } = value as { UserName?: unknown; Arn?: unknown };
      if (typeof UserName === 'string') {
        isOfPerson ||= only !== undefined && UserName === only.name && only.isArn(String(Arn));
        return true;
      }
      // Of values that follow one another one may be a list or an answer, where the first is a role.
      const { RoleDetailList, Policies, RoleName } = value as { RoleDetailList?: unknown; Policies?: unknown; RoleName?: unknown };
      if (!isPolicy && RoleName === undefined && (Array.isArray(RoleDetailList) || Array.isArray(Policies))) {
        return [...objectsIn(RoleDetailList).map((one) => take(one, false)), ...objectsIn(Policies).map((one) => take(one, true))].every((is) => is);
      }
      if (!isPolicy && OTHERS.some((other) => Object.hasOwn(value, other))) return false;
      if (isPolicy || (RoleName === undefined && Object.hasOwn(value, 'PolicyVersionList'))) takePolicy(value as PolicyDetail);
      else takeRole(value as RoleDetail);
      return true;
    };
    if (!await read(file, page, take)) return null;
  }
  // Of people the engine reads the answers itself.
  if (arns.length === 0 && (isOfPerson || (files.length > 1 && all.called().names.length === 0))) return null;
  return {
    roles: arns.length, ...all.called(), arns, goesOn: pages.open(),
    *documents() {
      for (const text of packed.all()) {
        const role = JSON.parse(text) as RoleDetail;
        const arns = [...(role.AttachedManagedPolicies ?? []).map((one) => one.PolicyArn), role.PermissionsBoundary?.PermissionsBoundaryArn];
        const attached = [...new Set(arns)].flatMap((arn) => policies.of(String(arn)) ?? []);
        yield { name: String(role.RoleName), called: all.of(String(role.RoleName), String(role.Arn)), arn: String(role.Arn), text: `{"RoleDetailList":[${text}],"Policies":[${attached.join()}]}` };
      }
    },
  };
}

/** Gives each role and each managed policy of a file; whether nothing else is there. */
async function read({ name, chunks }: Saved, page: Page, take: (value: object, isPolicy: boolean) => boolean): Promise<boolean> {
  let hasOthers = false;
  // Pages of the answer may follow one another.
  const parser = new JSONParser({ paths: ['$.UserDetailList.*', '$.RoleDetailList.*', '$.Policies.*', ...[...PAGING, ...OTHERS, ...ENTRY].map((key) => `$.${key}`)], keepStack: false, separator: '' });
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length === 1 && !PAGING.includes(String(key))) hasOthers = true;
    else if (stack.length === 1) page.hasKey(String(key), value);
    else if (typeof value === 'object' && value !== null) {
      page.hasItem();
      if (!take(value, stack[1]?.key === 'Policies')) hasOthers = true;
    }
  };
  let failure: Error | undefined;
  parser.onError = (reason) => { failure ??= reason; };
  let line = 1;
  for await (const chunk of chunks()) {
    for (const part of linesOf(chunk)) {
      parser.write(part);
      // What is told of the answers themselves is no fault of their JSON.
      if (failure instanceof Failure) throw failure;
      if (failure !== undefined) throw new Failure(`${name}:${line}: the account details are no JSON from here on. Save the whole output of aws iam get-account-authorization-details, or of jq.`);
      if (part.at(-1) === LINE_FEED) line += 1;
    }
  }
  if (!parser.isEnded) parser.end();
  if (failure !== undefined) throw new Failure(`${name}: the account details end too soon. Save the whole output of aws iam get-account-authorization-details.`);
  return !hasOthers;
}

/** Which files are pages of a list that goes on, by the account that they are of. */
class Pages {
  readonly #all: Page[] = [];

  of(name: string): Page {
    const page = new Page(name);
    this.#all.push(page);
    return page;
  }

  /** Those of which no other file of the same account is the end. */
  open(): string[] {
    const ends = this.#all.filter(({ isOpen }) => !isOpen);
    return this.#all.filter((one) => one.isOpen && !ends.some(({ account }) => account === null || one.account === null || account === one.account)).map(({ name }) => name);
  }
}

class Page {
  account: string | null = null;
  #isOpen = false;
  #hasEnd = false;
  #hasItems = false;
  #isOver = false;

  constructor(readonly name: string) {}

  get isOpen(): boolean {
    return this.#isOpen && !this.#hasEnd;
  }

  hasKey(key: string, value: unknown): void {
    this.#isOpen = isMore(key, value) || (this.#isOpen && key !== 'IsTruncated');
    this.#hasEnd ||= key === 'IsTruncated' && value === false;
    this.#isOver = this.#isOpen && this.#hasItems;
  }

  hasItem(): void {
    // The next page begins.
    if (this.#isOver) [this.#isOpen, this.#isOver] = [false, false];
    this.#hasItems = true;
  }

  isOf(arn: unknown): void {
    if (!isOfAws(arn)) this.account ??= accountOf(arn);
  }
}

const accountOf = (arn: unknown): string | null => (typeof arn === 'string' ? arn.split(':')[4] ?? null : null);
const isOfAws = (arn: unknown): boolean => accountOf(arn) === 'aws';

/** A list whose order says nothing. */
const inOrder = (list: unknown): string[] => (Array.isArray(list) ? list.map((one) => JSON.stringify(one)).sort() : []);

/** What files say of each role and each policy of an account, so that they say the same. */
class Said {
  readonly #all = new Map<string, { hash: string; file: string }>();

  /** False where it was said before. */
  isNew(arn: string, about: unknown, file: string): boolean {
    const hash = createHash('sha256').update(JSON.stringify(about)).digest('base64');
    const before = this.#all.get(arn);
    if (before !== undefined && before.hash !== hash) {
      const where = before.file === file ? `is there twice in ${file}, and not the same` : `is not the same in ${before.file} and in ${file}`;
      throw new Failure(`${arn} ${where}. Give answers of one time: nobody knows which of these holds.`);
    }
    if (before === undefined) this.#all.set(arn, { hash, file });
    return before === undefined;
  }
}

/** The managed policies by their ARNs. */
class Policies {
  readonly #all = new Map<string, { text: string; version: number }>();

  /** A list without the documents says less. Of AWS's own policies the newest version is in force everywhere. */
  add(policy: PolicyDetail): void {
    const version = (policy.PolicyVersionList ?? []).length === 0 ? -1 : Number(/^v(\d+)$/.exec(String(policy.DefaultVersionId))?.[1] ?? 0);
    const before = this.#all.get(String(policy.Arn));
    if (before === undefined || before.version <= version) this.#all.set(String(policy.Arn), { text: JSON.stringify(policy), version });
  }

  of(arn: string): string | undefined {
    return this.#all.get(arn)?.text;
  }
}

const PAGING = ['IsTruncated', 'Marker', 'NextToken'];
/** What tells of other answers beside the details, which say something of a role as well. */
const OTHERS = ['Statement', 'PolicyDocument', 'PolicyVersion', 'AttachedPolicies', 'PolicyNames', 'Role', 'Policy'];
/** What tells of an entry that follows a whole answer. */
const ENTRY = ['RoleName', 'PolicyVersionList'];

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
