// A link for a colleague: with the ticks alone, or with the texts when the person wants that.
import type { Page } from '@playwright/test';
import { GUIDE_WITH_KEY, KEY, check, clipboard, expect, expectNoViolation, expectPolicy, field, ready, test } from './page.js';

const KMS = 'Encrypt session data with a KMS key';

async function copyLink(page: Page, withTexts: boolean): Promise<string> {
  const button = page.getByRole('button', { name: 'Copy link', exact: true });
  if (await button.getAttribute('aria-expanded') === 'false') await button.click();
  const group = page.getByRole('group', { name: /^Link to this page/ });
  await group.getByRole('checkbox', { name: 'Include names and ARNs' }).setChecked(withTexts);
  const copy = group.getByRole('button', { name: 'Copy this link' });
  await expect(group.getByRole('region', { name: 'Link' })).toContainText(withTexts ? 'with=' : '#/');
  await copy.click();
  await expect(page.getByRole('status')).toHaveText('Link copied.');
  const link = await clipboard(page);
  expect(await group.getByRole('region', { name: 'Link' }).textContent()).toBe(link);
  return link;
}

test('a link holds ticks alone unless names are asked for', async ({ page, open, context, watched }) => {
  await open();
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(KEY);
  await expectPolicy(page, GUIDE_WITH_KEY);
  expect(page.url()).not.toMatch(/111122223333|1234abcd/);

  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  const box = page.getByRole('checkbox', { name: 'Include names and ARNs' });
  await expect(box).not.toBeChecked();
  await expect(box).toHaveAccessibleDescription(/Anyone with the link can read them, including account 111122223333/);
  await expectNoViolation(page, 'the link');
  const short = await copyLink(page, false);
  expect(short).toMatch(/#\/build\?kms=1$/);
  const long = await copyLink(page, true);
  expect(long).toMatch(/#\/build\?kms=1&with=[\w-]+$/);
  expect(long).not.toMatch(/111122223333|1234abcd/);

  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Copy link', exact: true })).toBeFocused();
  await expect(page.getByRole('group', { name: /^Link to this page/ })).toHaveCount(0);

  const other = await context.newPage();
  await other.goto(short);
  await ready(other);
  await expect(check(other, KMS)).toBeChecked();
  await expect(field(other, 'KMS key ARN')).toHaveValue('');
  await expect(other.getByText('Loaded from a link')).toHaveCount(0);

  const third = await context.newPage();
  await third.goto(long);
  await expect(field(third, 'KMS key ARN')).toHaveValue(KEY);
  await expect(third.getByText('Loaded from a link. Nothing is stored.').first()).toBeVisible();
  await expect(third).toHaveURL(/#\/build\?kms=1$/);
  await expectPolicy(third, GUIDE_WITH_KEY);
  expect(watched.expected).toEqual([]);
});

test('a damaged link leaves an empty view that works', async ({ page, open }) => {
  await open();
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(KEY);
  const link = await copyLink(page, true);
  const damaged = [
    link.slice(0, -10) + [...link.slice(-10)].map((one) => (one === 'A' ? 'B' : 'A')).join(''),
    link.slice(0, -10),
    link.replace('with=A', 'with=B'),
    link.replace(/with=.*/, 'with='),
    link.replace(/with=.*/, `with=${'A'.repeat(9000)}`),
    link.replace('/build', '/related'), // Which has no such field.
  ];
  for (const one of damaged) {
    await page.goto('about:blank');
    await page.goto(one);
    await expect(page.getByRole('alert'), one).toContainText('This link could not be read');
    await expect(page.getByRole('checkbox', { name: KMS, checked: true })).toHaveCount(0);
    await expect(page).toHaveURL(/#\/(build|related)$/);
  }
  await page.getByRole('link', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('alert')).toBeEmpty();
  await check(page, KMS).check();
  await expect(field(page, 'KMS key ARN')).toHaveValue('');
});

test('a link pasted over the open page is read too, and one of another view leads there', async ({ page, open }) => {
  await open('#/people?nodes=tag');
  await page.getByRole('textbox', { name: 'Tag key' }).fill('Env');
  await page.getByRole('textbox', { name: 'Tag value' }).fill('dev');
  const link = await copyLink(page, true);
  await page.getByRole('link', { name: 'Build', exact: true }).click();
  await page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/people who start sessions/);
  await expect(page.getByRole('textbox', { name: 'Tag key' })).toHaveValue('Env');
  await expect(page).not.toHaveURL(/with=/);
});

test('texts that are too long for a link are refused with what helps', async ({ page, open }) => {
  await open('#/people?nodes=ids');
  const ids = Array.from({ length: 4000 }, (_, i) => `i-${(i * 2654435761 % 2 ** 32).toString(16).padStart(17, '0')}`).join('\n');
  await page.evaluate((text) => navigator.clipboard.writeText(text), ids);
  await page.getByRole('textbox', { name: 'Instance IDs' }).press('Control+V');
  await expect(page.getByText(/more lines are not shown/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Include names and ARNs' }).check();
  await expect(page.getByText('Too long for a link. Download the file instead.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy this link' })).toHaveCount(0);
});
