// A command to run elsewhere, with its copy button.
import { Code } from './code.js';
import { CopyButton } from './copy.js';

export function Command({ id, text }: { id: string; text: string }) {
  return (
    <div class="command">
      <p><CopyButton name="Copy command" text={text} shownIn={id} done="Command copied." /></p>
      <Code id={id} name="Command" text={text} />
    </div>
  );
}
