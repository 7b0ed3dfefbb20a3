// The region with what the engine built: what it allows, its text in every format, and what the text does not say.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { MOST_CHECKED, type Answer } from '../answer.js';
import type { Entered } from '../controls.js';
import { KEY_PLACEHOLDER, type Finding, type FindingType, type NoteCode } from '../engine.js';
import type { Core } from '../state.js';
import { Command } from './command.js';
import { NoteIcon, WarnIcon } from './icons.js';
import { inEnglish } from './in-english.js';
import { Outputs } from './outputs.js';
import { CodeLink } from './outside.js';

interface Props {
  answer: Answer | null;
  core: Core;
  /** What it is, such as `policy`. */
  noun: string;
  fileName: string;
  /** How many characters it may have where it is put; without one the engine's word holds. */
  quota: number | undefined;
  /** The options in words, for paper. */
  chosen: readonly string[];
  remedies: Remedies;
  onRemedy: (code: NoteCode) => void;
  /** Is told whether the JSON is shown. */
  onForm: (isJson: boolean) => void;
  /** Stands among the buttons. */
  link: ComponentChildren;
}

/** What the button beside a note is called, what it enters into the form, and what is announced then. */
export type Remedies = Readonly<Partial<Record<NoteCode, { label: string; set: Entered; done: string }>>>;

/** Notes on something to do before the text is used. */
const URGENT: NoteCode[] = ['HEARTBEAT_MISSING', 'KEY_NAME_PLACEHOLDER', 'OVER_QUOTA', 'REGION_NOT_LISTED',
  'DATA_CHANNEL_MISSING', 'DOCUMENT_OVER_QUOTA', 'LOG_GROUP_MUST_EXIST', 'PREFERENCES_MAY_EXIST'];

export function Result({ answer, core: state, noun, fileName, quota, chosen, remedies, onRemedy, onForm, link }: Props) {
  const isWaiting = state !== 'ready';
  const built = answer?.built ?? null;
  const [summary, ...notes] = built?.notes ?? [];
  const isUrgent = ({ code }: { code: NoteCode }) => URGENT.includes(code);
  const hasPlaceholder = notes.some((note) => note.code === 'KEY_NAME_PLACEHOLDER');
  const size = built !== null && 'policy' in built ? built : null;
  return (
    <section class="result needs-script" aria-labelledby="result" aria-busy={isWaiting}>
      <div class="head">
        <h2 id="result" tabIndex={-1}>Result</h2>
        {isWaiting && <Waiting />}
      </div>
      {answer !== null && built === null && <Gaps answer={answer} noun={noun} />}
      <p class="summary">{summary?.message}</p>
      {notes.filter(isUrgent).map((note) => (
        <Note key={note.code} isUrgent>
          <p>{note.message}</p>
          {remedies[note.code] !== undefined && (
            <button type="button" class="small" disabled={isWaiting} onClick={() => onRemedy(note.code)}>
              {remedies[note.code]!.label}
            </button>
          )}
        </Note>
      ))}
      {answer !== null && built !== null && <LeftOut answer={answer} />}
      <div class="paper">
        <h3>Chosen options</h3>
        <ul>{chosen.map((line) => <li key={line}>{line}</li>)}</ul>
      </div>
      {built !== null && (
        <>
          <Outputs
            id="policy" noun={noun} json={built.json} target={answer?.target ?? null} core={state} fileName={fileName}
            done={`${capital(noun)} copied, ${inEnglish(size?.characters ?? built.json.length)} characters.`}
            placeholder={hasPlaceholder ? KEY_PLACEHOLDER : undefined} onForm={onForm}
          >
            {link}
            {size !== null && (
              <span class="count">{inEnglish(size.characters)} of {inEnglish(quota ?? size.quota)} characters</span>
            )}
          </Outputs>
          {'command' in built && (
            <div>
              <h3>{noun === 'list' ? 'The command that tells what is there' : 'The command that stores it'}</h3>
              <Command id="store-command" text={built.command} />
            </div>
          )}
          {notes.filter((note) => !isUrgent(note)).map((note) => (
            <Note key={note.code}><p>{note.message}</p></Note>
          ))}
          {answer !== null && <Checked words={answer.words} checked={answer.checked} />}
          {built.json.length > MOST_CHECKED && (
            <p class="help">This text is too large to be checked with each change. Save it, and check it in Validate.</p>
          )}
        </>
      )}
    </section>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const labels = (controls: Answer['leftOut']) => controls.map(({ label }) => label.replace(' (optional)', '')).join(', ');

/** Why there is no result. */
function Gaps({ answer, noun }: { answer: Answer; noun: string }) {
  const { missing, waitsFor, problem, failed, isAtFirst } = answer;
  if (failed !== null) return null; // The alert tells of it.
  return (
    <Note isUrgent={missing.length === 0 && !isAtFirst}>
      {missing.length > 0 && <p>Still needed for this {noun}: {labels(missing)}.</p>}
      {waitsFor.length > 0 && <p>This {noun} waits for a value that can be used: {labels(waitsFor)}.</p>}
      {problem !== null && <p>{problem}</p>}
    </Note>
  );
}

/** What the result was made without. */
function LeftOut({ answer: { leftOut, mistakes } }: { answer: Answer }) {
  const wrong = leftOut.filter(({ path }) => path in mistakes);
  const empty = leftOut.filter(({ path }) => !(path in mistakes));
  return (
    <>
      {wrong.length > 0 && (
        <Note isUrgent><p>Left out of this result, because the value cannot be used: {labels(wrong)}.</p></Note>
      )}
      {empty.length > 0 && <Note isUrgent><p>Left out of this result until it is filled in: {labels(empty)}.</p></Note>}
    </>
  );
}

/** What the text says in sentences, and what the engine's own checks find in it. */
function Checked({ words, checked }: Pick<Answer, 'words' | 'checked'>) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // On paper nobody can open it.
    const open = () => setOpen(true);
    addEventListener('beforeprint', open);
    return () => removeEventListener('beforeprint', open);
  }, []);
  return (
    <>
      {words.length > 0 && (
        <div>
          <h3>In words</h3>
          <ul class="words">{words.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </div>
      )}
      {checked?.findings.length === 0 && <p class="help">No findings. {checked.kinds} kinds of check ran on it.</p>}
      {checked !== null && checked.findings.length > 0 && (
        // The list is made when it is opened: until then it would only repeat the notes to those who search the page.
        <details class="found" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{counted(checked.findings)} <span class="link">Show</span></summary>
          {isOpen && (
            <ul>
              {checked.findings.map((finding, i) => (
                <li key={i}>
                  <p><strong>{TYPES[finding.findingType][0]}</strong> <CodeLink code={finding.issueCode} /></p>
                  <p>{finding.findingDetails}</p>
                  {finding.help !== null && <p>{finding.help}</p>}
                </li>
              ))}
            </ul>
          )}
        </details>
      )}
    </>
  );
}

const TYPES: Record<FindingType, [one: string, many: string]> = {
  ERROR: ['Error', 'errors'],
  SECURITY_WARNING: ['Security warning', 'security warnings'],
  WARNING: ['Warning', 'warnings'],
  SUGGESTION: ['Suggestion', 'suggestions'],
};

/** Such as "No errors. 1 suggestion." */
function counted(findings: readonly Finding[]): string {
  const parts = Object.entries(TYPES).map(([type, [one, many]]) => {
    const count = findings.filter((finding) => finding.findingType === type).length;
    if (count === 0) return type === 'ERROR' ? 'No errors.' : '';
    return `${count} ${count === 1 ? one.toLowerCase() : many}.`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

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
