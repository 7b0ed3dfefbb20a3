// The formats of a result. That the texts are right is proved where they are made; here, that the page shows, copies and
// saves what the engine gives.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { GUIDE_WITH_KEY, KEY, check, clipboard, expect, expectNoViolation, field, ready, test } from './page.js';

const { exportPolicy } = createRequire(import.meta.url)('../../dist/node.cjs') as typeof import('postern');

const TABS = ['Policy JSON', 'AWS CLI', 'Terraform', 'CloudFormation', 'CDK', 'Pulumi'];

const tab = (page: Page, name: string) => page.getByRole('tablist', { name: 'Output format' }).getByRole('tab', { name, exact: true });
const output = (page: Page, name: string) => page.getByRole('region', { name: `${name} output` });

async function withNames(page: Page): Promise<void> {
  await ready(page);
  await check(page, 'Encrypt session data with a KMS key').check();
  await field(page, 'KMS key ARN').fill(KEY);
  await page.getByText('More options').click();
  await field(page, 'Role name').fill('WebServer');
  await expect(field(page, 'Policy name')).toHaveValue('SessionManagerPermissions');
}

test('arrows, Home and End choose the format', async ({ page, open }) => {
  await open();
  await ready(page);
  await expect(page.getByRole('tablist', { name: 'Output format' }).getByRole('tab')).toHaveText(TABS);
  await tab(page, 'Policy JSON').focus();
  for (const name of TABS.slice(1, 5)) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(page, name)).toBeFocused();
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
    await expect(output(page, name)).toBeVisible();
    await expectNoViolation(page, name);
  }
  await page.keyboard.press('Home');
  await expect(tab(page, 'Policy JSON')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tab(page, 'Pulumi')).toBeFocused();
  await page.keyboard.press('End');
  await expect(tab(page, 'Pulumi')).toBeFocused();
  // One stop of the Tab key, and the panel comes next.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy Pulumi' })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Pulumi' })).toBeVisible();
});

test('each format is shown, copied and saved as the engine gives it', async ({ page, open }) => {
  await open();
  await withNames(page);
  const target = { attachTo: 'role', roleName: 'WebServer', policyName: 'SessionManagerPermissions' } as const;
  const formats = [
    ['AWS CLI', null, 'aws-cli', 'sh'], ['AWS CLI', 'PowerShell', 'aws-cli-powershell', 'ps1'],
    ['Terraform', null, 'terraform', 'tf'], ['Terraform', 'jsonencode', 'terraform-jsonencode', 'tf'],
    ['CloudFormation', null, 'cloudformation', 'yaml'], ['CloudFormation', 'JSON', 'cloudformation-json', 'json'],
    ['CDK', null, 'cdk-typescript', 'ts'], ['CDK', 'Python', 'cdk-python', 'py'], ['Pulumi', null, 'pulumi-typescript', 'ts'],
  ] as const;
  const problems: string[] = [];
  for (const [name, form, format, extension] of formats) {
    await tab(page, name).click();
    if (form !== null) await page.getByRole('combobox', { name: 'Form' }).selectOption(form);
    const wanted = exportPolicy(GUIDE_WITH_KEY, { ...target, format });
    if (!wanted.includes('WebServer')) problems.push(`${format}: the text does not name the role`);
    if (await output(page, name).textContent() !== wanted) problems.push(`${format}: another text is shown`);
    await page.getByRole('button', { name: `Copy ${name}`, exact: true }).click();
    await expect(page.getByRole('status')).toHaveText(`${name} copied.`);
    if (await clipboard(page) !== wanted) problems.push(`${format}: another text is copied`);
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('button', { name: 'Download', exact: true }).click(),
    ]);
    const file = name === 'CloudFormation' ? 'session-manager' : 'SessionManagerPermissions';
    if (download.suggestedFilename() !== `${file}.${extension}`) problems.push(`${format}: ${download.suggestedFilename()}`);
    if (readFileSync(await download.path(), 'utf8') !== wanted) problems.push(`${format}: another text is saved`);
  }
  expect(problems).toEqual([]);
});

test('a policy variable stays one in every format', async ({ page, open }) => {
  await open('#/people');
  await page.getByRole('radio', { name: 'IAM users' }).check();
  const policy = await output(page, 'Policy JSON').textContent() ?? '';
  expect(policy).toContain('session/${aws:username}-*');
  for (const [name, form] of [['AWS CLI', /session\/\$\{aws:username\}-\*/], ['Terraform', /session\/(&|\$\$)\{aws:username\}-\*/]] as const) {
    await tab(page, name).click();
    await expect(output(page, name)).toContainText(form);
  }
});

test('a name that the exporter refuses is told at its field, and left out', async ({ page, open }) => {
  await open();
  await withNames(page);
  await field(page, 'Role name').fill('my role');
  await expect(field(page, 'Role name')).toHaveAttribute('aria-invalid', 'true');
  await expect(output(page, 'Policy JSON')).toBeVisible();
  await tab(page, 'Terraform').click();
  await expect(output(page, 'Terraform')).toBeVisible();
  await expect(output(page, 'Terraform')).not.toContainText('my role');
});

test('related documents are exported where they belong', async ({ page, open }) => {
  await open('#/related?document=bucket-policy');
  await field(page, 'S3 bucket name').fill('example-session-logs');
  const json = await output(page, 'Policy JSON').textContent() ?? '';
  await tab(page, 'Terraform').click();
  expect(await output(page, 'Terraform').textContent())
    .toBe(exportPolicy(json, { format: 'terraform', attachTo: 'bucket', bucketName: 'example-session-logs' }));
  await expect(output(page, 'Terraform')).toContainText('aws_s3_bucket_policy');
  await page.getByRole('combobox', { name: 'Which document?' }).selectOption('Session preferences');
  await tab(page, 'CloudFormation').click();
  await expect(output(page, 'CloudFormation')).toContainText('AWS::SSM::Document');
  // What is no policy and is put nowhere has its text alone.
  await page.getByRole('combobox', { name: 'Which document?' }).selectOption('List of VPC endpoints');
  await field(page, 'Region').fill('eu-west-1');
  await expect(page.getByRole('tab')).toHaveText(['List JSON']);
});

test('a file that its own command names is saved under that name', async ({ page, open }) => {
  await open();
  await ready(page);
  for (const view of ['#/build', '#/people']) {
    await page.getByRole('link', { name: view === '#/build' ? 'Build' : 'People', exact: true }).click();
    await page.getByRole('tab', { name: 'CloudFormation' }).click();
    for (const form of ['YAML', 'JSON']) {
      await page.getByLabel('Form', { exact: true }).selectOption(form);
      const text = await page.getByRole('region', { name: 'CloudFormation output' }).textContent();
      const [, named] = /--template-file (\S+)/.exec(text ?? '') ?? [];
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      expect((await saved).suggestedFilename(), `${view} ${form}`).toBe(named);
      await expect(page.getByRole('status')).toHaveText(`Saved as ${named}.`);
    }
  }
});

test('the steps in the console stand beside the JSON alone', async ({ page, open }) => {
  await open();
  await ready(page);
  const steps = page.getByRole('region', { name: 'Paste it into the IAM console' });
  await expect(steps).toBeVisible();
  for (const name of ['AWS CLI', 'Terraform', 'CloudFormation', 'CDK', 'Pulumi']) {
    await page.getByRole('tab', { name }).click();
    await expect(steps, name).toHaveCount(0);
  }
  await page.getByRole('tab', { name: 'Policy JSON' }).click();
  await expect(steps).toBeVisible();

  await page.getByRole('link', { name: 'Related', exact: true }).click();
  await page.getByLabel('Which document?').selectOption('preferences-document');
  const store = page.getByRole('region', { name: 'Store it', exact: true });
  await page.getByRole('tab', { name: 'Terraform' }).click();
  await expect(store).toHaveCount(0);
  // Another document begins with its JSON again.
  await page.getByLabel('Which document?').selectOption('endpoints');
  await page.getByLabel('Region', { exact: true }).fill('eu-west-1');
  await expect(page.getByRole('region', { name: 'Make them in the VPC console' })).toBeVisible();

  await page.getByRole('link', { name: 'Check a role', exact: true }).click();
  await field(page, 'Policy 1').fill(GUIDE_WITH_KEY);
  await expect(steps).toBeVisible();
  await page.getByRole('tab', { name: 'Terraform' }).click();
  await expect(steps).toHaveCount(0);
});
