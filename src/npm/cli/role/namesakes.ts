// Roles that are called the same, in other accounts or under other paths: the engine knows people by their names alone, so
// that it is given only what is of the one who is meant.
import { Failure } from '../failure.js';
import { listed, say } from '../terminal.js';
import { type Asked, noSuchRole, some } from './asked.js';
import { type Entry, entriesIn, entryOf, jsonIn, listsIn } from './entries.js';

/** A text that the engine reads itself, or a template. */
interface File {
  name: string;
  source: string;
  text: { text: string } | null;
}

export interface Apart<F> {
  files: F[];
  /** Those of whom nobody knows which is meant, and the files that tell of them. */
  roles: string[];
  unread: string[];
}

export function apart<F extends File>(files: readonly F[], asked: Asked | undefined): Apart<F> {
  const entries = new Map(files.filter(({ text }) => text !== null).map((file) => [file, entriesIn(file.source)]));
  const arns = new Map<string, Set<string>>();
  for (const { name, arn } of [...entries.values()].flat()) if (arn !== null) arns.set(name, (arns.get(name) ?? new Set()).add(arn));
  if (asked !== undefined) return ofOne(files, asked, [...arns.get(asked.name) ?? []], entries);
  const isShared = ({ name }: Entry): boolean => (arns.get(name)?.size ?? 0) > 1;
  const shared = [...entries.values()].flat().filter(isShared);
  if (shared.length === 0) return { files: [...files], roles: [], unread: [] };
  const roles = [...new Set([...entries.values()].flat().flatMap((one) => (isShared(one) ? [...arns.get(one.name)!] : [one.name])))];
  say(`there are ${some(roles)}, and the policies of one alone are not known to be those of all; --role ARN asks of one.`);
  const isOfShared = (file: F): boolean => entries.get(file)?.some(isShared) === true;
  return { files: files.filter((file) => !isOfShared(file)), roles, unread: files.filter(isOfShared).map(({ name }) => name) };
}

/** Without what is of others of the same name. */
function ofOne<F extends File>(files: readonly F[], asked: Asked, all: readonly string[], entries: ReadonlyMap<F, readonly Entry[]>): Apart<F> {
  const there = new Set(files.flatMap((file) => (asked.isIn(file.name) ? entries.get(file) ?? [] : [])).map(({ arn }) => arn));
  const meant = all.filter((arn) => asked.isArn(arn) && there.has(arn));
  if (meant.length > 1) throw severalOf(asked, meant);
  if (all.length === meant.length) return { files: [...files], roles: [], unread: [] };
  const left: Apart<F> = { files: [], roles: [], unread: [] };
  for (const file of files) {
    const same = (entries.get(file) ?? []).filter(({ name }) => name === asked.name);
    const own = new Set(same.flatMap(({ arn }) => arn ?? []));
    const isOfOne = ({ name, arn }: Entry): boolean => name !== asked.name || (arn === null ? own.size === 0 || own.has(meant[0] ?? '') : arn === meant[0]);
    if (same.some(({ arn }) => arn === null) && own.size !== 1) {
      say(`${file.name}: the name ${JSON.stringify(asked.name)} alone does not tell which of ${listed([...all])} has what stands there.`);
      left.unread.push(file.name);
    }
    if ((entries.get(file) ?? []).every(isOfOne)) left.files.push(file);
    else if (same.some(isOfOne)) left.files.push(withText(file, withoutOthers(file.source, isOfOne)));
    else say(`${file.name}: not looked at: nothing in it is of ${JSON.stringify(asked.word)}.`);
  }
  if (left.files.length === 0) throw noSuchRole(asked.word, listed(files.map(({ name }) => name)), [...all]);
  return left;
}

/** That a name is that of several. */
export const severalOf = ({ word }: Asked, arns: readonly string[]): Failure => (
  new Failure(`${JSON.stringify(word)} may be ${some(arns, 'or')}. Name the one that is meant by its ARN.`)
);

const withText = <F extends File>(file: F, source: string): F => ({ ...file, source, text: { ...file.text, text: source } });

/** The text without the entries that are of others. Answers that are of others alone are gone. */
function withoutOthers(source: string, isOfOne: (one: Entry) => boolean): string {
  const isLeft = (one: object): boolean => {
    const entry = entryOf(one);
    return entry === null || isOfOne(entry);
  };
  const pieces: string[] = [];
  let from = 0;
  for (const { value, start, end } of jsonIn(source)) {
    const lists = listsIn(value);
    if (lists.every(({ items }) => items.every(isLeft))) continue;
    pieces.push(source.slice(from, start));
    from = end;
    if (Array.isArray(value)) pieces.push(JSON.stringify(value.filter((one) => typeof one !== 'object' || one === null || isLeft(one as object))));
    else if (lists.some(({ key, items }) => key !== null && Array.isArray((value as Record<string, unknown>)[key]) && items.some(isLeft))) {
      const kept = lists.flatMap(({ key, items }): [string, unknown][] => (key === null ? [] : [[key, items.filter(isLeft)]]));
      pieces.push(JSON.stringify({ ...value as object, ...Object.fromEntries(kept) }));
    }
  }
  return pieces.join('') + source.slice(from);
}
