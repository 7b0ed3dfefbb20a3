// What Terraform attaches, in its configuration. Source: documentation of the AWS provider, version 6, read 2026-11.
import { type Attached, type Made, byPath, chosen, extent, itemsIn, policyNamed, spelled } from './attached.js';
import type { Block } from './terraform.js';
import { type Entry, type TextValue, type Value, entriesOf, get, known, textFor } from './value.js';

export const ATTACHING: Record<string, string> = {
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_iam_user_policy_attachments_exclusive: 'policy_arns',
  aws_iam_group_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
};

export function attachedInBlocks(blocks: Block[], source: string): (Attached | Made)[] {
  const locals = new Map(blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => entriesOf(body)).map(({ key, value }) => [known(key), value]));
  const data = new Map(blocks.filter(({ type, labels }) => type === 'data' && labels[0] === 'aws_iam_policy').map(({ labels, body }) => [labels[1], body]));
  const reader = new Reader(source, locals, data);
  return blocks.flatMap(({ type, labels: [resource = '', label = ''], body }): (Attached | Made)[] => {
    const name = `${resource}.${label}`;
    // Modules take ARNs under names of their own.
    if (type === 'module' || type === '') return inArguments(body, type === '' ? '' : `module.${resource}`);
    if (type !== 'resource') return [];
    if (resource === 'aws_iam_policy') return [{ makes: [name, ...ownName(body)] }];
    const attribute = Object.hasOwn(ATTACHING, resource) ? ATTACHING[resource]! : null;
    const value = attribute === null ? undefined : get(body, attribute);
    return value === undefined ? [] : reader.each(value, `${name}.${attribute}`, get(body, 'for_each'));
  });
}

/** The path and the name of a policy, where both are known. */
export function ownName(body: Value | undefined): string[] {
  const path = get(body, 'path');
  const [name, folder] = [known(get(body, 'name')), path === undefined || path.kind === 'plain' ? '/' : known(path)];
  return name === null || folder === null ? [] : [byPath(`${folder}${name}`)];
}

function inArguments(value: Value, name: string): Attached[] {
  if (value.kind === 'list') return value.items.flatMap((item, i) => inArguments(item, `${name}[${i}]`));
  if (value.kind === 'either') return chosen(value, name, value.values.map((one) => inArguments(one, name)));
  if (value.kind === 'map') return value.entries.flatMap(({ key, value: inner }) => inArguments(inner, `${name === '' ? '' : `${name}.`}${known(key)}`));
  const found = policyNamed(spelled(value));
  return found.policy === null ? [] : [{ ...extent(value), name, ...found }];
}

/** So often items are put into strings; beyond that what is attached is unknown. */
const MOST_FILLED = 10_000;

class Reader {
  private filledIn = 0;
  /** Each local is read once: what it attaches is attached however often it is named. */
  private readonly read = new Set<string>();

  constructor(private readonly source: string, private readonly locals: ReadonlyMap<string | null, Value>, private readonly data: ReadonlyMap<string | undefined, Value>) {}

  /** For each of what a `for_each` has, where the value speaks of it. */
  each(value: Value, name: string, forEach: Value | undefined): Attached[] {
    const speaks = /\beach\.(?:key|value)\b/.test(this.source.slice(value.start, value.end));
    const entries = speaks && forEach !== undefined ? this.entries(forEach) : null;
    this.filledIn += entries?.length ?? 0;
    if (entries === null || this.filledIn > MOST_FILLED) return this.at(value, name, null);
    return entries.flatMap((entry) => this.at(value, name, entry));
  }

  /** The keys and values of a map or a set; null where they are not known, or where it is a choice. */
  private entries(value: Value): Entry[] | null {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list') return value.items.map((item) => ({ key: item.kind === 'text' ? item : textFor('', item), value: item }));
    const local = this.locals.get(/^local\.([\w-]+)$/.exec(this.expression(value))?.[1] ?? null);
    return local?.kind === 'map' || local?.kind === 'list' ? this.entries(local) : null;
  }

  private at(value: Value, name: string, entry: Entry | null): Attached[] {
    return itemsIn(value, name).flatMap(([item, at]): Attached[] => {
      if (item.kind === 'either') return chosen(item, at, item.values.map((one) => this.at(one, at, entry)));
      if (item.kind === 'text') return [{ ...extent(item), name: at, ...policyNamed(spelled(entry === null ? item : this.filled(item, entry))) }];
      return item.kind === 'unknown' ? this.named(item, at, entry) : [];
    });
  }

  /** What an expression names. */
  private named(item: Value, name: string, entry: Entry | null): Attached[] {
    const text = this.expression(item);
    const about = { ...extent(item), name };
    if (entry !== null && (text === 'each.key' || text === 'each.value')) return this.at(text === 'each.key' ? entry.key : entry.value, name, null);
    const local = /^local\.([\w-]+)$/.exec(text)?.[1];
    if (local !== undefined && this.locals.has(local)) {
      if (this.read.has(local)) return [];
      this.read.add(local);
      return this.at(this.locals.get(local)!, name, null);
    }
    const data = this.data.get(/^data\.aws_iam_policy\.([\w-]+)\.(?:arn|id)$/.exec(text)?.[1]);
    const arn = get(data, 'arn') ?? get(data, 'name');
    if (arn !== undefined) return [{ ...about, ...policyNamed(spelled(arn), true) }];
    const made = /^(aws_iam_policy\.[\w-]+)(?:\[[^\]]*\])?\.(?:arn|id)$/.exec(text)?.[1];
    return [{ ...about, policy: null, by: made === undefined ? [] : [made] }];
  }

  /** A string with what it says of an item of `for_each`. */
  private filled(value: TextValue, { key, value: own }: Entry): TextValue {
    const pieces = value.pieces.flatMap((piece) => {
      const text = piece.text === null ? this.expression({ kind: 'unknown', ...piece }) : '';
      const given = text === 'each.key' ? key : text === 'each.value' ? own : null;
      return given?.kind === 'text' ? given.pieces : [piece];
    });
    return { ...value, pieces };
  }

  /** Without the quotes and braces around it. */
  private expression({ start, end }: Value): string {
    const text = this.source.slice(start, end);
    const inner = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
    return (inner.startsWith('${') && inner.endsWith('}') ? inner.slice(2, -1) : inner).trim();
  }
}
