// A file of JSON that somebody wrote by hand.
import { validatePolicy } from 'postern';
import { Failure, inFile } from '../failure.js';

/** Its value; what is wrong with it is told with its place. */
export function jsonIn(name: string, text: string): unknown {
  try {
    return jsonOf(text);
  } catch (reason) {
    throw reason instanceof Failure ? new Failure(inFile(name, reason.message)) : reason;
  }
}

/** The same without the name of the file. */
export function jsonOf(text: string): unknown {
  const own = text.replace(/^\ufeff/, '');
  try {
    return JSON.parse(own);
  } catch {
    // The engine says where and why in the same words for every JSON.
    const [finding] = validatePolicy(own);
    const { line, column } = finding!.locations[0]!.span.start;
    throw new Failure(`${line}:${column + 1}: ${finding!.findingDetails}`);
  }
}
