// What the page does on demand, from a script of its own, with an engine of its own in a worker.
import { asker } from '../ask.js';
import type { EngineOnDemand } from '../engine.js';
import { scriptLoader } from '../script.js';

let engine: Promise<EngineOnDemand> | undefined;

/** Where the browser allows no worker. */
const onPage = () => engine ??= (async () => {
  const made = globalThis.posternMoreCore!();
  await made.init();
  return made;
})();

export const loadMore = scriptLoader('./more.js', () => globalThis.posternMore?.(asker(() => globalThis.posternMoreCore, onPage)));
