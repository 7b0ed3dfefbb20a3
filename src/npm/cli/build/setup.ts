// A set-up: several files, or one, in a folder; and what to do with them.
import { statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { exportSetup } from 'postern';
import type { SetupFile, SetupFormat, SetupOptions } from '../../types.js';
import { Failure } from '../failure.js';
import { count, json, listed, print, say, visible } from '../terminal.js';
import type { Flag } from './flags.js';
import { leftoverBeside } from './leftover.js';
import { putAll, tell } from './output.js';

interface Own {
  output?: string;
  json?: boolean;
  quiet?: boolean;
  force?: boolean;
}

export async function setup(options: SetupOptions, { output, json: isJson, quiet, force }: Own, flags: readonly Flag[]): Promise<number> {
  const { files, notes } = exportSetup(options);
  if (output === undefined && isJson !== true) throw new Failure(`A set-up is ${count(files.length, 'file')}: say with --output DIR where ${files.length === 1 ? 'it goes, or print it' : 'they go, or print them'} with --json.`);
  if (output === undefined) {
    await print(`${json({ files, notes }, 2)}\n`);
    return 0;
  }
  const placed = placedIn(files, output);
  putAll(placed, force);
  tell(notes, quiet, flags);
  const leftover = quiet === true || options.format !== 'terraform' ? null : leftoverBeside(placed);
  if (leftover !== null) say(leftover);
  if (quiet !== true) process.stderr.write(`${visible(`Written: ${listed(placed.map(({ name }) => name))}.`)}\n${visible(NEXT[options.format](placed, options.node.region!))}\n`);
  return 0;
}

/** Ends of names that templates in YAML have as well. */
const AS_YAML = ['.yml', '.template'];
/** Ends of names by which somebody means a file, and no folder. */
const ENDS_OF_FILES = ['.yaml', ...AS_YAML, '.json', '.tf', '.ts', '.py'];

/** The files with their paths: in a folder, or where that has the ending of the only one, in a file of that name. */
function placedIn(files: readonly SetupFile[], output: string): SetupFile[] {
  const isFolder = statSync(output, { throwIfNoEntry: false })?.isDirectory() === true;
  const end = extname(output).toLowerCase();
  const isOther = isFolder || files.every(({ name }) => extname(name) !== (AS_YAML.includes(end) ? '.yaml' : end));
  if (isOther && !isFolder && ENDS_OF_FILES.includes(end)) {
    const own = [...new Set(files.map(({ name }) => extname(name)))].join(' or ');
    throw new Failure(`--output is a folder${files.length === 1 ? `, or a file that ends with ${own}` : ''}: what is made here is no file that ends with ${end}.`);
  }
  if (isOther) return files.map(({ name, text }) => ({ name: join(output, name), text }));
  if (files.length > 1) throw new Failure(`--output is the folder of the ${files.length} files of a set-up for Terraform, not ${JSON.stringify(output)}.`);
  return [{ name: output, text: files[0]!.text }];
}

/** What is done with the files, and what they ask for, which the commands take as it is asked. */
const NEXT: Record<SetupFormat, (files: readonly SetupFile[], region: string) => string> = {
  terraform: ([first], region) => {
    const folder = dirname(first!.name);
    const at = folder === '.' ? '' : ` -chdir=${typed(folder)}`;
    return `The Region of the provider has to be ${region}. To see what it makes: terraform${at} init && terraform${at} plan`;
  },
  cloudformation: ([template], region) => {
    const [, parameters = ''] = /^Parameters:\n((?: .*\n)+)/m.exec(template!.text) ?? [];
    const asked = Array.from(parameters.matchAll(/^ {2}(\w+):$/gm), ([, name]) => ` ${name}=VALUE`);
    return `To make it: aws cloudformation deploy --stack-name session-manager --template-file ${typed(template!.name)} --region ${region} --capabilities CAPABILITY_NAMED_IAM${asked.length === 0 ? '' : ` --parameter-overrides${asked.join('')}`}`;
  },
  'cdk-typescript': ([stack]) => {
    const asked = Array.from(stack!.text.matchAll(/new CfnParameter\(this, "(\w+)"/g), ([, name]) => ` --parameters ${name}=VALUE`);
    return `To make it, import SessionManagerStack from ${JSON.stringify(`./${basename(stack!.name, '.ts')}`)} in the program of your app, add new SessionManagerStack(app, "SessionManagerStack"), and run: cdk deploy SessionManagerStack${asked.join('')}`;
  },
};

/** A path as a shell takes it. */
export const typed = (path: string): string => (/^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
