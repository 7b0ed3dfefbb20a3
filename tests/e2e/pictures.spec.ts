// Pictures of every view, filled and in each theme and size, for people to look at: target/pictures/. Nothing compares them.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { BAD, editorReady, expectFindings, policy } from './editor.js';
import { GUIDE, KEY, check, expect, field, output, test } from './page.js';

const PICTURES = join(import.meta.dirname, '../../target/pictures');

/** The views, with what a person would have put in, and what is there then. */
const VIEWS: Record<string, (page: Page) => Promise<void>> = {
  build: async (page) => {
    await check(page, 'Encrypt session data with a KMS key').check();
    await field(page, 'KMS key ARN').fill(KEY);
    await page.getByRole('tab', { name: 'Terraform' }).click();
    await expect(page.getByRole('region', { name: 'Terraform output' })).toContainText('aws_iam_role_policy');
  },
  'build-set-up': async (page) => {
    await page.getByText('More options').click();
    await field(page, 'Region').fill('eu-west-1');
    await field(page, 'Account ID').fill('111122223333');
    await page.getByText('Everything around it').click();
    await expect(page.getByRole('region', { name: 'node.tf output' })).toContainText('aws_iam_role');
  },
  people: async (page) => {
    await page.getByRole('radio', { name: 'Nodes with a tag' }).check();
    await field(page, 'Tag key').fill('Env');
    await field(page, 'Tag value').fill('dev');
    await expect(output(page)).toContainText('Env');
  },
  related: async (page) => {
    await page.getByRole('combobox', { name: 'Which document?' }).selectOption('Session preferences');
    await expect(page.getByRole('region', { name: 'Document JSON output' })).toContainText('schemaVersion');
  },
  role: async (page) => {
    await field(page, 'Policy 1').fill(GUIDE);
    await check(page, 'KMS encryption').check();
    await field(page, 'KMS key ARN').fill(KEY);
    await expect(page.getByRole('row', { name: /KMS encryption/ })).toContainText('Does not work');
  },
  validate: async (page) => {
    await editorReady(page);
    await policy(page).fill(BAD);
    await expectFindings(page, 1, 1);
  },
  'validate-compare': async (page) => {
    await editorReady(page);
    await policy(page).fill(GUIDE);
    await page.getByText('Compare with another policy').click();
    await field(page, 'Other policy').fill(GUIDE.replace('ssmmessages:OpenDataChannel', 'ssm:StartSession'));
    await expect(page.locator('.on-demand')).toContainText('The other policy allows more');
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, width, height] of [['desktop', 1280, 800], ['phone', 320, 640]] as const) {
    test(`pictures, ${colorScheme}, ${size}`, async ({ page, open }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      for (const [view, fill] of Object.entries(VIEWS)) {
        await open(`#/${view.split('-')[0]}`);
        await page.reload();
        await fill(page);
        await page.screenshot({ path: join(PICTURES, `${view}-${colorScheme}-${size}.png`), fullPage: true });
      }
    });
  }
}
