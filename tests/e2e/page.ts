// The page as a user has it: plain files under a sub-path of a host that sets no headers. Every test that uses it
// fails on a console error, on a violation of the page's policy and on a request to anywhere else.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import axe from 'axe-core';
import { expect, test as base, type Locator, type Page, type Request } from '@playwright/test';

export { expect };

export const DIST = join(import.meta.dirname, '../../www/dist');
export const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A text of tests/golden, as it is. */
export function golden(name: 'nokms' | 'kms'): string {
  return readFileSync(join(import.meta.dirname, `../golden/published-node-add-to-existing-role-${name}.json`), 'utf8');
}
export const GUIDE = golden('nokms');
export const GUIDE_WITH_KEY = golden('kms').replace('key-name', KEY);

const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.txt': 'text/plain' };
const FOLDER = '/some/dir/';

interface Watched {
  requests: Request[];
  /** Console errors that the test brings about itself. */
  expected: RegExp[];
}

export const test = base.extend<{ watched: Watched; open: (hash?: string) => Promise<void> }, { site: string }>({
  site: [async ({}, use) => {
    const server = createServer((request: IncomingMessage, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const name = path === FOLDER ? 'index.html' : path.slice(FOLDER.length);
      try {
        const body = readFileSync(join(DIST, path.startsWith(FOLDER) ? name : 'missing'));
        response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${FOLDER}`);
    server.closeAllConnections();
    server.close();
  }, { scope: 'worker' }],

  watched: async ({ page, site }, use) => {
    const watched: Watched = { requests: [], expected: [] };
    const errors: string[] = [];
    page.on('request', (request) => watched.requests.push(request));
    // Chromium reports violations of a Content Security Policy here too.
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await use(watched);
    const isExpected = (text: string) => watched.expected.some((pattern) => pattern.test(text));
    expect(errors.filter((text) => !isExpected(text)), 'console errors and policy violations').toEqual([]);
    const elsewhere = watched.requests.map((request) => request.url())
      .filter((url) => !url.startsWith(site) && !/^(data|file|blob):/.test(url));
    expect(elsewhere, 'requests to anywhere else').toEqual([]);
  },

  open: async ({ page, site, watched }, use) => {
    expect(watched.requests).toEqual([]);
    await use(async (hash = '') => {
      await page.goto(site + hash);
    });
  },
});

export const output = (page: Page): Locator => page.getByRole('region', { name: 'Policy JSON output' });
export const check = (page: Page, name: string): Locator => page.getByRole('checkbox', { name });
export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name });
export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Holds a script of the page back until what this gives is called. */
export async function heldBack(page: Page, script: string): Promise<() => void> {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => { arrive = resolve; });
  await page.route(`**/${script}`, async (route) => {
    await held;
    await route.continue();
  });
  return arrive;
}

/** Every rule of axe for WCAG 2.2 A and AA and its best practices. */
export async function expectNoViolation(page: Page, where: string): Promise<void> {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await runner.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
      preload: false, // It would fetch the style sheet, which the page's policy forbids.
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
  expect(found, where).toEqual([]);
}

/** The engine is there: the result waits for nothing. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Result' })).toHaveAttribute('aria-busy', 'false');
}

/** The policy in the output, without regard to white space. */
export async function expectPolicy(page: Page, text: string): Promise<void> {
  await expect.poll(async () => JSON.parse(await output(page).textContent() ?? '') as unknown).toEqual(JSON.parse(text));
}
