// CloudFormation: YAML by the rules of 1.1, which AWS reads, and of 1.2, and JSON; some templates are given to cfn-lint.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { each, exportsAs, folder, setupsAs } from './cases.mjs';
import { holds, holdsBuilders } from './template.mjs';

test('the YAML is a template with the same policy, for every reader', () => {
  each(exportsAs('cloudformation'), (one) => {
    const template = parse(one.text, { version: '1.1', schema: 'yaml-1.1', logLevel: 'error' });
    assert.deepEqual(template, parse(one.text, { version: '1.2', schema: 'core' }));
    assert.equal(template.AWSTemplateFormatVersion, '2010-09-09');
    holds(template, one);
  });
});

test('the JSON is the same template', () => {
  const yaml = Object.fromEntries(exportsAs('cloudformation').map(({ name, text }) => [name, parse(text)]));
  each(exportsAs('cloudformation-json'), (one) => {
    const { Description, ...template } = JSON.parse(one.text);
    assert.ok(Buffer.byteLength(Description) <= 1024, 'AWS takes descriptions of 1024 bytes');
    assert.deepEqual(template, yaml[one.name]);
  });
});

test('the policies of set-ups are those of the builders', () => {
  each(setupsAs('cloudformation'), ({ setup, builders }) => {
    assert.deepEqual(setup.files.map(({ name }) => name), ['session-manager.yaml']);
    holdsBuilders(parse(setup.files[0].text), builders);
  });
});

test('cfn-lint finds nothing, where it is there', (context) => {
  const program = 'cfn-lint';
  if (spawnSync(program, ['--version']).status !== 0) return context.skip('cfn-lint is not there');
  const home = folder('cfn-lint');
  // AWS's published texts have words to be replaced.
  const some = exportsAs('cloudformation').filter(({ name }, i) => !/^(hostile|published)/.test(name) && (!name.endsWith('.json') || i % 9 === 0));
  some.forEach(({ text }, i) => writeFileSync(join(home, `${i}.yaml`), text));
  setupsAs('cloudformation').forEach(({ setup }, i) => writeFileSync(join(home, `setup-${i}.yaml`), setup.files[0].text));
  const { stdout, stderr, status } = spawnSync(program, ['--format', 'parseable', join(home, '*.yaml')], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
});
