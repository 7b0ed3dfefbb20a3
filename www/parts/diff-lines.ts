// The lines that two texts have in common, and those that only one of them has.

export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
  /** Counted from 1; null where the line is not in that text. */
  before: number | null;
  after: number | null;
}

/** Beyond this many changed lines the texts are shown as different from there on: to look further takes their square. */
const MOST_CHANGES = 1000;

/** The shortest way from one text to the other, in lines (Myers 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const kinds = [
    ...same(start),
    ...shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(end),
  ];
  let i = 0;
  let j = 0;
  return kinds.map((kind) => {
    const text = kind === 'added' ? b[j]! : a[i]!;
    return { kind, text, before: kind === 'added' ? null : ++i, after: kind === 'removed' ? null : ++j };
  });
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const same = (count: number): DiffLine['kind'][] => Array.from({ length: count }, () => 'same');

function shortest(a: string[], b: string[]): DiffLine['kind'][] {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  // reach[k + most]: how far into `a` the changes so far lead on the diagonal k, which is lines of a minus lines of b.
  const reach = new Int32Array(2 * most + 2);
  const steps: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes++) {
    steps.push(reach.slice(most - changes, most + changes + 2));
    for (let k = -changes; k <= changes; k += 2) {
      const goesDown = k === -changes || (k !== changes && reach[k - 1 + most]! < reach[k + 1 + most]!);
      let x = goesDown ? reach[k + 1 + most]! : reach[k - 1 + most]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[k + most] = x;
      if (x >= a.length && x - k >= b.length) return back(steps, a.length, b.length);
    }
  }
  return [...a.map(() => 'removed' as const), ...b.map(() => 'added' as const)];
}

/** The way back from the end, by what was reached before each change. */
function back(steps: Int32Array[], x: number, y: number): DiffLine['kind'][] {
  const kinds: DiffLine['kind'][] = [];
  for (let changes = steps.length - 1; changes > 0; changes--) {
    const reach = (k: number) => steps[changes]![k + changes]!;
    const k = x - y;
    const wasDown = k === -changes || (k !== changes && reach(k - 1) < reach(k + 1));
    const from = wasDown ? k + 1 : k - 1;
    const start = reach(from) + (wasDown ? 0 : 1);
    while (x > start) { kinds.push('same'); x--; y--; }
    kinds.push(wasDown ? 'added' : 'removed');
    if (wasDown) y--;
    else x--;
  }
  while (x-- > 0) kinds.push('same');
  return kinds.reverse();
}
