// People: not built yet; the page says so and names what helps today.
import type { ViewProps } from '../frame.js';
import { Outside } from '../parts/outside.js';
import type { PeopleAction } from './people.state.js';

const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html';

export function People(_: ViewProps<'people', PeopleAction>) {
  return (
    <>
      <p class="lead">This page does not build policies for people yet.</p>
      <section class="today" aria-labelledby="today">
        <h2 id="today">What helps today</h2>
        <p>
          The Systems Manager user guide has policies to copy for end users and for administrators:{' '}
          <Outside href={GUIDE}>Sample IAM policies for Session Manager</Outside>. Put your own Region, account ID and
          instance IDs into them.
        </p>
      </section>
    </>
  );
}
