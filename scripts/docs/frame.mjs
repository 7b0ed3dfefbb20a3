// What every page of the documentation has around it: the frame of the web page, whose style and security policy it has too.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../env.mjs';
import { html, raw } from './html.mjs';

/** The parts of the documentation, with the address of the first page of each. */
export const PARTS = {
  home: ['Documentation', 'index.html'],
  recipes: ['Recipes', 'recipes/index.html'],
  guides: ['Guides', 'guides.html'],
  checks: ['Checks', 'checks/index.html'],
  calls: ['Calls', 'calls/index.html'],
  options: ['Options', 'options/index.html'],
  commands: ['Commands', 'commands/index.html'],
};

/** From a page of the documentation to another address below it, which may have an anchor. */
export function linkFrom(path, to) {
  const [file, anchor] = to.split('#');
  const way = file === path ? '' : posix.relative(posix.dirname(path), file);
  return anchor === undefined ? way : `${way}#${anchor}`;
}

const index = readFileSync(join(ROOT, 'www/index.html'), 'utf8');
/** A line of the web page's head that is the documentation's too. */
const lineOf = (start) => raw(index.split('\n').find((line) => line.startsWith(start)));

/**
 * `page` has a `path` below the documentation, its `part`, a `title` that no other page has, `about` for search engines, and
 * a `body` that begins with its heading.
 */
export function framed({ path, part, title, about, body }, { gate, version, date }) {
  const to = (place) => linkFrom(path, place);
  const current = (place) => (place === path ? html` aria-current="page"` : html` aria-current="true"`);
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${lineOf('<meta http-equiv="Content-Security-Policy"')}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${about}">
<title>${title} - Postern</title>
${lineOf('<link rel="icon"')}
<link rel="stylesheet" href="${to('../style.css')}">
<link rel="stylesheet" href="${to('docs.css')}">
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header>
<div>
<a class="brand" href="${to('../index.html')}">${gate}Postern</a>
<nav aria-label="Main">
${Object.entries(PARTS).map(([name, [word, place]]) => html`<a href="${to(place)}"${name === part && current(place)}>${word}</a>
`)}</nav>
</div>
</header>
<main id="main" tabindex="-1">
${body}
</main>
<footer>
<p>AWS data as of ${date}, version ${version}</p>
<p><a href="${to('../index.html')}">Build and check policies</a></p>
<p><a href="${to('../licenses.txt')}">Licences</a></p>
<p>Not made by AWS</p>
</footer>
</body>
</html>
`}`;
}
