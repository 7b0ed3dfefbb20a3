// The resources of Terraform's provider awscc: those of CloudFormation, by their names in small letters. Source: the code that
// makes its resources of their schemas, internal/naming of hashicorp/terraform-provider-awscc, read 2026-11.

/** `AWS::IAM::ManagedPolicy` as `awscc_iam_managed_policy`. */
export function controlled(type: string): string {
  const [, service = '', resource = ''] = type.split('::');
  return `awscc_${service.toLowerCase()}_${inSmall(resource)}`;
}

/** A property, or a path of such, as its attribute. */
export const inSmall = (path: string): string => path.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2').toLowerCase();

/** A table by types of CloudFormation as that of the resources of the provider. */
export const ofControlled = <T, S>(table: Readonly<Record<string, T>>, of: (one: T) => S): Record<string, S> => (
  Object.fromEntries(Object.entries(table).filter(([type]) => !type.startsWith('AWS::Serverless::')).map(([type, one]) => [controlled(type), of(one)]))
);
