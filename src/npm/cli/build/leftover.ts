// Files of an older set-up for Terraform, which deploys all files of a folder, also those that a newer set-up has no more.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportSetup } from 'postern';
import type { SetupFile, SetupOptions } from '../../types.js';
import { listed } from '../terminal.js';

/** All that a set-up may be made of, by which its files are known that have no header. */
const WHOLE: SetupOptions = {
  format: 'terraform', endpoints: true, operator: {},
  node: {
    region: 'eu-west-1', accountId: '111122223333', s3Logs: { bucket: 'example-session-logs' }, cloudWatchLogs: { logGroup: '/example/session-logs' },
    sessionEncryption: { kmsKeyArn: 'key-name' },
  },
};

/** What is to be known of files beside these that look like files of a set-up; null where there are none. */
export function leftoverBeside(files: readonly SetupFile[]): string | null {
  const folder = dirname(files[0]!.name);
  const own = new Set(files.map(({ name }) => basename(name)));
  const others = readdirSync(folder).filter((name) => name.endsWith('.tf') && !own.has(name));
  if (others.length === 0) return null;
  const whole = exportSetup(WHOLE).files;
  const [header] = whole[0]!.text.split(WHOLE.node.region);
  const labels = new Map(whole.map(({ name, text }) => [name, new Set(labelsOf(text))]));
  const found = others.filter((name) => {
    const text = textOf(join(folder, name));
    const all = labelsOf(text);
    return text.startsWith(header!) || (all.length > 0 && all.every((label) => labels.get(name)?.has(label) === true));
  });
  // Variables have names that others give theirs too, and those of a set-up stand beside what uses them.
  if (found.every((name) => name === VARIABLES)) return null;
  const [look, them] = found.length === 1 ? ['looks like a file', 'it'] : ['look like files', 'them'];
  return `${listed(found.map((name) => join(folder, name)))} ${look} of an older set-up and ${found.length === 1 ? 'is' : 'are'} not of this one: terraform apply deploys ${them} all the same. Delete ${them} where that is not meant; terraform plan shows what is destroyed then.`;
}

const VARIABLES = 'variables.tf';

/** What the blocks of a file are called, by their second label or their only one. */
const labelsOf = (text: string): string[] => Array.from(text.matchAll(/^(?:resource|data|variable|module|output|provider)\s+"[^"\n]*"(?:\s+"[^"\n]*")?/gm), ([head]) => /"([^"]*)"$/.exec(head)![1]!);

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // A folder or what may not be read is no file of a set-up.
  }
}
