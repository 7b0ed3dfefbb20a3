# As it was written for Terraform 0.11.
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AsumeRole"]
    principals = {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "old" {
  assume_role_policy = "${data.aws_iam_policy_document.assume.json}"
}
resource "aws_iam_role_policy" "old" {
  policy = "${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypted", Resource = "${var.key}" }] })}"
}
