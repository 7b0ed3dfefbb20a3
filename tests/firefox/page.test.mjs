// The page in Firefox, which differs where it matters here: modules in workers, Trusted Types, the clipboard, service
// workers. What a person does first, and that nothing leaves the browser; the rest is tested in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DIST = join(ROOT, 'www/dist');
const GUIDE = readFileSync(join(ROOT, 'tests/golden/published-node-add-to-existing-role-nokms.json'), 'utf8');
const BAD = JSON.stringify({ Version: '2012-10-17', Statement: [
  { Effect: 'Allow', Action: ['ssmmessages:OpenDataChanel'], Resource: '*' }, { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }] }, null, 4);
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.txt': 'text/plain' };
const FOLDER = '/some/dir/';

let browser;
let site;
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  try {
    const body = readFileSync(join(DIST, path.startsWith(FOLDER) ? path.slice(FOLDER.length) || 'index.html' : 'missing'));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${server.address().port}${FOLDER}`;
  if (!process.env.FIREFOX_PATH) return;
  browser = await puppeteer.launch({
    browser: 'firefox', executablePath: process.env.FIREFOX_PATH, headless: true,
    // It would ask each site whether a text may be pasted.
    extraPrefsFirefox: { 'dom.events.testing.asyncClipboard': true },
  });
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

/** A page of a browser that knows nothing yet, with what it asks for and what it complains of. */
async function opened(address) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const seen = { requests: [], complaints: [] };
  page.on('request', (request) => seen.requests.push(`${request.method()} ${request.url().replace(site, './')}`));
  page.on('console', (message) => { if (['error', 'warn', 'warning'].includes(message.type())) seen.complaints.push(message.text()); });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  await page.goto(address);
  await page.waitForSelector('.result[aria-busy=false]');
  return { page, seen };
}

const named = (role, name) => `::-p-aria([role="${role}"][name="${name}"])`;
const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);
const until = (page, condition, ...given) => page.waitForFunction(condition, { timeout: 15_000 }, ...given);
const policyJson = async (page) => JSON.parse(await textOf(page, '[aria-label="Policy JSON output"]'));
const tabs = (page) => page.$$eval('[role=tablist][aria-label="Finding types"] [role=tab]', (all) => all.map((tab) => tab.textContent).join());

/** Into the editor, once it is there: it stands in a shadow root. */
async function pasteInto(page, name, text) {
  const field = await page.waitForSelector(`>>> [contenteditable=true][aria-label="${name}"]`);
  await field.click();
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.down('Control');
  await page.keyboard.press('v');
  await page.keyboard.up('Control');
}

async function firstPolicy(page) {
  assert.equal(await textOf(page, 'h1'), 'Build an instance role policy');
  assert.deepEqual(await policyJson(page), JSON.parse(GUIDE));
  await page.locator(named('button', 'Copy policy')).click();
  await until(page, () => document.querySelector('[role=status]').textContent.startsWith('Policy copied'));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), GUIDE);
  await page.locator(named('checkbox', 'Include the agent heartbeat')).click();
  await until(page, () => document.querySelector('[aria-label="Policy JSON output"]').textContent.includes('ssm:UpdateInstanceInformation'));
}

async function brokenPolicy(page, text) {
  await page.locator(named('link', 'Validate')).click();
  await until(page, () => document.activeElement.tagName === 'H1');
  await pasteInto(page, 'Policy JSON', text);
  await until(page, () => document.querySelector('[role=tablist][aria-label="Finding types"]').textContent.includes('Errors 1'));
  assert.equal(await tabs(page), 'All 2,Errors 1,Security 1,Warnings 0,Suggestions 0');
  await page.locator('button.fix ::-p-text(OpenDataChannel)').click();
  await until(page, () => document.querySelector('[role=tablist][aria-label="Finding types"]').textContent.includes('Errors 0'));
}

const options = { skip: process.env.FIREFOX_PATH ? false : 'there is no Firefox here' };

test('the first policy, a broken one, a comparison, and nothing leaves the browser', options, async () => {
  const { page, seen } = await opened(site);
  await firstPolicy(page);
  await brokenPolicy(page, BAD.replace('"Effect"', '"Sid": "SECRETMARKER123", "Effect"'));
  await page.locator('summary ::-p-text(Compare with another policy)').click();
  await pasteInto(page, 'Other policy', GUIDE);
  await until(page, () => document.querySelector('.on-demand')?.textContent.includes('The other policy allows more'));

  assert.equal(await page.evaluate(() => fetch(location.href).then(() => 'answered', () => 'refused')), 'refused');
  const kept = await page.evaluate(async () => [
    location.href, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(await caches.keys()),
  ].join('\n'));
  assert.doesNotMatch(kept, /SECRETMARKER123/);
  assert.deepEqual(seen.requests.filter((line) => !/^GET (\.\/([\w-]+\.(js|css|txt|html))?(#.*)?|data:|blob:)/.test(line) || line.includes('SECRETMARKER123')), []);
  // The one complaint is about the request that was refused above.
  assert.deepEqual(seen.complaints.filter((text) => !/connect-src|NetworkError/.test(text)), []);
});

test('it works from a disk', options, async () => {
  const { page, seen } = await opened(pathToFileURL(join(DIST, 'index.html')).href);
  await firstPolicy(page);
  assert.deepEqual(seen.complaints, []);
});
