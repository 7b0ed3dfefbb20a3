// What CloudFormation, SAM and the Serverless Framework attach. Sources: Template Reference, SAM's specification and the
// framework's documentation of `provider.iam`, read 2026-11.
import { type Attached, type Made, byPath, chosen, extent, itemsIn, policyNamed, spelled } from './attached.js';
import { resourcesOf } from './cloudformation.js';
import { resolved } from './intrinsics.js';
import { type Value, entriesOf, get, itemsOf, known } from './value.js';

/** `arns` alone, in SAM also names of policies of AWS beside documents, or names of policies of the account. */
type Form = 'arns' | 'sam' | 'names';

const ARNS: [string, Form][] = [['ManagedPolicyArns', 'arns']];
const SAM: [string, Form][] = [['Policies', 'sam']];

const ATTACHING: Record<string, [property: string, form: Form][]> = {
  'AWS::IAM::Role': ARNS,
  'AWS::IAM::User': ARNS,
  'AWS::IAM::Group': ARNS,
  'AWS::SSO::PermissionSet': [['ManagedPolicies', 'arns'], ['CustomerManagedPolicyReferences', 'names']],
  'AWS::Serverless::Function': SAM,
  'AWS::Serverless::StateMachine': SAM,
};

export function attachedInTemplate(root: Value, prefix = ''): (Attached | Made)[] {
  const seen = new Set<Value>();
  return resourcesOf(get(root, 'Resources')).flatMap(({ key, value }): (Attached | Made)[] => {
    const type = known(get(value, 'Type')) ?? '';
    const properties = get(value, 'Properties');
    const at = `${prefix}Resources.${known(key)}`;
    if (type === 'AWS::IAM::ManagedPolicy') return [{ makes: [at, ...ownName(properties)] }];
    return (Object.hasOwn(ATTACHING, type) ? ATTACHING[type]! : []).flatMap(([property, form]) => {
      const given = get(properties, property);
      return given === undefined ? [] : attachedAt(given, `${at}.${property}`, { form, prefix, seen });
    });
  });
}

/** The policies of `provider.iam.role.managedPolicies`. */
export function attachedInProvider(value: Value, name: string): Attached[] {
  return attachedAt(value, name, { form: 'arns', prefix: 'resources.', seen: new Set() });
}

function ownName(properties: Value | undefined): string[] {
  const path = get(properties, 'Path');
  const [name, folder] = [known(get(properties, 'ManagedPolicyName')), path === undefined ? '/' : known(path)];
  return name === null || folder === null ? [] : [byPath(`${folder}${name}`)];
}

interface Reading {
  form: Form;
  /** Before the names of the template's resources. */
  prefix: string;
  /** Aliases of YAML can make endlessly many values of a few; what is attached twice is attached once. */
  seen: Set<Value>;
}

function attachedAt(value: Value, name: string, about: Reading): Attached[] {
  return itemsIn(value, name).flatMap(([item, at]) => {
    if (about.seen.has(item)) return [];
    about.seen.add(item);
    const [first, second] = entriesOf(item);
    const called = first !== undefined && second === undefined ? known(first.key) : null;
    if (called === 'Fn::If') {
      const cases = itemsOf(first!.value).slice(1);
      return chosen(item, at, cases.map((one) => attachedAt(one, at, about)));
    }
    if (about.form === 'names') return inAccount(item, at);
    if (about.form === 'sam' && get(item, 'Statement') !== undefined) return [];
    if (called === 'Ref' && known(first!.value) === 'AWS::NoValue') return [];
    const made = madeBy(called, first?.value);
    if (made !== null) return [{ ...extent(item), name: at, policy: null, by: [`${about.prefix}Resources.${made}`] }];
    return [{ ...extent(item), name: at, ...policyNamed(spelled(resolved(item)), about.form === 'sam') }];
  });
}

/** What `Ref` and `Fn::GetAtt` of a managed policy name. */
function madeBy(called: string | null, given: Value | undefined): string | null {
  if (called === 'Ref') return known(given);
  if (called !== 'Fn::GetAtt') return null;
  return given?.kind === 'list' ? known(itemsOf(given)[0]) : known(given)?.split('.')[0] ?? null;
}

function inAccount(item: Value, name: string): Attached[] {
  const path = get(item, 'Path');
  const [own, folder] = [known(get(item, 'Name')), path === undefined ? '/' : known(path)];
  const about = { ...extent(item), name };
  if (own === null || folder === null) return [{ ...about, policy: null, by: [] }];
  return [{ ...about, ...policyNamed(`arn:aws:iam:::${byPath(`${folder}${own}`)}`) }];
}
