// Validate: from a broken policy to one without findings.
import { BAD, editorReady, expectFindings, findings, paste, policy, status, tab, textOf } from './editor.js';
import { GUIDE, expect, expectNoViolation, field, test } from './page.js';

test('a broken policy, found and fixed with one click', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Validate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Validate a policy');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(findings(page)).toContainText('Paste a policy');
  await expectFindings(page, 0, 0);
  await expect(page.getByRole('alert')).toHaveText(['']);

  await policy(page).fill(BAD);
  await expectFindings(page, 1, 1);
  await tab(page, /^Errors/).click();
  const items = page.getByRole('tabpanel').getByRole('listitem');
  await expect(items).toHaveCount(1);
  await expect(items).toContainText('INVALID_ACTION');
  await expect(items).toContainText('ssmmessages:OpenDataChanel is not an action');
  await expect(items).toContainText('Did you mean ssmmessages:OpenDataChannel?');
  await expect(items.getByRole('heading', { level: 3 })).toBeVisible();

  await page.getByRole('button', { name: 'Go to line 7, column 17' }).click();
  await expect(policy(page)).toBeFocused();
  await page.keyboard.type('Z');
  const [before, after] = [BAD.split('\n'), (await textOf(page)).split('\n')];
  expect(after.flatMap((line, i) => (line === before[i] ? [] : [i + 1]))).toEqual([7]);
  await page.keyboard.press('Control+Z');
  await expect.poll(() => textOf(page)).toBe(BAD);

  await page.getByRole('button', { name: /^Apply fix:.*OpenDataChannel/ }).click();
  await expect.poll(() => textOf(page)).toBe(BAD.replace('Chanel', 'Channel'));
  await expectFindings(page, 0, 1);
  await expect(status(page)).toHaveText('Fix applied. 1 finding left.');
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  await page.getByRole('button', { name: 'Undo fix' }).click();
  await expect.poll(() => textOf(page)).toBe(BAD);
  await expectFindings(page, 1, 1);
  await expect(page.getByRole('button', { name: 'Undo fix' })).toHaveCount(0);

  await tab(page, /^Security/).click();
  await expect(items).toHaveCount(1);
  await expect(items).toContainText('PASS_ROLE_WITH_STAR_IN_RESOURCE');

  await policy(page).press('Control+End');
  await page.keyboard.press('Backspace');
  await expectFindings(page, 1, 0);
  await tab(page, /^All/).click();
  await expect(items).toContainText('JSON_SYNTAX_ERROR');
  await expect(items.getByRole('button', { name: /^Go to line \d+, column/ })).toBeVisible();
  await expect(findings(page)).toContainText('Other checks wait until the JSON is complete.');
  await policy(page).press('Control+End');
  await page.keyboard.type('}');
  await expectFindings(page, 1, 1);
});

test('a fix that may change access is looked at first', async ({ page, open }) => {
  await open('#/validate');
  const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports"}}';
  await policy(page).fill(text);
  const button = page.getByRole('button', { name: /^Apply fix: write arn:aws:s3:::reports\/\*/ });
  await button.click();
  const change = page.getByRole('group', { name: /may change what the policy allows/ });
  await expect(change).toBeFocused();
  await expect(change.getByRole('region', { name: 'Change' })).toContainText('arn:aws:s3:::reports/*');
  await expect(change).toContainText(/It lets somebody do more, for example:s3:GetObject on arn:aws:s3:::reports\/\S* \(statement 1\)\./);
  await expect(change).toContainText('It takes something away, for example:s3:GetObject on arn:aws:s3:::reports (statement 1).');
  expect(await textOf(page)).toBe(text);
  await expectNoViolation(page, 'a change to look at');
  await page.keyboard.press('Escape');
  await expect(change).toHaveCount(0);
  await expect(button).toBeFocused();
  await button.click();
  await change.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeFocused();
  await button.click();
  await change.getByRole('button', { name: 'Apply this change' }).click();
  await expect.poll(() => textOf(page)).toBe(text.replace('reports"', 'reports/*"'));
  await expect(findings(page)).toContainText(/No findings\. \d+ kinds of check ran on this identity policy\./);
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeFocused();
  await policy(page).press('Control+Z');
  await expect.poll(() => textOf(page)).toBe(text);
});

test('the fixes that keep access go together, and come back together', async ({ page, open }) => {
  await open('#/validate');
  const text = `{"Version":"2012-10-17","Statement":[
    {"Sid":"","Effect":"Allow","Action":["s3:GetObject","s3:GetObject"],"Resource":"*","Condition":{}},
    {"Effect":"Allow","Action":"ssm:StartSesion","Resource":"*"}]}`;
  await policy(page).fill(text);
  await page.getByRole('button', { name: /^Apply \d+ fixes that keep access$/ }).click();
  await expect.poll(() => textOf(page)).not.toContain('"Condition"');
  expect(await textOf(page)).toContain('ssm:StartSesion');
  await expect(status(page)).toHaveText(/^\d fixes applied\. \d findings? left\.$/);
  await page.getByRole('button', { name: 'Undo fixes' }).click();
  await expect.poll(() => textOf(page)).toBe(text);
  // What is typed is the person's own again.
  await page.getByRole('button', { name: /^Apply \d+ fixes that keep access$/ }).click();
  await policy(page).press('Control+Home');
  await page.keyboard.type(' ');
  await expect(page.getByRole('button', { name: 'Undo fixes' })).toHaveCount(0);
});

test('the type is guessed from the text, shown, and can be changed', async ({ page, open }) => {
  await open('#/validate');
  const type = page.getByRole('combobox', { name: 'Policy type' });
  const chosen = () => type.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]!.text);
  const trust = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}';
  await policy(page).fill(trust);
  await expect.poll(chosen).toBe('Trust policy');
  await expectFindings(page, 0, 0);
  await policy(page).fill(trust.replace('sts:AssumeRole"', 's3:GetObject","Resource":"arn:aws:s3:::b/*"'));
  await expect.poll(chosen).toBe('Resource policy');
  await page.getByRole('combobox', { name: 'Resource type' }).fill('AWS::S3::Bucket');
  await expect(page.getByRole('combobox', { name: 'Resource type' })).not.toHaveAttribute('aria-invalid');
  await policy(page).fill(GUIDE);
  await expect.poll(chosen).toBe('Identity policy');
  // Half a text is taken for what it was.
  await policy(page).fill(GUIDE.slice(0, 100));
  await expectFindings(page, 1, 0);
  expect(await chosen()).toBe('Identity policy');
  await policy(page).fill(GUIDE);
  await type.selectOption('Resource control policy');
  await expect(page).toHaveURL(/#\/validate\?type=rcp$/);
  await expect.poll(async () => Number(/\d+/.exec(await tab(page, /^Errors/).textContent() ?? '')?.[0])).toBeGreaterThan(0);
  await expect(type).toHaveAccessibleDescription('Chosen by you. The text looks like an identity policy.');
  await page.getByRole('button', { name: 'Check it as an identity policy' }).click();
  await expectFindings(page, 0, 0, 0, 1);
  await page.getByRole('combobox', { name: 'Attached as' }).selectOption('Inline policy of a user');
  await policy(page).fill(GUIDE.replace('"s3:', `"${'s3:x'.repeat(600)}", "s3:`));
  await expect(findings(page)).toContainText('POSTERN_POLICY_SIZE_EXCEEDS_QUOTA');
});

test('tools: open, format, clear, examples, and each comes back', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  const crlf = '{"Version":"2012-10-17",\r\n"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Resource":"*"}]}\r\n';
  await page.getByLabel('Open file').setInputFiles({ name: 'policy.json', mimeType: 'application/json', buffer: Buffer.from(crlf) });
  await expect(status(page)).toHaveText('policy.json opened.');
  await expect.poll(() => textOf(page)).toBe(crlf.replaceAll('\r', ''));
  await page.getByRole('button', { name: 'Format' }).click();
  await expect.poll(() => textOf(page)).toBe(`{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "*",
            "Resource": "*"
        }
    ]
}
`);
  await page.getByRole('button', { name: 'Undo format' }).click();
  await expect.poll(() => textOf(page)).toBe(crlf.replaceAll('\r', ''));
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => textOf(page)).toBe('');
  await expect(findings(page)).toContainText('Paste a policy');
  await page.getByRole('button', { name: 'Undo clear' }).click();
  await expect.poll(() => textOf(page)).toBe(crlf.replaceAll('\r', ''));
  const example = page.getByRole('combobox', { name: 'Load an example' });
  await example.selectOption('INVALID_ACTION');
  await expect(findings(page)).toContainText('INVALID_ACTION');
  await policy(page).fill('{');
  await page.getByRole('button', { name: 'Format' }).click();
  await expect(status(page)).toHaveText('Format needs JSON without errors. Mend the error first.');
  expect(await textOf(page)).toBe('{');
});

test('the policy is taken out of what stands around it', async ({ page, open }) => {
  await open('#/validate');
  const take = page.getByRole('button', { name: 'Check the policy in it' });
  for (const text of [`\`\`\`json\n${BAD}\n\`\`\``, JSON.stringify({ PolicyName: 'p', PolicyDocument: BAD }), BAD.replaceAll('"', '\\"').replaceAll('\n', '\\n')]) {
    await policy(page).fill(text);
    await take.click();
    expect((await textOf(page)).trim(), text.slice(0, 40)).toBe(BAD.trim());
    await expect(findings(page)).toContainText('INVALID_ACTION');
    await expect(take).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo taking out' }).click();
    expect(await textOf(page)).toBe(text);
  }
  await policy(page).fill('{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"}');
  await take.click();
  expect(JSON.parse(await textOf(page)).Statement.Action).toBe('ssm:StartSession');
});

test('who goes back to the text before a fix is answered stays in it', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(BAD);
  const fix = page.getByRole('button', { name: /^Apply fix:.*OpenDataChannel/ });
  await fix.evaluate((button: HTMLElement) => {
    button.click();
    document.querySelector('.editor')!.shadowRoot!.querySelector<HTMLElement>('.cm-content')!.focus();
  });
  await expect(status(page)).toHaveText(/1 finding left\.$/);
  await expect(policy(page)).toBeFocused();
});

test('two policies are compared line by line', async ({ page, open }) => {
  await open('#/validate');
  await policy(page).fill(BAD);
  await page.getByText('Compare with another policy').click();
  await field(page, 'Other policy').fill(BAD.replace('Chanel', 'Channel'));
  const change = page.getByRole('region', { name: 'Differences between the two policies' });
  await expect(change.locator('del')).toHaveText(/removed: .*OpenDataChanel/);
  await expect(change.locator('ins')).toHaveText(/added: .*OpenDataChannel/);
  await expectNoViolation(page, 'two policies');
  await field(page, 'Other policy').fill(BAD);
  await expect(page.getByText('Nothing changes.')).toBeVisible();
});

test('a policy is shortened, and what is put on the clipboard allows the same', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('#/validate');
  const long = { Version: '2012-10-17', Statement: ['a', 'b', 'a'].map((name) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/*` })) };
  await policy(page).fill(JSON.stringify(long));
  await page.getByText('Shorten this policy').click();
  await expect(page.getByText(/^It allows and denies exactly the same, with \d+ characters in place of 257, as IAM counts them\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy shorter policy' }).click();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied.Statement).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] }]);
  await expectNoViolation(page, 'a shorter policy');
  await policy(page).fill(JSON.stringify(copied));
  await expect(page.getByText('No shorter policy was found that allows and denies exactly the same.')).toBeVisible();
  await policy(page).fill('{"Statement": ');
  await expect(page.locator('.on-demand .mistake')).toContainText('line 1');
});

test('what a change lets somebody do is told with a request', async ({ page, open, watched }) => {
  await open('#/validate');
  await policy(page).fill('');
  await page.getByText('Compare with another policy').click();
  const told = page.locator('.on-demand');
  const one = (effect: string, action: string, more = {}) => ({ Effect: effect, Action: action, Resource: '*', ...more });
  const text = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const start = 'ssm:StartSession';
  const web = { Condition: { StringEquals: { 'aws:ResourceTag/Team': 'web' } } };
  const cases: [string, string, RegExp][] = [
    [text(one('Allow', start)), text(one('Allow', start, { Sid: 'A' })), /^Both policies allow exactly the same\.$/],
    [text(one('Allow', start, web)), text(one('Allow', start)), /^The other policy allows more than the one above, for example:ssm:StartSession on \S+ \(statement 1 of the other policy\)\.It allows all that the one above allows\.$/],
    [text(one('Allow', start)), text(one('Allow', 'ssm:ResumeSession'), one('Allow', start, web)),
      /^The other policy allows more than the one above, for example:ssm:ResumeSession on .*\(statement 1 of the other policy\)\.It does not allow all that the one above allows, for example:ssm:StartSession on .*\(statement 1 of the one above\)\.$/],
    [text(one('Allow', start, { Principal: { AWS: '111122223333' } })), text(one('Allow', start, { Principal: '*' })),
      /^The other policy allows more than the one above, for example:ssm:StartSession on \*, by anonymous \(statement 1 of the other policy\)\.It allows all that the one above allows\.$/],
    [text(one('Deny', start)), text(one('Deny', start, web)), /^The other policy allows more than the one above, for example:ssm:StartSession .*\(statement 1 of the one above, which denies it\)\.It allows all that the one above allows\.$/],
    [text(one('Allow', start), one('Deny', 'iam:PassRole')), text(one('Allow', start)),
      /^Both policies allow exactly the same\.The other policy denies less: further policies of the same role or resource may now allow, for example, iam:PassRole on \S+\.$/],
    [text(one('Allow', start)), '{"Statement": ', /^What they allow is compared once both are policies\.$/],
    [text(one('Allow', start)), '{"Statement": {"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}}', /^What they allow cannot be compared\. The other policy .*line 1, column 35\.$/],
  ];
  for (const [before, after, expected] of cases) {
    await policy(page).fill(before);
    await field(page, 'Other policy').fill(after);
    await expect(told).toHaveText(expected);
  }
  await expectNoViolation(page, 'a comparison');
  expect(watched.requests.filter((request) => request.url().endsWith('/more.js'))).toHaveLength(1);
});

test('without the script that compares the rest is there', async ({ page, open, watched }) => {
  watched.expected.push(/more\.js|Failed to load resource/);
  await page.route('**/more.js', (route) => route.abort());
  await open('#/validate');
  await policy(page).fill(BAD);
  await page.getByText('Compare with another policy').click();
  await field(page, 'Other policy').fill(BAD.replace('Chanel', 'Channel'));
  await expect(page.getByRole('region', { name: 'Differences between the two policies' }).locator('ins')).toHaveCount(1);
  await expect(page.locator('.on-demand')).toHaveText('The file more.js is missing or blocked, so this cannot be told.');
  await page.getByRole('link', { name: 'Check a role' }).click();
  await field(page, 'What does this error mean?').fill('TargetNotConnected');
  await expect(page.locator('.error-box')).toContainText('The file more.js is missing or blocked, so this cannot be told.');
});

test('a text that is no policy is told what it is', async ({ page, open }) => {
  await open('#/validate');
  const inline = `{"RoleName":"web","PolicyName":"p","PolicyDocument":${GUIDE}}`;
  const cases: [string, RegExp][] = [
    [inline, /IAM does not take this as a policy\. The inline policy p of the role web/],
    ['resource "aws_iam_role_policy" "x" {}', /This is no policy by itself\. This is Terraform code/],
    ['{"a":1}', /This is JSON, but not an IAM policy\./],
    [encodeURIComponent(GUIDE), /IAM does not take this as a policy\./],
    ['{"Role": {"RoleName": "web"}}', /This is no policy by itself\..*Check a role can read this\./],
    ['AKIAIOSFODNN7EXAMPLE', /This looks like an access key\. A policy does not need one\./],
    ['-----BEGIN RSA PRIVATE KEY-----', /This looks like a private key\. A policy does not need one\./],
  ];
  for (const [text, expected] of cases) {
    await policy(page).fill(text);
    await expect(findings(page), text.slice(0, 40)).toContainText(expected);
  }
  await policy(page).fill(GUIDE.replace('"*"', '"AKIAIOSFODNN7EXAMPLE"'));
  await expect(findings(page)).toContainText('POSTERN_SECRET_IN_POLICY');
});

test('by keyboard alone', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim();
      });
      if (name.test(stop)) return;
    }
    throw new Error(`No stop ${name}.`);
  };
  await tabTo(/^Policy JSON/);
  await paste(page, BAD);
  await expectFindings(page, 1, 1);
  // F8 goes around the findings.
  const place = page.getByText(/^Line \d+, column \d+$/).and(page.locator(':visible'));
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await expect(place).toHaveText('Line 7, column 17');
  await page.keyboard.press('F8');
  await expect(place).toHaveText('Line 13, column 23');
  await page.keyboard.press('Shift+F8');
  await expect(place).toHaveText('Line 7, column 17');
  await tabTo(/^All 2/);
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, /^Errors/)).toBeFocused();
  await tabTo(/^Apply fix/);
  await page.keyboard.press('Enter');
  await expectFindings(page, 0, 1);
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
});

test('a tooltip of the editor is dismissed by Escape', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(BAD);
  await expectFindings(page, 1, 1);
  const tooltip = page.locator('.cm-tooltip-lint');
  await policy(page).getByText('OpenDataChanel').hover();
  await expect(tooltip).toContainText('Did you mean ssmmessages:OpenDataChannel?');
  await expectNoViolation(page, 'a tooltip');
  await page.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);
});

test('a tooltip of the editor applies a fix that needs no look, in the text as it is by then', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(BAD);
  await expectFindings(page, 1, 1);
  await policy(page).press('Control+End');
  await page.keyboard.type('\n');
  // New findings take a tooltip away.
  await expect(async () => {
    await page.getByRole('heading', { level: 1 }).hover();
    await policy(page).getByText('OpenDataChanel').hover();
    await page.locator('.cm-tooltip-lint').getByRole('button', { name: /Apply fix:.*OpenDataChannel/ }).click({ timeout: 2000 });
  }).toPass();
  await expectFindings(page, 0, 1);
  expect(await textOf(page)).toBe(`${BAD.replace('Chanel', 'Channel')}\n`);
});

const statements = (count: number) => JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: count }, (_, i) => (
  { Sid: `Statement${i}`, Effect: 'Allow', Action: i === 0 ? 'ssm:StartSesion' : 'ssm:StartSession', Resource: `arn:aws:ssm:us-east-1:111122223333:document/Example${i}` })) }, null, 4);

test('a long policy scrolls in its field, and the findings stay beside it', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(statements(150));
  await expect(findings(page)).toContainText('INVALID_ACTION');
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2500);
  // Where the text is longest the findings are still in sight.
  await policy(page).press('Control+End');
  await expect(page.getByText(/^Line 905, column \d+$/).and(page.locator(':visible'))).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeInViewport();
  await page.getByRole('button', { name: 'Go to line 7, column 23' }).click();
  await expect(policy(page).getByText('ssm:StartSesion')).toBeInViewport();
  // At its end the field gives the wheel back to the page.
  await policy(page).press('Control+End');
  await page.evaluate(() => scrollTo(0, 0));
  await policy(page).hover();
  await page.mouse.wheel(0, 3000);
  await page.mouse.wheel(0, 3000);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
});

test('the finding that advises a shorter policy leads to it', async ({ page, open }) => {
  await open('#/validate');
  await policy(page).fill(statements(150));
  const finding = page.getByRole('listitem').filter({ hasText: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA' });
  await finding.getByRole('button', { name: 'Shorten this policy' }).click();
  await expect(page.locator('#shorten')).toBeFocused();
  await expect(page.locator('#shorten')).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'A shorter policy' })).toBeVisible();
});

test('a policy of every type is told in words', async ({ page, open }) => {
  await open('#/validate');
  const words = page.getByRole('region', { name: 'In words' });
  const one = (principal: object | string, action: string, more = {}) => JSON.stringify({
    Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: principal, Action: action, ...more } });
  for (const [text, expected] of [
    [one({ Service: 'ec2.amazonaws.com' }, 'sts:AssumeRole'), 'Allows ec2.amazonaws.com: assuming the role.'],
    [one('*', 's3:GetObject', { Resource: 'arn:aws:s3:::reports/*' }), 'Allows everyone: reading objects on the objects of bucket reports.'],
    [one({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*', { Resource: '*' }), 'Allows account 111122223333: every action of kms on every resource.'],
  ] as const) {
    await policy(page).fill(text);
    await expect(words.getByRole('listitem')).toHaveText([expected]);
  }
});

test('a comparison names every action by way of which something more is allowed', async ({ page, open }) => {
  await open('#/validate');
  const text = (...actions: string[]) => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });
  await policy(page).fill(text('ssm:StartSession'));
  await page.getByText('Compare with another policy').click();
  await field(page, 'Other policy').fill(text('ssm:StartSession', 's3:Get*', 'iam:PassRole'));
  await expect(page.locator('.on-demand')).toHaveText(
    /^The other policy allows more than the one above, for example:\S+ on \S+ .*\(statement 1 of the other policy\)\. More is allowed by way of s3:Get\*, iam:PassRole\.It allows all that the one above allows\.$/);
  await field(page, 'Other policy').fill(text('ssm:Start*'));
  await expect(page.locator('.on-demand')).toHaveText(/\(statement 1 of the other policy\)\. More is allowed by way of ssm:Start\*\.It allows all that the one above allows\.$/);
});

test('a line that begins with tabs is drawn with indents of one width', async ({ page, open }) => {
  await open('#/validate');
  await editorReady(page);
  await policy(page).fill(`{\n\t"a": {\n\t\t"b": {\n\t\t\t"c": "${'x'.repeat(300)}"\n\t\t}\n\t}\n}`);
  const [edges, wrapped] = await policy(page).evaluate((content) => {
    const places = [...content.querySelectorAll('.cm-line')].map((line) => {
      const range = document.createRange();
      const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        const at = node.textContent!.search(/\S/);
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(line, line.childNodes.length);
        return [...range.getClientRects()].map(({ left }) => Math.round(left));
      }
      return [0];
    });
    return [places.map(([first]) => first!), Math.min(...places[3]!.slice(1))] as const;
  });
  const step = edges[1]! - edges[0]!;
  expect(step).toBeGreaterThan(20);
  expect([edges[2]! - edges[1]!, edges[3]! - edges[2]!].map((one) => Math.abs(one - step) <= 1)).toEqual([true, true]);
  expect(wrapped).toBeGreaterThan(edges[3]!);
});

test('a text that is known to be no JSON is told by what it is, and not by where JSON breaks off', async ({ page, open }) => {
  await open('#/validate');
  const problems: string[] = [];
  for (const [text, what] of [
    ['AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Example:\n    Type: AWS::IAM::Role\n', 'CloudFormation template'],
    ['resource "aws_iam_role" "example" {\n  name = "example"\n}\n', 'Terraform code'],
  ] as const) {
    await policy(page).fill(text);
    await expect(findings(page)).toContainText(what);
    const said = await findings(page).innerText();
    for (const wrong of ['`', 'postern role', 'Other checks wait', 'JSON_SYNTAX_ERROR', 'No findings']) if (said.includes(wrong)) problems.push(`${what}: ${wrong}`);
    if (await findings(page).locator('code', { hasText: 'postern check FILE' }).count() !== 1) problems.push(`${what}: no command in ${said}`);
    if (await page.locator('.cm-lintRange').count() > 0) problems.push(`${what}: marks`);
  }
  await expect(status(page)).toHaveText('This is no policy by itself.');
  expect(problems).toEqual([]);
  // What is broken JSON is still told so.
  await policy(page).fill('{"Version": "2012-10-17", "Statement": [');
  await expect(findings(page)).toContainText('Other checks wait until the JSON is complete.');
});

test('the comparison says which of the two policies allows more', async ({ page, open }) => {
  await open('#/validate');
  const of = (actions: string[]) => JSON.stringify({ Version: '2012-10-17', Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })) });
  await policy(page).fill(of(['ssm:StartSession']));
  await page.getByText('Compare with another policy').click();
  const differences = page.getByRole('region', { name: 'Differences', exact: true });
  const other = field(page, 'Other policy');
  for (const [text, ...wanted] of [
    [of(['ssm:StartSession', 'ssm:ResumeSession']), 'The other policy allows more than the one above, for example:', 'It allows all that the one above allows.'],
    [of(['ssm:ResumeSession']), 'The other policy allows more than the one above, for example:', 'It does not allow all that the one above allows, for example:'],
    [of(['ssm:DescribeSessions']).replace('Allow', 'Deny'), 'The other policy allows nothing more than the one above.', 'It does not allow all that the one above allows, for example:', '(statement 1 of the one above)'],
    [of(['ssm:StartSession']), 'Both policies allow exactly the same.'],
    [of([]), 'What they allow cannot be compared. The other policy has no statement'],
  ]) {
    await other.fill(text!);
    for (const one of wanted) await expect(differences).toContainText(one);
    await expect(differences).not.toContainText('somebody');
  }
});
