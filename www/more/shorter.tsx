// The shortest policy that says the same, for one that is longer than its quota.
import { useEffect, useState } from 'preact/hooks';
import type { MinimizedPolicy, PosternFailure } from '../engine.js';
import { Code } from '../parts/code.js';
import { CopyButton } from '../parts/copy.js';
import { Download } from '../parts/download.js';
import { StopIcon } from '../parts/icons.js';
import { inEnglish } from '../parts/in-english.js';
import { minimizePolicy, refused, REST } from './engine.js';

const NAME = 'shorter-policy.json';

export function Shorter({ text }: { text: string }) {
  const answer = useShorter(text);
  if (text.trim() === '') return <p class="help">Paste a policy first.</p>;
  if (answer === null) return <p class="help">Looking for a shorter policy that says the same.</p>;
  if (answer instanceof Error) return <p class="mistake"><StopIcon /><span>{answer.message}</span></p>;
  const { json, characters, charactersBefore, assumptions } = answer;
  if (characters >= charactersBefore) return <p>No shorter policy was found that allows and denies exactly the same.</p>;
  return (
    <section aria-labelledby="shorter">
      <h3 id="shorter">A shorter policy</h3>
      <p>
        It allows and denies exactly the same, with {inEnglish(characters)} characters in place of {inEnglish(charactersBefore)}, as IAM
        counts them.
      </p>
      {assumptions.map((sentence) => <p key={sentence} class="help">{sentence}</p>)}
      <div class="tools">
        <CopyButton name="Copy shorter policy" text={json} shownIn="shorter-text" done={`Shorter policy copied, ${characters} characters.`} />
        <Download name={NAME} text={json} />
      </div>
      <Code id="shorter-text" name="Shorter policy output" text={json} />
    </section>
  );
}

/** Null before there is an answer to this text. */
function useShorter(text: string): MinimizedPolicy | PosternFailure | null {
  const [answer, setAnswer] = useState<MinimizedPolicy | PosternFailure | null>(null);
  useEffect(() => {
    let isOver = false;
    setAnswer(null);
    const timer = setTimeout(() => {
      minimizePolicy(text).catch(refused).then((found) => isOver || setAnswer(found));
    }, REST);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text]);
  return answer;
}
