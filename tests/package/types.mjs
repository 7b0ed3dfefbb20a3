import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT, installed, run, userRequire, write } from './install.mjs';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

const STRICT = {
  strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, target: 'es2022', types: [],
};

/** The compiler's complaints about one file, in a project with these options; '' when it has none. */
async function complaints(name, options) {
  const compilerOptions = { ...STRICT, ...options };
  const project = write(`${name}.tsconfig.json`, JSON.stringify({ compilerOptions, files: [name] }));
  try {
    return (await run(process.execPath, [TSC, '--project', project, '--pretty', 'false'])).stdout;
  } catch (error) {
    return error.stdout;
  }
}

const USE = `
const built: BuiltPolicy = buildNodePolicy({ region: 'eu-west-1', sessionEncryption: { kmsKeyArn: ['key-name'] } });
export const codes: NoteCode[] = built.notes.map((note) => note.code);
export const first: string | string[] | undefined = built.policy.Statement[0]?.Resource;
export function why(error: unknown): PosternErrorCode | null {
  return error instanceof PosternError && error.path !== null ? error.code : null;
}
export const ready: Promise<void> = init();
initSync(new Uint8Array(8));
initSync(new ArrayBuffer(8));
const findings: Finding[] = validatePolicy('{}', { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::S3::Bucket' });
export const fixed: string = applyFixes('{}', findings.flatMap((finding) => finding.fixes));
export const line: number | undefined = findings[0]?.locations[0]?.span.start.line;
export const date: string = catalogInfo().date + listChecks()[0]?.title;
`;
const NAMES = 'applyFixes, buildNodePolicy, catalogInfo, init, initSync, listChecks, PosternError, validatePolicy';
const IMPORT = `import { ${NAMES} } from 'postern';
import type { BuiltPolicy, Finding, NoteCode, PosternErrorCode } from 'postern';
`;

describe('a TypeScript user', { concurrency: true }, () => {
  const wire = readFileSync(join(ROOT, 'target/contract/wire.ts'), 'utf8');
  // Node alone: a project for it need not know a browser's names.
  const node16 = { module: 'node16', moduleResolution: 'node16', lib: ['es2022'] };
  const bundler = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] };

  test('compiles a module for Node', async () => {
    write('user.mts', IMPORT + USE);
    assert.equal(await complaints('user.mts', node16), '');
  });

  test('compiles each example of README.md as it stands', async () => {
    const examples = Array.from(installed('README.md').toString().matchAll(/^```js\n(.*?)^```/gms), ([, example]) => example);
    assert.ok(examples.length >= 7, `${examples.length} examples`);
    const ofNode = { ...node16, types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] };
    const told = [];
    for (const [index, example] of examples.entries()) {
      write(`readme-${index}.mts`, example);
      told.push(await complaints(`readme-${index}.mts`, ofNode));
    }
    assert.deepEqual(told, examples.map(() => ''));
  });

  test('compiles a CommonJS file for Node', async () => {
    const types = ['BuiltPolicy', 'Finding', 'NoteCode', 'PosternErrorCode'];
    write('user.cts', `import postern = require('postern');
const { ${NAMES} } = postern;
${types.map((name) => `type ${name} = import('postern').${name};`).join('\n')}
${USE}`);
    assert.equal(await complaints('user.cts', node16), '');
  });

  test('compiles for a bundler', async () => {
    write('user.ts', `${IMPORT}${USE}
export async function start(): Promise<void> {
  initSync(await WebAssembly.compile(new Uint8Array(8)));
}
`);
    assert.equal(await complaints('user.ts', bundler), '');
  });

  test('finds what the calls take and give in the types', async () => {
    assert.ok(wire.length > 10_000, 'target/contract/wire.ts is empty');
    write('wire.mts', wire);
    assert.equal(await complaints('wire.mts', node16), '');
  });

  test('is told of a field too many, a missing one and a wrong name in an answer', async () => {
    const broken = {
      'more.mts': [/("characters": 290,)/, '$1 "lines": 3,', /lines.* does not exist in type/],
      'fewer.mts': [/"quota": 10240\n/, '', /./],
      'other.mts': [/"code": "SUMMARY"/, '"code": "SUMARY"', /"SUMARY".* is not assignable/],
    };
    await Promise.all(Object.entries(broken).map(async ([name, [from, to, says]]) => {
      // A comma before a brace is no mistake in TypeScript.
      assert.notEqual(wire.replace(from, to), wire, name);
      write(name, wire.replace(from, to));
      assert.match(await complaints(name, node16), says, name);
    }));
  });

  test('is told of every mistake', async () => {
    const lines = [
      "buildNodePolicy({ regoin: 'eu-west-1' });",
      'buildNodePolicy({ region: 7 });',
      "buildNodePolicy({ partition: 'amazon' });",
      "buildNodePolicy({ heartbeat: 'yes' });",
      'buildNodePolicy({ sessionEncryption: {} });',
      'buildNodePolicy({ sessionEncryption: { kmsKeyArn: [7] } });',
      'buildNodePolicy(null);',
      "buildNodePolicy('{}');",
      'buildNodePolicy({}, {});',
      'buildNodePolicy().text;',
      "buildNodePolicy().notes[0]!.code === 'SUMARY';",
      "(new Error() as PosternError).code === 'UNKNOWN';",
      "(new Error() as PosternError).code = 'NOT_READY';",
      'initSync();',
      'validatePolicy({});',
      "validatePolicy('{}', { policyType: 'IDENTITY' });",
      "validatePolicy('{}')[0]!.findingType === 'Error';",
      "validatePolicy('{}')[0]!.locations[0]!.span.start.line = '1';",
      "applyFixes('{}', [{ title: 'x' }]);",
      "initSync('postern.wasm');",
      "buildRelated('endpoints', { region: 'eu-west-1', bucket: 'b' });",
      "buildRelated('endpoint', { region: 'eu-west-1' });",
      "import { validate } from 'postern';",
    ];
    write('wrong.mts', `import { applyFixes, buildNodePolicy, buildRelated, initSync, PosternError, validatePolicy } from 'postern';\n${lines.join('\n')}\n`);
    const found = [...(await complaints('wrong.mts', node16)).matchAll(/^wrong\.mts\((\d+),\d+\): error TS/gm)];
    const missed = lines.filter((_, i) => !found.some(([, line]) => Number(line) === i + 2));
    assert.deepEqual(missed, []);
    assert.equal(found.length, lines.length);
  });

  test('may give lists that nobody changes, names that are newer than the types, and what is perhaps not there', async () => {
    write('given.mts', `
import { type Capability, type NodeOptions, type RelatedKind, type RelatedOptions, buildNodePolicy, buildRelated, diagnoseRole, evaluate, validatePolicy } from 'postern';
const kinds = ['ec2', 'hybrid'] as const;
declare const region: string | undefined;
const options: Readonly<NodeOptions> = { kinds, region, instanceIds: Object.freeze(['mi-0123456789abcdef0']) };
export const node: string = buildNodePolicy(options).json;
const capability: Capability = 'node.of-tomorrow';
diagnoseRole({ documents: ['{}'] as const, scps: undefined, wants: [{ capability, region }, { capability: 'node.channel' }] });
validatePolicy('{}', { policyType: undefined, validatePolicyResourceType: 'AWS::SQS::Queue' });
evaluate({ policies: { scps: [['{}'] as const] as const }, request: { principal: 'anonymous', action: 's3:GetObject', resource: '*', unknown: ['aws:SourceIp'] as const } });
export function related<K extends RelatedKind>(kind: K, given: RelatedOptions[K]): string { return buildRelated(kind, given).json; }
declare const kind: RelatedKind;
export const any: string = buildRelated(kind, { region: 'eu-west-1', accountId: '111122223333', bucket: 'b', logGroup: 'g', service: 's3' }).json;
`);
    assert.equal(await complaints('given.mts', node16), '');
  });

  test('starts it in a Worker from the compiled module', async () => {
    write('worker.ts', "import { initSync } from 'postern';\nimport module from 'postern/wasm';\ninitSync(module);\n");
    assert.equal(await complaints('worker.ts', bundler), '');
  });

  test("may hand findings to whoever takes those of AWS's SDK", async () => {
    // The types of @aws-sdk/client-accessanalyzer, version 3, as far as a finding reaches (read 2026-11).
    write('sdk.mts', `
import { type Finding, validatePolicy } from 'postern';
interface Member { index?: never; key?: never; substring?: never; value?: never; $unknown?: never }
type PathElement = (Omit<Member, 'index'> & { index: number }) | (Omit<Member, 'key'> & { key: string })
  | (Omit<Member, 'substring'> & { substring: { start: number | undefined; length: number | undefined } })
  | (Omit<Member, 'value'> & { value: string }) | (Omit<Member, '$unknown'> & { $unknown: [string, any] });
interface Position { line: number | undefined; column: number | undefined; offset: number | undefined }
interface ValidatePolicyFinding {
  findingDetails: string | undefined;
  findingType: 'ERROR' | 'SECURITY_WARNING' | 'SUGGESTION' | 'WARNING' | undefined;
  issueCode: string | undefined;
  learnMoreLink: string | undefined;
  locations: { path: PathElement[] | undefined; span: { start: Position | undefined; end: Position | undefined } | undefined }[] | undefined;
}
const findings: Finding[] = validatePolicy('{}');
export const forSdk: ValidatePolicyFinding[] = findings;
`);
    assert.equal(await complaints('sdk.mts', node16), '');
  });

  test('reads in the types what each thing is, with an example of each call', () => {
    const lines = readFileSync(join(ROOT, 'src/npm/types.d.ts'), 'utf8').split('\n');
    const undocumented = [];
    let owner;
    lines.forEach((line, index) => {
      const before = lines[index - 1]?.trim() ?? '';
      const [, kind, name] = /^export (function|interface|type|class) (\w+)/.exec(line) ?? [];
      const member = /^  (?:readonly )?(\w+)\??:/.exec(line)?.[1];
      if (name !== undefined) owner = name;
      const isOverload = kind === 'function' && before.startsWith(`export function ${name}`);
      if (name !== undefined && !isOverload && !before.endsWith('*/')) undocumented.push(name);
      // The kinds of related documents are documented where they are listed.
      if (member !== undefined && owner !== 'RelatedOptions' && !before.endsWith('*/')) undocumented.push(`${owner}.${member}`);
      if (kind !== 'function' || isOverload) return;
      const start = lines.findLastIndex((one, at) => at < index && one.startsWith('/**'));
      if (!lines.slice(start, index).some((one) => one.startsWith(' * @example'))) undocumented.push(`an example of ${name}`);
    });
    assert.deepEqual(undocumented, []);
  });

  test('is offered every capability by name', () => {
    const types = readFileSync(join(ROOT, 'src/npm/types.d.ts'), 'utf8');
    const [, union] = /^export type Capability =\n((?: {2}\|.*\n)+)/m.exec(types);
    const names = Array.from(union.matchAll(/"([^"]+)"/g), ([, name]) => name);
    // Parts of capabilities, and forms of older texts, can be asked for and are not offered.
    const listed = userRequire('postern').listCapabilities().map(({ id }) => id);
    assert.ok(listed.length > 50);
    assert.deepEqual(names.filter((name) => listed.includes(name)), listed);
  });
});
