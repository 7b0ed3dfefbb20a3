// The type that a policy is checked as: guessed from the text, shown, and changeable.
import { Choice } from '../parts/field.js';
import { unread } from '../parts/unread.js';
import { ATTACHMENTS, RESOURCE_TYPES, TYPES, type TypeName } from '../policy-types.js';
import type { Checked } from './validate.check.js';
import type { ValidateAction, ValidateState } from './validate.state.js';

interface Props {
  state: ValidateState;
  checked: Checked;
  isOff: boolean;
  dispatch: (action: ValidateAction) => void;
}

const CHOICES = Object.entries(TYPES).map(([name, { label }]) => [name, label]) as [TypeName, string][];

export function PolicyType({ state, checked, isOff, dispatch }: Props) {
  const { type, guess, mistake } = checked;
  const choose = (changed: Partial<Pick<ValidateState, 'type' | 'resourceType' | 'attachment'>>) => {
    dispatch({ type: 'chosen', changed });
  };
  return (
    <form class="policy-type" onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={isOff}>
        <legend class="unseen">What it is checked as</legend>
        <Choice
          name="policy-type" label="Policy type" value={type} choices={CHOICES} help={guessed(state, guess)}
          onChange={(type) => choose({ type: type as TypeName })}
        />
        {state.type !== null && guess !== null && guess !== state.type && (
          <p class="guess">
            <button type="button" class="small" onClick={() => choose({ type: null })}>Check it as {TYPES[guess].noun}</button>
          </p>
        )}
        {type === 'identity' && (
          <Choice
            name="attachment" label="Attached as (optional)" value={state.attachment} choices={ATTACHMENTS}
            onChange={(attachment) => choose({ attachment: attachment as ValidateState['attachment'] })} help="Its length is then held against that quota."
          />
        )}
        {type === 'resource' && (
          <div class="field">
            <label for="resource-type">Resource type (optional)</label>
            <input
              type="text" id="resource-type" list="resource-types" value={state.resourceType} ref={unread} spellcheck={false}
              autocapitalize="off" autocomplete="off" aria-describedby="resource-type-help" aria-invalid={mistake === undefined ? undefined : 'true'}
              onInput={(event) => choose({ resourceType: event.currentTarget.value })}
            />
            <datalist id="resource-types">{RESOURCE_TYPES.map((name) => <option key={name} value={name} />)}</datalist>
            <p class={mistake === undefined ? 'help' : 'mistake'} id="resource-type-help">
              {mistake ?? 'What it is attached to, in the words of CloudFormation. Some have checks of their own.'}
            </p>
          </div>
        )}
      </fieldset>
    </form>
  );
}

/** Short enough for one line, so that nothing moves when the text changes. */
function guessed({ type, text }: ValidateState, guess: TypeName | null): string {
  if (text.trim() === '' || guess === null) return type === null ? 'Taken from the text, when there is one.' : 'Chosen by you.';
  if (type === null && guess === 'identity') return 'Guessed from the text. Service control policies look alike.';
  if (type === null) return 'Guessed from the text.';
  return type === guess ? 'Chosen by you.' : `Chosen by you. The text looks like ${TYPES[guess].noun}.`;
}
