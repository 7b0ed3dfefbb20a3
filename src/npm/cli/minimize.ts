// postern minimize: the smallest policy that allows exactly the same.
import { compareAccess, minimizePolicy } from 'postern';
import { onlyWord, parse } from './args.js';
import { put, textOf } from './build/output.js';
import { ACCESS_TYPES, EVERYTHING } from './access/types.js';
import { policyTypeNamed } from './check/command.js';
import { Failure } from './failure.js';
import { say } from './terminal.js';

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse('minimize', args, { 'policy-type': { type: 'string' }, output: { type: 'string' }, force: { type: 'boolean' } });
  const type = policyTypeNamed(values['policy-type']);
  if (type === 'rcp') throw new Failure('A resource control policy cannot be made smaller yet: beside it stands one of AWS that allows everything.');
  const text = (await textOf(onlyWord('minimize', positionals, 'one file, or - for standard input'))).replace(/^\ufeff/, '');
  const { json, characters, charactersBefore } = minimizePolicy(text, type === null ? {} : { policyType: ACCESS_TYPES[type] });
  // A Deny that takes nothing from its own policy may take something from others, and has to stay.
  const policyType = type === null ? undefined : ACCESS_TYPES[type];
  const everything = EVERYTHING[policyType ?? (/"(?:Not)?Principal"\s*:/.test(text) ? 'RESOURCE_POLICY' : 'IDENTITY_POLICY')];
  if (compareAccess([text, everything], [json, everything], { policyType }).relation !== 'equal') {
    await put(text, values.output, values.force);
    say(`${charactersBefore} characters, and no smaller policy was found that denies as much beside other policies.`);
    return 0;
  }
  await put(json, values.output, values.force);
  say(`${charactersBefore} characters before, ${characters} now.`);
  return 0;
}
