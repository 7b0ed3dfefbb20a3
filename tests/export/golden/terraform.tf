# An inline policy of a role that exists.
# To make it, run: terraform init && terraform apply
# To undo it, remove this file and run: terraform apply

data "aws_iam_policy_document" "session_manager_permissions" {
  statement {
    effect = "Allow"
    actions = [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    resources = [
      "*",
    ]
  }

  statement {
    effect = "Allow"
    actions = [
      "s3:GetEncryptionConfiguration",
    ]
    resources = [
      "*",
    ]
  }

  statement {
    effect = "Allow"
    actions = [
      "kms:Decrypt",
    ]
    resources = [
      "key-name",
    ]
  }
}

resource "aws_iam_role_policy" "session_manager_permissions" {
  role   = "WebServer"
  name   = "SessionManagerPermissions"
  policy = data.aws_iam_policy_document.session_manager_permissions.json
}
