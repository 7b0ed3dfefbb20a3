// A page for each call of the package, and one with all types, from src/npm/types.d.ts.
import { html, listing, sentences } from './html.mjs';
import { linkFrom } from './frame.mjs';

/** Gives the address of a call or a type below the documentation, for what stands in backticks or in code. */
export function places({ calls, types }, roots) {
  return (text) => {
    const name = /^(\w+)(?:\(.*\))?$/.exec(text)?.[1];
    if (calls.has(name)) return `calls/${name}.html`;
    if (roots.has(name)) return roots.get(name);
    return types.has(name) ? `calls/types.html#${name}` : undefined;
  };
}

export function callPages(declared, placeOf) {
  const { calls, types } = declared;
  return [
    {
      path: 'calls/index.html', part: 'calls', title: 'Calls', about: 'The calls of the package postern for Node and browsers.',
      body: html`<h1>Calls</h1>
<p class="lead">What <code>import { … } from 'postern'</code> gives, in Node and in browsers. <a href="types.html">All types</a> stand on one page.</p>
<dl>
${[...calls.values()].map(({ name, about }) => html`<dt><a href="${name}.html"><code>${name}</code></a></dt><dd>${sentences(about[0])}</dd>
`)}</dl>`,
    },
    ...[...calls.values()].map((call) => callPage(call, types, placeOf)),
    typesPage(types, placeOf),
  ];
}

function callPage({ name, about, example, throws, signatures }, types, placeOf) {
  const path = `calls/${name}.html`;
  const from = seenFrom(path, placeOf);
  const named = new Set(signatures.flat().flatMap(({ type }) => (types.has(type) ? [type] : [])));
  return {
    path, part: 'calls', title: `${name}()`, about: plain(about[0]),
    body: html`<h1><code>${name}</code></h1>
${about.map((paragraph, i) => html`<p${i === 0 && html` class="lead"`}>${sentences(paragraph, from)}</p>
`)}<h2>How it is called</h2>
${code(signatures.flatMap((signature, i) => (i === 0 ? signature : [{ text: '\n', type: null }, ...signature])), from)}
<h2>Example</h2>
${listing(example)}
${throws !== '' && html`<h2>What it throws</h2>
<p><a href="types.html#PosternError"><code>PosternError</code></a> ${sentences(throws, from)}</p>
`}${named.size > 0 && html`<h2>Its types</h2>
<dl>
${[...named].map((type) => html`<dt><a href="${from(type)}"><code>${type}</code></a></dt><dd>${sentences(types.get(type).about[0], from)}</dd>
`)}</dl>`}`,
  };
}

function typesPage(types, placeOf) {
  const path = 'calls/types.html';
  // Where a type has a page of its own, that page has its members too.
  const here = [...types.values()].filter(({ name }) => placeOf(name) === `${path}#${name}`).sort((a, b) => (a.name < b.name ? -1 : 1));
  const from = seenFrom(path, placeOf);
  return {
    path, part: 'calls', title: 'Types', about: 'All types of the package postern: what its calls take and give.',
    body: html`<h1>Types</h1>
<p class="lead">What the <a href="index.html">calls</a> take and give. Those of the builders’ options have <a href="../options/index.html">pages of their own</a>.</p>
${here.map(({ name, about, code: alias, members, parent }) => html`<section>
<h2 id="${name}">${name}</h2>
${about.map((paragraph) => html`<p>${sentences(paragraph, from)}</p>
`)}${alias !== undefined && html`${code(alias, from)}
`}${parent?.length > 0 && html`<p>It ${code(parent, from, true)}.</p>
`}${members !== undefined && html`<dl>
${members.map((member) => html`<dt id="${name}.${member.name}"><code>${member.name}${member.isOptional && '?'}</code> ${code(member.code, from, true)}</dt><dd>${member.about.map((paragraph) => sentences(paragraph, from))}</dd>
`)}</dl>
`}</section>
`)}`,
  };
}

const seenFrom = (path, placeOf) => (text) => {
  const place = placeOf(text);
  return place === undefined ? undefined : linkFrom(path, place);
};

/** Code in which the types are links; in a line of text, or as a listing. */
function code(parts, from, isInline = false) {
  const text = html`<code>${parts.map(({ text: part, type }) => {
    const place = type === null ? undefined : from(type);
    return place === undefined ? part : html`<a href="${place}">${part}</a>`;
  })}</code>`;
  return isInline ? text : html`<figure><pre translate="no">${text}</pre></figure>`;
}

const plain = (text) => text.replaceAll('`', '').replace(/\s+/g, ' ');
