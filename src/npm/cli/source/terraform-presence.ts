// Which blocks of Terraform there will be, by their `count` and `for_each`.
import { type Value, entriesOf, get, known } from './value.js';

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
    const [count, forEach] = [get(body, 'count'), get(body, 'for_each')];
    // Of a role for each of something one instance may have it and another not.
    const isOfOne = owners?.some((one) => get(this.resources.get(one), 'for_each') !== undefined) === true;
    if (count === undefined && forEach === undefined) return isOfOne ? 'perhaps' : 'always';
    const own = count !== undefined ? this.times(count) : this.each(forEach!, 0);
    const terms = this.termsOf(body);
    if (own !== 'never' && owners !== null && owners.length > 0 && owners.every((one) => terms === one || terms === this.termsOf(this.resources.get(one)))) return 'always';
    return own === 'always' && isOfOne ? 'perhaps' : own;
  }

  /** What its number hangs on, as it is written. */
  private termsOf(body: Value | undefined): string | null {
    const value = get(body, 'count') ?? get(body, 'for_each');
    return value === undefined ? null : this.source.slice(value.start, value.end).replace(/\s+/g, ' ');
  }

  private times(value: Value): IsThere {
    if (value.kind === 'text') return Number(known(value)) > 0 ? 'always' : 'perhaps';
    if (value.kind !== 'plain') return 'perhaps';
    return Number(value.json) > 0 ? 'always' : Number(value.json) === 0 ? 'never' : 'perhaps';
  }

  private each(value: Value, depth: number): IsThere {
    if (value.kind === 'unknown') {
      const local = this.locals.get(/^\W*local\.([\w-]+)\W*$/.exec(this.source.slice(value.start, value.end))?.[1] ?? null);
      return local === undefined || depth > 0 ? 'perhaps' : this.each(local, depth + 1);
    }
    const items = value.kind === 'list' ? value.items : value.kind === 'map' ? entriesOf(value) : null;
    if (items === null) return 'perhaps';
    if (items.length === 0) return 'never';
    // An item of a list may be one that is only perhaps there, or several of which nothing is known.
    return items.some((one) => !('kind' in one) || (one.kind !== 'either' && one.kind !== 'unknown')) ? 'always' : 'perhaps';
  }
}
