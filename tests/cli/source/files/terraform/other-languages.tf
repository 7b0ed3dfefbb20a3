resource "aws_cloudformation_stack" "network" {
  name = "network"
  policy_body = jsonencode({
    Statement = [{ Effect = "Deny", Action = "Update:*", Principal = "*", Resource = "LogicalResourceId/Vpc" }]
  })
}

resource "aws_cloudformation_stack" "other" {
  name        = "other"
  policy_body = <<-EOT
    {"Statement": [{"Effect": "Allow", "Action": "Update:Modify", "Principal": "*", "Resource": "*"}]}
  EOT
}

resource "aws_sns_topic_data_protection_policy" "topic" {
  arn = aws_sns_topic.topic.arn
  policy = jsonencode({
    Name      = "protect"
    Version   = "2021-06-01"
    Statement = [{ DataDirection = "Inbound", Principal = ["*"], DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/Name"], Operation = { Deny = {} } }]
  })
}
