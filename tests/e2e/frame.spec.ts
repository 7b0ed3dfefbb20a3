// What is common to all views: addresses, focus, theme, and working without a mouse.
import { editorReady, textOf } from './editor.js';
import { GUIDE_WITH_KEY, KEY, check, expect, expectPolicy, field, output, ready, test } from './page.js';

const KMS = 'Encrypt session data with a KMS key';
const VIEWS = [
  ['People', 'Build policies for the people who start sessions'],
  ['Related', 'Build what belongs around the role'],
  ['Check a role', 'Check an existing role'],
  ['Validate', 'Validate a policy'],
  ['Build', 'Build an instance role policy'],
] as const;

test('each view has an address, a title and a focused heading', async ({ page, open }) => {
  await open();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  const nav = page.getByRole('navigation', { name: 'Main' });
  for (const [name, title] of VIEWS) {
    await nav.getByRole('link', { name, exact: true }).click();
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(title);
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle(`${title} - Postern`);
    await expect(nav.locator('[aria-current=page]')).toHaveText(name);
  }
  await expect(page).toHaveURL(/#\/build$/);
});

test('a field that is taken as soon as it is there keeps the focus, and what is typed comes into it', async ({ page, open }) => {
  await open('#/role');
  await editorReady(page, 'Policy 1'); // From here on the plain field is there for a moment only.
  const nav = page.getByRole('navigation', { name: 'Main' });
  await nav.getByRole('link', { name: 'Validate', exact: true }).click();
  await editorReady(page);
  await page.evaluate(() => new MutationObserver((_, observer) => {
    const plain = document.querySelector<HTMLTextAreaElement>('.role textarea.editor');
    if (plain === null) return;
    observer.disconnect();
    plain.focus();
  }).observe(document.body, { subtree: true, childList: true }));
  await nav.getByRole('link', { name: 'Check a role' }).click();
  await editorReady(page, 'Policy 1');
  await expect(field(page, 'Policy 1')).toBeFocused();
  await page.keyboard.insertText('{}');
  expect(await textOf(page, 'Policy 1')).toBe('{}');
});

test('Back and Forward keep what was typed, and the address never holds it', async ({ page, open }) => {
  await open();
  await check(page, KMS).check();
  await field(page, 'KMS key ARN').fill(KEY);
  await expectPolicy(page, GUIDE_WITH_KEY);
  await expect(page).toHaveURL(/#\/build\?kms=1$/);
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page).toHaveURL(/#\/people$/);
  await page.goBack();
  await expect(field(page, 'KMS key ARN')).toHaveValue(KEY);
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[0][1]);
  await page.getByRole('link', { name: 'Build', exact: true }).click();
  await check(page, 'Include the agent heartbeat').check();
  await expect(page).toHaveURL(/#\/build\?kms=1&heartbeat=1$/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[0][1]);
  // This older address of Build does not know the newer tick, and must not undo it.
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[4][1]);
  await expect(check(page, 'Include the agent heartbeat')).toBeChecked();
  await expect(page).toHaveURL(/#\/build\?kms=1&heartbeat=1$/);
  await page.getByRole('link', { name: 'Build', exact: true }).click();
  await expect(field(page, 'KMS key ARN')).toHaveValue(KEY);
  expect(page.url()).not.toMatch(/111122223333|1234abcd/);
});

test('Back right behind a link is not undone', async ({ page, open }) => {
  await open();
  await check(page, KMS).check();
  await expect(page).toHaveURL(/#\/build\?kms=1$/);
  // Back comes as soon as the page has heard of the link, before it has drawn the other view.
  await page.evaluate(() => new Promise<void>((resolve) => {
    const heard = () => {
      removeEventListener('hashchange', heard);
      addEventListener('hashchange', () => resolve(), { once: true });
      history.back();
    };
    addEventListener('hashchange', heard);
    location.hash = '#/people';
  }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[4][1]);
  await expect(page).toHaveURL(/#\/build\?kms=1$/);
});

test('an address ticks options, and only that', async ({ page, open }) => {
  await open(`#/build?kms=1&bucket=0&heartbeat=1&kmsKeyArn=${KEY}&nonsense=1`);
  await expect(check(page, KMS)).toBeChecked();
  await expect(check(page, 'Include the agent heartbeat')).toBeChecked();
  await expect(check(page, 'Check encryption of the log bucket')).not.toBeChecked();
  await expect(field(page, 'KMS key ARN')).toHaveValue('');
  await expect(page).toHaveURL(/#\/build\?kms=1&bucket=0&heartbeat=1$/);
  await ready(page);
  await expect(output(page)).toContainText('key-name');
  // Another address typed over it counts as well; one that is not ours changes nothing.
  await page.evaluate(() => { location.hash = '#/build?heartbeat=1'; });
  await expect(check(page, KMS)).not.toBeChecked();
  await page.evaluate(() => { location.hash = '#/constructor'; });
  await expect(check(page, 'Include the agent heartbeat')).toBeChecked();
});

test('the theme is chosen, kept, and the only thing stored', async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open();
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await back()).toBe('rgb(255, 255, 255)');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  expect(await back()).toBe('rgb(16, 21, 28)');
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('dark');
  expect(await back()).toBe('rgb(16, 21, 28)');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{"postern-theme":"dark"}');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('System');
  expect(await back()).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await back()).toBe('rgb(16, 21, 28)');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('a policy with a key, by keyboard alone', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to main content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(check(page, KMS)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(check(page, KMS)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(field(page, 'KMS key ARN')).toBeFocused();
  await page.keyboard.type(KEY);
  await expectPolicy(page, GUIDE_WITH_KEY);

  // From the first stop to the last: each is visible, in view, and has a visible focus; none is the body.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.getByRole('link', { name: 'Postern' }).focus();
  const names: string[] = [];
  for (let i = 0; i < 40; i++) {
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const box = element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10));
      return {
        name: element.getAttribute('aria-label') ?? element.id ?? '',
        text: element.textContent?.slice(0, 30) ?? '',
        isBody: element === document.body,
        isSeen: top !== null && (element.contains(top) || top.contains(element)),
        outline: getComputedStyle(element).outlineStyle !== 'none',
      };
    });
    if (stop.isBody) break;
    names.push(stop.name || stop.text);
    expect(stop, `focus on ${stop.name || stop.text}`).toMatchObject({ isSeen: true, outline: true });
    await page.keyboard.press('Tab');
  }
  const order = ['Build', 'Validate', 'sessionEncryption', 'sessionEncryption.kmsKeyArn', 's3Logs', 'cloudWatchLogs', 'bucketEncryptionCheck', 'heartbeat', 'More options', 'Add it', 'Copy policy',
    'Policy JSON output', 'Copy policy name', 'theme'];
  expect(names.filter((name) => order.includes(name))).toEqual(order);
});

test('Back to the plain address of the page shows the start', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Validate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Validate a policy');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[4][1]);
  await expect(page.getByRole('navigation', { name: 'Main' }).locator('[aria-current=page]')).toHaveText('Build');
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Validate a policy');
});

test('an address in other letters is taken as it is meant; one that there is not leads to the start, which says so', async ({ page, open }) => {
  const lost = page.getByText('There is no view at this address. This is the start.');
  for (const address of ['#/People', '#/people/', '#/PEOPLE/?kms=1']) {
    await open(address);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 }), address).toHaveText(VIEWS[0][1]);
    await expect(page).toHaveURL(address.includes('?') ? /#\/people\?kms=1$/ : /#\/people$/);
    await expect(lost).toHaveCount(0);
  }
  await page.evaluate(() => { location.hash = '#/nope'; });
  await expect(lost).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[4][1]);
  await expect(page).toHaveURL(/#\/build$/);
  await page.getByRole('link', { name: 'People' }).click();
  await expect(lost).toHaveCount(0);
  await open('#/nope');
  await page.reload();
  await open('#/nope?x=1');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(VIEWS[4][1]);
});

test('on a narrow screen a link leads from the form to what it makes', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await open();
  await ready(page);
  const jump = page.getByRole('link', { name: 'Go to the result' });
  await expect(jump).toBeInViewport();
  await jump.click();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeInViewport();
  await expect(page).not.toHaveURL(/result/);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(jump).toBeHidden();
});
