//! API operations that are authorized as an action of another name.

/// The operation as people write it into a policy, and the action that IAM asks for; sorted by service and operation.
///
/// Source: the API references of Amazon S3, AWS Lambda and Amazon SQS, read 2026-11.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("lambda", "GetLayerVersionByArn", "GetLayerVersion"),
    ("lambda", "Invoke", "InvokeFunction"),
    ("s3", "CompleteMultipartUpload", "PutObject"),
    ("s3", "CreateMultipartUpload", "PutObject"),
    ("s3", "DeleteBucketCors", "PutBucketCORS"),
    ("s3", "DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("s3", "DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("s3", "DeleteBucketReplication", "PutReplicationConfiguration"),
    ("s3", "DeleteBucketTagging", "PutBucketTagging"),
    ("s3", "DeleteObjects", "DeleteObject"),
    ("s3", "DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("s3", "GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
    ("s3", "GetBucketAnalyticsConfiguration", "GetAnalyticsConfiguration"),
    ("s3", "GetBucketEncryption", "GetEncryptionConfiguration"),
    ("s3", "GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
    ("s3", "GetBucketLifecycle", "GetLifecycleConfiguration"),
    ("s3", "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("s3", "GetBucketMetricsConfiguration", "GetMetricsConfiguration"),
    ("s3", "GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("s3", "GetBucketReplication", "GetReplicationConfiguration"),
    ("s3", "GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("s3", "GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("s3", "HeadBucket", "ListBucket"),
    ("s3", "HeadObject", "GetObject"),
    ("s3", "ListBuckets", "ListAllMyBuckets"),
    ("s3", "ListMultipartUploads", "ListBucketMultipartUploads"),
    ("s3", "ListObjectVersions", "ListBucketVersions"),
    ("s3", "ListObjects", "ListBucket"),
    ("s3", "ListObjectsV2", "ListBucket"),
    ("s3", "ListParts", "ListMultipartUploadParts"),
    ("s3", "PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
    ("s3", "PutBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
    ("s3", "PutBucketEncryption", "PutEncryptionConfiguration"),
    ("s3", "PutBucketInventoryConfiguration", "PutInventoryConfiguration"),
    ("s3", "PutBucketLifecycle", "PutLifecycleConfiguration"),
    ("s3", "PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("s3", "PutBucketMetricsConfiguration", "PutMetricsConfiguration"),
    ("s3", "PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("s3", "PutBucketReplication", "PutReplicationConfiguration"),
    ("s3", "PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
    ("s3", "PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("s3", "UploadPart", "PutObject"),
    ("sqs", "ChangeMessageVisibilityBatch", "ChangeMessageVisibility"),
    ("sqs", "DeleteMessageBatch", "DeleteMessage"),
    ("sqs", "SendMessageBatch", "SendMessage"),
];

/// The name of the action that an API operation is authorized as, where it is another; case does not matter.
pub(super) fn action_of_api_call(service: &str, operation: &str) -> Option<&'static str> {
    let is_meant = |entry: &&(&str, &str, &str)| {
        entry.0.eq_ignore_ascii_case(service) && entry.1.eq_ignore_ascii_case(operation)
    };
    OPERATIONS.iter().find(is_meant).map(|(_, _, action)| *action)
}

#[cfg(test)]
mod tests {
    use super::{action_of_api_call, OPERATIONS};
    use crate::aws::catalog::Service;

    #[test]
    fn operations_are_no_actions_and_lead_to_one() {
        assert!(OPERATIONS.windows(2).all(|pair| pair[0] < pair[1]));
        for (service, operation, action) in OPERATIONS {
            let catalog = Service::find(service).unwrap();
            assert_eq!(catalog.action(operation), None, "{operation}");
            assert_eq!(catalog.action(action).unwrap().name(), *action);
            let upper = operation.to_ascii_uppercase();
            assert_eq!(action_of_api_call(service, &upper), Some(*action));
        }
        assert_eq!(action_of_api_call("s3", "GetObject"), None);
        assert_eq!(action_of_api_call("sns", "ListBuckets"), None);
    }
}
