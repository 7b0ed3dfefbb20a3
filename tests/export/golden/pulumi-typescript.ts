// An inline policy of a role that exists.
// To make it, run: pulumi up
// To undo it, remove these lines and run: pulumi up

import * as aws from "@pulumi/aws";

new aws.iam.RolePolicy("session-manager-permissions", {
  role: "WebServer",
  name: "SessionManagerPermissions",
  policy: JSON.stringify({
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
  }),
});
