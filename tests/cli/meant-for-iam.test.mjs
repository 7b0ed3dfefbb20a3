// A file whose top level has a Statement: one that is meant for IAM is checked, whatever is wrong with it, and nothing else is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, policy, postern, statement } from './run.mjs';

const OF_OTHERS = {
  'sql.json': { Statement: 'SELECT * FROM "Music" WHERE Artist=?', Parameters: [{ S: 'Acme Band' }] }, 'bank.json': { Statement: [{ Date: '2026-01-01', Amount: 3 }] }, 'action.json': { Statement: { Date: 1, Action: 'deposit' } },
  'alibaba.json': { Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: 'acs:ecs:*:*:instance/*' }] }, 'alibaba-trust.json': { Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }] },
  'huawei.json': { Version: '1.1', Statement: [{ Effect: 'Allow', Action: ['obs:object:GetObject'] }] }, 'number.json': { Version: 1, Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] },
  'tencent.json': { version: '2.0', statement: [{ effect: 'allow', action: ['cos:*'], resource: ['qcs::cos:*'] }] }, 'volcengine.json': { Statement: [{ Effect: 'Allow', Action: ['ecs:*'], Resource: ['trn:ecs:*'] }] },
  'strings.json': { Statement: ['a', 'b'] }, 'seven.json': { Statement: 7 }, 'empty.json': { Statement: [], Transactions: [] },
  'broken.json': '{"Statement": "SELECT 1", "Parameters": [],}', 'broken-bank.json': '{"Statement": [{"Date": 1},]}', 'nested.json': { policies: [{ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: 'acs:ecs:*' }] }] },
  'statements.json': [{ Effect: 'Allow', Action: 'ecs:*', Resource: 'acs:ecs:*:*:instance/*' }], 'broken-action.json': '{"Statement": "SELECT", "Action": 1,}',
};

test('what is none of IAM is an error where it is named, has no finding, and is not written to', async () => {
  const cwd = folder({ ...OF_OTHERS, 'policy.json': policy(statement()) });
  const before = Object.keys(OF_OTHERS).map((name) => readFileSync(join(cwd, name), 'utf8'));
  const { code, stderr } = await postern(['check', '.', '--no-config'], { cwd });
  assert.equal(code, 0);
  assert.match(stderr, new RegExp(`^postern: ${before.length} files hold no policy`));
  const wrong = [];
  for (const name of Object.keys(OF_OTHERS)) {
    const named = await postern(['check', name, '--fix', '--unsafe', '--no-config'], { cwd });
    const wanted = name.startsWith('broken') ? `postern: ${name}:1:` : `postern: ${name}: it holds no IAM policy. `;
    if (named.code !== 2 || !named.stderr.startsWith(wanted) || /(?:error|warning) [A-Z]/.test(named.stdout)) wrong.push(`${name}: ${JSON.stringify(named)}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(Object.keys(OF_OTHERS).map((name) => readFileSync(join(cwd, name), 'utf8')), before);
  const yaml = folder({ 'cloud.yaml': 'Version: "1"\nStatement:\n  - Effect: Allow\n    Action: ecs:*\n    Resource: acs:ecs:*:*:instance/*\n', 'bank.yaml': 'Version: "3"\nStatement:\n  - Date: 3\n', 'text.yaml': 'Version: "3"\nStatement: hello\n' });
  const ofYaml = await postern(['check', 'cloud.yaml', 'bank.yaml', 'text.yaml', '--no-config'], { cwd: yaml });
  assert.deepEqual([ofYaml.code, ofYaml.stderr.match(/: it holds no IAM policy\./g)?.length], [2, 3]);
  assert.match((await postern(['check', '.', '--no-config'], { cwd: yaml })).stderr, /^postern: \.: no policy was found\.\npostern: 3 files hold no policy/);
});

test('a policy that is meant for IAM is checked, whatever is wrong with it', async () => {
  const files = {
    'statment.json': { Version: '2012-10-17', Statment: [statement()] }, 'statements.json': { Version: '2012-10-17', Statements: [statement()] }, 'efect.json': { Statement: [{ Efect: 'Allow', Action: 's3:*', Resource: '*' }] }, 'efect-alone.json': { Statement: [{ efect: 'Allow' }] },
    'actions.json': { Statement: [{ actions: ['s3:*'] }] }, 'principal.json': { Statement: [{ Principal: '*' }] }, 'resources.json': { Statement: { Resources: ['arn:aws:s3:::b'] } }, 'small.json': { version: '2012-10-17', statement: [{ effect: 'Allow', action: '*', resource: '*' }] }, 'small-inside.json': { Statement: [{ effect: 'Allow' }] },
    'no-version.json': { Statement: [statement()] }, 'none.json': { Statement: [] }, 'none-of-version.json': policy(), 'empty.json': { Id: 'x', Statement: [{}] }, 'null.json': { Statement: null }, 'text.json': { Version: '2012-10-17', Statement: 'x' },
    'version.json': { Version: '2012-10-7', Statement: [statement()] }, 'turned.json': { Version: '17-10-2012', Statement: [statement()] }, 'one.json': { Version: '1', Statement: [statement()] }, 'service.json': { Version: '1.0', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    'names-of-others.json': policy(statement({ Resource: 'acs:ecs:*:*:instance/*' })), 'names-of-others.tf': 'locals {\n  p = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ecs:*", Resource = "acs:ecs:*:*:instance/*" }] })\n}\n',
    'names-of-both.json': [statement({ Action: 's3:*', Resource: ['acs:oss:*:*:b', 'arn:aws:s3:::b'] })],
    'nested-one.json': { p: { Version: '1', Statement: [statement()] } }, 'cut.json': '{"Statement": [', 'cut-version.json': '{"Version": "2012-10-17", "Statement": [', 'comma.json': '{"Statement": [{"Effect": "Allow",}]}',
  };
  const cwd = folder(files);
  const wrong = [];
  for (const words of [['.'], Object.keys(files)]) {
    const { stdout } = await postern(['check', ...words, '--format', 'json', '--no-config'], { cwd });
    const found = Object.fromEntries(JSON.parse(stdout).files.map(({ file, policies }) => [file, policies.flatMap(({ findings }) => findings).length]));
    for (const name of Object.keys(files)) if (!(found[name] > 0)) wrong.push(`${words[0]}, ${name}: ${found[name]}`);
  }
  assert.deepEqual(wrong, []);
});
