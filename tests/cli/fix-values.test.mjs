// Fixes inside YAML, HCL and JSON that is no policy as it stands: what is written, read again, is what the fixes make.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, folder, postern } from './run.mjs';
import { policiesIn, settled } from './source/bundle.mjs';

const { applyFixes, validatePolicy } = createRequire(import.meta.url)(join(ROOT, 'dist/node.cjs'));

const template = (statement) => `Resources:
  P: # of nobody
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
${statement.split('\n').map((line) => `          ${line}`).join('\n')}
`;

/** A file with mistakes, and the lines that a fix makes of it; null where it has to be made by hand. */
const CASES = [
  ['a plain scalar', 'a.yaml', template('- Effect: Allow # here\n  Action: ssm:StartSesion   # kept\n  Resource: "*"'), [['ssm:StartSesion ', 'ssm:StartSession ']]],
  ['double quotes', 'a.yaml', template('- Effect: "allow"\n  Action: [s3:GetObject, "ssm:StartSesion"]\n  Resource: "*"'), [['"allow"', '"Allow"'], ['"ssm:StartSesion"', '"ssm:StartSession"']]],
  ['single quotes', 'a.yaml', template("- Effect: 'allow'\n  Action: 'ssm:StartSesion'\n  Resource: '*'"), [["'allow'", "'Allow'"], ["'ssm:StartSesion'", "'ssm:StartSession'"]]],
  ['a flow', 'a.yaml', template('- {Effect: allow, Action: [ssm:StartSesion], Resource: "*"}'), [['allow', 'Allow'], ['ssm:StartSesion', 'ssm:StartSession']]],
  ['a template that decides more', 'a.yaml', template('- Effect: allow\n  Action: ssm:StartSesion\n  Resource: !Sub "arn:aws:ec2:${AWS::Region}:*:instance/*"'), [['Effect: allow', 'Effect: Allow'], ['ssm:StartSesion', 'ssm:StartSession']]],
  ['a folded scalar', 'a.yaml', template('- Effect: Allow\n  Action: >-\n    ssm:StartSesion\n  Resource: "*"'), null],
  ['a list in brackets that loses an entry', 'a.yaml', template('- Effect: Allow\n  Action: [s3:GetObject, "s3:GetObject"] # here\n  Resource: "*"'), [['s3:GetObject, "s3:GetObject"', 's3:GetObject']]],
  ['a list in lines that loses entries', 'a.yaml', template('- Effect: Allow\n  Action:\n    - s3:GetObject # kept\n    - s3:PutObject\n    - s3:*\n  Resource: "*"').replace('# kept', ''), [['              - s3:GetObject \n              - s3:PutObject\n', '']]],
  ['a list in lines whose entry has a comment', 'a.yaml', template('- Effect: Allow\n  Action:\n    - s3:GetObject\n    - s3:GetObject # why\n  Resource: "*"'), null],
  ['a list of Terraform', 'a.tf', 'data "aws_iam_policy_document" "p" {\n  statement {\n    actions = [\n      "s3:GetObject", # kept\n      "s3:PutObject",\n      "s3:PutObject",\n    ]\n    resources = ["*"]\n  }\n}\n', [['      "s3:PutObject",\n      "s3:PutObject",\n', '      "s3:PutObject",\n']]],
  ['the first entries of a list', 'a.tf', 'data "aws_iam_policy_document" "p" {\n  statement {\n    actions = ["s3:GetObject", "s3:PutObject", "s3:*"]\n    resources = ["*"]\n  }\n}\n', [['"s3:GetObject", "s3:PutObject", "s3:*"', '"s3:*"']]],
  ['an anchor that two policies share', 'a.yaml', `${template('- &one {Effect: allow, Action: "s3:GetObject", Resource: "*"}')}${template('- *one').replace('Resources:\n', '').replace('P:', 'Q:')}`, [['allow', 'Allow']]],
  ['jsonencode', 'a.tf', 'resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect   = "allow" # here\n      Action   = ["ssm:StartSesion", var.more]\n      Resource = "*"\n    }]\n  })\n}\n', [['"allow"', '"Allow"'], ['"ssm:StartSesion"', '"ssm:StartSession"']]],
  ['a policy document', 'a.tf', 'data "aws_iam_policy_document" "p" {\n  statement {\n    actions   = ["ssm:StartSesion"]\n    resources = ["*"]\n    effect = "allow"\n  }\n}\n', [['"ssm:StartSesion"', '"ssm:StartSession"'], ['"allow"', '"Allow"']]],
  ['JSON with functions', 'a.json', JSON.stringify({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'allow', Action: 'ssm:StartSesion', Resource: { Ref: 'It' } }] } } } } }, null, 2), [['"allow"', '"Allow"'], ['"ssm:StartSesion"', '"ssm:StartSession"']]],
  ['JSON of Terraform', 'a.tf.json', JSON.stringify({ resource: { aws_iam_policy: { p: { policy: '${jsonencode({})}' } } }, data: { aws_iam_policy_document: { p: { statement: { actions: ['ssm:StartSesion'], resources: ['*'] } } } } }, null, 2), [['"ssm:StartSesion"', '"ssm:StartSession"']]],
  ['a policy in an escaped string', 'a.json', JSON.stringify({ Resources: { P: { Type: 'AWS::SSO::PermissionSet', Properties: { InlinePolicy: '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}' } } } }, null, 2), null],
  ['a key that two blocks share, and another value', 'a.tf', 'data "aws_iam_policy_document" "p" {\n  statement {\n    actions   = ["ssm:StartSesion"]\n    resources = ["*"]\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransprt"\n      values   = ["false"]\n    }\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransprt"\n      values   = ["false"]\n    }\n  }\n}\n', [['"ssm:StartSesion"', '"ssm:StartSession"']]],
  ['serverless', 'serverless.yml', 'service: x\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: ssm:StartSesion\n          Resource: "*"\n', [['ssm:StartSesion', 'ssm:StartSession']]],
];

test('a fix of a value is written in the syntax of its file, and nothing else changes', async () => {
  const problems = [];
  for (const [what, name, text, changes] of CASES) {
    const cwd = folder({ [name]: text });
    const { stdout, stderr } = await postern(['check', '--fix', '--unsafe', name], { cwd });
    const after = readFileSync(join(cwd, name), 'utf8');
    const wanted = (changes ?? []).reduce((whole, [from, to]) => whole.replace(from, () => to), text);
    if (after !== wanted) problems.push(`${what}: ${stderr}${after}`);
    if (changes === null && !/^ {2}fix by hand: /m.test(stdout)) problems.push(`${what}: ${stdout}`);
    if (changes !== null && !/ \d+ mended\./.test(stdout)) problems.push(`${what}: ${stdout}`);
  }
  assert.deepEqual(problems, []);
});

test('the file, read again, has the policies that the fixes make of their JSON', async () => {
  const problems = [];
  let changed = 0;
  for (const [what, name, text, changes] of CASES.filter(([what, , , changes]) => changes !== null && !what.includes('two blocks'))) {
    const cwd = folder({ [name]: text });
    await postern(['check', '--fix', '--unsafe', name], { cwd });
    const [was, is] = [await policiesIn(text, name), await policiesIn(readFileSync(join(cwd, name), 'utf8'), name)];
    const wanted = was.map((found) => {
      const fixes = settled(validatePolicy(found.text), found).flatMap((finding) => finding.fixes.slice(0, 1));
      return JSON.parse(applyFixes(found.text, fixes));
    });
    changed += changes.length;
    if (JSON.stringify(is.map((found) => JSON.parse(found.text))) !== JSON.stringify(wanted)) problems.push(`${what}: ${is.map((found) => found.text)}`);
  }
  assert.ok(changed > 10);
  assert.deepEqual(problems, []);
});

test('a fix is offered where it can be written, as an edit of the file', async () => {
  const [, name, text] = CASES[1];
  const cwd = folder({ [name]: text });
  const { stdout } = await postern(['check', '--format', 'json', name], { cwd });
  const fixes = JSON.parse(stdout).files[0].policies[0].findings.flatMap((finding) => finding.fixes);
  assert.deepEqual(fixes.map(({ applicability, edits: [{ start, end, text: by }] }) => [applicability, text.slice(start, end), by]), [['safe', '"allow"', '"Allow"'], ['unsafe', '"ssm:StartSesion"', '"ssm:StartSession"']]);
  const safe = await postern(['check', '--fix', name], { cwd });
  assert.match(safe.stdout, / 1 mended\. 1 can be mended by --fix --unsafe\.\n$/);
  assert.match((await postern(['check', '--diff', '--unsafe', name], { cwd })).stdout, /^-.*"ssm:StartSesion"\]\n\+.*"ssm:StartSession"\]$/m);
});

test('in templates, plans and modules of every kind fixes leave fewer findings, and every policy where it was', async () => {
  const files = join(ROOT, 'tests/cli/source/files');
  const cwd = folder();
  cpSync(files, cwd, { recursive: true });
  const counted = async (...words) => {
    const { files: all } = JSON.parse((await postern(['check', '--format', 'json', '--no-config', ...words, '.'], { cwd })).stdout);
    return new Map(all.map(({ file, policies }) => [file, { names: policies.map((one) => one.policy), findings: policies.flatMap((one) => one.findings).length, fixes: policies.flatMap((one) => one.findings).filter((one) => one.fixes.length > 0).length }]));
  };
  const before = await counted();
  await postern(['check', '--fix', '--unsafe', '--no-config', '.'], { cwd });
  const after = await counted('--fix', '--unsafe');
  const problems = [];
  let mended = 0;
  for (const [file, was] of before) {
    const is = after.get(file);
    if (JSON.stringify(is?.names) !== JSON.stringify(was.names) || is.findings > was.findings || is.fixes > 0) problems.push(`${file}: ${JSON.stringify([was, is])}`);
    if (/\.(ya?ml|tf)$/.test(file)) mended += was.findings - (is?.findings ?? 0);
  }
  assert.ok(mended > 20, `${mended}`);
  assert.deepEqual(problems, []);
});
