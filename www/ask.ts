// Asks the engine about a text: at once on this thread, or beside it when the text is long.
import { PosternFailure, core, type Calls, type Engine, type EngineOnDemand } from './engine.js';
import { scriptAddress } from './trusted.js';

/** Longer texts, in characters, are read by a worker, so that the page goes on answering. */
export const LARGE = 256 * 1024;

/** Longer texts, in characters, are not taken at all. */
export const TOO_LARGE = 5 * 1024 * 1024;

export type Question<N extends keyof Calls = keyof Calls> = { [K in N]: [name: K, ...given: Parameters<Calls[K]>] }[N];
export type ReplyTo<Q extends Question> = Q extends [infer N extends keyof Calls, ...unknown[]] ? ReturnType<Calls[N]> : never;

/** Answers a question about texts of that many characters. */
export type Ask<Q extends Question> = (question: Q, size: number) => Promise<ReplyTo<Q>>;

/** A question that the engine could not finish, or whose arguments it refused, is a `PosternFailure`. */
export async function ask<Q extends Question>(question: Q, size: number): Promise<ReplyTo<Q>> {
  return (size > LARGE ? await beside(question) : here(core(), question)) as ReplyTo<Q>;
}

/** The name of a call, and its arguments. */
type Asked = readonly [name: string, ...given: unknown[]];

function here(engine: Engine | EngineOnDemand, [name, ...given]: Asked): unknown {
  try {
    return (engine as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!(...given);
  } catch (reason) {
    if (reason instanceof engine.PosternError) throw new PosternFailure(reason);
    throw reason;
  }
}

/** Asks an engine that is not here. Rejects with a `PosternFailure` for what it refuses. */
export type Beside = (question: Asked) => Promise<unknown>;
type Message = { answer: unknown } | { refused: { code: string; message: string; path: string | null } } | { broken: true };

const beside = asker(() => globalThis.posternCore, core);

/**
 * Asks an engine in a worker, which is started by the first question; where the browser allows none, here. The worker is
 * made from the text of the script that runs here: as a blob it stands under the page's own security policy, which a
 * worker with an address of its own does not.
 */
export function asker(source: () => unknown, engine: () => Engine | Promise<EngineOnDemand>): Beside {
  let worker: Beside | null | undefined;
  const onPage = async (question: Asked) => here(await engine(), question);
  const start = (): Beside | null => {
    const made = source();
    if (made === undefined) return null;
    try {
      const text = `const postern = (${made})(); const ready = postern.init(); onmessage = ${whatTheWorkerDoes};`;
      const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      return queued(new Worker(scriptAddress(address)), onPage, () => { worker = null; });
    } catch {
      return null;
    }
  };
  return (question) => {
    if (worker === undefined) worker = start();
    return (worker ?? onPage)(question);
  };
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
function queued(thread: Worker, instead: Beside, onEnd: () => void): Beside {
  const waiting: { question: Asked; resolve: (answer: unknown) => void; reject: (reason: unknown) => void }[] = [];
  // Some browsers allow no engine in a worker. The page then stands still for a moment, and answers.
  const giveUp = () => {
    onEnd();
    thread.terminate();
    for (const { question, resolve, reject } of waiting.splice(0)) instead(question).then(resolve, reject);
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
