// The command line `postern`: finds the command and turns what it throws into a line and an exit code.
import { setFlagsFromString } from 'node:v8';
import { isMainThread, workerData } from 'node:worker_threads';
import { Failure } from './failure.js';
import { HELP } from './help.js';
import { alike, didYouMean } from './near.js';
import { forWidth, print, visible } from './terminal.js';

interface Command {
  /** The exit code: 0 clean, 1 findings, 2 what could not be done. */
  run(args: string[]): Promise<number>;
  /** Where the help depends on more than the name. */
  help?(args: string[]): string;
}

// A command is loaded when it is asked for: most of the time of a short run is that of loading.
const COMMANDS: Record<string, () => Promise<Command>> = {
  build: () => import('./build/command.js'),
  check: () => {
    translateOnce();
    return import('./check/command.js');
  },
  diff: () => import('./diff/command.js'),
  explain: () => import('./explain.js'),
  export: () => import('./export.js'),
  fmt: () => import('./fmt.js'),
  lsp: () => import('./serve.js'),
  minimize: () => import('./minimize.js'),
  role: () => import('./role/command.js'),
};

/**
 * V8 makes a second, faster translation of each function of the module that was called often. For a few thousand policies
 * that costs more than it saves: a third of the time of a check of 1,594, measured on Node 20. Only Node itself is told, of
 * whose versions the flag is known; others would complain.
 */
function translateOnce(): void {
  const { v8 = '', bun, deno, electron } = process.versions;
  const version = Number.parseInt(v8, 10);
  if (version < 11 || version > 14 || (bun ?? deno ?? electron) !== undefined) return;
  setFlagsFromString('--wasm-tiering-budget=200000000');
}

function noSuch(name: string): Failure {
  const word = name.startsWith('-') ? 'option' : 'command';
  return new Failure(`There is no ${word} ${name}.${didYouMean(alike(name, [...Object.keys(COMMANDS), '--help', '--version']))} The commands are ${Object.keys(COMMANDS).join(', ')}; "postern --help" tells more.`);
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const words = args.filter((word) => !word.startsWith('-'));
    // With more than the command it is what "--help" behind them tells.
    if (words.length > 1) return main([...words, '--help']);
    if (words[0] !== undefined && !Object.hasOwn(COMMANDS, words[0])) throw noSuch(words[0]);
    await print(forWidth(HELP[words[0] ?? '']!), name === undefined ? process.stderr : process.stdout);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    const { catalogInfo } = await import('postern');
    await print(`postern ${POSTERN_VERSION} (AWS service data of ${catalogInfo().date})\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (load === undefined) {
    const command = name.startsWith('-') ? args.find((word) => Object.hasOwn(COMMANDS, word)) : undefined;
    if (command !== undefined) throw new Failure(`The command comes before its options: postern ${[command, name, ...args.filter((word) => word !== command)].join(' ')}`);
    throw noSuch(name);
  }
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  if (args.slice(0, end).some((word) => word === '--help' || word === '-h')) {
    await print(forWidth((await load()).help?.(args) ?? HELP[name]!));
    return 0;
  }
  return (await load()).run(args);
}

async function answered(): Promise<void> {
  // Whoever reads the results may stop early, as `head` does: the exit code is that of the whole all the same.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'ERR_STREAM_DESTROYED'].includes(code ?? '')) process.exit(2);
    });
  }
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (reason) {
    process.exitCode = 2;
    const { name, message, stack } = reason as Error;
    const isOfOurs = reason instanceof Failure || name === 'PosternError';
    process.stderr.write(isOfOurs ? `postern: ${visible(message)}\n`
      : `postern: This is a mistake in Postern ${POSTERN_VERSION}; please report it in its repository.\n${stack ?? message}\n`);
  }
}

if (isMainThread || (workerData as { posternSettings?: unknown } | null)?.posternSettings === undefined) void answered();
else void import('./check/pool.js').then(({ answerAsThread }) => answerAsThread());
