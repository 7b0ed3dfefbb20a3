// What the package exports in Node and in browsers alike, besides init and initSync.
import { call } from './instance.mjs';

export { PosternError } from './error.mjs';

export const applyFixes = (...given) => call('applyFixes', given);
export const buildNodePolicy = (...given) => call('buildNodePolicy', given);
export const buildOperatorPolicy = (...given) => call('buildOperatorPolicy', given);
export const buildRelated = (...given) => call('buildRelated', given);
export const checkAccessNotGranted = (...given) => call('checkAccessNotGranted', given);
export const checkNoPublicAccess = (...given) => call('checkNoPublicAccess', given);
export const compareAccess = (...given) => call('compareAccess', given);
export const catalogInfo = (...given) => call('catalogInfo', given);
export const describePolicy = (...given) => call('describePolicy', given);
export const diagnoseRole = (...given) => call('diagnoseRole', given);
export const evaluate = (...given) => call('evaluate', given);
export const evaluateAll = (...given) => call('evaluateAll', given);
export const explainError = (...given) => call('explainError', given);
export const exportPolicy = (...given) => call('exportPolicy', given);
export const exportSetup = (...given) => call('exportSetup', given);
export const listCapabilities = (...given) => call('listCapabilities', given);
export const listChecks = (...given) => call('listChecks', given);
export const listManagedPolicies = (...given) => call('listManagedPolicies', given);
export const minimizePolicy = (...given) => call('minimizePolicy', given);
export const validatePolicy = (...given) => call('validatePolicy', given);
