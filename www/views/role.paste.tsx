// What was pasted into Check a role: the policies of the role, and those that stand around them.
import { useContext, useMemo, useState } from 'preact/hooks';
import { core, type Recognised } from '../engine.js';
import { Command } from '../parts/command.js';
import { OkIcon, WarnIcon } from '../parts/icons.js';
import { OpenFile } from '../parts/open-file.js';
import { PolicyText, type TextHandle } from '../parts/policy-text.js';
import { Note } from '../parts/result.js';
import { secretIn } from '../parts/secret.js';
import { StatusContext } from '../parts/status.js';
import { Tabs } from '../parts/tabs.js';
import { TooLarge } from '../parts/too-large.js';
import { COMMANDS, READS } from '../role-commands.js';
import type { CheckedRole } from './role.check.js';
import type { Around, RoleAction, RoleState } from './role.state.js';

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
  const [shell, choose] = useState<(typeof COMMANDS)[number]['id']>('bash');
  const command = COMMANDS.find(({ id }) => id === shell)!;
  return (
    <section aria-labelledby="get-policies">
      <h2 id="get-policies"><span class="step" aria-hidden="true">1</span> Get the role's policies</h2>
      <p>Run this where you may read IAM, or take any policy that you have.</p>
      <details class="get">
        <summary>Commands for the AWS CLI</summary>
        <Tabs name="Shell" id="shell" tabs={COMMANDS} chosen={shell} onChoose={choose}>
          <Command id="get-command" text={command.text} />
        </Tabs>
        <h3>What this command reads</h3>
        <ul class="dots">{READS.map((line) => <li key={line}>{line}</li>)}</ul>
      </details>
    </section>
  );
}

export function Pasted({ state, checked, isReady, isOff, dispatch, fields }: Props) {
  const { say } = useContext(StatusContext);
  const { policies, refused } = state;
  const managed = useMemo(() => (isReady ? core().listManagedPolicies() : []), [isReady]);
  const refuse = (characters: number) => dispatch({ type: 'refused', characters });
  const secret = policies.map(({ text }) => secretIn(text)).find((found) => found !== null) ?? null;
  return (
    <section aria-labelledby="paste-policies">
      <h2 id="paste-policies"><span class="step" aria-hidden="true">2</span> Paste what you have</h2>
      <p class="help">Policy JSON, what the AWS CLI prints, URL-encoded text, or the name of an AWS managed policy. Several in one field will do.</p>
      {refused !== null && <TooLarge characters={refused} />}
      {secret !== null && <Note isUrgent><p>This looks like {secret}. A policy does not need one.</p></Note>}
      {policies.map(({ id, text }, i) => {
        const name = `Policy ${i + 1}`;
        const place = `documents[${checked.given.indexOf(i)}]`;
        return (
          <div class="pasted" key={id}>
            <PolicyText
              id={`policy-${id}`} name={name} description={words(seenAt(checked, place))} text={text} marks={null} rows={6} describedBy={`policy-${id}-is`}
              handle={(handle) => void (handle === null ? fields.delete(name) : fields.set(name, handle))} onRefuse={refuse}
              onChange={(text, isWhole) => dispatch({ type: 'pasted', id, text, isWhole })}
            />
            <div class="below">
              <Is id={`policy-${id}-is`} seen={seenAt(checked, place)} />
              {(policies.length > 1 || text !== '') && (
                <button type="button" class="small" onClick={() => {
                  dispatch({ type: 'removed', id });
                  document.getElementById('add-policy')?.focus();
                  say(`Policy ${i + 1} removed.`);
                }}>Remove policy {i + 1}</button>
              )}
            </div>
          </div>
        );
      })}
      <div class="policy-tools">
        <button type="button" id="add-policy" disabled={isOff} onClick={() => {
          dispatch({ type: 'added', texts: [''] });
          say(`Policy ${policies.length + 1} added.`);
        }}>Add another policy</button>
        <OpenFile
          id="open-policies" name="Open files" multiple isOff={isOff} onRefuse={refuse}
          onOpen={(files) => {
            dispatch({ type: 'added', texts: files.map(({ text }) => text) });
            say(files.length === 1 ? `${files[0]!.name} opened.` : `${files.length} files opened.`);
          }}
        />
        <span class="choice">
          <label for="managed">Add an AWS managed policy</label>{' '}
          <select id="managed" value="" disabled={isOff} autocomplete="off" onChange={(event) => {
            const name = event.currentTarget.value;
            event.currentTarget.value = '';
            if (name === '') return;
            dispatch({ type: 'added', texts: [name] });
            say(`${name} added.`);
          }}>
            <option value="">Choose one</option>
            {managed.map(({ name }) => <option key={name} value={name}>{name}</option>)}
          </select>
        </span>
      </div>
      <details class="around" open={AROUND.some(([name]) => state.around[name] !== '') || undefined}>
        <summary>What else decides (optional)</summary>
        {AROUND.map(([name, label, help]) => (
          <div class="pasted" key={name}>
            <PolicyText
              id={name} name={label} description={words(seenAt(checked, placeOf(name)), help)} text={state.around[name]} marks={null} rows={3} describedBy={`${name}-is`}
              handle={(handle) => void (handle === null ? fields.delete(label) : fields.set(label, handle))} onRefuse={refuse}
              onChange={(text, isWhole) => dispatch({ type: 'around', name, text, isWhole })}
            />
            <div class="below">
              {state.around[name].trim() === '' ? <p class="help" id={`${name}-is`}>{help}</p>
                : <Is id={`${name}-is`} seen={seenAt(checked, placeOf(name))} />}
            </div>
          </div>
        ))}
      </details>
    </section>
  );
}

const seenAt = ({ diagnosis }: CheckedRole, at: string) => diagnosis?.recognised.filter(({ path }) => path === at) ?? [];

const placeOf = (name: Around) => (name === 'scps' ? 'scps[0]' : name);
const words = (seen: Recognised[], otherwise = '') => seen.slice(0, MOST_SEEN).map(({ message }) => message).join(' ') || otherwise;

/** What a text was recognised as. */
function Is({ id, seen }: { id: string; seen: Recognised[] }) {
  return (
    <div id={id} class="seen">
      {seen.slice(0, MOST_SEEN).map(({ used, message }, i) => (
        <p key={i} class={used ? 'used' : 'unused'}>{used ? <OkIcon /> : <WarnIcon />}<span>{message}</span></p>
      ))}
      {seen.length > MOST_SEEN && <p class="help">And {seen.length - MOST_SEEN} more.</p>}
    </div>
  );
}

const MOST_SEEN = 12;
