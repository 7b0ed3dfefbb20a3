// The one alert of the page: the engine did not start or did not finish, or the page's own code made a mistake.
import { BUILT } from '../built.js';
import type { Failure } from '../engine.js';
import { CopyButton } from './copy.js';
import { StopIcon } from './icons.js';

interface Props {
  /** Why the engine did not start. */
  failure: Failure | null;
  /** Whether a link that holds texts could not be read. */
  isUnreadable: boolean;
  /** What the engine says of a call that it could not finish. */
  failed: string | null;
  /** The report on a mistake in the page's own code. */
  crash: string | null;
}

export function Alert({ failure, isUnreadable, failed, crash }: Props) {
  return (
    <div role="alert">
      {failure !== null && (
        <div class="alert">
          <StopIcon />
          <div>
            <p><strong>The checker could not start.</strong> {failure.cause}</p>
            <p>
              What you can do: reload the page, or open it in another browser or in a window without extensions. The
              policies for the usual cases stand under Build; they are right without the checker.
            </p>
            <p><button type="button" onClick={() => location.reload()}>Reload the page</button></p>
          </div>
        </div>
      )}
      {isUnreadable && (
        <div class="alert">
          <StopIcon />
          <div>
            <p>
              <strong>This link could not be read.</strong> It was cut or changed on its way, holds too much, or
              comes from another version of this page. Nothing of it was taken. Ask for the link again.
            </p>
          </div>
        </div>
      )}
      {failed !== null && crash === null && (
        <div class="alert">
          <StopIcon />
          <div>
            <p>
              <strong>The checker could not finish.</strong> What you typed is kept: change an option, and the checker
              tries again. The report holds nothing of what you typed.
            </p>
            <p>{failed}</p>
            <p class="actions"><CopyButton name="Copy error report" text={failed} done="Error report copied." /></p>
          </div>
        </div>
      )}
      {failure === null && crash !== null && (
        <div class="alert">
          <StopIcon />
          <div>
            <p>
              <strong>This page has made a mistake.</strong> What it shows may be incomplete. Reload the page; what you
              typed is lost then. The report names the place in the page's code and holds nothing of what you typed.
            </p>
            <p class="actions">
              <button type="button" onClick={() => location.reload()}>Reload the page</button>
              <CopyButton name="Copy error report" text={crash} done="Error report copied." />
            </p>
          </div>
        </div>
      )}
    </div>
  );
}

/** Version, kind of error and places in the code. Never the message: it may quote what was typed. */
export function reportOn(reason: unknown): string {
  const error = reason instanceof Error ? reason : null;
  // Chromium writes places as "at name (address)", Firefox and Safari as "name@address".
  const places = (error?.stack ?? '').split('\n').filter((line) => /^\s*at .*:\d+|^\S*@.*:\d+/.test(line));
  // The folder is left out: of a page opened from disk it may hold the person's name.
  const here = location.href.replace(/[^/]*(#.*)?$/, '');
  return [`Postern ${BUILT.version}`, error?.name ?? typeof reason, ...places]
    .map((line) => line.trim().replaceAll(here, './'))
    .join('\n');
}
