// postern build: policies and documents for Session Manager, from flags or a file of options.
import { buildNodePolicy, buildOperatorPolicy, buildRelated, minimizePolicy } from 'postern';
import { Failure } from '../failure.js';
import { jsonIn } from '../files/json.js';
import type { BuiltDocument, BuiltPolicy, RelatedKind, SetupOptions } from '../../types.js';
import { HELP } from '../help.js';
import { alike, didYouMean, withPartsOf } from '../near.js';
import { choice, flagsOf, groupsOf, merged, parseFlags, refusal, strayWord } from './flags.js';
import { helpOf, wrapped } from './help.js';
import { json, printAsIs } from '../terminal.js';
import { put, tell, textOf } from './output.js';
import { setup, typed } from './setup.js';

/** What is built: the name of its options in the schema, and an example. */
const NODE = { options: 'NodeOptions', example: '--heartbeat --s3-logs.bucket example-session-logs' };
const OPERATOR = { options: 'OperatorOptions', example: '--region eu-west-1 --account-id 111122223333 --targets.tags Team=web --scope least-privilege' };
const SETUP = { options: 'SetupOptions', example: '--format terraform --node.region eu-west-1 --node.account-id 111122223333 --output session-manager' };
const RELATED: Record<RelatedKind, { options: string; example: string }> = {
  'session-key-policy': { options: 'SessionKeyPolicyOptions', example: '--account-id 111122223333' },
  'log-bucket-key-policy': { options: 'LogBucketKeyPolicyOptions', example: '--region eu-west-1 --account-id 111122223333 --bucket example-session-logs' },
  'log-group-key-policy': { options: 'LogGroupKeyPolicyOptions', example: '--region eu-west-1 --account-id 111122223333 --log-group /example/session-logs' },
  'bucket-policy': { options: 'BucketPolicyOptions', example: '--bucket example-session-logs' },
  'endpoint-policy': { options: 'EndpointPolicyOptions', example: '--region eu-west-1 --account-id 111122223333 --service ssm' },
  endpoints: { options: 'EndpointsOptions', example: '--region eu-west-1' },
  'trust-policy': { options: 'TrustPolicyOptions', example: '--trusted ec2' },
  'preferences-document': { options: 'PreferencesDocumentOptions', example: '--s3-bucket-name example-session-logs --idle-session-timeout 30' },
  'session-document': { options: 'SessionDocumentOptions', example: '--name Database --session-type Port --port-number 5432 --host db.example.internal' },
  'host-management-guard': { options: 'HostManagementGuardOptions', example: '--except-tags job-function=administrator' },
  'session-guard': { options: 'SessionGuardOptions', example: '--without-mfa --only-documents SSM-SessionManagerRunShell' },
};

/** The options of what each command builds. */
export const BUILDERS: Readonly<Record<string, string>> = {
  'build node': NODE.options, 'build operator': OPERATOR.options, 'build setup': SETUP.options,
  ...Object.fromEntries(Object.entries(RELATED).map(([kind, { options }]) => [`build related ${kind}`, options])),
};
const OWN = {
  options: { type: 'string' }, output: { type: 'string' }, json: { type: 'boolean' }, quiet: { type: 'boolean' }, force: { type: 'boolean' },
} as const;

interface What {
  command: string;
  options: string;
  example: string;
  build(options: unknown): BuiltPolicy | BuiltDocument;
}

export async function run(args: string[]): Promise<number> {
  const [what, rest] = whatOf(args);
  const flags = flagsOf(what.options);
  const { given, own, positionals } = parseFlags(what.command, rest, flags, OWN);
  if (positionals.length > 0) throw strayWord(what.command, positionals[0]!, rest, flags);
  // A set-up of which nothing is said of the node is that of the guide.
  if (what.command === 'build setup') given['node'] ??= {};
  const options = own.options === undefined ? given : merged(jsonIn(own.options === '-' ? 'Standard input' : own.options, await textOf(own.options)), given);
  try {
    if (what.command === 'build setup') return await setup(options as SetupOptions, own, flags);
    const built = what.build(options);
    await put(own.json === true ? `${json(built, 2)}\n` : built.json, own.output, own.force);
    // The document is not where the command expects it, once it has a name of somebody's own.
    const [, expected] = 'command' in built ? /file:\/\/(\S+)/.exec(built.command) ?? [] : [];
    const isElsewhere = expected !== undefined && own.output !== undefined;
    const notes = !isElsewhere ? built.notes : built.notes.map((note) => ({ ...note, message: note.message.replace(`Save the text as ${expected} and run the command there`, `It is saved as ${own.output!}, for the command`) }));
    tell(notes, own.quiet, flags);
    if (own.quiet !== true && built.notes.some(({ code }) => code === 'OVER_QUOTA')) {
      const { characters, charactersBefore } = minimizePolicy(built.json);
      process.stderr.write(characters < charactersBefore
        ? `postern minimize makes ${characters} characters of it.\n` : 'postern minimize finds nothing shorter that allows the same.\n');
    }
    if ('command' in built && own.quiet !== true) await printAsIs(`${isElsewhere ? built.command.replace(`file://${expected}`, typed(`file://${own.output!}`)) : built.command}\n`, process.stderr);
  } catch (reason) {
    throw refusal(reason, flags, { given, file: own.options });
  }
  return 0;
}

function whatOf([kind, ...rest]: string[]): [What, string[]] {
  if (kind === 'node') return [{ command: 'build node', ...NODE, build: buildNodePolicy as What['build'] }, rest];
  if (kind === 'operator') return [{ command: 'build operator', ...OPERATOR, build: buildOperatorPolicy as What['build'] }, rest];
  if (kind === 'setup') return [{ command: 'build setup', ...SETUP, build: buildNodePolicy as What['build'] }, rest];
  if (kind !== 'related') throw noSuch('build', ['node', 'operator', 'related', 'setup'], kind, alike(kind ?? '', Object.keys(RELATED)).map((name) => `related ${name}`));
  const [name, ...others] = rest;
  if (name === undefined || !Object.hasOwn(RELATED, name)) throw noSuch('build related', Object.keys(RELATED), name);
  const build = (options: unknown) => (buildRelated as (kind: string, options: unknown) => BuiltPolicy | BuiltDocument)(name, options);
  return [{ command: `build related ${name}`, ...RELATED[name as RelatedKind], build }, others];
}

const noSuch = (command: string, words: readonly string[], word: string | undefined, others: readonly string[] = []): Failure =>
  new Failure(`"postern ${command}" makes ${choice(words)}${word === undefined ? '' : `, not ${JSON.stringify(word)}`}.${word === undefined ? '' : didYouMean([[...alike(word, words), ...others], withPartsOf(word, words)].find((near) => near.length > 0) ?? [])}`);

/** With what is built, its flags; else what can be built. */
export function help(args: string[]): string {
  const words = args.filter((word) => !word.startsWith('-'));
  const isNamed = words[0] === 'related' ? words.length > 1 : words.length > 0;
  const forAll = HELP['build']!.slice(HELP['build']!.indexOf('For all'));
  if (!isNamed) {
    const kinds = Object.entries(RELATED).map(([kind, { options }]) => `  ${kind.padEnd(24)} ${aboutOf(options).replace(/^./, (letter) => letter.toLowerCase())}\n`);
    return `${HELP['build']!}\nRelated kinds\n${kinds.join('')}`;
  }
  const [{ command, options, example }] = whatOf(words);
  const groups = groupsOf(options);
  const shown = forAll.replace(/\n {2}postern build .*/, `\n  postern ${command} ${example}`);
  return `${wrapped(`postern ${command}: ${groups[0]!.about}`, '')}\n\n${helpOf(groups)}\n\n${shown}`;
}

/** The first sentence of what is said of options, up to what follows a comma or a semicolon. */
const aboutOf = (options: string): string => groupsOf(options)[0]!.about.split(/(?<=[^.])\.(?:\s|$)|;|: /)[0]!;
