terraform {
  required_providers { aws = { source = "hashicorp/aws", version = "~> 6.0" } }
}
resource "aws_iam_role_policy_attachment" "x" {
  role       = "node"
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
resource "aws_appautoscaling_policy" "scale" {
  policy_type = "TargetTrackingScaling"
}
output "policy" { value = aws_iam_policy.p.arn }
