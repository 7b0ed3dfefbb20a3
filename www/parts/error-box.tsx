// An error message, what it means, and where it leads.
import { useMemo } from 'preact/hooks';
import { core } from '../engine.js';
import { VALUES } from '../uses.js';
import { NOT_CONNECTED } from '../role-commands.js';
import type { Explained } from '../views/role.check.js';
import { Text } from './field.js';
import { unread } from './unread.js';

interface Props {
  message: string;
  explained: Explained;
  region: string;
  /** Values that the message names. */
  hints: Record<string, string>;
  isOff: boolean;
  onInput: (text: string) => void;
  /** The row of the table that a capability has; null where it has none. */
  rowOf: (capability: string) => { id: string; name: string } | null;
  /** What a capability without a row is called, and whose it is. */
  nameOf: (capability: string) => string;
  onGiveRegion: () => void;
}

export function ErrorBox({ message, explained, region, hints, isOff, onInput, rowOf, nameOf, onGiveRegion }: Props) {
  const explanations = Array.isArray(explained) ? explained : [];
  return (
    <section class="error-box" aria-labelledby="from-error">
      <h2 id="from-error"><span class="step" aria-hidden="true">4</span> Or start from an error</h2>
      <fieldset disabled={isOff}>
        <Text
          name="error-message" label="What does this error mean?" value={message} lines={3} onInput={onInput}
          help="Paste the message of the console, the AWS CLI, the plugin or the agent."
        />
      </fieldset>
      {explained instanceof Error && <p>{explained.message}</p>}
      {message.trim() !== '' && Array.isArray(explained) && explanations.length === 0 && !isOff && (
        <p>This message is not known here. Paste all of it, with the name of the error and of the operation.</p>
      )}
      {Object.keys(hints).length > 0 && (
        <p class="help" ref={unread}>
          Taken from the message where nothing else is given: {Object.entries(hints).map(([name, value]) => `${VALUES[name]!.label} ${value}`).join(', ')}.
        </p>
      )}
      {explanations.map((explanation) => (
        <article key={`${explanation.code} ${explanation.span.start.offset}`} class="explanation">
          <h3><code>{explanation.code}</code></h3>
          <p ref={unread}>{explanation.meaning}</p>
          {explanation.cause === 'not_iam' && <p>IAM is not the cause.</p>}
          {explanation.code === NOT_CONNECTED.code
            ? <NotConnected help={explanation.help} region={region} onGiveRegion={onGiveRegion} />
            : <p ref={unread}>{explanation.help}</p>}
          {explanation.capabilities.length > 0 && (
            <ul class="dots">
              {explanation.capabilities.map((capability) => {
                const row = rowOf(capability);
                return (
                  <li key={capability}>
                    {row === null
                      ? <>Stops: {nameOf(capability)}</>
                      : <>Stops: {row.name}. <button type="button" class="small" onClick={() => goToRow(row.id)}>Go to its row</button></>}
                  </li>
                );
              })}
            </ul>
          )}
        </article>
      ))}
    </section>
  );
}

function goToRow(id: string): void {
  const row = document.getElementById(id);
  row?.focus();
  row?.scrollIntoView({ block: 'center' });
}

function NotConnected({ help, region, onGiveRegion }: { help: string; region: string; onGiveRegion: () => void }) {
  const endpoints = useMemo(() => endpointsOf(region), [region]);
  const steps = help.split(/(?:^| )\d\. /).filter((step) => step !== '');
  return (
    <>
      <p>{NOT_CONNECTED.lead}</p>
      <ol class="numbers">
        {steps.map((step) => <li key={step}>{step}</li>)}
        <li>
          {NOT_CONNECTED.endpoints}
          {endpoints === null
            ? <> <button type="button" class="small" onClick={onGiveRegion}>Give the Region to see them</button></>
            : <ul class="dots">{endpoints.map(({ name, required, why }) => <li key={name}><code>{name}</code>: {why}{!required && ' Not always needed.'}</li>)}</ul>}
        </li>
      </ol>
    </>
  );
}

interface Endpoint { name: string; required: boolean; why: string }

/** The endpoints of a Region; null without one that the engine takes. */
function endpointsOf(region: string): Endpoint[] | null {
  if (region === '') return null;
  const { PosternError, buildRelated } = core();
  try {
    return buildRelated('endpoints', { region }).document as unknown as Endpoint[];
  } catch (reason) {
    if (reason instanceof PosternError) return null;
    throw reason;
  }
}
