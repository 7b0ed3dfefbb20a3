locals {
  account = "111122223333"
  policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:GetCallerIdentityy", Resource = "*" }] })
  tags    = { Statement = "none" }
}

resource "aws_iam_policy" "this" {
  name = "p"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid    = "A\u0041"
        Effect = "Allow"
        Action = [
          "ssm:StartSesion", # not this one
          "ssm:${var.verb}Session",
        ]
        "Resource" : "arn:aws:ec2:*:${local.account}:instance/*"
        Condition = {
          StringEquals = { "aws:ResourceTag/Team" = "$${aws:PrincipalTag/Team}" }
        }
      },
    ], var.more)
  })
}

resource "aws_iam_role" "eks" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.eks.arn }
      Condition = { StringEquals = { "${local.issuer}:sub" = "system:serviceaccount:a:b" } }
    }]
  })

  inline_policy {
    name   = "one"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:Decryptt"], Resource = var.key }] })
  }
}

module "role" {
  source = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  policies = {
    x = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjekt", Resource = "*" }] })
  }
}

resource "aws_iot_policy" "thing" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iot:Conect"], Resource = "*" }] })
}
