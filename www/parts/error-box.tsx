// An error message, and the place where more.js says what it means.
import type { GivenError } from '../more/contract.js';
import { VALUES } from '../uses.js';
import type { Explained } from '../views/role.check.js';
import { Text } from './field.js';
import { OnDemand } from './on-demand.js';
import { unread } from './unread.js';

interface Props extends Omit<GivenError, 'explanations'> {
  message: string;
  explained: Explained;
  /** Values that the message names. */
  hints: Record<string, string>;
  isOff: boolean;
  onInput: (text: string) => void;
}

export function ErrorBox({ message, explained, hints, isOff, onInput, ...given }: Props) {
  return (
    <section class="error-box" aria-labelledby="from-error">
      <h2 id="from-error">Or start from an error</h2>
      <fieldset disabled={isOff}>
        <Text
          name="error-message" label="What does this error mean?" value={message} lines={3} onInput={onInput}
          help="Paste the message of the console, the AWS CLI, the plugin or the agent."
        />
      </fieldset>
      {explained instanceof Error && <p>{explained.message}</p>}
      {Object.keys(hints).length > 0 && (
        <p class="help" ref={unread}>
          Taken from the message where nothing else is given: {Object.entries(hints).map(([name, value]) => `${VALUES[name]!.label} ${value}`).join(', ')}.
        </p>
      )}
      {message.trim() !== '' && Array.isArray(explained) && !isOff && (
        <OnDemand of={[explained, given.region, given.rows, given.side]} draw={(more, place) => more.showError(place, { ...given, explanations: explained })} />
      )}
    </section>
  );
}
