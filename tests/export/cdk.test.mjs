// CDK: TypeScript is compiled against aws-cdk-lib and synthesized, all stacks by one process; Python is read by Python's own
// parser and must call the same constructs, since the package for Python takes 430 MB.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ROOT, each, exportsAs, folder, setupsAs } from './cases.mjs';
import { compiled } from './programs.mjs';
import { holds, holdsBuilders } from './template.mjs';

const require = createRequire(import.meta.url);

test('each stack synthesizes to a template with the same policy', () => {
  const { App } = require('aws-cdk-lib');
  const cases = [...exportsAs('cdk-typescript'), ...setupsAs('cdk-typescript')];
  const paths = compiled('cdk', cases.map(({ text, setup }) => text ?? setup.files[0].text));
  const app = new App({ outdir: folder('cdk.out'), analyticsReporting: false });
  paths.forEach((path, i) => new (require(path).SessionManagerStack)(app, `S${i}`));
  const assembly = app.synth();
  const yaml = Object.fromEntries(exportsAs('cloudformation').map(({ name, text }) => [name, parse(text)]));
  each(cases.map((one, i) => ({ ...one, template: assembly.getStackByName(`S${i}`).template })), ({ template, ...one }) => {
    // What CDK adds for itself.
    const { BootstrapVersion, ...asked } = template.Parameters;
    const own = { ...template, Parameters: asked };
    if (one.builders) {
      assert.deepEqual(one.setup.files.map(({ name }) => name), ['session-manager-stack.ts']);
      return holdsBuilders(own, one.builders);
    }
    holds(own, one);
    const { Resources, Parameters = {} } = yaml[one.name];
    assert.deepEqual(own.Resources, Resources);
    assert.deepEqual(asked, Parameters);
  });
});

/** Prints the calls of constructs in each file as JSON; an expression that is no data is `{"$": its source}`. */
const READER = `
import ast, json, sys
def value(node):
    if isinstance(node, ast.List):
        return [value(one) for one in node.elts]
    if isinstance(node, ast.Dict):
        return {ast.literal_eval(key): value(one) for key, one in zip(node.keys, node.values)}
    try:
        return ast.literal_eval(node)
    except ValueError:
        return {"$": ast.unparse(node)}
files = []
for text in json.load(open(sys.argv[1], encoding="utf-8")):
    tree = ast.parse(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1].startswith("Cfn")]
    files.append([{"name": ast.unparse(call.func), "arguments": [value(one) for one in call.args],
        "properties": {keyword.arg: value(keyword.value) for keyword in call.keywords}} for call in calls])
json.dump(files, sys.stdout)
`;

test('each program in Python has the same constructs, where Python is there', (context) => {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  if (spawnSync(python, ['--version']).status !== 0) return context.skip(`${python} is not there`);
  const cases = exportsAs('cdk-python');
  const texts = join(folder('python'), 'texts.json');
  writeFileSync(texts, JSON.stringify(cases.map(({ text }) => text)));
  const files = JSON.parse(execFileSync(python, ['-c', READER, texts], { encoding: 'utf8', maxBuffer: 2 ** 28, cwd: ROOT }));
  const yaml = Object.fromEntries(exportsAs('cloudformation').map(({ name, text }) => [name, parse(text)]));
  each(cases.map((one, i) => ({ ...one, calls: files[i] })), ({ name, calls }) => {
    const { Resources, Parameters = {} } = yaml[name];
    const parameters = Object.entries(Parameters).map(([label, { Type, Description }]) => (
      { name: 'CfnParameter', arguments: [{ $: 'self' }, label], properties: { type: Type, description: Description } }));
    const resources = Object.entries(Resources).map(([label, { Type, Properties }]) => {
      const [, service, type] = Type.split('::');
      return {
        name: `${service.toLowerCase()}.Cfn${type}`, arguments: [{ $: 'self' }, label],
        properties: Object.fromEntries(Object.entries(Properties).map(([property, value]) => [snake(property), value])),
      };
    });
    assert.deepEqual(calls.map((call) => referring(call, Parameters)), [...parameters, ...resources]);
  });
});

const snake = (name) => name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();

/** The same with references as CloudFormation writes them. */
function referring(value, parameters) {
  if (Array.isArray(value)) return value.map((one) => referring(one, parameters));
  if (typeof value !== 'object' || value === null) return value;
  const [, label] = /^(\w+)\.(?:value_as_string|value_as_list|ref)$/.exec(value.$ ?? '') ?? [];
  if (label !== undefined) return { Ref: label.split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('') };
  const object = Object.create(null);
  for (const [key, inner] of Object.entries(value)) object[key] = referring(inner, parameters);
  return { ...object };
}
