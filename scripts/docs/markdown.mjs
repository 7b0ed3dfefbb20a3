// The pages that are written in Markdown: docs/*.md and the recipes.
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { ROOT } from '../env.mjs';
import { html, listing, raw } from './html.mjs';

const DOCS = join(ROOT, 'docs');

/** With pages of others that stand among them. */
export function guidePages(others) {
  const pages = [...readdirSync(DOCS).filter((name) => name.endsWith('.md')).map((name) => written(name, 'guides')), ...others];
  return [{
    path: 'guides.html', part: 'guides', title: 'Guides', about: 'Postern in hooks, in CI and in editors, its configuration and its words, and where its package runs.',
    body: html`<h1>Guides</h1>
<ul class="index">
${pages.map(({ path, title, about }) => html`<li><a href="${path}">${title}</a><p>${about}</p></li>
`)}</ul>`,
  }, ...pages];
}

/** In the order of the list in docs/recipes/index.md. */
export function recipePages() {
  const index = written('recipes/index.md', 'recipes');
  const names = index.links.map((href) => posix.basename(href, '.html'));
  const left = readdirSync(join(DOCS, 'recipes')).map((name) => posix.basename(name, '.md')).filter((name) => name !== 'index' && !names.includes(name));
  if (left.length > 0) throw new Error(`docs/recipes/index.md does not name ${left.join(', ')}.`);
  return [index, ...names.map((name) => written(`recipes/${name}.md`, 'recipes'))];
}

const plain = (text) => text.replaceAll('`', '').replace(/\s+/g, ' ');

/** A page of a text in Markdown, in which HTML is text, with its links to others. A link that leads out of docs/ is refused. */
function written(name, part) {
  const markdown = new MarkdownIt({ html: false });
  const { rules } = markdown.renderer;
  rules.fence = (tokens, i) => {
    const [language, ...more] = tokens[i].info.trim().split(/\s+/);
    const caption = more.find((word) => !word.includes('='));
    const exit = more.map((word) => /^exit=(\d)$/.exec(word)?.[1]).find((code) => code !== undefined);
    return `${listing(tokens[i].content.replace(/\n$/, ''), caption, language === 'text' && caption === undefined)}\n${exit === undefined ? '' : `${html`<p class="help">Exit code ${exit}.</p>`}\n`}`;
  };
  const tokens = markdown.parse(readFileSync(join(DOCS, name), 'utf8'), {});
  const ids = new Set(['main']);
  const links = [];
  tokens.forEach((token, i) => {
    if (token.type === 'heading_open' && token.tag !== 'h1') {
      const id = slugOf(tokens[i + 1].content);
      if (ids.has(id)) throw new Error(`docs/${name} has two headings ${JSON.stringify(id)}.`);
      ids.add(id);
      token.attrSet('id', id);
    }
    for (const child of token.children ?? []) if (child.type === 'link_open') links.push(link(child, name));
  });
  const [first, heading, , , about] = tokens;
  if (first?.tag !== 'h1') throw new Error(`docs/${name} begins with no heading.`);
  return {
    path: name.replace(/\.md$/, '.html'), part, title: plain(heading.content), about: plain(about.content).split(/(?<=[.?:])\s/)[0], links: links.filter((href) => href !== null),
    body: raw(markdown.renderer.render(tokens, markdown.options, {})),
  };
}

/** Makes a link one of the site, and gives it; null for one to another site. */
function link(token, name) {
  const href = token.attrGet('href');
  if (/^https:/.test(href)) {
    token.attrSet('rel', 'noreferrer');
    return null;
  }
  const [file, anchor] = href.split('#');
  if (posix.join(posix.dirname(name), file).startsWith('..')) throw new Error(`docs/${name} has a link to ${href}, which is not in the documentation.`);
  const to = `${file.replace(/\.md$/, '.html')}${anchor === undefined ? '' : `#${anchor}`}`;
  token.attrSet('href', to);
  return to;
}

/** As GitHub makes them, so that a link holds there too. */
const slugOf = (heading) => plain(heading).toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, '').replaceAll(' ', '-');
