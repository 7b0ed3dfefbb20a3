// What the calls take and give, written by `UPDATE=1 cargo test --test contract`. It must compile.
// Long texts are cut, since only their type matters here.
import type { BuiltPolicy, NodeOptions, PosternError } from "postern";

type Refusal = Pick<PosternError, "code" | "message" | "path">;

export const nodeOptions: NodeOptions[] = [
  {},
  {
    "accountId": "444455556666",
    "bucketEncryptionCheck": false,
    "heartbeat": true,
    "partition": "aws",
    "policyName": "SessionManagerPermissions",
    "region": "us-east-1",
    "sessionEncryption": {
      "kmsKeyArn": [
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:us-east-1:111122223333:key/*",
        "key-name"
      ]
    }
  },
  {
    "region": "eu-new-9"
  },
  {
    "sessionEncryption": {
      "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  },
  {
    "sessionEncryption": {
      "kmsKeyArn": "arn:aws:kms:*:*:key/****************************************..."
    }
  },
  {
    "partition": "aws"
  },
  {
    "partition": "aws-cn"
  },
  {
    "partition": "aws-us-gov"
  },
  {
    "partition": "aws-eusc"
  },
  {
    "partition": "aws-iso"
  },
  {
    "partition": "aws-iso-b"
  },
  {
    "partition": "aws-iso-e"
  },
  {
    "partition": "aws-iso-f"
  }
];

export const nodePolicies: BuiltPolicy[] = [
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 434,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:UpdateInstanceInformation\",\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"kms:Decrypt\"\n            ],\n            \"Resource\": [\n                \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\",\n                \"arn:aws:kms:us-east-1:111122223333:key/*\",\n                \"key-name\"\n            ]\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, KMS decryption of session data, the agent heartbeat. Not allowed: checking the encryption of the log bucket, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "KMS_KEY_OTHER_ACCOUNT",
        "message": "The key belongs to account 111122223333. Its key policy must allow kms:Decrypt to this role as well."
      },
      {
        "code": "KMS_KEY_PATTERN",
        "message": "The role may decrypt with every key that matches arn:aws:kms:us-east-1:111122223333:key/*."
      },
      {
        "code": "KMS_KEY_OTHER_ACCOUNT",
        "message": "The key belongs to account 111122223333. Its key policy must allow kms:Decrypt to this role as well."
      },
      {
        "code": "KEY_NAME_PLACEHOLDER",
        "message": "Replace key-name before you use this: IAM takes only the ARN of your KMS key there."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "kms:Decrypt"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms:us-east-1:111122223333:key/*",
            "key-name"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      },
      {
        "code": "REGION_NOT_LISTED",
        "message": "The Region eu-new-9 is not among the Regions known here. It may be new; check its spelling."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 423,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"kms:Decrypt\"\n            ],\n            \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, KMS decryption of session data, checking the encryption of the log bucket. Not allowed: the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "kms:Decrypt"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 10608,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, KMS decryption of session data, checking the encryption of the log bucket. Not allowed: the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      },
      {
        "code": "KMS_KEY_PATTERN",
        "message": "The role may decrypt with every key that matches arn:aws:kms..."
      },
      {
        "code": "OVER_QUOTA",
        "message": "The policy has 10608 characters, and IAM takes 10240 in all inline policies of a role together. Name fewer keys, or use a pattern such as key/*."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "kms:Decrypt"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:kms:*:*:key/****************************************..."
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 290,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3 or CloudWatch Logs."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "s3:GetEncryptionConfiguration"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  }
];

export const refusals: Refusal[] = [
  {
    "code": "INVALID_ARGUMENT",
    "message": "options.heartbeat must be true or false, not the string \"yes\".",
    "path": "options.heartbeat"
  },
  {
    "code": "ACCOUNT_ID_MALFORMED",
    "message": "\"1111-2222-3333\" is not an account ID. An account ID has twelve digits and no hyphens, such as 111122223333.",
    "path": "options.accountId"
  },
  {
    "code": "PARTITION_UNKNOWN",
    "message": "\"amazon\" is not a partition. The partitions are aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b, aws-iso-e and aws-iso-f.",
    "path": "options.partition"
  },
  {
    "code": "POLICY_NAME_CHARACTER",
    "message": "The policy name contains a space. IAM takes letters and digits without accents, and _ + = , . @ -",
    "path": "options.policyName"
  },
  {
    "code": "POLICY_NAME_LENGTH",
    "message": "The policy name is empty. A usual one is SessionManagerPermissions.",
    "path": "options.policyName"
  },
  {
    "code": "REGION_MALFORMED",
    "message": "\"us-east-1a\" is not a Region. A Region looks like us-east-1.",
    "path": "options.region"
  },
  {
    "code": "REGION_OTHER_PARTITION",
    "message": "The Region us-east-1 is in the partition aws, not in aws-cn.",
    "path": "options.region"
  },
  {
    "code": "KMS_KEY_MISSING",
    "message": "The list of KMS keys is empty. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_NOT_AN_ARN",
    "message": "\"my key\" is not an ARN. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_ID_WITHOUT_ARN",
    "message": "This is a key ID alone, and IAM takes only ARNs as a resource. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_ALIAS_NAME",
    "message": "This is the name of an alias, and IAM takes only ARNs as a resource. Look up the key behind the alias and give its ARN. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_AWS_MANAGED_ALIAS",
    "message": "This alias belongs to a key that AWS manages, and sessions cannot use such a key. Create a customer managed key and give its ARN. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_ALIAS_ARN",
    "message": "This is an alias ARN. IAM accepts it as a resource, but it grants nothing: KMS checks kms:Decrypt against the ARN of the key behind the alias. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_OTHER_SERVICE",
    "message": "This is an ARN of the service \"s3\", not of kms. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_PLACEHOLDER",
    "message": "EXAMPLE stands in AWS's documentation for a real value. Give the ARN of your own key. A key ARN looks like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_ARN_MALFORMED",
    "message": "The ARN has \"my-key\" where the key ID belongs. A key ID looks like 1234abcd-12ab-34cd-56ef-1234567890ab, or mrk- and 32 digits, in lower case.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_OTHER_PARTITION",
    "message": "The key is in the partition aws, the nodes are in aws-cn. A key serves its own partition only.",
    "path": "options.sessionEncryption.kmsKeyArn"
  },
  {
    "code": "KMS_KEY_OTHER_REGION",
    "message": "The key is in the Region us-east-1, the nodes are in us-east-2. Sessions use a key of the nodes' Region; for a multi-Region key name its replica there, or write * for the Region.",
    "path": "options.sessionEncryption.kmsKeyArn"
  }
];
