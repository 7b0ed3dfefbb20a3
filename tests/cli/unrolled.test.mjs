// What `postern diff` makes of a policy with instances that are policies of their own now, or were so before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const of = (label, resource, more = '') => `resource "aws_iam_role_policy" "${label}" {\n${more}  role   = "r"\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${resource}" }] })\n}\n`;
const each = (forEach, value = 'each.value') => of('p', `\${${value}}/*`, `  for_each = ${forEach}\n`);
const TWO = of('p', 'b/*') + of('q', 'c/*');
const files = (text) => ({ 'main.tf': text });

const inTemplate = (name, bucket) => ({ [`P${name}`]: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'r', PolicyName: `x${name}`, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': `arn:aws:s3:::${bucket}/*` } }] } } } });
const template = (...resources) => ({ 't.json': { Transform: 'AWS::LanguageExtensions', Parameters: { All: { Type: 'CommaDelimitedList' } }, Resources: Object.assign({}, ...resources) } });
const loop = (over) => ({ 'Fn::ForEach::All': ['N', over, inTemplate('${N}', '${N}')] });

/** One with instances, and what these may be. */
const WAYS = [
  ['a set', files(each('toset(["b", "c"])')), files(TWO)],
  ['a set of a local', files(`locals {\n  all = ["b", "c"]\n}\n${each('toset(local.all)')}`), files(TWO)],
  ['a map', files(each('{ one = { bucket = "b" }, two = { bucket = "c" } }', 'each.value.bucket')), files(TWO)],
  ['a variable', files(`variable "all" {}\n${each('var.all')}`), files(`variable "all" {}\n${TWO}`)],
  ['a count', files(`locals {\n  all = ["b", "c"]\n}\n${of('p', '${local.all[count.index]}/*', '  count = 2\n')}`), files(TWO)],
  ['a number', files(of('p', 'b${count.index}/*', '  count = 2\n')), files(of('p', 'b0/*') + of('q', 'b1/*'))],
  ['new labels', files(each('toset(["b", "c"])')), files(of('x', 'b/*') + of('y', 'c/*'))],
  ['moved', files(each('toset(["b", "c"])')), files(`${TWO}moved {\n  from = aws_iam_role_policy.p["b"]\n  to   = aws_iam_role_policy.p\n}\nmoved {\n  from = aws_iam_role_policy.p["c"]\n  to   = aws_iam_role_policy.q\n}\n`)],
  ['a document', files(`data "aws_iam_policy_document" "d" {\n  for_each = toset(["b", "c"])\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::\${each.key}/*"]\n  }\n}\nresource "aws_iam_role_policy" "p" {\n  for_each = toset(["b", "c"])\n  role     = "r"\n  policy   = data.aws_iam_policy_document.d[each.key].json\n}\n`), files(TWO)],
  ['a loop', template(loop(['b', 'c'])), template(inTemplate('b', 'b'), inTemplate('c', 'c'))],
  ['a loop over a parameter', template(loop({ Ref: 'All' })), template(inTemplate('b', 'b'), inTemplate('c', 'c'))],
];

test('of what was written out nobody can tell that it is no instance', async () => {
  const UNTOLD = /0 policies allow more, 0 allow less, \d cannot be told/;
  assert.deepEqual(await codes(WAYS.flatMap(([name, one, all]) => [[name, one, all, 1, UNTOLD], [`${name}, rolled up`, all, one, 1, UNTOLD]])), []);
});

test('what none of the instances is that stand there is told', async () => {
  const more = (name) => new RegExp(`${name}.*: allows more`);
  const [[, set], , [, map]] = WAYS;
  assert.deepEqual(await codes([
    ['another one', set, files(TWO + of('z', 'd/*')), 1, more('z')], ['any of a set', set, files(TWO + of('z', '*')), 1, more('z')], ['any of a map', map, files(TWO + of('z', '*')), 1, more('z')],
    ['of another service', set, files(TWO + of('z', 'd/*').replaceAll('s3:', 'sqs:')), 1, more('z')], ['another action', set, files(TWO.replaceAll('s3:GetObject', 's3:PutObject')), 1, more('p')],
    ['one more of a loop', template(loop(['b', 'c'])), template(inTemplate('b', 'b'), inTemplate('c', 'c'), inTemplate('d', 'd')), 1, more('Pd')],
    ['one of those that are made of others', files(each('toset([for one in ["b"] : "${one}-logs"])')), files(TWO), 1, /0 policies allow more/],
    ['one value is no two', files(`variable "x" {}\n${of('p', '${var.x}/*')}`), files(`variable "x" {}\n${TWO}`), 1, more('q')],
  ]), []);
});
