// The files of a module of Terraform of which some override others: each block as Terraform merges it. Source: Terraform's
// documentation, "Override Files", read 2026-11.
import { type Found, type Seen, isFound } from './found.js';
import { type Met, type Meant, isAttached, isHolder, isKept, isMember, isSeen } from './roles.js';
import { type Block } from './terraform-presence.js';
import { type Entry, type Extent, type Piece, type Value, entriesOf, get, known } from './value.js';

/** Whether Terraform merges the blocks of a file into those of the others. */
export const isOverride = (fileName: string): boolean => /(?:^|[\\/_])override\.(?:tf|tofu)(?:\.json)?$/.test(fileName);

export interface FileOfModule {
  name: string;
  text: string;
  blocks: Block[];
}

/** The texts one after the other, and the blocks of all with places in that, with and without what overrides them. */
export function merged(files: readonly FileOfModule[]): { text: string; blocks: Block[]; before: Block[]; starts: number[] } {
  const starts: number[] = [];
  let text = '';
  const placed = files.map((file) => {
    const start = text.length;
    starts.push(start);
    text += `${file.text}\n`;
    return { ...file, blocks: file.blocks.filter(({ type }) => type !== '').map((block) => ({ ...block, body: moved(block.body, start) })) };
  });
  const all = placed.filter(({ name }) => !isOverride(name)).flatMap(({ blocks }) => blocks);
  const before = [...all];
  const places = new Map(all.map((block, i) => [addressOf(block), i]));
  const locals = new Map(all.flatMap(({ type, body }, i) => (type === 'locals' ? entriesOf(body).map(({ key }) => [known(key), i] as const) : [])));
  // The override files count in the order of their names.
  for (const block of placed.filter(({ name }) => isOverride(name)).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(({ blocks }) => blocks)) {
    const parts = new Map<number | undefined, Entry[]>();
    for (const entry of entriesOf(block.body)) {
      const at = block.type === 'locals' ? locals.get(known(entry.key)) : places.get(addressOf(block));
      const others = parts.get(at);
      if (others === undefined) parts.set(at, [entry]);
      else others.push(entry);
    }
    for (const [at, entries] of parts) {
      const { start, end } = block.body;
      const body: Value = { kind: 'map', entries, start, end };
      if (at === undefined) all.push({ ...block, body });
      else all[at] = { ...all[at]!, body: overridden(all[at]!.body, body) };
    }
  }
  return { text, blocks: all, before, starts };
}

const addressOf = ({ type, labels }: Block): string => JSON.stringify([type, ...labels]);

/** An argument stands for the one of its name, and blocks for all of their type; of `lifecycle` the arguments do. */
function overridden(body: Value, by: Value): Value {
  if (body.kind !== 'map') return by;
  const names = new Set(entriesOf(by).map(({ key }) => known(key)));
  const left = body.entries.filter(({ key }) => !names.has(known(key)));
  return { ...body, entries: [...left, ...entriesOf(by).map((entry): Entry => (
    known(entry.key) === 'lifecycle' ? { ...entry, value: lifecycle(get(body, 'lifecycle'), entry.value) } : entry
  ))] };
}

function lifecycle(before: Value | undefined, by: Value): Value {
  const [own, other] = [before, by].map((one) => (one?.kind === 'list' ? one.items[0] : one));
  return own === undefined || other === undefined ? by : { kind: 'list', items: [overridden(own, other)], start: by.start, end: by.end };
}

/** A value with its places so much further on. */
function moved<V extends Value>(value: V, by: number): V {
  if (by === 0) return value;
  const { made } = value;
  const own = { ...value, start: value.start + by, end: value.end + by, ...made === undefined ? {} : { made: { ...made, given: made.given.map((one) => moved(one, by)), by: made.by + by } } };
  switch (own.kind) {
    case 'map': return { ...own, entries: own.entries.map(({ key, value: inner }) => ({ key: moved(key, by), value: moved(inner, by) })) };
    case 'list': return { ...own, items: own.items.map((item) => moved(item, by)) };
    case 'either': return { ...own, values: own.values.map((one) => moved(one, by)) };
    case 'encoded': return { ...own, value: moved(own.value, by) };
    case 'text': return { ...own, pieces: own.pieces.map((piece): Piece => ({
      ...piece, start: piece.start + by, end: piece.end + by, offsets: piece.offsets?.map((unit) => unit + by) ?? null,
    })) };
    default: return own;
  }
}

/** What was met in all files by the file in which it stands, with places in that. */
export function byFile(met: readonly Met[], starts: readonly number[]): Met[][] {
  const files: Met[][] = starts.map(() => []);
  for (const one of met) {
    const at = startOf(one);
    const file = at === null ? 0 : Math.max(0, starts.findLastIndex((start) => start <= at));
    files[file]!.push(within(one, starts[file]!, starts[file + 1] ?? Infinity));
  }
  return files;
}

/** Null for what has no place. */
function startOf(one: Met): number | null {
  if (isSeen(one) && isFound(one)) return one.place(0)?.start ?? null;
  return 'start' in one ? one.start : isHolder(one) ? one.boundary?.start ?? null : null;
}

function within(one: Met, start: number, end: number): Met {
  const back = <E extends Extent>(extent: E): E => ({ ...extent, start: extent.start - start, end: extent.end - start });
  const isHere = (extent: Extent | undefined): extent is Extent => extent !== undefined && extent.start >= start && extent.end < end;
  // On what it hangs may stand in another file.
  const meant = <M extends Meant>({ terms, cases: _, ...others }: M): M => ({ ...back(others as unknown as M), ...isHere(terms) ? { terms: back(terms) } : {} });
  if (isSeen(one)) return isFound(one) ? found(one) : back(one as Seen & Extent);
  if (isAttached(one)) return meant(one);
  if (isKept(one)) return back(one);
  if (isMember(one)) return { ...back(one), has: one.has.map(back) };
  if (isHolder(one) && one.boundary !== null) return { ...one, boundary: meant(one.boundary) };
  return one;

  function found(policy: Found): Found {
    return { ...policy, base: policy.base - start, place: (offset) => {
      const extent = policy.place(offset);
      return extent !== null && isHere(extent) ? back(extent) : null;
    } };
  }
}
