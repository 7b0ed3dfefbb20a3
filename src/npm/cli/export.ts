// postern export: a policy for the tool that will attach it.
import { exportPolicy, minimizePolicy, validatePolicy } from 'postern';
import type { AttachTo, ExportTarget, ValidateOptions } from '../types.js';
import { onlyWord } from './args.js';
import { choice, flagsOf, groupsOf, parseFlags, refusal } from './build/flags.js';
import { helpOf } from './build/help.js';
import { calledByFlags } from './build/names.js';
import { put, tell, textOf } from './build/output.js';
import { notesOfRegions } from './build/region.js';
import { Failure, ofFile } from './failure.js';
import { HELP } from './help.js';
import { onlyPolicy } from './only-policy.js';
import { say } from './terminal.js';

export async function run(args: string[]): Promise<number> {
  const { given, own, positionals } = parseFlags('export', args, flagsOf('ExportTarget'), { output: { type: 'string' }, force: { type: 'boolean' } });
  const file = onlyWord('export', positionals, 'one file, or - for standard input');
  if (given['format'] === undefined) throw new Failure(`--format is missing. It is ${choice(flagsOf('ExportTarget').find(({ path }) => path[0] === 'format')!.words!)}.`);
  const text = await onlyPolicy(file, await textOf(file));
  try {
    await put(ofFile(file, () => exportPolicy(text, given as unknown as ExportTarget), (sentence) => calledByFlags(sentence, flagsOf('ExportTarget'))), own.output, own.force);
  } catch (reason) {
    throw refusal(reason, flagsOf('ExportTarget'));
  }
  tell(notesOfRegions([given['region']]), false, []);
  tellLength(text, (given['attachTo'] ?? 'role') as AttachTo);
  return 0;
}

/** What holds a policy against the quota of what it is put on; the others have quotas that are not known here. */
const QUOTAS: Partial<Record<AttachTo, ValidateOptions>> = {
  role: { identityPolicy: 'INLINE_ROLE' },
  user: { identityPolicy: 'INLINE_USER' },
  group: { identityPolicy: 'INLINE_GROUP' },
  'managed-policy': { identityPolicy: 'MANAGED' },
  trust: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  bucket: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::S3::Bucket' },
  key: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::KMS::Key' },
};

/** Says, as `postern build` does, where IAM would refuse the policy for its length, which it counts without white space. */
function tellLength(text: string, attachTo: AttachTo): void {
  const options = QUOTAS[attachTo];
  const over = options === undefined ? undefined : validatePolicy(text, options).find(({ issueCode }) => /^(?:POSTERN_)?POLICY_SIZE_EXCEEDS_/.test(issueCode));
  if (over === undefined) return;
  process.stderr.write(`note OVER_QUOTA: ${over.findingDetails}\n`);
  if (options!.policyType !== undefined) return;
  const { characters, charactersBefore } = minimizePolicy(text);
  say(characters < charactersBefore ? `postern minimize makes ${characters} characters of it.` : 'postern minimize finds nothing shorter that allows the same.');
}

export const help = (): string => `${HELP['export']!}\n${helpOf(groupsOf('ExportTarget'))}\n`;
