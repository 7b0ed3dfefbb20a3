// Check a role: what works, why not, and what is missing.
import type { Page } from '@playwright/test';
import { editorReady, textOf } from './editor.js';
import { GUIDE, KEY, check, clipboard, expect, expectNoViolation, field, test } from './page.js';

const ALL = GUIDE.replace('"ssmmessages:CreateControlChannel"', '"ssm:UpdateInstanceInformation",\n                "ssmmessages:CreateControlChannel"');
const SECOND = { deny: 'Deny', allow: 'Allow' };

const table = (page: Page) => page.getByRole('table', { name: 'Session Manager capabilities' });
const row = (page: Page, name: string) => table(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const missing = (page: Page) => page.getByRole('region', { name: 'Missing permissions' });
const policy = (effect: string, action: string, resource: string, condition?: object) => JSON.stringify({
  Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: resource, ...(condition && { Condition: condition }) }],
});

test('which capabilities a role has, and what is missing', async ({ page, open }) => {
  test.slow(); // Many steps, and axe reads the view twice.
  await open();
  await page.getByRole('link', { name: 'Check a role' }).click();
  await field(page, 'Policy 1').fill(ALL);
  const group = page.getByRole('group', { name: 'What do you want to use?', exact: true });
  await group.getByRole('checkbox', { name: 'KMS encryption' }).check();
  await field(page, 'KMS key ARN').fill(KEY);
  await expect(row(page, 'Open a shell')).toContainText('Works');
  await expect(row(page, 'Heartbeat')).toContainText('Works');
  await expect(row(page, 'KMS encryption')).toContainText('Does not work');
  await expect(row(page, 'KMS encryption')).toContainText('kms:Decrypt');
  await expect(row(page, 'KMS encryption')).toContainText(KEY);

  const output = missing(page).getByRole('region', { name: 'policy JSON output' });
  const shown = JSON.parse(await output.textContent() ?? '') as { Statement: unknown[] };
  expect(shown.Statement).toEqual([{ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: KEY }]);
  await page.getByRole('button', { name: 'Copy missing policy' }).click();
  const copied = await clipboard(page);
  expect(JSON.parse(copied)).toEqual(shown);
  await page.getByRole('button', { name: 'Show as change' }).click();
  const change = missing(page).getByRole('region', { name: 'Change' });
  await expect(change.locator('ins').filter({ hasText: 'kms:Decrypt' })).toHaveCount(1);
  await expect(change.locator('del')).toHaveCount(0);
  await expect(missing(page).locator('.on-demand')).toHaveText(/^It lets somebody do more, for example:kms:Decrypt on .*It takes nothing away\.$/);
  await expectNoViolation(page, 'a missing permission');

  await page.getByRole('button', { name: 'Add another policy' }).click();
  await field(page, 'Policy 2').fill(copied);
  await expect(row(page, 'KMS encryption')).toContainText('Works');
  await expect(missing(page)).toContainText('Nothing is missing for what you ticked.');

  await field(page, 'Policy 2').fill(policy(SECOND.deny, 'kms:*', '*'));
  await expect(row(page, 'KMS encryption')).toContainText('Does not work');
  await expect(row(page, 'KMS encryption')).toContainText(/Policy 2.*denies/);
  await expect(missing(page)).toContainText('Adding a policy cannot repair this');
  await expectNoViolation(page, 'a denial');
  await row(page, 'KMS encryption').getByRole('button', { name: 'Go to line 1 of Policy 2' }).click();
  await expect(field(page, 'Policy 2')).toBeFocused();

  await field(page, 'Policy 2').fill(policy(SECOND.allow, 'kms:Decrypt', KEY, { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }));
  await expect(row(page, 'KMS encryption')).toContainText('Cannot tell');
  await expect(row(page, 'KMS encryption')).toContainText('aws:SourceVpce');

  await field(page, 'Policy 1').fill(`{"RoleName":"web","PolicyName":"sessions","PolicyDocument":${ALL}}`);
  await expect(page.getByText('The inline policy sessions of the role web with 2 statements.')).toBeVisible();
  await expect(row(page, 'Open a shell')).toContainText('Works');
  await expect(row(page, 'KMS encryption')).toContainText('Cannot tell');
  await field(page, 'Policy 1').fill('hello');
  await expect(page.getByText(/This is not a policy\. Give policy JSON/)).toBeVisible();
  await expect(field(page, 'Policy 1')).toHaveAccessibleDescription(/This is not a policy/);
  await expect(row(page, 'Open a shell')).toContainText('Does not work');
  await expect(row(page, 'Open a shell')).toContainText('Something in Policy 1 does not count');

  await expect(page.getByText(/No service control policy was given/)).toBeVisible();
  await expect(page.getByText(/Not looked at: session policies/)).toBeVisible();
});

test('a policy in which nothing works is of those to whom it comes near', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(policy('Allow', 'ssm:StartSesion', '*'));
  await expect(row(page, 'Open a shell')).toContainText('Is ssm:StartSession meant?');
});

test('nothing is said of what is no policy', async ({ page, open }) => {
  await open('#/role');
  await expect(page.getByText('Paste a policy of the role to see what works')).toBeVisible();
  await field(page, 'Policy 1').fill('hello');
  await expect(page.getByText(/None of what was pasted is a policy of the role/)).toBeVisible();
  await expect(table(page)).toHaveCount(0);
  await expect(missing(page)).toHaveCount(0);
});

test('what stands around the role counts, and an empty field before it does not shift its number', async ({ page, open }) => {
  await open('#/role');
  await page.getByRole('button', { name: 'Add another policy' }).click();
  await field(page, 'Policy 2').fill(ALL);
  await expect(row(page, 'Open a shell').getByRole('button')).toHaveText('Go to line 4 of Policy 2');
  await page.getByText('What else decides (optional)').click();
  await field(page, 'Service control policy').fill(policy(SECOND.deny, 'ssmmessages:*', '*'));
  await expect(row(page, 'Open a shell')).toContainText('Does not work');
  await row(page, 'Open a shell').getByRole('button', { name: 'Go to line 1 of Service control policy' }).click();
  await expect(field(page, 'Service control policy')).toBeFocused();
  await page.getByRole('button', { name: 'Remove policy 2' }).click();
  await expect(page.getByRole('button', { name: 'Add another policy' })).toBeFocused();
  await expect(page.getByText('Paste a policy of the role to see what works')).toBeVisible();
});

test('an AWS managed policy by name, files, and values that are missing or wrong', async ({ page, open }) => {
  await open('#/role');
  await page.getByRole('combobox', { name: 'Add an AWS managed policy' }).selectOption('AmazonSSMManagedInstanceCore');
  await expect.poll(() => textOf(page, 'Policy 1')).toBe('AmazonSSMManagedInstanceCore');
  await expect(page.getByText(/The AWS managed policy AmazonSSMManagedInstanceCore, version v\d+/)).toBeVisible();
  await expect(row(page, 'Open a shell')).toContainText('Works');
  await expect(row(page, 'Heartbeat')).toContainText('Works');
  await page.getByLabel('Open files').setInputFiles([GUIDE, ALL].map((text, i) => (
    { name: `${i}.json`, mimeType: 'application/json', buffer: Buffer.from(text) })));
  await expect(page.getByText('A policy document with 2 statements.')).toHaveCount(2);

  await check(page, 'Logs to Amazon S3').check();
  await row(page, 'Logs to S3').getByRole('button', { name: 'Give the S3 bucket name' }).click();
  await expect(field(page, 'S3 bucket name')).toBeFocused();
  await field(page, 'S3 bucket name').fill('My Bucket');
  await expect(field(page, 'S3 bucket name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'S3 bucket name')).toHaveAccessibleDescription(/is not the name of a bucket/);
  await field(page, 'S3 bucket name').fill('example-session-logs');
  await expect(missing(page)).toContainText('arn:aws:s3:::example-session-logs/*');
  await page.getByText('More capabilities').click();
  await check(page, 'Patch Manager').check();
  await expect(row(page, 'Patch Manager')).toBeVisible();
  await expect(page).toHaveURL(/#\/role\?uses=shell\+s3$/);
});

test('a key of the request on which an answer depends leads to the value from which it follows', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(policy('Allow', 'ssmmessages:*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }));
  await expect(row(page, 'Open a shell')).toContainText('aws:RequestedRegion');
  await row(page, 'Open a shell').getByRole('button', { name: 'Give the Region' }).click();
  await expect(field(page, 'Region')).toBeFocused();
  await page.keyboard.insertText('eu-west-1');
  await expect(row(page, 'Open a shell')).toContainText('Works');
});

test('from an error message to the permission that is missing', async ({ page, open }) => {
  test.slow(); // Two views, and axe reads one of them.
  await open();
  await page.getByRole('link', { name: 'Check a role' }).click();
  await field(page, 'Policy 1').fill(policy('Allow', 'ssm:StartSession', 'arn:aws:ec2:us-east-1:111122223333:instance/*',
    { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' } }));
  await expect(page.getByRole('radio', { name: 'A person who starts sessions' })).toBeChecked();
  await field(page, 'What does this error mean?').fill('An error occurred (AccessDeniedException) when calling the StartSession operation: '
    + 'User: arn:aws:sts::111122223333:assumed-role/Ops/jane is not authorized to perform: ssm:StartSession on resource: '
    + 'arn:aws:ssm:us-east-1::document/AWS-StartSSHSession because no identity-based policy allows the ssm:StartSession action');
  await expect(page.getByText(/may not call ssm:StartSession on .*AWS-StartSSHSession, since no identity-based policy allows it/)).toBeVisible();
  const name = 'SSH / SCP through Session Manager';
  await expect(page.getByText('Taken from the message where nothing else is given: Region us-east-1, Account ID 111122223333.')).toBeVisible();
  await expect(page.getByText(`Stops: ${name}.`)).toBeVisible();
  await expect(row(page, name)).toContainText('Does not work');
  await expect(row(page, name)).toContainText('AWS-StartSSHSession');
  await page.getByRole('button', { name: 'Go to its row' }).click();
  await expect(row(page, name)).toBeFocused();
  await expectNoViolation(page, 'an explained error');

  await page.getByRole('button', { name: 'Copy missing policy' }).click();
  const copied = await clipboard(page);
  await page.getByRole('button', { name: 'Add another policy' }).click();
  await field(page, 'Policy 2').fill(copied);
  await expect(row(page, name)).toContainText('Works');
  await page.getByRole('link', { name: 'Validate' }).click();
  await field(page, 'Policy JSON').fill(copied);
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText(/No findings|finding|suggestion|warning/);
  await expect(page.getByRole('tab', { name: /^Errors/ })).toHaveText('Errors 0');

  await page.getByRole('link', { name: 'Check a role' }).click();
  await field(page, 'What does this error mean?').fill('TargetNotConnected');
  const box = page.getByRole('region', { name: /start from an error/ });
  await expect(box).toContainText('Mostly this is not a matter of IAM.');
  await box.getByRole('button', { name: 'Give the Region to see them' }).click();
  await expect(field(page, 'Region')).toBeFocused();
  await page.keyboard.type('eu-west-1');
  const steps = box.getByRole('list').first();
  await expect(steps).toContainText('com.amazonaws.eu-west-1.ssmmessages');
  expect(await steps.evaluate((list) => [list.tagName, list.children.length])).toEqual(['OL', 7]);
  await field(page, 'What does this error mean?').fill('nothing of the kind');
  await expect(box).toContainText('This message is not known here.');
});

test('the commands that print what it reads', async ({ page, open }) => {
  await open('#/role');
  await page.getByText('Commands for the AWS CLI').click();
  await page.getByRole('button', { name: 'Copy command' }).click();
  expect(await clipboard(page)).toMatch(/^ROLE=[^]*get-role-policy[^]*get-policy-version/);
  await page.getByRole('tab', { name: 'PowerShell' }).click();
  await page.getByRole('button', { name: 'Copy command' }).click();
  expect(await clipboard(page)).toMatch(/^\$Role = [^]*ConvertFrom-Json/);
});

const TRUST = (service: string) => JSON.stringify({
  Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
});

test('a trust policy is judged for the kind of node that it is for', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(ALL);
  await expect(row(page, 'Open a shell')).toContainText('Works');
  await expect(table(page)).not.toContainText('may assume');
  await page.getByText('What else decides (optional)').click();
  await field(page, 'Trust policy').fill(TRUST('ec2.amazonaws.com'));
  await expect(row(page, 'EC2 may assume the role')).toContainText('Works');
  await field(page, 'Trust policy').fill(TRUST('ssm.amazonaws.com'));
  await expect(row(page, 'Systems Manager may assume the role for a hybrid activation')).toContainText('Works');
  await field(page, 'Trust policy').fill(TRUST('lambda.amazonaws.com'));
  await expect(row(page, 'EC2 may assume the role')).toContainText('it names lambda.amazonaws.com, and ec2.amazonaws.com is wanted');
  // A tick says for which kind of node it shall be.
  await page.getByText('More capabilities').click();
  await check(page, 'ECS tasks may assume the task role').check();
  await expect(row(page, 'ECS tasks may assume the task role')).toContainText('ecs-tasks.amazonaws.com is wanted');
  await expect(row(page, 'EC2 may assume the role')).toHaveCount(0);
});

test('a text that names principals is judged, and moved to its field', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(TRUST('ec2.amazonaws.com'));
  await expect(row(page, 'EC2 may assume the role')).toContainText('Works');
  await expect(table(page).getByRole('row')).toHaveCount(2);
  await expect(page.getByText('Only who may assume the role was pasted.')).toBeVisible();
  await page.getByRole('button', { name: 'Move it to Trust policy' }).click();
  await expect(field(page, 'Trust policy')).toBeFocused();
  expect(await textOf(page, 'Trust policy')).toBe(TRUST('ec2.amazonaws.com'));
  expect(await textOf(page, 'Policy 1')).toBe('');
  await expect(row(page, 'EC2 may assume the role')).toContainText('Works');
  await field(page, 'Policy 1').fill(TRUST('ec2.amazonaws.com').replace('sts:AssumeRole"', 's3:PutObject","Resource":"arn:aws:s3:::example-session-logs/*"'));
  await expect(page.getByRole('button', { name: 'Move it to KMS key policy' })).toBeVisible();
  await page.getByRole('button', { name: 'Move it to Bucket policy' }).click();
  await expect(field(page, 'Bucket policy')).toBeFocused();
});

test('a mistake in JSON has its place, in a policy and in what stands around it', async ({ page, open }) => {
  await open('#/role');
  await editorReady(page, 'Policy 1');
  const start = '{"Version":"2012-10-17",\n';
  const line = ' "Statement": [{"Effect":"Allow","Action":"ssm:UpdateInstanceInformation","Resource":"*"}';
  await field(page, 'Policy 1').fill(`${start}${line}}`);
  const go = page.getByRole('button', { name: `Go to line 2, column ${line.length + 1}` });
  await expect(page.locator('.seen').filter({ has: go })).toContainText('This is not JSON.');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('}');
  await go.click();
  await expect(field(page, 'Policy 1')).toBeFocused();
  await page.keyboard.type(']');
  await page.keyboard.press('End');
  await expect.poll(() => textOf(page, 'Policy 1')).toBe(`${start}${line}]}`);
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await page.getByText('What else decides (optional)').click();
  await field(page, 'Bucket policy').fill('{"a":');
  await expect(page.getByRole('button', { name: 'Go to line 1, column 6' })).toBeVisible();
});

test('what could not be put into the missing policy is said beside it, and leads to its field', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(policy('Allow', 'ssmmessages:CreateControlChannel', '*'));
  await check(page, 'KMS encryption').check();
  await expect(missing(page).getByRole('region', { name: 'policy JSON output' })).toContainText('ssmmessages:OpenDataChannel');
  await expect(missing(page)).toContainText('Not in it yet: kms:Decrypt.');
  await missing(page).getByRole('button', { name: 'Give the KMS key ARN' }).click();
  await expect(field(page, 'KMS key ARN')).toBeFocused();
  await page.keyboard.insertText(KEY);
  await expect(missing(page)).not.toContainText('Not in it yet');
  await expect(missing(page).getByRole('region', { name: 'policy JSON output' })).toContainText(KEY);
});

test('the addition takes the place of no policy that the role has, and has the quota of what the steps make', async ({ page, open }) => {
  await open('#/role');
  const own = (name: string) => `{"RoleName":"web","PolicyName":"${name}","PolicyDocument":${policy('Allow', 'ssmmessages:CreateControlChannel', '*')}}`;
  await field(page, 'Policy 1').fill(own('SessionManagerPermissions'));
  await missing(page).getByRole('tab', { name: 'AWS CLI' }).click();
  const output = missing(page).getByRole('region', { name: 'AWS CLI output' });
  const name = page.locator('#policy-name');
  const form = (name: string) => missing(page).getByRole('tab', { name }).click();
  await expect(output).toContainText("--policy-name SessionManagerAdditions ");
  await form('policy JSON');
  await expect(name).toHaveText('SessionManagerAdditions');
  await expect(missing(page)).toContainText('of 10,240 characters');
  await field(page, 'Policy 1').fill(own('SessionManagerAdditions') + own('sessionmanageradditions2'));
  await expect(name).toHaveText('SessionManagerAdditions3');
  await form('AWS CLI');
  await expect(output).toContainText('--policy-name SessionManagerAdditions3 ');
  await page.getByRole('radio', { name: 'A person who starts sessions' }).check();
  await expect(missing(page)).toContainText('of 6,144 characters');
});

test('what is opened needs the heartbeat too, and its row says so while that is not allowed', async ({ page, open }) => {
  await open('#/role?uses=shell%20port%20kms');
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
  await field(page, 'Policy 1').fill(GUIDE);
  for (const name of ['Open a shell', 'Port forwarding']) await expect(row(name)).toContainText('This also needs the heartbeat, which does not work.');
  await expect(row('Open a shell').getByRole('cell').first()).toHaveText('Works');
  await expect(row('KMS encryption')).not.toContainText('heartbeat');
  const heartbeat = { Effect: 'Allow', Action: 'ssm:UpdateInstanceInformation', Resource: '*' };
  const withHeartbeat = (more: object) => JSON.stringify({ ...JSON.parse(GUIDE), Statement: [...JSON.parse(GUIDE).Statement, { ...heartbeat, ...more }] });
  await field(page, 'Policy 1').fill(withHeartbeat({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }));
  await expect(row('Open a shell')).toContainText('This also needs the heartbeat, of which nothing can be told.');
  await field(page, 'Policy 1').fill(withHeartbeat({}));
  await expect(row('Heartbeat')).toContainText('Works');
  await expect(row('Open a shell')).not.toContainText('heartbeat');
});

test('there is room for 100 texts, and more are told and not taken', async ({ page, open }) => {
  await open('#/role');
  await field(page, 'Policy 1').fill(GUIDE);
  const files = (count: number) => Array.from({ length: count }, (_, i) => (
    { name: `${i}.json`, mimeType: 'application/json', buffer: Buffer.from(`"${i}"`) }));
  const fields = page.locator('.pasted > .policy-text');
  await page.getByLabel('Open files').setInputFiles(files(100));
  await expect(page.locator('.note.urgent')).toHaveText(/^Not added: there is room for 100\./);
  await expect(page.getByRole('status')).toHaveText(/^Not added/);
  await expect(fields).toHaveCount(1 + 5);
  await page.getByLabel('Open files').setInputFiles(files(99));
  await expect(page.getByRole('status')).toHaveText('99 files opened.');
  await expect(fields).toHaveCount(100 + 5);
  await expect(page.locator('.note.urgent')).toHaveCount(0);
  await page.getByRole('button', { name: 'Add another policy' }).click();
  await expect(page.locator('.note.urgent')).toHaveText(/^Not added/);
  await page.getByRole('combobox', { name: 'Add an AWS managed policy' }).selectOption('AmazonSSMManagedInstanceCore');
  await expect(page.getByRole('status')).toHaveText(/^Not added/);
  await expect(fields).toHaveCount(100 + 5);
  await page.getByRole('button', { name: 'Remove policy 100', exact: true }).click();
  await page.getByRole('button', { name: 'Add another policy' }).click();
  await expect(page.getByRole('status')).toHaveText('Policy 100 added.');
  await expect(page.locator('.note.urgent')).toHaveCount(0);
});

test('an error message is cut where no message is so long, and that is told', async ({ page, open }) => {
  await open('#/role');
  const box = field(page, 'What does this error mean?');
  await page.evaluate((text) => navigator.clipboard.writeText(text), 'AccessDenied '.repeat(6 * 1024 * 1024 / 13));
  await box.press('Control+V');
  await expect(box).toHaveAccessibleDescription('Cut: there is room for 250000 characters.');
  expect((await box.inputValue()).length).toBe(250_000);
  await box.fill('');
  await expect(box).toHaveAccessibleDescription(/^Paste the message/);
});
