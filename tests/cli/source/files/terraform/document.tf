# Policies as data sources.
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AsumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "node" {
  statement {
    sid       = "Channels"
    effect    = "Allow"
    actions   = ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChanel"]
    resources = ["*"]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/prod/*", aws_s3_bucket.logs.arn]
    condition {
      test     = "StringEqals"
      variable = "aws:PrincipalTag/Team"
      values   = ["&{aws:PrincipalTag/Team}"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:userid"
      values   = ["*:ada", var.user]
    }
  }

  dynamic "statement" {
    for_each = var.more
    content {
      actions   = ["s3:Nothing"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role" "node" {
  name               = "node" // é😀
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "node" {
  role   = aws_iam_role.node.name
  policy = data.aws_iam_policy_document.node.json
}
