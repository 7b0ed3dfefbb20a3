// postern fmt: the layout in which the package prints policies. Every value stays as it is written; elements come in the
// usual order.
import { type Node, parseTree } from 'jsonc-parser';
import { validatePolicy } from 'postern';
import { patch } from './check/patch.js';
import { excluded, loadConfig } from './check/config.js';
import { colorOf, parse } from './args.js';
import { textOf } from './build/output.js';
import { Failure, inFile } from './failure.js';
import { findFiles, nothingIn } from './files/find.js';
import { readText } from './files/read.js';
import { replaceFile } from './files/write.js';
import { OF_POLICY, OF_STATEMENT } from './source/language.js';
import { count, painter, print, printAsIs, say, visible } from './terminal.js';

export async function run(args: string[]): Promise<number> {
  const { values, positionals: words } = parse('fmt', args, {
    check: { type: 'boolean' }, write: { type: 'boolean' }, diff: { type: 'boolean' }, config: { type: 'string' }, 'no-config': { type: 'boolean' },
  });
  if (words.length === 0) throw new Failure('Name files, folders or globs, or - for standard input. "postern fmt --help" shows how.');
  const other = values.check === true ? '--check' : values.diff === true ? '--diff' : null;
  if (values.write === true && other !== null) throw new Failure(`--write changes files and ${other} does not: give one of them.`);
  if (words.includes('-')) return fmtStdin(words, values.check === true, values.write === true);
  const config = values['no-config'] === true ? null : await loadConfig(values.config);
  const { targets, problems: unread, empty } = findFiles(words, excluded(config));
  const problems = [...unread, ...empty.map(nothingIn)];
  const isPrinted = values.check !== true && values.write !== true && values.diff !== true;
  if (isPrinted && targets.length > 1) throw new Failure(`${count(targets.length, 'file')} would be printed as one. Use --check, --diff or --write.`);
  let [failed, changed] = [problems.length > 0, 0];
  for (const { path, message } of problems) say(inFile(path, message));
  for (const target of targets) {
    const { path, absolute, isNamed } = target;
    try {
      const before = await readText(absolute);
      const after = laidOut(before, isNamed);
      if (after === null) continue;
      if (isPrinted) await printAsIs(after);
      if (after === before) continue;
      changed += 1;
      if (values.diff === true) await print(patch({ path, before, after }, painter(colorOf(values.color as string | undefined))));
      else if (values.write === true) replaceFile(target, before, after);
      if (values.write === true || values.check === true) await print(`${visible(path)}\n`);
    } catch (reason) {
      if (!(reason instanceof Failure)) throw reason;
      failed = true;
      say(inFile(path, reason.message));
    }
  }
  if (failed) return 2;
  return changed > 0 && values.check === true ? 1 : 0;
}

async function fmtStdin(words: string[], isCheck: boolean, isWrite: boolean): Promise<number> {
  if (words.length > 1 || isWrite) throw new Failure('- stands alone: standard input is laid out to standard output.');
  const before = await textOf('-');
  const after = ofStdin(() => laidOut(before, true)!);
  if (!isCheck) await printAsIs(after);
  return isCheck && after !== before ? 1 : 0;
}

function ofStdin<T>(work: () => T): T {
  try {
    return work();
  } catch (reason) {
    throw reason instanceof Failure ? new Failure(inFile('standard input', reason.message)) : reason;
  }
}

const ELSEWHERE = 'Policies in YAML, and inside templates, plans and modules, stay as they are.';
const NO_JSON = `it is not JSON, and fmt lays out policies that are files of JSON. ${ELSEWHERE}`;

/** The text laid out; null for one that is no policy and was not named. */
function laidOut(text: string, isNamed: boolean): string | null {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const json = text.slice(mark.length);
  // The engine knows what is JSON, and how deep it may be.
  const broken = validatePolicy(json).find(({ issueCode }) => issueCode === 'JSON_SYNTAX_ERROR');
  const root = broken === undefined ? parseTree(json) : undefined;
  if (broken !== undefined) {
    // In a folder only what begins as a policy is meant to be one.
    if (!isNamed && !/^\s*\{\s*"(Version|Id|Statement)"/.test(json)) return null;
    if (!/^\s*\{/.test(json)) throw new Failure(NO_JSON);
    const { line, column } = broken.locations[0]!.span.start;
    throw new Failure(`${line}:${column + 1}: ${broken.findingDetails}`);
  }
  if (root === undefined || !keysOf(root).includes('Statement')) {
    if (!isNamed) return null;
    throw new Failure(`it is no IAM policy, which is a JSON object with a Statement. ${ELSEWHERE}`);
  }
  const end = json.includes('\r\n') ? '\r\n' : '\n';
  return mark + `${printed(json, root, '', OF_POLICY)}\n`.replaceAll('\n', end);
}

const keysOf = ({ type, children }: Node): string[] => (type === 'object' ? children!.map(({ children: pair }) => pair![0]!.value as string) : []);

function printed(json: string, { type, children = [], offset, length }: Node, indent: string, order: readonly string[] | null): string {
  if (type !== 'object' && type !== 'array') return json.slice(offset, offset + length);
  const inner = `${indent}    `;
  const parts = type === 'array'
    ? children.map((child) => printed(json, child, inner, order === OF_POLICY ? null : order))
    : ordered(children, order).map(({ children: pair }) => {
      const [key, value] = pair as [Node, Node];
      const below = order === OF_POLICY && key.value === 'Statement' ? OF_STATEMENT : null;
      return `${json.slice(key.offset, key.offset + key.length)}: ${printed(json, value, inner, below)}`;
    });
  const [open, close] = type === 'array' ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`;
}

/** Elements in the usual order, then the others as they came; of a key that stands twice both stay in their order. */
function ordered(children: readonly Node[], order: readonly string[] | null): readonly Node[] {
  if (order === null) return children;
  const place = ({ children: pair }: Node): number => {
    const at = order.indexOf(pair![0]!.value as string);
    return at < 0 ? order.length : at;
  };
  return [...children].sort((a, b) => place(a) - place(b));
}
