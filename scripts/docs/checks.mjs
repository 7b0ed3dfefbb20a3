// A page for each check: what the engine says of it, and the examples of its page in tests/rules with what is found in them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, format } from 'jsonc-parser';
import { ROOT } from '../env.mjs';
import { html, raw, sentences } from './html.mjs';
import { rulePage } from './rule-page.mjs';

const RULES = join(ROOT, 'tests', 'rules');
/** What a longer text shows, such as one that is over a quota, its sentence says. */
const LONGEST = 3000;
/** So many examples are shown of each kind; a page of tests may have dozens. */
const MOST = 8;

export const addressOf = (code) => `checks/${code}.html`;

export function checkPages({ allChecks, postern, types }) {
  const rules = new Map(readdirSync(RULES).flatMap((name) => {
    const { examples, ...rule } = rulePage(readFileSync(join(RULES, name), 'utf8'));
    const isOfRule = ({ issueCode }) => rule.codes.includes(issueCode);
    rule.examples = examples.map((one) => ({ ...one, findings: postern.validatePolicy(one.text, one.how).filter(isOfRule) }));
    return rule.codes.map((code) => [code, rule]);
  }));
  const checks = allChecks();
  return [indexPage(checks, types), ...checks.map((check) => checkPage(check, rules.get(check.issueCode), types))];
}

function indexPage(checks, types) {
  return {
    path: 'checks/index.html', part: 'checks', title: 'Checks', about: 'What Postern looks for in IAM policies, by how much it matters.',
    body: html`<h1>Checks</h1>
<p class="lead">What is looked for in a policy, by how much it matters. <a href="../commands/explain.html"><code>postern explain CODE</code></a> tells the same on the command line.</p>
${types.map(({ type, word, tab, icon }) => {
    const some = checks.filter(({ findingType }) => findingType === type);
    return html`<section class="is-${type}">
<h2 id="${word.toLowerCase()}">${raw(icon)}${tab} <span class="count">${some.length}</span></h2>
<ul class="index">
${some.map(({ issueCode, title }) => html`<li><a href="${issueCode}.html">${title}</a> <code>${issueCode}</code></li>
`)}</ul>
</section>
`;
  })}`,
  };
}

function checkPage({ issueCode, findingType, title, why, policyTypes, example, learnMoreLink }, rule, types) {
  const { word, icon } = types.find(({ type }) => type === findingType);
  const examples = rule?.examples ?? [];
  const found = examples.filter(({ findings }) => findings.some((finding) => finding.issueCode === issueCode));
  const short = found.filter(({ text }) => text.length <= LONGEST);
  const shown = short.length > 0 || example === '' ? short : [{ said: [], text: example, findings: [] }];
  const left = leftAlone(examples, issueCode, policyTypes).filter(({ text }) => text.length <= LONGEST);
  const others = rule?.codes.filter((code) => code !== issueCode) ?? [];
  const commands = [...new Set(Array.from(why.matchAll(/"postern (\w+)/g), ([, name]) => name))];
  return {
    path: addressOf(issueCode), part: 'checks', title: `${title}: ${issueCode}`, about: why,
    body: html`<h1>${title}</h1>
<p class="kind is-${findingType}">${raw(icon)}<span class="type">${word}</span> <code>${issueCode}</code></p>
<p class="lead">${why}</p>
${(rule?.about ?? []).map((paragraph) => html`<p>${sentences(paragraph)}</p>
`)}<p class="help">Looks at: ${policyTypes.map(words).join(', ')}.</p>
${found.length > 0 && html`<h2>What is found</h2>
${(shown.length > 0 ? shown : found).slice(0, MOST).map((one) => exampleOf(one, issueCode))}`}${left.length > 0 && html`<h2>What is left alone</h2>
${left.slice(0, MOST).map((one) => exampleOf(one, issueCode))}`}<h2>More</h2>
<ul>
${learnMoreLink !== '' && html`<li><a href="${learnMoreLink}" rel="noreferrer">What AWS writes about it</a></li>
`}${commands.map((name) => html`<li><a href="../commands/${name}.html"><code>postern ${name}</code></a></li>
`)}${others.map((code) => html`<li>Looked for together with it: <a href="${code}.html"><code>${code}</code></a></li>
`)}<li><a href="index.html">All checks</a></li>
</ul>`,
  };
}

/** Of the examples of rules that share a page those in which nothing is found, and that follow on one of this rule. */
function leftAlone(examples, code, policyTypes) {
  let last = [];
  return examples.filter(({ findings, how }) => {
    if (findings.length > 0) {
      last = findings.map(({ issueCode }) => issueCode);
      return false;
    }
    return policyTypes.includes(how.policyType) && (last.length === 0 || last.includes(code));
  });
}

const words = (name) => name.toLowerCase().replaceAll('_', ' ');

function exampleOf({ said, text, how, findings }, code) {
  const ofCode = findings.filter(({ issueCode }) => issueCode === code);
  return html`<div class="example">
${said.map((paragraph) => html`<p>${sentences(paragraph)}</p>
`)}${text.length <= LONGEST && html`<figure>${how !== undefined && how.policyType !== 'IDENTITY_POLICY' && html`<figcaption>As a ${words(how.policyType)}${how.validatePolicyResourceType !== undefined && html` of <code>${how.validatePolicyResourceType}</code>`}</figcaption>`}<pre translate="no"><code>${marked(text, ofCode)}</code></pre></figure>
`}${findings.map(({ issueCode, findingDetails, help, fixes }) => html`<div class="told">
<p>${issueCode !== code && html`<code>${issueCode}</code> `}${findingDetails}</p>
${help !== null && html`<p>${help}</p>
`}${fixes.map(({ title, applicability }) => html`<p class="help">Fix: ${title}. ${applicability === 'safe' ? 'It keeps what is allowed.' : 'It may change what is allowed.'}</p>
`)}</div>
`)}</div>
`;
}

/** The text, laid out, with the places of the findings marked. */
function marked(text, findings) {
  const laid = laidOut(text);
  const spans = findings.flatMap(({ locations }) => locations).filter(({ pointer }) => pointer !== '')
    .map(({ span: { start, end } }) => [start.offset, end.offset]).filter(([start, end]) => start < end).sort(([a], [b]) => a - b);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    const [from, to] = [placeOf(text, start, laid), placeOf(text, end - 1, laid) + 1];
    if (from < at) continue; // Within one that is marked.
    parts.push(html`${laid.slice(at, from)}<mark>${laid.slice(from, to)}</mark>`);
    at = to;
  }
  return [...parts, laid.slice(at)];
}

/** JSON with a line for each element. A text that is no JSON, or whose white space matters, stays as it is. */
function laidOut(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return /^\s/.test(text) ? text : applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 }));
}

/** Where a character of the text stands once it is laid out: behind as many characters that are no white space. */
function placeOf(text, offset, laid) {
  let many = text.slice(0, offset).replace(/\s/g, '').length;
  for (let i = 0; i < laid.length; i += 1) {
    if (/\s/.test(laid[i])) continue;
    if (many === 0) return i;
    many -= 1;
  }
  return laid.length;
}
