// When things go wrong, and how large the page may become.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  DIST, GUIDE, GUIDE_WITH_KEY, KEY, check, clipboard, expect, expectNoViolation, expectPolicy, field, golden, heldBack,
  output, ready, test,
} from './page.js';

const KMS = 'Encrypt session data with a KMS key';

async function expectStaticPolicies(page: Page): Promise<void> {
  expect(await page.getByRole('region', { name: 'Policy without KMS' }).textContent()).toBe(GUIDE);
  expect(await page.getByRole('region', { name: 'Policy with KMS' }).textContent()).toBe(golden('kms'));
  await expect(page.getByRole('heading', { name: 'Paste it into the IAM console' })).toBeVisible();
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the policies and the steps are there, and no dead controls', async ({ page, open }) => {
    await open();
    await expectStaticPolicies(page);
    await expect(page.getByText(/not enough by itself/).and(page.locator(':visible'))).toBeVisible();
    for (const role of ['button', 'checkbox', 'textbox', 'combobox', 'navigation'] as const) {
      await expect(page.getByRole(role), role).toHaveCount(0);
    }
    await expect(output(page)).toBeHidden();
    await page.getByText('How to check').click();
    await expect(page.getByText(/Turn off your network/)).toBeVisible();
  });
});

const FAILURES: [string, RegExp, (page: Page) => Promise<unknown>][] = [
  ['the file of the engine is missing', /core\.js is missing/, (page) => page.route('**/core.js', (route) => route.abort())],
  ['the browser has no WebAssembly', /it has no WebAssembly/, (page) => page.addInitScript(() => {
    delete (globalThis as { WebAssembly?: unknown }).WebAssembly;
  })],
  ['the browser has no DecompressionStream', /it has no DecompressionStream/, (page) => page.addInitScript(() => {
    delete (globalThis as { DecompressionStream?: unknown }).DecompressionStream;
  })],
  ['a policy forbids WebAssembly', /forbids WebAssembly/, (page) => page.addInitScript(() => {
    WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError(
      "WebAssembly.compile(): Refused to compile because 'unsafe-eval' is not allowed by Content Security Policy"));
  })],
];
for (const [what, cause, arrange] of FAILURES) {
  test(`${what}: the page says so and keeps what it can`, async ({ page, open, watched }) => {
    watched.expected.push(/ERR_FAILED/);
    await arrange(page);
    await open();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The checker could not start.');
    await expect(alert).toContainText(cause);
    await expect(alert).toContainText('What you can do');
    await expectStaticPolicies(page);
    await expect(check(page, KMS)).toBeDisabled();
    await expect(page.getByText(/options are switched off, because the checker could not start/)).toBeVisible();
    await expect(page.getByText(/Preparing/i)).toHaveCount(0);
    await page.getByRole('button', { name: 'Copy policy with KMS' }).click();
    expect(await clipboard(page)).toBe(golden('kms'));
    if (what.includes('missing')) {
      await expectNoViolation(page, what);
    }
  });
}

test('what is typed before the engine is there is kept', async ({ page, open }) => {
  const arrive = await heldBack(page, 'core.js');
  await page.clock.install();
  const opened = open();
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(KEY);
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result).toHaveAttribute('aria-busy', 'true');
  await page.clock.runFor(600);
  // On a busy machine it is "Still preparing" by now.
  await expect(result).toContainText(/preparing the checker/i);
  // No policy for options that nobody has checked yet.
  await expect(output(page)).toHaveCount(0);
  await page.clock.runFor(2500);
  await expect(result).toContainText('Still preparing the checker');
  arrive();
  await opened;
  await expectPolicy(page, GUIDE_WITH_KEY);
  await expect(result).not.toContainText('reparing');
});

test('what is ticked before the script runs is kept', async ({ page, open }) => {
  const arrive = await heldBack(page, 'app.js');
  const opened = open();
  await page.getByText('More options').click();
  await check(page, 'Include the agent heartbeat').check();
  await field(page, 'Account ID').fill('12');
  arrive();
  await opened;
  await ready(page);
  await expect(output(page)).toContainText('"ssm:UpdateInstanceInformation"');
  await expect(field(page, 'Account ID')).toHaveValue('12');
  await expect(field(page, 'Account ID')).toHaveAttribute('aria-invalid', 'true');
});

test('a page whose script never comes says so by itself', async ({ page, open, watched }) => {
  watched.expected.push(/ERR_FAILED/);
  await page.route('**/app.js', (route) => route.abort());
  await open();
  const notice = page.getByText(/script of this page has not started/);
  await expect(notice).toBeHidden();
  await notice.evaluate((element) => element.getAnimations().forEach((animation) => animation.finish()));
  await expect(notice).toBeVisible();
});

test('a mistake of our own gives a report without what was typed', async ({ page, open, watched }) => {
  watched.expected.push(/boom/);
  await open();
  await ready(page);
  await check(page, KMS).check();
  await page.evaluate(() => {
    const { postern } = globalThis as unknown as { postern: Record<string, unknown> };
    const broken = (options: { sessionEncryption?: { kmsKeyArn: string } }) => {
      throw new TypeError(`boom ${options.sessionEncryption?.kmsKeyArn}`);
    };
    Object.defineProperty(globalThis, 'postern', { value: { PosternError: postern['PosternError'], buildNodePolicy: broken } });
  });
  await field(page, 'KMS key ARN').fill('SECRETMARKER123');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This page has made a mistake.');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await alert.getByRole('button', { name: 'Copy error report' }).click();
  const report = await clipboard(page);
  expect(report).toMatch(/^Postern \d+\.\d+\.\d+\nTypeError\n.*app\.js:\d+/s);
  expect(report).not.toMatch(/SECRETMARKER123|boom|some\/dir/);
});

test('a call that the engine cannot finish is told, and the next one works', async ({ page, open }) => {
  await page.addInitScript({ path: join(import.meta.dirname, '../web/trap.js') });
  await open();
  await ready(page);
  await check(page, 'Include the agent heartbeat').check();
  await check(page, KMS).check();
  await page.evaluate(() => {
    (globalThis as unknown as { trapping: { trap: string } }).trapping.trap = 'buildNodePolicy';
  });
  await field(page, 'KMS key ARN').fill('SECRETMARKER123');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The checker could not finish.');
  await expect(alert).toContainText('What you typed is kept');
  await expect(output(page)).toHaveCount(0);
  await expectNoViolation(page, 'a call that failed');
  await alert.getByRole('button', { name: 'Copy error report' }).click();
  const report = await clipboard(page);
  expect(report).toMatch(/^Postern \d+\.\d+\.\d+ could not finish buildNodePolicy, given \d+ characters of JSON: RuntimeError: unreachable\./);
  expect(report + await alert.textContent()).not.toContain('SECRETMARKER123');

  await expect(field(page, 'KMS key ARN')).toHaveValue('SECRETMARKER123');
  await field(page, 'KMS key ARN').fill(KEY);
  await expect(alert).toBeEmpty();
  await expect(output(page)).toContainText(KEY);
  await expect(output(page)).toContainText('"ssm:UpdateInstanceInformation"');
});

test('the page stays within its sizes', () => {
  const size = (...names: string[]) => names.reduce((sum, name) => {
    return sum + gzipSync(readFileSync(join(DIST, name)), { level: 9 }).length;
  }, 0);
  const own = size('index.html', 'style.css', 'noscript.css', 'app.js');
  const css = size('style.css');
  const core = size('core.js');
  const editor = size('editor.js');
  console.log(`      HTML, CSS and app script ${own} bytes gzip, of it CSS ${css}; engine ${core}; editor ${editor}; on demand ${size('more.js')}`);
  expect(editor).toBeLessThanOrEqual(120 * 1024);
  expect(own).toBeLessThanOrEqual(60 * 1024);
  expect(core).toBeLessThanOrEqual(700 * 1024);
  // It is fetched when somebody asks what requests come to, or what an error means.
  expect(size('more.js')).toBeLessThanOrEqual(930 * 1024);
});
