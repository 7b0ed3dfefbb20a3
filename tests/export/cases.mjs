// The cases that `cargo test export::` has written, and when two policies mean the same.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const read = JSON.parse(readFileSync(join(ROOT, 'target/export/cases.json'), 'utf8'));

/** The exports in one format: `{name, target, text, policy}`. */
export const exportsAs = (format) => read.policies.filter((one) => one.format === format);

/** The set-ups in one format: `{options, setup, builders}`. */
export const setupsAs = (format) => read.setups.filter(({ options }) => options.format === format);

/** An empty folder for a test. */
export function folder(name) {
  const path = join(ROOT, 'target/export', name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs `check` for each case and reports what fails in all of them together. */
export function each(cases, check) {
  assert.ok(cases.length > 0, 'there are no cases');
  const problems = [];
  for (const one of cases) {
    try {
      check(one);
    } catch (error) {
      problems.push(`${one.name ?? JSON.stringify(one.options)}: ${error.message.slice(0, 2000)}`);
    }
  }
  assert.equal(problems.length, 0, `${problems.length} of ${cases.length}:\n${problems.slice(0, 12).join('\n')}`);
}

/** Whether the document that was read says what the original says. */
export function same(found, original) {
  if (original.Statement === undefined) assert.deepEqual(found, original);
  else assert.deepEqual(meaning(found), meaning(original));
}

/** A policy with everything that can be written in two ways written in one. */
function meaning(policy) {
  return { ...policy, Version: policy.Version ?? '2008-10-17', Statement: list(policy.Statement).map(statement) };
}

const list = (value) => (Array.isArray(value) ? value : [value]);

function statement(statement) {
  const means = {};
  for (const [element, value] of Object.entries(statement)) {
    if (element === 'Condition') {
      const operators = Object.entries(value).map(([operator, keys]) => [operator, mapped(keys, (values) => list(values).map(String))]);
      if (operators.length > 0) means.Condition = Object.fromEntries(operators);
    } else if (element.endsWith('Principal')) {
      means[element] = value === '*' ? value : mapped(value, list);
    } else {
      means[element] = element === 'Sid' || element === 'Effect' ? value : list(value);
    }
  }
  return means;
}

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
