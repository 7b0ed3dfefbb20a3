// YAML as CloudFormation reads it: policies that are parts of a template, and the booleans of YAML 1.1.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validatePolicy } from '../../../dist/node.mjs';
import { policiesIn, settled } from './bundle.mjs';

const codesIn = async (text, name) => (await policiesIn(text, name)).flatMap((found) => settled(validatePolicy(found.text), found).map(({ issueCode }) => issueCode));
const fragment = (resource, action = 's3:GetObject') => `Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: ${action}\n    Resource: ${resource}\n`;

test('a policy of YAML with functions is a part of a template, whose values only the deployment knows', async () => {
  const problems = [];
  for (const name of ['policy.yaml', 'standard-input']) {
    for (const [resource, unknown] of [
      ["!Sub 'arn:aws:s3:::${Bucket}/*'", '/Statement/0/Resource'], ['!GetAtt Bucket.Arn', '/Statement/0/Resource'],
      ['[!GetAtt Bucket.Arn, !Join ["", [!GetAtt Bucket.Arn, "/*"]]]', '/Statement/0/Resource/0,/Statement/0/Resource/1'],
      ['{"Fn::Sub": "arn:aws:s3:::${Bucket}"}', '/Statement/0/Resource'], ["!Sub 'arn:aws:s3:::files/*'", ''],
    ]) {
      const [found] = await policiesIn(fragment(resource), name);
      const codes = [await codesIn(fragment(resource), name), await codesIn(fragment(resource, 's3:GetObjekt'), name)];
      if (found.unknown.join() !== unknown || `${codes[0]}` !== '' || `${codes[1]}` !== 'INVALID_ACTION') problems.push(`${name} ${resource}: ${found.unknown} ${JSON.stringify(codes)}`);
    }
  }
  assert.deepEqual(problems, []);
});

test('a word that YAML 1.1 has for true or false is one in a template, where no quotation marks are around it', async () => {
  const template = (value, head = '') => `${head}Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Deny\n            Action: s3:*\n            Resource: '*'\n            Condition:\n              Bool: {"aws:SecureTransport": ${value}}\n`;
  const valueIn = async (text) => JSON.parse((await policiesIn(text, 'a.yaml'))[0].text).Statement[0].Condition.Bool['aws:SecureTransport'];
  const problems = [];
  for (const head of ['', 'Transform: AWS::Serverless-2016-10-31\n']) {
    for (const [word, value] of [['yes', true], ['Yes', true], ['ON', true], ['no', false], ['Off', false], ['[no]', [false]], ['"no"', 'no'], ["'yes'", 'yes'], ['y', 'y'], ['nO', 'nO'], ['true', true]]) {
      const own = await valueIn(template(word, head));
      if (JSON.stringify(own) !== JSON.stringify(value)) problems.push(`${word}: ${JSON.stringify(own)}`);
    }
  }
  assert.deepEqual(problems, []);
  assert.deepEqual([await codesIn(template('no'), 'a.yaml'), (await codesIn(template('"no"'), 'a.yaml')).length], [[], 1]);
  // What CloudFormation makes of a Sid that is a boolean is not known.
  assert.deepEqual(await codesIn(template('no').replace('- Effect: Deny', '- Sid: Yes\n            Effect: Deny'), 'a.yaml'), []);
  // Other tools read YAML 1.2.
  const alone = fragment("'*'\n    Condition: {Bool: {\"aws:SecureTransport\": no}}");
  assert.equal(await valueIn(alone), 'no');
});
