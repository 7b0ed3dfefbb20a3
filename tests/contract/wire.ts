// What the calls take and give, written by `UPDATE=1 cargo test --test contract`. It must compile.
// Long texts are cut, since only their type matters here.
import type { BuiltPolicy, CatalogInfo, Check, Finding, NodeOptions, PosternError, ValidateOptions } from "postern";

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

export const checkOptions: ValidateOptions[] = [
  {},
  {
    "policyType": "IDENTITY_POLICY"
  },
  {
    "policyType": "RESOURCE_POLICY"
  },
  {
    "policyType": "SERVICE_CONTROL_POLICY"
  },
  {
    "policyType": "RESOURCE_CONTROL_POLICY"
  },
  {
    "identityPolicy": "MANAGED"
  },
  {
    "identityPolicy": "INLINE_USER"
  },
  {
    "identityPolicy": "INLINE_GROUP"
  },
  {
    "identityPolicy": "INLINE_ROLE"
  },
  {
    "policyType": "RESOURCE_POLICY",
    "validatePolicyResourceType": "AWS::S3::Bucket"
  }
];

export const findings: Finding[] = [
  {
    "findingDetails": "The Sid is empty.",
    "findingType": "SUGGESTION",
    "fixes": [
      {
        "applicability": "safe",
        "edits": [
          {
            "end": 70,
            "start": 59,
            "text": ""
          }
        ],
        "title": "Remove the Sid"
      }
    ],
    "help": "Give the statement a name, or leave the Sid out.",
    "issueCode": "EMPTY_SID_VALUE",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-sid-value",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 0
          },
          {
            "value": "Sid"
          }
        ],
        "pointer": "/Statement/0/Sid",
        "span": {
          "end": {
            "column": 18,
            "line": 4,
            "offset": 68
          },
          "start": {
            "column": 16,
            "line": 4,
            "offset": 66
          }
        }
      }
    ]
  },
  {
    "findingDetails": "The Effect allow is neither Allow nor Deny.",
    "findingType": "ERROR",
    "fixes": [
      {
        "applicability": "safe",
        "edits": [
          {
            "end": 87,
            "start": 80,
            "text": "\"Allow\""
          }
        ],
        "title": "Write Allow"
      }
    ],
    "help": "Write Allow or Deny, in this case and without white space.",
    "issueCode": "INVALID_EFFECT",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-effect",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 0
          },
          {
            "value": "Effect"
          }
        ],
        "pointer": "/Statement/0/Effect",
        "span": {
          "end": {
            "column": 37,
            "line": 4,
            "offset": 87
          },
          "start": {
            "column": 30,
            "line": 4,
            "offset": 80
          }
        }
      }
    ]
  },
  {
    "findingDetails": "These 2 entries say no more than ssm:* alone. The longest of them is ssm:StartSesion.",
    "findingType": "SUGGESTION",
    "fixes": [
      {
        "applicability": "safe",
        "edits": [
          {
            "end": 126,
            "start": 107,
            "text": ""
          }
        ],
        "title": "Keep only ssm:* of these"
      }
    ],
    "help": null,
    "issueCode": "REDUNDANT_ACTION",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 0
          },
          {
            "value": "Action"
          },
          {
            "index": 0
          }
        ],
        "pointer": "/Statement/0/Action/0",
        "span": {
          "end": {
            "column": 57,
            "line": 4,
            "offset": 107
          },
          "start": {
            "column": 50,
            "line": 4,
            "offset": 100
          }
        }
      },
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 0
          },
          {
            "value": "Action"
          },
          {
            "index": 1
          }
        ],
        "pointer": "/Statement/0/Action/1",
        "span": {
          "end": {
            "column": 76,
            "line": 4,
            "offset": 126
          },
          "start": {
            "column": 59,
            "line": 4,
            "offset": 109
          }
        }
      }
    ]
  },
  {
    "findingDetails": "ssm:StartSesion is not an action of ssm.",
    "findingType": "ERROR",
    "fixes": [],
    "help": "Did you mean ssm:StartSession?",
    "issueCode": "INVALID_ACTION",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-action",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 0
          },
          {
            "value": "Action"
          },
          {
            "index": 1
          }
        ],
        "pointer": "/Statement/0/Action/1",
        "span": {
          "end": {
            "column": 76,
            "line": 4,
            "offset": 126
          },
          "start": {
            "column": 59,
            "line": 4,
            "offset": 109
          }
        }
      }
    ]
  },
  {
    "findingDetails": "iam:PassRole hands a role to a service. Through the resource * it reaches every role.",
    "findingType": "SECURITY_WARNING",
    "fixes": [],
    "help": "Name the ARNs of the roles in Resource, or say for which service with a condition on iam:PassedToService.",
    "issueCode": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Action"
          },
          {
            "index": 0
          }
        ],
        "pointer": "/Statement/1/Action/0",
        "span": {
          "end": {
            "column": 53,
            "line": 5,
            "offset": 200
          },
          "start": {
            "column": 39,
            "line": 5,
            "offset": 186
          }
        }
      },
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Resource"
          }
        ],
        "pointer": "/Statement/1/Resource",
        "span": {
          "end": {
            "column": 87,
            "line": 5,
            "offset": 234
          },
          "start": {
            "column": 84,
            "line": 5,
            "offset": 231
          }
        }
      }
    ]
  },
  {
    "findingDetails": "iam:PassRole stands 2 times in this list.",
    "findingType": "SUGGESTION",
    "fixes": [
      {
        "applicability": "safe",
        "edits": [
          {
            "end": 216,
            "start": 200,
            "text": ""
          }
        ],
        "title": "Keep only iam:PassRole of these"
      }
    ],
    "help": null,
    "issueCode": "REDUNDANT_ACTION",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Action"
          },
          {
            "index": 0
          }
        ],
        "pointer": "/Statement/1/Action/0",
        "span": {
          "end": {
            "column": 53,
            "line": 5,
            "offset": 200
          },
          "start": {
            "column": 39,
            "line": 5,
            "offset": 186
          }
        }
      },
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Action"
          },
          {
            "index": 1
          }
        ],
        "pointer": "/Statement/1/Action/1",
        "span": {
          "end": {
            "column": 69,
            "line": 5,
            "offset": 216
          },
          "start": {
            "column": 55,
            "line": 5,
            "offset": 202
          }
        }
      }
    ]
  },
  {
    "findingDetails": "iam:PassRole hands a role to a service. Through the resource * it reaches every role.",
    "findingType": "SECURITY_WARNING",
    "fixes": [],
    "help": "Name the ARNs of the roles in Resource, or say for which service with a condition on iam:PassedToService.",
    "issueCode": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Action"
          },
          {
            "index": 1
          }
        ],
        "pointer": "/Statement/1/Action/1",
        "span": {
          "end": {
            "column": 69,
            "line": 5,
            "offset": 216
          },
          "start": {
            "column": 55,
            "line": 5,
            "offset": 202
          }
        }
      },
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Resource"
          }
        ],
        "pointer": "/Statement/1/Resource",
        "span": {
          "end": {
            "column": 87,
            "line": 5,
            "offset": 234
          },
          "start": {
            "column": 84,
            "line": 5,
            "offset": 231
          }
        }
      }
    ]
  },
  {
    "findingDetails": "aws:PrincipalArn holds an ARN, and the wildcards of StringLike run over the colons between its fields.",
    "findingType": "SECURITY_WARNING",
    "fixes": [
      {
        "applicability": "unsafe",
        "edits": [
          {
            "end": 262,
            "start": 250,
            "text": "\"ArnLike\""
          }
        ],
        "title": "Change to ArnLike"
      }
    ],
    "help": "ArnLike compares field by field.",
    "issueCode": "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-stringlike-operator-with-arn-condition-keys",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 1
          },
          {
            "value": "Condition"
          },
          {
            "value": "StringLike"
          },
          {
            "key": "aws:PrincipalArn"
          }
        ],
        "pointer": "/Statement/1/Condition/StringLike/aws:PrincipalArn",
        "span": {
          "end": {
            "column": 136,
            "line": 5,
            "offset": 283
          },
          "start": {
            "column": 118,
            "line": 5,
            "offset": 265
          }
        }
      }
    ]
  },
  {
    "findingDetails": "s3:GetObject works on objects, and arn:aws:s3:::logs matches a bucket only: the statement grants nothing for it.",
    "findingType": "WARNING",
    "fixes": [
      {
        "applicability": "unsafe",
        "edits": [
          {
            "end": 378,
            "start": 359,
            "text": "\"arn:aws:s3:::logs/*\""
          }
        ],
        "title": "Write arn:aws:s3:::logs/*"
      }
    ],
    "help": "Name arn:aws:s3:::logs/* as a resource.",
    "issueCode": "POSTERN_OBJECT_ACTION_ON_BUCKET",
    "learnMoreLink": "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 2
          },
          {
            "value": "Action"
          }
        ],
        "pointer": "/Statement/2/Action",
        "span": {
          "end": {
            "column": 52,
            "line": 6,
            "offset": 345
          },
          "start": {
            "column": 38,
            "line": 6,
            "offset": 331
          }
        }
      },
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 2
          },
          {
            "value": "Resource"
          }
        ],
        "pointer": "/Statement/2/Resource",
        "span": {
          "end": {
            "column": 85,
            "line": 6,
            "offset": 378
          },
          "start": {
            "column": 66,
            "line": 6,
            "offset": 359
          }
        }
      }
    ]
  },
  {
    "findingDetails": "aws:PrincipalTag/A has one value at most, and ForAllValues is true when the request has none.",
    "findingType": "SECURITY_WARNING",
    "fixes": [
      {
        "applicability": "unsafe",
        "edits": [
          {
            "end": 421,
            "start": 394,
            "text": "\"StringEquals\""
          }
        ],
        "title": "Change to StringEquals"
      }
    ],
    "help": "Write StringEquals without the qualifier.",
    "issueCode": "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-forallvalues-with-single-valued-key",
    "locations": [
      {
        "path": [
          {
            "value": "Statement"
          },
          {
            "index": 2
          },
          {
            "value": "Condition"
          },
          {
            "value": "ForAllValues:StringEquals"
          },
          {
            "key": "aws:PrincipalTag/A"
          }
        ],
        "pointer": "/Statement/2/Condition/ForAllValues:StringEquals/aws:PrincipalTag~1A",
        "span": {
          "end": {
            "column": 151,
            "line": 6,
            "offset": 444
          },
          "start": {
            "column": 131,
            "line": 6,
            "offset": 424
          }
        }
      }
    ]
  }
];

export const checks: Check[] = [
  {
    "example": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"ssm:DescribeSessions\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/Env\": \"dev\"}}}}",
    "findingType": "SUGGESTION",
    "issueCode": "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-notaction-with-unsupported-tag-condition-key-for-service",
    "policyTypes": [
      "IDENTITY_POLICY"
    ],
    "title": "Allow NotAction with unsupported tag condition key for service",
    "why": "A request without the tag does not match. NotAction takes in actions whose requests never have it, and these stay forbidden."
  },
  {
    "example": "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"NotPrincipal\": {\"AWS\": \"arn:aws:iam::111122223333:user/eve\"},\n    \"Action\": \"s3:GetObject\",\n    \"Resource\": \"arn:aws:s3:::data/*\"\n  }\n}",
    "findingType": "SECURITY_WARNING",
    "issueCode": "ALLOW_WITH_NOT_PRINCIPAL",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-allow-with-notprincipal",
    "policyTypes": [
      "RESOURCE_POLICY"
    ],
    "title": "Allow with NotPrincipal",
    "why": "An allowance for everybody but a few reaches all of AWS and callers without any identity."
  },
  {
    "example": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ssm:DescribeSessions\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/Env\": \"dev\"}}}}",
    "findingType": "SUGGESTION",
    "issueCode": "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    "learnMoreLink": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-with-unsupported-tag-condition-key-for-service",
    "policyTypes": [
      "IDENTITY_POLICY"
    ],
    "title": "Allow with unsupported tag condition key for service",
    "why": "A request for such an action never has the tag, so the statement never allows it."
  }
];

export const catalog: CatalogInfo = {
  "actions": 22091,
  "date": "2026-09-26",
  "services": 456
};
