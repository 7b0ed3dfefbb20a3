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
  const beside = size > LARGE ? startWorker() : null;
  return (beside === null ? here(question) : await beside(question)) as ReplyTo<Q>;
}

function here([name, ...given]: Question): unknown {
  const engine = core() as unknown as Record<string, (...given: unknown[]) => unknown>;
  try {
    return engine[name]!(...given);
  } catch (reason) {
    if (reason instanceof core().PosternError) throw new PosternFailure(reason);
    throw reason;
  }
}

type Beside = (question: Question) => Promise<unknown>;
type Message = { answer: unknown } | { refused: { code: string; message: string; path: string | null } } | { broken: true };

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
    const { code, message, path } = reason as { code?: string; message: string; path: string };
    postMessage(code === undefined ? { broken: true } : { refused: { code, message, path } });
  }
};

/** One question after the other, so that each message of the worker answers the oldest one. */
function queued(thread: Worker): Beside {
  const waiting: { question: Question; resolve: (answer: unknown) => void; reject: (reason: unknown) => void }[] = [];
  // Some browsers allow no engine in a worker. The page then stands still for a moment, and answers.
  const giveUp = () => {
    worker = null;
    thread.terminate();
    for (const { question, resolve, reject } of waiting.splice(0)) {
      new Promise((answer) => answer(here(question))).then(resolve, reject);
    }
  };
  thread.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('broken' in data) return giveUp();
    const asked = waiting.shift();
    if ('answer' in data) asked?.resolve(data.answer);
    else asked?.reject(new PosternFailure(data.refused));
  };
  thread.onerror = (event) => {
    event.preventDefault();
    giveUp();
  };
  return (question) => new Promise((resolve, reject) => {
    waiting.push({ question, resolve, reject });
    thread.postMessage(question);
  });
}
