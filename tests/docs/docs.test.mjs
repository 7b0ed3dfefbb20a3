// What the documentation holds, from the outside: the files of www/dist/docs beside what they are made of. A test that finds
// something wrong tells of all of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { docFiles } from '../../scripts/docs/files.mjs';
import { rulePage } from '../../scripts/docs/rule-page.mjs';
import { ROOT } from '../../scripts/env.mjs';

const SITE = join(ROOT, 'www', 'dist');
const postern = createRequire(import.meta.url)(join(ROOT, 'dist', 'node.cjs'));
const files = docFiles();
const pages = new Map(files.filter((name) => name.endsWith('.html')).map((name) => [`docs/${name}`, readFileSync(join(SITE, 'docs', name), 'utf8')]));
const page = (name) => pages.get(`docs/${name}.html`) ?? '';
const ids = new Map(Array.from(pages, ([name, text]) => [name, Array.from(text.matchAll(/ id="([^"]+)"/g), ([, id]) => decoded(id))]));

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
function decoded(text) { return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]); }
const textOf = (html) => decoded(html.replace(/<[^>]*>/g, ''));
const withoutSpace = (text) => text.replace(/\s/g, '');

test('no link of the documentation, and none that leads to it, is dead', () => {
  const wrong = [];
  for (const [name, text] of [...pages, ['index.html', readFileSync(join(SITE, 'index.html'), 'utf8')]]) {
    for (const [, quoted] of text.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)) {
      const href = decoded(quoted);
      if (/^(https:|data:)/.test(href) || (name === 'index.html' && !href.startsWith('./docs/'))) continue;
      const [file, anchor] = href.split('#');
      const to = file === '' ? name : posix.join(posix.dirname(name), file);
      if (/^\w+:|^\//.test(href) || !existsSync(join(SITE, to))) wrong.push(`${name} leads to ${href}, which is not there.`);
      else if (anchor !== undefined && !ids.get(to)?.includes(anchor)) wrong.push(`${name} leads to ${href}, which has no such anchor.`);
    }
  }
  const led = new Set([...pages].flatMap(([name, text]) => Array.from(text.matchAll(/ href="([^"#:]+)/g), ([, href]) => posix.join(posix.dirname(name), href))));
  for (const name of pages.keys()) if (!led.has(name)) wrong.push(`Nothing leads to ${name}.`);
  assert.deepEqual(wrong, []);
  assert.ok(pages.size > 250, `${pages.size} pages`);
});

test('the page leads to the documentation of each check, and its zip has all of it', () => {
  assert.match(readFileSync(join(SITE, 'index.html'), 'utf8'), /href="\.\/docs\/index\.html"/);
  assert.match(readFileSync(join(SITE, 'app.js'), 'utf8'), /`\.\/docs\/checks\/\$\{\w+\}\.html`/);
  const zip = unzipSync(readFileSync(join(SITE, 'postern.zip')), { filter: ({ name }) => name.startsWith('postern/docs/') });
  const differ = files.filter((name) => !readFileSync(join(SITE, 'docs', name)).equals(Buffer.from(zip[`postern/docs/${name}`] ?? [])));
  assert.deepEqual(differ, []);
  assert.equal(Object.keys(zip).length, files.length);
});

test('pages are valid HTML with one heading and a title of their own, the security policy of the page, and no script', () => {
  const wrong = [];
  const validator = new HtmlValidate(new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': ['error', { style: 'lowercase' }],
      'valid-id': ['error', { relaxed: true }], // Options and members of types have dots.
      'long-title': 'off', // AWS's codes are long.
    },
  }));
  const [policy] = /<meta http-equiv="Content-Security-Policy"[^>]*>/.exec(readFileSync(join(ROOT, 'www', 'index.html'), 'utf8'));
  const titles = new Map();
  for (const [name, text] of pages) {
    for (const { messages } of validator.validateStringSync(text, name).results) {
      wrong.push(...messages.map(({ line, ruleId, message }) => `${name}:${line} ${ruleId}: ${message}`));
    }
    const [, title] = /<title>(.*?)<\/title>/.exec(text);
    if (titles.has(title)) wrong.push(`${name} has the title of ${titles.get(title)}: ${title}`);
    titles.set(title, name);
    if (!text.includes(policy)) wrong.push(`${name} has not the security policy of the page.`);
    if (text.match(/<h1>/g)?.length !== 1) wrong.push(`${name} has not one first heading.`);
    if (/<script|<iframe|<form|<img|<style| style=| on\w+=/i.test(text)) wrong.push(`${name} has what a text needs not.`);
    if (/\bundefined\b|\[object |\bNaN\b/.test(textOf(text.replace(/<code>.*?<\/code>/gs, '')))) wrong.push(`${name} shows a value that is none.`);
  }
  assert.deepEqual(wrong, []);
  assert.doesNotMatch(readFileSync(join(SITE, 'docs', 'docs.css'), 'utf8'), /@import|url\(/);
});

test('every check has a page that says what the engine says, with an example of what is found', () => {
  // Those of the command line's own have no page in tests/rules.
  const own = Array.from(readFileSync(join(ROOT, 'src/npm/cli/access/checks.ts'), 'utf8').matchAll(/^ {2}(POSTERN_\w+): own\(/gm), ([, code]) => {
    return JSON.parse(execFileSync(process.execPath, [join(ROOT, 'dist/cli.cjs'), 'explain', code, '--format', 'json'], { encoding: 'utf8' }));
  });
  assert.equal(own.length, 5);
  const wrong = [];
  for (const { issueCode, title, why } of [...postern.listChecks(), ...own]) {
    const text = textOf(page(`checks/${issueCode}`));
    for (const part of [issueCode, title, why]) if (!text.includes(part)) wrong.push(`checks/${issueCode} does not say: ${part}`);
    if (!text.includes('What is found') && !own.some((one) => one.issueCode === issueCode)) wrong.push(`checks/${issueCode} has no example.`);
    if (!page('checks/index').includes(`href="${issueCode}.html"`)) wrong.push(`checks/index does not name ${issueCode}.`);
  }
  assert.deepEqual(wrong, []);
});

test('what a check leaves alone is shown of policies that it looks at, and of its own actions', () => {
  const wrong = [];
  for (const { issueCode, policyTypes } of postern.listChecks()) {
    const [, left = ''] = textOf(page(`checks/${issueCode}`)).split('What is left alone');
    const types = Array.from(left.split('More\n')[0].matchAll(/^As an? ([a-z ]+ policy)/gm), ([, type]) => type.toUpperCase().replaceAll(' ', '_'));
    for (const type of types) if (!policyTypes.includes(type)) wrong.push(`${issueCode} shows a ${type}.`);
  }
  const [, ofTasks = ''] = page('checks/SESSION_MISSING_CLUSTER_OR_TASK').split('<h2>What is left alone');
  if (!/^(?:(?!ssm:)[^])*ecs:ExecuteCommand/.test(ofTasks)) wrong.push('ECS Exec shows first what commands leave alone.');
  assert.deepEqual(wrong, []);
});

test('no sentence about a check stands twice: what its why says, its page in tests/rules does not', () => {
  const words = (text) => text.toLowerCase().match(/[a-z0-9:]+/g).join(' ');
  const why = new Map(postern.listChecks().map((check) => [check.issueCode, words(check.why)]));
  const rules = join(ROOT, 'tests', 'rules');
  const twice = readdirSync(rules).flatMap((name) => {
    const { codes, about } = rulePage(readFileSync(join(rules, name), 'utf8'));
    return about.flatMap((paragraph) => paragraph.split(/(?<=[.:;])\s/)).filter((sentence) => codes.some((code) => why.get(code).includes(words(sentence))))
      .map((sentence) => `${name}: ${sentence}`);
  });
  assert.deepEqual(twice, []);
});

test('every call and every type has its place, each call with an example', () => {
  const wrong = [];
  for (const [name, value] of Object.entries(postern)) {
    if (/^class /.test(Function.prototype.toString.call(value))) continue;
    const text = page(`calls/${name}`);
    if (!text.includes(`<h1><code>${name}</code></h1>`)) wrong.push(`calls/${name} is not there.`);
    else if (!/<h2>Example<\/h2>\n<figure><pre[^>]*><code>[^<]/.test(text)) wrong.push(`calls/${name} has no example.`);
  }
  const options = new Set([...pages].filter(([name]) => name.startsWith('docs/options/')).flatMap(([, text]) => Array.from(text.matchAll(/In JavaScript they are <code>(\w+)</g), ([, name]) => name)));
  const types = Array.from(readFileSync(join(ROOT, 'dist', 'postern.d.ts'), 'utf8').matchAll(/^export (?:interface|type|class) (\w+)/gm), ([, name]) => name);
  for (const name of types) if (!options.has(name) && !ids.get('docs/calls/types.html').includes(name)) wrong.push(`The type ${name} is nowhere.`);
  assert.deepEqual(wrong, []);
  assert.ok(types.length > 80, `${types.length} types`);
});

test('every option of the schema has its place on the page of its builder, and is a flag there', () => {
  const { $defs, anyOf } = JSON.parse(readFileSync(join(ROOT, 'dist', 'options.schema.json'), 'utf8'));
  const nameOf = ({ $ref }) => $ref?.split('/').at(-1);
  const roots = [...anyOf.map(nameOf), 'SetupOptions', 'ExportTarget'];
  const paths = (type, at = []) => Object.entries($defs[type].properties).flatMap(([name, value]) => {
    const inner = nameOf(value);
    const isGroup = inner !== undefined && $defs[inner].properties !== undefined && !roots.includes(inner);
    return [[...at, name].join('.'), ...isGroup ? paths(inner, [...at, name]) : []];
  });
  const wrong = [];
  for (const root of roots) {
    const [name, text] = [...pages].find(([, one]) => one.includes(`In JavaScript they are <code>${root}</code>`)) ?? [];
    if (name === undefined) wrong.push(`${root} has no page.`);
    for (const path of name === undefined ? [] : paths(root)) if (!ids.get(name).includes(path)) wrong.push(`${name} does not have ${path}.`);
    const command = /<h1>Options of <code>(.*?)<\/code>/.exec(text ?? '')?.[1].split(' ') ?? [];
    const help = execFileSync(process.execPath, [join(ROOT, 'dist/cli.cjs'), ...command, '--help'], { encoding: 'utf8' });
    const shown = new Set(Array.from((text ?? '').matchAll(/<p class="help"><code>--([\w.-]+)/g), ([, flag]) => flag));
    const own = ['options', 'output', 'force', 'json', 'quiet', 'help'];
    const flags = Array.from(help.matchAll(/^ {2}--([\w.-]+)/gm), ([, flag]) => flag).filter((flag) => !own.includes(flag));
    wrong.push(...flags.filter((flag) => !shown.has(flag)).map((flag) => `${name} does not have --${flag}.`));
  }
  assert.deepEqual(wrong, []);
});

test('every command has a page that says what its help says', () => {
  const wrong = [];
  const help = (...words) => execFileSync(process.execPath, [join(ROOT, 'dist/cli.cjs'), 'help', ...words], { encoding: 'utf8' });
  const all = help();
  const names = [...new Set(Array.from(all.split('Options\n')[0].matchAll(/^ {2}([a-z]+)\b/gm), ([, name]) => name))];
  assert.ok(names.length >= 9, names.join());
  for (const [name, text] of [['index', all], ...names.map((one) => [one, help(one)])]) {
    const shown = withoutSpace(textOf(page(`commands/${name}`)));
    for (const line of text.split('\n')) if (!shown.includes(withoutSpace(line))) wrong.push(`commands/${name} does not say: ${line}`);
  }
  assert.deepEqual(wrong, []);
});

test('notes and capabilities have a page each, with every one of them', () => {
  const [, union] = /type NoteCode =([^;]+);/.exec(readFileSync(join(ROOT, 'src/npm/types.d.ts'), 'utf8'));
  const codes = Array.from(union.matchAll(/"([A-Z_]+)"/g), ([, code]) => code);
  assert.deepEqual(ids.get('docs/notes.html').filter((id) => id !== 'main').sort(), codes.sort());
  const text = textOf(page('capabilities'));
  const wrong = postern.listCapabilities().filter(({ id, title, actions }) => (
    !ids.get('docs/capabilities.html').includes(id) || !text.includes(`${id}${title}: ${actions.join(', ')}`)));
  assert.deepEqual(wrong, []);
  assert.match(text, /node\.heartbeatHeartbeat[^]*?postern build node --heartbeat\n/);
  for (const name of ['explain', 'role']) assert.match(page(`commands/${name}`), /href="\.\.\/capabilities\.html"/);
});

test('where the help names a file of the repository, its page leads to that of the documentation', () => {
  const wrong = [];
  for (const [name, text] of pages) {
    for (const [, guide] of name.startsWith('docs/commands/') ? textOf(text).matchAll(/docs\/([\w-]+)\.md/g) : []) {
      if (!text.includes(`href="../${guide}.html"`)) wrong.push(`${name} names docs/${guide}.md and does not lead there.`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.match(page('commands/lsp'), /docs\/editors\.md/);
});

test('docs/config.md has every field of the JSON Schema of postern.json, its words and what is needed', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'dist/config.schema.json'), 'utf8'));
  const sections = readFileSync(join(ROOT, 'docs/config.md'), 'utf8').split(/^## /m).filter((section) => section.includes('\n| field |'));
  const rows = (text) => Array.from(text.matchAll(/^\| `([$\w]+)` \| (.*?) \|/gm), ([, name, about]) => [name, about]);
  const kinds = [schema, schema.$defs.PolicyEntry, schema.$defs.SuppressionEntry];
  assert.equal(sections.length, kinds.length);
  const wrong = [];
  kinds.forEach(({ properties, required = [] }, i) => {
    const told = rows(sections[i]);
    assert.deepEqual(told.map(([name]) => name).sort(), Object.keys(properties).sort());
    for (const [name, about] of told) {
      if (required.includes(name) !== /; needed$/.test(about)) wrong.push(`${name} is ${required.includes(name) ? '' : 'not '}needed.`);
      for (const word of properties[name].enum ?? []) if (!about.includes(`\`${word}\``)) wrong.push(`${name} does not name ${word}.`);
    }
  });
  assert.deepEqual(wrong, []);
});
