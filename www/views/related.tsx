// Related: key policies, bucket policy, endpoints, trust policy, session documents, a service control policy.
import { useMemo } from 'preact/hooks';
import type { Call } from '../answer.js';
import { NODE } from '../controls/node.js';
import { OPERATOR } from '../controls/operator.js';
import { RELATED } from '../controls/related.js';
import { controlsOf } from '../controls.js';
import { core, type RelatedKind } from '../engine.js';
import type { ViewProps } from '../frame.js';
import { Maker } from '../parts/maker.js';
import { Offers } from '../parts/offers.js';
import type { Remedies } from '../parts/result.js';
import { enteredIn, type RelatedAction } from './related.state.js';

/** Notes speak of the policies of Build and People too. */
const OTHERS = [...controlsOf(NODE), ...controlsOf(OPERATOR)];

const REMEDIES: Remedies = {
  PREFERENCES_MAY_EXIST: { label: 'It is there', set: { exists: true }, done: 'The command updates the document now.' },
};

export function Related({ frame, state, dispatch }: ViewProps<'related', RelatedAction>) {
  const entered = enteredIn(state);
  const chosen = RELATED.find(({ kind }) => kind === state.kind)!;
  const change = (changed: typeof entered) => dispatch({ type: 'changed', entered: changed });
  const call: Call = useMemo(() => ({
    form: chosen.form, others: OTHERS,
    // The kinds and their options are paired in the table; the engine checks what it is given.
    build: (options) => core().buildRelated(chosen.kind as 'trust-policy', options),
    checkedAs: chosen.checkedAs,
    exported: chosen.exported,
  }), [chosen]);
  return (
    <>
      <p class="lead">{chosen.lead}</p>
      <Maker
        frame={frame} call={call} entered={entered} more={state.more} noun={chosen.noun} fileName={chosen.fileName}
        place={chosen.place} remedies={REMEDIES} change={change} unfold={(open) => dispatch({ type: 'unfolded', more: open })}
        above={(
          <>
            <div class="field first">
              <label for="document">Which document?</label>
              <select
                id="document" value={chosen.kind} autocomplete="off"
                onChange={(event) => dispatch({ type: 'chose', kind: event.currentTarget.value as RelatedKind })}
              >
                {[...new Set(RELATED.map(({ group }) => group))].map((group) => (
                  <optgroup key={group} label={group}>
                    {RELATED.filter((one) => one.group === group).map(({ kind, label }) => (
                      <option key={kind} value={kind}>{label}</option>
                    ))}
                  </optgroup>
                ))}
              </select>
            </div>
            <Offers views={frame.views} form={chosen.form} entered={entered} change={change} />
          </>
        )}
      />
    </>
  );
}
