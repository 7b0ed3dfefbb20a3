// What the tests of the views that check have in common.
import type { Page } from '@playwright/test';
import { expect, field } from './page.js';

export const BAD = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "ssmmessages:OpenDataChanel"
            ],
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": "*"
        }
    ]
}`;

export const policy = (page: Page) => field(page, 'Policy JSON');
export const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name });
export const status = (page: Page) => page.getByRole('status');
export const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });

/** The text of a field, of the editor as well as of the plain one. */
export const textOf = (page: Page, name = 'Policy JSON'): Promise<string> => field(page, name).evaluate((element) => {
  if (element instanceof HTMLTextAreaElement) return element.value;
  return [...element.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n');
});

/** Waits for the editor to take the place of the plain field. */
export async function editorReady(page: Page, name = 'Policy JSON'): Promise<void> {
  await expect(field(page, name)).toHaveAttribute('contenteditable', 'true');
}

/** The numbers on the tabs, gravest first. */
export async function expectFindings(page: Page, errors: number, security: number, warnings = 0, suggestions = 0): Promise<void> {
  const numbers = { Errors: errors, Security: security, Warnings: warnings, Suggestions: suggestions };
  await expect.poll(() => page.getByRole('tablist', { name: 'Finding types' }).getByRole('tab').allTextContents()).toEqual([
    `All ${errors + security + warnings + suggestions}`, ...Object.entries(numbers).map(([name, count]) => `${name} ${count}`),
  ]);
}

/** Puts a text on the clipboard and pastes it where the focus is, as people do. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('Control+V');
}
