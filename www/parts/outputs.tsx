// A policy or document as text in the formats that people need, each to copy and to download.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { core as engine } from '../engine.js';
import { EXPORTS, JSON_FORMAT, exporter, type ExportTarget, type FormatTab } from '../formats.js';
import type { Core } from '../state.js';
import { Code } from './code.js';
import { CopyButton } from './copy.js';
import { Download } from './download.js';
import { StopIcon } from './icons.js';
import { Tabs } from './tabs.js';

interface Props {
  /** Begins the ids in the document: unique on the page. */
  id: string;
  /** What it is, such as `policy` in "Copy policy" and "Policy JSON". */
  noun: string;
  json: string;
  /** Where exports put it; null for what has none. */
  target: ExportTarget | null;
  core: Core;
  /** The name of a downloaded file, without its extension. */
  fileName: string;
  /** What is announced when the JSON was copied. */
  done: string;
  /** A text that has to be replaced before the policy is used. */
  placeholder?: string | undefined;
  /** Is told whether the JSON is shown, for which the steps in the console are. */
  onForm: (isJson: boolean) => void;
  /** What stands beside the buttons. */
  children?: ComponentChildren;
}

export function Outputs({ id, noun, json, target, core, fileName, done, placeholder, onForm, children }: Props) {
  const first: FormatTab = { id: 'json', label: `${capital(noun.split(' ').at(-1)!)} JSON`, formats: [JSON_FORMAT] };
  const call = exporter(core);
  const tabs = call === null || target === null ? [first] : [first, ...EXPORTS];
  const [chosen, choose] = useState(first.id);
  const [variants, setVariants] = useState<Record<string, string>>({});
  const tab = tabs.find((one) => one.id === chosen) ?? first;
  useEffect(() => onForm(tab.id === first.id), [tab.id]);
  const format = tab.formats.find((one) => one.variant === variants[tab.id]) ?? tab.formats[0];

  const { text, problem } = useMemo(() => {
    if (call === null || target === null || format.format === null) return { text: json, problem: null };
    try {
      return { text: call(json, { ...target, format: format.format }), problem: null };
    } catch (reason) {
      return { text: '', problem: engine().inFields((reason as Error).message) };
    }
  }, [call, json, JSON.stringify(target), format]);

  const name = tab === first ? noun : tab.label;
  const unfinished = placeholder === undefined || !text.includes(placeholder)
    ? null : `Copied. It still contains ${placeholder}.`;
  const announced = tab === first ? done : `${name} copied.`;
  return (
    <Tabs name="Output format" id={`${id}-format`} tabs={tabs} chosen={tab.id} onChoose={choose}>
      {tab.formats.length > 1 && (
        <p class="variant">
          <label for={`${id}-variant`}>Form</label>{' '}
          <select
            id={`${id}-variant`} value={format.variant} autocomplete="off"
            onChange={(event) => setVariants({ ...variants, [tab.id]: event.currentTarget.value })}
          >
            {tab.formats.map(({ variant }) => <option key={variant} value={variant}>{variant}</option>)}
          </select>
        </p>
      )}
      {problem !== null && <p class="mistake"><StopIcon /><span>{problem}</span></p>}
      {problem === null && (
        <>
          <div class="tools">
            <CopyButton
              name={`Copy ${name}`} text={text} shownIn={id} class="primary"
              done={unfinished ?? announced} isUnfinished={unfinished !== null} beside={unfinished ?? 'Copied'}
            />
            <Download name={NAMED.exec(text)?.[1] ?? `${fileName}.${format.extension}`} text={text} />
            {children}
          </div>
          <Code id={id} name={`${tab.label} output`} text={text} mark={placeholder} />
        </>
      )}
    </Tabs>
  );
}

/** The name that the command above a template has for its file. */
const NAMED = /--template-file (\S+)/;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
