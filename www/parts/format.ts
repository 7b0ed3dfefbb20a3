// JSON with one element a line, as the engine prints policies.

const DEEPEST = 128;
const INDENT = '    ';

/**
 * The text with other white space; null when it is not JSON, or nested too deep. Strings, numbers, and keys that stand
 * twice stay as they are written, which printing a parsed value would not leave.
 */
export function format(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let out = '';
  let depth = 0;
  const line = () => `\n${INDENT.repeat(depth)}`;
  for (let at = 0; at < text.length;) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      at++;
    } else if (character === '{' || character === '[') {
      const next = afterSpace(text, at + 1);
      const isEmpty = text[next] === '}' || text[next] === ']';
      if (!isEmpty && ++depth > DEEPEST) return null;
      out += isEmpty ? character + text[next]! : character + line();
      at = isEmpty ? next + 1 : at + 1;
    } else if (character === '}' || character === ']') {
      depth--;
      out += line() + character;
      at++;
    } else if (character === ',') {
      out += character + line();
      at++;
    } else if (character === ':') {
      out += ': ';
      at++;
    } else {
      const end = character === '"' ? endOfString(text, at) : endOfWord(text, at);
      out += text.slice(at, end);
      at = end;
    }
  }
  return text.endsWith('\n') ? `${out}\n` : out;
}

function afterSpace(text: string, at: number): number {
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}

function endOfString(text: string, at: number): number {
  for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
  return at + 1;
}

function endOfWord(text: string, at: number): number {
  while (at < text.length && !/[\s,:{}[\]]/.test(text[at]!)) at++;
  return at;
}
