// The table of templates against the CDK, which is made from CloudFormation's own specification.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../../scripts/env.mjs';
import { OF_TEMPLATE, TEMPLATE } from './bundle.mjs';

test('each resource type and property of the table exists', () => {
  const library = join(ROOT, 'node_modules/aws-cdk-lib');
  const declarations = readdirSync(library).flatMap((name) => {
    const path = join(library, name, 'lib', `${name.replace('aws-', '')}.generated.d.ts`);
    try {
      return [readFileSync(path, 'utf8')];
    } catch {
      return [];
    }
  }).join('\n');
  const wrong = [];
  const ofGrants = Object.entries(OF_TEMPLATE).map(([type, grants]) => [type, grants.flatMap(({ by = [] }) => by).map((path) => [path])]);
  for (const [type, places] of [...Object.entries(TEMPLATE), ...ofGrants]) {
    const [, service, resource] = type.split('::');
    const link = new RegExp(`aws-resource-${service}-${resource}\\.html`, 'i');
    const samLink = new RegExp(`interface Cfn${resource}Props`);
    if (!(service === 'Serverless' ? samLink : link).test(declarations)) wrong.push(`${type} is no resource type.`);
    for (const [path] of places) {
      const property = path.split('[')[0].split('.')[0].toLowerCase();
      const known = service === 'Serverless' ? new RegExp(`readonly ${property}\\?*:`, 'i')
        : new RegExp(`aws-resource-${service}-${resource}\\.html#[\\w-]*-${property}\\b`, 'i');
      if (!known.test(declarations)) wrong.push(`${type} has no property ${path}.`);
    }
  }
  assert.deepEqual(wrong, []);
});
