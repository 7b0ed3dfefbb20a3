// The table of capabilities: what works, what does not, what cannot be told, and why.
import type { CapabilityResult, RoleReason } from '../engine.js';
import { HEARTBEAT, OF_KEYS, OPENS } from '../uses.js';
import { CrossIcon, OkIcon, QuestionIcon } from './icons.js';
import { unread } from './unread.js';

export interface Row {
  /** The id in the document. */
  id: string;
  name: string;
  result: CapabilityResult;
}

/** Where a reason leads. */
export interface Leads {
  /** The field that a path of the engine stands for, as `Policy 2`; null for one that is not on the page. */
  fieldOf: (path: string) => string | null;
  onGo: (field: string, offset: number) => void;
  /** The label of a value that an answer depends on; null for what cannot be given here. */
  valueOf: (row: Row | null, name: string) => string | null;
  onGive: (row: Row | null, name: string) => void;
}

const RESULTS = {
  works: { word: 'Works', icon: OkIcon },
  fails: { word: 'Does not work', icon: CrossIcon },
  unknown: { word: 'Cannot tell', icon: QuestionIcon },
};

export function Capabilities({ rows, leads }: { rows: Row[]; leads: Leads }) {
  const heartbeat = rows.find(({ result: { id } }) => id === HEARTBEAT.capability)?.result.result ?? 'works';
  return (
    // Roles are said, because on a narrow screen the style takes the table apart, and the browser its roles with it.
    <table role="table" class="capabilities">
      <caption>Session Manager capabilities</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Capability</th>
          <th role="columnheader" scope="col">Result</th>
          <th role="columnheader" scope="col">Why</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => {
          const { word, icon: Icon } = RESULTS[row.result.result];
          return (
            <tr key={row.id} role="row" id={row.id} tabIndex={-1}>
              <th role="rowheader" scope="row">{row.name}</th>
              <td role="cell" class={`result-${row.result.result}`}><Icon /><span>{word}</span></td>
              <td role="cell">
                {row.result.id === OPENS && heartbeat !== 'works' && (
                  <p class="reasons">This also needs the heartbeat, {heartbeat === 'fails' ? 'which does not work' : 'of which nothing can be told'}.</p>
                )}
                <Reasons reasons={row.result.reasons} row={row} leads={leads} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** More reasons than these are folded away. */
const MOST = 3;

export function Reasons({ reasons, row, leads }: { reasons: RoleReason[]; row: Row | null; leads: Leads }) {
  const rest = reasons.slice(MOST);
  const item = (reason: RoleReason, i: number) => <Reason key={i} reason={reason} leads={leads} />;
  return (
    <>
      <ul class="reasons">{reasons.slice(0, MOST).map(item)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{rest.length === 1 ? 'One more reason' : `${rest.length} more reasons`}<span class="unseen"> for {row?.name ?? 'this'}</span></summary>
          <ul class="reasons">{rest.map(item)}</ul>
        </details>
      )}
      <Give names={reasons.flatMap(({ dependsOn }) => dependsOn)} row={row} leads={leads} />
    </>
  );
}

/** Leads to the fields of values, each once, though several reasons may depend on it. */
export function Give({ names, row, leads }: { names: string[]; row: Row | null; leads: Leads }) {
  const values = new Map(names.map((key) => OF_KEYS.get(key) ?? key).map((name) => [name, leads.valueOf(row, name)]));
  return (
    <p class="actions">
      {[...values].map(([name, label]) => label !== null && (
        <button key={name} type="button" class="small" onClick={() => leads.onGive(row, name)}>
          Give the {label}<span class="unseen"> for {row?.name ?? 'this'}</span>
        </button>
      ))}
    </p>
  );
}

const LEVELS = { required: '', recommended: 'Recommended: ', optional: 'Optional: ' };

function Reason({ reason: { kind, level, message, actions, path, span }, leads }: { reason: RoleReason; leads: Leads }) {
  const field = path === null ? null : leads.fieldOf(path);
  // The engine counts what it was given, the page all its fields; and the engine names values as its callers do.
  const words = kind === 'notCounted' && field !== null ? `Something in ${field} does not count, so what it may allow is missing here.`
    : kind === 'valueNeeded' ? `The statement for ${actions.join(', ')} can be made once this is known:` : message;
  return (
    <li>
      {LEVELS[level] !== '' && <strong>{LEVELS[level]}</strong>}<span ref={unread}>{words}</span>{' '}
      {field !== null && span !== null && (
        <button type="button" class="small" onClick={() => leads.onGo(field, span.start.offset)}>
          Go to line {span.start.line} of {field}
        </button>
      )}
    </li>
  );
}
