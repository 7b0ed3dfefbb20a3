// What the AWS CLI prints of roles, in the shapes that people save: whole account details, the one role or the list that
// --query takes out of them, as JSON or as YAML.

/** What belongs before and after a text so that it is account details: nothing for one that is; null for other texts. */
export function aroundDetails(head: string): [before: string, after: string] | null {
  if (WHOLE.test(head)) return ['', ''];
  const [, isList] = PART.exec(head) ?? [];
  if (isList === undefined || !/"(?:(?:Role|User|Group)PolicyList|AttachedManagedPolicies)"\s*:/.test(head)) return null;
  const [, kind] = /"(Role|User|Group)(?:Name|Id|PolicyList)"\s*:/.exec(head) ?? [];
  if (kind === undefined) return null;
  return isList === '' ? [`{"${kind}DetailList":[`, ']}'] : [`{"${kind}DetailList":`, '}'];
}

/** So much of a text tells its shape: the policies of a role stand behind its trust policy. */
export const HEAD = 2 ** 16;

/** The lists that the API's answer has, of which one comes first. */
const WHOLE = /^\ufeff?\s*\{\s*"(?:UserDetailList|GroupDetailList|RoleDetailList|Policies|IsTruncated|Marker)"/;
const PART = /^\ufeff?\s*(\[?)\s*\{\s*"(?:Path|(?:Role|User|Group)(?:Name|Id|PolicyList)|Arn|CreateDate|AssumeRolePolicyDocument|InstanceProfileList|GroupList|AttachedManagedPolicies|PermissionsBoundary|Tags|RoleLastUsed)"/;

/** The text itself, where it is one of these shapes whole. */
export function asDetails(text: string): string {
  const around = aroundDetails(text);
  return around === null || around[0] === '' ? text : `${around[0]}${text.replace(/^\ufeff/, '')}${around[1]}`;
}

/** Whether a text is what `--output yaml` prints of policies and roles: no template and no policy has these keys. */
export const isYamlOfAws = (head: string): boolean => (
  !/^\ufeff?\s*[{["]/.test(head) && /^(?:- |  )?(?:(?:Role|User|Group)(?:DetailList|PolicyList)|AttachedManagedPolicies|AttachedPolicies|PolicyDocument|PolicyVersion|AssumeRolePolicyDocument)\s*:/m.test(head)
  && !/^(?:Resources|Statement|provider|service)\s*:/m.test(head)
);

/** The same as JSON. */
export async function jsonOfYaml(text: string): Promise<string> {
  const { plainOfYaml } = await import('../source/yaml.js');
  return JSON.stringify(plainOfYaml(text));
}

/** Whether an answer of AWS says that more of its list is in others; null for a text that is none. */
export function goesOn(text: string): boolean | null {
  if (!/"(?:IsTruncated|NextToken|Marker)"\s*:/.test(text)) return null;
  try {
    const answer = JSON.parse(text.replace(/^\ufeff/, '')) as Partial<Record<'IsTruncated' | 'NextToken' | 'Marker', unknown>> | null;
    if (typeof answer !== 'object' || answer === null || !['IsTruncated', 'NextToken', 'Marker'].some((key) => Object.hasOwn(answer, key))) return null;
    return isMore('IsTruncated', answer.IsTruncated) || isMore('NextToken', answer.NextToken) || isMore('Marker', answer.Marker);
  } catch {
    return null;
  }
}

export const isMore = (key: string, value: unknown): boolean => (key === 'IsTruncated' ? value === true : typeof value === 'string' && value !== '');

export const unfinished = (name: string): string => (
  `${name} is one page of a list that goes on (IsTruncated, Marker or NextToken): roles or policies may be missing. Let the AWS CLI print all of it, without --no-paginate and --max-items.`
);
