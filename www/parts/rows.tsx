// Lists of rows in a form: tags, and the parameters of a session document.
import { useRef } from 'preact/hooks';
import { COLUMNS } from '../controls/columns.js';
import { MOST_ROWS, type Row } from '../controls.js';
import { Choice, Text } from './field.js';
import { StopIcon } from './icons.js';

interface Props {
  kind: keyof typeof COLUMNS;
  name: string;
  /** What one row is, such as `Tag`. */
  label: string;
  help: string | undefined;
  mistake: string | undefined;
  rows: readonly Row[];
  onChange: (rows: readonly Row[]) => void;
}

export function Rows({ kind, name, label, help, mistake, rows, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const columns = COLUMNS[kind];
  // A tag can be typed at once; parameters are rare and large, and come with the button.
  const shown = rows.length === 0 && kind === 'tags' ? [{}] : rows;
  const change = (at: number, column: string, text: string) => {
    onChange(shown.map((row, i) => (i === at ? { ...row, [column]: text } : row)));
  };
  const focusOn = (at: number) => requestAnimationFrame(() => {
    const fields = list.current?.querySelectorAll<HTMLElement>(`[data-row="${at}"] :is(input, select)`);
    (fields?.[0] ?? list.current?.querySelector<HTMLElement>('.add'))?.focus();
  });
  return (
    <div class="rows" role="group" aria-label={`${label}s`} aria-describedby={`${name}-help`} ref={list}>
      {kind === 'parameters' && <p class="title" aria-hidden="true">{label}s</p>}
      {shown.map((row, at) => {
        const number = at === 0 ? '' : ` ${at + 1}`;
        return (
          <div class={kind} key={at} data-row={at}>
            {columns.map(({ id, label: column, choices, lines, help: inside }) => {
              const common = {
                key: id, name: `${name}-${at}-${id}`, label: `${label} ${column}${number}`, value: row[id] ?? '', help: inside,
              };
              return choices === undefined
                ? <Text {...common} {...(lines === undefined ? {} : { lines })} onInput={(text) => change(at, id, text)} />
                : <Choice {...common} choices={choices} onChange={(text) => change(at, id, text)} />;
            })}
            {(shown.length > 1 || kind === 'parameters') && (
              <button
                type="button" class="small"
                onClick={() => { onChange(shown.filter((_, i) => i !== at)); focusOn(Math.max(0, at - 1)); }}
              >
                Remove {label.toLowerCase()}{number}
              </button>
            )}
          </div>
        );
      })}
      {shown.length >= MOST_ROWS ? <p class="help">There is room for {MOST_ROWS}.</p> : (
        <button type="button" class="small add" onClick={() => { onChange([...shown, {}]); focusOn(shown.length); }}>
          Add {shown.length === 0 ? 'a' : 'another'} {label.toLowerCase()}
        </button>
      )}
      {mistake !== undefined
        ? <p class="mistake" id={`${name}-help`}><StopIcon /><span>{mistake}</span></p>
        : help !== undefined && <p class="help" id={`${name}-help`}>{help}</p>}
    </div>
  );
}
