// What a role's policies are read from: files as the engine takes them, and templates out of which its policies come.
import { diagnoseRole } from 'postern';
import type { RoleDocument } from '../../types.js';
import { textOf } from '../build/output.js';
import { Failure } from '../failure.js';
import { SourceError, policiesIn } from '../source/index.js';
import { say } from '../terminal.js';

export async function documentsOf(word: string): Promise<RoleDocument[]> {
  const text = await textOf(word);
  const name = word === '-' ? 'standard input' : word;
  const { recognised } = diagnoseRole({ documents: [text], wants: [] });
  if (recognised.some(({ used }) => used)) return [{ name, text }];
  try {
    const found = await policiesIn(text, word);
    const own = found.filter(({ kind }) => kind === null || kind === 'identity');
    // Which of them are one role's is not told by the file alone.
    if (own.length > 1) say(`${name}: its ${own.length} policies are taken together, as those of one role.`);
    if (own.length > 0) return own.map((one) => ({ name: one.name === '' ? name : `${name}, ${one.name}`, text: one.text }));
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
  }
  throw new Failure(`${name}: ${recognised[0]?.message ?? 'There is nothing here.'}`);
}
