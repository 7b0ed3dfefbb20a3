// postern minimize: the smallest policy found that allows and denies exactly the same.
import { minimizePolicy } from 'postern';
import { onlyWord, parse } from './args.js';
import { put, textOf } from './build/output.js';
import { ACCESS_TYPES } from '../access-types.js';
import { policyTypeNamed } from './check/command.js';
import { Failure, ofFile } from './failure.js';
import { onlyPolicy } from './only-policy.js';
import { say } from './terminal.js';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse('minimize', args, { 'policy-type': { type: 'string' }, wildcards: { type: 'boolean' }, output: { type: 'string' }, force: { type: 'boolean' } });
  const type = policyTypeNamed(values['policy-type']);
  if (type === 'rcp') throw new Failure('A resource control policy cannot be made smaller yet: beside it stands one of AWS that allows everything.');
  const file = onlyWord('minimize', positionals, 'one file, or - for standard input');
  const text = await onlyPolicy(file, await textOf(file));
  const { json, characters, charactersBefore, assumptions } = ofFile(file, () => minimizePolicy(text, { policyType: type === null ? undefined : ACCESS_TYPES[type], wildcards: values.wildcards }));
  await put(json, values.output, values.force);
  say(`${charactersBefore} characters before, ${characters} now.`);
  assumptions.forEach(say);
  return 0;
}
