// Policies that a module reads out of files of their own, as `postern diff` compares them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, policy, statement } from './run.mjs';

const READS = policy(statement());
const WRITES = policy(statement(), statement({ Action: 's3:PutObject' }));
const main = (expression, more = '') => `resource "aws_iam_policy" "p" {\n  policy = ${expression}\n${more}}\n`;
const of = (expression, files = {}, more = '') => ({ 'main.tf': main(expression, more), ...files });
const own = (name) => `file("\${path.module}/${name}")`;
const written = (document) => `jsonencode(${JSON.stringify(document).replaceAll('":', '"=')})`;
const serverless = (Action) => ({ 'serverless.yml': 'service: s\nprovider:\n  name: aws\n  iam:\n    role:\n      statements: ${file(./s.yml)}\n', 's.yml': `- Effect: Allow\n  Action: ${Action}\n  Resource: "*"\n` });

test('a policy that a module reads out of a file is compared as what stands there', async () => {
  const inModule = (document) => ({ 'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': main('file("a.txt")'), 'm/a.txt': document });
  const trust = (Principal) => ({ 'main.tf': `resource "aws_iam_role" "r" {\n  assume_role_policy = ${own('t.txt')}\n}\n`, 't.txt': policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }) });
  assert.deepEqual(await codes([
    ['more', of(own('a.txt'), { 'a.txt': READS }), of(own('a.txt'), { 'a.txt': WRITES }), 1, /main\.tf \(aws_iam_policy\.p\.policy\): compared as an identity policy: allows more\n.*main\.tf:2:\d+ gained\n/], ['less', of(own('a.txt'), { 'a.txt': WRITES }), of(own('a.txt'), { 'a.txt': READS }), 0], ['the same', of(own('a.txt'), { 'a.txt': READS }), of(own('a.txt'), { 'a.txt': READS }), 0],
    ['of another place', of(own('a.txt'), { 'a.txt': READS }), of(own('p/a.txt'), { 'p/a.txt': READS }), 0], ['of another file', of(own('a.txt'), { 'a.txt': READS, 'b.txt': WRITES }), of(own('b.txt'), { 'a.txt': READS, 'b.txt': WRITES }), 1], ['where Terraform is run', of('file("a.txt")', { 'a.txt': WRITES }), of('file("a.txt")', { 'a.txt': READS }), 0],
    ['where another module may be', inModule(WRITES), inModule(READS), 1, /not compared: the file alone does not tell what aws_iam_policy\.p\.policy is/], ['in the module itself', of(own('a.txt'), { 'a.txt': READS }), of(written(READS), { 'a.txt': READS }), 0], ['with more in it', of(own('a.txt'), { 'a.txt': READS }), of(written(WRITES), { 'a.txt': READS }), 1],
    ['in more cases', of(own('a.txt'), { 'a.txt': READS }, '  count = var.c ? 1 : 0\n'), of(own('a.txt'), { 'a.txt': READS }), 1], ['one of two', of(`var.c ? ${own('a.txt')} : ${own('b.txt')}`, { 'a.txt': READS, 'b.txt': READS }), of(`var.d ? ${own('a.txt')} : ${own('b.txt')}`, { 'a.txt': READS, 'b.txt': READS }), 1],
    ['who may take a role', trust({ Service: 'ec2.amazonaws.com' }), trust('*'), 1, /compared as a trust policy: allows more/],
    ['a file that is not there', of(own('a.txt')), of(own('b.txt')), 1, /aws_iam_policy\.p\.policy is the file b\.txt, which cannot be read/], ['no policy', of(own('a.txt'), { 'a.txt': 'x' }), of(own('a.txt'), { 'a.txt': 'y' }), 1, /is the file a\.txt, in which no policy can be read/],
    ['a template', of('templatefile("a.tpl", {})', { 'a.tpl': READS }), of('templatefile("a.tpl", {})', { 'a.tpl': WRITES }), 1, /aws_iam_policy\.p\.policy\): .*: allows more\n.*main\.tf:2:\d+ gained\n/],
    ['a template with a loop', of('templatefile("a.tpl", {})', { 'a.tpl': `%{ for x in [1] }${JSON.stringify(READS)}%{ endfor }` }), of('templatefile("a.tpl", {})', { 'a.tpl': `%{ for x in [1] }${JSON.stringify(WRITES)}%{ endfor }` }), 1, /the file alone does not tell/], ['statements of a function', serverless('s3:GetObject'), serverless('s3:*'), 1, /not compared: .*provider\.iam\.role\.statements/], ['the same statements', serverless('s3:GetObject'), serverless('s3:GetObject'), 0],
  ]), []);
});
