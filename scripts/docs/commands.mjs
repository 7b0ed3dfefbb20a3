// A page for each command: what its --help prints, with its options as a list.
import { html, listing } from './html.mjs';

export function commandPages({ HELP }) {
  const names = Object.keys(HELP).filter((name) => name !== '');
  return [{
    path: 'commands/index.html', part: 'commands', title: 'Commands', about: 'The commands of postern, and what their exit codes mean.',
    body: html`<h1>Commands</h1>
${helpOf(HELP[''], (word) => (names.includes(word.split(' ')[0]) ? `${word.split(' ')[0]}.html` : undefined))}`,
  }, ...names.map((name) => ({
    path: `commands/${name}.html`, part: 'commands', title: `postern ${name}`, about: summaryOf(HELP[name]),
    body: html`<h1><code>postern ${name}</code></h1>
${helpOf(HELP[name])}${MORE[name]}`,
  }))];
}

/** Where more stands than the help has. */
const MORE = {
  build: html`<p>The flags stand beside the <a href="../options/index.html">options</a> of each builder; when its <a href="../notes.html">notes</a> are given, on a page of their own.</p>`,
  check: html`<p><a href="../config.html">What postern.json says</a>: types, what is left out, what may stay.</p>`,
  explain: html`<p>All <a href="../checks/index.html">checks</a>, <a href="../notes.html">notes</a> and <a href="../capabilities.html">capabilities</a> have pages.</p>`,
  lsp: html`<p><a href="../editors.html">Policies in editors</a> has the set-up lines.</p>`,
  role: html`<p>What can be asked for: <a href="../capabilities.html">capabilities</a>.</p>`,
  export: html`<p>The flags of the target stand beside its <a href="../options/export.html">options</a>.</p>`,
};

export const summaryOf = (help) => help.split('\n\n')[0].replace(/\s+/g, ' ');

/** The text in parts: paragraphs, lists of options or commands, and commands to run. */
function helpOf(text, placeOf = () => undefined) {
  return text.trimEnd().split('\n\n').map((part) => {
    const lines = part.split('\n');
    const at = lines.findIndex((line) => line.startsWith('  '));
    const [above, below] = at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at)];
    return [said(above), listed(below, placeOf)];
  });
}

function said(lines) {
  if (lines.length === 0) return null;
  const text = lines.join(' ');
  if (/^\w[\w ]*:?$/.test(text)) return html`<h2>${text}</h2>
`;
  // Up to the colon stands how the command is written.
  const parts = text.split(/(postern [a-z][^:]*(?=:))/);
  return html`<p>${parts.map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`))}</p>
`;
}

function listed(lines, placeOf) {
  if (lines.length === 0) return null;
  if (lines.every((line) => /^ {2}(postern|aws) /.test(line))) return html`${listing(lines.map((line) => line.trim()).join('\n'))}
`;
  const entries = [];
  for (const line of lines) {
    const [, word, about] = /^ {2}(?! )(.+?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const last = entries.at(-1);
    if (word === undefined) last.about = [last.about, line.trim()].filter((part) => part !== '').join(' ');
    else if (last?.word.endsWith(',')) Object.assign(last, { word: `${last.word} ${word}`, about: about ?? '' });
    else entries.push({ word, about: about ?? '' });
  }
  return html`<dl>
${entries.map(({ word, about }) => {
    const place = placeOf(word);
    return html`<dt>${place === undefined ? html`<code>${word}</code>` : html`<a href="${place}"><code>${word}</code></a>`}</dt><dd>${about}</dd>
`;
  })}</dl>
`;
}
