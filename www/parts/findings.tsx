// The region with the findings: their numbers, tabs by type, the list, and what mends several at once.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { core, type Finding, type Fix, type Location } from '../engine.js';
import { FINDING_TYPES, countOf, inNumbers } from './finding-types.js';
import { FindingItem } from './finding.js';
import { keepingFixes } from './fixes.js';
import { Tabs } from './tabs.js';
import type { FindingTab } from '../views/validate.state.js';

interface Props {
  /** Null while there is no answer. */
  findings: Finding[] | null;
  text: string;
  /** Whether the findings belong to what stands on the page. */
  isCurrent: boolean;
  tab: FindingTab;
  onTab: (tab: FindingTab) => void;
  onGo: (location: Location) => void;
  /** `at` is the place of the finding in the list. */
  onFix: (fixes: Fix[], at: number) => void;
  /** The button that brings back what the page replaced, and what it does. */
  undo: { name: string; onUndo: () => void } | null;
  /** What there is to say besides. */
  notes: ComponentChildren;
  /** What stands in the place of a list that is empty. */
  children: ComponentChildren;
}

const NONE: Finding[] = [];

/** So many findings are drawn at first, and with each click on the button for more. */
const AT_ONCE = 200;

export function Findings(props: Props) {
  const { findings, text, isCurrent, tab, onTab, onFix, undo, notes, children } = props;
  const all = findings ?? NONE;
  const [most, setMost] = useState(AT_ONCE);
  useEffect(() => setMost(AT_ONCE), [tab, findings === null]);
  const checks = useMemo(
    () => (findings === null ? null : new Map(core().listChecks().map((check) => [check.issueCode, check]))),
    [findings === null]);
  const list = useMemo(
    () => (tab === 'all' ? all : all.filter(({ findingType }) => findingType === tab)), [findings, tab]);
  const keys = useMemo(() => keysOf(list), [list]);
  const rest = list.length - most;
  const latest = useRef(props);
  latest.current = props;
  // Drawn when the findings change, and not with each key that is typed beside them.
  const items = useMemo(() => list.slice(0, most).map((finding, i) => (
    <FindingItem
      key={keys[i]} id={`finding-${i}`} finding={finding} text={text} check={checks?.get(finding.issueCode)}
      onGo={(location) => latest.current.onGo(location)} onFix={(fix) => latest.current.onFix([fix], i)}
    />
  )), [list, most, text, checks]);
  const keeping = isCurrent ? keepingFixes(all) : [];
  const end = useRef<HTMLUListElement>(null);
  const more = () => {
    const item = end.current?.children[most - 1];
    setMost(most + AT_ONCE);
    // The button moves away under the focus, which goes on to what it brought.
    requestAnimationFrame(() => item?.nextElementSibling?.querySelector('button')?.focus());
  };
  const tabs = [
    { id: 'all' as const, label: `All ${all.length}` },
    ...FINDING_TYPES.map((words) => ({ id: words.type, label: `${words.tab} ${countOf(all, words.type)}` })),
  ];
  return (
    <section class="findings" aria-labelledby="findings" aria-busy={findings !== null && !isCurrent}>
      <div class="head">
        <h2 id="findings" tabIndex={-1}>Findings</h2>
        {findings !== null && <p class="count">{inNumbers(all)}</p>}
      </div>
      {(keeping.length > 1 || undo !== null) && (
        <p class="actions">
          {keeping.length > 1 && (
            <button type="button" onClick={() => onFix(keeping, 0)}>Apply {keeping.length} fixes that keep access</button>
          )}
          {undo !== null && <button type="button" onClick={undo.onUndo}>{undo.name}</button>}
        </p>
      )}
      {notes}
      <Tabs name="Finding types" id="finding-types" tabs={tabs} chosen={tab} onChoose={onTab} isStop={list.length === 0}>
        {list.length === 0
          ? all.length === 0 ? children : <p class="help">None of this type.</p>
          : <ul ref={end}>{items}</ul>}
        {rest > 0 && (
          <p><button type="button" onClick={more}>Show {Math.min(rest, AT_ONCE)} more</button> {rest} are not shown.</p>
        )}
      </Tabs>
    </section>
  );
}

/** Names for findings that stay when others go, so that what is folded out stays with its own. */
function keysOf(findings: Finding[]): string[] {
  const times = new Map<string, number>();
  return findings.map(({ issueCode, locations }) => {
    const name = `${issueCode} ${locations[0]?.pointer}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return `${name} ${time}`;
  });
}

/**
 * Puts the focus where the next finding can be mended after one at this place was, else on the heading: if it went with
 * the button that did it, and not if by the time of the answer somebody has gone on to another field.
 */
export function focusNextFix(at: number): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const items = [...document.querySelectorAll('.findings li.finding')].slice(at);
  const next = items.map((item) => item.querySelector<HTMLElement>('button.fix')).find((button) => button !== null);
  (next ?? document.getElementById('findings'))?.focus();
}
