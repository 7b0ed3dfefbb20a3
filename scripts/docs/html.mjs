// HTML that is put together from templates: what is put into one is escaped, unless it is such HTML itself.

class Html {
  constructor(text) { this.text = text; }

  toString() { return this.text; }
}

/** A text that is HTML already. */
export const raw = (text) => new Html(text);

export function html(strings, ...values) {
  return raw(strings.map((text, i) => text + (i < values.length ? written(values[i]) : '')).join(''));
}

function written(value) {
  if (Array.isArray(value)) return value.map(written).join('');
  if (value instanceof Html) return value.text;
  return value === null || value === undefined || value === false ? '' : escaped(String(value));
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/**
 * Sentences of the sources, in which only backticks mean something: their other signs are those of policies, such as stars.
 * Where `placeOf` knows what stands in backticks, it becomes a link.
 */
export function sentences(text, placeOf = () => undefined) {
  return text.replace(/\s+/g, ' ').split('`').map((part, i) => {
    if (i % 2 === 0) return html`${part}`;
    const place = placeOf(part);
    return place === undefined ? html`<code>${part}</code>` : html`<a href="${place}"><code>${part}</code></a>`;
  });
}

/** A text of several lines, such as a policy, a command or what it prints, with what stands above it. */
export const listing = (text, caption = null, isPrinted = false) => html`<figure${isPrinted && html` class="printed"`}>${caption !== null && html`<figcaption>${caption}</figcaption>`}<pre translate="no"><code>${withFlags(text)}</code></pre></figure>`;

/** A flag is moved to the next line as a whole, and not broken after its hyphens. */
const withFlags = (text) => text.split(/((?<=^|\s)--[a-z][\w-]*)/m).map((part, i) => (i % 2 === 0 ? part : html`<span class="flag">${part}</span>`));
