// People: from the questions to the policy.
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { check, expect, expectNoViolation, field, output, ready, test } from './page.js';

const { validatePolicy } = createRequire(import.meta.url)('../../dist/node.cjs') as typeof import('postern');

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

async function statements(page: Page): Promise<Statement[]> {
  return (JSON.parse(await output(page).textContent() ?? '') as { Statement: Statement[] }).Statement;
}

/** The statements with an action, as text. */
async function about(page: Page, action: string): Promise<string> {
  return JSON.stringify((await statements(page)).filter((statement) => [statement.Action].flat().includes(action)));
}

const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });

test('the questions decide the policy', async ({ page, open }) => {
  await open();
  await ready(page);
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Build policies for the people who start sessions');
  for (const name of ['Which sessions', 'Which nodes', 'How they sign in']) {
    await expect(page.getByRole('radiogroup', { name }).getByRole('radio', { checked: true }), name).toHaveCount(1);
  }

  await radio(page, 'Nodes with a tag').check();
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('Still needed for this policy: Tag.');
  await expect(output(page)).toHaveCount(0);
  await field(page, 'Tag key').fill('Env');
  await field(page, 'Tag value').fill('dev');
  await expect.poll(() => about(page, 'ssm:StartSession')).toMatch(/instance\/\*.*"ssm:resourceTag\/Env":\["dev"\]/);
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('listitem').filter({ hasText: /Env.*dev/ }).first()).toBeVisible();

  await radio(page, 'IAM users').check();
  await expect.poll(() => about(page, 'ssm:TerminateSession')).toContain('session/${aws:username}-*');
  await radio(page, 'IAM Identity Center or federation').check();
  await expect.poll(() => about(page, 'ssm:TerminateSession')).toContain('session/${aws:userid}-*');

  await radio(page, 'Port forwarding only').check();
  await expect(output(page)).toContainText('document/AWS-StartPortForwardingSession');
  await expect(output(page)).not.toContainText('SSM-SessionManagerRunShell');
  await radio(page, 'Shell and port forwarding').check();
  await expect(output(page)).toContainText('document/AWS-StartPortForwardingSession');
  await expect(output(page)).toContainText('document/SSM-SessionManagerRunShell');
  await radio(page, 'Administrator').check();
  await expect(output(page)).toContainText('"ssm:DescribeSessions"');

  await page.getByRole('button', { name: 'Add another tag' }).click();
  await expect(field(page, 'Tag key 2')).toBeFocused();
  await page.getByRole('button', { name: 'Remove tag 2' }).click();
  await expect(field(page, 'Tag key')).toBeFocused();
});

test('a tag with several values, and one whose key is wrong', async ({ page, open }) => {
  await open('#/people?nodes=tag');
  await field(page, 'Tag key').fill('Env');
  await field(page, 'Tag value').fill('dev');
  await page.getByRole('button', { name: 'Add another tag' }).click();
  await field(page, 'Tag key 2').fill('Env');
  await field(page, 'Tag value 2').fill('test');
  await expect.poll(() => about(page, 'ssm:StartSession')).toContain('"ssm:resourceTag/Env":["dev","test"]');
  await field(page, 'Tag key 2').fill('aws:x');
  await expect(page.getByRole('group', { name: 'Tags' })).toHaveAccessibleDescription(/"aws:x" is not a tag key/);
  // Without the tag it would be a policy for every node.
  await expect(output(page)).toHaveCount(0);
  await expect(page.getByText('This policy waits for a value that can be used: Tag.')).toBeVisible();
});

test('a wrong list of nodes gives no policy for every node', async ({ page, open }) => {
  await open('#/people');
  await radio(page, 'These instance IDs').check();
  await expect(page.getByText('Still needed for this policy: Instance IDs.')).toBeVisible();
  for (const [name, value] of [['spellcheck', 'false'], ['autocorrect', 'off'], ['autocapitalize', 'off'], ['translate', 'no']] as const) {
    await expect(field(page, 'Instance IDs')).toHaveAttribute(name, value);
  }
  await field(page, 'Instance IDs').fill('i-0123456789abcdef0\nzz');
  await expect(field(page, 'Instance IDs')).toHaveAccessibleDescription(/"zz" is not the ID of a node/);
  await expect(output(page)).toHaveCount(0);
  await expectNoViolation(page, 'People with a mistake');
  await field(page, 'Instance IDs').fill('i-0123456789abcdef0\nmi-0123456789abcdef0');
  await expect.poll(() => about(page, 'ssm:StartSession')).toContain('managed-instance/mi-0123456789abcdef0');
});

test('what does not fit together is told where it was chosen', async ({ page, open }) => {
  await open('#/people');
  await page.getByText('More options').click();
  await check(page, 'Ask for access just in time').check();
  await expect(check(page, 'Ask for access just in time')).toHaveAccessibleDescription(/Who may start sessions never needs just-in-time access/);
  await expect(output(page)).toHaveCount(0);
  await radio(page, 'None').check();
  await expect(output(page)).toContainText('ssm:StartAccessRequest');
  await check(page, 'Ask for access just in time').uncheck();
  await expect(page.getByText(/With these options the policy would have no statement/)).toBeVisible();
});

test('steps and quota are those of what the policy is put on', async ({ page, open }) => {
  await open('#/people');
  const steps = page.getByRole('region', { name: 'Paste it into the IAM console' });
  await expect(steps).toContainText('Entities attached');
  await page.getByText('More options').click();
  await page.getByRole('combobox', { name: 'Put it on' }).selectOption('A group (inline)');
  await expect(steps).toContainText('User groups');
  await page.getByRole('combobox', { name: 'Put it on' }).selectOption('A user (inline)');
  await expect(steps).toContainText('Users');
});

test('every choice of every question gives a policy without errors, or says why not', async ({ page, open }) => {
  await open('#/people');
  await page.getByText('More options').click();
  const result = page.getByRole('region', { name: 'Result' });
  const problems: string[] = [];
  for (const name of ['Shell', 'Port forwarding only', 'Administrator']) {
    await radio(page, name).check();
    for (const scope of ["AWS's own text", 'Least privilege']) {
      await page.getByRole('combobox', { name: 'Kind of text' }).selectOption(scope);
      const text = await result.textContent() ?? '';
      if (!/No errors|No findings/.test(text) || /[1-9]\d* security/.test(text)) problems.push(`${name}, ${scope}: ${text.slice(-300)}`);
    }
  }
  expect(problems).toEqual([]);
});

test('the quota beside a policy is that of what the steps make, as the engine has it', async ({ page, open }) => {
  await open('#/people');
  await page.getByText('More options').click();
  const problems: string[] = [];
  for (const [label, identityPolicy] of [
    ['A managed policy', 'MANAGED'], ['A group (inline)', 'INLINE_GROUP'], ['A user (inline)', 'INLINE_USER'], ['A role (inline)', 'INLINE_ROLE'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Put it on' }).selectOption(label);
    const [, quota] = /of ([\d,]+) characters/.exec(await page.getByRole('region', { name: 'Result' }).textContent() ?? '') ?? [];
    const long = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::example-bucket-of-logs-${i}/*`) }] };
    const { findingDetails } = validatePolicy(JSON.stringify(long), { identityPolicy }).find(({ issueCode }) => issueCode === 'POSTERN_POLICY_SIZE_EXCEEDS_QUOTA')!;
    if (quota === undefined || !findingDetails.includes(quota.replace(',', ''))) problems.push(`${label}: ${quota}, and the engine: ${findingDetails}`);
  }
  expect(problems).toEqual([]);
});

test('on paper it says where from', async ({ page, open }) => {
  await page.emulateMedia({ media: 'print' });
  await open('#/people');
  await ready(page);
  await expect(page.getByRole('listitem').filter({ hasText: /^Where from: AWS CLI$/ })).toBeVisible();
});
