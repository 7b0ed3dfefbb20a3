// How to bring a policy into the IAM console.
import { CONSOLE, OLDER, STEPS, UNDO } from '../steps.js';
import { CopyButton } from './copy.js';
import { Outside } from './outside.js';
import { unread } from './unread.js';

export function ConsoleSteps({ policyName }: { policyName: string }) {
  return (
    <section class="steps" aria-labelledby="steps">
      <h2 id="steps">Paste it into the IAM console</h2>
      <ol>
        {STEPS.map((step) => (
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
      <p class="help">{rich(UNDO)} {OLDER}</p>
    </section>
  );
}

/** The text with **names on the screen** in bold and the link to the console. */
function rich(text: string) {
  return text.split(/(\*\*.+?\*\*|\{console\})/).map((part) => {
    if (part === '{console}') return <Outside key={part} href={CONSOLE.url}>{CONSOLE.name}</Outside>;
    return part.startsWith('**') ? <strong key={part}>{part.slice(2, -2)}</strong> : part;
  });
}
