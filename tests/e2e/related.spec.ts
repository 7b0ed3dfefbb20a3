// Related: what belongs around the role.
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { RELATED } from '../../www/controls/related.js';
import { check, clipboard, expect, expectNoViolation, field, ready, test } from './page.js';

const { buildRelated } = createRequire(import.meta.url)('../../dist/node.cjs') as typeof import('postern');

const document = (page: Page) => page.getByRole('combobox', { name: 'Which document?' });
const shown = (page: Page, name: string) => page.getByRole('region', { name: `${name} JSON output` });

test('the bucket of Build is offered, taken and makes the bucket policy', async ({ page, open }) => {
  await open();
  await check(page, 'Save session logs to Amazon S3').check();
  await field(page, 'S3 bucket name').fill('example-session-logs');
  await ready(page);
  await page.getByRole('link', { name: 'Related' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Build what belongs around the role');
  await document(page).selectOption('Bucket policy');
  await expect(page.getByText('Still needed for this policy: S3 bucket name.')).toBeVisible();
  await page.getByRole('button', { name: 'Use the bucket example-session-logs from Build' }).click();
  await expect(field(page, 'S3 bucket name')).toHaveValue('example-session-logs');
  await expect(field(page, 'S3 bucket name')).toBeFocused();
  await expect(page.getByRole('button', { name: /^Use the bucket/ })).toHaveCount(0);
  expect(await shown(page, 'Policy').textContent()).toBe(buildRelated('bucket-policy', { bucket: 'example-session-logs' }).json);
  await expect(page.getByRole('heading', { name: 'Paste it into the S3 console' })).toBeVisible();

  await document(page).selectOption('Session preferences');
  expect(await shown(page, 'Document').textContent()).toBe(buildRelated('preferences-document', {}).json);
  await page.getByRole('button', { name: 'Copy command' }).click();
  expect(await clipboard(page)).toBe(buildRelated('preferences-document', {}).command);
  await page.getByRole('button', { name: 'It is there' }).click();
  await expect(check(page, 'It is there already')).toBeChecked();
  await expect(page.getByRole('region', { name: 'Command' })).toContainText('update-document');
  await page.getByRole('button', { name: /^Use the bucket example-session-logs from/ }).first().click();
  await expect(shown(page, 'Document')).toContainText('"s3BucketName": "example-session-logs"');
  // What was typed for the other kind is still there.
  await document(page).selectOption('Bucket policy');
  await expect(field(page, 'S3 bucket name')).toHaveValue('example-session-logs');
  expect(page.url()).not.toContain('example-session-logs');
});

test('every kind of document is built, has its address, and no violation', async ({ page, open }) => {
  const problems: string[] = [];
  await open('#/related');
  for (const { kind, label, noun } of RELATED) {
    await document(page).selectOption(label);
    for (const [name, value] of [
      ['Account ID', '222222222222'], ['Region', 'eu-west-1'], ['S3 bucket name', 'example-session-logs'],
      ['Log group name', '/example/session-logs'], ['Document name', 'ExampleDocument'],
    ] as const) {
      const one = page.getByRole('textbox', { name, exact: true });
      if (await one.count() === 1) await one.fill(value);
    }
    if (kind === 'session-document') {
      await check(page, 'Run on Linux').check();
      await field(page, 'Commands on Linux').fill('uptime');
    }
    // It keeps nothing in order by itself.
    if (kind === 'session-guard') await check(page, 'Refuse sessions without MFA').check();
    const region = shown(page, noun.charAt(0).toUpperCase() + noun.slice(1));
    await expect(region, kind).toBeVisible();
    try {
      JSON.parse(await region.textContent() ?? '');
    } catch (error) {
      problems.push(`${kind}: ${String(error)}`);
    }
    if (kind !== RELATED[0]!.kind && !page.url().includes(`document=${kind}`)) problems.push(`${kind}: ${page.url()}`);
    // AWS prints the policy of the log group's key without aws:SourceAccount, and Access Analyzer warns of that.
    const found = kind === 'log-group-key-policy' ? /[1-9]\d* error/ : /[1-9]\d* (error|security)/;
    if (found.test(await page.getByRole('region', { name: 'Result' }).textContent() ?? '')) {
      problems.push(`${kind}: the engine finds errors in its own text`);
    }
    await expectNoViolation(page, kind);
  }
  expect(problems).toEqual([]);
});

test('choosing another document keeps the focus, and begins with the text itself', async ({ page, open }) => {
  await open('#/related?document=trust-policy');
  await page.getByRole('tab').last().click();
  await document(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(document(page)).toHaveValue('endpoint-policy');
  await expect(document(page)).toBeFocused();
  await field(page, 'Account ID').fill('222222222222');
  await expect(shown(page, 'Policy')).toBeVisible();
});

test('an address names the document and its ticks', async ({ page, open }) => {
  await open('#/related?document=endpoints&cloudWatchLogs=1');
  await expect(document(page)).toHaveValue('endpoints');
  await expect(check(page, 'Session logs go to CloudWatch Logs')).toBeChecked();
  await field(page, 'Region').fill('eu-west-1');
  await expect(shown(page, 'List')).toContainText('com.amazonaws.eu-west-1.logs');
  await open('#/related?document=constructor');
  await expect(document(page)).toHaveValue('session-key-policy');
});

test('a document with a parameter', async ({ page, open }) => {
  await open('#/related?document=session-document&linux=1');
  await field(page, 'Document name').fill('TailLog');
  await field(page, 'Commands on Linux').fill('tail -f {{ logpath }}');
  await page.getByRole('button', { name: 'Add a parameter' }).click();
  await expect(field(page, 'Parameter name')).toBeFocused();
  await field(page, 'Parameter name').fill('logpath');
  await field(page, 'Parameter pattern').fill('^[a-z/]{1,40}$');
  await field(page, 'Parameter most characters').fill('40');
  expect(JSON.parse(await shown(page, 'Document').textContent() ?? '')).toEqual(buildRelated('session-document', {
    name: 'TailLog', sessionType: 'InteractiveCommands', linux: { commands: 'tail -f {{ logpath }}' },
    parameters: { logpath: { allowedPattern: '^[a-z/]{1,40}$', maxChars: 40 } },
  }).document);
  await page.getByRole('button', { name: 'Remove parameter' }).click();
  await expect(page.getByRole('button', { name: 'Add a parameter' })).toBeFocused();
});

test('where nothing was chosen yet, nothing is a mistake', async ({ page, open }) => {
  await open('#/related?document=session-guard');
  await expect(page.getByText(/The policy would refuse nothing\. Ask for at least one of .*Refuse sessions without MFA/)).toBeVisible();
  await expect(page.locator('.mistake, .urgent')).toHaveCount(0);
  await expect(page.locator('[aria-invalid=true]')).toHaveCount(0);
  await check(page, 'Refuse sessions without MFA').check();
  await expect(shown(page, 'Policy')).toContainText('aws:MultiFactorAuthPresent');
  // Who takes it back has chosen.
  await field(page, 'Region').fill('eu-west-1');
  await check(page, 'Refuse sessions without MFA').uncheck();
  await expect(page.locator('.mistake')).toContainText('Ask for at least one of');
});

test('each service control policy is named by what it is for', async ({ page, open }) => {
  await open('#/related');
  await expect(document(page).getByRole('option', { name: /^Service control policy/ })).toHaveText([
    'Service control policy: Default Host Management', 'Service control policy: sessions']);
});
