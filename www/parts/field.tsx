// Labelled form fields with their help and the engine's message.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Choices } from '../controls.js';
import { StopIcon } from './icons.js';
import { unread } from './unread.js';

interface Common {
  /** The name in the form, and the id in the document. */
  name: string;
  label: string;
  help?: string | undefined;
  /** The engine's message when it refuses the value. */
  mistake?: string | undefined;
}

/** The help of a field, or the engine's message in its place. */
function Below({ name, help, mistake }: Pick<Common, 'name' | 'help' | 'mistake'>) {
  if (mistake !== undefined) return <p class="mistake" id={`${name}-help`}><StopIcon /><span>{mistake}</span></p>;
  return help === undefined ? null : <p class="help" id={`${name}-help`}>{help}</p>;
}

/** What tells a browser and a screen reader of it. */
function described({ name, help, mistake }: Pick<Common, 'name' | 'help' | 'mistake'>) {
  return {
    'aria-invalid': mistake === undefined ? undefined : 'true' as const,
    'aria-describedby': help === undefined && mistake === undefined ? undefined : `${name}-help`,
  };
}

interface CheckProps extends Common {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Fields that belong to the tick. */
  children?: ComponentChildren;
}

export function Check({ name, label, checked, onChange, help, mistake, children }: CheckProps) {
  return (
    <div class="check">
      <label class="row" for={name}>
        <input
          type="checkbox" id={name} name={name} checked={checked} autocomplete="off"
          {...described({ name, help, mistake })}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      <Below name={name} help={help} mistake={mistake} />
      {children}
    </div>
  );
}

interface TextProps extends Common {
  value: string;
  onInput: (value: string) => void;
  /** How many lines it shows; one is a field of one line. */
  lines?: number;
}

/** The most characters of a field. Of a longer text the browser would take seconds to break it into lines. */
const MOST_TYPED = 250_000;
const CUT = `Cut: there is room for ${MOST_TYPED} characters.`;

export function Text({ name, label, value, onInput, help, mistake, lines = 1 }: TextProps) {
  const [isShown, typed, rested] = useRestingMessage(mistake);
  const shown = value.length >= MOST_TYPED ? CUT : isShown ? mistake : undefined;
  const Field = lines === 1 ? 'input' : 'textarea';
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <Field
        {...(lines === 1 ? { type: 'text' } : { rows: lines })} id={name} name={name} value={value} maxLength={MOST_TYPED}
        // Browsers may send what stands in a field to their spelling, completion or translation service.
        ref={unread} spellcheck={false} autocapitalize="off" autocomplete="off"
        {...described({ name, help, mistake: shown })}
        onInput={(event: InputEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
          if (event.inputType === 'insertFromPaste') rested(); // A pasted value is whole.
          else typed();
          onInput(event.currentTarget.value);
        }}
        onBlur={rested}
      />
      <Below name={name} help={help} mistake={shown} />
    </div>
  );
}

/**
 * Whether to show a message about a field. It waits until typing rests, since half a value is no mistake; one that
 * is on the screen stays and follows the typing.
 */
function useRestingMessage(message: string | undefined): [boolean, () => void, () => void] {
  const [isShown, setShown] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOnScreen = isShown && message !== undefined;
  useEffect(() => () => clearTimeout(timer.current), []);
  const rested = () => {
    clearTimeout(timer.current);
    setShown(true);
  };
  const typed = () => {
    clearTimeout(timer.current);
    if (isOnScreen) return;
    setShown(false);
    timer.current = setTimeout(rested, 700);
  };
  return [isShown, typed, rested];
}

interface ChoiceProps extends Common {
  value: string;
  choices: Choices;
  onChange: (value: string) => void;
}

export function Choice({ name, label, value, choices, onChange, help, mistake }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name} name={name} value={value} autocomplete="off" {...described({ name, help, mistake })}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map(([choice, text]) => <option key={choice} value={choice}>{text}</option>)}
      </select>
      <Below name={name} help={help} mistake={mistake} />
    </div>
  );
}

interface RadiosProps extends ChoiceProps {
  /** Fields that belong to the choice. */
  children?: ComponentChildren;
}

export function Radios({ name, label, value, choices, onChange, help, mistake, children }: RadiosProps) {
  return (
    <fieldset class="few" role="radiogroup" aria-describedby={described({ name, help, mistake })['aria-describedby']}>
      <legend>{label}</legend>
      {choices.map(([choice, text, more]) => (
        <div key={choice}>
          <label class="row" for={`${name}-${choice}`}>
            <input
              type="radio" id={`${name}-${choice}`} name={name} value={choice} checked={value === choice}
              autocomplete="off" aria-describedby={more === undefined ? undefined : `${name}-${choice}-help`}
              onChange={() => onChange(choice)}
            />
            <span>{text}</span>
          </label>
          {more !== undefined && <p class="help under" id={`${name}-${choice}-help`}>{more}</p>}
        </div>
      ))}
      <Below name={name} help={help} mistake={mistake} />
      {children}
    </fieldset>
  );
}

interface TicksProps extends Common {
  value: readonly string[];
  choices: Choices;
  onChange: (value: readonly string[]) => void;
}

export function Ticks({ name, label, value, choices, onChange, help, mistake }: TicksProps) {
  // In the order of the choices, so that the same ticks are the same value.
  const change = (choice: string, isTicked: boolean) => {
    onChange(choices.map(([one]) => one).filter((one) => (one === choice ? isTicked : value.includes(one))));
  };
  return (
    <fieldset class="few" aria-describedby={described({ name, help, mistake })['aria-describedby']}>
      <legend>{label}</legend>
      {choices.map(([choice, text]) => (
        <label class="row" for={`${name}-${choice}`} key={choice}>
          <input
            type="checkbox" id={`${name}-${choice}`} name={name} value={choice} checked={value.includes(choice)}
            autocomplete="off" onChange={(event) => change(choice, event.currentTarget.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
      <Below name={name} help={help} mistake={mistake} />
    </fieldset>
  );
}
