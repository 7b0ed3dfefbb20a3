// What the fixes would change, as a patch.
import { createTwoFilesPatch } from 'diff';
import type { Paint, Style } from '../terminal.js';

export interface Change {
  path: string;
  before: string;
  after: string;
}

export function patch({ path, before, after }: Change, paint: Paint): string {
  if (before === after) return '';
  const text = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
  return text.split('\n').slice(1).map((line) => {
    const style = STYLES[line[0] ?? ''];
    return style === undefined ? line : paint(style, line);
  }).join('\n');
}

const STYLES: Record<string, Style> = { '+': 'green', '-': 'red', '@': 'cyan' };
