// The other simulator, asked in the terms of `evaluate`.
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';

const WORDS = { Allowed: 'allowed', ExplicitlyDenied: 'explicit_deny', ImplicitlyDenied: 'implicit_deny' };

/** The input of `evaluate` as the other takes it. */
export function simulation({ policies, request }) {
  const named = (policy, name) => ({ name, policy });
  const levels = (levels) => levels.map((level, i) => ({
    orgIdentifier: `level-${i}`, policies: level.map((policy, j) => named(policy, `${i}.${j}`)),
  }));
  return {
    request: {
      principal: request.principal === 'anonymous' ? anonymousPrincipal : request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resource_account },
      contextVariables: request.context,
    },
    identityPolicies: policies.identity.map(({ name, document }) => named(document, name)),
    serviceControlPolicies: levels(policies.scps ?? []),
    resourceControlPolicies: levels(policies.rcps ?? []),
    ...(policies.resource && { resourcePolicy: policies.resource }),
    ...(policies.boundary && { permissionBoundaryPolicies: [named(policies.boundary, 'boundary')] }),
    ...(policies.session && { sessionPolicy: policies.session }),
  };
}

/** Its decision, in our words. */
export async function theirs(input) {
  const answer = await runSimulation(simulation(input), {});
  if (answer.resultType !== 'single') throw new Error(`It does not take it: ${JSON.stringify(answer.errors ?? answer)}`);
  if (answer.result.ignoredContextKeys?.length) throw new Error(`It ignores ${answer.result.ignoredContextKeys}`);
  return WORDS[answer.result.analysis.result];
}
