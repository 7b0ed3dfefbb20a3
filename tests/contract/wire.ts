// What the calls take and give, written by `UPDATE=1 cargo test contract::`. It must compile.
// Long texts are cut, since only their type matters here.
import type {
  BuiltDocument,
  BuiltPolicy,
  CapabilityName,
  CatalogInfo,
  Check,
  Decision,
  Diagnosis,
  EvaluationInput,
  EvaluationsInput,
  Explanation,
  Finding,
  ManagedPolicy,
  RoleInput,
  PosternError,
  ValidateOptions,
  NodeOptions,
  OperatorOptions,
  SessionKeyPolicyOptions,
  LogBucketKeyPolicyOptions,
  LogGroupKeyPolicyOptions,
  BucketPolicyOptions,
  EndpointPolicyOptions,
  EndpointsOptions,
  TrustPolicyOptions,
  PreferencesDocumentOptions,
  SessionDocumentOptions,
  HostManagementGuardOptions,
} from "postern";

type Refusal = Pick<PosternError, "code" | "message" | "path">;

export const nodeOptions: NodeOptions[] = [
  {},
  {
    "accountId": "444455556666",
    "agentBuckets": "all",
    "bucketEncryptionCheck": false,
    "channel": true,
    "cloudWatchLogs": {
      "encryptionCheck": true,
      "logGroup": "/example/session-logs",
      "streaming": true
    },
    "documentParameters": [
      "/example/user"
    ],
    "heartbeat": true,
    "instanceIds": [
      "i-0123456789abcdef0",
      "mi-0123456789abcdef0"
    ],
    "kinds": [
      "ec2",
      "hybrid"
    ],
    "legacyChannel": true,
    "partition": "aws",
    "policyName": "SessionManagerPermissions",
    "region": "us-east-1",
    "runCommand": true,
    "s3Logs": {
      "bucket": "example.session.logs",
      "kmsKeyArn": "*",
      "otherAccount": true,
      "prefix": "prod",
      "upload": true
    },
    "scope": "least-privilege",
    "sessionEncryption": {
      "encryptionContext": true,
      "kmsKeyArn": [
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "key-name"
      ]
    },
    "sids": false,
    "stateManager": true
  },
  {
    "cloudWatchLogs": {},
    "runCommand": true
  },
  {
    "channel": false,
    "cloudWatchLogs": {},
    "heartbeat": true,
    "kinds": "ecs"
  },
  {
    "region": "eu-new-9"
  },
  {
    "sessionEncryption": {
      "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/*"
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

export const operatorOptions: OperatorOptions[] = [
  {},
  {
    "accountId": "111122223333",
    "administrator": false,
    "clients": [
      "cli",
      "session-manager-console",
      "ec2-console"
    ],
    "dataChannel": "any",
    "deny": {
      "hostManagement": true,
      "outsideIpRanges": [
        "203.0.113.0/24"
      ],
      "outsideVpcEndpoints": [
        "vpce-0123456789abcdef0"
      ],
      "preferences": true,
      "shell": true,
      "ssh": true,
      "taskSessions": "*",
      "withoutMfa": true
    },
    "documentAccessCheck": true,
    "documentChooser": "SessionDocument-",
    "documents": [
      "ExampleSessionDocument"
    ],
    "ecsExec": {
      "cluster": "example",
      "denyDirectSessions": true,
      "tags": {
        "Team": "web"
      }
    },
    "edition": "2025",
    "endSessions": {
      "resume": true,
      "targetId": "i-0123456789abcdef0",
      "whose": "session-tag"
    },
    "fleetManager": "read-only",
    "history": true,
    "hostManagement": true,
    "identity": "role",
    "inlinePolicyOf": "ExampleNodeRole",
    "justInTime": false,
    "partition": "aws",
    "policyName": "Sessions",
    "preferences": "edit",
    "region": "us-east-1",
    "remoteDesktop": {
      "signIn": [
        "key-pair",
        "identity-center"
      ]
    },
    "scope": "least-privilege",
    "sessionEncryption": {
      "encryptionContext": true,
      "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    },
    "sessions": [
      "shell",
      "ssh",
      "port-forwarding",
      "remote-host-port-forwarding"
    ],
    "sids": true,
    "targets": {
      "kinds": [
        "ec2",
        "hybrid"
      ],
      "principalTags": "Project",
      "tags": {
        "Team": [
          "web",
          "shop"
        ]
      }
    },
    "updateAgent": true
  },
  {
    "documentAccessCheck": false,
    "edition": "2023",
    "identity": "iam-user"
  },
  {
    "edition": "2023",
    "targets": {
      "instanceIds": "i-0123456789abcdef0"
    }
  },
  {
    "sessionEncryption": {
      "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    },
    "sessions": "ssh"
  },
  {
    "justInTime": true,
    "targets": {
      "tags": {
        "Team": "web"
      }
    }
  },
  {
    "deny": {
      "outsideIpRanges": "203.0.113.0/24"
    },
    "targets": {
      "tags": {
        "Team": "web"
      }
    }
  },
  {
    "documentChooser": "SessionDocument-"
  },
  {
    "ecsExec": {
      "cluster": "example"
    },
    "endSessions": {
      "ownerId": "AIDACKCEVSQ6C2EXAMPLE"
    }
  },
  {
    "fleetManager": "administrator",
    "identity": "iam-user",
    "scope": "least-privilege"
  },
  {
    "administrator": true,
    "clients": "ec2-console",
    "preferences": "edit-and-delete"
  },
  {
    "dataChannel": "everything",
    "endSessions": {
      "whose": "anyone"
    },
    "fleetManager": "administrator"
  }
];

export const sessionKeyPolicyOptions: SessionKeyPolicyOptions[] = [
  {
    "accountId": "111122223333",
    "kinds": [
      "ec2"
    ],
    "nodeRoleArns": [
      "arn:aws:iam::111122223333:role/ExampleNodeRole"
    ],
    "operatorArns": "arn:aws:iam::444455556666:root",
    "partition": "aws",
    "region": "us-east-1"
  }
];

export const logBucketKeyPolicyOptions: LogBucketKeyPolicyOptions[] = [
  {
    "accountId": "111122223333",
    "bucket": "example-session-logs",
    "nodeRoleArns": "arn:aws:iam::111122223333:role/ExampleNodeRole",
    "partition": "aws",
    "region": "us-east-1"
  }
];

export const logGroupKeyPolicyOptions: LogGroupKeyPolicyOptions[] = [
  {
    "accountId": "111122223333",
    "logGroup": "/example/session-logs",
    "partition": "aws",
    "region": "us-east-1"
  },
  {
    "accountId": "111122223333",
    "logGroup": "/example",
    "region": "eusc-de-east-1"
  }
];

export const bucketPolicyOptions: BucketPolicyOptions[] = [
  {
    "bucket": "example-session-logs",
    "nodeRoleArns": "arn:aws:iam::111122223333:role/ExampleNodeRole",
    "partition": "aws",
    "prefix": "prod",
    "region": "us-east-1"
  }
];

export const endpointPolicyOptions: EndpointPolicyOptions[] = [
  {
    "accountId": "111122223333",
    "bucket": "example-session-logs",
    "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "operators": true,
    "partition": "aws",
    "region": "us-east-1",
    "service": "kms"
  }
];

export const endpointsOptions: EndpointsOptions[] = [
  {
    "cloudWatchLogs": true,
    "legacyChannel": true,
    "operators": true,
    "partition": "aws-cn",
    "region": "cn-north-1",
    "s3Logs": true,
    "sessionEncryption": true
  }
];

export const trustPolicyOptions: TrustPolicyOptions[] = [
  {
    "accountId": "111122223333",
    "partition": "aws",
    "region": "us-east-1",
    "scope": "guide",
    "trusted": [
      "ec2",
      "hybrid",
      "ecs",
      "host-management"
    ]
  }
];

export const preferencesDocumentOptions: PreferencesDocumentOptions[] = [
  {
    "cloudWatchEncryptionEnabled": true,
    "cloudWatchLogGroupName": "/example/session-logs",
    "cloudWatchStreamingEnabled": true,
    "description": "Preferences",
    "everyField": false,
    "exists": false,
    "idleSessionTimeout": 15,
    "kmsKeyId": "alias/sessions",
    "maxSessionDuration": 60,
    "name": "AuditedShell",
    "parameters": {
      "prefix": {
        "default": ""
      },
      "unused": {}
    },
    "partition": "aws",
    "region": "us-east-1",
    "runAsDefaultUser": "ec2-user",
    "runAsEnabled": true,
    "s3BucketName": "example-session-logs",
    "s3EncryptionEnabled": true,
    "s3KeyPrefix": "{{ prefix }}",
    "shellProfile": {
      "linux": "pwd",
      "windows": "date"
    }
  },
  {
    "cloudWatchStreamingEnabled": true,
    "exists": true
  },
  {}
];

export const sessionDocumentOptions: SessionDocumentOptions[] = [
  {
    "description": "Reads a log",
    "exists": true,
    "linux": {
      "commands": "tail -n {{ lines }} {{ logpath }} {{ other }}",
      "runAsElevated": true
    },
    "macos": {
      "commands": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
    },
    "name": "ReadLog",
    "parameters": {
      "follow": {
        "default": true,
        "type": "Boolean"
      },
      "lines": {
        "allowedValues": [
          "10",
          "20"
        ],
        "default": [
          "10"
        ],
        "type": "StringList"
      },
      "logpath": {
        "allowedPattern": "[a-z]+",
        "default": "{{ssm:/example/log}}",
        "description": "The log",
        "maxChars": 32,
        "minChars": 1,
        "type": "String"
      }
    },
    "partition": "aws",
    "region": "us-east-1",
    "sessionType": "InteractiveCommands",
    "windows": {
      "commands": [
        "Get-Content {{ logpath }}"
      ],
      "runAsElevated": true
    }
  },
  {
    "host": "{{ host }}",
    "localPortNumber": 0,
    "name": "Tunnel",
    "parameters": {
      "host": {}
    },
    "portNumber": 5432,
    "sessionType": "Port"
  },
  {
    "name": "Ssh",
    "portNumber": 22,
    "sessionType": "Port"
  },
  {
    "linux": {
      "commands": "uptime"
    },
    "name": "Uptime",
    "sessionType": "NonInteractiveCommands"
  }
];

export const hostManagementGuardOptions: HostManagementGuardOptions[] = [
  {
    "accountId": "111122223333",
    "exceptTags": {
      "job-function": "administrator"
    },
    "partition": "aws",
    "region": "us-east-1"
  }
];

export const policies: BuiltPolicy[] = [
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
    "characters": 2951,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3, writing session logs to CloudWatch Logs, streaming session data to CloudWatch Logs, checking the encryption of the log group, Run Command, Run Command over the old channel, State Manager associations, the parameters of documents, the buckets of the agent. Not allowed: checking the encryption of the log bucket."
      },
      {
        "code": "HYBRID_ADVANCED_TIER",
        "message": "Sessions on nodes of an activation need the advanced-instances tier. The policy belongs to the service role of the activation; a node is given another role only by registering it anew."
      },
      {
        "code": "KMS_KEY_OTHER_ACCOUNT",
        "message": "The key belongs to account 111122223333. Its key policy must allow kms:Decrypt to this role as well."
      },
      {
        "code": "KEY_NAME_PLACEHOLDER",
        "message": "Replace key-name before you use this: IAM takes only the ARN of your KMS key there."
      },
      {
        "code": "ENCRYPTION_CONTEXT",
        "message": "The key serves only requests that name a session and one of these nodes, as the agent sends them. Try one encrypted session before you rely on it."
      },
      {
        "code": "BUCKET_NAME_DOTS",
        "message": "The bucket has dots in its name. Certificates do not cover such names, so the agent falls back to plain HTTP, which a bucket policy that demands TLS denies. Prefer a bucket without dots."
      },
      {
        "code": "BUCKET_OTHER_ACCOUNT",
        "message": "The bucket belongs to another account, so its bucket policy must allow this role to write as well, and the key policy too if a customer managed key encrypts it."
      },
      {
        "code": "KMS_KEY_PATTERN",
        "message": "kms:GenerateDataKey is allowed with every key that lets this account in."
      },
      {
        "code": "LOG_GROUP_MUST_EXIST",
        "message": "The agent writes into a log group but never creates one for sessions. Create it first, in the Region of the nodes."
      },
      {
        "code": "LEGACY_CHANNEL",
        "message": "Only agents before 3.3.40.0 and those on Windows Server 2012 and earlier still use ec2messages; the others receive commands over ssmmessages."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "ssm:UpdateInstanceInformation",
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0",
            "arn:aws:ssm:us-east-1:444455556666:managed-instance/mi-0123456789abcdef0"
          ]
        },
        {
          "Action": "ssmmessages:CreateControlChannel",
          "Condition": {
            "ArnEquals": {
              "ec2:SourceInstanceARN": "arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0"
            }
          },
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": "ssmmessages:CreateControlChannel",
          "Condition": {
            "ArnEquals": {
              "ssm:SourceInstanceARN": "arn:aws:ssm:us-east-1:444455556666:managed-instance/mi-0123456789abcdef0"
            }
          },
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": "kms:Decrypt",
          "Condition": {
            "StringLike": {
              "kms:EncryptionContext:aws:ssm:SessionId": "*",
              "kms:EncryptionContext:aws:ssm:TargetId": [
                "i-0123456789abcdef0",
                "mi-0123456789abcdef0"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "key-name"
          ]
        },
        {
          "Action": [
            "s3:PutObject",
            "s3:PutObjectAcl"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:s3:::example.session.logs/prod/*"
        },
        {
          "Action": [
            "kms:Decrypt",
            "kms:GenerateDataKey"
          ],
          "Condition": {
            "StringEquals": {
              "kms:ViaService": "s3.us-east-1.amazonaws.com"
            }
          },
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": "logs:DescribeLogGroups",
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:logs:us-east-1:444455556666:log-group:/example/session-logs",
            "arn:aws:logs:us-east-1:444455556666:log-group:/example/session-logs:*"
          ]
        },
        {
          "Action": [
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "ssm:ListInstanceAssociations",
            "ssm:PutComplianceItems",
            "ssm:UpdateInstanceAssociationStatus"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0",
            "arn:aws:ssm:us-east-1:444455556666:managed-instance/mi-0123456789abcdef0",
            "arn:aws:ssm:us-east-1:444455556666:association/*"
          ]
        },
        {
          "Action": [
            "ssm:DescribeDocument",
            "ssm:GetDocument"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:us-east-1:444455556666:document/*",
            "arn:aws:ssm:us-east-1::document/AWS-*"
          ]
        },
        {
          "Action": "ssm:GetParameters",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:444455556666:parameter/example/user"
        },
        {
          "Action": "s3:GetObject",
          "Effect": "Allow",
          "Resource": [
            "arn:aws:s3:::aws-windows-downloads-us-east-1/*",
            "arn:aws:s3:::amazon-ssm-us-east-1/*",
            "arn:aws:s3:::amazon-ssm-packages-us-east-1/*",
            "arn:aws:s3:::us-east-1-birdwatcher-prod/*",
            "arn:aws:s3:::aws-ssm-document-attachments-us-east-1/*",
            "arn:aws:s3:::patch-baseline-snapshot-us-east-1/*",
            "arn:aws:s3:::aws-ssm-us-east-1/*",
            "arn:aws:s3:::aws-patchmanager-macos-us-east-1/*"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  },
  {
    "characters": 429,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"logs:CreateLogStream\",\n                \"logs:PutLogEvents\",\n                \"logs:DescribeLogGroups\",\n                \"logs:DescribeLogStreams\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: shell sessions, port forwarding, checking the encryption of the log bucket, writing session logs to CloudWatch Logs, Run Command. Not allowed: KMS decryption of session data, the agent heartbeat, writing session logs to Amazon S3."
      },
      {
        "code": "HEARTBEAT_MISSING",
        "message": "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel."
      },
      {
        "code": "HOST_MANAGEMENT_TAKES_OVER",
        "message": "Where Default Host Management is on and the role lacks ssm:UpdateInstanceInformation, the agent uses the role of Default Host Management instead, and the rights for keys and logs in this policy do nothing."
      },
      {
        "code": "LOG_GROUP_MUST_EXIST",
        "message": "The agent writes into a log group but never creates one for sessions. Create it first, in the Region of the nodes."
      },
      {
        "code": "AGENT_VERSION",
        "message": "Run Command comes over the channels of sessions, for which agents from 3.3.40.0 on need nothing more. Older ones, and those on Windows Server 2012, want the old channel too."
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
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams"
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
    "characters": 251,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"logs:DescribeLogGroups\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"logs:CreateLogStream\",\n                \"logs:DescribeLogStreams\",\n                \"logs:PutLogEvents\"\n            ],\n            \"Resource\": \"arn:aws:logs:*:*:log-group:*:*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: writing session logs to CloudWatch Logs. Not allowed: shell sessions, port forwarding, KMS decryption of session data, checking the encryption of the log bucket, writing session logs to Amazon S3."
      },
      {
        "code": "CHANNEL_ELSEWHERE",
        "message": "This is an addition: the channels must come from another policy of the role, such as AmazonSSMManagedInstanceCore."
      },
      {
        "code": "HEARTBEAT_NOT_FOR_TASKS",
        "message": "Tasks of ECS send no heartbeat, so ssm:UpdateInstanceInformation was left out."
      },
      {
        "code": "LOG_GROUP_MUST_EXIST",
        "message": "The agent writes into a log group but never creates one for sessions. Create it first, in the Region of the nodes."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "logs:DescribeLogGroups"
          ],
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "logs:CreateLogStream",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:logs:*:*:log-group:*:*"
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
    "characters": 388,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"kms:Decrypt\"\n            ],\n            \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/*\"\n        }\n    ]\n}\n",
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
        "code": "HOST_MANAGEMENT_TAKES_OVER",
        "message": "Where Default Host Management is on and the role lacks ssm:UpdateInstanceInformation, the agent uses the role of Default Host Management instead, and the rights for keys and logs in this policy do nothing."
      },
      {
        "code": "KMS_KEY_PATTERN",
        "message": "kms:Decrypt is allowed with every key that matches arn:aws:kms:us-east-1:111122223333:key/*."
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
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/*"
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
        "code": "HOST_MANAGEMENT_TAKES_OVER",
        "message": "Where Default Host Management is on and the role lacks ssm:UpdateInstanceInformation, the agent uses the role of Default Host Management instead, and the rights for keys and logs in this policy do nothing."
      },
      {
        "code": "KMS_KEY_PATTERN",
        "message": "kms:Decrypt is allowed with every key that matches arn:aws:k..."
      },
      {
        "code": "OVER_QUOTA",
        "message": "The policy has 10608 characters, and AWS takes 10240 in all inline policies of a role together. Name fewer things, use a pattern such as key/*, or split it into customer managed policies of at most 6144 characters."
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
  },
  {
    "characters": 444,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:StartSession\",\n                \"ssm:SendCommand\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ec2:*:*:instance/*\",\n                \"arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:session/${aws:userid}-*\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:TerminateSession\",\n                \"ssm:ResumeSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:session/${aws:userid}-*\"\n            ]\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: starting shells, ending sessions."
      },
      {
        "code": "PLUGIN_VERSION",
        "message": "The command line needs the Session Manager plugin; 1.2.764.0 is the oldest that AWS still supports in 2026, and it signs its data channel with these permissions."
      },
      {
        "code": "DATA_CHANNEL_OWN_UNVERIFIED",
        "message": "The ID of a session begins with the user name or the name of the role session, so a pattern with aws:userid may match nothing. If sessions do not open, allow ssmmessages:OpenDataChannel on session/*."
      },
      {
        "code": "USER_ID_UNVERIFIED",
        "message": "The guide prints session/${aws:userid}-* for one's own sessions, but session IDs were not seen to begin so. The session-tag form is known to match."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:StartSession",
            "ssm:SendCommand"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/*",
            "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"
          ]
        },
        {
          "Action": [
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:session/${aws:userid}-*"
          ]
        },
        {
          "Action": [
            "ssm:TerminateSession",
            "ssm:ResumeSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:session/${aws:userid}-*"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 9278,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: starting shells, SSH, port forwarding, port forwarding to other hosts, sessions with named documents, Remote Desktop, the tools of Fleet Manager, ECS Exec, ending sessions, encrypted sessions, seeing the list of sessions, changing the preferences, Default Host Management, writing inline policies of a role. It also refuses what was asked to be refused."
      },
      {
        "code": "PLUGIN_VERSION",
        "message": "The command line needs the Session Manager plugin; 1.2.764.0 is the oldest that AWS still supports in 2026, and it signs its data channel with these permissions."
      },
      {
        "code": "MFA_NOT_FOR_ROLES",
        "message": "Sessions of Identity Center and of most roles do not carry aws:MultiFactorAuthPresent, so the denial stops them all. Demand MFA where the role is assumed."
      },
      {
        "code": "SHELL_DENIED_WHERE_CHECKED",
        "message": "Refusing the default document stops a shell only where the document is checked. Let every statement that allows ssm:StartSession have the condition on ssm:SessionDocumentAccessCheck."
      },
      {
        "code": "HOST_MANAGEMENT_ROLE",
        "message": "Default Host Management serves one Region at a time, and instances with agent 3.2.582.0 or later and IMDSv2 whose own role, if any, lacks ssm:UpdateInstanceInformation."
      },
      {
        "code": "PORT_CHOSEN_BY_CALLER",
        "message": "Policies cannot limit the hosts and ports that callers name: to other hosts they reach whatever the nodes reach. To let them reach one service, build a session-document with its host and port, and name that in documents instead."
      },
      {
        "code": "SSH_NOT_LOGGED",
        "message": "Sessions for SSH and ports are encrypted by themselves: Session Manager logs none of their contents and does not use the session key."
      },
      {
        "code": "AWS_DOCUMENT_WITHOUT_ACCOUNT",
        "message": "Documents whose names begin with AWS belong to AWS, so their ARNs have no account ID; with one they would match nothing. SSM-SessionManagerRunShell is your account's own, and its ARN has one."
      },
      {
        "code": "PRINCIPAL_TAG_SESSION",
        "message": "Tags that come with a role session need sts:TagSession in the trust policy of the role. A caller without the tag may start nothing."
      },
      {
        "code": "OVER_QUOTA",
        "message": "The policy has 9278 characters, and AWS takes 6144 in a customer managed policy. Name fewer things, or put the statements into two policies: nothing in one depends on the other."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ec2:DescribeInstances",
            "ec2:DescribeTags"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerEc2"
        },
        {
          "Action": [
            "ssm:DescribeInstanceAssociationsStatus",
            "ssm:DescribeInstancePatchStates",
            "ssm:DescribeInstancePatches",
            "ssm:DescribeInstanceProperties",
            "ssm:GetCommandInvocation",
            "ssm:GetInventorySchema",
            "ssm:GetServiceSetting",
            "ssm:ListAssociations",
            "ssm:ListCommandInvocations",
            "ssm:ListComplianceItems",
            "ssm:ListInventoryEntries",
            "ssm:ListTagsForResource"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerLists"
        },
        {
          "Action": [
            "ssm:GetDocument",
            "ssm:SendCommand",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            },
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "FleetManagerOnTaggedNodes"
        },
        {
          "Action": [
            "ssm:GetDocument",
            "ssm:SendCommand",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetFileContent",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetFileSystemContent",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetGroups",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetPerformanceCounters",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetProcessDetails",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetUsers",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetWindowsEvents",
            "arn:aws:ssm:us-east-1::document/AWSFleetManager-GetWindowsRegistryContent"
          ],
          "Sid": "FleetManagerDocuments"
        },
        {
          "Action": [
            "ssm-guiconnect:CancelConnection",
            "ssm-guiconnect:GetConnection",
            "ssm-guiconnect:ListConnections",
            "ssm-guiconnect:StartConnection"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "GuiConnect"
        },
        {
          "Action": "ssm:StartSession",
          "Condition": {
            "ForAnyValue:StringEquals": {
              "aws:CalledVia": "ssm-guiconnect.amazonaws.com"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1::document/AWS-StartPortForwardingSession",
          "Sid": "StartRdpTunnel"
        },
        {
          "Action": "ssm:StartSession",
          "Condition": {
            "ForAnyValue:StringEquals": {
              "aws:CalledVia": "ssm-guiconnect.amazonaws.com"
            },
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "StartRdpTunnelOnTaggedNodes"
        },
        {
          "Action": "ssm:StartSession",
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            },
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "StartOnTaggedNodes"
        },
        {
          "Action": "ssm:StartSession",
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell",
            "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession",
            "arn:aws:ssm:us-east-1::document/AWS-StartPortForwardingSession",
            "arn:aws:ssm:us-east-1::document/AWS-StartPortForwardingSessionToRemoteHost",
            "arn:aws:ssm:us-east-1:111122223333:document/ExampleSessionDocument"
          ],
          "Sid": "StartWithDocuments"
        },
        {
          "Action": "ssm:SendCommand",
          "Condition": {
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "UpdateAgentOnTaggedNodes"
        },
        {
          "Action": "ssm:SendCommand",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1::document/AWS-UpdateSSMAgent",
          "Sid": "UpdateAgent"
        },
        {
          "Action": "ssmmessages:OpenDataChannel",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:session/*",
          "Sid": "OpenDataChannel"
        },
        {
          "Action": [
            "ssm:ResumeSession",
            "ssm:TerminateSession"
          ],
          "Condition": {
            "StringEquals": {
              "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}",
              "ssm:resourceTag/aws:ssmmessages:target-id": "i-0123456789abcdef0"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:session/*",
          "Sid": "OwnSessions"
        },
        {
          "Action": [
            "ec2:DescribeInstances",
            "ssm:DescribeInstanceInformation",
            "ssm:DescribeInstanceProperties",
            "ssm:DescribeSessions"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "ConsoleLists"
        },
        {
          "Action": "ssm:GetConnectionStatus",
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "ConnectionStatus"
        },
        {
          "Action": [
            "ssm:CreateDocument",
            "ssm:GetDocument",
            "ssm:UpdateDocument"
          ],
          "Condition": {
            "StringEquals": {
              "ssm:DocumentType": "Session"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell",
          "Sid": "SessionPreferences"
        },
        {
          "Action": "kms:GenerateDataKey",
          "Effect": "Allow",
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          "Sid": "SessionKey"
        },
        {
          "Action": "ec2:GetPasswordData",
          "Condition": {
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ec2:us-east-1:111122223333:instance/*",
          "Sid": "KeyPairSignIn"
        },
        {
          "Action": [
            "identitystore:DescribeUser",
            "sso:ListDirectoryAssociations*"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "IdentityCenterSignIn"
        },
        {
          "Action": "ssm:SendCommand",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1::document/AWSSSO-CreateSSOUser",
          "Sid": "MakeSignInUser"
        },
        {
          "Action": "ssm:SendCommand",
          "Condition": {
            "StringEquals": {
              "aws:ResourceTag/Project": "${aws:PrincipalTag/Project}",
              "aws:ResourceTag/Team": [
                "web",
                "shop"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:us-east-1:111122223333:instance/*",
            "arn:aws:ssm:us-east-1:111122223333:managed-instance/*"
          ],
          "Sid": "MakeSignInUserOnTaggedNodes"
        },
        {
          "Action": [
            "ec2:DescribeInstances",
            "ssm:DescribeInstanceProperties",
            "ssm:GetCommandInvocation",
            "ssm:GetInventorySchema"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "RemoteDesktopLists"
        },
        {
          "Action": "ecs:ExecuteCommand",
          "Condition": {
            "StringEquals": {
              "aws:ResourceTag/Team": "web"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ecs:us-east-1:111122223333:task/example/*",
          "Sid": "EcsExec"
        },
        {
          "Action": "ecs:ExecuteCommand",
          "Effect": "Allow",
          "Resource": "arn:aws:ecs:us-east-1:111122223333:cluster/example",
          "Sid": "EcsExecCluster"
        },
        {
          "Action": "ecs:DescribeTasks",
          "Condition": {
            "StringEquals": {
              "aws:ResourceTag/Team": "web"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ecs:us-east-1:111122223333:task/example/*",
          "Sid": "ReadTasks"
        },
        {
          "Action": "ssm:GetDocument",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:document/SessionDocument-*",
          "Sid": "ReadSessionDocuments"
        },
        {
          "Action": "ssm:ListDocuments",
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "ListDocuments"
        },
        {
          "Action": [
            "ssm:GetServiceSetting",
            "ssm:ResetServiceSetting",
            "ssm:UpdateServiceSetting"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:servicesetting/ssm/managed-instance/default-ec2-instance-management-role",
          "Sid": "HostManagementSetting"
        },
        {
          "Action": "iam:PassRole",
          "Condition": {
            "StringEquals": {
              "iam:PassedToService": "ssm.amazonaws.com"
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:iam::111122223333:role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole",
          "Sid": "PassHostManagementRole"
        },
        {
          "Action": [
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListRolePolicies",
            "iam:PutRolePolicy"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:iam::111122223333:role/ExampleNodeRole",
          "Sid": "EmbedInlinePolicy"
        },
        {
          "Action": "iam:ListRoles",
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "ListRoles"
        },
        {
          "Action": "ssm:StartSession",
          "Effect": "Deny",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell",
          "Sid": "NoDefaultShell"
        },
        {
          "Action": "ssm:StartSession",
          "Effect": "Deny",
          "Resource": "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession",
          "Sid": "NoSsh"
        },
        {
          "Action": "ssm:StartSession",
          "Effect": "Deny",
          "Resource": "arn:aws:ecs:us-east-1:111122223333:task/*",
          "Sid": "NoDirectSessions"
        },
        {
          "Action": [
            "ssm:CreateDocument",
            "ssm:DeleteDocument",
            "ssm:GetDocument",
            "ssm:UpdateDocument"
          ],
          "Effect": "Deny",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell",
          "Sid": "NoPreferences"
        },
        {
          "Action": [
            "ssm:ResetServiceSetting",
            "ssm:UpdateServiceSetting"
          ],
          "Effect": "Deny",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:servicesetting/ssm/managed-instance/default-ec2-instance-management-role",
          "Sid": "NoHostManagementSetting"
        },
        {
          "Action": [
            "iam:AttachRolePolicy",
            "iam:DeleteRole",
            "iam:PassRole"
          ],
          "Effect": "Deny",
          "Resource": "arn:aws:iam::111122223333:role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole",
          "Sid": "NoHostManagementRole"
        },
        {
          "Action": [
            "ssm:ResumeSession",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "aws:MultiFactorAuthPresent": "false"
            }
          },
          "Effect": "Deny",
          "Resource": "*",
          "Sid": "RequireMfa"
        },
        {
          "Action": [
            "ssm:ResumeSession",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "aws:ViaAWSService": "false"
            },
            "NotIpAddress": {
              "aws:SourceIp": [
                "203.0.113.0/24"
              ]
            },
            "StringNotEquals": {
              "aws:SourceVpce": [
                "vpce-0123456789abcdef0"
              ]
            }
          },
          "Effect": "Deny",
          "Resource": "*",
          "Sid": "RequireNetwork"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 259,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:StartSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ec2:*:*:instance/*\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:TerminateSession\",\n                \"ssm:ResumeSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:session/${aws:username}-*\"\n            ]\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: starting shells, ending sessions."
      },
      {
        "code": "DATA_CHANNEL_MISSING",
        "message": "Session Manager plugin 1.2.764.0 and later need ssmmessages:OpenDataChannel, which this text does not have."
      },
      {
        "code": "USER_NAME_PREFIX",
        "message": "A user whose name begins with that of another and a hyphen matches too: dev may end the sessions of dev-ops. The session-tag form has no such gap."
      },
      {
        "code": "DOCUMENT_NOT_GRANTED",
        "message": "The default document is not listed, as in the guide of 2023. The guide of today asks for it."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:StartSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/*"
          ]
        },
        {
          "Action": [
            "ssm:TerminateSession",
            "ssm:ResumeSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:session/${aws:username}-*"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 402,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:StartSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ec2:*:*:instance/i-0123456789abcdef0\",\n                \"arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell\"\n            ],\n            \"Condition\": {\n                \"BoolIfExists\": {\n                    \"ssm:SessionDocumentAccessCheck\": \"true\"\n                }\n            }\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:TerminateSession\",\n                \"ssm:ResumeSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:session/${aws:username}-*\"\n            ]\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: starting shells, ending sessions."
      },
      {
        "code": "DATA_CHANNEL_MISSING",
        "message": "Session Manager plugin 1.2.764.0 and later need ssmmessages:OpenDataChannel, which this text does not have."
      },
      {
        "code": "USER_NAME_ABSENT",
        "message": "aws:username is absent for roles, federated users and Identity Center, so they cannot end their own sessions with this. Use the session-tag form for them."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/i-0123456789abcdef0",
            "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"
          ]
        },
        {
          "Action": [
            "ssm:TerminateSession",
            "ssm:ResumeSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:session/${aws:username}-*"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 554,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": \"ssm:StartSession\",\n            \"Resource\": [\n                \"arn:aws:ec2:*:*:instance/*\",\n                \"arn:aws:ssm:*:*:document/AWS-StartSSHSession\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": \"ssmmessages:OpenDataChannel\",\n            \"Resource\": \"arn:aws:ssm:*:*:session/${aws:userid}-*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:TerminateSession\",\n                \"ssm:ResumeSession\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:session/${aws:userid}-*\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"kms:GenerateDataKey\"\n            ],\n            \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: SSH, ending sessions, encrypted sessions."
      },
      {
        "code": "PLUGIN_VERSION",
        "message": "The command line needs the Session Manager plugin; 1.2.764.0 is the oldest that AWS still supports in 2026, and it signs its data channel with these permissions."
      },
      {
        "code": "DATA_CHANNEL_OWN_UNVERIFIED",
        "message": "The ID of a session begins with the user name or the name of the role session, so a pattern with aws:userid may match nothing. If sessions do not open, allow ssmmessages:OpenDataChannel on session/*."
      },
      {
        "code": "USER_ID_UNVERIFIED",
        "message": "The guide prints session/${aws:userid}-* for one's own sessions, but session IDs were not seen to begin so. The session-tag form is known to match."
      },
      {
        "code": "SSH_NOT_LOGGED",
        "message": "Sessions for SSH and ports are encrypted by themselves: Session Manager logs none of their contents and does not use the session key."
      },
      {
        "code": "SESSION_KEY_UNUSED",
        "message": "Sessions for SSH and ports do not use the session key."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "ssm:StartSession",
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/*",
            "arn:aws:ssm:*:*:document/AWS-StartSSHSession"
          ]
        },
        {
          "Action": "ssmmessages:OpenDataChannel",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:*:*:session/${aws:userid}-*"
        },
        {
          "Action": [
            "ssm:TerminateSession",
            "ssm:ResumeSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:session/${aws:userid}-*"
          ]
        },
        {
          "Action": [
            "kms:GenerateDataKey"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 283,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:StartAccessRequest\"\n            ],\n            \"Resource\": \"arn:aws:ec2:*:*:instance/*\",\n            \"Condition\": {\n                \"StringLike\": {\n                    \"ssm:resourceTag/Team\": [\n                        \"web\"\n                    ]\n                }\n            }\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:GetAccessToken\"\n            ],\n            \"Resource\": \"arn:aws:ssm:*:*:opsitem/*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: asking for access just in time."
      },
      {
        "code": "JUST_IN_TIME_LIMITS",
        "message": "These people must have ssm:StartSession from nowhere else. Requests for access know no aws:SourceVpc, aws:SourceVpce, aws:VpcSourceIp, aws:UserAgent and aws:MultiFactorAuthPresent."
      },
      {
        "code": "JUST_IN_TIME_TAGS_UNVERIFIED",
        "message": "The service authorization reference lists the tag keys for nodes and not for ssm:StartAccessRequest itself. Try one request; if it is refused, tags cannot narrow it."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:StartAccessRequest"
          ],
          "Condition": {
            "StringLike": {
              "ssm:resourceTag/Team": [
                "web"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": "arn:aws:ec2:*:*:instance/*"
        },
        {
          "Action": [
            "ssm:GetAccessToken"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:*:*:opsitem/*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 231,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Deny\",\n            \"Action\": [\n                \"ssm:ResumeSession\",\n                \"ssm:StartSession\"\n            ],\n            \"Resource\": \"*\",\n            \"Condition\": {\n                \"NotIpAddress\": {\n                    \"aws:SourceIp\": [\n                        \"203.0.113.0/24\"\n                    ]\n                },\n                \"BoolIfExists\": {\n                    \"aws:ViaAWSService\": \"false\"\n                }\n            }\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: nothing. It also refuses what was asked to be refused."
      },
      {
        "code": "SOURCE_IP_ABSENT_IN_VPC",
        "message": "Requests through a VPC endpoint have no aws:SourceIp and are denied by this. Name the endpoints as well where people work inside a VPC."
      },
      {
        "code": "TARGETS_UNUSED",
        "message": "The targets narrow nothing here. An administrator reaches every node; for anybody else name what to start on them, such as sessions: shell."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:ResumeSession",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "aws:ViaAWSService": "false"
            },
            "NotIpAddress": {
              "aws:SourceIp": [
                "203.0.113.0/24"
              ]
            }
          },
          "Effect": "Deny",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 207,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:GetDocument\"\n            ],\n            \"Resource\": \"arn:aws:ssm:*:*:document/SessionDocument-*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:ListDocuments\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: nothing."
      },
      {
        "code": "DOCUMENT_CHOOSER_CONSOLE",
        "message": "Documents are chosen in the Session Manager console; its lists need session-manager-console among the clients."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:GetDocument"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:*:*:document/SessionDocument-*"
        },
        {
          "Action": [
            "ssm:ListDocuments"
          ],
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 321,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:TerminateSession\"\n            ],\n            \"Resource\": \"*\",\n            \"Condition\": {\n                \"StringLike\": {\n                    \"ssm:resourceTag/aws:ssmmessages:session-id\": [\n                        \"AIDACKCEVSQ6C2EXAMPLE\"\n                    ]\n                }\n            }\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ecs:ExecuteCommand\",\n                \"ecs:DescribeTasks\"\n            ],\n            \"Resource\": \"arn:aws:ecs:*:*:task/example/*\"\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: ECS Exec, ending sessions."
      },
      {
        "code": "ECS_EXEC_CLUSTER",
        "message": "The service authorization reference of 2026 demands ecs:ExecuteCommand on the cluster too, which AWS's text does not name."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:TerminateSession"
          ],
          "Condition": {
            "StringLike": {
              "ssm:resourceTag/aws:ssmmessages:session-id": [
                "AIDACKCEVSQ6C2EXAMPLE"
              ]
            }
          },
          "Effect": "Allow",
          "Resource": "*"
        },
        {
          "Action": [
            "ecs:ExecuteCommand",
            "ecs:DescribeTasks"
          ],
          "Effect": "Allow",
          "Resource": "arn:aws:ecs:*:*:task/example/*"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 2731,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the tools of Fleet Manager, ending sessions."
      },
      {
        "code": "USER_NAME_PREFIX",
        "message": "A user whose name begins with that of another and a hyphen matches too: dev may end the sessions of dev-ops. The session-tag form has no such gap."
      },
      {
        "code": "USER_INLINE_QUOTA",
        "message": "A user takes 2048 characters in all its inline policies together, and this has 2731. Attach it as a customer managed policy, or put it into a group."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ec2:CreateTags",
            "ec2:DeleteTags",
            "ec2:DescribeInstances",
            "ec2:DescribeTags"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerEc2"
        },
        {
          "Action": [
            "ssm:AddTagsToResource",
            "ssm:DescribeInstanceAssociationsStatus",
            "ssm:DescribeInstancePatchStates",
            "ssm:DescribeInstancePatches",
            "ssm:DescribeInstanceProperties",
            "ssm:GetCommandInvocation",
            "ssm:GetInventorySchema",
            "ssm:GetServiceSetting",
            "ssm:ListAssociations",
            "ssm:ListCommandInvocations",
            "ssm:ListComplianceItems",
            "ssm:ListInventoryEntries",
            "ssm:ListTagsForResource",
            "ssm:RemoveTagsFromResource"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerLists"
        },
        {
          "Action": [
            "ssm:GetDocument",
            "ssm:SendCommand",
            "ssm:StartSession"
          ],
          "Condition": {
            "BoolIfExists": {
              "ssm:SessionDocumentAccessCheck": "true"
            }
          },
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/*",
            "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell",
            "arn:aws:ssm:*::document/AWS-PasswordReset",
            "arn:aws:ssm:*::document/AWSFleetManager-AddUsersToGroups",
            "arn:aws:ssm:*::document/AWSFleetManager-CopyFileSystemItem",
            "arn:aws:ssm:*::document/AWSFleetManager-CreateDirectory",
            "arn:aws:ssm:*::document/AWSFleetManager-CreateGroup",
            "arn:aws:ssm:*::document/AWSFleetManager-CreateUser",
            "arn:aws:ssm:*::document/AWSFleetManager-CreateUserInteractive",
            "arn:aws:ssm:*::document/AWSFleetManager-CreateWindowsRegistryKey",
            "arn:aws:ssm:*::document/AWSFleetManager-DeleteGroup",
            "arn:aws:ssm:*::document/AWSFleetManager-DeleteUser",
            "arn:aws:ssm:*::document/AWSFleetManager-DeleteWindowsRegistryKey",
            "arn:aws:ssm:*::document/AWSFleetManager-DeleteWindowsRegistryValue",
            "arn:aws:ssm:*::document/AWSFleetManager-GetFileContent",
            "arn:aws:ssm:*::document/AWSFleetManager-GetFileSystemContent",
            "arn:aws:ssm:*::document/AWSFleetManager-GetGroups",
            "arn:aws:ssm:*::document/AWSFleetManager-GetPerformanceCounters",
            "arn:aws:ssm:*::document/AWSFleetManager-GetProcessDetails",
            "arn:aws:ssm:*::document/AWSFleetManager-GetUsers",
            "arn:aws:ssm:*::document/AWSFleetManager-GetWindowsEvents",
            "arn:aws:ssm:*::document/AWSFleetManager-GetWindowsRegistryContent",
            "arn:aws:ssm:*::document/AWSFleetManager-MoveFileSystemItem",
            "arn:aws:ssm:*::document/AWSFleetManager-RemoveUsersFromGroups",
            "arn:aws:ssm:*::document/AWSFleetManager-RenameFileSystemItem",
            "arn:aws:ssm:*::document/AWSFleetManager-SetWindowsRegistryValue",
            "arn:aws:ssm:*::document/AWSFleetManager-StartProcess",
            "arn:aws:ssm:*::document/AWSFleetManager-TerminateProcess"
          ],
          "Sid": "FleetManagerDocuments"
        },
        {
          "Action": "ssmmessages:OpenDataChannel",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:*:*:session/*",
          "Sid": "OpenDataChannel"
        },
        {
          "Action": "ssm:TerminateSession",
          "Effect": "Allow",
          "Resource": "arn:aws:ssm:*:*:session/${aws:username}-*",
          "Sid": "EndOwnSessions"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 404,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:StartSession\",\n                \"ssm:TerminateSession\",\n                \"ssm:ResumeSession\",\n                \"ssm:DescribeSessions\",\n                \"ssm:GetConnectionStatus\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": [\n                \"*\"\n            ]\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:CreateDocument\",\n                \"ssm:GetDocument\",\n                \"ssm:UpdateDocument\",\n                \"ssm:DeleteDocument\"\n            ],\n            \"Resource\": [\n                \"arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell\"\n            ]\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: starting shells, SSH, port forwarding, port forwarding to other hosts, sessions with named documents, ending sessions, seeing the list of sessions, changing the preferences."
      },
      {
        "code": "ADMINISTRATOR_WITHOUT_LISTS",
        "message": "AWS's text for administrators lacks ec2:DescribeInstances, ssm:DescribeInstanceInformation and ssm:DescribeInstanceProperties, so the consoles list no nodes. The least-privilege form has them."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:StartSession",
            "ssm:TerminateSession",
            "ssm:ResumeSession",
            "ssm:DescribeSessions",
            "ssm:GetConnectionStatus",
            "ssmmessages:OpenDataChannel"
          ],
          "Effect": "Allow",
          "Resource": [
            "*"
          ]
        },
        {
          "Action": [
            "ssm:CreateDocument",
            "ssm:GetDocument",
            "ssm:UpdateDocument",
            "ssm:DeleteDocument"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"
          ]
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 2620,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the tools of Fleet Manager, ending sessions."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ec2:CreateTags",
            "ec2:DeleteTags",
            "ec2:DescribeInstances",
            "ec2:DescribeTags"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerEc2"
        },
        {
          "Action": [
            "ssm:AddTagsToResource",
            "ssm:DescribeInstanceAssociationsStatus",
            "ssm:DescribeInstancePatches",
            "ssm:DescribeInstancePatchStates",
            "ssm:DescribeInstanceProperties",
            "ssm:GetCommandInvocation",
            "ssm:GetServiceSetting",
            "ssm:GetInventorySchema",
            "ssm:ListComplianceItems",
            "ssm:ListInventoryEntries",
            "ssm:ListTagsForResource",
            "ssm:ListCommandInvocations",
            "ssm:ListAssociations",
            "ssm:RemoveTagsFromResource"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "FleetManagerLists"
        },
        {
          "Action": [
            "ssm:GetDocument",
            "ssm:SendCommand",
            "ssm:StartSession"
          ],
          "Effect": "Allow",
          "Resource": [
            "arn:aws:ec2:*:*:instance/*",
            "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell",
            "arn:aws:ssm:*:*:document/AWS-PasswordReset",
            "arn:aws:ssm:*:*:document/AWSFleetManager-AddUsersToGroups",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CopyFileSystemItem",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CreateDirectory",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CreateGroup",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CreateUser",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CreateUserInteractive",
            "arn:aws:ssm:*:*:document/AWSFleetManager-CreateWindowsRegistryKey",
            "arn:aws:ssm:*:*:document/AWSFleetManager-DeleteGroup",
            "arn:aws:ssm:*:*:document/AWSFleetManager-DeleteUser",
            "arn:aws:ssm:*:*:document/AWSFleetManager-DeleteWindowsRegistryKey",
            "arn:aws:ssm:*:*:document/AWSFleetManager-DeleteWindowsRegistryValue",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetFileContent",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetFileSystemContent",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetGroups",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetPerformanceCounters",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetProcessDetails",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetUsers",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetWindowsEvents",
            "arn:aws:ssm:*:*:document/AWSFleetManager-GetWindowsRegistryContent",
            "arn:aws:ssm:*:*:document/AWSFleetManager-MoveFileSystemItem",
            "arn:aws:ssm:*:*:document/AWSFleetManager-RemoveUsersFromGroups",
            "arn:aws:ssm:*:*:document/AWSFleetManager-RenameFileSystemItem",
            "arn:aws:ssm:*:*:document/AWSFleetManager-SetWindowsRegistryValue",
            "arn:aws:ssm:*:*:document/AWSFleetManager-StartProcess",
            "arn:aws:ssm:*:*:document/AWSFleetManager-TerminateProcess"
          ],
          "Sid": "FleetManagerDocuments"
        },
        {
          "Action": "ssmmessages:OpenDataChannel",
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "OpenDataChannel"
        },
        {
          "Action": [
            "ssm:TerminateSession"
          ],
          "Effect": "Allow",
          "Resource": "*",
          "Sid": "AnySession"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 6144
  },
  {
    "characters": 635,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the account administers the key; nodes decrypt and people encrypt session data."
      },
      {
        "code": "KEY_POLICY_SAME_ACCOUNT",
        "message": "Within the account the first statement makes IAM policies enough. Principals of other accounts need both: a statement here and one in their own policies."
      },
      {
        "code": "KEY_MUST_BE_SYMMETRIC",
        "message": "The key must be a symmetric encryption key, in the Region where it is used."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "kms:*",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:root"
          },
          "Resource": "*",
          "Sid": "AccountAdministration"
        },
        {
          "Action": "kms:Decrypt",
          "Condition": {
            "StringLike": {
              "kms:EncryptionContext:aws:ssm:TargetId": "i-*"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/ExampleNodeRole"
          },
          "Resource": "*",
          "Sid": "NodesDecryptSessionKeys"
        },
        {
          "Action": "kms:GenerateDataKey",
          "Condition": {
            "StringLike": {
              "kms:EncryptionContext:aws:ssm:TargetId": "i-*"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::444455556666:root"
          },
          "Resource": "*",
          "Sid": "OperatorsCreateSessionKeys"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 32768
  },
  {
    "characters": 518,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Sid\": \"AccountAdministration\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"AWS\": \"arn:aws:iam::111122223333:root\"\n            },\n            \"Action\": \"kms:*\",\n            \"Resource\": \"*\"\n        },\n        {\n            \"Sid\": \"NodesWriteEncryptedLogs\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"AWS\": \"arn:aws:iam::111122223333:role/ExampleNodeRole\"\n            },\n            \"Action\": [\n                \"kms:Decrypt\",\n                \"kms:GenerateDataKey\"\n            ],\n            \"Resource\": \"*\",\n            \"Condition\": {\n                \"StringEquals\": {\n                    \"kms:ViaService\": \"s3.us-east-1.amazonaws.com\"\n                },\n                \"StringLike\": {\n                    \"kms:EncryptionContext:aws:s3:arn\": \"arn:aws:s3:::example-session-logs*\"\n                }\n            }\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the account administers the key; S3 encrypts the logs that nodes upload."
      },
      {
        "code": "KEY_POLICY_SAME_ACCOUNT",
        "message": "Within the account the first statement makes IAM policies enough. Principals of other accounts need both: a statement here and one in their own policies."
      },
      {
        "code": "KEY_MUST_BE_SYMMETRIC",
        "message": "The key must be a symmetric encryption key, in the Region where it is used."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "kms:*",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:root"
          },
          "Resource": "*",
          "Sid": "AccountAdministration"
        },
        {
          "Action": [
            "kms:Decrypt",
            "kms:GenerateDataKey"
          ],
          "Condition": {
            "StringEquals": {
              "kms:ViaService": "s3.us-east-1.amazonaws.com"
            },
            "StringLike": {
              "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::example-session-logs*"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/ExampleNodeRole"
          },
          "Resource": "*",
          "Sid": "NodesWriteEncryptedLogs"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 32768
  },
  {
    "characters": 505,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Sid\": \"AccountAdministration\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"AWS\": \"arn:aws:iam::111122223333:root\"\n            },\n            \"Action\": \"kms:*\",\n            \"Resource\": \"*\"\n        },\n        {\n            \"Sid\": \"CloudWatchLogsUsesKey\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"Service\": \"logs.us-east-1.amazonaws.com\"\n            },\n            \"Action\": [\n                \"kms:Decrypt\",\n                \"kms:Encrypt\",\n                \"kms:GenerateDataKey*\",\n                \"kms:ReEncrypt*\"\n            ],\n            \"Resource\": \"*\",\n            \"Condition\": {\n                \"ArnEquals\": {\n                    \"kms:EncryptionContext:aws:logs:arn\": \"arn:aws:logs:us-east-1:111122223333:log-group:/example/session-logs\"\n                }\n            }\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the account administers the key; CloudWatch Logs encrypts the log group."
      },
      {
        "code": "KEY_POLICY_SAME_ACCOUNT",
        "message": "Within the account the first statement makes IAM policies enough. Principals of other accounts need both: a statement here and one in their own policies."
      },
      {
        "code": "KEY_MUST_BE_SYMMETRIC",
        "message": "The key must be a symmetric encryption key, in the Region where it is used."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "kms:*",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:root"
          },
          "Resource": "*",
          "Sid": "AccountAdministration"
        },
        {
          "Action": [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*"
          ],
          "Condition": {
            "ArnEquals": {
              "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:log-group:/example/session-logs"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "Service": "logs.us-east-1.amazonaws.com"
          },
          "Resource": "*",
          "Sid": "CloudWatchLogsUsesKey"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 32768
  },
  {
    "characters": 511,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Sid\": \"AccountAdministration\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"AWS\": \"arn:aws-eusc:iam::111122223333:root\"\n            },\n            \"Action\": \"kms:*\",\n            \"Resource\": \"*\"\n        },\n        {\n            \"Sid\": \"CloudWatchLogsUsesKey\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"Service\": \"logs.eusc-de-east-1.amazonaws.eu\"\n            },\n            \"Action\": [\n                \"kms:Decrypt\",\n                \"kms:Encrypt\",\n                \"kms:GenerateDataKey*\",\n                \"kms:ReEncrypt*\"\n            ],\n            \"Resource\": \"*\",\n            \"Condition\": {\n                \"ArnEquals\": {\n                    \"kms:EncryptionContext:aws:logs:arn\": \"arn:aws-eusc:logs:eusc-de-east-1:111122223333:log-group:/example\"\n                }\n            }\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Allows: the account administers the key; CloudWatch Logs encrypts the log group."
      },
      {
        "code": "KEY_POLICY_SAME_ACCOUNT",
        "message": "Within the account the first statement makes IAM policies enough. Principals of other accounts need both: a statement here and one in their own policies."
      },
      {
        "code": "KEY_MUST_BE_SYMMETRIC",
        "message": "The key must be a symmetric encryption key, in the Region where it is used."
      },
      {
        "code": "SERVICE_PRINCIPAL_UNVERIFIED",
        "message": "The name logs.eusc-de-east-1.amazonaws.eu follows the host names of the partition. Compare it with AWS's guide for this partition before you rely on it."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "kms:*",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws-eusc:iam::111122223333:root"
          },
          "Resource": "*",
          "Sid": "AccountAdministration"
        },
        {
          "Action": [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*"
          ],
          "Condition": {
            "ArnEquals": {
              "kms:EncryptionContext:aws:logs:arn": "arn:aws-eusc:logs:eusc-de-east-1:111122223333:log-group:/example"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "Service": "logs.eusc-de-east-1.amazonaws.eu"
          },
          "Resource": "*",
          "Sid": "CloudWatchLogsUsesKey"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 32768
  },
  {
    "characters": 742,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Refuses requests without TLS, and allows these roles to upload logs and to see if the bucket is encrypted. Their own policies must allow the same."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "s3:*",
          "Condition": {
            "Bool": {
              "aws:SecureTransport": "false"
            }
          },
          "Effect": "Deny",
          "Principal": "*",
          "Resource": [
            "arn:aws:s3:::example-session-logs",
            "arn:aws:s3:::example-session-logs/*"
          ],
          "Sid": "TlsOnly"
        },
        {
          "Action": [
            "s3:PutObject",
            "s3:PutObjectAcl"
          ],
          "Condition": {
            "StringEquals": {
              "s3:x-amz-acl": "bucket-owner-full-control"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/ExampleNodeRole"
          },
          "Resource": "arn:aws:s3:::example-session-logs/prod/*",
          "Sid": "NodesPutLogs"
        },
        {
          "Action": "s3:GetEncryptionConfiguration",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:role/ExampleNodeRole"
          },
          "Resource": "arn:aws:s3:::example-session-logs",
          "Sid": "NodesReadEncryptionConfiguration"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 20480
  },
  {
    "characters": 536,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Sid\": \"SessionKeys\",\n            \"Effect\": \"Allow\",\n            \"Principal\": \"*\",\n            \"Action\": [\n                \"kms:Decrypt\",\n                \"kms:GenerateDataKey\"\n            ],\n            \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\",\n            \"Condition\": {\n                \"StringEquals\": {\n                    \"aws:PrincipalAccount\": \"111122223333\"\n                }\n            }\n        }\n    ]\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Lets the account use kms through the endpoint for what Session Manager needs, and nothing else."
      },
      {
        "code": "ENDPOINT_POLICY_IS_A_LIMIT",
        "message": "The policy of an endpoint grants nothing by itself, and other uses of the same endpoint stop with it."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "kms:Decrypt",
            "kms:GenerateDataKey"
          ],
          "Condition": {
            "StringEquals": {
              "aws:PrincipalAccount": "111122223333"
            }
          },
          "Effect": "Allow",
          "Principal": "*",
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          "Sid": "SessionKeys"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 20480
  },
  {
    "characters": 668,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "May assume the role: ec2.amazonaws.com, ssm.amazonaws.com, ecs-tasks.amazonaws.com, ssm.amazonaws.com."
      },
      {
        "code": "HOST_MANAGEMENT_ROLE",
        "message": "Default Host Management serves one Region at a time, and instances with agent 3.2.582.0 or later and IMDSv2 whose own role, if any, lacks ssm:UpdateInstanceInformation."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": "sts:AssumeRole",
          "Effect": "Allow",
          "Principal": {
            "Service": "ec2.amazonaws.com"
          }
        },
        {
          "Action": "sts:AssumeRole",
          "Condition": {
            "ArnEquals": {
              "aws:SourceArn": "arn:aws:ssm:us-east-1:111122223333:*"
            },
            "StringEquals": {
              "aws:SourceAccount": "111122223333"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "Service": "ssm.amazonaws.com"
          }
        },
        {
          "Action": "sts:AssumeRole",
          "Condition": {
            "ArnLike": {
              "aws:SourceArn": "arn:aws:ecs:us-east-1:111122223333:*"
            },
            "StringEquals": {
              "aws:SourceAccount": "111122223333"
            }
          },
          "Effect": "Allow",
          "Principal": {
            "Service": "ecs-tasks.amazonaws.com"
          }
        },
        {
          "Action": "sts:AssumeRole",
          "Effect": "Allow",
          "Principal": {
            "Service": "ssm.amazonaws.com"
          }
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 2048
  },
  {
    "characters": 1679,
    "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "Refuses callers without these tags to turn Default Host Management on or off and to change its role."
      },
      {
        "code": "SERVICE_CONTROL_POLICY_LIMITS",
        "message": "Attach it to an organization, a unit or an account. It grants nothing, and it does not bind the management account."
      },
      {
        "code": "EXCEPTION_BY_TAG",
        "message": "Whoever may tag a user or role, or may pass session tags, can take the exception. Guard iam:TagRole, iam:TagUser and sts:TagSession for these keys as well."
      }
    ],
    "policy": {
      "Statement": [
        {
          "Action": [
            "ssm:UpdateServiceSetting",
            "ssm:ResetServiceSetting"
          ],
          "Condition": {
            "StringNotEqualsIgnoreCase": {
              "aws:PrincipalTag/job-function": [
                "administrator"
              ]
            }
          },
          "Effect": "Deny",
          "Resource": "arn:aws:ssm:us-east-1:111122223333:servicesetting/ssm/managed-instance/default-ec2-instance-management-role"
        },
        {
          "Action": [
            "iam:PassRole"
          ],
          "Condition": {
            "StringEquals": {
              "iam:PassedToService": "ssm.amazonaws.com"
            },
            "StringNotEqualsIgnoreCase": {
              "aws:PrincipalTag/job-function": [
                "administrator"
              ]
            }
          },
          "Effect": "Deny",
          "Resource": "arn:aws:iam::111122223333:role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole"
        },
        {
          "Action": [
            "iam:AttachRolePolicy",
            "iam:DeleteRole"
          ],
          "Condition": {
            "StringNotEqualsIgnoreCase": {
              "aws:PrincipalTag/job-function": [
                "administrator"
              ]
            }
          },
          "Effect": "Deny",
          "Resource": "arn:aws:iam::111122223333:role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole"
        }
      ],
      "Version": "2012-10-17"
    },
    "quota": 10240
  }
];

export const documents: BuiltDocument[] = [
  {
    "command": "aws ec2 describe-vpc-endpoint-services --region cn-north-1 --query ServiceNames",
    "document": [
      {
        "required": true,
        "service": "ssm",
        "why": "The agent reports and receives its configuration."
      },
      {
        "required": true,
        "service": "ssmmessages",
        "why": "Sessions and commands of current agents."
      },
      {
        "required": true,
        "service": "ec2messages",
        "why": "Commands for agents before 3.3.40.0."
      },
      {
        "required": true,
        "service": "s3",
        "why": "Updates of the agent, and session logs where a bucket is set."
      },
      {
        "required": true,
        "service": "kms",
        "why": "The key for session data."
      },
      {
        "required": true,
        "service": "logs",
        "why": "Session logs in CloudWatch Logs."
      }
    ],
    "json": "[\n    {\n        \"service\": \"ssm\",\n        \"required\": true,\n        \"why\": \"The agent reports and receives its configuration.\"\n    },\n    {\n        \"service\": \"ssmmessages\",\n        \"required\": true,\n        \"why\": \"Sessions and commands of current agents.\"\n    },\n    {\n        \"service\": \"ec2messages\",\n        \"required\": true,\n        \"why\": \"Commands for agents before 3.3.40.0.\"\n    },\n    {\n        \"service\": \"s3\",\n        \"required\": true,\n        \"why\": \"Updates of the agent, and session logs where a bucket is set.\"\n    },\n    {\n        \"service\": \"kms\",\n        \"required\": true,\n        \"why\": \"The key for session data.\"\n    },\n    {\n        \"service\": \"logs\",\n        \"required\": true,\n        \"why\": \"Session logs in CloudWatch Logs.\"\n    }\n]\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "The endpoints that a VPC without a way to the internet needs, in the Region of the nodes and of the bucket."
      },
      {
        "code": "ENDPOINT_SECURITY_GROUP",
        "message": "The security group of the endpoints must let in port 443 from the nodes. A VPC with a way to the internet needs none of them, only port 443 out."
      },
      {
        "code": "ENDPOINT_NAMES_CHINA",
        "message": "Some names of endpoints in China begin otherwise than elsewhere. Take them from the output of the command."
      },
      {
        "code": "ENDPOINTS_OF_OPERATORS",
        "message": "People inside the VPC use the same endpoints ssm and ssmmessages, and kms where sessions are encrypted."
      }
    ]
  },
  {
    "command": "aws ssm create-document --name AuditedShell --content file://AuditedShell.json --document-type Session --document-format JSON --region us-east-1",
    "document": {
      "description": "Preferences",
      "inputs": {
        "cloudWatchEncryptionEnabled": true,
        "cloudWatchLogGroupName": "/example/session-logs",
        "cloudWatchStreamingEnabled": true,
        "idleSessionTimeout": "15",
        "kmsKeyId": "alias/sessions",
        "maxSessionDuration": "60",
        "runAsDefaultUser": "ec2-user",
        "runAsEnabled": true,
        "s3BucketName": "example-session-logs",
        "s3EncryptionEnabled": true,
        "s3KeyPrefix": "{{ prefix }}",
        "shellProfile": {
          "linux": "pwd",
          "windows": "date"
        }
      },
      "parameters": {
        "prefix": {
          "default": "",
          "type": "String"
        },
        "unused": {
          "type": "String"
        }
      },
      "schemaVersion": "1.0",
      "sessionType": "Standard_Stream"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"description\": \"Preferences\",\n    \"sessionType\": \"Standard_Stream\",\n    \"parameters\": {\n        \"prefix\": {\n            \"type\": \"String\",\n            \"default\": \"\"\n        },\n        \"unused\": {\n            \"type\": \"String\"\n        }\n    },\n    \"inputs\": {\n        \"s3BucketName\": \"example-session-logs\",\n        \"s3KeyPrefix\": \"{{ prefix }}\",\n        \"s3EncryptionEnabled\": true,\n        \"cloudWatchLogGroupName\": \"/example/session-logs\",\n        \"cloudWatchEncryptionEnabled\": true,\n        \"cloudWatchStreamingEnabled\": true,\n        \"kmsKeyId\": \"alias/sessions\",\n        \"runAsEnabled\": true,\n        \"runAsDefaultUser\": \"ec2-user\",\n        \"idleSessionTimeout\": \"15\",\n        \"maxSessionDuration\": \"60\",\n        \"shellProfile\": {\n            \"windows\": \"date\",\n            \"linux\": \"pwd\"\n        }\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "A session document for shells. Save the text as AuditedShell.json and run the command there. It takes the place of the preferences for whoever starts a session with it."
      },
      {
        "code": "DOCUMENT_MUST_BE_ALLOWED",
        "message": "People start it with aws ssm start-session --target NODE --document-name AuditedShell, and need ssm:StartSession on the node and on this document: documents of the operator policy. Whoever may also start the default document or those of AWS is not bound by it."
      },
      {
        "code": "PREFERENCES_CHOSEN_BY_CALLER",
        "message": "Whoever starts a session gives the values of the parameters, and so may send the log elsewhere or nowhere. Give them allowedValues, or write the values into the document."
      },
      {
        "code": "FIELDS_LEFT_OUT",
        "message": "What is left out is off. The guide calls the booleans required and leaves them out itself."
      },
      {
        "code": "BUCKET_MUST_BE_ENCRYPTED",
        "message": "Sessions are refused unless the bucket has default encryption and the node role may see it: s3:GetEncryptionConfiguration."
      },
      {
        "code": "LOG_GROUP_MUST_BE_ENCRYPTED",
        "message": "Sessions are refused unless the log group is encrypted with a KMS key and the node role may see it: logs:DescribeLogGroups on every resource."
      },
      {
        "code": "PREFERENCES_KEY",
        "message": "Every node role then needs kms:Decrypt and every operator kms:GenerateDataKey on the ARN of the key, also where an alias stands here. An alias works in its own account only."
      },
      {
        "code": "RUN_AS_TAG",
        "message": "Callers without the tag SSMSessionRunAs run as the default user; where there is none, or the user is not on the node, their sessions fail."
      },
      {
        "code": "PARAMETER_UNUSED",
        "message": "Nothing in the document refers to the parameter unused."
      }
    ]
  },
  {
    "command": "aws ssm update-document --name SSM-SessionManagerRunShell --content file://SessionManagerRunShell.json --document-version '$LATEST'",
    "document": {
      "description": "Document to hold regional settings for Session Manager",
      "inputs": {
        "cloudWatchEncryptionEnabled": true,
        "cloudWatchLogGroupName": "",
        "cloudWatchStreamingEnabled": true,
        "idleSessionTimeout": "20",
        "kmsKeyId": "",
        "maxSessionDuration": "",
        "runAsDefaultUser": "",
        "runAsEnabled": false,
        "s3BucketName": "",
        "s3EncryptionEnabled": true,
        "s3KeyPrefix": "",
        "shellProfile": {
          "linux": "",
          "windows": ""
        }
      },
      "schemaVersion": "1.0",
      "sessionType": "Standard_Stream"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"description\": \"Document to hold regional settings for Session Manager\",\n    \"sessionType\": \"Standard_Stream\",\n    \"inputs\": {\n        \"s3BucketName\": \"\",\n        \"s3KeyPrefix\": \"\",\n        \"s3EncryptionEnabled\": true,\n        \"cloudWatchLogGroupName\": \"\",\n        \"cloudWatchEncryptionEnabled\": true,\n        \"cloudWatchStreamingEnabled\": true,\n        \"kmsKeyId\": \"\",\n        \"runAsEnabled\": false,\n        \"runAsDefaultUser\": \"\",\n        \"idleSessionTimeout\": \"20\",\n        \"maxSessionDuration\": \"\",\n        \"shellProfile\": {\n            \"windows\": \"\",\n            \"linux\": \"\"\n        }\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "The preferences of one account in one Region. Save the text as SessionManagerRunShell.json and run the command there."
      },
      {
        "code": "STREAMING_WITHOUT_LOG_GROUP",
        "message": "Without a log group nothing is streamed."
      }
    ]
  },
  {
    "command": "aws ssm create-document --name SSM-SessionManagerRunShell --content file://SessionManagerRunShell.json --document-type Session --document-format JSON",
    "document": {
      "description": "Document to hold regional settings for Session Manager",
      "inputs": {
        "cloudWatchEncryptionEnabled": true,
        "cloudWatchLogGroupName": "",
        "cloudWatchStreamingEnabled": false,
        "idleSessionTimeout": "20",
        "kmsKeyId": "",
        "maxSessionDuration": "",
        "runAsDefaultUser": "",
        "runAsEnabled": false,
        "s3BucketName": "",
        "s3EncryptionEnabled": true,
        "s3KeyPrefix": "",
        "shellProfile": {
          "linux": "",
          "windows": ""
        }
      },
      "schemaVersion": "1.0",
      "sessionType": "Standard_Stream"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"description\": \"Document to hold regional settings for Session Manager\",\n    \"sessionType\": \"Standard_Stream\",\n    \"inputs\": {\n        \"s3BucketName\": \"\",\n        \"s3KeyPrefix\": \"\",\n        \"s3EncryptionEnabled\": true,\n        \"cloudWatchLogGroupName\": \"\",\n        \"cloudWatchEncryptionEnabled\": true,\n        \"cloudWatchStreamingEnabled\": false,\n        \"kmsKeyId\": \"\",\n        \"runAsEnabled\": false,\n        \"runAsDefaultUser\": \"\",\n        \"idleSessionTimeout\": \"20\",\n        \"maxSessionDuration\": \"\",\n        \"shellProfile\": {\n            \"windows\": \"\",\n            \"linux\": \"\"\n        }\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "The preferences of one account in one Region. Save the text as SessionManagerRunShell.json and run the command there."
      },
      {
        "code": "PREFERENCES_MAY_EXIST",
        "message": "If the document is there already, as after the first visit to the console's preferences, the command fails. Build it with exists true then."
      }
    ]
  },
  {
    "command": "aws ssm update-document --name ReadLog --content file://ReadLog.json --document-version '$LATEST' --region us-east-1",
    "document": {
      "description": "Reads a log",
      "parameters": {
        "follow": {
          "default": "true",
          "type": "Boolean"
        },
        "lines": {
          "allowedValues": [
            "10",
            "20"
          ],
          "default": [
            "10"
          ],
          "type": "StringList"
        },
        "logpath": {
          "allowedPattern": "[a-z]+",
          "default": "{{ssm:/example/log}}",
          "description": "The log",
          "maxChars": 32,
          "minChars": 1,
          "type": "String"
        }
      },
      "properties": {
        "linux": {
          "commands": "tail -n {{ lines }} {{ logpath }} {{ other }}",
          "runAsElevated": true
        },
        "macos": {
          "commands": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...",
          "runAsElevated": false
        },
        "windows": {
          "commands": [
            "Get-Content {{ logpath }}"
          ],
          "runAsElevated": true
        }
      },
      "schemaVersion": "1.0",
      "sessionType": "InteractiveCommands"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"description\": \"Reads a lo...",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "A session document for commands that people can type into. Save the text as ReadLog.json and run the command there, once for each Region."
      },
      {
        "code": "DOCUMENT_MUST_BE_ALLOWED",
        "message": "People start it with aws ssm start-session --target NODE --document-name ReadLog, and need ssm:StartSession on the node and on this document: documents of the operator policy. Whoever may also start the default document or those of AWS is not bound by it."
      },
      {
        "code": "DOCUMENT_DEFAULT_VERSION",
        "message": "The command adds a version. Make it the default with aws ssm update-document-default-version --name ReadLog --document-version NUMBER, since people cannot choose one when they start a session."
      },
      {
        "code": "PARAMETER_UNRESTRICTED",
        "message": "The value of logpath goes into the commands as people write it, so they can run anything with the rights of an administrator. Give it allowedValues, or an allowedPattern from ^ to $ that leaves no room for quotation marks, spaces and semicolons."
      },
      {
        "code": "RUN_AS_ELEVATED",
        "message": "The commands run with the rights of an administrator. A pager, an editor or whatever else can start a shell hands these rights on to whoever may start the document."
      },
      {
        "code": "MACOS_COMMANDS_UNVERIFIED",
        "message": "The agent's source reads commands for macOS under this name, and the guide does not mention them. Try one session first."
      },
      {
        "code": "COMMANDS_FROM_CLI_ONLY",
        "message": "Sessions with interactive commands start from the AWS CLI only, and their logs are not streamed to CloudWatch Logs while they run."
      },
      {
        "code": "PARAMETER_UNUSED",
        "message": "Nothing in the document refers to the parameter follow."
      },
      {
        "code": "PARAMETER_UNDECLARED",
        "message": "The document refers to other, and no parameter is called that."
      },
      {
        "code": "PARAMETER_STORE",
        "message": "References with ssm: are read from Parameter Store, for which the role of the nodes needs ssm:GetParameters: documentParameters of the node policy. Secure strings cannot be read so."
      },
      {
        "code": "DOCUMENT_OVER_QUOTA",
        "message": "The document has 66622 bytes, and AWS takes 65536 together with the values of its parameters. Put long commands into a script on the nodes."
      }
    ]
  },
  {
    "command": "aws ssm create-document --name Tunnel --content file://Tunnel.json --document-type Session --document-format JSON",
    "document": {
      "parameters": {
        "host": {
          "type": "String"
        }
      },
      "properties": {
        "host": "{{ host }}",
        "localPortNumber": "0",
        "portNumber": "5432",
        "type": "LocalPortForwarding"
      },
      "schemaVersion": "1.0",
      "sessionType": "Port"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"sessionType\": \"Port\",\n    \"parameters\": {\n        \"host\": {\n            \"type\": \"String\"\n        }\n    },\n    \"properties\": {\n        \"host\": \"{{ host }}\",\n        \"portNumber\": \"5432\",\n        \"type\": \"LocalPortForwarding\",\n        \"localPortNumber\": \"0\"\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "A session document for a port of a host behind the node. Save the text as Tunnel.json and run the command there, once for each Region."
      },
      {
        "code": "DOCUMENT_MUST_BE_ALLOWED",
        "message": "People start it with aws ssm start-session --target NODE --document-name Tunnel, and need ssm:StartSession on the node and on this document: documents of the operator policy. Whoever may also start the default document or those of AWS is not bound by it."
      },
      {
        "code": "PORT_NOT_LOGGED",
        "message": "Session Manager logs none of the contents of sessions for ports and does not use the session key: they are as safe as the protocol inside."
      },
      {
        "code": "REMOTE_HOST_AGENT",
        "message": "Ports of other hosts need agent 3.1.1374.0 or later on the node. The host sees the node as the client, so its security group must let the node in."
      },
      {
        "code": "PORT_CHOSEN_BY_CALLER",
        "message": "Policies cannot limit the values of parameters. Write the host and the port into the document, or give their parameters allowedValues."
      }
    ]
  },
  {
    "command": "aws ssm create-document --name Ssh --content file://Ssh.json --document-type Session --document-format JSON",
    "document": {
      "properties": {
        "portNumber": "22"
      },
      "schemaVersion": "1.0",
      "sessionType": "Port"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"sessionType\": \"Port\",\n    \"properties\": {\n        \"portNumber\": \"22\"\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "A session document for a port of the node. Save the text as Ssh.json and run the command there, once for each Region."
      },
      {
        "code": "DOCUMENT_MUST_BE_ALLOWED",
        "message": "People start it with aws ssm start-session --target NODE --document-name Ssh, and need ssm:StartSession on the node and on this document: documents of the operator policy. Whoever may also start the default document or those of AWS is not bound by it."
      },
      {
        "code": "PORT_NOT_LOGGED",
        "message": "Session Manager logs none of the contents of sessions for ports and does not use the session key: they are as safe as the protocol inside."
      },
      {
        "code": "PORT_WITHOUT_LOCAL_PORT",
        "message": "The traffic goes over standard input and output, as a ProxyCommand of ssh wants it. Give localPortNumber to forward a port of the caller's machine; 0 takes one that is free."
      }
    ]
  },
  {
    "command": "aws ssm create-document --name Uptime --content file://Uptime.json --document-type Session --document-format JSON",
    "document": {
      "properties": {
        "linux": {
          "commands": "uptime",
          "runAsElevated": false
        }
      },
      "schemaVersion": "1.0",
      "sessionType": "NonInteractiveCommands"
    },
    "json": "{\n    \"schemaVersion\": \"1.0\",\n    \"sessionType\": \"NonInteractiveCommands\",\n    \"properties\": {\n        \"linux\": {\n            \"commands\": \"uptime\",\n            \"runAsElevated\": false\n        }\n    }\n}\n",
    "notes": [
      {
        "code": "SUMMARY",
        "message": "A session document for commands that only print. Save the text as Uptime.json and run the command there, once for each Region."
      },
      {
        "code": "DOCUMENT_MUST_BE_ALLOWED",
        "message": "People start it with aws ssm start-session --target NODE --document-name Uptime, and need ssm:StartSession on the node and on this document: documents of the operator policy. Whoever may also start the default document or those of AWS is not bound by it."
      }
    ]
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
  },
  {
    "code": "WORD_UNKNOWN",
    "message": "\"tight\" is not known. Known are guide, least-privilege.",
    "path": "options.scope"
  },
  {
    "code": "BUCKET_NAME_MALFORMED",
    "message": "\"Logs\" is not the name of a bucket. A name has 3 to 63 lower-case letters, digits, dots and hyphens, such as example-session-logs; no ARN and no prefix belongs to it.",
    "path": "options.s3Logs.bucket"
  },
  {
    "code": "BUCKET_PLACEHOLDER",
    "message": "\"DOC-EXAMPLE-BUCKET\" stands in AWS's documentation for a bucket of yours. Give its name, such as example-session-logs.",
    "path": "options.s3Logs.bucket"
  },
  {
    "code": "PREFIX_MALFORMED",
    "message": "\"/prod\" is not a prefix for log files. Write it without a slash at either end and in at most 500 characters up to U+00FF, such as prod/sessions.",
    "path": "options.s3Logs.prefix"
  },
  {
    "code": "LOG_GROUP_MALFORMED",
    "message": "\"a b\" is not the name of a log group. A name has up to 512 letters, digits and . - _ / # and does not begin with aws/, such as /example/session-logs.",
    "path": "options.cloudWatchLogs.logGroup"
  },
  {
    "code": "NODE_ID_MALFORMED",
    "message": "\"i-1\" is not the ID of a node. An instance looks like i-0123456789abcdef0, a node of a hybrid activation like mi-0123456789abcdef0.",
    "path": "options.instanceIds"
  },
  {
    "code": "INSTANCE_IDS_OF_OTHER_KIND",
    "message": "These IDs are of another kind of node than the option for the kinds says. IDs that begin with i- belong to ec2, those with mi- to hybrid; ECS tasks have none.",
    "path": "options.instanceIds"
  },
  {
    "code": "PARAMETER_NAME_MALFORMED",
    "message": "\"a//b\" is not the name of a parameter. A name has letters, digits and _ . - with slashes between its levels, such as /example/password.",
    "path": "options.documentParameters"
  },
  {
    "code": "AGENT_BUCKETS_NEED_REGION",
    "message": "The names of the agent's buckets contain the Region, and a wildcard there would match buckets of strangers. Give region, such as us-east-2.",
    "path": "options.agentBuckets"
  },
  {
    "code": "LEGACY_CHANNEL_UNAVAILABLE",
    "message": "Regions that opened in 2024 or later have no ec2messages. Leave legacyChannel out: the agents there receive commands over ssmmessages.",
    "path": "options.legacyChannel"
  },
  {
    "code": "NOTHING_ALLOWED",
    "message": "With these options the policy would have no statement. Ask for at least one thing.",
    "path": "options.channel"
  },
  {
    "code": "TAG_KEY_MALFORMED",
    "message": "\"aws:x\" is not a tag key. A key has 1 to 128 letters, digits, spaces and _ . : / = + - @, does not begin with aws: and in a policy has no character beyond U+00FF.",
    "path": "options.targets.tags.aws:x"
  },
  {
    "code": "TAG_VALUE_MALFORMED",
    "message": "\"*\" is not a tag value. A value has up to 256 letters, digits, spaces and _ . : / = + - @, in a policy none beyond U+00FF.",
    "path": "options.targets.tags.x"
  },
  {
    "code": "TAG_KEY_TWICE",
    "message": "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one condition, which a policy holds once. Leave one of them out; give the values that are right, each enough, to the other, such as Team: [\"web\", \"shop\"].",
    "path": "options.targets.tags"
  },
  {
    "code": "TAG_KEY_TWICE",
    "message": "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one condition, which a policy holds once. Leave one of them out; give the values that are right, each enough, to the other, such as Team: [\"web\", \"shop\"].",
    "path": "options.targets.principalTags"
  },
  {
    "code": "TAG_KEY_TWICE",
    "message": "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one condition, which a policy holds once. Leave one of them out; give the values that are right, each enough, to the other, such as Team: [\"web\", \"shop\"].",
    "path": "options.ecsExec.tags"
  },
  {
    "code": "INSTANCE_IDS_WITH_TAGS",
    "message": "Choose the nodes by their IDs or by their tags, not by both.",
    "path": "options.targets.instanceIds"
  },
  {
    "code": "DOCUMENT_NAME_MALFORMED",
    "message": "\"AWS-StartSSHSession\" is not the name of a document of your account. A name has 3 to 128 letters, digits and _ - . and does not begin with aws, amazon or amzn, such as ExampleSessionDocument.",
    "path": "options.documents"
  },
  {
    "code": "TARGET_ID_MALFORMED",
    "message": "\"node\" is not the target of a session. A target looks like i-0123456789abcdef0, mi-0123456789abcdef0 or ecs:CLUSTER_TASK_RUNTIME.",
    "path": "options.endSessions.targetId"
  },
  {
    "code": "USER_ID_MALFORMED",
    "message": "\"jane\" is not the unique ID of a user or of a role's session. They look like AIDACKCEVSQ6C2EXAMPLE and AROACKCEVSQ6C2EXAMPLE:jane@example.com.",
    "path": "options.endSessions.ownerId"
  },
  {
    "code": "SESSION_OWNER_TWICE",
    "message": "ownerId says whose sessions are meant. Leave whose out beside it.",
    "path": "options.endSessions.whose"
  },
  {
    "code": "CLUSTER_NAME_MALFORMED",
    "message": "\"a b\" is not the name of an ECS cluster. A name has 1 to 255 letters, digits, hyphens and underscores, such as example-cluster.",
    "path": "options.ecsExec.cluster"
  },
  {
    "code": "JUST_IN_TIME_WITH_SESSIONS",
    "message": "Who may start sessions never needs just-in-time access, since the plain way is taken first. Leave out what starts sessions, or justInTime.",
    "path": "options.justInTime"
  },
  {
    "code": "ROLE_NAME_MALFORMED",
    "message": "\"a/b\" is not the name of a role. A name has 1 to 64 letters, digits and _ + = , . @ - and no path, such as ExampleNodeRole.",
    "path": "options.inlinePolicyOf"
  },
  {
    "code": "IP_RANGE_MALFORMED",
    "message": "\"office\" is not a range of IP addresses. One looks like 203.0.113.0/24 or 2001:db8::/32.",
    "path": "options.deny.outsideIpRanges"
  },
  {
    "code": "VPC_ENDPOINT_MALFORMED",
    "message": "\"vpc-1\" is not the ID of a VPC endpoint. One looks like vpce-0123456789abcdef0.",
    "path": "options.deny.outsideVpcEndpoints"
  },
  {
    "code": "ACCOUNT_ID_MISSING",
    "message": "This needs the account ID, twelve digits such as 111122223333.",
    "path": "options.accountId"
  },
  {
    "code": "PRINCIPAL_MALFORMED",
    "message": "\"role\" is not the ARN of a role, a user or an account. One looks like arn:aws:iam::111122223333:role/ExampleNodeRole.",
    "path": "options.nodeRoleArns"
  },
  {
    "code": "REGION_MISSING",
    "message": "This needs the Region, such as us-east-2.",
    "path": "options.region"
  },
  {
    "code": "LOG_GROUP_MISSING",
    "message": "This needs the name of the log group, such as /example/session-logs.",
    "path": "options.logGroup"
  },
  {
    "code": "BUCKET_MISSING",
    "message": "This needs the name of the log bucket, such as example-session-logs.",
    "path": "options.bucket"
  },
  {
    "code": "TAG_KEY_TWICE",
    "message": "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one condition, which a policy holds once. Leave one of them out; give the values that are right, each enough, to the other, such as Team: [\"web\", \"shop\"].",
    "path": "options.exceptTags"
  },
  {
    "code": "MINUTES_OUT_OF_RANGE",
    "message": "61 is not a number of minutes that Session Manager takes. Give a whole number from 1 to 60.",
    "path": "options.idleSessionTimeout"
  },
  {
    "code": "RUN_AS_USER_MALFORMED",
    "message": "\"root\" is not a user for Run As. Write the name of a user of the operating system other than root, such as ssm-user.",
    "path": "options.runAsDefaultUser"
  },
  {
    "code": "RUN_AS_OFF",
    "message": "A default user does nothing while Run As is off. Give runAsEnabled true, or leave the user out.",
    "path": "options.runAsDefaultUser"
  },
  {
    "code": "DOCUMENT_PARAMETER_MISSING",
    "message": "No parameter is called that. Declare it among the parameters, such as parameters: { logGroup: {} } for {{ logGroup }}.",
    "path": "options.s3BucketName"
  },
  {
    "code": "COMMANDS_MISSING",
    "message": "There is nothing to run. Give the commands for at least one system, such as linux: { commands: \"tail -f /var/log/messages\" }.",
    "path": "options.linux"
  },
  {
    "code": "SESSION_TYPE_FOR_SHELLS",
    "message": "A document of the type Standard_Stream holds preferences for shells. Build it as preferences-document, with its name.",
    "path": "options.sessionType"
  },
  {
    "code": "OTHER_SESSION_TYPE",
    "message": "This belongs to session documents of another type: commands to InteractiveCommands and NonInteractiveCommands, ports and the host to Port.",
    "path": "options.portNumber"
  },
  {
    "code": "DOCUMENT_PARAMETER_MALFORMED",
    "message": "\"a-b\" is not the name of a parameter of a document. A name has up to 128 letters, digits and underscores, such as logpath.",
    "path": "options.parameters.a-b"
  },
  {
    "code": "CHARACTERS_OUT_OF_RANGE",
    "message": "-1 is not a number of characters. Give a whole number from 0 to 65536.",
    "path": "options.parameters.a.maxChars"
  },
  {
    "code": "DEFAULT_NOT_ALLOWED",
    "message": "The default of a parameter must be one of its allowedValues and of its type: a text, for StringList a list of texts, for Boolean true or false.",
    "path": "options.parameters"
  },
  {
    "code": "SECURE_PARAMETER",
    "message": "Session documents cannot read secure strings of Parameter Store. Use a parameter of the type String, or let the commands read the secret on the node.",
    "path": "options.parameters"
  },
  {
    "code": "PORT_NUMBER_MISSING",
    "message": "This needs the port on the node or host: a number such as 5432, or a parameter such as {{ portNumber }}.",
    "path": "options.portNumber"
  },
  {
    "code": "PORT_OUT_OF_RANGE",
    "message": "0 is not a port. Give a whole number from 1 to 65535.",
    "path": "options.portNumber"
  },
  {
    "code": "HOST_MALFORMED",
    "message": "\"https://db\" is not a host. Write its name or address without a scheme, a port or a path, such as db.example.internal or 10.0.0.5, or a parameter of the document, such as {{ host }}.",
    "path": "options.host"
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
    "fixes": [
      {
        "applicability": "unsafe",
        "edits": [
          {
            "end": 126,
            "start": 109,
            "text": "\"ssm:StartSession\""
          }
        ],
        "title": "Change to ssm:StartSession"
      }
    ],
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

export const decisionInputs: EvaluationInput[] = [
  {
    "policies": {
      "boundary": {
        "Statement": [
          {
            "Action": "*",
            "Effect": "Allow",
            "Resource": "*"
          }
        ],
        "Version": "2012-10-17"
      },
      "identity": [
        {
          "document": "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}],\"Version\":\"2012-10-17\"}",
          "name": "people"
        }
      ],
      "rcps": [
        [
          {
            "Statement": [
              {
                "Action": "*",
                "Effect": "Allow",
                "Resource": "*"
              }
            ],
            "Version": "2012-10-17"
          }
        ]
      ],
      "resource": null,
      "scps": [
        [
          {
            "Statement": [
              {
                "Action": "*",
                "Effect": "Allow",
                "Resource": "*"
              }
            ],
            "Version": "2012-10-17"
          }
        ]
      ],
      "session": null,
      "unknown": [
        "resource"
      ]
    },
    "request": {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    }
  },
  {
    "policies": {
      "identity": [
        {
          "document": {
            "Statement": [
              {
                "Action": "ssm:StartSession",
                "Condition": {
                  "StringEquals": {
                    "aws:ResourceTag/Env": "dev"
                  }
                },
                "Effect": "Allow",
                "Resource": "arn:aws:ec2:*:*:instance/*"
              }
            ],
            "Version": "2012-10-17"
          },
          "name": "people"
        }
      ],
      "unknown": [
        "scps",
        "rcps"
      ]
    },
    "request": {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    }
  },
  {
    "policies": {
      "identity": [
        {
          "document": {
            "Statement": [
              {
                "Action": "ssm:StartSession",
                "Condition": {
                  "StringEquals": {
                    "aws:ResourceTag/Env": "dev"
                  }
                },
                "Effect": "Allow",
                "Resource": "arn:aws:ec2:*:*:instance/*"
              }
            ],
            "Version": "2012-10-17"
          },
          "name": "people"
        }
      ]
    },
    "request": {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    }
  },
  {
    "policies": {
      "identity": [
        {
          "document": {
            "Statement": [
              {
                "Action": "ssm:StartSession",
                "Condition": {
                  "StringEquals": {
                    "aws:SourceVpce": [
                      "vpce-1",
                      "vpce-2"
                    ]
                  }
                },
                "Effect": "Allow",
                "Resource": "arn:aws:ec2:*:*:instance/*"
              }
            ],
            "Version": "2012-10-17"
          },
          "name": "people"
        }
      ]
    },
    "request": {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    }
  },
  {
    "policies": {
      "identity": [
        {
          "document": {
            "Statement": [
              {
                "Action": "ssm:*",
                "Effect": "Deny",
                "Resource": "*"
              }
            ],
            "Version": "2012-10-17"
          },
          "name": "people"
        }
      ]
    },
    "request": {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    }
  },
  {
    "policies": {},
    "request": {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    }
  }
];

export const decisionsInput: EvaluationsInput = {
  "policies": {
    "boundary": {
      "Statement": [
        {
          "Action": "*",
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "identity": [
      {
        "document": "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}],\"Version\":\"2012-10-17\"}",
        "name": "people"
      }
    ],
    "rcps": [
      [
        {
          "Statement": [
            {
              "Action": "*",
              "Effect": "Allow",
              "Resource": "*"
            }
          ],
          "Version": "2012-10-17"
        }
      ]
    ],
    "resource": null,
    "scps": [
      [
        {
          "Statement": [
            {
              "Action": "*",
              "Effect": "Allow",
              "Resource": "*"
            }
          ],
          "Version": "2012-10-17"
        }
      ]
    ],
    "session": null,
    "unknown": [
      "resource"
    ]
  },
  "requests": [
    {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    },
    {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    },
    {
      "action": "ssm:StartSession",
      "context": {
        "aws:MultiFactorAuthAge": 60,
        "aws:MultiFactorAuthPresent": true,
        "aws:TagKeys": [
          "Env",
          1,
          false
        ]
      },
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
      "resource_account": "111122223333",
      "unknown": [
        "aws:ResourceTag/Env"
      ]
    },
    {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    },
    {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    },
    {
      "action": "ssm:StartSession",
      "principal": "arn:aws:iam::111122223333:user/alice",
      "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"
    }
  ]
};

export const decisions: Decision[] = [
  {
    "decision": "depends",
    "dependsOn": [
      "?resource-policy"
    ],
    "matched": null,
    "possible": [
      "allowed",
      "explicit_deny"
    ],
    "reasons": [
      {
        "gate": "resource",
        "kind": "notSupplied",
        "lacks": [],
        "message": "It depends on the policy of the resource, and none was given.",
        "requirements": [],
        "statement": null
      }
    ]
  },
  {
    "decision": "depends",
    "dependsOn": [
      "?scp",
      "aws:ResourceTag/Env"
    ],
    "matched": null,
    "possible": [
      "allowed",
      "explicit_deny",
      "implicit_deny"
    ],
    "reasons": [
      {
        "gate": null,
        "kind": "undecided",
        "lacks": [
          {
            "element": "Condition",
            "has": "unknown",
            "key": "aws:ResourceTag/Env",
            "operator": "StringEquals",
            "values": [],
            "wanted": [
              "dev"
            ]
          }
        ],
        "message": "It may be allowed by people, Statement[0]: StringEquals wants aws:ResourceTag/Env dev, and the request has an unknown value.",
        "requirements": [],
        "statement": {
          "policy": "people",
          "statement": 0
        }
      },
      {
        "gate": "scps",
        "kind": "notSupplied",
        "lacks": [],
        "message": "It depends on the service control policies, and none was given.",
        "requirements": [],
        "statement": null
      }
    ]
  },
  {
    "decision": "depends",
    "dependsOn": [
      "aws:ResourceTag/Env"
    ],
    "matched": null,
    "possible": [
      "allowed",
      "implicit_deny"
    ],
    "reasons": [
      {
        "gate": null,
        "kind": "allowedIf",
        "lacks": [],
        "message": "It is allowed if aws:ResourceTag/Env is dev.",
        "requirements": [
          {
            "key": "aws:ResourceTag/Env",
            "noneOf": [],
            "oneOf": [
              "dev"
            ],
            "present": true
          }
        ],
        "statement": null
      },
      {
        "gate": null,
        "kind": "undecided",
        "lacks": [
          {
            "element": "Condition",
            "has": "unknown",
            "key": "aws:ResourceTag/Env",
            "operator": "StringEquals",
            "values": [],
            "wanted": [
              "dev"
            ]
          }
        ],
        "message": "It may be allowed by people, Statement[0]: StringEquals wants aws:ResourceTag/Env dev, and the request has an unknown value.",
        "requirements": [],
        "statement": {
          "policy": "people",
          "statement": 0
        }
      }
    ]
  },
  {
    "decision": "implicit_deny",
    "dependsOn": [],
    "matched": null,
    "possible": [
      "implicit_deny"
    ],
    "reasons": [
      {
        "gate": "identity",
        "kind": "closed",
        "lacks": [],
        "message": "No policy of the principal allows it.",
        "requirements": [],
        "statement": null
      },
      {
        "gate": null,
        "kind": "nearest",
        "lacks": [
          {
            "element": "Condition",
            "has": "absent",
            "key": "aws:SourceVpce",
            "operator": "StringEquals",
            "values": [],
            "wanted": [
              "vpce-1",
              "vpce-2"
            ]
          }
        ],
        "message": "It is nearly allowed by people, Statement[0]: StringEquals wants aws:SourceVpce vpce-1 or vpce-2, and the request has no such key.",
        "requirements": [],
        "statement": {
          "policy": "people",
          "statement": 0
        }
      }
    ]
  },
  {
    "decision": "explicit_deny",
    "dependsOn": [],
    "matched": [
      {
        "policy": "people",
        "statement": 0
      }
    ],
    "possible": [
      "explicit_deny"
    ],
    "reasons": [
      {
        "gate": null,
        "kind": "denies",
        "lacks": [],
        "message": "It is denied by people, Statement[0].",
        "requirements": [],
        "statement": {
          "policy": "people",
          "statement": 0
        }
      }
    ]
  },
  {
    "decision": "implicit_deny",
    "dependsOn": [],
    "matched": null,
    "possible": [
      "implicit_deny"
    ],
    "reasons": [
      {
        "gate": "identity",
        "kind": "closed",
        "lacks": [],
        "message": "No policy of the principal allows it.",
        "requirements": [],
        "statement": null
      }
    ]
  }
];

export const roleInputs: RoleInput[] = [
  {
    "documents": [
      "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
      {
        "name": "wide",
        "text": "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}],\"Version\":\"2012-10-17\"}"
      },
      "AmazonSSMManagedInstanceCore",
      "hello"
    ],
    "wants": [
      {
        "capability": "node.channel"
      },
      {
        "capability": "node.session-kms",
        "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    ]
  },
  {
    "documents": [
      "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n"
    ],
    "wants": [
      {
        "capability": "node.session-kms",
        "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      },
      {
        "capability": "node.heartbeat"
      }
    ]
  },
  {
    "documents": [
      "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
      {
        "Statement": [
          {
            "Action": "kms:*",
            "Effect": "Deny",
            "Resource": "*"
          }
        ],
        "Version": "2012-10-17"
      }
    ],
    "wants": [
      {
        "capability": "node.session-kms",
        "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    ]
  },
  {
    "documents": [
      "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssmmessages:CreateControlChannel\",\n                \"ssmmessages:CreateDataChannel\",\n                \"ssmmessages:OpenControlChannel\",\n                \"ssmmessages:OpenDataChannel\"\n            ],\n            \"Resource\": \"*\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"s3:GetEncryptionConfiguration\"\n            ],\n            \"Resource\": \"*\"\n        }\n    ]\n}\n",
      "{\"Statement\":[{\"Action\":\"kms:Decrypt\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1a2b3c4d\"}},\"Effect\":\"Allow\",\"Resource\":\"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"}],\"Version\":\"2012-10-17\"}"
    ],
    "wants": [
      {
        "capability": "node.session-kms",
        "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    ]
  },
  {
    "boundary": {
      "Statement": [
        {
          "Action": "*",
          "Effect": "Allow",
          "Resource": "*"
        }
      ],
      "Version": "2012-10-17"
    },
    "bucketPolicy": null,
    "documents": [
      {
        "PolicyDocument": {
          "Statement": [
            {
              "Action": "*",
              "Effect": "Allow",
              "Resource": "*"
            }
          ],
          "Version": "2012-10-17"
        },
        "PolicyName": "p",
        "RoleName": "Web"
      }
    ],
    "keyPolicy": null,
    "roleName": "Web",
    "scps": [
      {
        "Statement": [
          {
            "Action": "*",
            "Effect": "Allow",
            "Resource": "*"
          }
        ],
        "Version": "2012-10-17"
      }
    ],
    "trustPolicy": null,
    "wants": [
      {
        "accountId": "111122223333",
        "bucket": "example-session-logs",
        "capability": "node.s3-logs",
        "cluster": "cluster",
        "documentName": "ExampleDocument",
        "instanceId": "i-0123456789abcdef0",
        "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "logGroup": "/example/session-logs",
        "parameterName": "example",
        "partition": "aws",
        "prefix": "prod",
        "region": "us-east-1",
        "roleName": "Web",
        "tagKey": "Env",
        "tagValue": "dev",
        "taskId": "0123456789abcdef0123456789abcdef",
        "userName": "JohnDoe"
      }
    ]
  }
];

export const diagnoses: Diagnosis[] = [
  {
    "assumptions": [
      "No key policy was pasted: it is taken to let the policies of the account decide, as KMS's default does.",
      "No service control policy was pasted: none is taken to be in the way.",
      "No permissions boundary was pasted: there is taken to be none.",
      "Not looked at: VPC endpoint policies, session policies, the agent, the network."
    ],
    "blocked": [],
    "capabilities": [
      {
        "id": "node.channel",
        "reasons": [
          {
            "actions": [
              "ssmmessages:CreateControlChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenDataChannel"
            ],
            "dependsOn": [],
            "gate": null,
            "kind": "allows",
            "level": "required",
            "message": "Policy 1, statement 1 allows ssmmessages:CreateControlChannel, ssmmessages:OpenControlChannel, ssmmessages:CreateDataChannel and ssmmessages:OpenDataChannel on *.",
            "path": "documents[0]",
            "pointer": "/Statement/0",
            "policy": "Policy 1",
            "resource": "*",
            "span": {
              "end": {
                "column": 9,
                "line": 13,
                "offset": 364
              },
              "start": {
                "column": 8,
                "line": 4,
                "offset": 58
              }
            },
            "statement": 0
          }
        ],
        "result": "works",
        "title": "Session channels (Message Gateway Service)"
      },
      {
        "id": "node.session-kms",
        "reasons": [
          {
            "actions": [
              "kms:Decrypt"
            ],
            "dependsOn": [],
            "gate": null,
            "kind": "allows",
            "level": "required",
            "message": "Wide, statement 1 allows kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
            "path": "documents[1]",
            "pointer": "/Statement/0",
            "policy": "wide",
            "resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "span": {
              "end": {
                "column": 60,
                "line": 1,
                "offset": 60
              },
              "start": {
                "column": 14,
                "line": 1,
                "offset": 14
              }
            },
            "statement": 0
          },
          {
            "actions": [
              "ssmmessages:CreateControlChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenDataChannel"
            ],
            "dependsOn": [],
            "gate": null,
            "kind": "allows",
            "level": "required",
            "message": "Policy 1, statement 1 allows ssmmessages:CreateControlChannel, ssmmessages:OpenControlChannel, ssmmessages:CreateDataChannel and ssmmessages:OpenDataChannel on *.",
            "path": "documents[0]",
            "pointer": "/Statement/0",
            "policy": "Policy 1",
            "resource": "*",
            "span": {
              "end": {
                "column": 9,
                "line": 13,
                "offset": 364
              },
              "start": {
                "column": 8,
                "line": 4,
                "offset": 58
              }
            },
            "statement": 0
          }
        ],
        "result": "works",
        "title": "Decrypt the session data key"
      }
    ],
    "missing": null,
    "policies": 3,
    "recognised": [
      {
        "kind": "policy",
        "message": "A policy document with 2 statements.",
        "path": "documents[0]",
        "span": {
          "end": {
            "column": 1,
            "line": 22,
            "offset": 539
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      },
      {
        "kind": "policy",
        "message": "A policy document with 1 statement.",
        "path": "documents[1]",
        "span": {
          "end": {
            "column": 85,
            "line": 1,
            "offset": 85
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      },
      {
        "kind": "managed-policy",
        "message": "The AWS managed policy AmazonSSMManagedInstanceCore, version v2 of 2019-05-23.",
        "path": "documents[2]",
        "span": {
          "end": {
            "column": 28,
            "line": 1,
            "offset": 28
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      },
      {
        "kind": "not-recognised",
        "message": "This is not a policy. Paste policy JSON, what aws iam get-role-policy or get-account-authorization-details prints, or the name or ARN of an AWS managed policy.",
        "path": "documents[3]",
        "span": {
          "end": {
            "column": 5,
            "line": 1,
            "offset": 5
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": false
      }
    ],
    "roleName": null,
    "statements": 6
  },
  {
    "assumptions": [
      "No key policy was pasted: it is taken to let the policies of the account decide, as KMS's default does.",
      "No service control policy was pasted: none is taken to be in the way.",
      "No permissions boundary was pasted: there is taken to be none.",
      "Not looked at: VPC endpoint policies, session policies, the agent, the network."
    ],
    "blocked": [],
    "capabilities": [
      {
        "id": "node.session-kms",
        "reasons": [
          {
            "actions": [
              "kms:Decrypt"
            ],
            "dependsOn": [],
            "gate": "identity",
            "kind": "closed",
            "level": "required",
            "message": "No statement allows kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
            "path": null,
            "pointer": null,
            "policy": null,
            "resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "span": null,
            "statement": null
          }
        ],
        "result": "fails",
        "title": "Decrypt the session data key"
      },
      {
        "id": "node.heartbeat",
        "reasons": [
          {
            "actions": [
              "ssm:UpdateInstanceInformation"
            ],
            "dependsOn": [],
            "gate": "identity",
            "kind": "closed",
            "level": "required",
            "message": "No statement allows ssm:UpdateInstanceInformation on arn:aws:ec2:<region>:<account>:instance/<instance ID>.",
            "path": null,
            "pointer": null,
            "policy": null,
            "resource": "arn:aws:ec2:<region>:<account>:instance/<instance ID>",
            "span": null,
            "statement": null
          }
        ],
        "result": "fails",
        "title": "Heartbeat / registration as a managed node"
      }
    ],
    "missing": {
      "characters": 273,
      "json": "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"kms:Decrypt\"\n            ],\n            \"Resource\": \"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"\n        },\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": [\n                \"ssm:UpdateInstanceInformation\"\n            ],\n            \"Resource\": \"arn:aws:ec2:*:*:instance/*\"\n        }\n    ]\n}\n",
      "notes": [
        {
          "code": "SUMMARY",
          "message": "Adds 2 statements, 2 actions."
        }
      ],
      "policy": {
        "Statement": [
          {
            "Action": [
              "kms:Decrypt"
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
          },
          {
            "Action": [
              "ssm:UpdateInstanceInformation"
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:ec2:*:*:instance/*"
          }
        ],
        "Version": "2012-10-17"
      },
      "quota": 10240
    },
    "policies": 1,
    "recognised": [
      {
        "kind": "policy",
        "message": "A policy document with 2 statements.",
        "path": "documents[0]",
        "span": {
          "end": {
            "column": 1,
            "line": 22,
            "offset": 539
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      }
    ],
    "roleName": null,
    "statements": 2
  },
  {
    "assumptions": [
      "No key policy was pasted: it is taken to let the policies of the account decide, as KMS's default does.",
      "No service control policy was pasted: none is taken to be in the way.",
      "No permissions boundary was pasted: there is taken to be none.",
      "Not looked at: VPC endpoint policies, session policies, the agent, the network."
    ],
    "blocked": [
      {
        "actions": [
          "kms:Decrypt"
        ],
        "dependsOn": [],
        "gate": null,
        "kind": "denies",
        "level": "required",
        "message": "Policy 2, statement 1 denies kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
        "path": "documents[1]",
        "pointer": "/Statement/0",
        "policy": "Policy 2",
        "resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "span": null,
        "statement": 0
      }
    ],
    "capabilities": [
      {
        "id": "node.session-kms",
        "reasons": [
          {
            "actions": [
              "kms:Decrypt"
            ],
            "dependsOn": [],
            "gate": null,
            "kind": "denies",
            "level": "required",
            "message": "Policy 2, statement 1 denies kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
            "path": "documents[1]",
            "pointer": "/Statement/0",
            "policy": "Policy 2",
            "resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "span": null,
            "statement": 0
          }
        ],
        "result": "fails",
        "title": "Decrypt the session data key"
      }
    ],
    "missing": null,
    "policies": 2,
    "recognised": [
      {
        "kind": "policy",
        "message": "A policy document with 2 statements.",
        "path": "documents[0]",
        "span": {
          "end": {
            "column": 1,
            "line": 22,
            "offset": 539
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      },
      {
        "kind": "policy",
        "message": "A policy document with 1 statement.",
        "path": "documents[1]",
        "span": null,
        "used": true
      }
    ],
    "roleName": null,
    "statements": 3
  },
  {
    "assumptions": [
      "No key policy was pasted: it is taken to let the policies of the account decide, as KMS's default does.",
      "No service control policy was pasted: none is taken to be in the way.",
      "No permissions boundary was pasted: there is taken to be none.",
      "The role is taken to be of account 111122223333, the only one that its policies name.",
      "Not looked at: VPC endpoint policies, session policies, the agent, the network."
    ],
    "blocked": [],
    "capabilities": [
      {
        "id": "node.session-kms",
        "reasons": [
          {
            "actions": [
              "kms:Decrypt"
            ],
            "dependsOn": [
              "aws:SourceVpce"
            ],
            "gate": null,
            "kind": "depends",
            "level": "required",
            "message": "Policy 2, statement 1 allows kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab if aws:SourceVpce is vpce-1a2b3c4d.",
            "path": "documents[1]",
            "pointer": "/Statement/0",
            "policy": "Policy 2",
            "resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "span": {
              "end": {
                "column": 208,
                "line": 1,
                "offset": 208
              },
              "start": {
                "column": 14,
                "line": 1,
                "offset": 14
              }
            },
            "statement": 0
          }
        ],
        "result": "unknown",
        "title": "Decrypt the session data key"
      }
    ],
    "missing": null,
    "policies": 2,
    "recognised": [
      {
        "kind": "policy",
        "message": "A policy document with 2 statements.",
        "path": "documents[0]",
        "span": {
          "end": {
            "column": 1,
            "line": 22,
            "offset": 539
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      },
      {
        "kind": "policy",
        "message": "A policy document with 1 statement.",
        "path": "documents[1]",
        "span": {
          "end": {
            "column": 233,
            "line": 1,
            "offset": 233
          },
          "start": {
            "column": 0,
            "line": 1,
            "offset": 0
          }
        },
        "used": true
      }
    ],
    "roleName": null,
    "statements": 3
  },
  {
    "assumptions": [
      "No bucket policy was pasted: it is taken not to be in the way.",
      "The service control policies are taken to stand on one level.",
      "Not looked at: VPC endpoint policies, session policies, the agent, the network."
    ],
    "blocked": [],
    "capabilities": [
      {
        "id": "node.s3-logs",
        "reasons": [
          {
            "actions": [
              "s3:PutObject"
            ],
            "dependsOn": [],
            "gate": null,
            "kind": "allows",
            "level": "required",
            "message": "P, statement 1 allows s3:PutObject on arn:aws:s3:::example-session-logs/prod/<session ID>.log.",
            "path": "documents[0]",
            "pointer": "/PolicyDocument/Statement/0",
            "policy": "p",
            "resource": "arn:aws:s3:::example-session-logs/prod/<session ID>.log",
            "span": null,
            "statement": 0
          }
        ],
        "result": "works",
        "title": "Upload session log to S3"
      }
    ],
    "missing": null,
    "policies": 1,
    "recognised": [
      {
        "kind": "inline-policy",
        "message": "The inline policy p of the role Web with 1 statement.",
        "path": "documents[0]",
        "span": null,
        "used": true
      },
      {
        "kind": "policy",
        "message": "A policy document with 1 statement.",
        "path": "boundary",
        "span": null,
        "used": true
      },
      {
        "kind": "policy",
        "message": "A policy document with 1 statement.",
        "path": "scps[0]",
        "span": null,
        "used": true
      }
    ],
    "roleName": "Web",
    "statements": 1
  }
];

export const explanations: Explanation[] = [
  {
    "capabilities": [
      "operator.start-shell"
    ],
    "cause": "implicit_deny",
    "code": "ACCESS_DENIED",
    "help": "Add a statement that allows ssm:StartSession on arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0 to a policy of the role or user.",
    "layer": "identity",
    "meaning": "arn:aws:iam::111122223333:user/JohnDoe may not call ssm:StartSession on arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0, since no identity-based policy allows it.",
    "permissions": [
      {
        "action": "ssm:StartSession",
        "resource": "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0"
      }
    ],
    "policyArn": null,
    "principal": "arn:aws:iam::111122223333:user/JohnDoe",
    "span": {
      "end": {
        "column": 201,
        "line": 1,
        "offset": 201
      },
      "start": {
        "column": 0,
        "line": 1,
        "offset": 0
      }
    },
    "times": 1
  },
  {
    "capabilities": [
      "node.heartbeat",
      "node.channel"
    ],
    "cause": "not_iam",
    "code": "NO_INSTANCE_PROFILE",
    "help": "Attach an instance profile to the instance, or turn on Default Host Management.",
    "layer": null,
    "meaning": "The instance has no instance profile.",
    "permissions": [],
    "policyArn": null,
    "principal": null,
    "span": {
      "end": {
        "column": 47,
        "line": 2,
        "offset": 284
      },
      "start": {
        "column": 21,
        "line": 2,
        "offset": 258
      }
    },
    "times": 1
  }
];

export const capabilities: CapabilityName[] = [
  {
    "actions": [
      "ssm:UpdateInstanceInformation"
    ],
    "id": "node.heartbeat",
    "needs": [],
    "side": "node",
    "title": "Heartbeat / registration as a managed node",
    "values": [
      "region",
      "accountId",
      "instanceId"
    ]
  },
  {
    "actions": [
      "ssm:UpdateInstanceInformation"
    ],
    "id": "node.heartbeat-hybrid",
    "needs": [],
    "side": "node",
    "title": "Heartbeat of a hybrid (mi-) node",
    "values": [
      "region",
      "accountId",
      "instanceId"
    ]
  },
  {
    "actions": [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenDataChannel"
    ],
    "id": "node.channel",
    "needs": [],
    "side": "node",
    "title": "Session channels (Message Gateway Service)",
    "values": []
  }
];

export const managed: ManagedPolicy[] = [
  {
    "arn": "arn:aws:iam::aws:policy/AWSCloud9SSMInstanceProfile",
    "date": "2020-05-14",
    "name": "AWSCloud9SSMInstanceProfile",
    "version": "v1"
  },
  {
    "arn": "arn:aws:iam::aws:policy/AWSSystemsManagerJustInTimeAccessTokenPolicy",
    "date": "2026-02-12",
    "name": "AWSSystemsManagerJustInTimeAccessTokenPolicy",
    "version": "v6"
  },
  {
    "arn": "arn:aws:iam::aws:policy/AWSSystemsManagerJustInTimeAccessTokenSessionPolicy",
    "date": "2026-02-12",
    "name": "AWSSystemsManagerJustInTimeAccessTokenSessionPolicy",
    "version": "v3"
  }
];

export const catalog: CatalogInfo = {
  "actions": 22091,
  "date": "2026-09-26",
  "services": 456
};
