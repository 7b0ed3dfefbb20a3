// What else a statement changes, besides the one request that proves that it changes something.
import { listActions } from 'postern';
import { listed } from '../terminal.js';
import { statementsOf } from '../access/finding.js';

/** Statements with more entries are rare, and each entry is a comparison. */
const MOST = 50;

/** The entries of a statement's Action with which alone it allows what the other side does not; null where it has no such list. */
export function changedActions(text: string, index: number, isMore: (text: string) => boolean): string[] | null {
  const statements = statementsOf(text);
  const own = statements[index];
  const entries = [own?.['Action'] ?? []].flat().filter((one): one is string => typeof one === 'string');
  if (own === undefined || entries.length === 0 || entries.length > MOST) return null;
  if (entries.length === 1) return entries;
  // What the policy denies it denies of each of them.
  const denies = statements.filter(({ Effect }) => Effect === 'Deny');
  const { Version } = JSON.parse(text) as { Version?: unknown };
  return entries.filter((entry) => isMore(JSON.stringify({ Version, Statement: [...denies, { ...own, Action: entry }] })));
}

/** The sentence of a reason, which names one request, with the number of the others. */
export function withCount({ description, actions }: { description: string; actions: string[] | null }, direction: 'gained' | 'lost'): string {
  const [only, ...others] = actions ?? [];
  if (only !== undefined && others.length === 0 && !/[*?]/.test(only)) return description;
  const example = description.replace(/^(Statement \d+ (?:of policy \d+ )?allow(?:s|ed)) /, '$1, for example, ');
  if (only === undefined) return example;
  const all = [only, ...others];
  const named = all.length > SHOWN ? [...all.slice(0, SHOWN - 1).map(counted), `${all.length - SHOWN + 1} more`] : all.map(counted);
  const [first = '', rest = ''] = example.split(/(?= No request that is known today is concerned\.$)/);
  return `${first} ${direction === 'gained' ? 'More' : 'Less'} is allowed by way of ${listed(named)}.${rest}`;
}

/** How many entries are named. */
const SHOWN = 6;

/** `s3:Get*` with the number of its actions. */
function counted(entry: string): string {
  if (!/[*?]/.test(entry)) return entry;
  try {
    const { length } = listActions(entry);
    return `${entry} (${length === 1 ? '1 action' : `${length} actions`})`;
  } catch {
    return entry; // A pattern that is none of IAM's matches nothing.
  }
}
