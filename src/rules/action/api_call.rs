//! API operations that are authorized as actions of other names.

/// A line: a service, the operation as people write it into a policy, or a pattern for such, and the actions of the
/// service that IAM asks for; sorted by service and operation.
///
/// Source: the API references and developer guides of the services, read 2026-11.
const OPERATIONS: &str = "\
apigateway Create* POST
apigateway Delete* DELETE
apigateway Get* GET
apigateway Put* PUT
apigateway Update* PATCH
bedrock Converse InvokeModel
bedrock ConverseStream InvokeModelWithResponseStream
bedrock StartAsyncInvoke InvokeModel
budgets Create* ModifyBudget
budgets Delete* ModifyBudget
budgets Describe* ViewBudget
budgets Update* ModifyBudget
dynamodb BatchExecuteStatement PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate
dynamodb Execute* PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate
dynamodb TransactGetItems GetItem
dynamodb TransactWriteItems ConditionCheckItem DeleteItem PutItem UpdateItem
lambda GetLayerVersionByArn GetLayerVersion
lambda Invoke InvokeFunction
lambda InvokeWithResponseStream InvokeFunction
s3 CompleteMultipartUpload PutObject
s3 CopyObject GetObject PutObject
s3 CreateMultipartUpload PutObject
s3 DeleteBucketCors PutBucketCORS
s3 DeleteBucketEncryption PutEncryptionConfiguration
s3 DeleteBucketLifecycle PutLifecycleConfiguration
s3 DeleteBucketReplication PutReplicationConfiguration
s3 DeleteBucketTagging PutBucketTagging
s3 DeleteObjects DeleteObject
s3 DeletePublicAccessBlock PutBucketPublicAccessBlock
s3 GetBucketAccelerateConfiguration GetAccelerateConfiguration
s3 GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
s3 GetBucketEncryption GetEncryptionConfiguration
s3 GetBucketInventoryConfiguration GetInventoryConfiguration
s3 GetBucketLifecycle GetLifecycleConfiguration
s3 GetBucketLifecycleConfiguration GetLifecycleConfiguration
s3 GetBucketMetricsConfiguration GetMetricsConfiguration
s3 GetBucketNotificationConfiguration GetBucketNotification
s3 GetBucketReplication GetReplicationConfiguration
s3 GetObjectLockConfiguration GetBucketObjectLockConfiguration
s3 GetPublicAccessBlock GetBucketPublicAccessBlock
s3 HeadBucket ListBucket
s3 HeadObject GetObject
s3 ListBuckets ListAllMyBuckets
s3 ListMultipartUploads ListBucketMultipartUploads
s3 ListObjectVersions ListBucketVersions
s3 ListObjects ListBucket
s3 ListObjectsV2 ListBucket
s3 ListParts ListMultipartUploadParts
s3 PutBucketAccelerateConfiguration PutAccelerateConfiguration
s3 PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
s3 PutBucketEncryption PutEncryptionConfiguration
s3 PutBucketInventoryConfiguration PutInventoryConfiguration
s3 PutBucketLifecycle PutLifecycleConfiguration
s3 PutBucketLifecycleConfiguration PutLifecycleConfiguration
s3 PutBucketMetricsConfiguration PutMetricsConfiguration
s3 PutBucketNotificationConfiguration PutBucketNotification
s3 PutBucketReplication PutReplicationConfiguration
s3 PutObjectLockConfiguration PutBucketObjectLockConfiguration
s3 PutPublicAccessBlock PutBucketPublicAccessBlock
s3 SelectObjectContent GetObject
s3 UploadPart PutObject
s3 UploadPartCopy GetObject PutObject
sqs ChangeMessageVisibilityBatch ChangeMessageVisibility
sqs DeleteMessageBatch DeleteMessage
sqs SendMessageBatch SendMessage
";

/// The names of the actions that an API operation is authorized as, with blanks between, where they are others; case
/// does not matter.
pub(super) fn actions_of_api_call(service: &str, operation: &str) -> Option<&'static str> {
    OPERATIONS.lines().find_map(|line| {
        let (of, rest) = line.split_once(' ')?;
        let (name, actions) = rest.split_once(' ')?;
        let is_meant = of.eq_ignore_ascii_case(service)
            && match name.strip_suffix('*') {
                Some(start) => operation
                    .get(..start.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(start)),
                None => name.eq_ignore_ascii_case(operation),
            };
        is_meant.then_some(actions)
    })
}

#[cfg(test)]
mod tests {
    use super::{actions_of_api_call, OPERATIONS};
    use crate::aws::catalog::Service;

    #[test]
    fn operations_are_no_actions_and_lead_to_some() {
        let rows: Vec<Vec<&str>> =
            OPERATIONS.lines().map(|line| line.split(' ').collect()).collect();
        let mut problems = Vec::new();
        for pair in rows.windows(2).filter(|pair| pair[0][..2] >= pair[1][..2]) {
            problems.push(format!("{pair:?} are not sorted"));
        }
        for row in &rows {
            let [service, operation, actions @ ..] = row.as_slice() else {
                problems.push(format!("{row:?} is too short"));
                continue;
            };
            let catalog = Service::find(service).unwrap();
            if catalog.action(operation).is_some() || actions.is_empty() {
                problems.push(format!("{service}:{operation} is an action, or leads to none"));
            }
            for action in actions {
                if catalog.action(action).map(|found| found.name()) != Some(action) {
                    problems.push(format!("{service} has no action {action}"));
                }
            }
            let upper = operation.to_ascii_uppercase();
            if actions_of_api_call(service, &upper) != Some(actions.join(" ").as_str()) {
                problems.push(format!("{service}:{operation} is not found"));
            }
        }
        assert_eq!(problems, [""; 0]);
        assert_eq!(actions_of_api_call("apigateway", "CreateRestApi"), Some("POST"));
        assert_eq!(actions_of_api_call("s3", "GetObject"), None);
        assert_eq!(actions_of_api_call("sns", "ListBuckets"), None);
    }
}
