// Asks the engine about a text: at once on this thread, or beside it when the text is long.
import { PosternFailure, core, type Calls } from './engine.js';
import { scriptAddress } from './trusted.js';

/** Longer texts, in characters, are read by a worker, so that the page goes on answering. */
export const LARGE = 256 * 1024;

/** Longer texts, in characters, are not taken at all. */
export const TOO_LARGE = 5 * 1024 * 1024;

export type Question<N extends keyof Calls = keyof Calls> = { [K in N]: [name: K, ...given: Parameters<Calls[K]>] }[N];
export type ReplyTo<Q extends Question> = Q extends [infer N extends keyof Calls, ...unknown[]] ? ReturnType<Calls[N]> : never;

/** A question that the engine could not finish, or whose arguments it refused, is a `PosternFailure`. */
export async function ask<Q extends Question>(question: Q, size: number): Promise<ReplyTo<Q>> {
  if (size > LARGE) {
    const beside = startWorker();
    if (beside !== null) return beside(question) as Promise<ReplyTo<Q>>;
  }
  const { PosternError } = core();
  try {
    return run(core(), question) as ReplyTo<Q>;
  } catch (reason) {
    if (reason instanceof PosternError) throw new PosternFailure(reason);
    throw reason;
  }
}

const run = (engine: object, [name, ...given]: Question): unknown => {
  return (engine as Record<string, (...given: unknown[]) => unknown>)[name]!(...given);
};

type Beside = (question: Question) => Promise<unknown>;
type Message = { answer: unknown } | { refused: { code: string; message: string; path: string | null } } | { broken: string };

let worker: Beside | null | undefined;

/**
 * The engine in a worker; null where the browser allows none. The worker is made from the text of core.js that runs
 * here: as a blob it stands under the page's own security policy, which a worker with an address of its own does not.
 */
function startWorker(): Beside | null {
  if (worker !== undefined) return worker;
  const source = globalThis.posternCore;
  if (source === undefined) return null;
  try {
    const text = `const postern = (${source})(); const ready = postern.init(); onmessage = ${whatTheWorkerDoes};`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const thread = new Worker(scriptAddress(address));
    worker = queued(thread);
  } catch {
    worker = null;
  }
  return worker;
}

declare const postern: Record<string, (...given: unknown[]) => unknown>;
declare const ready: Promise<void>;

/** Runs in the worker, to which only its text goes: it may name nothing from around it but what stands there. */
const whatTheWorkerDoes = async ({ data: [name, ...given] }: { data: [string, ...unknown[]] }) => {
  try {
    await ready;
    postMessage({ answer: postern[name]!(...given) });
  } catch (reason) {
    const { name: kind, code, message, path } = reason as { name: string; code: string; message: string; path: string };
    postMessage(code === undefined ? { broken: kind } : { refused: { code, message, path } });
  }
};

/** One question after the other, so that each message of the worker answers the oldest question. */
function queued(thread: Worker): Beside {
  const waiting: { resolve: (answer: unknown) => void; reject: (reason: unknown) => void }[] = [];
  thread.onmessage = ({ data }: MessageEvent<Message>) => {
    const asked = waiting.shift();
    if ('answer' in data) asked?.resolve(data.answer);
    else asked?.reject('refused' in data ? new PosternFailure(data.refused) : new Error(`The worker has thrown ${data.broken}.`));
  };
  thread.onerror = (event) => {
    event.preventDefault();
    worker = null; // The next question runs on this thread.
    for (const { reject } of waiting.splice(0)) reject(new Error('The worker could not start.'));
  };
  return (question) => new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    thread.postMessage(question);
  });
}
