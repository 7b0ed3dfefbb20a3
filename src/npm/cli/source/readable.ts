// Whether a text can be read as what its file is, policies or none: to whoever compares two versions, a file that is broken or
// empty now has not lost its policies.
import { SourceError, refuseLong } from './error.js';
import { readJson } from './json.js';
import { type Value } from './value.js';

/** What is wrong with a text; null where it can be read. A module without blocks is one, and nothing else may be empty. */
export async function mistakeIn(text: string, fileName: string): Promise<SourceError | null> {
  const own = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  try {
    if (/\.(?:tf|tofu|hcl|tfvars)$/i.test(fileName)) {
      refuseLong(own, 'hcl');
      await (await import('./hcl.js')).readHcl(own);
      return null;
    }
    if (text.trim() === '') return new SourceError('The file is empty.');
    const isHolding = (root: Value): boolean => root.kind === 'map' || root.kind === 'list';
    return (await rootsOf(own, text, fileName)).some(isHolding) ? null : new SourceError('The file holds neither an object nor a list.');
  } catch (reason) {
    if (reason instanceof SourceError) return reason;
    if (reason instanceof RangeError) return new SourceError('The file is nested too deeply to be read.');
    throw reason;
  }
}

/** To YAML the space that stands for a byte order mark would be an indent. */
async function rootsOf(text: string, original: string, fileName: string): Promise<Value[]> {
  const isYaml = /\.ya?ml$/i.test(fileName) || !(/\.json[c5]?$/i.test(fileName) || /^\s*[[{"]/.test(text));
  refuseLong(text, isYaml ? 'yaml' : 'json');
  return isYaml ? (await import('./yaml.js')).readYaml(original) : [readJson(text)];
}
