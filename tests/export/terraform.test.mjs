// Terraform: parsed by hcl2json, laid out as `terraform fmt` does, and where Terraform or OpenTofu is there, by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { each, exportsAs, folder, same, setupsAs } from './cases.mjs';
import { RESOURCES } from './resources.mjs';
import { layoutProblems, resourcesOf } from './terraform.mjs';

const DEFAULTS = { policyName: 'SessionManagerPermissions' };
const ASKED = {
  roleName: 'role_name', userName: 'user_name', groupName: 'group_name', kmsKeyArn: 'key_id', bucketName: 'bucket_name',
  vpcEndpointId: 'vpc_endpoint_id', documentName: 'document_name',
};

for (const format of ['terraform', 'terraform-jsonencode']) {
  test(`${format} parses to the same policy`, async () => {
    const cases = [];
    for (const one of exportsAs(format)) {
      cases.push({ ...one, resources: await resourcesOf(one.text).catch((error) => error) });
    }
    each(cases, ({ target, policy, text, resources }) => {
      if (resources instanceof Error) throw resources;
      const [type, attribute, names] = RESOURCES[target.attachTo ?? 'role'];
      const found = resources.find((resource) => resource.type === type);
      same(found.fields[attribute], policy);
      for (const [name, field] of Object.entries(names)) {
        let wanted = target[field] ?? DEFAULTS[field] ?? { $: `var.${ASKED[field]}` };
        if (target.attachTo === 'preferences') wanted = target[field] ?? 'SSM-SessionManagerRunShell';
        assert.deepEqual(found.fields[name], wanted, name);
        if (wanted.$) assert.ok(found.asked.includes(ASKED[field]), `no variable ${ASKED[field]}`);
      }
      assert.doesNotMatch(text, /inline_policy/);
      assert.deepEqual(layoutProblems(text), []);
    });
  });
}

test('the policies of set-ups are those of the builders', async () => {
  const cases = [];
  for (const one of setupsAs('terraform')) {
    const text = one.setup.files.map(({ text }) => text).join('\n');
    cases.push({ ...one, resources: await resourcesOf(text), text });
  }
  each(cases, ({ resources, builders, setup }) => {
    for (const [label, policy] of Object.entries(builders)) {
      const snake = label.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
      const found = resources.filter((resource) => resource.label === snake).flatMap(({ fields }) => Object.entries(fields))
        .filter(([name]) => ['policy', 'assume_role_policy'].includes(name));
      assert.equal(found.length, 1, label);
      const known = JSON.parse(JSON.stringify(found[0][1]).replaceAll('{"$":"aws_kms_key.session_key.arn"}', '"key-name"'));
      same(known, policy);
    }
    const references = JSON.stringify(resources).matchAll(/"\$":"(?!var\.)([a-z_]+)\.([a-z_]+)\./g);
    for (const [, type, label] of references) assert.ok(resources.some((it) => it.type === type && it.label === label), `${type}.${label}`);
    const wanted = new Set([...JSON.stringify(resources).matchAll(/"\$":"var\.(\w+)"/g)].map(([, name]) => name));
    assert.deepEqual([...wanted].sort(), [...(resources[0]?.asked ?? [])].sort());
    for (const { name, text } of setup.files) {
      assert.match(name, /^[a-z]+\.tf$/);
      assert.deepEqual(layoutProblems(text), [], name);
    }
  });
});

test('terraform fmt changes nothing, where it is there', (context) => {
  const program = ['terraform', 'tofu'].find((name) => spawnSync(name, ['version']).status === 0);
  if (program === undefined) return context.skip('neither terraform nor tofu is there');
  const home = folder('fmt');
  const texts = ['terraform', 'terraform-jsonencode'].flatMap(exportsAs).map(({ text }) => text);
  texts.push(...setupsAs('terraform').flatMap(({ setup }) => setup.files.map(({ text }) => text)));
  texts.forEach((text, i) => writeFileSync(join(home, `${i}.tf`), text));
  const { stdout, stderr, status } = spawnSync(program, ['fmt', '-check', '-diff', home], { encoding: 'utf8' });
  assert.equal(status, 0, (stdout + stderr).slice(0, 3000));
});
