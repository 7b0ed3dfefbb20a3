// What `postern diff` makes of comments behind values in what policies refer to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const SAME = /0 policies allow more, 0 allow less|No policy was changed/;
const USERS = 'resource "aws_iam_user_policy" "p" {\n  for_each = var.all\n  user     = each.key\n  policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })\n}\n';
const local = (lines) => ({ 'main.tf': USERS.replace('var.all', 'local.all'), 'l.tf': `locals {\n  all = {\n${lines}\n  }\n}\n` });
const values = (lines) => ({ 'main.tf': `variable "all" {}\n${USERS}`, 'prod.tfvars': `all = {\n${lines}\n}\n` });
const inPlace = (lines) => ({ 'main.tf': USERS.replace('var.all', `toset([\n${lines}\n])`) });
const serverless = (lines) => ({ 'serverless.yml': `service: x\ncustom:\n  actions:\n${lines}\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: \${self:custom.actions}\n          Resource: '*'\n` });

test('what a comment held counts once it is outside', async () => {
  const [inside, outside] = ['alice = "x" # bob = "y"', 'alice = "x" #\nbob = "y"'];
  assert.deepEqual(await codes([
    ['a local', local(inside), local(outside), 1], ['of another kind', local(inside.replace('#', '//')), local(outside.replace('#', '//')), 1], ['without a space', local(inside.replace(' # ', '#')), local(outside.replace(' #', '#')), 1],
    ['values', values(inside), values(outside), 1], ['in place', inPlace('"alice", # "bob",'), inPlace('"alice", #\n"bob",'), 1],
    ['a list of YAML', serverless('    - s3:GetObject # - s3:*'), serverless('    - s3:GetObject #\n    - s3:*'), 1],
  ]), []);
});

test('a comment is no part of a value', async () => {
  const [plain, described] = ['alice = "x"', 'alice = "x" # Who was here first.'];
  assert.deepEqual(await codes([
    ['a local', local(plain), local(described), 0, SAME], ['another comment', local(described), local('alice = "x" # The first one'), 0, SAME], ['an apostrophe', local(plain), local(`${plain} # She isn't the last one.`), 0, SAME], ['a comment in a comment', local('alice = 1 /* # */ + 1'), local('alice = 1 /* # */ + 2'), 1], ['on its own line', local(plain), local(`# "bob"\n${plain}`), 0, SAME],
    ['values', values(plain), values(described), 0, SAME], ['in place', inPlace('"alice",'), inPlace('"alice", # The first one'), 0, SAME], ['a list of YAML', serverless('    - s3:GetObject'), serverless('    - s3:GetObject # To read'), 0, SAME],
    ['no comment', local('alice = "x # y"'), local('alice = "x # z"'), 1], ['nor here', local('alice = "https://x.example/a"'), local('alice = "https://x.example/b"'), 1], ['a color', serverless('    - s3:Get#Object'), serverless('    - s3:Get#Bucket'), 1],
  ]), []);
});
