// Which blocks of Terraform there will be, by their `count`, `for_each` and OpenTofu's `enabled`.
import { BLOCKS } from './terraform.js';
import { OWNERS } from './terraform-table.js';
import { type Value, entriesOf, get, known, valuesAt } from './value.js';

/** Such as `resource "aws_iam_policy" "read" { ... }`. */
export interface Block {
  type: string;
  labels: string[];
  body: Value;
}

export type IsThere = 'always' | 'perhaps' | 'never';

export class Presence {
  private readonly locals: ReadonlyMap<string | null, Value>;
  private readonly resources: ReadonlyMap<string, Value>;

  constructor(blocks: Block[], private readonly source: string) {
    this.locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
    this.resources = new Map(blocks.filter(({ type }) => type === 'resource').map(({ labels, body }) => [labels.join('.'), body]));
  }

  /** Whether a block is there whenever those are to whom it belongs, which hang on the same terms as it often does. */
  of({ body }: Block, owners: readonly string[] | null): IsThere {
    // OpenTofu's documentation of `lifecycle`, read 2026-11.
    const enabled = valuesAt(body, 'lifecycle[].enabled', '', BLOCKS)[0]?.[0];
    if (enabled?.kind === 'plain' && enabled.json === 'false') return 'never';
    if (enabled !== undefined && (enabled.kind !== 'plain' || enabled.json !== 'true')) return 'perhaps';
    const [count, forEach] = [get(body, 'count'), get(body, 'for_each')];
    // Of several instances of a role one may have it and another not.
    const isOfOne = owners?.some((one) => this.isSeveral(this.resources.get(one))) === true;
    if (count === undefined && forEach === undefined) return isOfOne ? 'perhaps' : 'always';
    const own = count !== undefined ? this.times(count) : this.each(forEach!, 0);
    if (own === 'never') return own;
    const terms = this.termsOf(body);
    const hangsOn = (one: string): boolean => terms === one || (terms === this.termsOf(this.resources.get(one)) && (!this.isSeveral(body) || this.namesSame(body)));
    if (owners !== null && owners.length > 0 && owners.every(hangsOn)) return 'always';
    return own === 'always' && isOfOne ? 'perhaps' : own;
  }

  /** How many instances there are, where they stand there; one where nobody knows. */
  instances({ body }: Block): number {
    const [count, forEach] = [get(body, 'count'), get(body, 'for_each')];
    if (count?.kind === 'plain' && /^\d+$/.test(count.json)) return Math.min(Number(count.json), MOST_INSTANCES);
    const local = forEach?.kind === 'unknown' ? this.locals.get(/^\W*(?:toset\(\s*)?local\.([\w-]+)[^\w-]*$/.exec(this.source.slice(forEach.start, forEach.end))?.[1] ?? null) : undefined;
    const all = local ?? forEach;
    return Math.min(all?.kind === 'list' ? all.items.length : all?.kind === 'map' ? all.entries.length : 1, MOST_INSTANCES);
  }

  /** Whether there may be more than one instance; `c ? 1 : 0` is one or none. */
  private isSeveral(body: Value | undefined): boolean {
    const count = get(body, 'count');
    if (count === undefined) return get(body, 'for_each') !== undefined;
    return !/^[01]$|\?\s*(?:1\s*:\s*0|0\s*:\s*1)$/.test(this.source.slice(count.start, count.end).trim());
  }

  /** Whether the instance of the role is that with the same number or key. */
  private namesSame(body: Value): boolean {
    const owners = OWNERS.flatMap((attribute) => get(body, attribute) ?? []);
    return owners.length > 0 && owners.every(({ start, end }) => /\[\s*(?:count\.index|each\.key)\s*\]/.test(this.source.slice(start, end)));
  }

  /** What its number hangs on, as it is written. */
  private termsOf(body: Value | undefined): string | null {
    const value = get(body, 'count') ?? get(body, 'for_each');
    return value === undefined ? null : this.source.slice(value.start, value.end).replace(/\s+/g, ' ');
  }

  private times(value: Value): IsThere {
    if (value.kind === 'text') return Number(known(value)) > 0 ? 'always' : 'perhaps';
    if (value.kind === 'unknown') {
      const local = this.locals.get(/^\W*length\(\s*local\.([\w-]+)\s*\)\W*$/.exec(this.source.slice(value.start, value.end))?.[1] ?? null);
      return local === undefined ? 'perhaps' : this.each(local, 1);
    }
    if (value.kind !== 'plain') return 'perhaps';
    return Number(value.json) > 0 ? 'always' : Number(value.json) === 0 ? 'never' : 'perhaps';
  }

  private each(value: Value, depth: number): IsThere {
    if (value.kind === 'unknown') {
      const local = this.locals.get(/^\W*local\.([\w-]+)[^\w-]*$/.exec(this.source.slice(value.start, value.end))?.[1] ?? null);
      return local === undefined || depth > 0 ? 'perhaps' : this.each(local, depth + 1);
    }
    const items = value.kind === 'list' ? value.items : value.kind === 'map' ? entriesOf(value) : null;
    if (items === null) return 'perhaps';
    if (items.length === 0) return 'never';
    // An item of a list may be one that is only perhaps there, or several of which nothing is known.
    return items.some((one) => !('kind' in one) || (one.kind !== 'either' && !(one.kind === 'unknown' && one.stands !== undefined))) ? 'always' : 'perhaps';
  }
}

/** More are not told apart. */
const MOST_INSTANCES = 100;
