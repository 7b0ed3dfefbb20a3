// The views that check, in every size, theme and medium.
import type { Page } from '@playwright/test';
import { BAD, editorReady, expectFindings, findings, policy } from './editor.js';
import { GUIDE, KEY, check, expect, expectNoViolation, field, test } from './page.js';

const DENY = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:*","Resource":"*"}]}';
const OBJECTS = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports"}}';

async function fits(page: Page, where: string): Promise<void> {
  await expectNoViolation(page, where);
  const [scroll, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(scroll, where).toBeLessThanOrEqual(width!);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [[1280, 800], [320, 640]] as const) {
    test(`no accessibility violation where policies are checked, ${colorScheme}, ${width}x${height}`, async ({ page, open }) => {
      test.slow(); // axe reads all of a view a dozen times.
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await open('#/validate');
      await editorReady(page);
      await fits(page, 'Validate, empty');
      await policy(page).fill(BAD);
      await expectFindings(page, 1, 1);
      await findings(page).getByText('Why this matters').first().click();
      await fits(page, 'Validate, findings');
      await policy(page).fill(BAD.slice(0, -1));
      await expectFindings(page, 1, 0);
      await fits(page, 'Validate, broken');
      await policy(page).fill(OBJECTS);
      await page.getByRole('button', { name: /^Apply fix/ }).click();
      await page.getByText('Compare with another policy').click();
      await field(page, 'Other policy').fill(BAD);
      await fits(page, 'Validate, a change and a comparison');
      await page.getByRole('button', { name: 'Apply this change' }).click();
      await expectFindings(page, 0, 0);
      await fits(page, 'Validate, nothing found');
      await page.getByRole('combobox', { name: 'Policy type' }).selectOption('Resource policy');
      await fits(page, 'Validate, a type that was chosen');

      await page.getByRole('link', { name: 'Check a role' }).click();
      await editorReady(page, 'Policy 1');
      await fits(page, 'Check a role, empty');
      await field(page, 'Policy 1').fill(GUIDE);
      await check(page, 'KMS encryption').check();
      await field(page, 'KMS key ARN').fill(KEY);
      await page.getByRole('button', { name: 'Show as change' }).click();
      await page.getByText('Commands for the AWS CLI').click();
      await page.getByText('What else decides (optional)').click();
      await page.getByText('More capabilities').click();
      await fits(page, 'Check a role, filled');
      await field(page, 'KMS key ARN').fill('my key');
      await page.getByRole('button', { name: 'Add another policy' }).click();
      await field(page, 'Policy 2').fill(DENY);
      await field(page, 'Permissions boundary').fill('hello');
      await field(page, 'What does this error mean?').fill('TargetNotConnected');
      await expect(field(page, 'KMS key ARN')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByText('Adding a policy cannot repair this')).toBeVisible();
      await fits(page, 'Check a role, mistakes');
    });
  }
}

test('wide spacing and large text do not make the views that check scroll sideways', async ({ page, open }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const view of ['validate', 'role']) {
    await open(`#/${view}`);
    await editorReady(page, view === 'validate' ? 'Policy JSON' : 'Policy 1');
    await field(page, view === 'validate' ? 'Policy JSON' : 'Policy 1').fill(BAD.replace('Chanel', 'Chanel'.repeat(60)));
    await expect(page.getByText(/OpenDataChanelChanel|Open a shell/).first()).toBeVisible();
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
        element.style.lineHeight = '1.5';
        element.style.letterSpacing = '0.12em';
        element.style.wordSpacing = '0.16em';
      }
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 640, height: 640 });
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(640);
    await page.reload();
    await page.setViewportSize({ width: 320, height: 640 });
  }
});

test('under a finger the targets of the views that check are large enough', async ({ page, open, browser, site }) => {
  await open('#/validate');
  const lowest = (target: Page) => target.evaluate(() => [...document.querySelectorAll<HTMLElement>(
    'main button, main select, main summary, main .row, main input[type=text], main input[type=file]')]
    .filter((element) => element.checkVisibility()).map((element) => [element.getBoundingClientRect().height, element.outerHTML.slice(0, 90)] as const)
    .sort((a, b) => a[0] - b[0])[0]!);
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const view of ['validate', 'role']) {
    for (const [target, least] of [[page, 24], [phone, 44]] as const) {
      await target.goto(`${site}#/${view}`);
      await field(target, view === 'validate' ? 'Policy JSON' : 'Policy 1').fill(BAD);
      await expect(target.getByText(/Apply fix|Open a shell/).first()).toBeVisible();
      const [height, element] = await lowest(target);
      expect(height, `${view} ${element}`).toBeGreaterThanOrEqual(least);
    }
  }
  await phone.close();
});

test('on paper: the policy and each finding with its line, without controls', async ({ page, open }) => {
  await open('#/validate');
  await policy(page).fill(BAD);
  await expectFindings(page, 1, 1);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByText('Line 7, column 17', { exact: true })).toBeVisible();
  await expect(page.getByText('Line 13, column 23; Line 14, column 25')).toBeVisible();
  await expect(page.getByText('"ssmmessages:OpenDataChanel"', { exact: true })).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('combobox')).toHaveCount(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
});

test('with forced colours the types of findings and what changes stay apart', async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(OBJECTS);
  await page.getByRole('button', { name: /^Apply fix/ }).click();
  const change = page.getByRole('region', { name: 'Change' });
  const style = (selector: string, name: string) => change.locator(selector).first().evaluate(
    (element, property) => getComputedStyle(element).getPropertyValue(property), name);
  expect(await style('del', 'text-decoration-line')).toBe('line-through');
  expect(await style('ins', 'border-left-style')).toBe('solid');
  const items = page.getByRole('tabpanel').getByRole('listitem');
  await expect(items.locator('.type').first()).toHaveText('Warning');
  await expect(items.locator('h3 svg').first()).toBeVisible();
  expect(await page.locator('.cm-lintRange-info').first().evaluate((element) => getComputedStyle(element).textDecorationStyle)).toBe('wavy');
});
