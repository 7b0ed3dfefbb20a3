// The policy beside another one, as one list of lines.
import { Access } from '../parts/on-demand.js';
import { Diff } from '../parts/diff.js';
import { PolicyText } from '../parts/policy-text.js';
import type { ValidateAction, ValidateState } from './validate.state.js';

interface Props {
  state: ValidateState;
  dispatch: (action: ValidateAction) => void;
}

export function Compare({ state, dispatch }: Props) {
  const { text, other, isComparing } = state;
  return (
    <details class="compare" open={isComparing} onToggle={(event) => {
      dispatch({ type: 'chosen', changed: { isComparing: event.currentTarget.open } });
    }}>
      <summary>Compare with another policy</summary>
      {isComparing && (
        <div class="columns halves">
          <PolicyText
            id="other-policy" name="Other policy" text={other} marks={null}
            onChange={(text) => dispatch({ type: 'other', text })} onRefuse={(characters) => dispatch({ type: 'refused', characters })}
          />
          <section aria-labelledby="differences">
            <h2 id="differences">Differences</h2>
            {other.trim() === '' || text.trim() === ''
              ? <p class="help">Paste the policy to compare with. Lines that only it has are shown as added.</p>
              : (
                <>
                  <Diff name="Differences between the two policies" before={text} after={other} />
                  <Access before={text} after={other} isOther />
                </>
              )}
          </section>
        </div>
      )}
    </details>
  );
}
