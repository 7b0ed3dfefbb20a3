// The classes of @pulumi/aws 7 that the exports use, with the properties that they are given. The package takes 100 MB and
// 220 packages; against it the exports were compiled once, with version 7.48.0.
export interface Output { readonly isOutput: true }
type Text = string | Output;

declare class Resource {
  readonly id: Output;
  readonly arn: Output;
}
export namespace iam {
  class RolePolicy extends Resource { constructor(name: string, args: { role: Text; name?: Text; policy: Text }); }
  class UserPolicy extends Resource { constructor(name: string, args: { user: Text; name?: Text; policy: Text }); }
  class GroupPolicy extends Resource { constructor(name: string, args: { group: Text; name?: Text; policy: Text }); }
  class Policy extends Resource { constructor(name: string, args: { name?: Text; policy: Text }); }
  class Role extends Resource { constructor(name: string, args: { name?: Text; assumeRolePolicy: Text }); }
  class InstanceProfile extends Resource { constructor(name: string, args: { name?: Text; role?: Text }); }
  class RolePolicyAttachment extends Resource { constructor(name: string, args: { role: Text; policyArn: Text }); }
  class UserPolicyAttachment extends Resource { constructor(name: string, args: { user: Text; policyArn: Text }); }
  class GroupPolicyAttachment extends Resource { constructor(name: string, args: { group: Text; policyArn: Text }); }
}
export namespace kms {
  class KeyPolicy extends Resource { constructor(name: string, args: { keyId: Text; policy: Text }); }
}
export namespace s3 {
  class BucketPolicy extends Resource { constructor(name: string, args: { bucket: Text; policy: Text }); }
}
export namespace ec2 {
  class VpcEndpointPolicy extends Resource { constructor(name: string, args: { vpcEndpointId: Text; policy?: Text }); }
}
export namespace ssm {
  class Document extends Resource {
    constructor(name: string, args: { name?: Text; documentType: Text; documentFormat?: Text; content: Text });
  }
}
export namespace organizations {
  class Policy extends Resource { constructor(name: string, args: { name?: Text; type?: Text; content: Text }); }
  class PolicyAttachment extends Resource { constructor(name: string, args: { policyId: Text; targetId: Text }); }
}
/** `@pulumi/pulumi`. */
export class Config {
  require(name: string): string;
  requireObject<T>(name: string): T;
}
