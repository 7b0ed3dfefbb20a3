// Build: from the options to the clipboard.
import { GUIDE, GUIDE_WITH_KEY, KEY, check, clipboard, expect, expectPolicy, field, golden, output, ready, test } from './page.js';

const KMS = 'Encrypt session data with a KMS key';
const HEARTBEAT = 'Include the agent heartbeat';

test('the first policy takes one click', async ({ page, open }) => {
  await open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Build an instance role policy');
  const nav = page.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link')).toHaveText(['Build', 'People', 'Related', 'Check a role', 'Validate']);
  await expect(nav.getByRole('link', { name: 'Build' })).toHaveAttribute('aria-current', 'page');
  await expect(check(page, KMS)).not.toBeChecked();
  await expect(check(page, HEARTBEAT)).not.toBeChecked();
  await expect(check(page, 'Check encryption of the log bucket')).toBeChecked();
  await expectPolicy(page, GUIDE);
  await expect(page.getByText('ssm:UpdateInstanceInformation')).toBeVisible();
  await expect(page.getByRole('status')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveText(['']);

  await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Policy copied, 290 characters.');
  await expect(page.getByRole('button', { name: 'Copy policy', exact: true })).toBeVisible();
  expect(await clipboard(page)).toBe(GUIDE);

  await ready(page);
  await check(page, HEARTBEAT).check();
  await expect(output(page)).toContainText('"ssm:UpdateInstanceInformation"');
  await expect(page.getByText(/not enough by itself/)).toHaveCount(0);
  const statements = JSON.parse(await output(page).textContent() ?? '').Statement as { Action: string[] }[];
  const allowed = statements.flatMap((statement) => statement.Action);
  for (const { Action } of JSON.parse(GUIDE).Statement) expect(allowed).toEqual(expect.arrayContaining(Action));
});

test('the console steps name what stands on the screen, in order', async ({ page, open }) => {
  await open();
  const steps = page.getByRole('region', { name: 'Paste it into the IAM console' });
  await expect(steps.getByRole('heading', { name: 'Paste it into the IAM console' })).toBeVisible();
  const texts = await steps.getByRole('listitem').allTextContents();
  expect(texts.length).toBeGreaterThanOrEqual(7);
  expect(texts.join('\n')).toMatch(
    /Roles.*Permissions.*Add permissions.*Create inline policy.*JSON.*Next.*Policy name.*Create policy/s);
  expect(texts.join('\n')).not.toContain('Tags');
  await steps.getByRole('button', { name: 'Copy policy name' }).click();
  await expect(page.getByRole('status')).toHaveText('Policy name copied.');
  expect(await clipboard(page)).toBe('SessionManagerPermissions');
});

test('the note on the heartbeat adds it', async ({ page, open }) => {
  await open();
  await ready(page);
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(check(page, HEARTBEAT)).toBeChecked();
  await expect(page.getByRole('button', { name: 'Copy policy', exact: true })).toBeFocused();
  await expect(page.getByRole('status')).toHaveText('The agent heartbeat is included now.');
});

test('a KMS key: none, wrong, right, an alias, off and on again', async ({ page, open }) => {
  await open();
  await check(page, KMS).check();
  await expect(check(page, KMS)).toBeFocused();
  const key = field(page, 'KMS key ARN');
  await expect(page.getByText(/^Replace key-name before you use this/)).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Policy changed, 356 characters. It contains the placeholder key-name.');
  await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Copied. It still contains key-name.');
  expect(await clipboard(page)).toBe(golden('kms'));

  await key.fill('my key');
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await expect(key).toHaveAccessibleDescription(/"my key" is not an ARN.*arn:aws:kms:us-east-1:/);
  await expectPolicy(page, golden('kms'));

  await key.fill(KEY);
  await expect(key).not.toHaveAttribute('aria-invalid');
  await expectPolicy(page, GUIDE_WITH_KEY);
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result).toContainText(/Allows:[^.]*KMS decryption/);
  await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Policy copied, 423 characters.');
  expect(await clipboard(page)).toBe(GUIDE_WITH_KEY);

  const alias = 'arn:aws:kms:us-east-1:111122223333:alias/my-key';
  await key.fill(alias);
  await expect(page.getByText(/This is an alias ARN/)).toBeVisible();

  // From the click to the changed text, both seen from inside the page.
  const milliseconds = await page.evaluate(() => new Promise<number>((resolve) => {
    const before = document.querySelector('#policy')!;
    const box = document.querySelector<HTMLInputElement>('#sessionEncryption')!;
    let start = 0;
    const observer = new MutationObserver(() => {
      if (before.textContent!.includes('kms:')) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(before, { childList: true, characterData: true, subtree: true });
    start = performance.now();
    box.click();
  }));
  expect(milliseconds).toBeLessThan(200);
  await expect(check(page, KMS)).not.toBeChecked();
  await expectPolicy(page, GUIDE);
  await expect(key).toBeHidden();
  await check(page, KMS).check();
  await expect(key).toHaveValue(alias);
});

test('half a value is no mistake until typing rests', async ({ page, open }) => {
  await page.clock.install();
  await open();
  await check(page, KMS).check();
  const key = field(page, 'KMS key ARN');
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000)); // However slow the machine, no key rests.
  await key.pressSequentially('arn');
  expect(await key.getAttribute('aria-invalid')).toBeNull();
  await page.clock.resume();
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  // Once there, the message follows the typing.
  await key.press('x');
  expect(await key.getAttribute('aria-invalid')).toBe('true');
  await expect(key).toHaveAccessibleDescription(/"arnx" is not an ARN/);
  // A pasted value is whole.
  await key.fill('');
  await expect(key).not.toHaveAttribute('aria-invalid');
  await page.evaluate(() => navigator.clipboard.writeText('no key'));
  await key.press('Control+V');
  expect(await key.getAttribute('aria-invalid')).toBe('true');
});

test('more options: notes, mistakes, and what is left out', async ({ page, open }) => {
  await open();
  const result = page.getByRole('region', { name: 'Result' });
  await page.getByText('More options').click();
  await field(page, 'Region').fill('eu-west-9');
  await expect(result).toContainText('The Region eu-west-9 is not among the Regions known here.');
  await expect(field(page, 'Region')).not.toHaveAttribute('aria-invalid');

  await field(page, 'Region').fill('europe');
  await field(page, 'Account ID').fill('12');
  await expect(field(page, 'Region')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Account ID')).toHaveAttribute('aria-invalid', 'true');
  await expect(result).toContainText('Left out of this result, because the value cannot be used: Region, Account ID.');
  await expectPolicy(page, GUIDE);
  await field(page, 'Region').fill('eu-west-1');
  await field(page, 'Account ID').fill('222222222222');
  await expect(result).not.toContainText('Left out');

  await page.getByRole('combobox', { name: 'Partition' }).selectOption('aws-cn');
  await expect(field(page, 'Region')).toHaveAccessibleDescription(/eu-west-1 is in the partition aws, not in aws-cn/);
  await page.getByRole('combobox', { name: 'Partition' }).selectOption({ index: 0 });
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(KEY);
  await expect(field(page, 'KMS key ARN')).toHaveAccessibleDescription(/Region us-east-1, the nodes are in eu-west-1/);
  await field(page, 'Region').fill('');
  await expectPolicy(page, GUIDE_WITH_KEY);
  await expect(result).toContainText('The key belongs to account 111122223333.');

  const steps = page.getByRole('region', { name: 'Paste it into the IAM console' });
  await field(page, 'Policy name').fill('my policy');
  await expect(field(page, 'Policy name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Policy name')).toHaveAccessibleDescription(/contains a space/);
  await expect(steps).toContainText('SessionManagerPermissions');
  await field(page, 'Policy name').fill('Sessions-1');
  await expect(steps).toContainText('Sessions-1');

  await check(page, 'Check encryption of the log bucket').uncheck();
  await expect(output(page)).not.toContainText('s3:');
});

test('without the clipboard the text is selected for Ctrl+C', async ({ page, open }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await open();
  await page.getByRole('button', { name: 'Copy policy', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Press Ctrl+C (Cmd+C on a Mac) to copy.');
  await page.keyboard.press('Control+C');
  expect(await clipboard(page)).toBe(GUIDE);
});

test('everything around the policy, as code for one tool', async ({ page, open }) => {
  await open();
  await ready(page);
  await page.getByText('Everything around it').click();
  const setup = page.locator('.on-demand');
  await expect(setup).toContainText('Region, in the form above: This needs the Region, such as us-east-2.');
  await page.getByText('More options').click();
  await field(page, 'Region').fill('eu-west-1');
  await expect(setup).toContainText('Account ID, in the form above: This needs the account ID');
  await field(page, 'Account ID').fill('111122223333');
  await check(page, KMS).check();
  await field(page, 'Role name').fill('WebNodes');
  const file = setup.getByRole('region', { name: 'node.tf output' });
  await expect(file).toContainText('"WebNodes"');
  await expect(setup).not.toContainText('ssm:StartSession');
  await expect(setup).toContainText('aws_kms_key');
  await setup.getByRole('button', { name: 'Copy node.tf' }).click();
  await expect(page.getByRole('status')).toHaveText('node.tf copied.');
  expect(await clipboard(page)).toBe(await file.textContent());

  await setup.getByRole('checkbox', { name: /With the policy for people/ }).check();
  await expect(setup).toContainText('ssm:StartSession');
  await setup.getByRole('checkbox', { name: /With VPC endpoints/ }).check();
  await expect(setup).toContainText('aws_vpc_endpoint');
  await setup.getByRole('combobox', { name: 'Tool' }).selectOption('CloudFormation');
  await expect(setup.getByRole('heading', { name: 'session-manager.yaml' })).toBeVisible();
  await expect(setup.getByRole('region', { name: 'session-manager.yaml output' })).toContainText('AWS::EC2::VPCEndpoint');
  await setup.getByRole('combobox', { name: 'Tool' }).selectOption('CDK (TypeScript)');
  await expect(setup.getByRole('heading', { level: 3 })).not.toHaveCount(0);
});

test('what a set-up still needs is named as its field, which it leads to, or taken from an ARN', async ({ page, open }) => {
  await open();
  await ready(page);
  await page.getByText('Everything around it').click();
  const refusal = page.locator('.on-demand .mistake');
  await expect(refusal).toContainText(/^Region, in the form above: /);
  await refusal.getByRole('button', { name: 'Go to Region' }).click();
  await expect(field(page, 'Region')).toBeFocused();
  await page.keyboard.type('eu-west-1');
  await expect(refusal).toContainText(/^Account ID, in the form above: /);
  await field(page, 'Region').fill('');
  await check(page, 'Encrypt session data with a KMS key').check();
  await field(page, 'KMS key ARN').fill(KEY);
  await expect(page.locator('.on-demand')).toContainText('Taken from an ARN above, where nothing is given: us-east-1, 111122223333.');
  await expect(page.getByRole('region', { name: 'node.tf output' })).toContainText(KEY);
});

test('a command is not broken inside a flag', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open();
  await ready(page);
  await page.getByRole('tab', { name: 'AWS CLI' }).click();
  const flags = page.getByRole('region', { name: 'AWS CLI output' }).locator('.flag');
  expect(await flags.allTextContents()).toContain('--policy-document');
  expect(await flags.evaluateAll((all) => all.filter((one) => one.getClientRects().length !== 1 || one.getBoundingClientRect().height > 30).map((one) => one.textContent))).toEqual([]);
});
