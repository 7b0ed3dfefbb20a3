// Two pages of words that the command line and the package print: the notes of the builders, and what roles are asked for.
import { html } from './html.mjs';

export const NOTES_PAGE = 'notes.html';
export const CAPABILITIES_PAGE = 'capabilities.html';

export function listPages({ NOTES, BUILT_BY, SIDES, flagName, postern }) {
  const capabilities = postern.listCapabilities();
  const sides = Object.entries(SIDES).map(([side, about]) => ({ about, some: capabilities.filter((one) => one.side === side) }));
  return [
    {
      path: NOTES_PAGE, part: 'guides', title: 'Notes of the builders', about: 'When each note is given beside a policy that is built.',
      body: html`<h1>Notes of the builders</h1>
<p class="lead">What a policy does not say by itself stands beside it in notes, each with a code. This is when each is given; what it then says has the values of the policy in it. <a href="commands/explain.html"><code>postern explain CODE</code></a> tells the same.</p>
<dl>
${Object.entries(NOTES).map(([code, when]) => html`<dt id="${code}"><code>${code}</code></dt><dd>${when}</dd>
`)}</dl>`,
    },
    {
      path: CAPABILITIES_PAGE, part: 'guides', title: 'Capabilities', about: 'What a role can be asked for, what it needs for it, and what builds it.',
      body: html`<h1>Capabilities</h1>
<p class="lead">What <a href="commands/role.html"><code>postern role --wants</code></a> and <a href="calls/diagnoseRole.html"><code>diagnoseRole</code></a> can ask of policies. <a href="commands/explain.html"><code>postern explain ID</code></a> tells the same.</p>
${sides.map(({ about, some }) => html`<section>
<h2>${about[0].toUpperCase()}${about.slice(1)}</h2>
<dl>
${some.map((one) => entry(one, BUILT_BY[one.id], flagName))}</dl>
</section>
`)}`,
    },
  ];
}

function entry({ id, title, needs, actions, values }, build, flagName) {
  const page = build?.replace(/^related /, '').split(' ')[0];
  const names = [...new Set(values)];
  return html`<dt id="${id}"><code>${id}</code></dt><dd><p>${title}: ${codes(actions)}${needs.length > 0 && html`, beside ${needs.map((need, i) => html`${i > 0 && ', '}<a href="#${need}"><code>${need}</code></a>`)}`}.</p>
${names.length > 0 && html`<p>It may hang on ${codes(names.map((name) => `--${flagName([name])}`))}.</p>
`}${build !== undefined && html`<p class="help"><a href="options/${page}.html"><code>postern build ${build}</code></a></p>
`}</dd>
`;
}

const codes = (words) => words.map((word, i) => html`${i > 0 && ', '}<code>${word}</code>`);
