// What is said of texts that are too large.
import { Note } from './result.js';

/** Why a text was not taken, and what reads it. */
export function TooLarge({ characters }: { characters: number }) {
  return (
    <Note isUrgent>
      <p>
        Too large for the page: {inMegabytes(characters)}, and it takes 5 MB. The text was not changed. Use the command
        line tool, which takes files of any number: <code>npx --no postern check FILE</code>
      </p>
    </Note>
  );
}

export const inMegabytes = (characters: number): string => `${(characters / 1024 / 1024).toFixed(1)} MB`;
