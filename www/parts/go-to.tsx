// Leads to an element of the page by its id, which no address can: its fragment belongs to the views.
import type { ComponentChildren } from 'preact';

/** Unfolds what hides the element, puts the focus on it and brings it into sight. */
export function goTo(id: string, block: ScrollLogicalPosition = 'center'): void {
  const element = document.getElementById(id);
  element?.closest('details')?.setAttribute('open', '');
  element?.focus();
  element?.scrollIntoView({ block });
}

/** Leads to what stands beside it on a wide screen, and far below it on a narrow one. */
export function JumpTo({ id, children }: { id: string; children: ComponentChildren }) {
  const go = (event: Event) => {
    event.preventDefault();
    goTo(id, 'start');
  };
  return <p class="jump"><a href={`#${id}`} onClick={go}>{children}</a></p>;
}
