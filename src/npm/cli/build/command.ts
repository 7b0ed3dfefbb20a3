// postern build: policies and documents for Session Manager, from flags or a file of options.
import { buildNodePolicy, buildOperatorPolicy, buildRelated, exportSetup, minimizePolicy } from 'postern';
import { Failure } from '../failure.js';
import type { BuiltDocument, BuiltPolicy, RelatedKind, SetupOptions } from '../../types.js';
import { HELP } from '../help.js';
import { choice, flagsOf, helpOf, jsonOf, merged, parseFlags, refusal } from './flags.js';
import { json, print, printAsIs } from '../terminal.js';
import { put, putAll, tell, textOf } from './output.js';

/** The name of its options in the schema. */
const RELATED: Record<RelatedKind, string> = {
  'session-key-policy': 'SessionKeyPolicyOptions',
  'log-bucket-key-policy': 'LogBucketKeyPolicyOptions',
  'log-group-key-policy': 'LogGroupKeyPolicyOptions',
  'bucket-policy': 'BucketPolicyOptions',
  'endpoint-policy': 'EndpointPolicyOptions',
  endpoints: 'EndpointsOptions',
  'trust-policy': 'TrustPolicyOptions',
  'preferences-document': 'PreferencesDocumentOptions',
  'session-document': 'SessionDocumentOptions',
  'host-management-guard': 'HostManagementGuardOptions',
  'session-guard': 'SessionGuardOptions',
};
const OWN = {
  options: { type: 'string' }, output: { type: 'string' }, json: { type: 'boolean' }, quiet: { type: 'boolean' }, force: { type: 'boolean' },
} as const;

interface What {
  command: string;
  options: string;
  build(options: unknown): BuiltPolicy | BuiltDocument;
}

export async function run(args: string[]): Promise<number> {
  const [what, rest] = whatOf(args);
  const flags = flagsOf(what.options);
  const { given, own, positionals } = parseFlags(what.command, rest, flags, OWN);
  if (positionals.length > 0) throw new Failure(`"postern ${what.command}" takes options only, not ${JSON.stringify(positionals[0])}. "postern ${what.command} --help" lists them.`);
  // A set-up of which nothing is said of the node is that of the guide.
  if (what.command === 'build setup') given['node'] ??= {};
  const options = own.options === undefined ? given : merged(jsonOf(own.options, await textOf(own.options)), given);
  try {
    if (what.command === 'build setup') return await setup(options as SetupOptions, own);
    const built = what.build(options);
    await put(own.json === true ? `${json(built, 2)}\n` : built.json, own.output, own.force);
    tell(built.notes, own.quiet);
    if (own.quiet !== true && built.notes.some(({ code }) => code === 'OVER_QUOTA')) {
      const { characters, charactersBefore } = minimizePolicy(built.json);
      process.stderr.write(characters < charactersBefore
        ? `postern minimize makes ${characters} characters of it.\n` : 'postern minimize finds nothing shorter that allows the same.\n');
    }
    if ('command' in built && own.quiet !== true) await printAsIs(`${built.command}\n`, process.stderr);
  } catch (reason) {
    throw refusal(reason, flags);
  }
  return 0;
}

async function setup(options: SetupOptions, own: { output?: string; json?: boolean; quiet?: boolean; force?: boolean }): Promise<number> {
  const { files, notes } = exportSetup(options);
  if (own.output !== undefined) putAll(files, own.output, own.force);
  else if (own.json === true) await print(`${json({ files, notes }, 2)}\n`);
  else throw new Failure(`A set-up is ${files.length} files: say with --output DIR where they go, or print them with --json.`);
  if (own.output !== undefined) tell(notes, own.quiet);
  return 0;
}

function whatOf([kind, ...rest]: string[]): [What, string[]] {
  if (kind === 'node') return [{ command: 'build node', options: 'NodeOptions', build: buildNodePolicy as What['build'] }, rest];
  if (kind === 'operator') return [{ command: 'build operator', options: 'OperatorOptions', build: buildOperatorPolicy as What['build'] }, rest];
  if (kind === 'setup') return [{ command: 'build setup', options: 'SetupOptions', build: buildNodePolicy as What['build'] }, rest];
  if (kind !== 'related') throw new Failure(`"postern build" makes ${choice(['node', 'operator', 'related', 'setup'])}${kind === undefined ? '' : `, not ${JSON.stringify(kind)}`}.`);
  const [name, ...others] = rest;
  if (name === undefined || !Object.hasOwn(RELATED, name)) {
    throw new Failure(`"postern build related" makes ${choice(Object.keys(RELATED))}${name === undefined ? '' : `, not ${JSON.stringify(name)}`}.`);
  }
  const build = (options: unknown) => (buildRelated as (kind: string, options: unknown) => BuiltPolicy | BuiltDocument)(name, options);
  return [{ command: `build related ${name}`, options: RELATED[name as RelatedKind], build }, others];
}

/** With what is built, its flags; else what can be built. */
export function help(args: string[]): string {
  const words = args.filter((word) => !word.startsWith('-'));
  const isNamed = words[0] === 'related' ? words.length > 1 : words.length > 0;
  if (!isNamed) return `${HELP['build']!}\nRelated kinds:\n${Object.keys(RELATED).map((kind) => `  ${kind}\n`).join('')}`;
  const [{ command, options }] = whatOf(words);
  return `postern ${command}\n\n${helpOf(flagsOf(options))}\n\n${HELP['build']!.slice(HELP['build']!.indexOf('For all'))}`;
}
