// What `postern diff` makes of values of variables that their blocks tell besides `default`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const SAME = /0 policies allow more, 0 allow less|No policy was changed/;
const policy = (action, head = '') => `resource "aws_iam_policy" "p" {\n${head}  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${action}, Resource = "*" }] })\n}\n`;
const variable = (body) => `variable "cfg" {\n  ${body}\n}\n`;
const called = (given, body) => ({ 'main.tf': `module "m" {\n  source = "./m"\n  cfg    = ${given}\n}\n`, 'm/main.tf': body });

test('the default of an attribute of a variable counts', async () => {
  const typed = (actions, more = '') => variable(`type = object({${more}\n    actions = optional(list(string), ["${actions}"])\n  })\n  default = {}`);
  const flag = (value) => `${variable(`type = object({ on = optional(bool, ${value}) })\n  default = {}`)}${policy('"s3:*"', '  count = var.cfg.on ? 1 : 0\n')}`;
  const map = (actions) => `${variable(`type = map(object({ acts = optional(list(string), ["${actions}"]) }))\n  default = { a = {} }`)}${policy('each.value.acts', '  for_each = var.cfg\n')}`;
  const [root, json] = [(all, more) => ({ 'main.tf': `${typed(all, more)}${policy('var.cfg.actions')}` }), (all) => ({ 'main.tf': policy('var.cfg.actions'), 'v.tf.json': { variable: { cfg: { type: `object({ actions = optional(list(string), ["${all}"]) })`, default: {} } } } })];
  assert.deepEqual(await codes([
    ['in the root', root('s3:GetObject'), root('s3:*'), 1], ['in JSON', json('s3:GetObject'), json('s3:*'), 1], ['given nothing', called('{}', `${typed('s3:GetObject')}${policy('var.cfg.actions')}`), called('{}', `${typed('s3:*')}${policy('var.cfg.actions')}`), 1],
    ['what decides', { 'main.tf': flag(false) }, { 'main.tf': flag(true) }, 1], ['of instances', { 'main.tf': map('s3:GetObject') }, { 'main.tf': map('s3:*') }, 1],
    ['another type that says the same', root('s3:*'), root('s3:*', '\n    tags = optional(map(string))\n    # Of whom.\n    owner = string'), 0], ['in JSON now', root('s3:*'), json('s3:*'), 0, SAME],
    ['a type where there was none', { 'main.tf': `${variable('default = "s3:*"')}${policy('var.cfg')}` }, { 'main.tf': `${variable('default = "s3:*"\n  type = string\n  description = "x"')}${policy('var.cfg')}` }, 0, SAME],
  ]), []);
});

test('a default stands for null where no null is taken', async () => {
  const module = (actions, more = 'nullable = false') => `${variable(`default = ["${actions}"]\n  ${more}`)}${policy('var.cfg')}`;
  assert.deepEqual(await codes([
    ['a default that grows', called('null', module('s3:GetObject')), called('null', module('s3:*')), 1], ['null is taken no more', called('null', module('s3:*', '')), called('null', module('s3:*')), 1], ['what may be null', called('local.x', module('s3:*', '')), called('local.x', module('s3:*')), 1],
    ['a value that is none', called('["s3:GetObject"]', module('s3:*', '')), called('["s3:GetObject"]', module('s3:*')), 0, SAME], ['in the root', { 'main.tf': module('s3:*', '') }, { 'main.tf': module('s3:*') }, 0, SAME],
    ['a value beside another default', called('["s3:GetObject"]', module('s3:GetObject')), called('["s3:GetObject"]', module('s3:*')), 0, SAME],
  ]), []);
});
