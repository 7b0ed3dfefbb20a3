// Nothing that is typed leaves the browser or stays in it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { extname, join } from 'node:path';
import { BAD, editorReady, expectFindings, policy } from './editor.js';
import { DIST, GUIDE, check, clipboard, expect, expectPolicy, field, ready, test } from './page.js';

const KMS = 'Encrypt session data with a KMS key';
const MARKER = 'SECRETMARKER123';

test('the page loads four files and then asks for nothing', async ({ page, open, watched, site, context }) => {
  await open();
  await ready(page);
  const loaded = watched.requests.map((request) => `${request.method()} ${request.url().replace(site, './')}`)
    .filter((line) => !line.startsWith('GET data:'));
  expect(loaded.sort()).toEqual(['GET ./', 'GET ./app.js', 'GET ./core.js', 'GET ./style.css']);
  const before = watched.requests.length;

  await context.setOffline(true);
  await check(page, KMS).check();
  await page.getByText('More options').click();
  for (const name of ['KMS key ARN', 'Region', 'Account ID', 'Policy name']) {
    await field(page, name).fill(MARKER);
    await expect(field(page, name)).toHaveAttribute('spellcheck', 'false');
    await expect(field(page, name)).toHaveAttribute('autocomplete', 'off');
    await expect(field(page, name)).toHaveAttribute('autocorrect', 'off');
    await expect(field(page, name)).toHaveAttribute('autocapitalize', 'off');
    await expect(field(page, name)).toHaveAttribute('translate', 'no');
  }
  await expect(page.getByText(`"${MARKER}" is not an ARN`).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Policy JSON output' })).toHaveAttribute('translate', 'no');
  await page.getByRole('link', { name: 'People' }).click();
  await page.goBack();
  await expect(field(page, 'KMS key ARN')).toHaveValue(MARKER);

  expect(watched.requests.length).toBe(before);
  const kept = await page.evaluate(async () => [
    location.href, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage),
    JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()), JSON.stringify(history.state),
  ].join('\n'));
  expect(kept).not.toContain(MARKER);
  for (const link of await page.locator('a[href^=http]').all()) await expect(link).toHaveAttribute('rel', 'noreferrer');
});

test('the views that check ask for the editor and for more.js once, and for nothing else', async ({ page, open, watched, context }) => {
  await open('#/role');
  await expect.poll(() => page.evaluate(() => 'posternMore' in globalThis)).toBe(true);
  await page.getByRole('link', { name: 'Validate', exact: true }).click();
  await editorReady(page);
  const before = watched.requests.map((request) => request.url());
  for (const script of ['/editor.js', '/more.js']) expect(before.filter((url) => url.endsWith(script)), script).toHaveLength(1);
  await context.setOffline(true);
  const marked = BAD.replace('"Effect"', `"Sid": "${MARKER}", "Effect"`);
  await policy(page).fill(marked);
  await expectFindings(page, 1, 1);
  await page.getByRole('button', { name: /^Apply fix:.*OpenDataChannel/ }).click();
  await expectFindings(page, 0, 1);
  await page.getByRole('link', { name: 'Check a role' }).click();
  await field(page, 'Policy 1').fill(marked);
  await check(page, 'KMS encryption').check();
  await expect(page.getByRole('table', { name: 'Session Manager capabilities' })).toBeVisible();
  for (const name of ['Policy 1', 'KMS key ARN', 'What does this error mean?']) {
    await expect(field(page, name)).toHaveAttribute('spellcheck', 'false');
    await expect(field(page, name)).toHaveAttribute('autocorrect', 'off');
    await expect(field(page, name)).toHaveAttribute('autocapitalize', 'off');
    await expect(field(page, name)).toHaveAttribute('translate', 'no');
  }
  // The worker that decides is made from what is here.
  expect(watched.requests.map((request) => request.url()).filter((url) => !url.startsWith('blob:'))).toEqual(before);
  const kept = await page.evaluate(async () => [
    location.href, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage),
    JSON.stringify(await indexedDB.databases()), JSON.stringify(history.state),
  ].join('\n'));
  expect(kept).not.toContain(MARKER);
});

test('the policy of the page forbids connections, inline scripts and inline styles', async ({ page, open, watched }) => {
  watched.expected.push(/Content Security Policy|Failed to load resource|connect-src/i);
  await open();
  const answer = await page.evaluate(() => fetch(location.href).then(() => 'answered', () => 'refused'));
  expect(answer).toBe('refused');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    + "img-src data:; connect-src 'none'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    + "require-trusted-types-for 'script'; trusted-types app");
  expect(await page.locator('script:not([src]), style, [style], [onclick]').count()).toBe(0);
});

test('it works from a disk', async ({ page, watched }) => {
  expect(watched.requests).toEqual([]);
  await page.goto(pathToFileURL(join(DIST, 'index.html')).href);
  await ready(page);
  await expectPolicy(page, GUIDE);
  await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Policy copied');
  expect(await clipboard(page)).toBe(GUIDE);
  await check(page, KMS).check();
  await expect(page).toHaveURL(/#\/build\?kms=1$/);
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the headers of _headers fit the page, and keep it out of the frames of other pages', async ({ page, watched }) => {
  const rules: Record<string, Record<string, string>> = {};
  let rule: Record<string, string> = {};
  for (const line of readFileSync(join(DIST, '_headers'), 'utf8').trimEnd().split('\n')) {
    const [, name, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
    if (name === undefined) rules[line] = rule = {};
    else rule[name] = value!;
  }
  expect(Object.entries(rules).map(([path, headers]) => [path, Object.keys(headers)])).toEqual([
    ['/*', ['X-Content-Type-Options', 'Referrer-Policy', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Resource-Policy']],
    ['/', ['Content-Security-Policy']],
    ['/index.html', ['Content-Security-Policy']],
    ['/docs/*', ['Content-Security-Policy']],
    ['/sw.js', ['Content-Security-Policy']],
  ]);
  const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : String(request.url).slice(1);
    if (name === 'favicon.ico') response.writeHead(204).end(); // The page that frames ours names none.
    else if (name === 'framing') response.writeHead(200, { 'content-type': 'text/html' }).end('<iframe src="/"></iframe>');
    else response.writeHead(200, { ...rules['/*'], ...rules[String(request.url)], 'content-type': types[extname(name)] ?? 'text/plain' }).end(readFileSync(join(DIST, name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    // A page with all of them that complains of nothing.
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(site);
    await ready(page);
    await expectPolicy(page, GUIDE);
    expect(complaints).toEqual([]);
    watched.expected.push(/frame-ancestors/);
    await page.goto(`${site}framing`);
    await expect.poll(() => complaints.join('\n')).toMatch(/frame-ancestors 'none'/);
    await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveCount(0);
  } finally {
    watched.requests.length = 0; // All of them went to the server of this test.
    server.closeAllConnections();
    server.close();
  }
});

test('the notices of what the page is made of are one click away', async ({ page, open, context }) => {
  await open();
  const opened = context.waitForEvent('page');
  await page.getByRole('contentinfo').getByRole('link', { name: /^Licences/ }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  const notices = await tab.locator('body').textContent();
  for (const name of ['preact', '@codemirror/view', '@lezer/highlight', 'serde', 'wasm-bindgen', 'js-sys', "Rust's standard library", 'Service data']) {
    expect(notices).toContain(name);
  }
});

test('what the page says of its privacy is what its security policy can hold', async ({ page, open }) => {
  await open();
  await page.getByText('How to check').click();
  const text = page.locator('.privacy ul');
  for (const part of ['lead to another address', 'open a window', 'WebRTC']) await expect(text).toContainText(part);
});
