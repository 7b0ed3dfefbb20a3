import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installed, runFile } from './install.mjs';

test('the example of README.md prints what README.md says', async () => {
  const readme = installed('README.md').toString();
  const found = /^```js\n(.*?)^```\n(.*?)^```text\n(.*?)^```$/ms.exec(readme);
  assert.ok(found, 'README.md has no ```js block with a ```text block after it');
  const [, example, between, output] = found;
  assert.doesNotMatch(between, /^```/m, 'another block stands between the example and its output');
  assert.match(example, /from 'postern'/);
  assert.equal(await runFile('readme.mjs', example), output);
});
