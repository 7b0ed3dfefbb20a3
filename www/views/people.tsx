// People: not built yet; the page says so and names what helps today.
import { Outside } from '../parts/outside.js';

const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html';

export function People() {
  return (
    <>
      <p class="lead">This version does not build policies for people yet.</p>
      <section class="today" aria-labelledby="today">
        <h2 id="today">What helps today</h2>
        <p>
          The Systems Manager user guide has policies to copy for end users and for an administrator:{' '}
          <Outside href={GUIDE}>Quickstart end user policies for Session Manager</Outside>. In each replace the
          Region, the account ID and the instance IDs by yours.
        </p>
      </section>
    </>
  );
}
