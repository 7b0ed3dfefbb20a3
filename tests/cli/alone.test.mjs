// `postern role` where files make policies and no role: a name is that of who has them, or that of the one policy which is asked of alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST, folder, policy, postern, statement } from './run.mjs';

const hcl = (document) => JSON.stringify(document).replaceAll('":', '"=');
const CHANNEL = policy(statement({ Action: ['ssmmessages:*'], Resource: '*' }));
const OTHER = policy(statement());
const managed = (label, name, text) => `resource "aws_iam_policy" "${label}" {\n  name = "${name}"\n  policy = ${text}\n}\n`;
const document = 'data "aws_iam_policy_document" "doc" {\n  statement {\n    actions = ["ssmmessages:*"]\n    resources = ["*"]\n  }\n}\n';
const role = `resource "aws_iam_role" "app" {\n  name = "app"\n  assume_role_policy = jsonencode(${hcl(TRUST)})\n}\nresource "aws_iam_role_policy" "app" {\n  role = aws_iam_role.app.id\n  policy = jsonencode(${hcl(OTHER)})\n}\n`;
const two = managed('ssm', 'channels', `jsonencode(${hcl(CHANNEL)})`) + managed('files', 'reading', `jsonencode(${hcl(OTHER)})`);
const of = (PolicyDocument, more = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument, ...more } });

const cwd = folder({
  'two.tf': two,
  'with-role.tf': role + two,
  'output/main.tf': `${role}${two}output "arn" {\n  value = aws_iam_policy.ssm.arn\n}\n`,
  'by-document.tf': `${document}${managed('ssm', 'channels', 'data.aws_iam_policy_document.doc.json')}${managed('files', 'reading', `jsonencode(${hcl(OTHER)})`)}`,
  'document.tf': document,
  'each/main.tf': managed('inner', 'inner-${each.key}', `jsonencode(${hcl(CHANNEL)})`).replace('{', '{\n  for_each = toset(["a", "b"])'),
  'unread.tf': role + managed('ssm', 'channels', 'var.policy'),
  'template.json': { Resources: { Ssm: of(CHANNEL, { ManagedPolicyName: 'channels' }), Files: of(OTHER) } },
  'apart/a/main.tf': managed('ssm', 'channels', `jsonencode(${hcl(CHANNEL)})`), 'apart/b/main.tf': managed('ssm', 'reading', `jsonencode(${hcl(OTHER)})`),
  'policy.yaml': 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: ssmmessages:*\n    Resource: "*"\n',
  'self.yaml': 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n    Action: ssmmessages:*\n    Resource: "*"\n    Condition: {ArnLike: {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/web"}}\n',
  'api/main.tf': two.replace(/\}\n$/, '}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = "api"\n  policy_arn = aws_iam_policy.ssm.arn\n}\n'),
});
const asked = async (...words) => {
  const { code, stdout, stderr } = await postern(['role', ...words, '--wants', 'node.channel', '--side', 'node'], { cwd });
  return { code, stdout, stderr, result: /^(works|fails|unknown) +node\.channel/m.exec(stdout)?.[1], policies: /: (\d+) polic/.exec(stdout)?.[1] };
};

test('--role with a policy asks of that policy alone', async () => {
  const wrong = [];
  for (const [file, name, wanted, said] of [
    ['two.tf', 'aws_iam_policy.ssm', 'works', 'aws_iam_policy.ssm'], ['two.tf', 'channels', 'works', 'aws_iam_policy.ssm'], ['two.tf', 'ssm', 'works', 'aws_iam_policy.ssm'],
    ['two.tf', 'aws_iam_policy.files', 'fails', 'aws_iam_policy.files'], ['two.tf', 'arn:aws:iam::111122223333:policy/channels', 'works', 'aws_iam_policy.ssm'],
    ['with-role.tf', 'aws_iam_policy.ssm', 'works', 'aws_iam_policy.ssm'], ['with-role.tf', 'reading', 'fails', 'aws_iam_policy.files'], ['output/main.tf', 'channels', 'works', 'aws_iam_policy.ssm'],
    ['by-document.tf', 'channels', 'works', 'aws_iam_policy.ssm'], ['by-document.tf', 'data.aws_iam_policy_document.doc', 'works', 'data.aws_iam_policy_document.doc'],
    ['document.tf', 'doc', 'works', 'data.aws_iam_policy_document.doc'],
    ['each/main.tf', 'aws_iam_policy.inner["a"]', 'works', 'aws_iam_policy.inner'], ['each/main.tf', 'module.m.aws_iam_policy.inner', 'works', 'aws_iam_policy.inner'],
    ['template.json', 'Ssm', 'works', 'Resources.Ssm'], ['template.json', 'channels', 'works', 'Resources.Ssm'], ['template.json', 'Files', 'fails', 'Resources.Files'],
    ['apart', 'apart/a/main.tf:ssm', 'works', 'aws_iam_policy.ssm'], ['apart', 'apart/b/main.tf:aws_iam_policy.ssm', 'fails', 'aws_iam_policy.ssm'],
  ]) {
    const { stderr, result, policies } = await asked(file, '--role', name);
    if (result !== wanted || policies !== '1' || !stderr.includes(`postern: ${said} is a policy and no role: it is asked of alone.\n`)) wrong.push(`${file} ${name}: ${result} ${policies} ${stderr}`);
  }
  assert.deepEqual(wrong, []);
});

test('--role is the name of who has the policies where files tell of nobody', async () => {
  assert.deepEqual(await Promise.all([['policy.yaml', 'web'], ['self.yaml', 'web'], ['self.yaml', 'api'], ['two.tf', 'web'], ['template.json', 'web']].map(async ([file, name]) => {
    const { result, policies } = await asked(file, '--role', name, '--account-id', '111122223333');
    return [file, name, result, policies];
  })), [['policy.yaml', 'web', 'works', '1'], ['self.yaml', 'web', 'works', '1'], ['self.yaml', 'api', 'fails', '1'], ['two.tf', 'web', 'works', '2'], ['template.json', 'web', 'works', '2']]);
  const { stderr } = await asked('two.tf', '--role', 'chanels');
  assert.match(stderr, /^postern: "chanels" is taken to be who has the policies, of whom the files do not tell\. Did you mean channels\?$/m);
});

test('a name of nobody is answered with the roles and the policies that there are', async () => {
  const there = '--role takes a policy too, which is asked of alone: aws_iam_policy.ssm and aws_iam_policy.files.';
  assert.deepEqual(await Promise.all([['with-role.tf', 'web'], ['with-role.tf', 'readin'], ['two.tf', 'aws_iam_policy.sms[0]'], ['api/main.tf', 'web'], ['apart', 'ssm'], ['unread.tf', 'channels']].map(async ([file, name]) => {
    const { code, stderr } = await asked(file, '--role', name);
    return [code, stderr.split('\n').find((line) => /no role|may be|not known|channels|var\.policy/.test(line))];
  })), [
    [2, `postern: There is no role "web" in with-role.tf. There is app. ${there}`],
    [2, `postern: There is no role "readin" in with-role.tf. Did you mean reading? There is app. ${there}`],
    [2, `postern: There is no role "aws_iam_policy.sms[0]" in two.tf. There is none at all. ${there}`],
    [2, `postern: There is no role "web" in api/main.tf. There is api. ${there}`],
    [2, 'postern: "ssm" may be apart/a/main.tf:aws_iam_policy.ssm or apart/b/main.tf:aws_iam_policy.ssm. Name the one that is meant.'],
    [2, 'postern: unread.tf: the file alone does not tell what aws_iam_policy.ssm.policy is: var.policy'],
  ]);
});

test('what is not asked of is said with the way to ask', async () => {
  assert.match((await asked('with-role.tf')).stderr, /are attached to nobody in these files, and are taken to be no policies of a role; --role aws_iam_policy\.ssm asks of one of them alone\.$/m);
  assert.match((await asked('two.tf')).stderr, /^postern: two\.tf: its 2 policies are taken together, as those of one role; --role aws_iam_policy\.ssm asks of one of them alone\.$/m);
});
