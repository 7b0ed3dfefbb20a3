resource "aws_iam_role_policy" "plain" {
  role   = "node"
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" }
  ]
}
EOF
}

resource "aws_sns_topic_policy" "indented" {
  arn    = aws_sns_topic.this.arn
  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "s3.amazonaws.com" },
          "Action": "sns:Publich",
          "Resource": "${aws_sns_topic.this.arn}",
          "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:s3:::$${aws:username}-${var.x}" } }
        },
        {
          "Effect": "Allow",
          "Principal": { "AWS": ${jsonencode(var.accounts)} },
          "Action": "sns:Subscribed",
          "Resource": "*"
        }
      ]
    }
  POLICY
}

resource "aws_kms_key" "directive" {
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [%{ for a in var.accounts ~}{"Effect": "Allow"}%{ endfor ~}]}
  EOT
}
