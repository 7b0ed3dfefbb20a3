// What the fixes would change, as a patch.
import { createTwoFilesPatch } from 'diff';
import type { Paint, Style } from '../terminal.js';
import type { FileResult } from './one.js';

export async function patch({ path, before, after }: FileResult, paint: Paint): Promise<string> {
  if (before === after) return '';
  const text = createTwoFilesPatch(`a/${path}`, `b/${path}`, before!, after!, undefined, undefined, { context: 3 });
  return text.split('\n').slice(1).map((line) => {
    const style = STYLES[line[0] ?? ''];
    return style === undefined ? line : paint(style, line);
  }).join('\n');
}

const STYLES: Record<string, Style> = { '+': 'green', '-': 'red', '@': 'cyan' };
