// Check a role: not built yet; the page says so and names what helps today.
import { BUILT } from '../built.js';
import type { ViewProps } from '../frame.js';
import { Command } from '../parts/command.js';
import { Outside } from '../parts/outside.js';
import { CONSOLE } from '../steps.js';
import type { RoleAction } from './role.state.js';

const SIMULATE = [
  'ROLE=your-role-name',
  'aws iam simulate-principal-policy \\',
  '    --policy-source-arn "$(aws iam get-role --role-name "$ROLE" --query Role.Arn --output text)" \\',
  `    --action-names ${BUILT.actions.join(' \\\n        ')} \\`,
  '    --query "EvaluationResults[].[EvalActionName,EvalDecision]" --output table',
  '',
].join('\n');

export function Role(_: ViewProps<'role', RoleAction>) {
  return (
    <>
      <p class="lead">This page does not check roles yet.</p>
      <section class="today" aria-labelledby="today">
        <h2 id="today">What helps today</h2>
        <p>
          IAM can simulate what a role may do. Put the name of your role into the first line and run this in bash, with
          credentials that may simulate policies. A row that does not say <strong>allowed</strong> names what is missing.
        </p>
        <Command id="simulate" text={SIMULATE} />
        <p>
          Without a command line: the policy simulator, which stands in the navigation of the{' '}
          <Outside href={CONSOLE.url}>{CONSOLE.name}</Outside>.
        </p>
      </section>
    </>
  );
}
