// A link for a colleague: with the ticks alone, or with the texts when the person wants that.
import { gzipSync } from 'node:zlib';
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

/** The address of a link that holds this, which need be nothing that the page gives. */
function made(start: string, json: string | Buffer): string {
  return `${start}${start.includes('?') ? '&' : '?'}with=${Buffer.concat([Buffer.of(1), gzipSync(json)]).toString('base64url')}`;
}

/** How much is on the page, however it is shown. */
const drawn = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);
const editors = (page: Page) => page.locator('.pasted').count();

/** Counts that a link may not bring: what is over the limit of a list is as good as a link of another page. */
const TOO_MANY: [what: string, start: string, json: string][] = [
  ['empty policies', '#/role', JSON.stringify({ policies: Array(101).fill(''), around: {} })],
  ['a thousand policies', '#/role', JSON.stringify({ policies: Array(1000).fill('{}') })],
  ['tags', '#/people?nodes=tag', JSON.stringify({ 'targets.tags': Array(201).fill({}) })],
  ['alternative tags', '#/people', JSON.stringify({ 'targets.anyTags': Array(30_000).fill({}) })],
  ['tags of tasks', '#/people', JSON.stringify({ 'ecsExec.tags': Array(201).fill({ key: 'a', value: 'b' }) })],
  ['parameters of a document', '#/related?document=session-document', JSON.stringify({ parameters: Array(201).fill({}) })],
  ['a text that unpacks to 20 MB', '#/validate', JSON.stringify({ text: ' '.repeat(20_000_000) })],
  ['a text of 300,001 bytes', '#/validate', JSON.stringify({ text: ' '.repeat(300_001 - '{"text":""}'.length) })],
  ['a text that is a number', '#/role', JSON.stringify({ policies: ['', 1] })],
  ['a field that there is not', '#/role', '{"policies":[""],"around":{"__proto__":"{}"}}'],
  ['a number around the role', '#/role', '{"policies":[""],"around":{"scps":1}}'],
];

for (const [what, start, json] of TOO_MANY) {
  test(`a link with too much is told and not drawn: ${what}`, async ({ page, open }) => {
    const link = made(start, json);
    await open(start);
    await expect(page.getByRole('alert')).toBeEmpty();
    const [before, fields] = [await drawn(page), await editors(page)];
    await page.evaluate((hash) => { location.hash = hash; }, link);
    await expect(page.getByRole('alert')).toContainText('holds too much');
    await expect(page).not.toHaveURL(/with=/);
    expect(await editors(page)).toBe(fields);
    expect(await drawn(page)).toBeLessThan(before + 100);
  });
}

test('a link with as much as the page takes is read whole', async ({ page, open }) => {
  const texts = Array.from({ length: 100 }, (_, i) => `"${i}"`);
  await open(made('#/role', JSON.stringify({ policies: texts })));
  await expect(page.locator('.pasted > .policy-text')).toHaveCount(105);
  await expect(page.getByText('Policy 100', { exact: true })).toBeVisible();

  const rows = Array.from({ length: 200 }, (_, i) => ({ key: `Key${i}`, value: 'a' }));
  const hash = made('#/people?nodes=tag', JSON.stringify({ 'targets.tags': rows }));
  await page.evaluate((to) => { location.hash = to; }, hash);
  await expect(page.getByRole('textbox', { name: 'Tag key 200' })).toHaveValue('Key199');
  await expect(page.getByText('There is room for 200.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add another tag' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove tag 200' }).click();
  await page.getByRole('button', { name: 'Add another tag' }).click();
  await expect(page.getByRole('textbox', { name: 'Tag key 200' })).toBeFocused();
});

test('tags may be called what objects of the page have by nature', async ({ page, open }) => {
  const rows = ['constructor', '__proto__', 'toString'].map((key) => ({ key, value: 'a' }));
  await open(made('#/people?nodes=tag', JSON.stringify({ 'targets.tags': rows })));
  await expect(page.getByRole('region', { name: 'Policy JSON output' })).toContainText('ssm:resourceTag/constructor');
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('an address says each tick once, however often it is written there', async ({ page, open }) => {
  await open(`#/role?uses=${'shell+nothing+s3+'.repeat(2000)}shell`);
  await expect(page).toHaveURL(/#\/role\?uses=shell\+s3$/);
  await page.goto('about:blank');
  await open(`#/people?clients=${'cli,ec2-console,'.repeat(2000)}cli`);
  await expect(page).toHaveURL(/#\/people\?clients=cli%2Cec2-console$/);
});

test('a text that gzip makes no smaller is too long for a link', async ({ page, open }) => {
  await open('#/validate');
  let [seed, text] = [1, ''];
  while (text.length < 90_000) text += String.fromCharCode(0x4e00 + (seed = seed * 48271 % 0x7fffffff) % 20_000);
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await page.getByRole('textbox', { name: 'Policy JSON' }).press('Control+V');
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Include the policy text' }).check();
  await expect(page.getByText('Too long for a link. Download the file instead.')).toBeVisible();
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('characters that are not to be seen are shown, but not by the ten thousands', async ({ page, open }) => {
  const host = page.locator('.policy-text div.editor').first();
  for (const [count, shown] of [[1000, 1000], [1001, 0], [99_000, 0]]) {
    await page.goto('about:blank');
    await open(made('#/validate', JSON.stringify({ text: '\u200b'.repeat(count!) })));
    await expect(host).toBeVisible();
    await expect(page.getByText(`${count!.toLocaleString('en')} characters`)).toBeVisible();
    await expect.poll(() => host.evaluate((one) => one.shadowRoot!.querySelectorAll('.cm-specialChar').length), String(count)).toBe(shown);
  }
});
