// A form beside its result: what Build, People and Related have in common.
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Answer, Call } from '../answer.js';
import { controlsOf, isBlank, isChanged, isShown, valueOf, type Entered, type Form, type Row } from '../controls.js';
import { KEY_PLACEHOLDER, core as engine, type NoteCode } from '../engine.js';
import type { Frame } from '../frame.js';
import { STEPS, DEFAULT_POLICY_NAME, type Place } from '../steps.js';
import { ConsoleSteps } from './console-steps.js';
import { useFits } from './fits.js';
import { Fields } from './form.js';
import { JumpTo } from './go-to.js';
import { Result, type Remedies } from './result.js';
import { CopyLink } from './share.js';
import { StatusContext } from './status.js';

interface Props {
  frame: Frame;
  call: Call;
  entered: Entered;
  more: boolean;
  change: (entered: Entered) => void;
  unfold: (more: boolean) => void;
  /** What is built, such as `policy`, and the name of its file. */
  noun: string;
  fileName: string;
  place: Place;
  /** What the notes ask for and a button can do. */
  remedies?: Remedies;
  /** The answer for the form as it stands at first, before the engine is there. */
  atFirst?: Answer;
  /** Stands above the form. */
  above?: ComponentChildren;
  /** Stands in place of the result when the engine could not start, and in the HTML that is made beforehand. */
  withoutEngine?: ComponentChildren;
}

export function Maker({
  frame, call, entered, more, change, unfold, noun, fileName, place, remedies = {}, atFirst, above, withoutEngine,
}: Props) {
  const { core, answered } = frame;
  const hasFailed = typeof core === 'object';
  const isReady = core === 'ready';
  const isAtFirst = controlsOf(call.form).every((control) => !isChanged(control, entered));
  const answer = useMemo(
    () => (isReady ? engine().answer(call, entered) : isAtFirst ? atFirst ?? null : null), [call, entered, isReady, isAtFirst],
  );
  const mistakes = answer?.mistakes ?? {};
  const failed = answer?.failed ?? null;
  useEffect(() => answered(failed), [failed]);
  useAnnouncement(call.form, answer, isReady, noun);

  const answers = useRef<HTMLDivElement>(null);
  const { say } = useContext(StatusContext);
  const remedy = (code: NoteCode) => {
    const { set, done } = remedies[code]!;
    change(set);
    // The button goes away with its note; the focus moves on to what comes next.
    answers.current?.querySelector<HTMLElement>('.tools button')?.focus();
    say(done);
  };

  const [hasSteps, showSteps] = useState(true);
  const column = useFits<HTMLFormElement>();
  const file = answer?.target?.['policyName'] ?? answer?.target?.['documentName'] ?? fileName;
  const policyName = answer?.target?.['policyName'] ?? DEFAULT_POLICY_NAME;
  return (
    <div class="columns">
      <form class="needs-script sticky" ref={column} onSubmit={(event) => event.preventDefault()}>
        {hasFailed && <p class="off">These options are switched off, because the checker could not start.</p>}
        {above}
        <Fields
          form={call.form} entered={entered} mistakes={mistakes} more={more} isOff={hasFailed} change={change} unfold={unfold}
        />
        {!hasFailed && <JumpTo id="result">Go to the result</JumpTo>}
      </form>
      <div class="answer" ref={answers}>
        {withoutEngine}
        {!hasFailed && (
          // Another document begins with its first format. The form stays, or it would lose the focus.
          <Result
            key={fileName} answer={answer} core={core} noun={noun} fileName={file} quota={STEPS[place].quota}
            chosen={inWords(call, entered, mistakes)} link={<CopyLink frame={frame} holds="names" />}
            remedies={remedies} onRemedy={remedy} onForm={showSteps}
          />
        )}
        {/* Not before the result, which would push them down. */}
        {(answer !== null || hasFailed) && hasSteps && <ConsoleSteps steps={STEPS[place]} policyName={policyName} />}
      </div>
    </div>
  );
}

/** The options in words, for the printed page. */
function inWords({ form }: Call, entered: Entered, mistakes: Answer['mistakes']): string[] {
  const told = controlsOf(form).filter((control) => {
    const isTicked = valueOf(control, entered) === true;
    return isShown(form, control, entered) && mistakes[control.path] === undefined
      && (isTicked || control.kind === 'radio' || ((control.kind === 'ticks' || isChanged(control, entered)) && !isBlank(control, entered)));
  });
  return told.map((control) => {
    const value = valueOf(control, entered);
    if (typeof value === 'boolean') return value ? control.label : `Not: ${control.label}`;
    const texts = typeof value === 'string' ? [value] : value.map((one: string | Row) => Object.values(one).join('='));
    const choices = 'choices' in control ? control.choices : [];
    const shown = typeof value === 'string' || choices.length === 0 ? texts : [...value as readonly string[]];
    return `${control.label}: ${shown.map((text) => choices.find(([one]) => one === text)?.[1] ?? text).join(', ')}`;
  });
}

/** Says that the text changed, to those who do not see it. Not on the first drawing: nothing changed then. */
function useAnnouncement(form: Form, answer: Answer | null, isReady: boolean, noun: string): void {
  const { sayLater } = useContext(StatusContext);
  const [before, setBefore] = useState<string | null>(null);
  const text = answer === null ? null : JSON.stringify([answer.mistakes, answer.built?.json, answer.missing.map(({ path }) => path)]);
  useEffect(() => {
    if (!isReady || answer === null || text === before) return;
    setBefore(text);
    if (before === null) return;
    // Short: the messages themselves stand at the fields and in the notes.
    const { built, mistakes, missing } = answer;
    const wrong = controlsOf(form).filter(({ path }) => path in mistakes);
    const size = built !== null && 'characters' in built ? `, ${built.characters} characters` : '';
    sayLater([
      built !== null ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)} changed${size}.` : `No ${noun} yet.`,
      ...(built?.notes.some(({ code }) => code === 'KEY_NAME_PLACEHOLDER') ? [`It contains the placeholder ${KEY_PLACEHOLDER}.`] : []),
      ...(missing.length > 0 ? [`Still needed: ${missing.map(({ label }) => label).join(', ')}.`] : []),
      ...wrong.map(({ label }) => `${label} cannot be used as it is.`),
    ].join(' '));
  }, [text, isReady]);
}
