// What was pasted into Check a role: the policies of the role, and those that stand around them.
import type { ComponentChildren } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { typeOf, type TypeName } from '../../src/npm/policy-type.js';
import { core } from '../engine.js';
import { withCode } from '../parts/code.js';
import { OkIcon, WarnIcon } from '../parts/icons.js';
import { Folded } from '../parts/on-demand.js';
import { OpenFile } from '../parts/open-file.js';
import { PolicyText, type TextHandle } from '../parts/policy-text.js';
import { Note } from '../parts/result.js';
import { secretIn } from '../parts/secret.js';
import { StatusContext } from '../parts/status.js';
import { TooLarge } from '../parts/too-large.js';
import type { CheckedRole } from './role.check.js';
import { MOST_POLICIES, hasRoom, type Around, type RoleAction, type RoleState } from './role.state.js';

/** The fields around the role, with their names. */
export const AROUND: [Around, string, string][] = [
  ['boundary', 'Permissions boundary', 'The managed policy that bounds the role, if it has one.'],
  ['scps', 'Service control policy', 'Of the account, its organizational units and the root, one after the other.'],
  ['keyPolicy', 'KMS key policy', 'Of the key for session data.'],
  ['bucketPolicy', 'Bucket policy', 'Of the bucket for session logs.'],
  ['trustPolicy', 'Trust policy', 'Of the role.'],
];

interface Props {
  state: RoleState;
  checked: CheckedRole;
  isReady: boolean;
  isOff: boolean;
  dispatch: (action: RoleAction) => void;
  /** Where the fields can be found by the name that a reason has for them. */
  fields: Map<string, TextHandle>;
}

export function GetPolicies() {
  return (
    <section aria-labelledby="get-policies">
      <h2 id="get-policies"><span class="step" aria-hidden="true">1</span> Get the role's policies</h2>
      <p>Run this where you may read IAM, or take any policy that you have.</p>
      <Folded summary="Commands for the AWS CLI" of={[]} draw={(more, place, status) => more.showCommands(place, status)} />
    </section>
  );
}

export function Pasted({ state, checked, isReady, isOff, dispatch, fields }: Props) {
  const { say } = useContext(StatusContext);
  const { policies, refused } = state;
  const managed = useMemo(() => (isReady ? core().listManagedPolicies() : []), [isReady]);
  const refuse = (characters: number) => dispatch({ type: 'refused', characters });
  const add = (texts: string[], done: string) => {
    dispatch({ type: 'added', texts });
    say(hasRoom(state, texts) ? done : FULL);
  };
  const secret = policies.map(({ text }) => secretIn(text)).find((found) => found !== null) ?? null;
  return (
    <section aria-labelledby="paste-policies">
      <h2 id="paste-policies"><span class="step" aria-hidden="true">2</span> Paste what you have</h2>
      <p class="help">Policy JSON, what the AWS CLI prints, URL-encoded text, or the name of an AWS managed policy. Several in one field will do.</p>
      {refused === 'too many' ? <Note isUrgent><p>{FULL}</p></Note> : refused !== null && <TooLarge characters={refused} />}
      {secret !== null && <Note isUrgent><p>This looks like {secret}. A policy does not need one.</p></Note>}
      {policies.map(({ id, text }, i) => {
        const name = `Policy ${i + 1}`;
        const place = `documents[${checked.given.indexOf(i)}]`;
        const seen = seenAt(checked, place);
        const type = seen.every(({ kind }) => ['resource-policy', 'trust-policy', 'not-used'].includes(kind)) ? typeOf(seen) : null;
        return (
          <PastedText
            key={id} id={`policy-${id}`} name={name} text={text} place={place} rows={6} checked={checked} fields={fields} onRefuse={refuse}
            onChange={(text, isWhole) => dispatch({ type: 'pasted', id, text, isWhole })}
          >
            {type !== null && MOVES[type]?.map((to) => {
              const [, label] = AROUND.find(([one]) => one === to)!;
              return state.around[to].trim() === '' && (
                <button key={to} type="button" class="small" onClick={() => {
                  dispatch({ type: 'moved', id, to });
                  // It may be folded away until then.
                  requestAnimationFrame(() => fields.get(label)?.goTo(0));
                  say(`Moved to ${label}.`);
                }}>Move it to {label}</button>
              );
            })}
            {(policies.length > 1 || text !== '') && (
              <button type="button" class="small" onClick={() => {
                dispatch({ type: 'removed', id });
                document.getElementById('add-policy')?.focus();
                say(`Policy ${i + 1} removed.`);
              }}>Remove policy {i + 1}</button>
            )}
          </PastedText>
        );
      })}
      <div class="policy-tools">
        <button type="button" id="add-policy" disabled={isOff} onClick={() => add([''], `Policy ${policies.length + 1} added.`)}>Add another policy</button>
        <OpenFile
          id="open-policies" name="Open files" multiple isOff={isOff} onRefuse={refuse}
          onOpen={(files) => add(files.map(({ text }) => text), `${files.length === 1 ? files[0]!.name : `${files.length} files`} opened.`)}
        />
        <span class="choice">
          <label for="managed">Add an AWS managed policy</label>{' '}
          <select id="managed" value="" disabled={isOff} autocomplete="off" onChange={(event) => {
            const name = event.currentTarget.value;
            event.currentTarget.value = '';
            if (name !== '') add([name], `${name} added.`);
          }}>
            <option value="">Choose one</option>
            {managed.map(({ name }) => <option key={name} value={name}>{name}</option>)}
          </select>
        </span>
      </div>
      <details class="around" open={AROUND.some(([name]) => state.around[name] !== '') || undefined}>
        <summary>What else decides (optional)</summary>
        {AROUND.map(([name, label, help]) => (
          <PastedText
            key={name} id={name} name={label} help={help} text={state.around[name]} place={name === 'scps' ? 'scps[0]' : name} rows={3}
            checked={checked} fields={fields} onRefuse={refuse} onChange={(text, isWhole) => dispatch({ type: 'around', name, text, isWhole })}
          />
        ))}
      </details>
    </section>
  );
}

/** What is said instead of adding more. */
const FULL = `Not added: there is room for ${MOST_POLICIES}. Several in one field will do.`;

/** Where else a text belongs that names principals. */
const MOVES: Partial<Record<TypeName, Around[]>> = { trust: ['trustPolicy'], resource: ['keyPolicy', 'bucketPolicy'] };

interface PastedTextProps extends Pick<Props, 'checked' | 'fields'> {
  id: string;
  name: string;
  /** What is said while it is empty. */
  help?: string;
  text: string;
  /** The engine's path of it. */
  place: string;
  rows: number;
  onChange: (text: string, isWhole: boolean) => void;
  onRefuse: (characters: number) => void;
  /** Buttons below the field. */
  children?: ComponentChildren;
}

/** A field for a text, and what the text was recognised as. */
function PastedText({ id, name, help = '', text, place, rows, checked, fields, onChange, onRefuse, children }: PastedTextProps) {
  const { diagnosis, isCurrent } = checked;
  const isEmpty = text.trim() === '';
  const seen = useMemo(() => (isEmpty ? [] : seenAt(checked, place)), [diagnosis, place, isEmpty]);
  const marks = useMemo(() => (isEmpty || isCurrent ? seen.flatMap(({ kind, span, message }) => (kind !== 'broken' || span === null ? []
    : [{ from: span.start.offset, to: span.end.offset, type: 'ERROR' as const, message, actions: [] }])) : null), [seen, isEmpty || isCurrent]);
  const is = `${id}-is`;
  return (
    <div class="pasted">
      <PolicyText
        id={id} name={name} description={seen.slice(0, MOST_SEEN).map(({ message }) => message).join(' ') || help} text={text} marks={marks} rows={rows} describedBy={is}
        handle={(handle) => void (handle === null ? fields.delete(name) : fields.set(name, handle))} onRefuse={onRefuse} onChange={onChange}
      />
      <div class="below">
        {seen.length === 0 && help !== '' ? <p class="help" id={is}>{help}</p> : (
          <div id={is} class="seen">
            {seen.slice(0, MOST_SEEN).map(({ used, kind, message, span }, i) => (
              <p key={i} class={used ? 'used' : 'unused'}>
                {used ? <OkIcon /> : <WarnIcon />}
                <span>
                  {withCode(message)}{' '}
                  {kind === 'broken' && span !== null && (
                    <button type="button" class="small" onClick={() => fields.get(name)?.goTo(span.start.offset)}>
                      Go to line {span.start.line}, column {span.start.column + 1}
                    </button>
                  )}
                </span>
              </p>
            ))}
            {seen.length > MOST_SEEN && <p class="help">And {seen.length - MOST_SEEN} more.</p>}
          </div>
        )}
        {children}
      </div>
    </div>
  );
}

const seenAt = ({ diagnosis }: CheckedRole, at: string) => diagnosis?.recognised.filter(({ path }) => path === at) ?? [];

const MOST_SEEN = 12;
