// Checks files in their order, many of them by several threads. At any time the answers for some chunks are held, however
// many files there are.
import { availableParallelism } from 'node:os';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { Target } from '../files/find.js';
import { checkFile, type FileResult } from './one.js';
import type { Settings } from './settings.js';

/** A thread takes as long to start as some hundred policies take to be checked. */
const FILES_OF_A_THREAD = 2000;
const CHUNK = 50;
/** Chunks that wait for each thread, or for a reader. */
const AHEAD = 2;

export async function* checkFiles(targets: readonly Target[], settings: Settings): AsyncGenerator<FileResult> {
  const threads = Math.min(availableParallelism(), Math.floor(targets.length / FILES_OF_A_THREAD));
  if (threads < 2) {
    for (const target of targets) yield await checkFile(target, settings);
    return;
  }
  const workers = Array.from({ length: threads }, () => new Thread(settings));
  try {
    const waiting: Promise<FileResult[]>[] = [];
    for (let at = 0; at < targets.length || waiting.length > 0;) {
      while (at < targets.length && waiting.length < threads * AHEAD) {
        waiting.push(workers[(at / CHUNK) % threads]!.check(targets.slice(at, at + CHUNK)));
        at += CHUNK;
      }
      yield* await waiting.shift()!;
    }
  } finally {
    for (const { worker } of workers) await worker.terminate();
  }
}

interface Answer {
  results?: FileResult[];
  error?: string;
}

class Thread {
  readonly worker: Worker;
  /** Answers come in the order of the questions. */
  readonly #asked: { resolve: (results: FileResult[]) => void; reject: (reason: Error) => void }[] = [];

  constructor(settings: Settings) {
    this.worker = new Worker(__filename, { workerData: { posternSettings: settings } });
    this.worker.on('message', ({ results, error }: Answer) => {
      const asked = this.#asked.shift()!;
      if (results !== undefined) asked.resolve(results);
      else asked.reject(new Error(error));
    });
    this.worker.on('error', (reason) => { for (const { reject } of this.#asked.splice(0)) reject(reason as Error); });
  }

  check(targets: Target[]): Promise<FileResult[]> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.worker.postMessage(targets);
    });
  }
}

/** What a worker thread does. */
export function answerAsThread(): void {
  const settings = (workerData as { posternSettings: Settings }).posternSettings;
  let last: Promise<void> = Promise.resolve();
  parentPort!.on('message', (targets: Target[]) => { last = last.then(() => answer(targets, settings)); });
}

async function answer(targets: Target[], settings: Settings): Promise<void> {
  try {
    const results: FileResult[] = [];
    for (const target of targets) results.push(await checkFile(target, settings));
    parentPort!.postMessage({ results } satisfies Answer);
  } catch (reason) {
    parentPort!.postMessage({ error: (reason as Error).stack ?? String(reason) } satisfies Answer);
  }
}
