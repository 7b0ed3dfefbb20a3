// "Copy link": a link to the view as it stands, with the texts in it only when the person wants that.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Frame } from '../frame.js';
import { pack } from '../link.js';
import { SLICES, addressOf, type View } from '../state.js';
import { CopyButton } from './copy.js';
import { unread } from './unread.js';

interface Props {
  frame: Frame;
  /** What the link may hold: the values of a form, or a whole text. */
  holds: 'names' | 'text';
}

const id = 'share';
const EXAMPLE_ACCOUNT = '111122223333';
const ACCOUNTS = /(?<!\d)\d{12}(?!\d)/g;

export function CopyLink({ frame: { view, views }, holds }: Props) {
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [withTexts, setWithTexts] = useState(false);
  const [withoutAccounts, setWithoutAccounts] = useState(true);
  const texts = JSON.stringify(isOpen ? textsOf(view, views) : null);
  const account = (ACCOUNTS.exec(texts) ?? [])[0];
  ACCOUNTS.lastIndex = 0;
  const packing = withTexts ? (holds === 'text' && withoutAccounts ? texts.replace(ACCOUNTS, EXAMPLE_ACCOUNT) : texts) : null;
  const link = useLink(isOpen ? addressOf(view, views) : null, packing);
  return (
    <>
      <button type="button" ref={opener} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        Copy link
      </button>
      {isOpen && (
        <div
          class="share" id={id} role="group" aria-label="Link to this page as it stands"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setOpen(false);
            opener.current?.focus();
          }}
        >
          <label class="row" for={`${id}-texts`}>
            <input
              type="checkbox" id={`${id}-texts`} checked={withTexts} autocomplete="off" aria-describedby={`${id}-help`}
              onChange={(event) => setWithTexts(event.currentTarget.checked)}
            />
            <span>{holds === 'names' ? 'Include names and ARNs' : 'Include the policy text'}</span>
          </label>
          <p class="help under" id={`${id}-help`}>
            Anyone with the link can read {holds === 'names' ? 'them' : 'it'}
            {account === undefined ? ', account IDs too' : <>, including account <span ref={unread}>{account}</span></>}.
            It stays in the history of browsers and in chats.
          </p>
          {holds === 'text' && withTexts && (
            <label class="row" for={`${id}-accounts`}>
              <input
                type="checkbox" id={`${id}-accounts`} checked={withoutAccounts} autocomplete="off"
                onChange={(event) => setWithoutAccounts(event.currentTarget.checked)}
              />
              <span>Replace account IDs by {EXAMPLE_ACCOUNT}</span>
            </label>
          )}
          {link === 'too long' && <p class="attention">Too long for a link. Download the file instead.</p>}
          {link !== null && link !== 'too long' && (
            <>
              <p class="link-text" id={`${id}-link`} tabIndex={0} role="region" aria-label="Link" ref={unread}>{link}</p>
              <p><CopyButton name="Copy this link" text={link} shownIn={`${id}-link`} done="Link copied." /></p>
            </>
          )}
        </div>
      )}
    </>
  );
}

function textsOf<V extends View>(view: V, views: Frame['views']): unknown {
  return SLICES[view].toLink(views[view]);
}

/** The link, once it is made; it is made anew when what it holds changes. */
function useLink(address: string | null, texts: string | null): string | 'too long' | null {
  const [made, setMade] = useState<{ of: string | null; part: string | null } | null>(null);
  useEffect(() => {
    let isOld = false;
    if (texts !== null) void pack(JSON.parse(texts)).then((part) => { if (!isOld) setMade({ of: texts, part }); });
    return () => { isOld = true; };
  }, [texts]);
  if (address === null) return null;
  const here = `${location.href.split('#', 1)[0]}${address}`;
  if (texts === null) return here;
  if (made?.of !== texts) return null;
  return made.part === null ? 'too long' : `${here}${address.includes('?') ? '&' : '?'}${made.part}`;
}
