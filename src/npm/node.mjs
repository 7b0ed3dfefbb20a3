// In Node the package is ready on import: the bytes stand in this file, so bundling it loses nothing.
import packed from 'postern-packed';
import { start } from './calls.mjs';

export {
  PosternError, applyFixes, buildNodePolicy, buildOperatorPolicy, buildRelated, catalogInfo, describePolicy,
  diagnoseRole, evaluate, evaluateAll, explainError, listCapabilities, listChecks, listManagedPolicies,
  validatePolicy,
} from './calls.mjs';

// Not an import: this becomes CommonJS, and a user's bundle of ES modules has no require. Node before 20.16 knows
// only require.
const { gunzipSync } = process.getBuiltinModule?.('node:zlib') ?? require('node:zlib');
start(new WebAssembly.Module(gunzipSync(Buffer.from(packed, 'base64'))));

/** Nothing is left to do; here so that the same code runs in browsers. */
export async function init() {}

/** As init. */
export function initSync() {}
