// The engine's sentences on the page: they call options by the labels of their fields, and values by those of their choices.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlsOf } from '../../www/controls.js';
import { NODE } from '../../www/controls/node.js';
import { OPERATOR } from '../../www/controls/operator.js';
import { RELATED } from '../../www/controls/related.js';
import { ROLE_FIELDS } from '../../www/role-words.js';
import { setupFields } from '../../www/more/setup-fields.js';
import { inFields, type Named } from '../../www/named.js';
import { sentences } from '../engine-sentences.mjs';
import { editorReady } from './editor.js';
import { GUIDE, check, expect, field, test } from './page.js';

interface Schema { $ref?: string; anyOf?: Schema[]; properties?: Record<string, Schema> }
const { $defs } = JSON.parse(readFileSync(join(import.meta.dirname, '../../dist/options.schema.json'), 'utf8')) as { $defs: Record<string, Schema> };

const [node, operator] = [controlsOf(NODE), controlsOf(OPERATOR)];
const FIELDS: Readonly<Record<string, readonly Named[] | undefined>> = {
  NodeOptions: node, OperatorOptions: operator, ExportTarget: undefined, SetupOptions: setupFields({ node: NODE, operator: OPERATOR }),
  Want: ROLE_FIELDS,
  ...Object.fromEntries(RELATED.map(({ kind, form }) => [`${kind.split('-').map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')}Options`, controlsOf(form)])),
};

/** The names of a type's options, and of those in them. */
function namesIn(schema: Schema): string[] {
  const { $ref, anyOf = [], properties = {} } = schema;
  if ($ref !== undefined) return namesIn($defs[$ref.split('/').pop()!]!);
  return [...anyOf.flatMap(namesIn), ...Object.entries(properties).flatMap(([name, one]) => [name, ...namesIn(one)])];
}

/** The page exports no policy with a principal but to what has one. */
const NEVER = new Set(['attachTo']);

test('no sentence of the engine that the page may show has the name of an option in it', () => {
  const wrong: string[] = [];
  let changed = 0;
  // What tells one from a word of English: a capital inside, or a part behind a dot.
  const names = new Map(Object.entries($defs).map(([type, schema]) => [type, namesIn(schema)]));
  // Of the preferences of a set-up the page has one option.
  names.set('SetupOptions', [...names.get('NodeOptions')!, ...names.get('OperatorOptions')!, 'bucketExists', 'logGroupExists', 'exists']);
  for (const { sentence, own, file } of sentences()) {
    for (const type of own) {
      const told = inFields(sentence, FIELDS[type], [...node, ...operator]);
      if (told !== sentence) changed += 1;
      // Parameters of documents are somebody's own, and what code of other builders has in it is theirs.
      const left = told.replace(/\{\{[^}]*\}\}|\w+: \{ .* \}/g, '').match(/(?<![\w.:/-])[a-z]\w*(?:\.[a-z]\w*|[A-Z]\w*)+/g) ?? [];
      const known = names.get(type) ?? [];
      for (const word of left) if (word.split('.').every((part) => known.includes(part)) && !NEVER.has(word)) wrong.push(`${file}, ${type}: ${word} in ${told}`);
      const [, code] = /(\w+): \{ ?\w+: /.exec(told) ?? [];
      const [, set] = /(?<!")\b(\w+) (?:true|false)\b/.exec(told) ?? [];
      if ([code, set].some((word) => word !== undefined && known.includes(word))) wrong.push(`${file}, ${type}: ${told}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(changed).toBeGreaterThan(50);
});

test('a name goes with its value, and in the words of the form', () => {
  const related = (kind: string) => controlsOf(RELATED.find((one) => one.kind === kind)!.form);
  for (const [fields, sentence, wanted] of [
    [operator, 'on session/*, which dataChannel any does.', 'on session/*, which "All of the account" under "Data channels that they may open" does.'],
    [operator, 'updateAgent false leaves it out.', '"No" under "Update an agent that is too old" leaves it out.'],
    [operator, 'The form which endSessions.whose session-tag and scope least-privilege write.', 'The form which "Their own, told by the tag of the session" under "Sessions that they may end" and "Least privilege" under "Kind of text" write.'],
    [operator, 'Leave out what starts sessions, or justInTime.', 'Leave out what starts sessions, or "Ask for access just in time".'],
    [operator, 'ownerId says whose sessions are meant. Leave whose out beside it.', '"Only sessions of this user ID" says whose sessions are meant. Leave "Sessions that they may end" out beside it.'],
    [operator, 'Leave port forwarding out, or name that in documents.', 'Leave port forwarding out, or name that in "Session documents of your own".'],
    [operator, 'such as Team: ["web", "shop"].', 'such as Team=web and Team=shop.'],
    [operator, 'options.targets.tags.Team[0] must be a string.', '"Tag" must be a string.'],
    [node, 'Give region, such as us-east-2. The region of the bucket.', 'Give "Region", such as us-east-2. The region of the bucket.'],
    [node, 'The Region eu-west-1 is in the partition aws, not in aws-cn.', 'The Region eu-west-1 is in the partition aws, not in aws-cn.'],
    [node, 'minimizePolicy does so.', 'Validate does so.'],
    [related('preferences-document'), 'Build it with exists true then.', 'Build it with "It is there already" then.'],
    [related('preferences-document'), 'runAsEnabled false', 'no "Shells run as another user than ssm-user"'],
    [related('session-document'), 'such as linux: { commands: "tail -f x" }.', 'such as tail -f x under "Commands on Linux".'],
    [related('session-document'), 'such as parameters: { logGroup: {} } for {{ logGroup }}.', 'such as logGroup under "Parameter" for {{ logGroup }}.'],
    [related('session-document'), 'Give a maxChars that is not below minChars.', 'Give a "Parameter most characters" that is not below "Parameter fewest characters".'],
    [related('session-document'), 'needs ssm:GetParameters: documentParameters of the node policy.', 'needs ssm:GetParameters: "Parameters in documents" in Build.'],
    [related('session-document'), 'on this document: documents of the operator policy.', 'on this document: "Session documents of your own" in People.'],
    [related('trust-policy'), 'For people demand mfa; for a company give externalId.', 'For people demand "Only with MFA"; for a company give "External ID".'],
    [FIELDS['Want']!, 'It depends on region, kmsKeyArn.', 'It depends on "Region", "KMS key ARN".'],
    [FIELDS['Want']!, 'Build the statement with buildOperatorPolicy, which takes them.', 'Build the statement with People, which takes them.'],
    [FIELDS['SetupOptions']!, 'options.node.s3Logs.bucket is missing.', '"S3 bucket name" is missing.'],
    [FIELDS['SetupOptions']!, 'say so (preferences.exists), and it is imported', 'say so ("The session preferences are there already"), and it is imported'],
    [FIELDS['SetupOptions']!, 'scope least-privilege refuses these as well.', '"Least privilege" under "Kind of text" refuses these as well.'],
    // What is quoted of somebody's is left as it is.
    [operator, 'arn:aws:s3:::denyOnly/denyOnly.json, "denyOnly" and /denyOnly', 'arn:aws:s3:::denyOnly/denyOnly.json, "denyOnly" and /denyOnly'],
  ] as const) expect(inFields(sentence, fields, [...node, ...operator])).toBe(wanted);
  expect(inFields('for a policy variable; take the format terraform-jsonencode')).toBe('for a policy variable; take "jsonencode" under "Form"');
});

test('notes, refusals and what is left open name the fields of the form', async ({ page, open }) => {
  await open('#/related?document=preferences-document');
  const result = page.getByRole('region', { name: 'Result', exact: true });
  await expect(result).toContainText('Build it with "It is there already" then.');

  await open('#/people?identity=role&more=1');
  await expect(result).toContainText('which "All of the account" under "Data channels that they may open" does.');
  await page.getByText('More options').click();
  await check(page, 'Ask for access just in time').check();
  await expect(page.getByRole('main')).toContainText('or "Ask for access just in time".');
  await check(page, 'Ask for access just in time').uncheck();
  await check(page, 'Only what is refused, and nothing allowed').check();
  await expect(page.getByRole('main')).toContainText('or "Only what is refused, and nothing allowed".');

  await open('#/build');
  await check(page, 'Save session logs to Amazon S3').check();
  await page.getByText('Everything around it').click();
  const around = page.locator('.on-demand');
  await page.getByText('More options').click();
  await page.getByLabel('Region', { exact: true }).fill('eu-west-1');
  await field(page, 'Account ID').fill('111122223333');
  await expect(around).toContainText('S3 bucket name, in the form above, is missing.');
  await field(page, 'S3 bucket name').fill('example-session-logs');
  await expect(around).toContainText('say so ("The session preferences are there already"), and it is imported');
  await around.getByRole('checkbox', { name: 'The session preferences are there already' }).check();
  await expect(around).not.toContainText('say so (');
  await expect(around).toContainText('import {');
});

test('what is said of a role and of a resource type names the fields there', async ({ page, open }) => {
  await open('#/role?uses=shell%20s3');
  await editorReady(page, 'Policy 1');
  await field(page, 'Policy 1').fill(GUIDE.replace('s3:GetEncryptionConfiguration', 's3:GetObject'));
  const row = page.getByRole('row', { name: /^Logs to S3/ });
  await expect(row).toContainText('"Only an encrypted bucket", "Only an encrypted log group"');

  await open('#/validate');
  await page.getByLabel('Policy type').selectOption('resource');
  await field(page, 'Policy JSON').fill(GUIDE);
  await page.getByLabel('Resource type (optional)').fill('bucket');
  await expect(page.getByText('"Resource type" must be a resource type of CloudFormation')).toBeVisible();
});
