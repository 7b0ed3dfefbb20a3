// Files as people have them, and every policy in them: its name, its kind, what of it is unknown, which of its statements may
// not be there, and where its findings stand; or that nothing of it can be read. `UPDATE=1` writes what was found to expected.txt; read it before you commit it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { visit } from 'jsonc-parser';
import { validatePolicy } from '../../../dist/node.mjs';
import { extentOf, isFound, policiesIn, seenIn, settled } from './bundle.mjs';

const here = import.meta.dirname;
const names = readdirSync(join(here, 'files'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(join(here, 'files').length + 1).replaceAll('\\', '/')).sort();
const read = (name) => readFileSync(join(here, 'files', name), 'utf8');

const OPTIONS = {
  identity: {},
  trust: { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' },
  resource: { policyType: 'RESOURCE_POLICY' },
  scp: { policyType: 'SERVICE_CONTROL_POLICY' },
  rcp: { policyType: 'RESOURCE_CONTROL_POLICY' },
};

/** A policy and its findings in lines, with the text of the file at the place of each. */
function described(file, found) {
  if (!isFound(found)) return [`  ${found.name}: not read ${placed(file, found)}`];
  const { text, name, kind, resourceType, fixable, unknown, perhaps } = found;
  const options = { ...OPTIONS[kind ?? 'identity'] };
  if (kind === 'resource' && resourceType) options.validatePolicyResourceType = resourceType;
  const findings = settled(validatePolicy(text, options), found).map(({ issueCode, locations: [{ span }] }) => {
    return `    ${issueCode} ${placed(file, extentOf(found, span.start.offset, span.end.offset))}`;
  });
  const about = [kind ?? 'kind unknown', resourceType, fixable ? 'fixable' : null, ...unknown.map((one) => `? ${one}`), ...perhaps.map((one) => `perhaps ${one}`)];
  return [`  ${name || '(the file)'}: ${about.filter(Boolean).join(', ')}`, ...findings];
}

function placed(file, { start, end }) {
  const line = file.slice(0, start).split('\n').length;
  const column = start - file.lastIndexOf('\n', start - 1);
  const slice = file.slice(start, end);
  return `${line}:${column} ${slice.length > 60 ? `${slice.slice(0, 60).replaceAll(/\s+/g, ' ')} ...` : slice}`;
}

test('every policy is found, with its kind, its unknown values and the places of its findings', async () => {
  const lines = [];
  for (const name of names) {
    const file = read(name);
    lines.push(name, ...(await seenIn(file, name)).flatMap((found) => described(file, found)));
  }
  const actual = `${lines.join('\n')}\n`;
  const path = join(here, 'expected.txt');
  if (process.env.UPDATE) writeFileSync(path, actual);
  assert.equal(actual, readFileSync(path, 'utf8'));
});

test('each character of each literal is found again in the file', async () => {
  const wrong = [];
  let literals = 0;
  for (const name of names) {
    const file = read(name);
    for (const found of await policiesIn(file, name)) {
      visit(found.text, {
        onLiteralValue(value, start, length) {
          if (typeof value !== 'string' || value.includes('unknown')) return;
          literals += 1;
          const from = found.place(start + 1)?.start;
          const slice = file.slice(from, found.place(start + length - 2)?.end);
          // A local has the place of its reference.
          const hasLocal = /\$\{local\.\w+\}/.test(slice);
          if (!hasLocal && !spellings(value).some((one) => slice === one || unescaped(slice) === one) && !isDefault(value, slice)) {
            wrong.push(`${name} ${found.name}: ${value} is at ${from}: ${slice}`);
          }
          if (slice !== value) return;
          for (let unit = 0; unit < value.length; unit += 1) {
            const { start: at, end } = found.place(start + 1 + unit);
            if (at !== from + unit || end !== at + 1) wrong.push(`${name} ${found.name}: unit ${unit} of ${value} is at ${at}`);
          }
        },
      });
      // The ends of the policy are the ends of something in the file.
      const [first, last] = [found.place(0), found.place(found.text.length - 1)];
      if (!(first.start < last.end && last.end <= file.length)) wrong.push(`${name} ${found.name}: ${first.start} to ${last.end}`);
      if (found.fixable && file.slice(found.base, found.base + found.text.length) !== found.text) wrong.push(`${name} ${found.name}: is no slice`);
      if (found.place(-1) !== null || found.place(found.text.length) !== null) wrong.push(`${name} ${found.name}: has places outside`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(literals > 300, `${literals} literals`);
});

/** A literal in the spellings of the formats: Terraform has its own for `${`. */
const spellings = (value) => [value, value.replaceAll('${', () => '$${'), value.replaceAll('${', '&{')];

function unescaped(slice) {
  return slice
    .replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decodeURIComponent(run))
    .replaceAll(/\\\r?\n\s*/g, '')
    .replaceAll(/\\+u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})/g, (_, four, two) => String.fromCharCode(Number.parseInt(four ?? two, 16)))
    .replaceAll("''", "'").replaceAll('${!', '${');
}

/** What a format says without a word: Terraform's effect, a version around statements. */
const isDefault = (value, slice) => slice === '' && (value === 'Allow' || value === '2012-10-17');
