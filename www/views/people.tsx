// People: the policy of those who start, see and end sessions.
import { useMemo } from 'preact/hooks';
import type { Call } from '../answer.js';
import { OPERATOR } from '../controls/operator.js';
import { targetOf } from '../controls.js';
import { core, type ValidateOptions } from '../engine.js';
import type { ViewProps } from '../frame.js';
import { Maker } from '../parts/maker.js';
import type { PeopleAction } from './people.state.js';

type Place = 'managed-policy' | 'group' | 'user' | 'role';

const CHECKED_AS: Record<Place, ValidateOptions> = {
  'managed-policy': { identityPolicy: 'MANAGED' },
  'group': { identityPolicy: 'INLINE_GROUP' },
  'user': { identityPolicy: 'INLINE_USER' },
  'role': { identityPolicy: 'INLINE_ROLE' },
};

export function People({ frame, state, dispatch }: ViewProps<'people', PeopleAction>) {
  const { entered, more } = state;
  const place = targetOf(OPERATOR, entered)['attachTo'] as Place;
  const call: Call = useMemo(() => ({
    form: OPERATOR,
    build: (options) => core().buildOperatorPolicy(options),
    checkedAs: CHECKED_AS[place],
    exported: { attachTo: place, names: { policyName: 'policyName' } },
  }), [place]);
  return (
    <>
      <p class="lead">Lets people start sessions, on the nodes and in the way that you choose.</p>
      <Maker
        frame={frame} call={call} entered={entered} more={more} noun="policy" fileName="SessionManagerPeople"
        place={place}
        change={(changed) => dispatch({ type: 'changed', entered: changed })}
        unfold={(open) => dispatch({ type: 'unfolded', more: open })}
      />
    </>
  );
}
