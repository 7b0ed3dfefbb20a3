// What a role's policies are read from: files as the engine takes them, and templates out of which its policies come.
import { diagnoseRole } from 'postern';
import { textOf } from '../build/output.js';
import { Failure } from '../failure.js';
import { SourceError, isFound, isUnread, seenIn, untold, withFurther } from '../source/index.js';
import { say } from '../terminal.js';
import type { RoleText } from './deployed.js';

export async function documentsOf(word: string): Promise<RoleText[]> {
  const text = await textOf(word);
  const name = word === '-' ? 'standard input' : word;
  if (text.trim() === '') throw new Failure(`${word === '-' ? 'Standard input' : word} is empty. Give a policy, or what aws iam get-role-policy or get-account-authorization-details prints.`);
  const { recognised } = diagnoseRole({ documents: [text], wants: [] });
  if (recognised.some(({ used }) => used)) return [{ name, text, within: null }];
  try {
    const seen = (await seenIn(text, word)).filter(({ kind }) => kind === null || kind === 'identity');
    const own = seen.filter(isFound);
    const missing = seen.filter(isUnread).map((one) => untold(one, text));
    if (own.length === 0 && missing[0] !== undefined) throw new Failure(`${name}: ${missing[0]}`);
    // They may allow or deny what is asked.
    for (const one of missing) say(`${name}: not looked at: ${one}`);
    // Which of them are one role's is not told by the file alone.
    if (own.length > 1) say(`${name}: its ${own.length} policies are taken together, as those of one role.`);
    if (own.length > 0) return own.map((one) => ({ name: one.name === '' ? name : `${name}, ${one.name}`, text: one.text, within: { found: missing.length === 0 ? one : withFurther(one), source: text } }));
  } catch (reason) {
    if (!(reason instanceof SourceError)) throw reason;
  }
  throw new Failure(`${name}: ${recognised[0]?.message ?? 'it holds no policy.'}`);
}
