import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installed, runFile } from './install.mjs';

test('each example of README.md prints what README.md says', async () => {
  const readme = installed('README.md').toString();
  const examples = [...readme.matchAll(/^```js\n(.*?)^```\n(.*?)^```text\n(.*?)^```$/gms)];
  assert.equal(examples.length, [...readme.matchAll(/^```js$/gm)].length, 'each js block has a text block after it');
  assert.ok(examples.length >= 2, `${examples.length} examples`);
  for (const [, example, between, output] of examples) {
    assert.doesNotMatch(between, /^```/m, 'another block stands between an example and its output');
    assert.match(example, /from 'postern'/);
    assert.equal(await runFile('readme.mjs', example), output);
  }
});
