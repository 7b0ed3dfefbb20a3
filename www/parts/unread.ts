// Keeps a text from services that browsers send texts to.

/**
 * For `ref`. Set as attributes here, because preact sets the properties of these names, which take "off" and "no" for
 * true.
 */
export function unread(element: HTMLElement | null): void {
  element?.setAttribute('translate', 'no');
  if (element?.matches('input, textarea')) element.setAttribute('autocorrect', 'off');
}
