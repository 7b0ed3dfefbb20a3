// What functions and loops of Terraform make of locals that stand in the file, as if what they make were written out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validatePolicy } from '../../../dist/node.mjs';
import { extentOf, policiesIn, settled } from './bundle.mjs';

const LOCALS = `locals {
  acts  = ["s3:GetObject"]
  bad   = ["s3:GetObjekt"]
  word  = "s3:GetObject"
  arns  = ["arn:aws:s3:::files", "arn:aws:s3:::logs"]
  open  = concat(var.acts, ["s3:GetObject"])
  lists = [["s3:GetObject"], ["s3:PutObject"]]
  table = [{ acts = ["s3:GetObject"], bucket = "files" }, { acts = ["s3:PutObject"], bucket = "logs" }]
  map   = { files = "s3:GetObject", logs = "s3:PutObject" }
  st    = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  wrong = [{ Effect = "Allow", Action = "s3:GetObjekt", Resource = "*" }]
  one   = { Effect = "Allow", Action = "s3:GetObjekt", Resource = "*" }
}
`;
const inDocument = (actions, resources = '["*"]') => `${LOCALS}data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ${actions}\n    resources = ${resources}\n  }\n}\n`;
const inJson = (statement) => `${LOCALS}resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = ${statement} })\n}\n`;
const inDynamic = (each, content, more = '') => `${LOCALS}data "aws_iam_policy_document" "d" {\n  dynamic "statement" {\n    for_each = ${each}\n${more}    content {\n      ${content}\n      resources = ["*"]\n    }\n  }\n}\n`;
const statementsIn = async (text) => {
  const [found] = await policiesIn(text, 'main.tf');
  const { Statement } = JSON.parse(found.text);
  const findings = settled(validatePolicy(found.text), found);
  const places = findings.map(({ issueCode, locations: [{ span }] }) => {
    const { start, end } = extentOf(found, span.start.offset, span.end.offset);
    return `${issueCode} ${text.slice(start, end)}`;
  });
  return { all: [Statement].flat(), unknown: found.unknown, places, perhaps: found.perhaps };
};

test('a list that is joined of locals is one list, with the places of their names', async () => {
  const problems = [];
  for (const [expression, wanted, unknown = ''] of [
    ['concat(local.acts, ["s3:PutObject"])', ['s3:GetObject', 's3:PutObject']],
    ['distinct(concat(local.acts, local.acts))', ['s3:GetObject']],
    ['toset(concat(local.acts, ["s3:GetObject", "s3:PutObject"]))', ['s3:GetObject', 's3:PutObject']],
    ['flatten([local.acts, "s3:PutObject"])', ['s3:GetObject', 's3:PutObject']],
    ['flatten([local.acts, ["s3:PutObject", [local.word]]])', ['s3:GetObject', 's3:PutObject', 's3:GetObject']],
    ['flatten(local.lists)', ['s3:GetObject', 's3:PutObject']],
    ['compact(concat(local.acts, [""]))', ['s3:GetObject']],
    ['setunion(local.acts, ["s3:PutObject", "s3:GetObject"])', ['s3:GetObject', 's3:PutObject']],
    ['concat([local.word], local.lists...)', ['s3:GetObject', 's3:GetObject', 's3:PutObject']],
    ['tolist(toset(local.acts))', ['s3:GetObject']],
    ['concat(tolist(local.acts), sort(local.lists[1]))', ['s3:GetObject', 'unknown1'], '/Statement/0/Action/-,/Statement/0/Action/1'],
    ['concat(local.acts, var.more)', ['s3:GetObject', 'unknown1'], '/Statement/0/Action/-,/Statement/0/Action/1'],
    ['concat(local.open, ["s3:PutObject"])', ['unknown1', 's3:GetObject', 's3:PutObject'], '/Statement/0/Action/-,/Statement/0/Action/0'],
    ['concat(local.acts, var.x ? ["s3:PutObject"] : [])', ['s3:GetObject', 'unknown1'], '/Statement/0/Action/1'],
    ['flatten([local.acts, var.more])', ['s3:GetObject', 'unknown1'], '/Statement/0/Action/-,/Statement/0/Action/1'],
    ['[for a in local.acts : "${a}Version"]', ['s3:GetObjectVersion']],
    ['[for a in concat(local.acts, ["s3:PutObject"]) : a]', ['s3:GetObject', 's3:PutObject']],
    ['[for k, v in local.map : v]', ['s3:GetObject', 's3:PutObject']],
    ['flatten([for one in local.table : one.acts])', ['s3:GetObject', 's3:PutObject']],
    ['flatten([for one in local.lists : [for a in one : "${a}Acl"]])', ['s3:GetObjectAcl', 's3:PutObjectAcl']],
    ['[format("%sAcl", local.word)]', ['s3:GetObjectAcl']],
    ['[join("", [local.word, "Acl"])]', ['s3:GetObjectAcl']],
  ]) {
    for (const text of [inDocument(expression), inJson(`[{ Effect = "Allow", Action = ${expression}, Resource = "*" }]`)]) {
      const { all: [{ Action }], unknown: own, places } = await statementsIn(text);
      const codes = places.filter((one) => !one.startsWith('REDUNDANT'));
      if (`${Action}` !== `${wanted}` || `${own.toSorted()}` !== unknown || codes.length > 0) problems.push(`${expression}: ${Action} unknown ${own} ${codes}`);
    }
  }
  assert.deepEqual(problems, []);
  assert.deepEqual((await statementsIn(inDocument('["s3:GetObject"]', 'concat(local.arns, [for a in local.arns : "${a}/*"])'))).all[0].Resource,
    ['arn:aws:s3:::files', 'arn:aws:s3:::logs', 'arn:aws:s3:::files/*', 'arn:aws:s3:::logs/*']);
  for (const expression of ['concat(["s3:PutObject"], local.bad)', 'flatten([local.bad, "s3:PutObject"])', '[for a in local.bad : a]']) {
    const { places } = await statementsIn(inDocument(expression));
    if (`${places}` !== 'INVALID_ACTION local.bad') problems.push(`${expression}: ${places}`);
  }
  assert.deepEqual(problems, []);
});

test('statements that stand in a local or are made by a loop are read, and what only the deployment knows stays open', async () => {
  const problems = [];
  const more = '{ Effect = "Allow", Action = "s3:PutObject", Resource = "*" }';
  const dynamic = 'actions = [statement.value]';
  for (const [text, actions, unknown = '', places = ''] of [
    [inJson(`concat(local.st, [${more}])`), 's3:GetObject,s3:PutObject'],
    [inJson(`concat([${more}], local.wrong)`), 's3:PutObject,s3:GetObjekt', '', 'INVALID_ACTION local.wrong'],
    [inJson('local.wrong'), 's3:GetObjekt', '', 'INVALID_ACTION local.wrong'],
    [inJson(`[local.one, ${more}]`), 's3:GetObjekt,s3:PutObject', '', 'INVALID_ACTION local.one'],
    [inJson('[for one in local.table : { Effect = "Allow", Action = one.acts, Resource = "arn:aws:s3:::${one.bucket}/*" }]'), 's3:GetObject,s3:PutObject'],
    [inJson(`concat(local.st, var.more)`), 's3:GetObject', '/Statement/-'],
    [inDynamic('["s3:GetObjekt", "s3:PutObject"]', dynamic), 's3:GetObjekt,s3:PutObject', '', 'INVALID_ACTION "s3:GetObjekt"'],
    [inDynamic('toset(local.bad)', dynamic), 's3:GetObjekt', '', 'INVALID_ACTION local.bad'],
    [inDynamic('local.table', 'actions = statement.value.acts'), 's3:GetObject,s3:PutObject'],
    [inDynamic('local.table', 'actions = each["value"].acts', '    iterator = each\n'), 's3:GetObject,s3:PutObject'],
    [inDynamic('local.map', dynamic), 's3:GetObject,s3:PutObject'],
    [inDynamic('{ a = { acts = ["s3:GetObjekt"] } }', 'actions = statement.value["acts"]'), 's3:GetObjekt', '', 'INVALID_ACTION "s3:GetObjekt"'],
    [inDynamic('[{ acts = ["s3:GetObject"] }]', 'actions = lookup(statement.value, "acts", ["s3:PutObject"])'), 's3:GetObject'],
    [inDynamic('local.acts', `${dynamic}\n      dynamic "condition" {\n        for_each = lookup(local.map, "none", [])\n        content {\n          test = condition.value\n        }\n      }\n      dynamic "principals" {\n        for_each = []\n        content {\n          type = principals.value\n        }\n      }`), 's3:GetObject'],
    [inDynamic('var.acts', dynamic), 'unknown1', '/Statement/-,/Statement/0/Action/0'],
    [inDynamic('concat(["s3:GetObjekt"], var.acts)', dynamic), 's3:GetObjekt,unknown1', '/Statement/-,/Statement/1/Action/0', 'INVALID_ACTION "s3:GetObjekt"'],
  ]) {
    const { all, unknown: own, places: found } = await statementsIn(text);
    const told = found.filter((one) => /^(?:INVALID|EMPTY|MISSING)/.test(one)).join();
    if (`${all.map(({ Action }) => Action)}` !== actions || `${own.toSorted()}` !== unknown || told !== places) problems.push(`${text.slice(LOCALS.length)}: ${JSON.stringify(all)} unknown ${own} ${told}`);
  }
  assert.deepEqual(problems, []);
});

test('loops and locals that make endlessly much of little end', async () => {
  const nested = (depth) => Array.from({ length: depth }).reduce((inner, _, i) => `[for a${i} in [${inner}] : [a${i}, a${i}]]`, '"s3:GetObject"');
  const within = (depth) => Array.from({ length: depth }).reduce((inner, _, i) => `[for a${i} in ["x", local.word] : ${inner}]`, '"s3:GetObject"');
  const doubled = Array.from({ length: 60 }, (_, i) => `  d${i + 1} = concat(local.d${i}, local.d${i})\n  m${i + 1} = [for a in local.m${i} : [local.m${i}, a]]`).join('\n');
  for (const text of [
    inDocument(`flatten(${nested(40)})`), inDocument(`flatten(${within(40)})`), `locals {\n  x = ${nested(40)}\n}\n${inDocument('local.x')}`,
    `locals {\n  d0 = ["s3:GetObject", 1]\n  m0 = ["a", "b"]\n${doubled}\n}\n${inDocument('concat(local.d60, local.m60)')}`,
  ]) {
    const outcome = await policiesIn(text, 'main.tf').catch((reason) => reason.message);
    assert.ok(typeof outcome === 'string' ? /more than 1048576 characters/.test(outcome) : outcome.length === 1, String(outcome).slice(0, 200));
  }
});
