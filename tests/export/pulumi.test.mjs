// Pulumi: compiled against the types of the classes that are used (pulumi.d.ts), and run with stand-ins that record what
// each is given.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, each, exportsAs, same } from './cases.mjs';
import { compiled } from './programs.mjs';
import { RESOURCES } from './resources.mjs';

test('each program makes the resource with the same policy', () => {
  const cases = exportsAs('pulumi-typescript');
  const types = [join(ROOT, 'tests/export/pulumi.d.ts')];
  const paths = compiled('pulumi', cases.map(({ text }) => text), { '@pulumi/aws': types, '@pulumi/pulumi': types });
  each(cases.map((one, i) => ({ ...one, path: paths[i] })), ({ path, target, policy }) => {
    const made = run(readFileSync(path, 'utf8'));
    const [type, attribute, names] = RESOURCES[target.attachTo ?? 'role'];
    const { given } = made.find((one) => one.type === type);
    same(JSON.parse(given[camel(attribute)]), policy);
    for (const [name, field] of Object.entries(names)) {
      if (target[field] !== undefined) assert.equal(given[camel(name)], target[field], name);
      else assert.ok(given[camel(name)].length > 0, name);
    }
    for (const { given } of made) {
      for (const value of Object.values(given)) if (value.$ !== undefined) assert.ok(made.some(({ name }) => name === value.$), value.$);
    }
  });
});

/** What the program makes: the type as Terraform calls it, the name, the arguments. */
function run(script) {
  const made = [];
  const aws = new Proxy({}, {
    get: (_, module) => new Proxy({}, {
      get: (_, name) => class {
        constructor(label, given) {
          const prefix = module === 'ec2' ? 'aws' : `aws_${module}`;
          made.push({ type: `${prefix}${name.replace(/[A-Z]/g, '_$&').toLowerCase()}`, name: label, given });
          Object.assign(this, { id: { $: label }, arn: { $: label } });
        }
      },
    }),
  });
  const pulumi = { Config: class { require = (name) => `config ${name}`; requireObject = (name) => [`config ${name}`]; } };
  const modules = { '@pulumi/aws': aws, '@pulumi/pulumi': pulumi };
  new Function('require', 'exports', script)((name) => modules[name], {});
  return made;
}

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
