// What the package exports in Node and in browsers alike, besides init and initSync.
import { call } from './instance.mjs';

export { PosternError } from './error.mjs';

/** The arguments of a call, which may come together in one object by their names; no policy has these. */
function spread(given, first, second) {
  const [input] = given;
  try {
    if (given.length !== 1 || typeof input !== 'object' || input === null || !(first in input)) return given;
    const { [first]: one, [second]: other, ...options } = input;
    return [one, other, options];
  } catch {
    return given; // Of an object that throws when it is looked at, the call says what is wrong.
  }
}

export const applyFixes = (...given) => call('applyFixes', given);
export const buildNodePolicy = (...given) => call('buildNodePolicy', given);
export const buildOperatorPolicy = (...given) => call('buildOperatorPolicy', given);
export const buildRelated = (...given) => call('buildRelated', given);
export const catalogInfo = (...given) => call('catalogInfo', given);
export const checkAccessNotGranted = (...given) => call('checkAccessNotGranted', spread(given, 'policy', 'access'));
export const checkNoPublicAccess = (...given) => call('checkNoPublicAccess', spread(given, 'policy', 'resourceType'));
export const compareAccess = (...given) => call('compareAccess', spread(given, 'existing', 'proposed'));
export const describeAction = (...given) => call('describeAction', given);
export const describePolicy = (...given) => call('describePolicy', given);
export const diagnoseRole = (...given) => call('diagnoseRole', given);
export const evaluate = (...given) => call('evaluate', given);
export const evaluateAll = (...given) => call('evaluateAll', given);
export const explainError = (...given) => call('explainError', given);
export const exportPolicy = (...given) => call('exportPolicy', given);
export const exportSetup = (...given) => call('exportSetup', given);
export const findPolicies = (...given) => call('findPolicies', given);
export const listActions = (...given) => call('listActions', given);
export const listCapabilities = (...given) => call('listCapabilities', given);
export const listChecks = (...given) => call('listChecks', given);
export const listConditionKeys = (...given) => call('listConditionKeys', given);
export const listManagedPolicies = (...given) => call('listManagedPolicies', given);
export const listServices = (...given) => call('listServices', given);
export const minimizePolicy = (...given) => call('minimizePolicy', given);
export const validatePolicy = (...given) => call('validatePolicy', given);
