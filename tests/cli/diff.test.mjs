// What a change of policies lets somebody do: postern diff, and what check and minimize ask of access.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN, ROOT, TRUST, folder, policy, postern, statement } from './run.mjs';

const require = createRequire(import.meta.url);
const { evaluate } = require(join(ROOT, 'dist/node.cjs'));

const PUT = policy(statement(), statement({ Action: 's3:PutObject' }));
const deny = (Action) => ({ Effect: 'Deny', Action, Resource: '*' });
const EVERYBODY = policy(statement({ Principal: '*' }));
const BROKEN_LOGIC = policy(statement(), statement({ Condition: { NoSuchOperator: { 'aws:username': 'a' } } }));
const git = (cwd, ...words) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...words], { cwd, encoding: 'utf8' });
const json = async (args, more) => {
  const { code, stdout, stderr } = await postern(args, more);
  return { code, stderr, ...JSON.parse(stdout) };
};

/** A template whose role may do something with a bucket that only the deployment knows. */
const template = (actions, { extra = '', bucket = 'Bucket' } = {}) => `Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
${extra}          - Effect: Allow
            Action: [${actions}]
            Resource: !Sub "arn:aws:s3:::\${${bucket}}/*"
`;
const known = (Effect, Action) => `          - {Effect: ${Effect}, Action: "${Action}", Resource: "*"}\n`;

test('what is gained and lost is told with its exit code, and the proof holds', async () => {
  const cwd = folder({
    'a.json': CLEAN, 'put.json': PUT, 'same.json': policy(statement({ Sid: 'Other' })), 'less.json': policy(statement({ Resource: 'arn:aws:s3:::example-files/a/*' })),
    'deny.json': policy(statement(), deny('s3:GetObject')), 'odd.json': BROKEN_LOGIC,
    'guard.json': policy(deny('s3:*')), 'guard-less.json': policy(deny('s3:Get*')), 'scps/one.json': policy(deny('iam:*')),
  });
  const cases = [
    ['a.json', 'put.json', [], 'wider', 1], ['put.json', 'a.json', [], 'narrower', 0], ['put.json', 'a.json', ['--fail-on', 'lost'], 'narrower', 1],
    ['put.json', 'a.json', ['--fail-on', 'any'], 'narrower', 1], ['a.json', 'put.json', ['--exit-zero'], 'wider', 0],
    ['a.json', 'put.json', ['--fail-on', 'lost'], 'wider', 0], ['a.json', 'same.json', ['--fail-on', 'any'], 'equal', 0],
    ['a.json', 'less.json', [], 'narrower', 0], ['less.json', 'put.json', [], 'wider', 1], ['deny.json', 'a.json', [], 'wider', 1],
    ['a.json', 'deny.json', [], 'narrower', 0], ['a.json', 'odd.json', [], 'equal', 0],
    ['guard.json', 'guard-less.json', [], 'wider', 1], ['guard-less.json', 'guard.json', [], 'narrower', 0],
    ['scps/one.json', 'guard.json', ['--policy-type', 'scp'], 'different', 1], ['guard.json', 'guard-less.json', ['--policy-type', 'rcp'], 'unknown', 1],
  ];
  const problems = [];
  for (const [older, newer, options, relation, exit] of cases) {
    const { code, policies, stderr } = await json(['diff', older, newer, '--format', 'json', ...options], { cwd });
    const title = [older, newer, ...options].join(' ');
    if (policies?.[0]?.relation !== relation || code !== exit) problems.push(`${title}: ${policies?.[0]?.relation}, ${code} ${stderr} ${policies?.[0]?.gained.message}`);
    for (const reason of older.startsWith('guard') || older.startsWith('scps') ? [] : policies?.[0]?.gained.reasons ?? []) {
      const says = (file) => evaluate({ policies: { identity: [{ name: 'it', document: readFileSync(join(cwd, file), 'utf8') }] }, request: reason.witness }).decision;
      if (says(newer) !== 'allowed' || says(older) === 'allowed') problems.push(`${title}: ${JSON.stringify(reason.witness)}: ${says(older)}, ${says(newer)}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('a Deny that goes away is told beside what the policy itself allows', async () => {
  const cwd = folder({ 'old.json': policy(statement(), deny('iam:PassRole')), 'new.json': PUT });
  const { code, stdout } = await postern(['diff', 'old.json', 'new.json'], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /note: It denies less: other policies of the same identity or resource may now allow, for example, iam:PassRole on /);
  assert.equal((await postern(['diff', 'new.json', 'old.json'], { cwd })).stdout.includes('denies less'), false);
});

test('each format has the change at its place', async () => {
  const cwd = folder({ 'a.json': CLEAN, 'put.json': PUT });
  const words = ['diff', 'a.json', 'put.json', '--format'];
  const { stdout } = await postern([...words, 'human'], { cwd });
  assert.match(stdout, /^put\.json: compared as an identity policy \(guessed\): allows more\nput\.json:9:9 gained\n {2}Statement 2 allows, for example, s3:PutObject on arn:aws:s3:::example-files\/\S+; before, no statement allowed it\.\n/);
  assert.match(stdout, /\nOf 1 policy: 1 policy allows more, 0 allow less\.\n$/);
  const { policies: [{ gained: { reasons: [{ location, witness }] }, old, new: newer }] } = await json([...words, 'json'], { cwd });
  assert.deepEqual([old, newer, location.file, location.span.start.line, location.pointer, witness.action], ['a.json', 'put.json', 'put.json', 9, '/Statement/1', 's3:PutObject']);
  const { runs: [{ results: [result], tool }] } = await json([...words, 'sarif'], { cwd });
  assert.deepEqual([result.ruleId, result.level, result.locations[0].physicalLocation.region.startLine], ['POSTERN_ACCESS_GAINED', 'error', 9]);
  assert.ok(tool.driver.rules[0].help.text.length > 0);
  assert.match((await postern([...words, 'github'], { cwd })).stdout, /^::error file=put\.json,line=9,endLine=13,title=POSTERN_ACCESS_GAINED::Statement 2 allows/);
  assert.equal((await postern(['explain', 'POSTERN_ACCESS_GAINED'])).code, 0);
});

test('standard input is one side, folders are matched by path, templates by name', async () => {
  const cwd = folder({
    'old/a.json': CLEAN, 'old/gone.json': CLEAN, 'new/a.json': PUT, 'new/x/more.json': TRUST, 'new/package.json': {},
    'one.yaml': template('s3:GetObject'), 'two.yaml': template('s3:GetObject').replace('Reader', 'Writer'), 'both.yaml': `${template('s3:GetObject')}${template('s3:PutObject').replace('Resources:\n', '').replace('Reader', 'Writer')}`,
  });
  const problems = [];
  const told = async (words, more) => {
    const { policies, code } = await json(['diff', ...words, '--format', 'json'], { cwd, ...more });
    return [code, ...policies.map((one) => `${one.new ?? `- ${one.old}`} ${one.policy} ${one.relation}`.replace('  ', ' '))];
  };
  const cases = [
    [['old', 'new'], {}, [1, 'new/a.json wider', '- old/gone.json narrower', 'new/x/more.json wider']],
    [['-', 'new/a.json'], { input: JSON.stringify(CLEAN) }, [1, 'new/a.json wider']],
    [['old/a.json', '-'], { input: JSON.stringify(CLEAN) }, [0, 'standard-input equal']],
    [['one.yaml', 'two.yaml'], {}, [0, 'two.yaml Resources.Writer.PolicyDocument equal']],
    [['one.yaml', 'both.yaml'], {}, [1, 'both.yaml Resources.Reader.PolicyDocument equal', 'both.yaml Resources.Writer.PolicyDocument wider']],
  ];
  for (const [words, more, wanted] of cases) {
    const is = await told(words, more);
    if (JSON.stringify(is) !== JSON.stringify(wanted)) problems.push([words, is]);
  }
  assert.deepEqual(problems, []);
});

test('what only a deployment knows is never taken for no access', async () => {
  const cwd = folder();
  const relation = async (older, newer) => {
    const names = ['a', 'b'].map((name) => `${name}.${older.startsWith('resource') ? 'tf' : 'yaml'}`);
    for (const [i, text] of [older, newer].entries()) writeFileSync(join(cwd, names[i]), text);
    const { policies: [{ gained, lost }] } = await json(['diff', ...names, '--format', 'json'], { cwd });
    return `${gained.result} ${lost.result}`;
  };
  const one = template('s3:GetObject');
  const terraform = (actions) => `resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = [${actions}], Resource = "\${aws_s3_bucket.b.arn}/*" }]
  })
}
`;
  const account = (name) => one.replace('arn:aws:s3:::${Bucket}/*', `arn:aws:ec2:eu-west-1:\${${name}}:instance/*`).replace('s3:GetObject', 'ec2:StopInstances');
  const cases = [
    ['the same', one, one, 'PASS PASS'],
    ['more of the same bucket', one, template('"s3:*"'), 'FAIL PASS'],
    ['less of the same bucket', template('"s3:*"'), one, 'PASS FAIL'],
    ['a bucket of those that are named', template('s3:GetObject').replace('${Bucket}', '*'), one, 'PASS FAIL'],
    ['another account', account('One'), account('Two'), 'UNKNOWN UNKNOWN'],
    ['a private character', one.replace('Resource:', 'Resource: # \ue000\n             '), one, 'PASS PASS'],
    ['another bucket', one, template('s3:GetObject', { bucket: 'Other' }), 'UNKNOWN UNKNOWN'],
    ['a statement that is known', one, template('s3:GetObject', { extra: known('Allow', 'ec2:RunInstances') }), 'FAIL PASS'],
    ['a statement that is known, the other way', template('s3:GetObject', { extra: known('Allow', 'ec2:RunInstances') }), one, 'PASS FAIL'],
    // The bucket might be what the Deny was for.
    ['a Deny that goes', template('s3:GetObject', { extra: '          - {Effect: Deny, Action: "s3:*", Resource: "arn:aws:s3:::vault/*"}\n' }), one, 'UNKNOWN PASS'],
    ['a resource that is all unknown', template('s3:GetObject', { extra: known('Allow', 's3:GetObject').replace('s3:GetObject', 's3:ListBucket') }), `${template('s3:GetObject', { extra: known('Allow', 's3:ListBucket') })}          - {Effect: Allow, Action: "s3:PutObject", Resource: !GetAtt Bucket.Arn}\n`, 'FAIL PASS'],
    ['more on a resource that begins with an unknown one', terraform('"s3:GetObject"'), terraform('"s3:GetObject", "s3:PutObject"'), 'FAIL PASS'],
    ['an action that is unknown', one, template('!Ref Action'), 'UNKNOWN UNKNOWN'],
  ];
  const problems = [];
  for (const [what, older, newer, wanted] of cases) {
    const is = await relation(older, newer);
    if (is !== wanted) problems.push(`${what}: ${is}`);
  }
  writeFileSync(join(cwd, 'a.yaml'), one);
  writeFileSync(join(cwd, 'b.yaml'), template('s3:GetObject, s3:PutObject'));
  const { stdout } = await postern(['diff', 'a.yaml', 'b.yaml'], { cwd });
  if (!stdout.includes('allows, for example, s3:PutObject on arn:aws:s3:::${Bucket}/') || /known today/.test(stdout)) problems.push(stdout);
  // A list over several lines is told on one.
  writeFileSync(join(cwd, 'c.yaml'), template('s3:PutObject').replace('Resource: !Sub', 'Resource: !If\n              - C\n              - !Ref Arn\n              - !Sub'));
  const lines = await postern(['diff', 'a.yaml', 'c.yaml'], { cwd });
  if (!lines.stdout.includes(' on !If [C, !Ref Arn, !Sub "arn:aws:s3:::${Bucket}/*"]')) problems.push(lines.stdout);
  assert.deepEqual(problems, []);
});

test('a change is told with an example and with all the actions that bring it, in the letters of the policy', async () => {
  const more = policy(statement({ Action: ['s3:GetObject', 'S3:PutObject', 's3:Delete*', 'MyService:DoThis'] }));
  const cwd = folder({
    'a.json': CLEAN, 'more.json': more, 'one.json': policy(statement(), statement({ Action: 's3:PutObject' })), 'twice.json': '{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}',
    'many.json': policy(statement({ Action: Array.from({ length: 20 }, (_, i) => `s3:Get${String.fromCharCode(65 + i)}*`) })),
    'guard.json': policy(statement(), deny('s3:*')), 'guard-less.json': policy(statement(), deny('s3:Put*')),
  });
  const { policies: [{ gained: { reasons: [reason] } }] } = await json(['diff', 'a.json', 'more.json', '--format', 'json'], { cwd });
  assert.deepEqual([reason.statementIndex, reason.actions], [0, ['S3:PutObject', 's3:Delete*', 'MyService:DoThis']]);
  const told = async (...words) => (await postern(['diff', ...words], { cwd })).stdout;
  assert.match(await told('a.json', 'more.json'), /\n {2}Statement 1 allows, for example, \S+ on \S+; before, no statement allowed it\. More is allowed by way of S3:PutObject, s3:Delete\* \(\d+ actions\) and MyService:DoThis\.\n/);
  assert.match(await told('more.json', 'a.json'), / Less is allowed by way of S3:PutObject, s3:Delete\* /);
  assert.match(await told('a.json', 'one.json'), /\n {2}Statement 2 allows, for example, s3:PutObject on [^.]+; before, no statement allowed it\.\n/);
  assert.match(await told('a.json', 'many.json'), / and 1\d more\.\n/);
  assert.match(await told('guard.json', 'a.json'), /before, statement 2 denied it/);
  const only = policy(statement({ Action: 'MyService:DoThis' }));
  writeFileSync(join(cwd, 'only.json'), JSON.stringify(only));
  assert.match(await told('a.json', 'only.json'), /Statement 1 allows, for example, MyService:DoThis on /);
  const twice = await postern(['diff', 'a.json', 'twice.json'], { cwd });
  assert.equal(twice.code, 1);
  assert.match(twice.stdout, /The new policy cannot be read: it has the key "Version" twice in one object, at line 1, column 27\./);
});

test('what the configuration keeps from a comparison with a revision is counted', async () => {
  const cwd = folder({ 'postern.json': { exclude: ['vendor/**'] }, 'p/a.json': CLEAN, 'vendor/same.json': CLEAN, 'vendor/changed.json': CLEAN, 'vendor/gone.json': CLEAN });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  const told = async (...words) => (await postern(['diff', '--git', 'HEAD', ...words], { cwd })).stderr;
  assert.equal(await told(), 'postern: No policy was changed.\n');
  writeFileSync(join(cwd, 'vendor/changed.json'), JSON.stringify(PUT));
  writeFileSync(join(cwd, 'vendor/new.json'), JSON.stringify(PUT));
  rmSync(join(cwd, 'vendor/gone.json'));
  assert.match(await told(), /\npostern: postern\.json excludes 3 files that changed\.\n$/);
  assert.equal(await told('--', 'p'), 'postern: No policy was changed.\n');
});

test('--git compares with a revision: changed, new, gone and unchanged files, from any folder', async () => {
  const cwd = folder({ 'p/a.json': CLEAN, 'p/gone.json': CLEAN, 'p/same.json': PUT, 'other.json': CLEAN, 'p/notes.txt': 'no policy' });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  writeFileSync(join(cwd, 'p/a.json'), JSON.stringify(PUT, null, 4));
  writeFileSync(join(cwd, 'p/new.json'), JSON.stringify(TRUST));
  rmSync(join(cwd, 'p/gone.json'));
  const told = ({ policies }) => policies.map((one) => `${one.old} ${one.new} ${one.relation}`);
  const changes = (prefix) => [['a.json', 'a.json', 'wider'], ['gone.json', null, 'narrower'], [null, 'new.json', 'wider']]
    .map(([older, newer, relation]) => `${older && prefix + older} ${newer && prefix + newer} ${relation}`);
  const whole = await json(['diff', '--git', 'HEAD', '--format', 'json', '--', 'p'], { cwd });
  assert.deepEqual([whole.code, told(whole)], [1, changes('p/')]);
  assert.deepEqual(told(await json(['diff', '--git', 'HEAD', '--format', 'json'], { cwd: join(cwd, 'p') })), changes(''));
  assert.deepEqual(told(await json(['diff', '--git', 'HEAD', '--format', 'json', '--', 'p/gone.json'], { cwd })), changes('p/').slice(1, 2));
  const { code, stdout } = await postern(['diff', '--git', 'HEAD', '--fail-on', 'lost', '--', 'p/g*.json'], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /^p\/gone\.json: .*\nHEAD:p\/gone\.json:\d+:\d+ lost\n/);
  assert.deepEqual((await postern(['diff', '--git', 'HEAD', '--', 'other.json'], { cwd })).code, 0);
  // What was committed is compared, though .gitignore keeps it out of a search.
  writeFileSync(join(cwd, '.gitignore'), 'p/\n');
  assert.deepEqual(told(await json(['diff', '--git', 'HEAD', '--format', 'json'], { cwd })), changes('p/').slice(0, 2));
});

test('words that are wrong and files that cannot be read are told in a line, with exit code 2', async () => {
  const cwd = folder({ 'a.json': CLEAN, 'none.json': {}, 'f/a.json': CLEAN });
  const cases = [
    [['diff'], /Name the old and the new file/], [['diff', 'a.json'], /Name the old/], [['diff', '-', '-'], /Standard input is one side/],
    [['diff', 'a.json', 'f'], /f is a folder, and the other side is none/], [['diff', 'a.json', 'missing.json'], /missing\.json: there is no such file/], [['diff', 'f', 'missing'], /missing: there is no such file or folder/],
    [['diff', 'a.json', 'none.json'], /^postern: none\.json: it holds no IAM policy/], [['diff', 'none.json', 'a.json'], /^postern: none\.json: it holds/], [['diff', 'missing.json', 'a.json'], /^postern: missing\.json: there is no such/], [['diff', '--git', '--output=x', '--', '.'], /--git/],
    [['diff', '--git=--output=x', '--', '.'], /--git is a revision/], [['diff', '--git', 'HEAD~1..HEAD', '--', '.'], /--git is one revision, .+: HEAD~1\. For two/], [['diff', '--git', 'HEAD', '--', '.'], /git rev-parse: /],
    [['diff', 'a.json', 'a.json', '--fail-on', 'all'], /--fail-on is gained, lost or any/],
    [['check', 'a.json', '--not-granted', 'PassRole'], /--not-granted must be an action or a pattern/], [['check', 'a.json', '--not-granted', ','], /--not-granted is an action/],
    [['check', 'a.json', '--not-granted-on', 'vault'], /--not-granted-on must be an ARN/], [['check', 'a.json', '--no-public-access', 'Bucket'], /--no-public-access must be one of AWS::ApiGateway/],
    [['minimize', 'none.json'], /postern: /], [['minimize'], /takes one file/],
  ];
  const problems = [];
  for (const [words, wanted] of cases) {
    const { code, stderr } = await postern(words, { cwd });
    if (code !== 2 || !wanted.test(stderr) || /\n./.test(stderr)) problems.push(`${words.join(' ')}: ${code} ${stderr}`);
  }
  assert.deepEqual(problems, []);
});

test('check finds access that must not be granted, at its statement', async () => {
  const cwd = folder({
    'all.json': policy(statement({ Action: 's3:*', Resource: '*' })), 'start.json': policy(statement({ Action: 'ec2:StartInstances', Resource: '*' })),
    'put.json': PUT, 'public.json': EVERYBODY, 'trust.json': TRUST, 'template.yaml': template('s3:GetObject'), 'broken.json': '{"Version": "2012-10-17", "Statement": [',
    'postern.json': { suppressions: [{ code: 'POSTERN_ACCESS_GRANTED', files: 'allowed/*', reason: 'It writes by design.' }] }, 'allowed/put.json': PUT,
  });
  const found = async (...words) => {
    const { files, code } = await json(['check', '--format', 'json', ...words], { cwd });
    return [code, ...files.flatMap(({ policies }) => policies.flatMap(({ findings, suppressed }) => [
      ...findings.filter(({ issueCode }) => /ACCESS/.test(issueCode)).map(({ issueCode, locations: [{ span, pointer }] }) => `${issueCode.replace('POSTERN_', '')} ${pointer} ${span.start.line}`),
      ...suppressed.map(({ reason }) => reason)]))];
  };
  const cases = [
    [['put.json', '--not-granted', 's3:Put*,iam:PassRole'], [1, 'ACCESS_GRANTED /Statement/1 9']],
    [['put.json', '--not-granted', 's3:Put*', '--fail-on', 'error'], [1, 'ACCESS_GRANTED /Statement/1 9']],
    [['public.json', '--no-public-access', 'AWS::S3::Bucket', '--fail-on', 'error'], [1, 'PUBLIC_ACCESS /Statement/0 4']],
    [['put.json', '--not-granted', 'iam:PassRole', '--not-granted', 's3:DeleteObject'], [0]],
    [['put.json', '--not-granted-on', 'arn:aws:s3:::vault/*'], [0]],
    // Of a bucket all actions that AWS has for it, and of what is not of AWS every action.
    [['all.json', '--not-granted-on', 'arn:aws:s3:::vault/*'], [1, 'ACCESS_GRANTED /Statement/0 4']],
    [['start.json', '--not-granted-on', 'arn:aws:s3:::vault/*'], [0]],
    [['start.json', '--not-granted-on', 'arn:aws:other:::vault'], [1, 'ACCESS_GRANTED /Statement/0 4']],
    [['put.json', '--not-granted', 's3:PutObject', '--not-granted-on', 'arn:aws:s3:::example-files/x'], [1, 'ACCESS_GRANTED /Statement/1 9']],
    [['allowed/put.json', '--not-granted', 's3:PutObject'], [0, 'It writes by design.']],
    [['public.json', '--no-public-access', 'AWS::S3::Bucket'], [1, 'PUBLIC_ACCESS /Statement/0 4']],
    [['trust.json', 'put.json', '--no-public-access', 'AWS::IAM::AssumeRolePolicyDocument'], [0]],
    // The bucket may be the vault; what else it is allowed to do is known.
    [['template.yaml', '--not-granted', 's3:GetObject', '--not-granted-on', 'arn:aws:s3:::vault/*'], [1, 'ACCESS_UNKNOWN  6']],
    [['template.yaml', '--not-granted', 's3:PutObject'], [0]],
  ];
  const problems = [];
  for (const [words, wanted] of cases) {
    const is = await found(...words);
    if (JSON.stringify(is) !== JSON.stringify(wanted)) problems.push(`${words.join(' ')}: ${JSON.stringify(is)}`);
  }
  assert.deepEqual(problems, []);
  for (const format of ['human', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'access-analyzer']) {
    const { code, stdout } = await postern(['check', 'put.json', '--not-granted', 's3:Put*', '--format', format], { cwd });
    if (code !== 1 || !stdout.includes('POSTERN_ACCESS_GRANTED')) problems.push(`${format}: ${code} ${stdout}`);
  }
  assert.deepEqual(problems, []);
});

test('minimize prints a policy that allows the same, and keeps what denies beside others', async () => {
  const twice = policy(statement(), statement());
  const { code, stdout, stderr } = await postern(['minimize', '-'], { input: JSON.stringify(twice) });
  assert.deepEqual([code, JSON.parse(stdout)], [0, CLEAN]);
  assert.match(stderr, /^postern: \d+ characters before, \d+ now\.\n$/);
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'];
  const named = policy({ Effect: 'Allow', Action: channels.map((name) => `ssmmessages:${name}`), Resource: '*' });
  const short = await postern(['minimize', '--wildcards', '-'], { input: JSON.stringify(named) });
  assert.equal(JSON.parse(short.stdout).Statement[0].Action, 'ssmmessages:*');
  const guard = policy(statement(), deny('iam:*'));
  const kept = await postern(['minimize', '-'], { input: JSON.stringify(policy(...guard.Statement, deny('iam:Get*'))) });
  assert.deepEqual([kept.code, JSON.parse(kept.stdout)], [0, guard]);
});

test('a loop over something else may allow something else; a statement that may not be there on both sides is no change', async () => {
  const loop = (list, more = '') => `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [for b in ${list} : { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${b}/*" }] })\n}\n${more}`;
  const perhaps = (action, ...others) => ({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy({ 'Fn::If': ['C', statement({ Action: action }), { Ref: 'AWS::NoValue' }] }, ...others) } } } });
  const cwd = folder({
    'old.tf': loop('var.a'), 'other.tf': loop('var.b'), 'spaced.tf': loop('var.a', '# a comment\n'),
    'two.json': perhaps('s3:GetObject', statement({ Action: 's3:PutObject' })), 'one.json': perhaps('s3:GetObject'), 'sure.json': { Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(statement()) } } } },
  });
  const codes = [];
  for (const [older, newer] of [['old.tf', 'other.tf'], ['old.tf', 'spaced.tf'], ['two.json', 'one.json'], ['one.json', 'sure.json'], ['sure.json', 'one.json']]) {
    codes.push([older, newer, (await postern(['diff', older, newer], { cwd })).code, (await postern(['diff', older, newer, '--allow-unknown'], { cwd })).code]);
  }
  assert.deepEqual(codes, [['old.tf', 'other.tf', 1, 0], ['old.tf', 'spaced.tf', 0, 0], ['two.json', 'one.json', 0, 0], ['one.json', 'sure.json', 1, 0], ['sure.json', 'one.json', 0, 0]]);
});

test('a policy of which nothing can be read is told where it has changed', async () => {
  const tf = (policy) => `resource "aws_iam_policy" "p" {\n  policy = ${policy}\n}\n`;
  const cwd = folder({ 'a.tf': tf('var.a'), 'b.tf': tf('var.b'), 'a2.tf': `# a comment\n${tf('var.a')}` });
  const { code, stderr } = await postern(['diff', 'a.tf', 'b.tf'], { cwd });
  const of = (name) => `postern: b.tf: not compared: the file alone does not tell what aws_iam_policy.p.policy is: var.${name}\n`;
  assert.deepEqual([code, stderr], [1, `${of('a')}${of('b')}`]);
  assert.equal((await postern(['diff', 'a.tf', 'b.tf', '--allow-unknown'], { cwd })).code, 0);
  assert.equal((await postern(['diff', 'a.tf', 'a2.tf'], { cwd })).stderr, 'postern: No policy was changed.\n');
});

test('what is not compared is told in each format, at its place, and counted', async () => {
  const tf = (...values) => values.map((value, i) => `resource "aws_iam_policy" "p${i}" {\n  policy = ${value}\n}\n`).join('');
  const cwd = folder({ 'a.tf': tf('var.a', 'var.c'), 'b.tf': `\n${tf('var.b', 'var.c')}`, 'gone.tf': '' });
  const told = async (format, ...words) => postern(['diff', '--format', format, ...words], { cwd });
  const { stdout } = await told('human', 'a.tf', 'b.tf');
  assert.equal(stdout, 'Of 1 policy: 0 policies allow more, 0 allow less, 1 cannot be told.\n');
  const { notCompared, policies, code } = await json(['diff', 'a.tf', 'b.tf', '--format', 'json'], { cwd });
  assert.deepEqual([code, policies, notCompared.map(({ policy: name, side, file, span: { start }, message }) => `${name} ${side} ${file}:${start.line}:${start.column} ${message}`)], [1, [], [
    'aws_iam_policy.p0.policy old a.tf:2:12 the file alone does not tell what aws_iam_policy.p0.policy is: var.a', 'aws_iam_policy.p0.policy new b.tf:3:12 the file alone does not tell what aws_iam_policy.p0.policy is: var.b']]);
  const github = await told('github', 'a.tf', 'b.tf');
  assert.deepEqual([github.code, github.stdout.trimEnd().split('\n')], [1, ['a', 'b'].map((name, i) => (
    `::error file=${name}.tf,line=${i + 2},endLine=${i + 2},col=12,endColumn=17,title=POSTERN_ACCESS_UNKNOWN::aws_iam_policy.p0.policy: Cannot tell what it allows: the file alone does not tell what aws_iam_policy.p0.policy is: var.${name}.`))]);
  const { runs: [{ results }] } = await json(['diff', 'a.tf', 'b.tf', '--format', 'sarif'], { cwd });
  assert.deepEqual(results.map(({ ruleId, level, locations: [{ physicalLocation: { artifactLocation: { uri }, region } }] }) => `${ruleId} ${level} ${uri}:${region.startLine}`), ['POSTERN_ACCESS_UNKNOWN error a.tf:2', 'POSTERN_ACCESS_UNKNOWN error b.tf:3']);
  // Lines of a revision are none of the file that is shown.
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  writeFileSync(join(cwd, 'b.tf'), tf(JSON.stringify(JSON.stringify(CLEAN))));
  rmSync(join(cwd, 'a.tf'));
  const lines = (await told('github', '--git', 'HEAD', '--', 'b.tf')).stdout.trimEnd().split('\n').filter((line) => line.includes('Cannot tell what it allows'));
  assert.deepEqual([lines.length, lines.every((line) => line.startsWith('::error file=b.tf,line=1,'))], [2, true], lines.join('\n'));
});

test('where nothing is compared nothing is counted, and what is no policy is not said to be compared as one', async () => {
  const grant = (who) => `resource "aws_lambda_permission" "x" {\n  principal = "${who}"\n}\n`;
  const bound = (value) => `resource "aws_iam_role" "x" {\n  name = "x"\n${value}}\n`;
  const cwd = folder({ 'a.json': CLEAN, 'same.json': CLEAN, 'old/grant.tf': grant('a'), 'new/grant.tf': grant('*'), 'old/role.tf': bound('  permissions_boundary = "b"\n'), 'new/role.tf': bound(''), 'broken.tf': 'resource "aws_iam_policy" {{\n' });
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  const { stdout, stderr, code } = await postern(['diff', '--git', 'HEAD', '--', 'a.json'], { cwd });
  assert.deepEqual([code, stdout, stderr], [0, '', 'postern: No policy was changed.\n']);
  assert.match((await postern(['diff', 'a.json', 'broken.tf'], { cwd })).stderr, /^postern: broken\.tf:\d+:\d+: /m);
  const others = await postern(['diff', 'old', 'new'], { cwd });
  assert.match(others.stdout, /^new\/grant\.tf \(aws_lambda_permission\.x, what it grants\): cannot be told for sure\n/);
  assert.match(others.stdout, /^new\/role\.tf \(aws_iam_role\.x, its permissions boundary\): cannot be told for sure\n/m);
  const { policies } = await json(['diff', 'old', 'new', '--format', 'json'], { cwd });
  assert.deepEqual(policies.map(({ type, typeFrom }) => [type, typeFrom]), [[null, null], [null, null]]);
  const suggested = async (...words) => (await postern(['diff', ...words], { cwd })).stderr;
  const known = 'postern: There is no file HEAD, but a revision of that name. To compare with it: postern diff --git HEAD';
  assert.deepEqual([await suggested('HEAD', '--', '.'), await suggested('HEAD'), await suggested('HEAD', 'nothing')], [`${known} -- .\n`, `${known}\n`, `${known}\n`]);
  assert.match(await suggested('gone', 'a.json'), /^postern: gone: there is no such file/);
});
