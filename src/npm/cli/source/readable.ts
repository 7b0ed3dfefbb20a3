// Whether a text can be read as what its file is, policies or none: to whoever compares two versions, a file that is broken or
// empty now has not lost its policies.
import { SourceError, refuseLong } from './error.js';
import { readJson } from './json.js';
import { syntaxOf } from './syntax.js';
import { type Value } from './value.js';

/** What is wrong with a text; null where it can be read. A module without blocks is one, and nothing else may be empty. */
export async function mistakeIn(text: string, fileName: string): Promise<SourceError | null> {
  const isModule = syntaxOf(text, fileName) === 'hcl';
  if (!isModule && text.trim() === '') return new SourceError('The file is empty.');
  const isHolding = (root: Value): boolean => root.kind === 'map' || root.kind === 'list';
  try {
    const roots = await rootsOf(text, fileName);
    return isModule || roots.some(isHolding) ? null : new SourceError('The file holds neither an object nor a list.');
  } catch (reason) {
    if (reason instanceof SourceError) return reason;
    throw reason;
  }
}

/** @throws {SourceError} when a text cannot be read as what its file is, whatever it holds. */
export async function refuseUnreadable(text: string, fileName: string): Promise<void> {
  await rootsOf(text, fileName);
}

/** The values of a text, none of a module. To YAML the space that stands for a byte order mark would be an indent. */
async function rootsOf(original: string, fileName: string): Promise<Value[]> {
  const text = original.startsWith('\ufeff') ? ` ${original.slice(1)}` : original;
  try {
    const syntax = syntaxOf(text, fileName);
    refuseLong(text, syntax);
    if (syntax === 'json') return [readJson(text)];
    if (syntax === 'yaml') return (await import('./yaml.js')).readYaml(original);
    await (await import('./hcl.js')).readHcl(text);
    return [];
  } catch (reason) {
    if (reason instanceof RangeError) throw new SourceError('The file is nested too deeply to be read.');
    throw reason;
  }
}
