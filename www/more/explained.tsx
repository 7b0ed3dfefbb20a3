// What an error message means, and where it leads.
import { useMemo } from 'preact/hooks';
import { core } from '../engine.js';
import { goTo } from '../parts/go-to.js';
import { unread } from '../parts/unread.js';
import type { GivenError } from './contract.js';

/** A node is not connected: the engine answers with steps in order, to which the endpoints of the Region belong. */
const NOT_CONNECTED = {
  code: 'TARGET_NOT_CONNECTED',
  lead: 'Mostly this is not a matter of IAM. Look at these, in this order:',
  endpoints: 'The VPC endpoints of the Region, where there is no way to the internet:',
};

export function Explained({ explanations, region, rows, side, onGiveRegion }: GivenError) {
  if (explanations.length === 0) {
    return <p>This message is not known here. Paste all of it, with the name of the error and of the operation.</p>;
  }
  return (
    <>
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
                const row = rows.find(({ result }) => result.id === capability);
                return (
                  <li key={capability}>
                    {row === undefined
                      ? <>Stops: {capabilityName(capability, side)}</>
                      : <>Stops: {row.name}. <button type="button" class="small" onClick={() => goTo(row.id)}>Go to its row</button></>}
                  </li>
                );
              })}
            </ul>
          )}
        </article>
      ))}
    </>
  );
}

/** What an error takes away that is no row of the table: of the other side, or where nothing was pasted yet. */
function capabilityName(id: string, side: GivenError['side']): string {
  const known = core().listCapabilities().find((one) => one.id === id);
  if (known === undefined) return id;
  if (known.side === side) return `${known.title}.`;
  if (known.side === 'node') return `${known.title}. That is asked of the role of the node: paste its policies to check it.`;
  return `${known.title}. That is not asked of the role of a node: paste the policies of who was refused.`;
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
