// The forms against the package: each option of the builders can be set on the page, and the page sets no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlsOf, optionsOf, startOf, type Control, type Entered, type Form, type Value } from '../../www/controls.js';
import { NODE } from '../../www/controls/node.js';
import { OPERATOR } from '../../www/controls/operator.js';
import { RELATED } from '../../www/controls/related.js';
import { expect, test } from './page.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
}

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../../dist/options.schema.json'), 'utf8')) as { $defs: Record<string, Schema> };

const FORMS: [name: string, form: Form][] = [
  ['NodeOptions', NODE],
  ['OperatorOptions', OPERATOR],
  ...RELATED.map(({ kind, form }): [string, Form] => [`${pascal(kind)}Options`, form]),
];

function pascal(kind: string): string {
  return kind.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The schema behind a reference. */
const resolved = (schema: Schema): Schema => (schema.$ref === undefined ? schema : SCHEMA.$defs[schema.$ref.split('/').pop()!]!);

/** Every option by its path; the name of a tag or parameter is `*`. */
function optionsIn(schema: Schema, path = ''): [path: string, schema: Schema][] {
  const { properties, additionalProperties } = resolved(schema);
  const inner: [string, Schema][] = Object.entries(properties ?? {}).map(([name, one]) => [path === '' ? name : `${path}.${name}`, one]);
  if (typeof additionalProperties === 'object') inner.push([`${path}.*`, additionalProperties]);
  return inner.flatMap(([name, one]): [string, Schema][] => {
    const deeper = optionsIn(one, name);
    return deeper.length > 0 ? deeper : [[name, resolved(one)]];
  });
}

/** Values that a person can bring about in a control. */
function samples(control: Control): Value[] {
  switch (control.kind) {
    case 'tick': case 'object': return [true, false];
    case 'choice': case 'radio': return control.choices.map(([value]) => value);
    case 'ticks': return control.choices.map(([value]) => [value]);
    case 'yes or no': case 'yes, no or parameter': return ['yes', 'no'];
    case 'number': return ['7'];
    case 'text': case 'area': case 'list': case 'lines': return ['example'];
    case 'tags': return [[{ key: 'NAME', value: 'example' }]];
    case 'parameters': return [[{
      name: 'NAME', type: 'StringList', description: 'a', default: 'a', allowedPattern: 'a', allowedValues: 'a', minChars: '1', maxChars: '2',
    }]];
  }
}

/** The paths in an options object, as `optionsIn` has them. */
function pathsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => {
    const step = name === 'NAME' ? '*' : name;
    return pathsIn(inner, path === '' ? step : `${path}.${step}`);
  });
}

/** What the form makes of each control's values, with the ticks above it, under each choice of each question. */
function* states(form: Form): Generator<Record<string, unknown>> {
  const controls = controlsOf(form);
  const scenes: Entered[] = [{}, ...controls.filter(({ kind }) => kind === 'radio' || kind === 'choice')
    .flatMap((control) => samples(control).map((value) => ({ [control.path]: value })))];
  for (const control of controls) {
    const above: Record<string, Value> = {};
    for (let up = control.under; up !== undefined; up = controls.find(({ path }) => path === up)?.under) above[up] = true;
    for (const scene of scenes) {
      for (const value of samples(control)) yield optionsOf(form, { ...scene, ...above, [control.path]: value });
    }
  }
}

test('every option of every builder has a control, and every control an option', () => {
  const problems: string[] = [];
  for (const [name, form] of FORMS) {
    const options = optionsIn(SCHEMA.$defs[name]!);
    expect(options.length, name).toBeGreaterThan(0);
    const set = new Set([...states(form)].flatMap((one) => pathsIn(one)));
    for (const [path] of options) {
      if (!set.has(path)) problems.push(`${name}: no control sets ${path}`);
    }
    // An object that is ticked and empty is an option as well.
    const known = options.flatMap(([path]) => path.split('.').map((_, i, steps) => steps.slice(0, i + 1).join('.')));
    for (const path of set) {
      if (!known.includes(path)) problems.push(`${name}: a control sets ${path}, which is no option`);
    }
  }
  expect(problems).toEqual([]);
});

test('of words to choose from every one is offered, and no other', () => {
  const problems: string[] = [];
  for (const [name, form] of FORMS) {
    const all = [...states(form)];
    for (const [path, schema] of optionsIn(SCHEMA.$defs[name]!)) {
      const wanted = [schema, ...schema.anyOf ?? []].map(resolved).find((part) => part.enum !== undefined)?.enum;
      if (wanted === undefined || path.includes('*')) continue;
      const offered = new Set(all.flatMap((options) => {
        const value = path.split('.').reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], options);
        return value === undefined ? [] : [value].flat();
      }));
      // What the engine takes by itself need not be said, only be what the control begins with.
      const control = controlsOf(form).find((one) => one.path === path)!;
      if (control.kind === 'ticks') for (const one of startOf(control) as string[]) offered.add(one);
      if ([...offered].sort().join() !== [...wanted].sort().join()) {
        problems.push(`${name}: ${path} offers ${[...offered].join(', ')}; the option takes ${wanted.join(', ')}`);
      }
    }
  }
  expect(problems).toEqual([]);
});

test('labels tell the fields of a form apart', () => {
  const problems: string[] = [];
  for (const [name, form] of FORMS) {
    const labels = controlsOf(form).map(({ label, path }) => `${label}${path.startsWith('deny.') ? ' (refused)' : ''}`);
    for (const label of new Set(labels)) {
      if (labels.filter((one) => one === label).length > 1) problems.push(`${name}: ${label} stands twice`);
    }
    const names = controlsOf(form).map(({ short, path }) => short ?? path);
    for (const one of new Set(names)) {
      if (names.filter((other) => other === one).length > 1) problems.push(`${name}: ${one} stands twice in an address`);
    }
    for (const control of controlsOf(form)) {
      if ('choices' in control && control.kind !== 'ticks' && !control.choices.some(([value]) => value === startOf(control))) {
        problems.push(`${name}: ${control.path} does not offer what it begins with`);
      }
    }
  }
  expect(problems).toEqual([]);
});
