# An inline policy of a role that exists.
# To make it, run: cdk deploy SessionManagerStack
# A stack loses what is not in its newest file: give each file a stack of its own, by another name.
# To undo it, run: cdk destroy SessionManagerStack

from aws_cdk import Stack, aws_iam as iam
from constructs import Construct


class SessionManagerStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        iam.CfnRolePolicy(
            self,
            "SessionManagerPermissions",
            role_name="WebServer",
            policy_name="SessionManagerPermissions",
            policy_document={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": [
                            "ssmmessages:CreateControlChannel",
                            "ssmmessages:CreateDataChannel",
                            "ssmmessages:OpenControlChannel",
                            "ssmmessages:OpenDataChannel",
                        ],
                        "Resource": "*",
                    },
                    {
                        "Effect": "Allow",
                        "Action": [
                            "s3:GetEncryptionConfiguration",
                        ],
                        "Resource": "*",
                    },
                    {
                        "Effect": "Allow",
                        "Action": [
                            "kms:Decrypt",
                        ],
                        "Resource": "key-name",
                    },
                ],
            },
        )
