import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, installed, runFile } from './install.mjs';

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

test('each threat of SECURITY.md names its tests, and every one of them is there', () => {
  const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const [, table] = /^\| --- .*\n((?:\|.*\n)+)/m.exec(text);
  const problems = table.trimEnd().split('\n').flatMap((row) => {
    const named = [...row.matchAll(/`(tests\/[^`]+)`/g)].map(([, name]) => name);
    if (named.length === 0) return [`no test: ${row}`];
    return named.filter((name) => !existsSync(join(ROOT, name))).map((name) => `${name} is not there`);
  });
  assert.deepEqual(problems, []);
});
