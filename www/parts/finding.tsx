// One finding: what is wrong, where, why it matters, and what mends it.
import { useState } from 'preact/hooks';
import { core, type Check, type Finding, type Fix, type Location } from '../engine.js';
import { Change } from './change.js';
import { wordsOf } from './finding-types.js';
import { fixLabel, isAppliedAtOnce } from './fixes.js';
import { goTo } from './go-to.js';
import { CodeLink, Outside } from './outside.js';
import { unread } from './unread.js';

interface Props {
  id: string;
  finding: Finding;
  check: Check | undefined;
  /** The text that it is about. */
  text: string;
  onGo: (location: Location) => void;
  onFix: (fix: Fix) => void;
}

/** What the engine calls it, and where it is done. */
export const SHORTEN = 'Shorten this policy';

/** More places than these are told by their number. */
const MOST_PLACES = 3;

export function FindingItem({ id, finding, check, text, onGo, onFix }: Props) {
  const { findingType, issueCode, findingDetails, help, learnMoreLink, locations, fixes } = finding;
  const { word, icon: Icon } = wordsOf(findingType);
  const [opened, open] = useState<number | null>(null);
  const places = locations.slice(0, MOST_PLACES);
  const cancel = () => {
    const at = opened;
    open(null);
    document.getElementById(`${id}-fix-${at}`)?.focus();
  };
  return (
    <li class={`finding is-${findingType}`}>
      <h3><Icon /><span class="type">{word}</span> <span>{check?.title ?? issueCode}</span> <CodeLink code={issueCode} /></h3>
      <p ref={unread}>{findingDetails}</p>
      {help !== null && <p ref={unread}>{help}</p>}
      <p class="paper">{places.map(({ span: { start } }) => `Line ${start.line}, column ${start.column + 1}`).join('; ')}</p>
      <p class="actions">
        {places.map((location) => (
          <button key={location.pointer} type="button" class="small" onClick={() => onGo(location)}>
            Go to line {location.span.start.line}, column {location.span.start.column + 1}
          </button>
        ))}
        {locations.length > places.length && <span>and {locations.length - places.length} more places</span>}
        {help?.includes(SHORTEN) && <button type="button" class="small" onClick={() => goTo('shorten', 'start')}>{SHORTEN}</button>}
        {fixes.map((fix, i) => {
          const isAtOnce = isAppliedAtOnce(finding, fix);
          return (
            <button
              key={i} type="button" class="small fix" id={`${id}-fix-${i}`} aria-expanded={isAtOnce ? undefined : opened === i}
              onClick={() => (isAtOnce ? onFix(fix) : open(opened === i ? null : i))}
            >
              <span ref={unread}>{fixLabel(fix)}</span>
            </button>
          );
        })}
      </p>
      {opened !== null && fixes[opened] !== undefined && (
        <Change
          id={`${id}-change`} before={text} after={core().applyFixes(text, [fixes[opened]])}
          onApply={() => onFix(fixes[opened]!)} onCancel={cancel}
        />
      )}
      <details>
        <summary>Why this matters</summary>
        {check !== undefined && <p>{check.why}</p>}
        <p><Outside href={learnMoreLink}>Learn more<span class="unseen"> about {issueCode}</span></Outside></p>
      </details>
    </li>
  );
}
