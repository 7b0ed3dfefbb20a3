// The output of `aws iam get-account-authorization-details`, of any size. Policies come after the roles that they are
// attached to, so roles are kept until then, packed: a role of 4 KB takes some hundred bytes.
import { type ReadStream, closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { Failure, inWords } from '../failure.js';
import { giveBack } from '../files/read.js';

export interface Account {
  /** How many roles there are. */
  roles: number;
  longestName: number;
  /** The details of each role as the engine takes them: it alone, with the policies that are attached to it. */
  documents(): Generator<{ name: string; arn: string; text: string }>;
}

/** Account details that a file or standard input begins with; null when it begins otherwise, and nothing is lost of it. */
export async function accountIn(word: string, only: string | undefined): Promise<Account | null> {
  try {
    if (word === '-') return await fromStdin(only);
    return beginsAsDetails(head(word)) ? await details(createReadStream(word), only) : null;
  } catch (reason) {
    if (reason instanceof Failure) throw reason;
    throw new Failure(`${word === '-' ? 'Standard input' : word}: ${inWords(reason)}.`);
  }
}

/** The lists that the API's answer has, of which one comes first. */
const beginsAsDetails = (text: string): boolean => /^\ufeff?\s*\{\s*"(UserDetailList|GroupDetailList|RoleDetailList|Policies|IsTruncated|Marker)"/.test(text);
const HEAD = 1024;

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

async function fromStdin(only: string | undefined): Promise<Account | null> {
  const stdin = process.stdin as unknown as ReadStream;
  const chunks: Buffer[] = [];
  let [length, isWhole] = [0, true];
  for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    isWhole = length < HEAD;
    if (!isWhole) break;
  }
  const first = Buffer.concat(chunks);
  if (beginsAsDetails(first.toString('utf8', 0, HEAD))) return details(joined(first, stdin), only);
  if (isWhole) giveBack(first);
  else stdin.unshift(first);
  return null;
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

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

async function details(chunks: AsyncIterable<Buffer>, only: string | undefined): Promise<Account> {
  const packed = new Packed();
  const policies = new Map<string, string>();
  let [roles, longestName] = [0, 0];
  // Pages of the answer may follow one another.
  const parser = new JSONParser({ paths: ['$.RoleDetailList.*', '$.Policies.*'], keepStack: false, separator: '' });
  parser.onValue = ({ value, stack }) => {
    if (typeof value !== 'object' || value === null) return;
    if (stack[1]?.key === 'Policies') {
      const policy = value as PolicyDetail;
      const PolicyVersionList = Array.isArray(policy.PolicyVersionList) ? policy.PolicyVersionList.filter((one) => one?.IsDefaultVersion !== false) : [];
      policies.set(String(policy.Arn), JSON.stringify({ ...policy, PolicyVersionList }));
      return;
    }
    // An instance profile holds its role once more.
    const { InstanceProfileList: _, ...role } = value as RoleDetail;
    if (only !== undefined && role.RoleName !== only) return;
    roles += 1;
    longestName = Math.max(longestName, String(role.RoleName).length);
    packed.add(JSON.stringify(role));
  };
  let failure: Error | undefined;
  parser.onError = (reason) => { failure ??= reason; };
  for await (const chunk of chunks) {
    parser.write(chunk);
    if (failure !== undefined) throw new Failure(`The account details are broken: ${failure.message.split('\n')[0]}`);
  }
  if (!parser.isEnded) parser.end();
  if (failure !== undefined) throw new Failure('The account details end too soon. Save the whole output of aws iam get-account-authorization-details.');
  return {
    roles, longestName,
    *documents() {
      for (const text of packed.all()) {
        const role = JSON.parse(text) as RoleDetail;
        const arns = [...(role.AttachedManagedPolicies ?? []).map((one) => one.PolicyArn), role.PermissionsBoundary?.PermissionsBoundaryArn];
        const attached = [...new Set(arns)].flatMap((arn) => policies.get(String(arn)) ?? []);
        yield { name: String(role.RoleName), arn: String(role.Arn), text: `{"RoleDetailList":[${text}],"Policies":[${attached.join()}]}` };
      }
    },
  };
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
