// What modules of the Terraform Registry make of their arguments, as far as `role` has to know it.
import { type Entry, type Value, entriesOf, get, isNothing, known } from './value.js';

/** What is documented of a module that makes a role. */
interface Documented {
  /** The argument whose policies it attaches to the role. */
  attaches: string;
  /** The arguments without which it makes none. */
  needs: string[];
  /** The argument that says how many of the policies are attached. */
  most?: string;
  /** The arguments that put together a policy of the role's own, which may deny something. */
  inline?: RegExp;
  /** Without which they do not, where it hangs on one. */
  inlineBy?: string;
}

/**
 * Sources, all of github.com/terraform-aws-modules: main.tf and variables.tf of terraform-aws-ec2-instance (007d61b, of
 * version 5) and terraform-aws-autoscaling (02251e3, of version 7), where a role comes with `create_iam_instance_profile`,
 * which is false unless it is given; modules/iam-role of terraform-aws-iam (0190c4a, of version 6); modules/iam-assumable-role
 * of the same (0225232, of version 5, which is the last that has it), and its changelog for the inline policies since 5.40. Read 2026-11.
 */
const DOCUMENTED: Record<string, Documented> = {
  'terraform-aws-modules/ec2-instance/aws': { attaches: 'iam_role_policies', needs: ['create_iam_instance_profile'] },
  'terraform-aws-modules/autoscaling/aws': { attaches: 'iam_role_policies', needs: ['create_iam_instance_profile'] },
  'terraform-aws-modules/iam/aws//modules/iam-role': { attaches: 'policies', needs: [], inline: /^(?:inline_policy_permissions|(?:source|override)_inline_policy_documents)$/, inlineBy: 'create_inline_policy' },
  'terraform-aws-modules/iam/aws//modules/iam-assumable-role': { attaches: 'custom_role_policy_arns', needs: ['create_role'], most: 'number_of_custom_role_policy_arns', inline: /^inline_/ },
};

const documentedOf = (source: string): Documented | null => (Object.hasOwn(DOCUMENTED, source) ? DOCUMENTED[source]! : null);

const isJson = (value: Value | undefined, json: string): boolean => value?.kind === 'plain' && value.json === json;

/** The argument of a module whose policies it attaches in any case. */
export function attachingArgument(source: string, body: Value): string | null {
  const { attaches, needs, most } = documentedOf(source) ?? { attaches: null, needs: [] };
  const isTrue = (name: string): boolean => isJson(get(body, name), 'true');
  const isMade = needs.every(isTrue) && (get(body, 'create') === undefined || isTrue('create'));
  return isMade && (most === undefined || get(body, most) === undefined || isJson(get(body, most), 'null')) ? attaches : null;
}

/** The arguments of which a module makes a policy of its role that is not read here. */
export function inlineIn(source: string, body: Value): Entry[] {
  const { inline, inlineBy } = documentedOf(source) ?? {};
  const isOff = inlineBy !== undefined && (get(body, inlineBy) === undefined || isJson(get(body, inlineBy), 'false'));
  return inline === undefined || isOff ? [] : entriesOf(body).filter(({ key, value }) => inline.test(known(key) ?? '') && !isEmpty(value));
}

const isEmpty = (value: Value): boolean => isNothing(value) || (value.kind === 'list' && value.items.length === 0) || (value.kind === 'map' && value.entries.length === 0);
