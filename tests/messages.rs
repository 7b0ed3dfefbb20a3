//! Error messages as people paste them in public threads, and what each must be taken for.

mod asked;
mod forms;
mod kinds;
mod plain;
mod policies;
mod public;
mod reasons;
mod samples;
mod threads;
mod wrapped;

use postern::diagnose::{explain_error, Explanation};

type Expected = (&'static str, &'static str, &'static [&'static str]);

const CHANNEL: &[&str] = &[
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];
const NODE: &[&str] = &[
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

/// A message; code, cause and actions of its only explanation.
const MESSAGES: &[(&str, Expected)] = &[
    // Reasons that are no refusal, inside a step that is known.
    ("Encountered error while initiating handshake. KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: ValidationException: Invalid EncryptionContext\n\tstatus code: 400, request id: 412c6f32", ("ENCRYPTION_CONTEXT_INVALID", "not_iam", &[])),
    ("Encountered error while initiating handshake. KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: RequestError: send request failed\ncaused by: Post https://kms.eu-west-1.amazonaws.com/: x509: certificate signed by unknown authority", ("TLS_NOT_TRUSTED", "not_iam", &[])),
    ("KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors", ("NO_CLIENT_CREDENTIALS", "not_iam", &[])),
    ("Error calling KMS GenerateDataKey API: DisabledException: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.", ("KEY_DISABLED", "not_iam", &[])),
    ("Error calling KMS GenerateDataKey API: NotFoundException: Alias arn:aws:kms:us-east-1:111122223333:alias/ssm is not found.", ("NOT_FOUND", "not_iam", &[])),
    ("Error calling KMS GenerateDataKey API: ExpiredTokenException: The security token included in the request is expired", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("Fetching data key failed: Unable to retrieve data key, Error when decrypting data key ThrottlingException: Rate exceeded", ("THROTTLED", "not_iam", &[])),
    ("Fetching data key failed: Unable to retrieve data key, Error when decrypting data key KMSInvalidStateException: arn:aws:kms:us-east-1:111122223333:key/1234abcd is pending deletion.", ("KEY_DISABLED", "not_iam", &[])),
    ("SessionId: botocore-session-1587399892-092ea6597f604b1a7 : \n----------ERROR-------\nEncountered error while initiating handshake. Fetching data key failed: Unable to retrieve data key, Error when decrypting data key InvalidCiphertextException: \n        status code: 400, request id: 567119f6", ("DATA_KEY_CONTEXT_DIFFERS", "not_iam", &[])),
    ("2023-10-27 10:43:14 WARN EC2RoleProvider Failed to connect to Systems Manager with instance profile role credentials. Err: retrieved credentials failed to report to ssm. Error: EC2RoleRequestError: no EC2 instance role found\ncaused by: EC2MetadataError: failed to make EC2Metadata request\n<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n\n\tstatus code: 404, request id:", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("Oct 27 10:43:16 ip-172-31-21-124 amazon-ssm-agent[2373]: 2023-10-27 10:43:14 WARN EC2RoleProvider Failed to connect to Systems Manager with instance profile role credentials. Err: retrieved credentials failed to report to ssm. Error: EC2RoleRequestError: no EC2 instance role found\nOct 27 10:43:16 ip-172-31-21-124 amazon-ssm-agent[2373]: caused by: EC2MetadataError: failed to make EC2Metadata request", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("amazon-ssm-agent[3586]: 2020-07-23 22:19:21 ERROR Health ping failed with error - EC2RoleRequestError: no EC2 instance role found\namazon-ssm-agent[3586]: caused by: EC2MetadataError: failed to make EC2Metadata request\namazon-ssm-agent[3586]: status code: 404, request id:", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("INFO Entering SSM Agent hibernate - EC2RoleRequestError: no EC2 instance role found", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("Oct 12 13:49:56 ip-xxx amazon-ssm-agent[1860]: 2020-10-12 13:49:56 ERROR Health ping failed with error - RequestError: send request failed\nOct 12 13:49:56 ip-xxx amazon-ssm-agent[1860]: caused by: Post https://ssm.eu-west-1.amazonaws.com/: dial tcp: lookup ssm.eu-west-1.amazonaws.com on xxx:53: read udp xxx:xxx->xx:xxx: i/o timeout", ("NOT_REACHED", "not_iam", &[])),
    ("Err: retrieved credentials failed to report to ssm. RequestId:  Error: RequestError: send request failed\ncaused by: Post \"https://ssm.us-east-2.amazonaws.com/\": dial tcp 52.95.16.2:443: i/o timeout", ("NOT_REACHED", "not_iam", &[])),
    ("2024-01-10 08:00:00 ERROR [ssm-session-worker] Setting up data channel with id jane-0a1b failed: failed to create websocket for datachannel with error: CreateDataChannel failed with no output or error: createDataChannel request failed: failed to make http client call: Post \"https://ssmmessages.eu-central-1.amazonaws.com/v1/data-channel/jane-0a1b\": dial tcp: lookup ssmmessages.eu-central-1.amazonaws.com on 10.0.0.2:53: no such host", ("HOST_NOT_FOUND", "not_iam", &[])),
    ("ERROR [MessageGatewayService] Failed to get controlchannel token, error: CreateControlChannel failed with error: createControlChannel request failed: unexpected response from the service <BadRequest xmlns=\"\"><message>Unable to process due to throttling.</message></BadRequest>", ("THROTTLED", "not_iam", &[])),
    ("Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: NoSuchBucket: The specified bucket does not exist\n\tstatus code: 404, request id: 9N, host id: x", ("BUCKET_ABSENT", "not_iam", &[])),
    ("2025-01-19 09:08:14 ERROR [CredentialRefresher] Retrieve credentials produced error: no valid credentials could be retrieved for ec2 identity. Default Host Management Err: error calling RequestManagedInstanceRoleToken: RequestError: send request failed\ncaused by: Post \"https://ssm.eu-west-2.amazonaws.com/\": context deadline exceeded", ("NOT_REACHED", "not_iam", &[])),
    ("2024-11-04 10:02:45.1341 ERROR [TokenRequestService] failed to retrieve instance identity role. Error: RequestError: send request failed\ncaused by: Get \"http://169.254.169.254/latest/meta-data/identity-credentials/ec2/security-credentials/ec2-instance\": dial tcp 169.254.169.254:80: connect: network is unreachable", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("INFO Entering SSM Agent hibernate - Failed to fetch instance ID. Data from vault is empty. RequestError: send request failed\ncaused by: Get http://169.254.169.254/latest/meta-data/instance-id: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("2018-10-10 09:27:11 ERROR Registration failed due to error registering the instance with AWS SSM. RequestError: send request failed\ncaused by: Post https://ssm.%E2%80%9Cus-east-1%E2%80%9D.amazonaws.com/: dial tcp: lookup ssm.xn--us-east-1-9b0eua.amazonaws.com on 8.8.8.8:53: no such host", ("HOST_NOT_FOUND", "not_iam", &[])),
    ("Post https://ssm.us-gov-west-1.amazonaws.com/: x509: certificate signed by unknown authority", ("TLS_NOT_TRUSTED", "not_iam", &[])),
    ("SSL validation failed for https://ssm.eu-west-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate in certificate chain (_ssl.c:1129)", ("TLS_NOT_TRUSTED", "not_iam", &[])),
    ("Could not connect to the endpoint URL: \"https://ssm.us-est-1.amazonaws.com/\"", ("NOT_REACHED", "not_iam", &[])),
    // The end of a denial alone, and refusals that name nothing.
    ("because no identity-based policy allows the ssm:startsession action", ("ACCESS_DENIED", "implicit_deny", &["ssm:startsession"])),
    ("Receive error \"Not authorized to perform the required action.\"", ("ACCESS_DENIED_WITHOUT_ACTION", "denied", &[])),
    // The node, its agent and what speaks to its shell.
    ("2018-03-23 14:56:40 INFO [ssm-document-worker] [21d1413d] [DataBackend] [pluginName=aws:runShellScript] Error when querying S3 bucket using address http://bucket-log.s3.eu-central-1.amazonaws.com. Error details: Failed to fetch region from the header - %!s(<nil>). Retrying with the generic regional endpoint s3.amazonaws.com...", ("BUCKET_REGION_NOT_TOLD", "not_iam", &[])),
    ("Stopping SSM agent because sysprep hasn't completed", ("SYSPREP_NOT_COMPLETED", "not_iam", &[])),
    ("ERROR [ssm-agent-worker] [HealthCheck] error when calling AWS APIs. error details - InvalidParameter: 1 validation error(s) found.\n- minimum field size of 1, UpdateInstanceInformationInput.IPAddress.", ("NODE_WITHOUT_ADDRESS", "not_iam", &[])),
    ("PS C:\\Windows\\system32> stty -echo\nstty : The term 'stty' is not recognized as the name of a cmdlet, function, script file, or operable program.", ("ANSIBLE_SHELL_SILENT", "not_iam", &[])),
    ("service web was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 0a1b is missing an attribute required by your task.", ("TASK_ATTRIBUTE_MISSING", "not_iam", &[])),
    ("Package amazon-ssm-agent.rpm is not signed", ("PACKAGE_NOT_INSTALLED", "not_iam", &[])),
    ("java.lang.IllegalStateException: Failed to install AWS Session Manager Plugin", ("PLUGIN_ABSENT", "not_iam", &[])),
    ("err:InvalidRequest: Content-MD5 HTTP header is required for Put Object requests with Object Lock parameters\n        status code: 400, request id: 0B47", ("OBJECT_LOCK_NOT_MET", "not_iam", &[])),
    ("package amazon-ssm-agent-3.2.2222.0-1.x86_64 does not verify: Header V4 RSA/SHA1 Signature, key ID 97dd04ed: BAD", ("PACKAGE_NOT_INSTALLED", "not_iam", &[])),
    ("The terminal process failed to launch: Path to shell executable \"session-manager-plugin\" does not exist.", ("PLUGIN_ABSENT", "not_iam", &[])),
    ("***Failed: Cannot find parent directory Id", ("DIRECTORY_NOT_FOUND", "unknown", &["ds:DescribeDirectories", "secretsmanager:GetSecretValue"])),
    ("Failed to load instance info from vault. Failed to set permission for vault folder or its content. chown /var/lib/amazon/ssm/Vault: operation not permitted", ("AGENT_NOT_AS_ROOT", "not_iam", &[])),
    ("[ERROR]:C:\\Program Files\\Amazon\\ECS\\managed-agents\\execute-command\\bin\\3.1.941.0\\ssm-cli.exe not found", ("ECS_EXEC_FILES_ABSENT", "not_iam", &[])),
    ("Unable to load SSO token", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("Cause: One or more of the attached Amazon EBS volumes are encrypted with an inaccessible AWS KMS key.", ("VOLUME_KEY_NOT_USABLE", "unknown", &["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"])),
    // Credentials, Regions and clocks.
    ("An error occurred (ExpiredTokenException) when calling the StartSession operation: The security token included in the request is expired", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("An error occurred (UnrecognizedClientException) when calling the StartSession operation: The security token included in the request is invalid.", ("CREDENTIALS_INVALID", "not_iam", &[])),
    ("Unable to locate credentials. You can configure credentials by running \"aws configure\".", ("NO_CLIENT_CREDENTIALS", "not_iam", &[])),
    ("The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("Failed to sign websocket: NoCredentialProviders: no valid providers in chain", ("NO_CLIENT_CREDENTIALS", "not_iam", &[])),
    ("Health ping failed with error - InvalidSignatureException: Signature expired: 20230510T101500Z is now earlier than 20230510T111003Z", ("CLOCK_WRONG", "not_iam", &[])),
    ("You must specify a region. You can also configure your region by running \"aws configure\".", ("REGION_MISSING", "not_iam", &[])),
    // Not connected.
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: i-02573cafcfEXAMPLE is not connected.", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: mi-01064afae0734b12b is not connected.\nkex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("operation error SSM: StartSession, https response error StatusCode: 400, RequestID: 1f, TargetNotConnected: i-0123456789abcdef0 is not connected.", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("i-0123456789abcdef0 is not connected.", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("SSM Agent is not online\nThe SSM Agent was unable to connect to a Systems Manager endpoint to register itself with the service.", ("AGENT_OFFLINE", "unknown", NODE)),
    ("An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[i-00903e1796f3b1cb6]] not in a valid state for account 775288309636", ("NODE_NOT_MANAGED", "unknown", NODE)),
    ("An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error. Try again later.", ("ECS_TARGET_NOT_CONNECTED", "unknown", CHANNEL)),
    ("b'{\"__type\":\"TargetNotConnectedException\",\"message\":\"The execute command failed due to an internal error. Try again later.\"}'", ("ECS_TARGET_NOT_CONNECTED", "unknown", CHANNEL)),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: ecs:prod_e7e36d0d4e744104bd4d225c44daddfe_e7e36d0d4e744104bd4d225c44daddfe-3839356491 is not connected", ("ECS_TARGET_NOT_CONNECTED", "unknown", CHANNEL)),
    ("An error occurred (InvalidParameterException) when calling the ExecuteCommand operation: The execute command failed because execute command was not enabled when the task was run or the execute command agent isn\u{2019}t running. Wait and try again or run a new task with execute command enabled and try again.", ("ECS_EXEC_NOT_ENABLED", "not_iam", &[])),
    // Refusals.
    ("----------ERROR-------\nEncountered error while initiating handshake. KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: AccessDeniedException: User: arn:aws:sts::612659970365:assumed-role/AWSReservedSSO_developer_a128c494c6e3fd65/me@example.com is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-2:612659970365:key/a466d1fa-5c7f-4b10-8343-08763635d8c4 because no resource-based policy allows the kms:GenerateDataKey action\n\tstatus code: 400, request id: 96cd8f10", ("ACCESS_DENIED", "implicit_deny", &["kms:GenerateDataKey"])),
    ("2023-10-25 22:14:42 INFO [ssm-agent-worker] Entering SSM Agent hibernate - AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/CUSTOM_EC2_ROLE/i-0123456789abcdef0 is not authorized to perform: ssm:UpdateInstanceInformation on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0 because no identity-based policy allows the ssm:UpdateInstanceInformation action\n\tstatus code: 400, request id: [...]", ("ACCESS_DENIED", "implicit_deny", &["ssm:UpdateInstanceInformation"])),
    ("Failed to get controlchannel token, error: CreateControlChannel failed with error: createControlChannel request failed: unexpected response from the service <BadRequest xmlns=\"\"><message>Unauthorized request.</message></BadRequest>", ("CONTROL_CHANNEL_NOT_CREATED", "denied", &["ssmmessages:CreateControlChannel"])),
    ("failed: failed to create websocket for datachannel with error: CreateDataChannel failed with no output or error: createDataChannel request failed: unexpected response from the service <AccessDeniedException> <Message>User: arn:aws:sts::111122223333:assumed-role/EC2-Default-SSM-AD-Role/i-0123456789abcdef0 is not authorized to perform: ssmmessages:CreateDataChannel on resource: arn:aws:ssmmessages:us-east-1:111122223333:* with an explicit deny in a service control policy</Message> </AccessDeniedException>", ("ACCESS_DENIED", "explicit_deny", &["ssmmessages:CreateDataChannel"])),
    ("2019-09-11 22:41:50 ERROR [IsBucketEncrypted @ s3util.go.144] [ssm-session-worker] [dhernandez-090b7b6bca681808e] [DataBackend] [pluginName=Standard_Stream] Encountered an error while calling S3 API GetBucketEncryption AccessDenied: Access Denied\n\tstatus code: 403, request id: 37D6B10BABCA2CFD, host id: REDACTED", ("BUCKET_ENCRYPTION_NOT_READ", "denied", &["s3:GetEncryptionConfiguration"])),
    ("2020-10-09 10:27:19 ERROR [S3Upload @ s3util.go.108] [ssm-session-worker] [42ba7ac1] [DataBackend] [pluginName=Standard_Stream] Attempt %!s(int=4): Failed uploading /var/lib/amazon/ssm/i-1/session/orchestration/a.log to s3://logs/ssm/a.log err:AccessDenied: Access Denied", ("UPLOAD_DENIED", "denied", &["s3:PutObject"])),
    ("An error occurred while calling the StartConnection API operation. AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/admin/me@example.com is not authorized to perform: ssm-guiconnect:StartConnection on resource: arn:aws:ssm-guiconnect:eu-west-2:111122223333:* because no identity-based policy allows the ssm-guiconnect:StartConnection action", ("ACCESS_DENIED", "implicit_deny", &["ssm-guiconnect:StartConnection"])),
    ("An error occurred while calling the StartConnection API operation. AccessDeniedException: An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:sts::000000000000:assumed-role/AWSReservedSSO_ad_93c9c1890364ab9b/user@example.com is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-2:000000000000:instance/i-028fd3a3be2530136 because no identity-based policy allows the ssm:StartSession action", ("ACCESS_DENIED", "implicit_deny", &["ssm:StartSession"])),
    ("An error occurred (AccessDeniedException) when calling the TerminateSession operation: User: arn:aws:sts::738893429783:assumed-role/AWSReservedSSO_dev_0199cd46a537ce07/user is not authorized to perform: ssm:TerminateSession on resource: arn:aws:ssm:ap-southeast-1:738893429783:session/user-037a2e2586edc1ad4 because no identity-based policy allows the ssm:TerminateSession action", ("ACCESS_DENIED", "implicit_deny", &["ssm:TerminateSession"])),
    ("An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:iam::111122223333:user/JohnDoe is not authorized t\no perform: ssm:StartSession on resource: arn:aws:ec2:us-east-2:111122223333:insta\nnce/i-0123456789abcdef0 because no identity-based policy allows the ssm:StartSes\nsion action", ("ACCESS_DENIED", "implicit_deny", &["ssm:StartSession"])),
    ("\u{2577}\n\u{2502} Error: creating SSM Document (x): operation error SSM: CreateDocument, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: User: arn:aws:iam::111122223333:user/ci is not\n\u{2502} authorized to perform: ssm:CreateDocument on resource: arn:aws:ssm:us-east-1:111122223333:document/x with an explicit deny in a permissions boundary\n\u{2575}", ("ACCESS_DENIED", "explicit_deny", &["ssm:CreateDocument"])),
    ("User: arn:aws:sts::111122223333:assumed-role/Ops/jane is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0 because no session policy allows the ssm:StartSession action (Service: Ssm, Status Code: 400, Request ID: 6a)", ("ACCESS_DENIED", "implicit_deny", &["ssm:StartSession"])),
    ("User: arn:aws:sts::111122223333:assumed-role/node/i-0123456789abcdef0 is not authorized to perform: ssm:UpdateInstanceInformation on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0 because no VPC endpoint policy allows the ssm:UpdateInstanceInformation action", ("ACCESS_DENIED", "implicit_deny", &["ssm:UpdateInstanceInformation"])),
    ("Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity", ("ACCESS_DENIED", "denied", &["sts:AssumeRoleWithWebIdentity"])),
    ("An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", ("ACCESS_DENIED", "denied", &["s3:PutObject"])),
    ("fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden", ("ACCESS_DENIED", "denied", &["s3:GetObject"])),
    ("An error occurred (AccessDeniedException) when calling the StartSession operation: ", ("ACCESS_DENIED", "denied", &["ssm:StartSession"])),
    ("An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation: You are not authorized to perform this operation.", ("ACCESS_DENIED", "denied", &["ec2:DescribeInstances"])),
    ("An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm", ("ENCODED_MESSAGE", "denied", &["ec2:RunInstances"])),
    ("\"eventSource\": \"kms.amazonaws.com\",\n\"eventName\": \"Decrypt\",\n\"awsRegion\": \"us-west-2\",\n\"userAgent\": \"x\",\n\"errorCode\": \"AccessDenied\",", ("ACCESS_DENIED", "denied", &["kms:Decrypt"])),
    ("An error occurred (AccessDeniedException) when calling the Decrypt operation: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.", ("KEY_NOT_ACCESSIBLE", "unknown", &["kms:Decrypt"])),
    // Documents, activations, commands.
    ("An error occurred (InvalidDocument) when calling the StartSession operation: Document with name SSM-SessionManagerRunShellAsUbuntu does not exist.", ("DOCUMENT_INVALID", "not_iam", &[])),
    ("Error creating SSM document: InvalidDocumentSchemaVersion: 2.0 is not a valid schema version for Session document type", ("DOCUMENT_CONTENT_INVALID", "not_iam", &[])),
    ("Error: Error creating SSM document: DocumentAlreadyExists: Document with same name SSM-SessionManagerRunShell already exists", ("DOCUMENT_EXISTS", "not_iam", &[])),
    ("An error occurred (ValidationException) when calling the CreateActivation operation: Nonexistent role or missing ssm service principal in trust policy: arn:aws:iam::111122223333:role/test_role", ("ACTIVATION_ROLE_NOT_TRUSTED", "not_iam", &[])),
    ("An error occurred (ValidationException) when calling the CreateActivation operation: Not existing role: arn:aws:iam::111122223333:role/AutomationRole", ("ACTIVATION_ROLE_ABSENT", "not_iam", &[])),
    ("An error occurred (InternalFailure) when calling the CreateActivation operation (reached max retries: 4): ", ("ACTIVATION_FAILED", "unknown", &[])),
    ("ERROR EC2RoleProvider Failed to connect to Systems Manager, status code: 400", ("NODE_NOT_REACHED", "unknown", NODE)),
    ("ERROR [Messaging @ messaging.go.93] [MessagingDeliveryService] [EngineProcessor] [OutOfProcExecuter] [608016b8] received timedout signal!", ("COMMAND_TIMED_OUT", "not_iam", &[])),
    ("IAM role not found on the instance", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("An error occurred (BadRequest) when calling the StartSession operation: Enable advanced-instances tier to use Session Manager with your on-premises instances\nConnection closed by UNKNOWN port 65535", ("TIER_TOO_LOW", "not_iam", &[])),
    ("Your session has been terminated for the following reasons: Plugin with name Standard_Stream not found. Step name: Standard_Stream", ("AGENT_WITHOUT_SESSION_TYPE", "not_iam", &[])),
    ("document process failed unexpectedly: document worker timed out , check [ssm-document-worker]/[ssm-session-worker] log for crash reason", ("DOCUMENT_WORKER_TIMED_OUT", "not_iam", &[])),
    ("----------ERROR-------\nEncountered error while initiating handshake. Handshake timed out. Please ensure that you have the latest version of the session manager plugin", ("HANDSHAKE_TIMED_OUT", "unknown", &["kms:GenerateDataKey", "kms:Decrypt"])),
    ("SessionId: tim.malone-097bc8bd07a0dee95 : Your session timed out due to inactivity and has been terminated.", ("SESSION_IDLE", "not_iam", &[])),
    ("Unable to start shell: Failed to start pty: fork/exec /bin/bash: no such file or directory", ("COMMAND_ABSENT", "not_iam", &[])),
    ("Cannot perform start session: EOF", ("CONNECTION_BROKEN", "not_iam", &[])),
    ("SSM Agent unable to acquire credentials", ("NO_CREDENTIALS", "implicit_deny", &["ssm:UpdateInstanceInformation"])),
    // Policies that IAM does not take.
    ("An error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: Syntax errors in policy.", ("POLICY_MALFORMED", "not_iam", &[])),
    ("Error: Error creating IAM policy x: MalformedPolicyDocument: The policy failed legacy parsing\n\tstatus code: 400, request id: 0638940c", ("POLICY_MALFORMED", "not_iam", &[])),
    ("MalformedPolicyDocument: Policy document must be version 2012-10-17 or greater.", ("POLICY_MALFORMED", "not_iam", &[])),
    ("An error occurred (MalformedPolicyDocument) when calling the PutRolePolicy operation: Resource key-name must be in ARN format or \"*\".", ("POLICY_MALFORMED", "not_iam", &[])),
    ("An error occurred (LimitExceeded) when calling the PutRolePolicy operation: Maximum policy size of 10240 bytes exceeded for role WebServer", ("POLICY_TOO_LONG", "not_iam", &[])),
    // What is not known by itself, and is no refusal.
    ("An error occurred (UnsupportedParameter) when calling the SendCommand operation: x", ("CALL_FAILED", "not_iam", &[])),
    ("An error occurred (ValidationException) when calling the StartSession operation: 1 validation error detected", ("VALUE_REFUSED", "not_iam", &[])),
    ("2018-03-10 03:48:44 ERROR [HandleAwsError @ awserr.go.48] [instanceID=i-X] [MessagingDeliveryService] error when calling AWS APIs. error details - GetMessages Error: AuthorizationFailureException:\n\tstatus code: 400, request id: X", ("CREDENTIALS_OF_NO_NODE", "not_iam", &[])),
    ("{\"errorCode\":\"AccessDenied\",\"errorMessage\":\"User: arn:aws:iam::1:user/x is not authorized to perform: ssm:DescribeSessions on resource: arn:aws:ssm:us-east-1:1:* because no identity-based policy allows the ssm:DescribeSessions action\",\"eventName\":\"DescribeSessions\",\"eventSource\":\"ssm.amazonaws.com\"}", ("ACCESS_DENIED", "implicit_deny", &["ssm:DescribeSessions"])),
    ("2021-06-01 ERROR [S3Upload] Failed to upload /x to s3://b/k err:AccessDenied: User: arn:aws:sts::1:assumed-role/r/i-0 is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:1:key/k because no identity-based policy allows the kms:GenerateDataKey action", ("ACCESS_DENIED", "implicit_deny", &["kms:GenerateDataKey"])),
    ("INFO [ssm-agent-worker] [MessageGatewayService] Failed to connect controlchannel with error: websocket: bad handshake", ("CONTROL_CHANNEL_NOT_OPENED", "denied", &["ssmmessages:OpenControlChannel"])),
    ("[Errno 2] No such file or directory: 'session-manager-plugin'", ("PLUGIN_ABSENT", "not_iam", &[])),
    ("Your session has been terminated for the following reasons: ----------ERROR------- Unable to start command: Failed to create user ssm-user: Instance is running active directory domain controller service.", ("SSM_USER_NOT_MADE", "not_iam", &[])),
    ("Connection to destination port failed, check SSH configurations", ("PORT_CLOSED", "not_iam", &[])),
    ("Encountered error while initiating handshake. SessionType failed on client with status 2 error: Failed to process action SessionType: Unknown session type Standard_Stream", ("PLUGIN_TOO_OLD", "not_iam", &[])),
    ("You don't have permissions to start a session on this instance", ("START_REFUSED", "denied", &["ssm:StartSession"])),
    ("An error occurred (AccessDeniedException) when calling the StartSession operation: You are not authorized to access this resource", ("ACCESS_DENIED", "denied", &["ssm:StartSession"])),
    ("An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com", ("IDENTITY_PROVIDER_REFUSED", "not_iam", &[])),
    ("Session terminated: AccessDeniedException: Access to KMS is not allowed", ("KMS_NOT_ALLOWED", "denied", &["kms:Decrypt"])),
    ("Error in PutLogEvents: InvalidSequenceTokenException: The given sequenceToken is invalid", ("OTHER_REASON", "not_iam", &[])),
    ("2025-11-03 12:40:12.7541 ERROR Agent failed to assume any identity", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("error: exit status 254; AccessDeniedException; User is not authorized to perform action: ssm:StartSession", ("ACCESS_DENIED", "denied", &["ssm:StartSession"])),
    ("Error: Error putting IAM role policy: AccessDenied: User: arn:aws:iam::1:user/ci is not authorized to perform: iam:PutRolePolicy on resource: role web with an explicit deny in a permissions boundary: arn:aws:iam::1:policy/Boundary", ("ACCESS_DENIED", "explicit_deny", &["iam:PutRolePolicy"])),
    ("Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: BucketRegionError: incorrect region, the bucket is not in 'us-east-1' region", ("BUCKET_IN_OTHER_REGION", "not_iam", &[])),
    ("UNREACHABLE! => {\"changed\": false, \"msg\": \"An error occurred (403) when calling the HeadBucket operation: Forbidden\", \"unreachable\": true}", ("ACCESS_DENIED", "denied", &["s3:ListBucket"])),
    ("User: arn:aws-us-gov:iam::111122223333:user/Noah is not authorized to perform: ssm:StartSession on resource: arn:aws-us-gov:ec2:us-gov-west-1:111122223333:instance/i-0a because no identity-based policy allows the ssm:StartSession action", ("ACCESS_DENIED", "implicit_deny", &["ssm:StartSession"])),
];

fn all() -> impl Iterator<Item = &'static (&'static str, Expected)> {
    MESSAGES
        .iter()
        .chain(public::MESSAGES)
        .chain(asked::MESSAGES)
        .chain(kinds::MESSAGES)
        .chain(plain::MESSAGES)
        .chain(samples::MESSAGES)
        .chain(threads::MESSAGES)
        .chain(wrapped::MESSAGES)
}

fn shown(found: &Explanation) -> (&str, &str, Vec<&str>) {
    let actions = found.permissions.iter().map(|permission| permission.action.as_str());
    (found.code, found.cause.name(), actions.collect())
}

#[test]
fn every_message_is_taken_for_what_it_is() {
    let mut problems = Vec::new();
    for (text, (code, cause, actions)) in all() {
        let found = explain_error(text);
        let all: Vec<_> = found.iter().map(shown).collect();
        if all != [(*code, *cause, actions.to_vec())] {
            problems
                .push(format!("{text}\n  expected {code} {cause} {actions:?}\n  found {all:?}"));
        }
    }
    assert!(
        problems.is_empty(),
        "{} of {}\n{}",
        problems.len(),
        all().count(),
        problems.join("\n")
    );
}

#[test]
fn no_permission_is_named_where_the_cause_is_another() {
    for (text, _) in all() {
        for found in explain_error(text) {
            assert!(found.cause.name() != "not_iam" || found.permissions.is_empty(), "{text}");
            let said = format!("{} {}", found.meaning, found.help);
            let is_open = ["{host", "{endpoint", "{steps", "{who", "{action"];
            assert!(is_open.iter().all(|open| !said.contains(open)), "{said}");
        }
    }
}

#[test]
fn braces_of_a_message_stay_as_they_are() {
    let text = "not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:{{account}}:parameter/x with an explicit deny";
    let help = &explain_error(text)[0].help;
    assert!(help.contains("arn:aws:ssm:us-east-1:{{account}}:parameter/x"), "{help}");
}

/// What is said of a text that tells no cause.
const NO_CAUSE: &[&str] = &["ONLY_FAILED", "REASON_STANDS_ELSEWHERE", "SESSION_NOT_STARTED"];

#[test]
fn no_cause_and_no_permission_are_told_of_what_names_none() {
    for text in asked::OTHERS.iter().chain(kinds::OTHERS).chain(plain::OTHERS) {
        for found in explain_error(text) {
            assert!(NO_CAUSE.contains(&found.code), "{text}\n{found:#?}");
            assert_eq!(shown(&found), (found.code, "unknown", vec![]), "{text}");
        }
    }
}

#[test]
fn of_what_only_failed_the_program_is_told_that_has_the_reason() {
    let failed = [
        ("2024-01-01 ERROR [ssm-agent-worker] something odd failed", "errors.log of the agent"),
        ("fatal: [i-0]: FAILED! => {\"msg\": \"odd things failed\"}", "-vvvv"),
        ("| Error: something odd with aws_ssm_association.this", "TF_LOG=DEBUG"),
        ("The custom resource failed in an odd way", "events of the stack"),
        ("Something odd failed", "lines around it"),
    ];
    for (text, look) in failed {
        let found = explain_error(text);
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["ONLY_FAILED"], "{text}");
        assert!(found[0].help.contains(look), "{}", found[0].help);
    }
    for text in ["failed", "Session opened, all is well", "", "two failed"] {
        assert_eq!(explain_error(text), [], "{text}");
    }
}

#[test]
fn a_refusal_without_words_says_what_else_it_may_be() {
    let help = |text: &str| explain_error(text)[0].help.clone();
    let bucket = help("An error occurred (403) when calling the HeadBucket operation: Forbidden");
    assert!(bucket.contains("bucket of another account"), "{bucket}");
    let object = help("An error occurred (403) when calling the HeadObject operation: Forbidden");
    assert!(object.contains("an object that is not there"), "{object}");
}

#[test]
fn words_that_a_terminal_broke_are_whole_again() {
    let text = "An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:sts::111122223333:assumed-role/Admins/jane@example.com is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0 because no identity-based policy allows the ssm:StartSession action";
    let whole = explain_error(text);
    for width in 20..100 {
        let lines: Vec<String> = text
            .chars()
            .collect::<Vec<_>>()
            .chunks(width)
            .map(|line| line.iter().collect())
            .collect();
        for broken in [lines.join("\n"), lines.join("\r\n")] {
            let found = explain_error(&broken);
            assert_eq!(found.len(), 1, "{broken}\n{found:#?}");
            assert_eq!(found[0].principal, whole[0].principal, "{width}");
            assert_eq!(found[0].permissions, whole[0].permissions, "{width}");
            assert_eq!(found[0].cause, whole[0].cause, "{width}");
        }
    }
}

#[test]
fn not_connected_is_answered_with_a_list_in_order_and_the_names_of_the_region() {
    let text = "aws ssm start-session --target i-1 --region eu-west-3\nAn error occurred (TargetNotConnected) when calling the StartSession operation: i-1 is not connected.";
    let found = explain_error(text);
    let help = &found[0].help;
    let mut at = 0;
    for step in ["1. Role", "2. Network", "3. Clock", "4. Agent", "5. Credentials", "6. Place"] {
        at = at + help[at..].find(step).unwrap_or_else(|| panic!("{step} in {help}"));
    }
    for name in [
        "com.amazonaws.eu-west-3.ssm ",
        "com.amazonaws.eu-west-3.ssmmessages",
        "ssmmessages.eu-west-3.amazonaws.com",
    ] {
        assert!(help.contains(name), "{name} in {help}");
    }
}

#[test]
fn both_causes_are_said_of_a_session_that_cannot_be_ended() {
    let found = explain_error("User: arn:aws:iam::111122223333:user/jo is not authorized to perform: ssm:TerminateSession on resource: arn:aws:ssm:us-east-1:111122223333:session/jo-0a1b");
    assert!(found[0].help.contains("plugin is absent"), "{}", found[0].help);
    assert!(found[0].help.contains("Allow ssm:TerminateSession"), "{}", found[0].help);
}

#[test]
fn the_name_of_a_session_tells_whose_policies_count() {
    let help = |session: &str| {
        explain_error(&format!("User: arn:aws:sts::111122223333:assumed-role/{session} is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0 because no identity-based policy allows the ssm:StartSession action"))[0].help.clone()
    };
    let set = "to a policy of the permission set Ops_and-Dev in IAM Identity Center.";
    for (session, whose) in [
        ("AWSReservedSSO_Ops_and-Dev_0199cd46a537ce07/jo@example.com", set),
        ("AWSReservedSSO_Ops_and-Dev_0199cd46a537ce07/i-0123456789abcdef0", set),
        ("Web/i-0123456789abcdef0", "to a policy of the role of the node."),
        ("Web/i-1a2b3c4d", "to a policy of the role of the node."),
        ("Site/mi-0123456789abcdef0", "to a policy of the role of the node."),
        ("Web/i-am-jo", "to a policy of the role or user."),
        ("Web/jo", "to a policy of the role or user."),
    ] {
        assert!(help(session).contains(whose), "{session}: {}", help(session));
    }
}

#[test]
fn the_place_in_a_policy_beside_the_message_is_told() {
    let policy = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"allow\",\n    \"Action\": \"ssm:StartSession\",\n    \"Resource\": \"*\"\n  }\n}";
    for text in [
        format!("{policy}\nMalformedPolicyDocument: The policy failed legacy parsing"),
        format!("MalformedPolicyDocument: The policy failed legacy parsing\n{policy}"),
    ] {
        let found = explain_error(&text);
        let line = text.lines().position(|line| line.contains("allow")).unwrap() + 1;
        assert!(
            found[0].meaning.contains(&format!("line {line}, column 15")),
            "{}",
            found[0].meaning
        );
    }
}

#[test]
fn the_agents_own_diagnosis_is_read_in_both_forms() {
    let json = r#"{
  "DiagnosticsOutput": [
    {"Check": "EC2 IMDS", "Status": "Success", "Note": "IMDS is accessible and has instance id i-0123456789abcdef0 in region us-east-2"},
    {"Check": "Hybrid instance registration", "Status": "Skipped", "Note": "Instance does not have hybrid registration"},
    {"Check": "Connectivity to ssm endpoint", "Status": "Success", "Note": "ssm.us-east-2.amazonaws.com is reachable"},
    {"Check": "Connectivity to ssmmessages endpoint", "Status": "Failed", "Note": "ssmmessages.us-east-2.amazonaws.com is not reachable: dial tcp 10.0.0.1:443: i/o timeout"},
    {"Check": "AWS Credentials", "Status": "Failed", "Note": "EC2RoleRequestError: no EC2 instance role found"},
    {"Check": "Agent service", "Status": "Success", "Note": "Agent service is running and is running as expected user"}
  ]
}"#;
    let table = "
┌──────────────────────────────────────┬─────────┬──────────────────────────────┐
│ Check                                │ Status  │ Note                         │
├──────────────────────────────────────┼─────────┼──────────────────────────────┤
│ EC2 IMDS                             │ Success │ IMDS is accessible and has   │
│                                      │         │ instance id i-01 in region   │
│                                      │         │ us-east-2                    │
├──────────────────────────────────────┼─────────┼──────────────────────────────┤
│ Connectivity to ssmmessages endpoint │ Failed  │ ssmmessages.us-east-2.amazon │
│                                      │         │ is not reachable: i/o        │
│                                      │         │ timeout                      │
├──────────────────────────────────────┼─────────┼──────────────────────────────┤
│ AWS Credentials                      │ Failed  │ EC2RoleRequestError: no EC2  │
│                                      │         │ instance role found          │
└──────────────────────────────────────┴─────────┴──────────────────────────────┘";
    for text in [json, table] {
        let found = explain_error(text);
        let codes: Vec<_> = found.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["CHECK_SSMMESSAGES", "CHECK_CREDENTIALS"], "{text}\n{found:#?}");
        assert!(found[0].help.contains("com.amazonaws.us-east-2.ssmmessages"), "{}", found[0].help);
        assert!(found[0].meaning.contains("i/o timeout"), "{}", found[0].meaning);
        assert!(found.iter().all(|found| found.cause.name() == "not_iam"));
    }
    let fine = json.replace("Failed", "Success");
    assert_eq!(explain_error(&fine)[0].code, "CHECKS_PASSED");
}

#[test]
fn the_checker_of_ecs_exec_is_read() {
    let text = "-------------------------------------------------------------
Prerequisites for the AWS CLI to use ECS Exec
-------------------------------------------------------------
  AWS CLI Version        | \u{1b}[0;32mOK \u{1b}[0m(aws-cli/2.2.32 Python/3.8.8)
  Session Manager Plugin | \u{1b}[1;31mMissing
Region : us-east-2
  Can I ExecuteCommand?  | arn:aws:iam::111122223333:role/Admin
     ecs:ExecuteCommand: allowed
     ssm:StartSession denied?: allowed
  Task Status            | RUNNING
  Launch Type            | Fargate
  Platform Version       | 1.3.0 (Required: >= 1.4.0)
  Exec Enabled for Task  | NO
         1. STOPPED (Reason: null) for \"app\" - LastStartedAt: null
         1. ReadOnly - \"app\"
  Task Role Permissions  | arn:aws:iam::111122223333:role/Task
     ssmmessages:CreateControlChannel: implicitDeny
     ssmmessages:CreateDataChannel: allowed
     ssmmessages:OpenDataChannel: explicitDeny
    SSM PrivateLink \"com.amazonaws.us-east-2.ssmmessages\" not found. You must ensure your task has proper outbound internet connectivity.
       - AWS_ACCESS_KEY: not defined
       - AWS_ACCESS_KEY_ID: defined";
    let found = explain_error(text);
    let codes: Vec<_> = found.iter().map(|found| (found.code, found.cause.name())).collect();
    assert_eq!(
        codes,
        [
            ("PLUGIN_ABSENT", "not_iam"),
            ("ECS_VERSION_TOO_OLD", "not_iam"),
            ("ECS_EXEC_NOT_ENABLED", "not_iam"),
            ("ECS_AGENT_STOPPED", "not_iam"),
            ("ECS_ROOT_READ_ONLY", "not_iam"),
            ("ACCESS_DENIED", "implicit_deny"),
            ("ACCESS_DENIED", "explicit_deny"),
            ("ECS_ENDPOINT_ABSENT", "not_iam"),
            ("ECS_KEYS_IN_ENVIRONMENT", "not_iam"),
        ]
    );
    let denied = &found[5];
    assert_eq!(denied.permissions[0].action, "ssmmessages:CreateControlChannel");
    assert_eq!(denied.principal.as_deref(), Some("arn:aws:iam::111122223333:role/Task"));
    assert_eq!(denied.capabilities, ["node.channel"]);
}
