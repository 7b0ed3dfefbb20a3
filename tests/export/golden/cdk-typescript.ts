// An inline policy of a role that exists.
// To make it, run: cdk deploy SessionManagerStack
// A stack loses what is not in its newest file: give each file a stack of its own, by another name.
// To undo it, run: cdk destroy SessionManagerStack

import { Stack, StackProps, aws_iam as iam } from "aws-cdk-lib";
import { Construct } from "constructs";

export class SessionManagerStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new iam.CfnRolePolicy(this, "SessionManagerPermissions", {
      roleName: "WebServer",
      policyName: "SessionManagerPermissions",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: [
              "ssmmessages:CreateControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:OpenDataChannel",
            ],
            Resource: "*",
          },
          {
            Effect: "Allow",
            Action: [
              "s3:GetEncryptionConfiguration",
            ],
            Resource: "*",
          },
          {
            Effect: "Allow",
            Action: [
              "kms:Decrypt",
            ],
            Resource: "key-name",
          },
        ],
      },
    });
  }
}
