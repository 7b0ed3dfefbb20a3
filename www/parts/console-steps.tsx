// How to bring a text into a console of AWS.
import type { Steps } from '../steps.js';
import { CopyButton } from './copy.js';
import { Outside } from './outside.js';
import { unread } from './unread.js';

export function ConsoleSteps({ steps: { heading, console, steps, undo }, policyName }: { steps: Steps; policyName: string }) {
  const rich = (text: string) => richText(text, console);
  return (
    <section class="steps" aria-labelledby="steps">
      <h2 id="steps">{heading}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step.text}>
            {rich(step.text)}
            {step.after === 'policy name' && (
              <>
                {' '}<code id="policy-name" ref={unread}>{policyName}</code>{' '}
                <span class="needs-script">
                  <CopyButton name="Copy policy name" text={policyName} done="Policy name copied." shownIn="policy-name" class="small" />
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
      <p class="help">{rich(undo)}</p>
    </section>
  );
}

/** The text with **names on the screen** in bold and the link to the console. */
function richText(text: string, console: Steps['console']) {
  return text.split(/(\*\*.+?\*\*|\{console\})/).map((part) => {
    if (part === '{console}') return <Outside key={part} href={console.url}>{console.name}</Outside>;
    return part.startsWith('**') ? <strong key={part}>{part.slice(2, -2)}</strong> : part;
  });
}
