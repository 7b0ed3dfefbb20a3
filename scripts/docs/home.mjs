// The first page of the documentation, which names what there is.
import { PARTS } from './frame.mjs';
import { html, sentences } from './html.mjs';

/** What each part is, for somebody who does not know it. */
const ABOUT = {
  recipes: 'What people want, and the commands that do it.',
  guides: 'The command line in hooks, in CI and in editors, its configuration, its notes and capabilities, and where the package runs.',
  checks: 'What is looked for in a policy: why it matters, an example, and what mends it.',
  calls: 'What the package offers to JavaScript and TypeScript.',
  options: 'What the builders take, with the flags of the command line.',
  commands: 'What `postern` does, and its options.',
};

export function homePage([recipes]) {
  return {
    path: 'index.html', part: 'home', title: 'Documentation', about: 'How to build and check IAM policies for AWS Systems Manager Session Manager with Postern.',
    body: html`<h1>Documentation</h1>
<p class="lead">Postern builds the IAM policies that Session Manager needs, checks any policy, and says what it allows. It runs on your machine and sends nothing anywhere.</p>
<h2>What do you want to do?</h2>
<ul class="index">
${recipes.slice(1).map(({ path, title }) => html`<li><a href="${path}">${title}</a></li>
`)}</ul>
<h2>What there is</h2>
<dl>
${Object.entries(ABOUT).map(([name, about]) => html`<dt><a href="${PARTS[name][1]}">${PARTS[name][0]}</a></dt><dd>${sentences(about)}</dd>
`)}</dl>`,
  };
}
