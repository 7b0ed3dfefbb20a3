// postern lsp: the words of its command line. The server is a file of its own, which is loaded when it is wanted.
import { parse } from './args.js';
import { Failure } from './failure.js';

export async function run(args: string[]): Promise<number> {
  // What editors say to any server: that it is to use standard input and output, and which process it belongs to.
  const { positionals: [word] } = parse('lsp', args, { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } });
  if (word !== undefined) throw new Failure(`"postern lsp" takes no words, and ${JSON.stringify(word)} was given. "postern lsp --help" shows how.`);
  return (await import('postern-lsp')).run();
}
