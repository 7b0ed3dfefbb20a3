// What has to be added so that everything that was ticked works, and what no addition can repair.
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Diagnosis } from '../engine.js';
import type { ExportTarget } from '../formats.js';
import type { Core } from '../state.js';
import { Access } from './on-demand.js';
import { Give, Reasons, type Leads, type Row } from './capabilities.js';
import { Diff } from './diff.js';
import { format } from './format.js';
import { inEnglish } from './in-english.js';
import { Outputs } from './outputs.js';
import { Note } from './result.js';

interface Props {
  diagnosis: Diagnosis;
  rows: Row[];
  /** The pasted texts that a statement can be added to, with their names. */
  policies: { name: string; text: string }[];
  target: ExportTarget;
  fileName: string;
  /** How many characters it may have where it is put; null where the engine's word holds. */
  quota: number | undefined;
  core: Core;
  leads: Leads;
  /** How to bring it into the console, which stands below the JSON. */
  steps: ComponentChildren;
}

export function Missing({ diagnosis, rows, policies, target, fileName, quota, core, leads, steps }: Props) {
  const { missing, blocked, capabilities } = diagnosis;
  const waiting = rows.flatMap((row) => row.result.reasons.filter(({ kind }) => kind === 'valueNeeded').map((reason) => ({ row, reason })));
  const [isShown, show] = useState(false);
  const [hasSteps, showSteps] = useState(true);
  const works = capabilities.every(({ result }) => result === 'works');
  const [summary, ...notes] = missing?.notes ?? [];
  return (
    <>
      <section class="missing" aria-labelledby="missing">
        <h2 id="missing">Missing permissions</h2>
        {missing === null && blocked.length === 0 && (
          <p>{works ? 'Nothing is missing for what you ticked.' : 'No addition can be offered yet: the table says why.'}</p>
        )}
        {blocked.length > 0 && (
          <Note isUrgent>
            <div>
              <p><strong>Adding a policy cannot repair this:</strong></p>
              <Reasons reasons={blocked} row={null} leads={leads} />
            </div>
          </Note>
        )}
        {missing !== null && (
          <>
            <p class="summary">{summary?.message}</p>
            {notes.map(({ code, message }) => <Note key={code}><p>{message}</p></Note>)}
          </>
        )}
        {waiting.map(({ row, reason: { actions, dependsOn } }) => (
          <Note key={row.id + actions} isUrgent>
            <p>Not in it yet: {actions.join(', ')}.</p>
            <Give names={dependsOn} row={row} leads={leads} />
          </Note>
        ))}
        {missing !== null && (
          <>
            <Outputs
              id="missing-policy" noun="missing policy" json={missing.json} target={target} core={core} fileName={fileName}
              done={`Missing policy copied, ${missing.characters} characters.`} onForm={showSteps}
            >
              <button type="button" aria-expanded={isShown} onClick={() => show(!isShown)}>Show as change</button>
              <span class="count">{inEnglish(missing.characters)} of {inEnglish(quota ?? missing.quota)} characters</span>
            </Outputs>
            {isShown && <AsChange json={missing.json} policies={policies} />}
          </>
        )}
      </section>
      {missing !== null && hasSteps && steps}
    </>
  );
}

/** The statements in a policy that is there already, beside what it was. */
function AsChange({ json, policies }: { json: string; policies: Props['policies'] }) {
  const [chosen, choose] = useState(0);
  const policy = policies[chosen] ?? policies[0] ?? null;
  const [before, after] = useMemo(() => (policy === null ? ['', json] : together(policy.text, json)), [policy?.text, json]);
  return (
    <div class="as-change">
      {policy === null
        ? <p class="help">None of the texts is a policy that the statements could be added to, so this is a policy of its own.</p>
        : (
          <p>
            <label for="change-of">Added to</label>{' '}
            <select id="change-of" value={chosen} autocomplete="off" onChange={(event) => choose(Number(event.currentTarget.value))}>
              {policies.map(({ name }, i) => <option key={name} value={i}>{name}</option>)}
            </select>
          </p>
        )}
      <Diff name="Change" before={before} after={after} />
      <Access before={before} after={after} />
    </div>
  );
}

type Policy = { Statement: unknown };

/** Both texts printed in one way, so that they differ in nothing but the statements. */
function together(text: string, json: string): [string, string] {
  const old = JSON.parse(text) as Policy;
  const both = { ...old, Statement: [old.Statement, (JSON.parse(json) as Policy).Statement].flat() };
  const before = { ...old, Statement: [old.Statement].flat() };
  return [format(JSON.stringify(before))!, format(JSON.stringify(both))!];
}
