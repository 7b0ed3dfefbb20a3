// Every size, theme and medium.
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { KEY, check, expect, expectNoViolation, field, output, ready, test } from './page.js';

const { catalogInfo } = createRequire(import.meta.url)('../../dist/node.cjs') as typeof import('postern');

const KMS = 'Encrypt session data with a KMS key';
const VIEWS = ['People', 'Related', 'Check a role', 'Validate', 'Build'];

/** What a person may see of each view, in full and with mistakes. */
const SCENES: [name: string, arrange: (page: Page) => Promise<void>][] = [
  ['People', async (page) => {
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByText('More options').click();
    await page.getByRole('radio', { name: 'Nodes with a tag' }).check();
    await page.getByRole('textbox', { name: 'Tag key', exact: true }).fill('aws:x');
    await check(page, 'ECS Exec on the tasks of a cluster').check();
    await check(page, 'Ask for access just in time').check();
    await expect(page.getByText(/is not a tag key/)).toBeVisible();
  }],
  ['Related', async (page) => {
    await page.getByRole('link', { name: 'Related', exact: true }).click();
    await page.getByRole('combobox', { name: 'Which document?' }).selectOption('Session preferences');
    await page.getByText('More options').click();
    await page.getByRole('combobox', { name: 'Only an encrypted bucket' }).selectOption('By a parameter');
    await page.getByRole('button', { name: 'Add a parameter' }).click();
    await field(page, 'Parameter name').fill('a b');
    await field(page, 'Minutes in all').fill('many');
    await expect(field(page, 'Minutes in all')).toHaveAttribute('aria-invalid', 'true');
  }],
  ['Build with a key and a link', async (page) => {
    await page.getByText('More options').click();
    await check(page, KMS).check();
    await field(page, 'KMS key ARN').fill(KEY);
    await page.getByRole('button', { name: 'Copy link', exact: true }).click();
    await check(page, 'Include names and ARNs').check();
    await page.getByText('Show', { exact: true }).click();
  }],
  ['Build with everything around it', async (page) => {
    await page.getByText('More options').click();
    await field(page, 'Region').fill('eu-west-1');
    await field(page, 'Account ID').fill('111122223333');
    await page.getByText('Everything around it').click();
    await expect(page.getByRole('region', { name: 'node.tf output' })).toContainText('aws_iam_role');
  }],
  ['Build with mistakes', async (page) => {
    await page.getByText('More options').click();
    await check(page, KMS).check();
    await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
    await field(page, 'KMS key ARN').fill('my key');
    await field(page, 'Region').fill('europe');
    await expect(field(page, 'KMS key ARN')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, 'Region')).toHaveAttribute('aria-invalid', 'true');
  }],
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [[1280, 800], [320, 640]] as const) {
    const expectGood = async (page: Page, where: string) => {
      await expectNoViolation(page, where);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
    };
    const arranged = async (page: Page, open: () => Promise<void>) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await open();
      await ready(page);
    };
    test(`no accessibility violation, ${colorScheme}, ${width}x${height}: the views`, async ({ page, open }) => {
      await arranged(page, open);
      for (const view of VIEWS) {
        await page.getByRole('link', { name: view, exact: true }).click();
        await expectGood(page, view);
      }
    });
    for (const [name, arrange] of SCENES) {
      test(`no accessibility violation, ${colorScheme}, ${width}x${height}: ${name}`, async ({ page, open }) => {
        await arranged(page, open);
        await arrange(page);
        await expectGood(page, name);
      });
    }
  }
}

test('an icon is a picture and no box, in every theme and size', async ({ page, open }) => {
  const problems: string[] = [];
  for (const [width, height] of [[1280, 800], [320, 640]] as const) {
    for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }, { media: 'print' }] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ media: 'screen', colorScheme: 'light', forcedColors: 'none', ...media });
      await open('#/build?kms=1');
      await ready(page);
      await expect(page.getByText(/^Where Default Host Management is on/)).toBeVisible();
      const found = await page.evaluate(() => [...document.querySelectorAll<SVGSVGElement>('main svg, header svg')]
        .filter((icon) => icon.getBoundingClientRect().width > 0)
        .flatMap((icon) => {
          const { borderTopWidth, paddingTop, backgroundColor, stroke, width: wide, height: high } = getComputedStyle(icon);
          const drawn = icon.getBBox();
          const isBox = borderTopWidth !== '0px' || paddingTop !== '0px' || backgroundColor !== 'rgba(0, 0, 0, 0)';
          const isEmpty = drawn.width < 8 || drawn.height < 8 || stroke === 'none' || wide !== high || parseFloat(wide) < 10;
          return isBox || isEmpty ? [icon.outerHTML] : [];
        }));
      problems.push(...found.map((icon) => `${width} ${JSON.stringify(media)}: ${icon}`));
    }
  }
  expect(problems).toEqual([]);
});

test('a long key, wide spacing and large text do not make the page scroll sideways', async ({ page, open }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open();
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(`${KEY.slice(0, -36)}${'k'.repeat(300)}`);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
      element.style.lineHeight = '1.5';
      element.style.letterSpacing = '0.12em';
      element.style.wordSpacing = '0.16em';
    }
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 640, height: 640 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
});

test('small targets are large enough, and larger under a finger', async ({ page, open, browser, site }) => {
  await open();
  await ready(page);
  await page.getByText('More options').click();
  const lowest = (target: Page) => target.evaluate(() => Math.min(...[...document.querySelectorAll<HTMLElement>(
    'button, select, nav a, summary, .row, input[type=text]')].filter((element) => element.offsetParent !== null)
    .map((element) => element.getBoundingClientRect().height)));
  expect(await lowest(page)).toBeGreaterThanOrEqual(24);
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.goto(site);
  expect(await lowest(phone)).toBeGreaterThanOrEqual(44);
  await phone.close();
});

test('on paper: policy, notes, options and steps, black on white, without controls', async ({ page, open }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await open('#/build?kms=1');
  await ready(page);
  await expect(output(page)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Paste it into the IAM console' })).toBeVisible();
  await expect(page.getByText('Chosen options')).toBeVisible();
  await expect(page.getByText(/^Replace key-name before you use this/)).toBeVisible();
  await expect(page.getByText(`AWS data as of ${catalogInfo().date},`)).toBeVisible();
  await expect(page.locator('form')).toBeHidden();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('button')).toHaveCount(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByText('Chosen options')).toBeHidden();
});

test('with forced colours the current view, a wrong field and the placeholder stay apart', async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open('#/build?kms=1');
  await field(page, 'KMS key ARN').fill('my key');
  await expect(field(page, 'KMS key ARN')).toHaveAttribute('aria-invalid', 'true');
  const style = (selector: string, name: string) => page.evaluate(
    ([selector, name]) => getComputedStyle(document.querySelector(selector!)!).getPropertyValue(name!), [selector, name]);
  expect(await style('[aria-invalid=true]', 'border-top-style')).toBe('double');
  expect(await style('nav a[aria-current]', 'border-bottom-color'))
    .not.toBe(await style('nav a:not([aria-current])', 'border-bottom-color'));
  expect(await style('mark', 'outline-style')).toBe('solid');
});

test('a column that fits stays in sight; one that does not scrolls', async ({ page, open }) => {
  await open();
  await ready(page);
  await page.getByRole('contentinfo').scrollIntoViewIfNeeded();
  await expect(page.getByText('What your sessions use')).toBeInViewport();
  await page.setViewportSize({ width: 1280, height: 300 });
  await expect(page.locator('form')).not.toHaveAttribute('data-fits');
});

test('formats stand in one row, views apart from each other, and a box beside its words', async ({ page, open }) => {
  const tops = (selector: string) => page.locator(selector).evaluateAll((all) => [...new Set(all.map((one) => Math.round(one.getBoundingClientRect().top)))].length);
  await open();
  await ready(page);
  for (const view of VIEWS) {
    await page.getByRole('link', { name: view, exact: true }).click();
    if (view === 'Related') await page.getByRole('combobox', { name: 'Which document?' }).selectOption('Session preferences');
    if (view === 'Check a role') await field(page, 'Policy 1').fill('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ssmmessages:*","Resource":"*"}}');
    if (view === 'Validate') continue;
    await expect(page.getByRole('tab', { name: 'Pulumi' })).toBeVisible();
    expect(await tops('[aria-label="Output format"] [role=tab]'), view).toBe(1);
  }
  await page.getByText('Everything around it').click();
  const box = page.getByRole('checkbox', { name: /With VPC endpoints/ });
  const [middle, label] = await box.evaluate((input) => [input, input.nextElementSibling!].map((one) => one.getBoundingClientRect()).map(({ top, height }) => top + height / 2));
  expect(Math.abs(middle! - label!)).toBeLessThanOrEqual(2);
  await page.setViewportSize({ width: 360, height: 740 });
  const gaps = await page.locator('nav a').evaluateAll((all) => all.slice(1).map((one, i) => one.getBoundingClientRect().left - all[i]!.getBoundingClientRect().right));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12);
  expect(await tops('nav a')).toBe(1);
});
