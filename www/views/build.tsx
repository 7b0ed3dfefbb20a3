// Build: the policy that the role of a node needs, from what its sessions use.
import { useMemo } from 'preact/hooks';
import type { Answer, Call } from '../answer.js';
import { BUILT } from '../built.js';
import { NODE } from '../controls/node.js';
import { OPERATOR } from '../controls/operator.js';
import { optionsOf, targetOf } from '../controls.js';
import { core } from '../engine.js';
import type { ViewProps } from '../frame.js';
import { Maker } from '../parts/maker.js';
import { Folded } from '../parts/on-demand.js';
import type { Remedies } from '../parts/result.js';
import { StaticPolicies } from '../parts/static-policies.js';
import type { States } from '../state.js';
import { DEFAULT_POLICY_NAME } from '../steps.js';
import type { BuildAction } from './build.state.js';

/** The answer for the options as they stand at first, which was asked for when the page was made. */
const AT_FIRST: Answer = {
  built: BUILT.plain, target: { attachTo: 'role', policyName: DEFAULT_POLICY_NAME },
  words: BUILT.words, checked: BUILT.checked, mistakes: {}, missing: [], leftOut: [], waitsFor: [], problem: null, isAtFirst: true, failed: null,
};

const REMEDIES: Remedies = {
  HEARTBEAT_MISSING: { label: 'Add it', set: { heartbeat: true }, done: 'The agent heartbeat is included now.' },
};

export function Build({ frame, state, dispatch }: ViewProps<'build', BuildAction>) {
  const { entered, more } = state;
  const isManaged = targetOf(NODE, entered)['attachTo'] === 'managed-policy';
  const call: Call = useMemo(() => ({
    form: NODE,
    build: (options) => core().buildNodePolicy(options),
    checkedAs: { identityPolicy: isManaged ? 'MANAGED' : 'INLINE_ROLE' },
    exported: { attachTo: 'role', names: { policyName: 'policyName' } },
  }), [isManaged]);
  const hasFailed = typeof frame.core === 'object';
  return (
    <>
      <p class="lead">Adds what Session Manager needs to a role that already exists.</p>
      {!frame.live && <Unstarted />}
      <Maker
        frame={frame} call={call} entered={entered} more={more} noun="policy" fileName={DEFAULT_POLICY_NAME}
        place={isManaged ? 'managed-policy' : 'role'} remedies={REMEDIES} atFirst={AT_FIRST}
        change={(changed) => dispatch({ type: 'changed', entered: changed })}
        unfold={(open) => dispatch({ type: 'unfolded', more: open })}
        withoutEngine={(hasFailed || !frame.live) && <StaticPolicies isShown={hasFailed} />}
      />
      {frame.core === 'ready' && <WholeSetup views={frame.views} />}
    </>
  );
}

const FORMS = { node: NODE, operator: OPERATOR };

function WholeSetup({ views: { build, people } }: { views: States }) {
  const options = {
    node: optionsOf(NODE, build.entered), operator: optionsOf(OPERATOR, people.entered), roleName: targetOf(NODE, build.entered)['roleName'] ?? '',
    forms: FORMS,
  };
  return (
    <Folded
      summary="Everything around it, for Terraform, CloudFormation or CDK" of={[JSON.stringify(options)]}
      draw={(more, place, status) => more.showSetup(place, options, status)}
    />
  );
}

/** Comes into sight by itself, after some seconds, when the script that takes it away never ran. */
function Unstarted() {
  return (
    <p class="unstarted needs-script">
      The script of this page has not started yet. The policy below is right for the options as they stand; to change
      them, reload the page or use another browser.
    </p>
  );
}
