// What a template takes from elsewhere makes resources that nobody reads here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes } from './run.mjs';

const template = (Type, Properties) => ({ 't.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, ...Type === null ? {} : { X: { Type, Properties } } } } });

test('applications and modules that are new or others cannot be told', async () => {
  const [APPLICATION, MODULE] = ['AWS::Serverless::Application', 'My::Module::Role::MODULE'];
  const location = (SemanticVersion) => ({ ApplicationId: 'arn:aws:serverlessrepo:us-east-1:111122223333:applications/a', SemanticVersion });
  const none = template(null);
  assert.deepEqual(await codes([
    ['an application', none, template(APPLICATION, { Location: location('1.0.0') }), 1, /what it makes stands elsewhere, and it was not there before/], ['another version', template(APPLICATION, { Location: location('1.0.0') }), template(APPLICATION, { Location: location('2.0.0') }), 1, /has another source or version/],
    ['another parameter', template(APPLICATION, { Location: location('1.0.0'), Parameters: { RoleArn: 'a' } }), template(APPLICATION, { Location: location('1.0.0'), Parameters: { RoleArn: 'b' } }), 1], ['other tags', template(APPLICATION, { Location: location('1.0.0') }), template(APPLICATION, { Location: location('1.0.0'), Tags: { a: 'b' } }), 0],
    ['a module', none, template(MODULE), 1], ['another value', template(MODULE, { A: 'a' }), template(MODULE, { A: 'b' }), 1], ['the same module', template(MODULE, { A: 'a' }), template(MODULE, { A: 'a' }), 0], ['one less', template(MODULE), none, 0, /lost\? unknown/], ['another module', template(MODULE), template('My::Other::MODULE'), 1],
  ]), []);
});
