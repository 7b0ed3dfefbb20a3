// The region with the policy, what it allows, and what its text alone does not say.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { KEY_PLACEHOLDER, type BuiltPolicy, type NoteCode } from '../engine.js';
import type { ExportTarget } from '../formats.js';
import type { Core } from '../state.js';
import { NoteIcon, WarnIcon } from './icons.js';
import { Outputs } from './outputs.js';

interface Props {
  policy: BuiltPolicy | null;
  /** The fields that the policy was made without, because their value is wrong. */
  leftOut: string[];
  core: Core;
  target: ExportTarget;
  fileName: string;
  /** The options in words, for paper. */
  chosen: string[];
  onAddHeartbeat: () => void;
}

/** Notes on something to do before the policy is used. */
const URGENT: NoteCode[] = ['HEARTBEAT_MISSING', 'KEY_NAME_PLACEHOLDER', 'OVER_QUOTA', 'REGION_NOT_LISTED'];

export function Result({ policy, leftOut, core, target, fileName, chosen, onAddHeartbeat }: Props) {
  const isWaiting = core !== 'ready';
  const [summary, ...notes] = policy?.notes ?? [];
  const hasPlaceholder = notes.some((note) => note.code === 'KEY_NAME_PLACEHOLDER');
  return (
    <section class="result needs-script" aria-labelledby="result" aria-busy={isWaiting}>
      <div class="head">
        <h2 id="result">Result</h2>
        {isWaiting && <Waiting />}
      </div>
      <p class="summary">{summary?.message}</p>
      {notes.map((note) => (
        <Note key={note.code} isUrgent={URGENT.includes(note.code)}>
          <p>{note.message}</p>
          {note.code === 'HEARTBEAT_MISSING' && (
            <button type="button" class="small" disabled={isWaiting} onClick={onAddHeartbeat}>Add it</button>
          )}
        </Note>
      ))}
      {leftOut.length > 0 && (
        <Note isUrgent><p>Left out of this result, because the value cannot be used: {leftOut.join(', ')}.</p></Note>
      )}
      <div class="paper">
        <h3>Chosen options</h3>
        <ul>{chosen.map((line) => <li key={line}>{line}</li>)}</ul>
      </div>
      {policy !== null && (
        <Outputs
          id="policy" noun="policy" json={policy.json} target={target} core={core} fileName={fileName}
          done={`Policy copied, ${policy.characters} characters.`}
          placeholder={hasPlaceholder ? KEY_PLACEHOLDER : undefined}
        >
          <span class="count">{inEnglish(policy.characters)} of {inEnglish(policy.quota)} characters</span>
        </Outputs>
      )}
    </section>
  );
}

const inEnglish = (count: number) => count.toLocaleString('en-US');

export function Note({ isUrgent = false, children }: { isUrgent?: boolean; children: ComponentChildren }) {
  return <div class={isUrgent ? 'note urgent' : 'note'}>{isUrgent ? <WarnIcon /> : <NoteIcon />}{children}</div>;
}

/** Nothing in the first half second, since the engine is usually there by then. */
export function Waiting() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setSeconds(0.5), 500), setTimeout(() => setSeconds(3), 3000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (seconds === 0) return null;
  return <p class="waiting">{seconds < 3 ? 'Preparing the checker' : 'Still preparing the checker'}</p>;
}
