// A link to another site or to the documentation. It opens a new tab, because leaving the page loses what was typed.
import type { ComponentChildren } from 'preact';
import { OutsideIcon } from './icons.js';

export function Outside({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}<OutsideIcon /><span class="unseen"> (opens in a new tab)</span>
    </a>
  );
}

/** The code of a finding, which leads to what the documentation says of its check. */
export const CodeLink = ({ code }: { code: string }) => <Outside href={`./docs/checks/${code}.html`}><code>{code}</code></Outside>;
