// What a role is wanted for: ticks, and the values that what is asked of IAM depends on.
import { core } from '../engine.js';
import { Check, Radios, Text } from '../parts/field.js';
import { COMMON, USES, VALUES, type Side } from '../uses.js';
import { isAskedOf, valueName, type CheckedRole } from './role.check.js';
import type { RoleAction, RoleState } from './role.state.js';

interface Props {
  state: RoleState;
  checked: CheckedRole;
  isReady: boolean;
  isOff: boolean;
  dispatch: (action: RoleAction) => void;
}

const SIDES: [Side, string][] = [
  ['node', 'A node: an instance, a hybrid node or a task'],
  ['operator', 'A person who starts sessions'],
];

/** The id in the document of the field for a value. */
export const valueId = (name: string): string => `value-${name.replace(/\./g, '-')}`;

export function Wants({ state, checked, isReady, isOff, dispatch }: Props) {
  const { side, guess, mistakes } = checked;
  const capabilities = isReady ? core().listCapabilities() : [];
  const known = capabilities.filter(isAskedOf(side));
  const used = USES.map(({ capability }) => capability[side]);
  const field = (owner: string, value: string) => {
    const { label, help } = VALUES[value] ?? { label: value, help: '' };
    const name = valueName(owner, value);
    return (
      <Text
        key={name} name={valueId(name)} label={label} value={state.values[name] ?? ''} help={help} mistake={mistakes[name]}
        onInput={(value) => dispatch({ type: 'valued', name, value })}
      />
    );
  };
  const fields = (owner: string, capability: string | undefined) => {
    return (known.find(({ id }) => id === capability)?.values ?? []).filter((value) => !COMMON.includes(value)).map((value) => field(owner, value));
  };
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={isOff}>
        <Radios
          name="side" label="Whose policies are they?" value={side} choices={SIDES} onChange={(side) => dispatch({ type: 'side', side: side as Side })}
          help={state.side !== null ? 'Chosen by you.' : guess === null ? 'Taken from the policies, when they tell.' : 'Guessed from the policies.'}
        />
      </fieldset>
      <fieldset disabled={isOff}>
        <legend><span class="step" aria-hidden="true">3</span> What do you want to use?</legend>
        {USES.filter(({ capability }) => capability[side] !== undefined).map(({ id, label, capability }) => (
          <Check
            key={id} name={`use-${id}`} label={label} checked={state.uses.includes(id)}
            onChange={(isOn) => dispatch({ type: 'ticked', list: 'uses', id, isOn })}
          >
            {state.uses.includes(id) && fields(id, capability[side])}
          </Check>
        ))}
        <details>
          <summary>Where (optional)</summary>
          {COMMON.map((value) => field('', value))}
        </details>
        <details>
          <summary>More capabilities</summary>
          {known.filter(({ id }) => !used.includes(id)).map(({ id, title }) => (
            <Check
              key={id} name={`more-${id.replace(/\./g, '-')}`} label={title} checked={state.more.includes(id)}
              onChange={(isOn) => dispatch({ type: 'ticked', list: 'more', id, isOn })}
            >
              {state.more.includes(id) && fields(id, id)}
            </Check>
          ))}
        </details>
      </fieldset>
    </form>
  );
}
