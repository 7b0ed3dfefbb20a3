// What the fixes would change, as a patch.
import { createTwoFilesPatch } from 'diff';
import { type Paint, type Style, asShown, unseenAs } from '../terminal.js';

export interface Change {
  path: string;
  before: string;
  after: string;
}

export function patch({ path, before, after }: Change, paint: Paint): string {
  if (before === after) return '';
  const text = createTwoFilesPatch(named(`a/${path}`), named(`b/${path}`), before, after, undefined, undefined, { context: 3 });
  return text.split('\n').slice(1).map((line) => {
    const style = STYLES[line[0] ?? ''];
    return style === undefined ? asShown(line) : paint(style, asShown(line));
  }).join('\n');
}

/** A name as git has it in patches: one with what nobody sees stands in quotes, and that in octal bytes. */
function named(path: string): string {
  const quoted = unseenAs(path.replace(/["\\]/g, '\\$&'), (character) => Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''));
  if (quoted !== path) return `"${quoted}"`;
  // Else who applies the patch takes the name to end at the first space, where others write a date behind it.
  return path.includes(' ') ? `${path}\t` : path;
}

const STYLES: Record<string, Style> = { '+': 'green', '-': 'red', '@': 'cyan' };
