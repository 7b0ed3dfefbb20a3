// Files of Terraform on their way back to policies, by HashiCorp's own parser.
import assert from 'node:assert/strict';
import { parse } from '@cdktf/hcl2json';

/** What a file says. A text is as its author meant it; an expression is `{$: its source}`. */
export async function readTerraform(text) {
  const calls = [];
  // The parser gives the argument of a call as its source, which is read as a file of its own.
  const outside = text.replace(/^( *)([a-z_]+) ( *)= jsonencode\(([{[][^]*?^\1[}\]])\)$/gm, (_, indent, name, spaces, argument) => {
    calls.push(`value = ${argument}\n`);
    return `${indent}${name} ${spaces}= "jsonencode ${calls.length - 1}"`;
  });
  const values = [];
  for (const call of calls) values.push(meant(await parse('call.tf', call)).value);
  return filled(meant(await parse('file.tf', outside)), values);
}

function meant(value) {
  if (typeof value === 'string') {
    if (/^\$\{[^]*\}$/.test(value)) return { $: value.slice(2, -1) };
    // The parser writes what would begin a template as HCL does.
    return value.replaceAll('$${', '${').replaceAll('%%{', '%{');
  }
  if (Array.isArray(value)) return value.map(meant);
  if (typeof value !== 'object' || value === null) return value;
  const object = {};
  for (const [key, inner] of Object.entries(value)) {
    Object.defineProperty(object, meant(key), { value: meant(inner), enumerable: true });
  }
  return object;
}

function filled(value, values) {
  const [, call] = (typeof value === 'string' && /^jsonencode (\d+)$/.exec(value)) || [];
  if (call !== undefined) return values[call];
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, values)]));
}

/** The policy of a data source, as the provider makes it. */
export function policyOf(data) {
  const version = data.version ?? '2012-10-17';
  const variables = (texts) => texts.map((text) => {
    if (typeof text !== 'string') return text;
    assert.ok(version !== '2008-10-17' || !text.includes('&{'), 'the provider refuses &{ in 2008');
    return text.replaceAll('&{', '${');
  });
  const principals = (blocks) => {
    if (blocks.some(({ type }) => type === '*')) return '*';
    return Object.fromEntries(blocks.map(({ type, identifiers }) => [type, variables(identifiers)]));
  };
  const element = {
    sid: ['Sid', (sid) => sid], effect: ['Effect', (effect) => effect],
    actions: ['Action', (texts) => texts], not_actions: ['NotAction', (texts) => texts],
    resources: ['Resource', variables], not_resources: ['NotResource', variables],
    principals: ['Principal', principals], not_principals: ['NotPrincipal', principals],
    condition: ['Condition', (blocks) => {
      const condition = {};
      for (const { test, variable, values } of blocks) {
        if (!Object.hasOwn(condition, test)) condition[test] = {};
        condition[test][variable] = variables(values);
      }
      return condition;
    }],
  };
  return {
    Version: version,
    ...(data.policy_id === undefined ? {} : { Id: data.policy_id }),
    Statement: data.statement.map((statement) => Object.fromEntries(
      Object.entries(statement).map(([name, value]) => [element[name][0], element[name][1](value)]),
    )),
  };
}

/** Each resource of a file with its documents in place: `{type, label, fields}`. */
export async function resourcesOf(text) {
  const file = await readTerraform(text);
  return Object.entries(file.resource ?? {}).flatMap(([type, labels]) => Object.entries(labels).map(([label, [fields]]) => {
    const full = Object.entries(fields).map(([name, value]) => {
      const [, data] = /^data\.aws_iam_policy_document\.(\w+)\.json$/.exec(value?.$ ?? '') ?? [];
      return [name, data === undefined ? value : policyOf(file.data.aws_iam_policy_document[data][0])];
    });
    return { type, label, fields: Object.fromEntries(full), asked: Object.keys(file.variable ?? {}) };
  }));
}

/** Where the text is not laid out as `terraform fmt` lays it out: two spaces a level, no space at the end of a line,
 *  aligned equals signs in lines that follow each other. */
export function layoutProblems(text) {
  const problems = [];
  let depth = 0;
  let run = [];
  const judged = () => {
    if (run.length > 0) {
      const longest = Math.max(...run.map(({ name }) => [...name].length));
      for (const { name, spaces, line } of run) if ([...name].length + spaces.length !== longest + 1) problems.push(`not aligned: ${line}`);
    }
    run = [];
  };
  for (const line of text.split('\n')) {
    const opens = /[[{(]$/.test(line) && !/^\s*"/.test(line);
    const closes = /^ *[\]})]+,?$/.test(line);
    if (closes) depth -= 1;
    if (line !== '' && /^ */.exec(line)[0].length !== 2 * depth) problems.push(`not at depth ${depth}: ${line}`);
    if (/\s$/.test(line)) problems.push(`space at the end: ${line}`);
    const [, name, spaces, value] = /^ *([A-Za-z_]\w*|"(?:[^"\\]|\\.)*")( +)= (.+)$/.exec(line) ?? [];
    if (name !== undefined && !/[[{(]$/.test(value)) run.push({ name, spaces, line });
    else {
      judged();
      if (name !== undefined && spaces !== ' ') problems.push(`more than one space: ${line}`);
    }
    if (opens || (name !== undefined && /[[{(]$/.test(value))) depth += 1;
  }
  judged();
  if (/\n\n\n|^\n|\n\n$/.test(text)) problems.push('empty lines');
  return problems;
}
