// Wherever a check finds an effect or actions in a file, the language server completes them there: while nothing stands behind the
// caret yet, while the quote is missing, and before the first letter.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../../scripts/env.mjs';
import { started } from '../lsp-client.mjs';
import { extentOf, policiesIn } from './bundle.mjs';

const FILES = join(ROOT, 'tests/cli/source/files');
let client;
before(async () => { client = await started(); });
after(() => client.kill());

/** Of each element the first value that is written in the file as a string or a word, and not within another string. */
async function valuesIn(path, text) {
  const values = new Map();
  // One whose statements have another name has a finding, and nothing in it is completed.
  for (const found of (await policiesIn(text, path)).filter((one) => one.text.includes('"Statement"'))) {
    for (const { 1: element, indices: [, , [start, end]] } of found.text.matchAll(/"(Effect|Action|NotAction)"\s*:\s*\[?\s*("[^"\\]{2,}")/gd)) {
      const extent = extentOf(found, start, end);
      const written = text.slice(extent.start, extent.end);
      if (/^(["']?)[\w:*-]+\1$/.test(written)) values.set(extent.start, { element, written, ...extent });
    }
  }
  return [...values.values()];
}

test('what a check finds in files can be typed there', async () => {
  const [wrong, formats] = [[], new Map()];
  const paths = readdirSync(FILES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const path of paths) {
    const text = readFileSync(path, 'utf8');
    for (const { element, written, start, end } of await valuesIn(path, text).catch(() => [])) {
      const quote = /^["']/.test(written) ? 1 : 0;
      const typed = text.slice(0, start + quote) + written.slice(quote).split(':')[0].slice(0, 2);
      for (const marked of [`${typed}‸`, `${typed}‸${text.slice(end)}`, `${text.slice(0, start)}‸${text.slice(end)}`]) {
        const { items } = await client.complete(`file:///work/${relative(FILES, path)}`, marked);
        const wanted = element === 'Effect' ? 'Allow' : 's3:';
        if (!items.some(({ label }) => label === wanted)) wrong.push(`${relative(FILES, path)}: ${JSON.stringify(marked.slice(Math.max(0, start - 60), start + 20))}`);
      }
      const format = path.slice(path.lastIndexOf('.'));
      formats.set(format, (formats.get(format) ?? 0) + 1);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(['.json', '.yaml', '.yml', '.tf'].every((format) => formats.get(format) > 5), JSON.stringify([...formats]));
});
