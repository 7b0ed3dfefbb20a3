resource "aws_iam_policy" "loop" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for bucket in var.buckets : {
      Effect   = "Allow"
      Action   = "s3:GetObjekt"
      Resource = ["arn:aws:s3:::${bucket}/*"]
    }]
  })
}

resource "aws_iam_policy" "resources" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObjekt", Resource = [for b in var.buckets : "arn:aws:s3:::${b}/*" if b != ""] }]
  })
}

resource "aws_iam_policy" "joined" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = "kms:Decryptt", Resource = "*" }],
      var.logs ? [{ Effect = "Allow", Action = "logs:CreateLogStreem", Resource = "*" }] : [],
      var.more,
    )
  })
}

resource "aws_iam_policy" "flat" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = flatten([[{ Effect = "Allow", Action = "sqs:SendMesage", Resource = "*" }], [for q in var.queues : [{ Effect = "Deny", Action = "sqs:DeleteQeue", Resource = q }]]])
  })
}

resource "aws_iam_policy" "merged" {
  policy = jsonencode(merge({ Version = "2008-10-17" }, {
    Version   = "2012-10-17"
    Statement = [merge({ Effect = "Allow", Action = "sns:Publich", Resource = "*" }, var.tagged ? { Condition = { Bool = { "aws:SecureTransport" = "true" } } } : {})]
  }))
}

resource "aws_iam_policy" "chosen" {
  policy = var.wide ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ec2:StartInstancez", Resource = "*" }] }) : var.policy
}

resource "aws_iam_policy" "statements_chosen" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = var.wide ? [{ Effect = "Allow", Action = "ecs:RunTaks", Resource = "*" }] : [{ Effect = "Allow", Action = "ecs:StopTaks", Resource = "*" }]
  })
}

# Of these nothing can be read.
resource "aws_iam_policy" "template" {
  policy = templatefile("${path.module}/policy.json.tpl", { bucket = aws_s3_bucket.logs.arn })
}

resource "aws_iam_policy" "overridden" {
  policy = jsonencode(merge({ Version = "2012-10-17", Statement = [] }, var.more))
}

resource "aws_iam_policy" "statements" {
  policy = jsonencode({ Version = "2012-10-17", Statement = var.statements })
}

resource "aws_iam_policy" "local_template" {
  policy = local.template
}

# These are read where they stand.
resource "aws_iam_policy" "document" {
  policy = join("", data.aws_iam_policy_document.dynamic[*].json)
}

resource "aws_iam_policy" "local" {
  policy = local.written
}

locals {
  template = templatefile("p.json", {})
  written  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:GetCallerIdentityy", Resource = "*" }] })
}

data "aws_iam_policy_document" "dynamic" {
  source_policy_documents = [data.aws_iam_policy_document.other.json, file("base.json")]

  dynamic "statement" {
    for_each = var.tables
    content {
      actions   = ["dynamodb:GetItm"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role" "inline" {
  assume_role_policy = data.aws_iam_policy_document.elsewhere.json

  dynamic "inline_policy" {
    for_each = var.inline
    content {
      name   = inline_policy.key
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ssm:GetParametter", Resource = inline_policy.value }] })
    }
  }
}
