resource "aws_sqs_queue" "q" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMesage\",\"Resource\":\"${aws_sqs_queue.q.arn}\"}]}"
}
resource "aws_vpc_endpoint" "ssm" {
  service_name = "com.amazonaws.eu-west-1.ssm"
  policy       = file("${path.module}/endpoint.json")
}
resource "aws_organizations_policy" "scp" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "organizations:LeaveOrganisation", Resource = "*" }] })
}
resource "aws_organizations_policy" "rcp" {
  name    = "perimeter"
  type    = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:GetObjekt", Resource = "*" }] })
}
resource "aws_organizations_policy" "tags" {
  name    = "tags"
  type    = "TAG_POLICY"
  content = jsonencode({ tags = { costcenter = { tag_key = { "@@assign" = "CostCenter" } } } })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ops" {
  inline_policy = var.strict ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "ssm:StartSesion", Resource = "*" }] }) : "{}"
}
