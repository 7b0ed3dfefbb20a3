// What Validate says beside the findings, and in their place.
import { useMemo } from 'preact/hooks';
import { LARGE } from '../ask.js';
import { core as engine } from '../engine.js';
import { withCode } from '../parts/code.js';
import { Note, Waiting } from '../parts/result.js';
import { sentences } from '../parts/sentences.js';
import { secretIn } from '../parts/secret.js';
import { TooLarge, inMegabytes } from '../parts/too-large.js';
import { TYPES } from '../policy-types.js';
import type { Core } from '../state.js';
import { checksFor, type Checked } from './validate.check.js';
import type { ValidateState } from './validate.state.js';

interface Props {
  state: ValidateState;
  checked: Checked;
  core: Core;
}

/** Puts another text in the place of this one, under a name for taking it back. */
type Replace = (text: string, undo: string) => void;

export function Notes({ state, checked, core, onReplace }: Props & { onReplace: Replace }) {
  const { text, refused } = state;
  const { findings, seen, isCurrent } = checked;
  const isBroken = isCurrent && findings?.[0]?.issueCode === 'JSON_SYNTAX_ERROR';
  // In a text that can be read the engine finds it, and says where.
  const secret = findings === null || isBroken ? secretIn(text) : null;
  return (
    <>
      {refused !== null && <TooLarge characters={refused} />}
      {secret !== null && <Note isUrgent><p>This looks like {secret}. A policy does not need one.</p></Note>}
      {text.length > LARGE && (
        <Note><p>Large text ({inMegabytes(text.length)}): it is checked when you stop typing.{!isCurrent && core === 'ready' && ' Checking.'}</p></Note>
      )}
      {isBroken && <Note><p>Other checks wait until the JSON is complete.</p></Note>}
      {isCurrent && seen !== null && <Other kind={seen.kind} message={seen.message} text={checked.text} onReplace={onReplace} isBroken={isBroken} />}
    </>
  );
}

/** A text that is no policy, and the one in it. */
function Other({ kind, message, text, isBroken, onReplace }: {
  kind: string; message: string; text: string; isBroken: boolean; onReplace: Replace;
}) {
  const inside = useMemo(() => (text.length > LARGE ? undefined : engine().findPolicies(text).policies[0]?.text), [text]);
  if (inside !== undefined && inside.trim() !== text.trim()) {
    return (
      <Note isUrgent>
        <p>IAM does not take this as a policy. {message}</p>
        <p><button type="button" class="small" onClick={() => onReplace(inside, 'Undo taking out')}>Check the policy in it</button></p>
      </Note>
    );
  }
  if (['policy', 'resource-policy', 'trust-policy', 'broken'].includes(kind)) return null;
  if (kind === 'not-recognised') return isBroken ? null : <Note isUrgent><p>This is JSON, but not an IAM policy.</p></Note>;
  return <Note isUrgent><p>This is no policy by itself. {withCode(message.replace('postern role', 'postern check'))} {kind !== 'not-used' && kind !== 'mended' && <><a href="#/role">Check a role</a> can read this.</>}</p></Note>;
}

/** What the policy says, once it can be read. */
export function Words({ checked: { text, isCurrent } }: { checked: Checked }) {
  const lines = useMemo(
    () => (isCurrent && text.length <= LARGE ? sentences(text) : []), [isCurrent, text]);
  if (lines.length === 0) return null;
  return (
    <section class="words" aria-labelledby="words">
      <h2 id="words">In words</h2>
      <p class="help">What it says:</p>
      <ul class="dots">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}

/** What stands in the place of the findings when there are none. */
export function Empty({ state, checked, core }: Props) {
  if (typeof core === 'object') return <p>The checker could not start, so nothing is checked.</p>;
  if (state.text.trim() === '') return <p>Paste a policy, or load an example.</p>;
  if (core === 'loading') return <Waiting />;
  if (checked.findings === null) return null;
  return <p>No findings. {checksFor(checked.type)} kinds of check ran on this {TYPES[checked.type].label.toLowerCase()}.</p>;
}
