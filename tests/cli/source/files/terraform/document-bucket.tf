data "aws_iam_policy_document" "bucket" {
  version   = "2012-10-17"
  policy_id = "logs"
  statement {
    sid     = ""
    effect  = "Deny"
    actions = ["s3:*", "s3:GetObjekt"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    resources = [
      "arn:${data.aws_partition.current.partition}:s3:::logs",
      "arn:aws:s3:::logs/*",
    ]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransprt"
      values   = ["false"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransprt"
      values   = [false]
    }
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [data.aws_iam_policy_document.bucket.json]
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = "logs"
  policy = data.aws_iam_policy_document.bucket.json
}
