// The policy of a file for the commands that take one policy: the file itself, or the only one that stands in it.
import { pastedPolicies } from './source/pasted.js';
import { Failure } from './failure.js';
import { SourceError, policiesIn } from './source/index.js';
import { listed } from './terminal.js';

/** Its text. A file in which nothing is found comes as it is: the engine says what is wrong with it. */
export async function onlyPolicy(file: string, written: string): Promise<string> {
  const text = written.replace(/^\ufeff/, '');
  const found = await policiesIn(text, file === '-' ? '' : file).catch((reason: unknown) => {
    if (reason instanceof SourceError) return [];
    throw reason;
  });
  const policies = found.length > 0 || !isJson(text) ? found : pastedPolicies(text).policies;
  const [one, ...more] = policies;
  if (one === undefined || one.name === '') return text;
  const name = file === '-' ? 'standard input' : file;
  if (more.length > 0) throw new Failure(`${name}: it holds ${policies.length} policies: ${listed(policies.slice(0, 4).map((each) => each.name))}${policies.length > 4 ? ' and others' : ''}. Give one of them in a file of its own.`);
  if (one.unknown.length + one.perhaps.length > 0) throw new Failure(`${name}: parts of ${one.name} are known only at deploy time.`);
  return one.text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
