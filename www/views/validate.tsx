// Validate: not built yet; the page says so and names what helps today.
import type { ViewProps } from '../frame.js';
import { Command } from '../parts/command.js';
import { Outside } from '../parts/outside.js';
import { CONSOLE } from '../steps.js';
import type { ValidateAction } from './validate.state.js';

const VALIDATE = [
  'aws accessanalyzer validate-policy \\',
  '    --policy-type IDENTITY_POLICY \\',
  '    --policy-document file://policy.json',
  '',
].join('\n');

export function Validate(_: ViewProps<'validate', ValidateAction>) {
  return (
    <>
      <p class="lead">This page does not validate policies yet.</p>
      <section class="today" aria-labelledby="today">
        <h2 id="today">What helps today</h2>
        <p>IAM Access Analyzer validates a policy from the command line. Save it as policy.json and run:</p>
        <Command id="validate-command" text={VALIDATE} />
        <p>
          The <Outside href={CONSOLE.url}>{CONSOLE.name}</Outside> shows the same findings under its JSON editor while
          you create or edit a policy.
        </p>
      </section>
    </>
  );
}
