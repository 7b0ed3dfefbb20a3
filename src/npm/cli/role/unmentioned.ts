// Managed policies of which nothing in the files speaks but what makes them: nobody there has them. Whatever is said of one
// elsewhere, as an argument of a module, as an output or in a comment, may be how it is attached; so may what a file of its
// module says that was not given.
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { textOf } from '../diff/files.js';
import { type Met, isMade, isOfModule } from '../source/index.js';

interface FileWithText {
  name: string;
  source: string;
  met: Met[];
}

/** By what makes each. */
export function unmentioned(files: readonly FileWithText[]): Set<string> {
  const policies = files.flatMap(({ source, met }) => met.filter(isMade).flatMap(({ makes: [name, path], managed }) => (
    name === undefined || managed === undefined ? [] : [{ name, words: [managed.reference, ...path === undefined ? [] : [path.slice(path.lastIndexOf('/') + 1)]], text: source.slice(managed.start, managed.end) }]
  )));
  if (policies.length === 0) return new Set();
  const sources = [...files.map(({ source }) => source), ...textsBeside(files.map(({ name }) => name))];
  // The name of a policy is said in its ARN, and where a file asks AWS for it.
  const isByName = sources.some((source) => BY_NAME.test(source));
  const wanted = new Set(policies.flatMap(({ words }) => words));
  const everywhere = new Map<string, number>();
  for (const source of sources) for (const word of wordsIn(source)) if (wanted.has(word)) everywhere.set(word, (everywhere.get(word) ?? 0) + 1);
  const isAlone = (word: string, text: string): boolean => {
    let own = 0;
    for (const one of wordsIn(text)) if (one === word) own += 1;
    return own === (everywhere.get(word) ?? 0);
  };
  return new Set(policies.filter(({ words: [reference, ...names], text }) => isAlone(reference!, text) && (!isByName || names.every((one) => !/[+=,@]/.test(one) && isAlone(one, text)))).map(({ name }) => name));
}

/** The other files of the modules of which some were given. */
function textsBeside(names: readonly string[]): string[] {
  const given = new Set(names.filter(isOfModule).map((name) => resolve(name)));
  return [...new Set(Array.from(given, dirname))].flatMap((folder) => filesIn(folder).filter((path) => !given.has(path))).flatMap((path) => textOf(path) ?? []);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isOfModule).map((name) => join(folder, name));
  } catch {
    return []; // Standard input stands in no folder.
  }
}

const BY_NAME = /(?<!::aws):policy\/|customer_?managed_?policy|data\s+"?aws_iam_policy"?\s/i;

/** Words, each part of them, and pairs of parts, such as `aws_iam_policy.mine` in `aws_iam_policy.mine.arn`. */
function* wordsIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(/[\w.-]+/g)) {
    const parts = word.split('.');
    yield* parts;
    for (let i = 0; i + 1 < parts.length; i += 1) yield `${parts[i]}.${parts[i + 1]}`;
    if (parts.length > 2) yield word;
  }
}
