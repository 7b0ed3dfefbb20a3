// What brings a text into Validate, and what is done to all of it.
import type { ComponentChildren } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { BUILT } from '../built.js';
import { core } from '../engine.js';
import { FINDING_TYPES } from './finding-types.js';
import { format } from './format.js';
import { OpenFile } from './open-file.js';
import { StatusContext } from './status.js';

interface Props {
  text: string;
  isReady: boolean;
  isOff: boolean;
  /** `undo` is the name of the button that brings the text of before back. */
  onReplace: (text: string, undo: string) => void;
  onRefuse: (characters: number) => void;
  /** Stands among the buttons. */
  children: ComponentChildren;
}

const GUIDE = 'guide';

export function PolicyTools({ text, isReady, isOff, onReplace, onRefuse, children }: Props) {
  const { say } = useContext(StatusContext);
  const examples = useMemo(() => (isReady ? core().listChecks().filter(({ example }) => example !== '') : []), [isReady]);
  // Many, and always the same ones.
  const options = useMemo(() => FINDING_TYPES.map(({ type, tab }) => (
    <optgroup key={type} label={tab}>
      {examples.filter(({ findingType }) => findingType === type)
        .map(({ issueCode, title }) => <option key={issueCode} value={issueCode}>{title}</option>)}
    </optgroup>
  )), [examples]);
  const paste = async () => {
    try {
      onReplace(await navigator.clipboard.readText(), 'Undo paste');
    } catch {
      say('Click into the text and press Ctrl+V (Cmd+V on a Mac) to paste.');
    }
  };
  const load = (name: string) => {
    const example = name === GUIDE ? BUILT.plain.json : examples.find(({ issueCode }) => issueCode === name)?.example;
    if (example === undefined) return;
    onReplace(format(example) ?? example, 'Undo example');
    say('Example loaded.');
  };
  const reformat = () => {
    const formatted = format(text);
    if (formatted === null) return say('Format needs JSON without errors. Mend the error first.');
    onReplace(formatted, 'Undo format');
    say(formatted === text ? 'The text has this form already.' : 'Formatted.');
  };
  const clear = () => {
    onReplace('', 'Undo clear');
    say('Cleared.');
  };
  return (
    <div class="policy-tools">
      {'clipboard' in navigator && 'readText' in navigator.clipboard && (
        <button type="button" disabled={isOff} onClick={() => void paste()}>Paste</button>
      )}
      <OpenFile id="open-policy" name="Open file" isOff={isOff} onRefuse={onRefuse} onOpen={([file]) => {
        onReplace(file!.text, 'Undo open');
        say(`${file!.name} opened.`);
      }} />
      <button type="button" disabled={isOff} onClick={reformat}>Format</button>
      <button type="button" disabled={isOff} onClick={clear}>Clear</button>
      {children}
      <span class="choice choice-last">
        <label for="example">Load an example</label>{' '}
        <select id="example" value="" disabled={isOff} autocomplete="off" onChange={(event) => {
          const { value } = event.currentTarget;
          event.currentTarget.value = ''; // So that the same example can be loaded again.
          load(value);
        }}>
          <option value="">Choose one</option>
          <option value={GUIDE}>The policy of AWS's guide for nodes</option>
          {options}
        </select>
      </span>
    </div>
  );
}
