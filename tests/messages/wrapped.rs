//! Messages of programs that stand around another error, or say only that something failed.

use super::Expected;

/// A message; code, cause and actions of its only explanation.
#[rustfmt::skip]
pub const MESSAGES: &[(&str, Expected)] = &[
    ("Pseudo-terminal will not be allocated because stdin is not a terminal.\n-bash: line 1: $'SSH-2.0-OpenSSH_8.1\\r': command not found", ("PROXY_COMMAND_STARTS_SHELL", "not_iam", &[])),
    ("UNIX error exception: 17", ("ONLY_FAILED", "unknown", &[])),
    ("An error occurred (InternalFailure) when calling the CreateActivation operation (reached max retries: 4): ", ("ACTIVATION_ROLE_ABSENT", "not_iam", &[])),
    ("2021-10-13 00:48:01 ERROR Failed to close websocket: tls: failed to send closeNotify alert (but connection was closed anyway): write tcp 4.3.2.1:50638->1.2.3.4:1234: write: broken pipe\n2021-10-13 00:48:01 ERROR Unable to send stream data message: Can't send message: Connection is closed.", ("CHANNEL_CLOSED", "not_iam", &[])),
    ("An unknown error occurred.", ("ONLY_FAILED", "unknown", &[])),
    ("2023-04-20 15:05:23 WARN Could not read InstanceFingerprint file: InstanceFingerprint does not exist", ("NOT_REGISTERED", "not_iam", &[])),
    ("  Installing : amazon-ssm-agent-2.2.607.0-1.x86_64                          1/1\nstart: Unable to connect to Upstart: Failed to connect to socket /com/ubuntu/upstart: Connection refused", ("NO_SERVICE_MANAGER", "not_iam", &[])),
    ("$ sudo systemctl status amazon-ssm-agent\n\u{25cf} amazon-ssm-agent.service\n   Loaded: not-found (Reason: No such file or directory)\n   Active: inactive (dead)", ("AGENT_ABSENT", "not_iam", &[])),
    ("invalid format in plugin properties map[destinationPath:/tmp/installTeleport.sh sourceInfo:map[url:[https://example.teleport.sh:443/webapi/scripts/installer/preprod-installer](https://example.teleport.sh/webapi/scripts/installer/preprod-installer)] sourceType:HTTP];\nerror json: cannot unmarshal object into Go struct field DownloadContentPlugin.sourceInfo of type string", ("STEP_NOT_READ", "not_iam", &[])),
    ("Received response status [FAILED] from custom resource. Message returned: Command '['/opt/awscli/aws', 's3', 'sync', '--delete', '/tmp/tmpbjjqwbd4/contents', 's3://cms-eregs-eph-1640-site-assets/']' died with <Signals.SIGKILL: 9>. ", ("NODE_OVERLOADED", "not_iam", &[])),
    ("CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [c0ffee]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.", ("REASON_STANDS_ELSEWHERE", "unknown", &[])),
    ("Error: Action not implemented as StringStep aws:runInstances", ("OTHER_CAUSE", "not_iam", &[])),
    ("Failed\tInvalidAutomationParameters\tMon, 31 Jul 2023 21:11:49 GMT", ("OTHER_CODE", "not_iam", &[])),
    ("SSM execution '9ace18ad-a601-4163-a66a-9a4a634e5294' failed with status = 'TimedOut' in state = 'BUILDING' and failure message = 'Step timed out while step is Poll action status for completion. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.'", ("IMAGE_NOT_BUILT", "unknown", &[])),
    ("botocore.exceptions.WaiterError: Waiter ImageAvailable failed: Max attempts exceeded", ("WAITER_ENDED", "unknown", &[])),
    ("[ERROR]: VPC Endpoint com.amazonaws.us-east-1.ec2 is missing from VPC vpc-0469a416cc6fcd470. Ensure that minimum required VPC endpoints are added to the VPC. Please review this URL for further details", ("OTHER_CAUSE", "not_iam", &[])),
    ("2022-10-11 21:19:44 [ERROR]: aws.ecs.openTaskInTerminal: Error: Failed to open terminal.\n\t -> TypeError: Unexpected type cast: got string, expected primitive Boolean", ("PROGRAM_FAILED", "not_iam", &[])),
    ("2023-11-03 18:09:35 INFO [CredentialRefresher] Sleeping for 25m42s before retrying retrieve credentials", ("AGENT_WAITS", "unknown", &["ssm:UpdateInstanceInformation"])),
    ("Error: error waiting for Cloud9 EC2 Environment (4ced7c617a9d444383fcb13f01bb2b40) create: unexpected state 'CREATE_FAILED', wanted target 'CREATED'. last error: Client Error", ("WAITER_ENDED", "unknown", &[])),
    ("Failed to create/update the stack. Run the following command\nto fetch the list of events leading up to the failure\naws cloudformation describe-stack-events --stack-name eks-workshop-ide", ("STACK_NOT_MADE", "unknown", &[])),
    ("Unknown options: --connection-type, CONNECT_SSM", ("CLI_TOO_OLD", "not_iam", &[])),
    ("    \"failureMessage\": \"Document arn:aws:imagebuilder:eu-central-1:111122223333:component/mariadb-linux/1.0.0/1 failed!\",\n    \"logUrl\": \"/var/lib/amazon/toe/TOE_2023-06-29_", ("REASON_STANDS_ELSEWHERE", "unknown", &[])),
    ("NodeCreationFailure: Instances failed to join the kubernetes cluster", ("NODES_NOT_JOINED", "unknown", &[])),
    ("INFO: The SSH key (ecdsa-sha2-nistp256 ***) presented by the instance has not been found on the instance console. Cannot check the key. The connection to EC2 (***) - jenkins-***-runner (i-0c309864d5ca19c26) is not allowed", ("SSH_REFUSED", "not_iam", &[])),
    ("hostname was invalid for dns resolution", ("OTHER_CAUSE", "not_iam", &[])),
    ("java.util.concurrent.TimeoutException: Futures timed out after [25 seconds]", ("WAITED_IN_VAIN", "unknown", &[])),
    ("[err][internal.CallProcess:575] fork/exec /.gossm/session-manager-plugin: bad CPU type in executable", ("PROGRAM_FOR_OTHER_COMPUTER", "not_iam", &[])),
    ("ssh_packet_userauth_failure:  Access denied for 'unknown'. Authentication that can continue: publickey,gssapi-keyex,gssapi-with-mic", ("SSH_REFUSED", "not_iam", &[])),
    ("error creating SSM parameter: AccessDeniedException: User: arn:aws:iam::111122223333:user/developer is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/production/database/url with an explicit deny", ("NAME_RESERVED", "not_iam", &[])),
    ("2017-10-18T20:38:40Z ab8660aa9fce confd[301]: ERROR ParameterNotFound: Parameter /common/mycompany.internal.encryption.key not found.", ("NOT_FOUND", "not_iam", &[])),
    ("WARNING: Authentication failed. Trying again...", ("SSH_REFUSED", "not_iam", &[])),
    ("2022/05/17 18:55:55 E! ec2metadata is not available\nI! Detected the instance is OnPremise", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("err:  backend-dev Pulling \nerr:  backend-dev Error \nerr: Error response from daemon: Head \"https://xxxx.com/v2/xxxxxxxx/\": unauthorized: authentication required", ("OTHER_SERVICE_REFUSED", "not_iam", &[])),
    ("InvalidGrantException while refresh auth token", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("DEBUG SSOConfig.GetRole() error=\"unable to find 111122223333:SSO-AdministratorAccessLab\"", ("ONLY_FAILED", "unknown", &[])),
    ("Error: Process completed with exit code 1.", ("COMMAND_FAILED", "not_iam", &[])),
];
