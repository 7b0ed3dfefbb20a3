// In Node the package is ready on import: the bytes stand in this file, so bundling it loses nothing.
import { gunzipSync } from 'node:zlib';
import packed from 'postern-packed';
import { start } from './calls.mjs';

export { PosternError, buildNodePolicy } from './calls.mjs';

start(new WebAssembly.Module(gunzipSync(Buffer.from(packed, 'base64'))));

/** Nothing is left to do; here so that the same code runs in browsers. */
export async function init() {}

/** As init. */
export function initSync() {}
