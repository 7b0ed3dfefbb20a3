// Check a role: what its policies let Session Manager do, why, and what is missing.
import { useContext, useEffect, useMemo, useRef } from 'preact/hooks';
import type { ViewProps } from '../frame.js';
import { Capabilities, type Leads, type Row } from '../parts/capabilities.js';
import { ConsoleSteps } from '../parts/console-steps.js';
import { ErrorBox } from '../parts/error-box.js';
import { useFits } from '../parts/fits.js';
import { JumpTo, goTo } from '../parts/go-to.js';
import { Missing } from '../parts/missing.js';
import type { TextHandle } from '../parts/policy-text.js';
import { Waiting } from '../parts/result.js';
import { CopyLink } from '../parts/share.js';
import { StatusContext } from '../parts/status.js';
import { STEPS } from '../steps.js';
import { COMMON, VALUES } from '../uses.js';
import { useCheckedRole, valueName, type CheckedRole } from './role.check.js';
import { AROUND, GetPolicies, Pasted } from './role.paste.js';
import type { RoleAction, RoleState } from './role.state.js';
import { Wants, valueId } from './role.wants.js';

export function Role({ frame, state, dispatch }: ViewProps<'role', RoleAction>) {
  const checked = useCheckedRole(state, frame);
  const { diagnosis, asked, isCurrent } = checked;
  const isReady = frame.core === 'ready';
  const isOff = typeof frame.core === 'object';
  const fields = useRef(new Map<string, TextHandle>()).current;
  const rows = useMemo(() => rowsOf(checked), [diagnosis]);
  useSpokenResults(rows, isCurrent);

  const beside = useFits<HTMLElement>();
  const give = (name: string) => goTo(valueId(name));
  const ownerOf = (row: Row | null) => asked.find(({ row: name }) => name === row?.name)?.owner ?? '';
  const leads: Leads = {
    fieldOf: (path) => fieldOf(path, checked.given),
    onGo(field, offset) {
      fields.get(field)?.goTo(offset);
    },
    valueOf: (row, name) => (COMMON.includes(name) || (row !== null && Object.hasOwn(VALUES, name)) ? VALUES[name]!.label : null),
    onGive: (row, name) => give(valueName(ownerOf(row), name)),
  };
  return (
    <>
      <p class="lead">Says what the policies of a role let Session Manager do, and what is missing.</p>
      <div class="columns halves role">
        <div class="stack">
          <GetPolicies />
          <Pasted {...{ state, checked, isReady, isOff, dispatch, fields }} />
          <Wants {...{ state, checked, isReady, isOff, dispatch }} />
          <ErrorBox
            message={state.message} explained={checked.explained} region={state.values['region']?.trim() || checked.hints['region'] || ''} hints={checked.hints} isOff={isOff}
            onInput={(text) => dispatch({ type: 'message', text })} onGiveRegion={() => give('region')}
            rows={rows} side={checked.side}
          />
          {diagnosis !== null && <JumpTo id="answers">Go to what works</JumpTo>}
        </div>
        <section class="stack answers sticky" ref={beside} aria-labelledby="answers" aria-busy={diagnosis !== null && !isCurrent}>
          <div class="policy-tools">
            <h2 id="answers" tabIndex={-1}>What works</h2>
            <CopyLink frame={frame} holds="text" />
          </div>
          <Answers state={state} checked={checked} rows={rows} core={frame.core} leads={leads} />
        </section>
      </div>
    </>
  );
}

interface AnswersProps {
  state: RoleState;
  checked: CheckedRole;
  rows: Row[];
  core: ViewProps<'role', RoleAction>['frame']['core'];
  leads: Leads;
}

function Answers({ state, checked, rows, core, leads }: AnswersProps) {
  const { diagnosis, side } = checked;
  const place = side === 'node' ? 'role' : 'managed-policy';
  if (typeof core === 'object') return <p>The checker could not start, so nothing is checked.</p>;
  if (diagnosis === null) {
    return core === 'loading' ? <Waiting /> : <p>Paste a policy of the role to see what works, and what is missing.</p>;
  }
  if (diagnosis.policies === 0 && rows.length === 0) {
    return <p>None of what was pasted is a policy of the role, so nothing can be said of it. See what stands below each text.</p>;
  }
  const policyName = freeName(state);
  // In one text there may be thousands, of which none is the whole text.
  const paths = new Set(diagnosis.recognised.filter(({ kind }) => kind === 'policy').map(({ path }) => path));
  const policies = checked.given.flatMap((at, i) => {
    const { text } = state.policies[at]!;
    return paths.has(`documents[${i}]`) && isPlain(text) ? [{ name: `Policy ${at + 1}`, text }] : [];
  });
  return (
    <>
      {diagnosis.policies === 0 ? <p>Only who may assume the role was pasted. For what it may do, paste its policies.</p> : (
        <p class="count">
          {counted(diagnosis.policies, 'policy', 'policies')}, {counted(diagnosis.statements, 'statement', 'statements')}
          {diagnosis.roleName !== null && <>, of {diagnosis.roleName}</>}
        </p>
      )}
      {rows.length === 0 ? <p>Tick what you want to use.</p> : <Capabilities rows={rows} leads={leads} />}
      <div class="not-seen">
        <p>This looks only at the policies on this page.</p>
        <ul class="dots">{diagnosis.assumptions.map((line) => <li key={line}>{line}</li>)}</ul>
      </div>
      {rows.length > 0 && (
        <Missing
          diagnosis={diagnosis} rows={rows} policies={policies} core={core} leads={leads} fileName={policyName} quota={STEPS[place].quota}
          target={{ attachTo: place, policyName, ...(diagnosis.roleName === null ? {} : { roleName: diagnosis.roleName }) }}
          steps={<ConsoleSteps steps={STEPS[place]} policyName={policyName} />}
        />
      )}
    </>
  );
}

const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

/** Whether statements can be put into the text as it stands. */
function isPlain(text: string): boolean {
  try {
    const value = JSON.parse(text) as { Statement?: unknown } | null;
    return typeof value === 'object' && value !== null && 'Statement' in value;
  } catch {
    return false;
  }
}

/** A name that no pasted text has in it: under the name of a policy of the role, the addition would take its place. */
function freeName({ policies }: RoleState): string {
  // All at once: a text may name thousands.
  const taken = new Set(policies.map(({ text }) => text).join(' ').match(/(?<=SessionManagerAdditions)\d*/gi));
  let number = '';
  for (let i = 2; taken.has(number); i++) number = String(i);
  return `SessionManagerAdditions${number}`;
}

/** Each answer belongs to the question at its place. */
function rowsOf({ asked, diagnosis }: CheckedRole): Row[] {
  const results = diagnosis?.capabilities ?? [];
  return asked.flatMap(({ row, owner, capability }, i) => {
    const result = results[i];
    return result?.id !== capability ? [] : [{ id: `row-${owner.replace(/\./g, '-')}`, name: row, result }];
  });
}

/** `documents[1]` is the second text that was given, whatever its field is called. */
function fieldOf(path: string, given: number[]): string | null {
  const [, name, i] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (name === 'documents' && i !== undefined) {
    const at = given[Number(i)];
    return at === undefined ? null : `Policy ${at + 1}`;
  }
  return AROUND.find(([field]) => field === name)?.[1] ?? null;
}

/** Says what has changed in the table, once typing rests. */
function useSpokenResults(rows: Row[], isCurrent: boolean): void {
  const { sayLater } = useContext(StatusContext);
  const last = useRef('');
  const count = (result: string) => rows.filter((row) => row.result.result === result).length;
  const text = rows.length === 0 ? '' : `${count('works')} of ${rows.length} work, ${count('fails')} do not, ${count('unknown')} cannot be told.`;
  useEffect(() => {
    if (!isCurrent || text === '' || text === last.current) return;
    last.current = text;
    sayLater(text);
  }, [text, isCurrent]);
}
