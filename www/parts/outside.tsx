// A link to another site. It opens a new tab, because leaving the page loses what was typed.
import type { ComponentChildren } from 'preact';
import { OutsideIcon } from './icons.js';

export function Outside({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}<OutsideIcon /><span class="unseen"> (opens in a new tab)</span>
    </a>
  );
}
