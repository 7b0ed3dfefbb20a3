// Without a network: the service worker, and the page in a zip.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { BAD, editorReady, expectFindings, policy } from './editor.js';
import { DIST, GUIDE, GUIDE_WITH_KEY, KEY, check, expect, expectPolicy, field, ready, test } from './page.js';

const FILES = readdirSync(DIST);
const KMS = 'Encrypt session data with a KMS key';

/** The worker is installed and answers for the page. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

test.describe('with a service worker', () => {
  test('the page works without a network once it was there', async ({ page, open, context, site }) => {
    const asked: string[] = [];
    context.on('request', (request) => asked.push(`${request.method()} ${request.url().replace(site, './')}`));
    await open();
    await ready(page);
    await kept(page);
    const files = await page.evaluate(async () => {
      const [name] = await caches.keys();
      return (await (await caches.open(name!)).keys()).map(({ url }) => url);
    });
    expect(files.map((url) => url.replace(site, './')).sort()).toEqual(
      ['./', './app.js', './core.js', './editor.js', './index.html', './licenses.txt', './more.js', './noscript.css', './style.css']);
    for (const line of asked.filter((one) => !one.includes('data:'))) expect(line).toMatch(/^GET \.\/[\w.]*$/);

    await page.reload();
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    await expectPolicy(page, GUIDE);
    await check(page, KMS).check();
    await field(page, 'KMS key ARN').fill(KEY);
    await expectPolicy(page, GUIDE_WITH_KEY);
    await page.getByRole('link', { name: 'Validate', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await editorReady(page);
    await policy(page).fill(BAD);
    await expectFindings(page, 1, 1);
    expect(await page.evaluate(() => caches.keys().then((names) => names.join()))).not.toContain('111122223333');
  });

  test('the worker asks for nothing outside its list and answers nothing outside it', async ({ page, open, context, site, watched }) => {
    watched.expected.push(/404|ERR_INTERNET_DISCONNECTED/);
    const byWorker: string[] = [];
    context.on('request', (request) => { if (request.serviceWorker() !== null) byWorker.push(request.url().replace(site, './')); });
    await open();
    await kept(page);
    await page.reload();
    await page.evaluate(() => new Promise((resolve) => {
      const image = new Image();
      image.onerror = image.onload = resolve;
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = './unknown.css?SECRETMARKER123';
      link.onerror = link.onload = resolve;
      document.head.append(link);
    }));
    expect(new Set(byWorker)).toEqual(new Set(
      ['./', './app.js', './core.js', './editor.js', './index.html', './licenses.txt', './more.js', './noscript.css', './style.css', './sw.js'].filter((name) => byWorker.includes(name))));
    expect(byWorker.join()).not.toContain('SECRETMARKER123');
    expect(byWorker.filter((name) => name === './core.js').length).toBeLessThanOrEqual(1);
  });
});

test('a new version waits until the person changes to it', async ({ page, watched }) => {
  let isNew = false;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
    if (!FILES.includes(path)) {
      response.writeHead(204).end();
      return;
    }
    let body: Buffer | string = readFileSync(join(DIST, path));
    if (path === 'sw.js' && isNew) body = String(body).replace(/"([\w+/]{12})"/, '"another name"');
    const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await kept(page);
    await page.reload();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await expect(page.getByText('A new version is ready')).toHaveCount(0);
    isNew = true;
    await page.reload();
    await check(page, KMS).check();
    await expect(page.getByText('A new version is ready. Changing to it loses what you typed.')).toBeVisible();
    await expect(check(page, KMS)).toBeChecked();
    const names = () => page.evaluate(() => caches.keys());
    expect(await names()).toHaveLength(2);
    await page.getByRole('main').getByRole('button', { name: 'Reload', exact: true }).click();
    await expect(page.getByText('A new version is ready')).toHaveCount(0);
    await expect.poll(async () => (await names()).map((name) => name.slice(-12))).toEqual(['another name']);
    await ready(page);
  } finally {
    watched.requests.length = 0; // All of them went to the server of this test.
    server.closeAllConnections();
    server.close();
  }
});

test('the list of the worker is the files of the build', () => {
  const source = readFileSync(join(DIST, 'sw.js'), 'utf8');
  const list = JSON.parse(/\{"index\.html".*?\}/.exec(source)![0]) as Record<string, string>;
  const problems = Object.entries(list).filter(([name, hash]) => {
    const bytes = readFileSync(join(DIST, name === './' ? 'index.html' : name));
    return createHash('sha256').update(bytes).digest('base64') !== hash;
  });
  expect(problems).toEqual([]);
  expect(source.length).toBeLessThan(2500);
  // No address of another host, and one place that fetches a file and one that passes a request on.
  expect(source).not.toMatch(/https?:/);
  expect(source.match(/fetch\(/g)).toHaveLength(2);
});

test('the zip is the page, and works from a disk', async ({ page, open, watched }) => {
  await open();
  const link = page.getByRole('contentinfo').getByRole('link', { name: 'Download for offline use' });
  await expect(link).toHaveAttribute('download', '');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('postern.zip');
  const files = unzipSync(readFileSync((await download.path())!));
  const folder = mkdtempSync(join(tmpdir(), 'postern-zip-'));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    watched.requests.length = 0;
    await page.goto(pathToFileURL(join(folder, 'postern/index.html')).href);
    await ready(page);
    await expectPolicy(page, GUIDE);
    // There is no zip beside it.
    await expect(page.getByText('Download for offline use')).toHaveCount(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
