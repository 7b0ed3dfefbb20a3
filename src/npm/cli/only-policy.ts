// The policy of a file for the commands that take one policy: the file itself, or the only one that stands in it.
import { isJson } from './source/embedded.js';
import { pastedPolicies, policiesOfText, whyNone } from './source/pasted.js';
import { Failure, inFile } from './failure.js';
import { Lines } from './lines.js';
import { type Found, SourceError, isFound } from './source/index.js';
import { listed } from './terminal.js';

/** Its text as JSON. JSON in which nothing is found comes as it is: the engine says what is wrong with it. */
export async function onlyPolicy(file: string, written: string): Promise<string> {
  const text = written.replace(/^\ufeff/, '');
  const name = file === '-' ? 'standard input' : file;
  const found = await policiesIn(text, file);
  const policies = found.length > 0 || !isJson(text) ? found : pastedPolicies(text);
  const [one, ...more] = policies;
  if (one === undefined && /^\s*[{["]/.test(text)) return text;
  if (one === undefined) throw new Failure(`${name}: it holds no IAM policy. ${whyNone(text)}`.trim());
  if (more.length > 0) {
    const names = [...new Set(policies.map((each) => each.name).filter((each) => each !== ''))];
    throw new Failure(`${name}: it holds ${policies.length} policies${names.length === 0 ? '' : `: ${listed(names.slice(0, 4))}${names.length > 4 ? ' and others' : ''}`}. Give one of them in a file of its own.`);
  }
  if (one.unknown.length + one.perhaps.length > 0) throw new Failure(`${name}: parts of ${one.name === '' ? 'it' : one.name} are known only at deploy time.`);
  return one.text;
}

/** As `postern check` finds them. */
async function policiesIn(text: string, file: string): Promise<Found[]> {
  try {
    return (await policiesOfText(text, file === '-' ? '' : file, {}, true)).filter(isFound);
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
    // Of JSON the engine says what is wrong.
    if (/^\s*[{["]/.test(text)) return [];
    const { line, column } = new Lines(text).at(reason.offset);
    throw new Failure(inFile(file === '-' ? 'standard input' : file, `${line}:${column}: ${reason.message}`));
  }
}
