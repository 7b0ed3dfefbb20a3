// A file of JSON that somebody wrote by hand.
import { validatePolicy } from 'postern';
import { Failure } from '../failure.js';

/** Its value; what is wrong with it is told with its place. */
export function jsonIn(name: string, text: string): unknown {
  const own = text.replace(/^\ufeff/, '');
  try {
    return JSON.parse(own);
  } catch {
    // The engine says where and why in the same words for every JSON.
    const [finding] = validatePolicy(own);
    const { line, column } = finding!.locations[0]!.span.start;
    throw new Failure(`${name}:${line}:${column + 1}: ${finding!.findingDetails}`);
  }
}
