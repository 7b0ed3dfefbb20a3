// The pages that are written in Markdown: docs/*.md and the recipes.
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { ROOT } from '../env.mjs';
import { html, listing, raw, sentences } from './html.mjs';

const DOCS = join(ROOT, 'docs');

export function guidePages() {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md')).map((name) => written(name, 'guides'));
  return [{
    path: 'guides.html', part: 'guides', title: 'Guides', about: 'Postern in hooks, in CI and in editors, and where its package runs.',
    body: html`<h1>Guides</h1>
<ul class="index">
${pages.map(({ path, title, about }) => html`<li><a href="${path}">${title}</a><p>${sentences(about)}</p></li>
`)}</ul>`,
  }, ...pages.map((page) => ({ ...page, about: plain(page.about) }))];
}

export function recipePages() {
  const pages = readdirSync(join(DOCS, 'recipes')).map((name) => written(`recipes/${name}`, 'recipes'));
  return [{
    path: 'recipes/index.html', part: 'recipes', title: 'Recipes', about: 'What people want of Session Manager and of IAM policies, and the commands that do it.',
    body: html`<h1>Recipes</h1>
<p class="lead">Each begins with what somebody wants. What is printed is what these commands print: a test runs them.</p>
<ul class="index">
${pages.map(({ path, title }) => html`<li><a href="${posix.basename(path)}">${title}</a></li>
`)}</ul>`,
  }, ...pages.map((page) => ({ ...page, about: plain(page.about) }))];
}

const plain = (text) => text.replaceAll('`', '').replace(/\s+/g, ' ');

/** HTML in the text is text. Of what has no place in the site, it tells rather than to make a dead link. */
function written(name, part) {
  const markdown = new MarkdownIt({ html: false });
  const { rules } = markdown.renderer;
  rules.fence = (tokens, i) => {
    const [, ...more] = tokens[i].info.trim().split(/\s+/);
    const caption = more.find((word) => !word.includes('='));
    const exit = more.map((word) => /^exit=(\d)$/.exec(word)?.[1]).find((code) => code !== undefined);
    return `${listing(tokens[i].content.replace(/\n$/, ''), caption)}\n${exit === undefined ? '' : `${html`<p class="help">Exit code ${exit}.</p>`}\n`}`;
  };
  const tokens = markdown.parse(readFileSync(join(DOCS, name), 'utf8'), {});
  const ids = new Set(['main']);
  tokens.forEach((token, i) => {
    if (token.type === 'heading_open' && token.tag !== 'h1') {
      const id = slugOf(tokens[i + 1].content);
      if (ids.has(id)) throw new Error(`docs/${name} has two headings ${JSON.stringify(id)}.`);
      ids.add(id);
      token.attrSet('id', id);
    }
    for (const child of token.children ?? []) if (child.type === 'link_open') link(child, name);
  });
  const [first, heading, , , about] = tokens;
  if (first?.tag !== 'h1') throw new Error(`docs/${name} begins with no heading.`);
  return {
    path: name.replace(/\.md$/, '.html'), part, title: plain(heading.content), about: about.content.split(/(?<=[.?:])\s/)[0],
    body: raw(markdown.renderer.render(tokens, markdown.options, {})),
  };
}

function link(token, name) {
  const href = token.attrGet('href');
  if (/^https:/.test(href)) {
    token.attrSet('rel', 'noreferrer');
    return;
  }
  const [file, anchor] = href.split('#');
  const place = posix.join(posix.dirname(name), file);
  if (place.startsWith('..')) throw new Error(`docs/${name} has a link to ${href}, which is not in the documentation.`);
  token.attrSet('href', `${file.replace(/\.md$/, '.html')}${anchor === undefined ? '' : `#${anchor}`}`);
}

/** As GitHub makes them, so that a link holds there too. */
const slugOf = (heading) => plain(heading).toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, '').replaceAll(' ', '-');
