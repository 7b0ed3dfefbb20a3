// Nothing that is typed leaves the browser or stays in it.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
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
  await page.getByRole('link', { name: 'Validate' }).click();
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

test('the policy of the page forbids connections, inline scripts and inline styles', async ({ page, open, watched }) => {
  watched.expected.push(/Content Security Policy|Failed to load resource|connect-src/i);
  await open();
  const answer = await page.evaluate(() => fetch(location.href).then(() => 'answered', () => 'refused'));
  expect(answer).toBe('refused');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    + "img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none'; "
    + "require-trusted-types-for 'script'; trusted-types 'none'");
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
