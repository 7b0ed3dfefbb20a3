// The documentation beside the page: it is reached from a finding, and is as readable as the page.
import { BAD, editorReady, expectFindings, findings, policy } from './editor.js';
import { expect, expectNoViolation, test } from './page.js';

/** One of each kind. */
const PAGES = ['index', 'guides', 'ci', 'recipes/index', 'recipes/templates', 'checks/index', 'checks/INVALID_ACTION', 'calls/index', 'calls/buildRelated',
  'calls/types', 'options/index', 'options/operator', 'commands/index', 'commands/role'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [[1280, 800], [320, 640]] as const) {
    test(`no accessibility violation in the documentation, ${colorScheme}, ${width}x${height}`, async ({ page, site, watched }) => {
      test.slow(); // axe reads all of a dozen pages.
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      for (const name of PAGES) {
        await page.goto(`${site}docs/${name}.html`);
        await expectNoViolation(page, name);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
      }
      expect(watched.requests.filter((request) => request.resourceType() === 'script')).toEqual([]);
    });
  }
}

test('the code of a finding leads to what the documentation says of its check', async ({ page, open, context }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(BAD);
  await expectFindings(page, 1, 1);
  const opened = context.waitForEvent('page');
  await findings(page).getByRole('link', { name: /^INVALID_ACTION/ }).click();
  const tab = await opened;
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Invalid action');
  await tab.getByRole('link', { name: 'Recipes' }).click();
  await expect(tab).toHaveTitle('Recipes - Postern');
});

test('the words of a table and the flags of a command are not broken', async ({ page, site, watched }) => {
  expect(watched.requests).toEqual([]);
  const broken: string[] = [];
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [name, selector] of [['ci', 'td:first-child code, td:nth-child(3) code'], ['recipes/templates', '.flag'], ['ci', '.flag']] as const) {
      await page.goto(`${site}docs/${name}.html`);
      const all = page.locator(selector);
      expect(await all.count(), name).toBeGreaterThan(0);
      broken.push(...await all.evaluateAll((codes) => codes.filter((code) => code.getClientRects().length !== 1 || code.getBoundingClientRect().height > 32)
        .map((code) => code.textContent)));
    }
  }
  expect(broken).toEqual([]);
});
