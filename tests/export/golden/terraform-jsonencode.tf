# An inline policy of a role that exists.
# To make it, run: terraform init && terraform apply
# To undo it, remove this file and run: terraform apply

resource "aws_iam_role_policy" "session_manager_permissions" {
  role = "WebServer"
  name = "SessionManagerPermissions"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetEncryptionConfiguration",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "kms:Decrypt",
        ]
        Resource = "key-name"
      },
    ]
  })
}
