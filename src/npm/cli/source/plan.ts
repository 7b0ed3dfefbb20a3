// Policies in what `terraform show -json` prints of a plan or a state, and in a state file.
import { type Seen, policiesOf } from './found.js';
import { placesOf } from './terraform-table.js';
import { BLOCKS } from './terraform.js';
import { type Value, get, itemsOf, known, valuesAt } from './value.js';

export function policiesInPlan(root: Value): Seen[] {
  const seen = new Set<string>();
  const found: Seen[] = [];
  const look = (resource: Value, values: Value | undefined) => {
    const type = known(get(resource, 'type')) ?? '';
    const address = known(get(resource, 'address')) ?? `${type}.${known(get(resource, 'name'))}`;
    if (values === undefined || known(get(resource, 'mode')) === 'data' || seen.has(address)) return;
    seen.add(address);
    for (const { path, ...about } of placesOf(type, values)) {
      for (const [value, name] of valuesAt(values, path, address, BLOCKS)) found.push(...policiesOf(value, { ...about, name }, null));
    }
  };
  for (const module of modulesOf(get(get(root, 'planned_values') ?? get(root, 'values'), 'root_module'))) {
    for (const resource of itemsOf(get(module, 'resources'))) look(resource, get(resource, 'values'));
  }
  // What the planned values leave out; what is destroyed has no value after.
  for (const resource of itemsOf(get(root, 'resource_changes'))) look(resource, get(get(resource, 'change'), 'after'));
  for (const resource of itemsOf(get(root, 'resources'))) {
    const instances = itemsOf(get(resource, 'instances'));
    const name = `${known(get(resource, 'type'))}.${known(get(resource, 'name'))}`;
    const module = known(get(resource, 'module'));
    instances.forEach((instance, index) => {
      const values = get(instance, 'attributes');
      if (values === undefined || known(get(resource, 'mode')) === 'data') return;
      const at = `${module === null ? '' : `${module}.`}${name}${instances.length > 1 ? `[${index}]` : ''}`;
      for (const { path, ...about } of placesOf(known(get(resource, 'type')) ?? '', values)) {
        for (const [value, where] of valuesAt(values, path, at, BLOCKS)) found.push(...policiesOf(value, { ...about, name: where }, null));
      }
    });
  }
  return found;
}

/** A module and all below it. */
function modulesOf(root: Value | undefined): Value[] {
  const modules: Value[] = root === undefined ? [] : [root];
  for (let index = 0; index < modules.length; index += 1) modules.push(...itemsOf(get(modules[index], 'child_modules')));
  return modules;
}

