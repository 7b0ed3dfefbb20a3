// Labelled form fields with their help and the engine's message.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { StopIcon } from './icons.js';
import { unread } from './unread.js';

interface CheckProps {
  name: string;
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  help?: string;
  /** Fields that belong to the tick. */
  children?: ComponentChildren;
}

export function Check({ name, label, checked, onChange, help, children }: CheckProps) {
  return (
    <div class="check">
      <label class="row" for={name}>
        <input
          type="checkbox" id={name} name={name} checked={checked} autocomplete="off"
          aria-describedby={help === undefined ? undefined : `${name}-help`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {help !== undefined && <p class="help" id={`${name}-help`}>{help}</p>}
      {children}
    </div>
  );
}

interface TextProps {
  name: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  help: string;
  /** The engine's message when it refuses the value. */
  mistake: string | undefined;
}

export function Text({ name, label, value, onInput, help, mistake }: TextProps) {
  const [isShown, typed, rested] = useRestingMessage(mistake);
  const isWrong = mistake !== undefined && isShown;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        type="text" id={name} name={name} value={value}
        // Browsers may send what stands in a field to their spelling, completion or translation service.
        ref={unread} spellcheck={false} autocapitalize="off" autocomplete="off"
        aria-invalid={isWrong ? 'true' : undefined} aria-describedby={`${name}-help`}
        onInput={(event) => {
          if (event.inputType === 'insertFromPaste') rested(); // A pasted value is whole.
          else typed();
          onInput(event.currentTarget.value);
        }}
        onBlur={rested}
      />
      <p class={isWrong ? 'mistake' : 'help'} id={`${name}-help`}>
        {isWrong ? <><StopIcon /><span>{mistake}</span></> : help}
      </p>
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

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  value: T;
  choices: [T, string][];
  onChange: (value: T) => void;
  help: string;
  mistake: string | undefined;
}

export function Choice<T extends string>({ name, label, value, choices, onChange, help, mistake }: ChoiceProps<T>) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name} name={name} value={value} autocomplete="off" aria-describedby={`${name}-help`}
        aria-invalid={mistake === undefined ? undefined : 'true'}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {choices.map(([choice, text]) => <option key={choice} value={choice}>{text}</option>)}
      </select>
      <p class={mistake === undefined ? 'help' : 'mistake'} id={`${name}-help`}>
        {mistake === undefined ? help : <><StopIcon /><span>{mistake}</span></>}
      </p>
    </div>
  );
}
