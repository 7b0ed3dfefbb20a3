// The policies of AWS's guide as plain text: all that the page can say without scripts or without the engine.
import { BUILT } from '../built.js';
import { KEY_PLACEHOLDER } from '../engine.js';
import { Code } from './code.js';
import { CopyButton } from './copy.js';

export function StaticPolicies({ isShown }: { isShown: boolean }) {
  return (
    <section class="static-policies" hidden={!isShown} aria-labelledby="static-policies">
      <h2 id="static-policies">The two usual policies</h2>
      <p>{BUILT.plain.notes.find((note) => note.code === 'HEARTBEAT_MISSING')?.message}</p>
      <h3>Sessions without KMS encryption</h3>
      <p class="needs-script">
        <CopyButton
          name="Copy policy without KMS" text={BUILT.plain.json} shownIn="policy-plain" done="Policy copied."
        />
      </p>
      <Code id="policy-plain" name="Policy without KMS" text={BUILT.plain.json} />
      <h3>Session data encrypted with a KMS key</h3>
      <p>{BUILT.withKey.notes.find((note) => note.code === 'KEY_NAME_PLACEHOLDER')?.message}</p>
      <p class="needs-script">
        <CopyButton
          name="Copy policy with KMS" text={BUILT.withKey.json} shownIn="policy-with-key"
          done={`Copied. It still contains ${KEY_PLACEHOLDER}.`}
        />
      </p>
      <Code id="policy-with-key" name="Policy with KMS" text={BUILT.withKey.json} mark={KEY_PLACEHOLDER} />
    </section>
  );
}
