@'
{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel"
            ],
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": [
                "s3:GetEncryptionConfiguration"
            ],
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": [
                "kms:Decrypt"
            ],
            "Resource": "key-name"
        }
    ]
}
'@ | Set-Content -Encoding ascii -Path SessionManagerPermissions.json

# A policy of this name that is there already is overwritten without a question.
aws iam put-role-policy `
  --role-name WebServer `
  --policy-name SessionManagerPermissions `
  --policy-document file://SessionManagerPermissions.json

# To undo it:
#   aws iam delete-role-policy `
#     --role-name WebServer `
#     --policy-name SessionManagerPermissions
