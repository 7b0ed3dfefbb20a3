//! Messages of public threads, as a plain search for a trouble finds them first.

use super::{Expected, CHANNEL, NODE};

pub(super) const MESSAGES: &[(&str, Expected)] = &[
    ("「SSM Agent is not online.The SSM Agent was unable to connect to a Systems Manager endpoint to register itself with the service (SSM Agent は Systems Manager エンドポイントに接続できないため、サービスに登録できません)」", ("AGENT_OFFLINE", "unknown", NODE)),
    ("Fleet Manager では、インスタンスの ping ステータスは「Connection Lost」エラーとして報告されます。", ("AGENT_OFFLINE", "unknown", NODE)),
    ("Execute: \"/bin/sh\"\n\nThe Session Manager plugin was installed successfully. Use the AWS CLI to start a session.\n\n\nAn error occurred (InvalidParameterException) when calling the ExecuteCommand operation: The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.\n\nDone...", ("ECS_EXEC_NOT_ENABLED", "not_iam", &[])),
    ("ERROR [CollectBillingInfoData @ dataProvider_unix.go.60] [ssm-document-worker] [eb85f6f8-42c2-4b9c-8458-c493234c4814.2020-04-04T16-09-51.386Z] [DataBackend] [pluginName=aws:softwareInventory] [aws:softwareInventory] Failed to execute command : curl [http://169.254.169.254/latest/dynamic/instance-identity/document]; error: exit status 7", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("ResumeSession returning HTTP 403", ("SESSION_NOT_RESUMED", "unknown", &["ssm:ResumeSession"])),
    ("Cannot perform start session: listen unix /var/folders/kk/lmpb4jhx123g5sc2thksnv440000gn/T/com.apple.shortcuts.mac-helper/23234950_session_manager_plugin_mux.sock: bind: invalid argument", ("SOCKET_NOT_MADE", "not_iam", &[])),
    ("Getting bad packet ssh_dispatch_run_fatal: Connection to UNKNOWN port 65535: Connection corrupted", ("SSH_STREAM_BROKEN", "not_iam", &[])),
    ("[WARNING]: Failed to load inventory plugin, skipping aws_ssm\nfatal: [x.x.x.x]: FAILED! => {\"msg\": \"Unexpected failure during module execution.\", \"stdout\": \"\"}\nAn exception occurred during task execution. To see the full traceback, use -vvv. The error was: TypeError: expected string or bytes-like object", ("ANSIBLE_PLUGIN_NOT_LOADED", "not_iam", &[])),
    ("020-10-09 10:27:19 ERROR [S3Upload @ s3util.go.108] [ssm-session-worker] [42ba7ac1-6122-4f3a-aa64-5f18f81eff1d-0959abc60267189e0] [DataBackend] [pluginName=Standard_Stream] Attempt %!s(int=4): Failed uploading /var/lib/amazon/ssm/<instance_id>/session/orchestration/x.log to s3://<bucket_name>/ssm/<aws_account_id>/x.log err:AccessDenied: Access Denied", ("UPLOAD_DENIED", "denied", &["s3:PutObject"])),
    ("ERROR [S3Upload @ s3util.go.105] [ssm-document-worker] [5cbe845f] [DataBackend] [pluginName=aws:softwareInventory] Failed uploading /var/lib/amazon/ssm/i-070b1aebd1b39fcdc/document/orchestration/stdout to s3://ssminventorytest/i-070b1aebd1b39fcdc/stdout err:NoSuchBucket: The specified bucket does not exist", ("BUCKET_ABSENT", "not_iam", &[])),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: mi-01064afae0734b12b is not connected.\nkex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: i-... is not connected.\nConnection closed by UNKNOWN port 65535", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    (" Managed Agent Status\n    ----------\n         1. STOPPED (Reason: null) for \"containernameredacted\" - LastStartedAt: null", ("ECS_TARGET_NOT_CONNECTED", "unknown", CHANNEL)),
    ("    [error] ec2: failed to add ssh config section:\n    Pseudo-terminal will not be allocated because stdin is not a terminal.\n    vdollar_percent_expand: unknown key %r\n    percent_dollar_expand: failed\n\nFinal error returned by the extension:\n\n    [SshCheckFailed]", ("SSH_CONFIG_INVALID", "not_iam", &[])),
    ("Starting session with SessionId: ecs-execute-command-f2rxcq6as4envg6h3xxxx\nThis session is encrypted using AWS KMS.\n\nSessionId: ecs-execute-command-f2rxcq6as4envg6h3pjxxxx : We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group. Either encrypt the log group or choose an option to enable logging without encryption.", ("LOG_GROUP_NOT_ENCRYPTED", "unknown", &["logs:DescribeLogGroups"])),
    ("==> amazon-ebs: Waiting for SSH to become available...\n2020/06/17 17:46:24 packer-builder-amazon-ebs plugin: [DEBUG] TCP connection to SSH ip/port failed: dial tcp 127.0.0.1:8819: connect: connection refused\n2020/06/17 17:46:24 packer-builder-amazon-ebs plugin: [DEBUG] session-manager-plugin: Starting session with SessionId: 1592430244929284000-052144e3691790fef", ("TUNNEL_NOT_OPEN", "not_iam", &[])),
    ("2021-11-27 08:15:50 ERROR [ssm-session-worker] [foo-060bbc90196b150bf]\n[DataBackend] [pluginName=Port] Unable to dial connection to server: dial tcp :5432: connect: connection refused", ("PORT_CLOSED", "not_iam", &[])),
    ("    print(f\"** Bad InstanceName is {item['InstanceName']}\")\nKeyError: 'InstanceName'", ("PROGRAM_FAILED", "not_iam", &[])),
    ("$ gossm start -p aws-292\n[err] NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors", ("NO_CLIENT_CREDENTIALS", "not_iam", &[])),
    ("2018-11-01 00:10:19 ERROR Registration failed due to error registering the instance with AWS SSM. ActivationExpired: \n\tstatus code: 400, request id:", ("ACTIVATION_INVALID", "not_iam", &[])),
    ("# curl http://169.254.169.254\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">\n<html>\n  <head>\n    <title>The requested URL could not be retrieved</title>", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("2021-10-12T15:35:42.503Z\t67asd78s\tERROR\tAccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/poc-action-scale-up-lambda-role/poc-scale-up is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-west-1:111122223333:*\n    at deserializeAws_json1_1GetParameterCommandError (/var/task/index.js:26735:41)\n  __type: 'AccessDeniedException',\n  '$fault': 'client',\n    httpStatusCode: 400,", ("ACCESS_DENIED", "denied", &["ssm:GetParameter"])),
    ("Fail to fetch/remove json config: AccessDeniedException: User: arn:aws:sts::******:assumed-role/github-runners-github-action-runners-runner-role/i-0d0037a82dcf333a2 is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-west-2:******:parameter/github-runners-cloudwatch_agent_config_runner", ("ACCESS_DENIED", "denied", &["ssm:GetParameter"])),
    ("[ERROR] ClientError: An error occurred (AccessDeniedException) when calling the GetParametersByPath operation: User: arn:aws:sts::ID_OF_ACCOUNT_TO_CUSTOMIZE:assumed-role/AWSAFTService/AWSAFT-Session is not authorized to perform: ssm:GetParametersByPath on resource: arn:aws:ssm:eu-west-1:ID_OF_ACCOUNT_TO_CUSTOMIZE:parameter/aft/account-request/custom-fields/ because no identity-based policy allows the ssm:GetParametersByPath action", ("ACCESS_DENIED", "implicit_deny", &["ssm:GetParametersByPath"])),
    ("ValidationException: 2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null.; Value at 'value' failed to satisfy constraint: Member must not be null.", ("VALUE_REFUSED", "not_iam", &[])),
    ("2020/10/25 00:44:49 AccessDeniedException: \n\tstatus code: 403, request id: 3b0efa8d-e5b9-44d1-b5e9-4d8b4f7ab97c", ("ACCESS_DENIED_WITHOUT_ACTION", "denied", &[])),
    ("root [ERROR]: An error occurred (UnsupportedOperatingSystem) when calling the GetDeployablePatchSnapshotForInstance operation: \n...\nbotocore.errorfactory.UnsupportedOperatingSystem: An error occurred (UnsupportedOperatingSystem) when calling the GetDeployablePatchSnapshotForInstance operation: \n...\nraise PatchManagerError(\"Unsupported Operating System\", ExitCodes.SNAPSHOT_UNSUPPORTED_OS, e)", ("CALL_FAILED", "not_iam", &[])),
    ("  File \"/usr/local/lib/python2.7/site-packages/awscli/customizations/sessionmanager.py\", line 102, in invoke\n    raise ValueError(''.join(ERROR_MESSAGE))", ("PLUGIN_ABSENT", "not_iam", &[])),
    ("Error creating new aws sdk session LoadClientTLSCertError: client TLS cert(true) and key(false) must both be provided", ("CERTIFICATE_FILE_NOT_READ", "not_iam", &[])),
    ("An error occurred (AuthFailure) when calling the DescribeInstances operation: AWS was not able to validate the provided access credentials", ("CREDENTIALS_INVALID", "not_iam", &[])),
    ("An error occurred (BadRequest) when calling the StartSession operation: Enable advanced-instances tier to use Session Manager with your on-premises instances\nConnection closed by UNKNOWN port 65535", ("TIER_TOO_LOW", "not_iam", &[])),
    ("[Issue]failed to find agent identity", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("\"session-manager-plugin\" cannot be opened because the developer cannot be verified.", ("PROGRAM_NOT_TRUSTED", "not_iam", &[])),
    ("session-manager-plugin cannot be opened as macOS cannot verify the app is free from malware", ("PROGRAM_NOT_TRUSTED", "not_iam", &[])),
    ("[   14.119919] hibinit-agent[1747]: OSError: [Errno 101] Network is unreachable", ("NOT_REACHED", "not_iam", &[])),
    ("2020/01/05 15:12:18 Failed to load instance info from vault. RegistrationKey does not exist.\nInitializing new seelog logger", ("NOT_REGISTERED", "not_iam", &[])),
    ("Warning  FailedMount  10m (x3 over 17m)     kubelet            Unable to attach or mount volumes: unmounted volumes=[cronfile], unattached volumes=[kube-api-access-dgrkg cronfile]: timed out waiting for the condition\n  Warning  FailedMount  2m20s (x23 over 32m)  kubelet            MountVolume.SetUp failed for volume \"cronfile\" : hostPath type check failed: /etc/cron.d is not a directory", ("OTHER_CAUSE", "not_iam", &[])),
    ("aws ecs execute-command --cluster \"redacted\" --container app --command /bin/bash --interactive --task \"redacted\"\n\nSessionManagerPlugin is not found. Please refer to SessionManager Documentation here: \n\nhttp://docs.aws.amazon.com/console/systems-manager/session-manager-plugin-not-found", ("PLUGIN_ABSENT", "not_iam", &[])),
    ("zsh: no matches found: portNumber=[3389],localPortNumber=[56788]", ("PARAMETERS_NOT_READ", "not_iam", &[])),
    ("> Starting session with SessionId: testuserssm-0d1a9d71fXXXXXXXX\n> \n> SessionId: testuserssm-0d1a9d71fXXXXXXXX :\n> ----------ERROR-------\n> Setting up data channel with id testuserssm-0d1a9d71fXXXXXXXX failed: failed to create websocket for datachannel with error: CreateDataChannel failed with no output or error: createDataChannel request failed: unexpected response from the service {\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}`", ("OTHER_REASON", "not_iam", &[])),
    ("module root: module ssm: permission is not a valid parameter", ("VALUE_REFUSED", "not_iam", &[])),
    ("Errors:\n\n  * aws_ssm_document.main: CodeBuild: Arifacts Namespace Type can only be NONE / BUILD_ID", ("OTHER_CAUSE", "not_iam", &[])),
    ("Timeout, server 54.144.49.114 not responding.\nrsync: connection unexpectedly closed (0 bytes received so far) [sender]\nrsync error: unexplained error (code 255) at io.c(226) [sender=3.1.1]", ("SSH_STREAM_BROKEN", "not_iam", &[])),
    ("Bad packet length 3246692971.\nssh_dispatch_run_fatal: Connection to UNKNOWN port 65535: Connection corrupted", ("SSH_STREAM_BROKEN", "not_iam", &[])),
    ("➜  ~ ssm-copy test i-05bxxxxxxxxxxx:\nTraceback (most recent call last):\n  File \"/usr/local/lib/python3.7/site-packages/pexpect/pty_spawn.py\", line 482, in read_nonblocking\n    raise TIMEOUT('Timeout exceeded.')\npexpect.exceptions.TIMEOUT: Timeout exceeded.", ("WAITED_IN_VAIN", "unknown", &[])),
    ("ExecuteCommandAgent not RUNNING", ("ECS_EXEC_NOT_ENABLED", "not_iam", &[])),
    ("Invalid 'cpu' setting for task", ("OTHER_CAUSE", "not_iam", &[])),
    ("-e 2024-02-16 12:49:38 I - [3/8] Stopping kubelet.service ..\n\nWaiter CommandExecuted failed: Waiter encountered a terminal failure state: For expression \"Status\" we matched expected path: \"Failed\"", ("WAITER_ENDED", "unknown", &[])),
    ("Installed Version Same as Package Version. Skipping Install...\n\n----------ERROR-------\n\ninstall errors: failed to run commands: exit status 1\n\nFailed to install package; install status Failed", ("COMMAND_FAILED", "not_iam", &[])),
    ("Resource handler returned message: \"Invalid request provided: CreateService error: Unable to assume the service linked role. Please verify that the ECS service linked role exists. (Service: AmazonECS; Status Code: 400; Error Code: InvalidParameterException; Request ID: 91bb1f6b-c6f8360e143f; Proxy: null)\" (RequestToken: 03dc0ff5-3824ce3f574c, HandlerErrorCode: InvalidRequest)", ("SERVICE_ROLE_ABSENT", "not_iam", &[])),
    ("software.amazon.awssdk.services.ecs.model.InvalidParameterException: The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again. (Service: Ecs, Status Code: 400, Request ID: ebdbfef6-5186-48ca-9ec7-ac3e65720c37)\n\tat software.amazon.awssdk.core.internal.http.CombinedResponseHandler.handleErrorResponse(CombinedResponseHandler.java:125)", ("ECS_TASK_ROLE_ABSENT", "not_iam", &[])),
    ("cdk-workshop failed: Error [ValidationError]: AccessDenied. User doesn't have permission to call ssm:GetParameters\n    at Request.extractError (/usr/local/lib/node_modules/aws-sdk/lib/protocol/query.js:50:29)\n  code: 'ValidationError',", ("ACCESS_DENIED", "denied", &["ssm:GetParameters"])),
    ("[DataBackend] [pluginName=Standard_Stream] Error Calling DescribeLogGroups:RequestError: send request failed\ncaused by: Post \"https://logs.us-east-1.amazonaws.com/\": dial tcp 52.94.231.162:443: i/o timeout", ("NOT_REACHED", "not_iam", &[])),
    ("\"SSM execution '8787352-dcvd-4325-5235-32525gd' failed with status = 'TimedOut' in state = 'BUILDING' and failure message = 'SSM Agent verification failed'\"", ("AGENT_OFFLINE", "unknown", NODE)),
    ("Agent fail to start: failed to make EC2Metadata request", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("Sep 11 18:14:17 ip-172-31-34-231 user-data: Connect timeout on endpoint URL: \"https://ec2.us-east-1.amazonaws.com/\"", ("NOT_REACHED", "not_iam", &[])),
    ("Sep 11 18:18:54 ip-172-31-34-231 amazon-ssm-agent.amazon-ssm-agent[933]: 2020-09-11 18:18:54 ERROR Health ping failed with error - AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/single-cluster/i-05db3f9af8232575f is not authorized to perform: ssm:UpdateInstanceInformation on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-05db3f9af8232575f", ("ACCESS_DENIED", "denied", &["ssm:UpdateInstanceInformation"])),
    ("Waiting for devpod agent to come up, but nject Error: context deadline exceeded", ("NOT_REACHED", "not_iam", &[])),
    ("An error occurred (UnauthorizedException) when calling the GetRoleCredentials operation: Session token not found or invalid\n\nPlease login with 'aws sso login --profile=SSO_Terraform'", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("Error: ExpiredToken: The security token included in the request is expired\n        status code: 403, request id: xxxxxxxx (SQLSTATE HV000)", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: i-0e90dd7f01483de1e is not connected.", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("time=2025-08-31T20:48:52.581+09:00 level=INFO msg=\"starting tunnel\"\ntime=2025-08-31T20:48:52.582+09:00 level=ERROR msg=\"exited with error\" err=\"Get \\\"http://0.0.0.0:13557/api/completed\\\": dial tcp 0.0.0.0:13557: connect: connection refused\"\n✕  Unexpected error occurred. Please run with --print-logs or check .sst/log/sst.log if available.", ("TUNNEL_NOT_OPEN", "not_iam", &[])),
    ("Error initializing aws:\noperation error SSM: GetParameter, https response error StatusCode: 400, RequestID: 15121642-ee5d-459d-bca1-c3f763315863, api error AccessDeniedException: User: arn:aws:sts::USER:assumed-role/project-stage-WebDevServerRole-useast1/sst-dev is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/sst/bootstrap because no identity-based policy allows the ssm:GetParameter action", ("ACCESS_DENIED", "implicit_deny", &["ssm:GetParameter"])),
    ("You may not have the Permissions Required for using the execute command", ("ECS_EXEC_PERMISSIONS", "unknown", &["ecs:ExecuteCommand"])),
    (" errors\":[\"failed to enable debugging on ECS service name='dev_package_builder', cluster='dev_ecs_cluster' with iamRole='arn:aws:iam::111122223333:role/dev_pb_task_assume_role', debugEntrypoint='' and restartCmd=''\",\"failed to connect to the 'cloud-debug-dev_package_builder' service from the 'dev_ecs_cluster' cluster\",\"failed to create an SSM session for the dev_ecs_cluster_5e089befebd44dca82d16b2c9b4dc06f_567b51d3 target\",\"dev_ecs_cluster_5e089befebd44dca82d16b2c9b4dc06f_567b51d3 is not connected.\",\"failed to start the SSM port forwarding session\"", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("2024-12-18 12:02:30.141 [warning] getUnixShellEnvironment#stderr:bash: cannot set terminal process group (-1): Inappropriate ioctl for device\nbash: no job control in this shell", ("NO_TERMINAL", "not_iam", &[])),
    ("download failed: s3://accB-s3-bucket/file.gvcf.gz to ../../tmp/ephermal/file.gvcf.gz An error occurred (AccessDenied) when calling the GetObject operation: The ciphertext refers to a customer master key that does not exist, does not exist in this", ("KEY_NOT_ACCESSIBLE", "unknown", &["kms:Decrypt"])),
    ("Nov  8 12:42:09 ip-172-31-81-174 amazon-ssm-agent.amazon-ssm-agent[1151]: 2023-11-08 12:42:07 ERROR EC2RoleProvider Failed to connect to Systems Manager with SSM role credentials. error calling RequestManagedInstanceRoleToken: AccessDeniedException: Systems Manager's instance management role is not configured for account: 111122223333\nNov  8 12:42:09 ip-172-31-81-174 amazon-ssm-agent.amazon-ssm-agent[1151]: #011status code: 400, request id: ec608484-6bb3-44db-9b6d-f1300717ef21\nNov  8 12:42:09 ip-172-31-81-174 amazon-ssm-agent.amazon-ssm-agent[1151]: 2023-11-08 12:42:07 ERROR [CredentialRefresher] Retrieve credentials produced error: no valid credentials could be retrieved for ec2 identity. Default Host Management Err: error calling RequestManagedInstanceRoleToken: AccessDeniedException: Systems Manager's instance management role is not configured for account: 111122223333", ("DEFAULT_HOST_MANAGEMENT_OFF", "implicit_deny", &["ssm:UpdateInstanceInformation"])),
    ("amazon-ssm-agent[3586]: 2020-07-23 22:19:21 ERROR Health ping failed with error - EC2RoleRequestError: no EC2 instance role found\namazon-ssm-agent[3586]: caused by: EC2MetadataError: failed to make EC2Metadata request\namazon-ssm-agent[3586]: status code: 404, request id:\namazon-ssm-agent[3586]: caused by: <?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\namazon-ssm-agent[3586]: <!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("Error: EC2RoleRequestError: no EC2 instance role found\nEC2MetadataError: failed to make EC2Metadata request\nNeed assistance. SSM", ("NO_INSTANCE_PROFILE", "not_iam", &[])),
    ("2018-09-17 13:12:46 ERROR [Stop @ agent.go.99] Agent's core manager can't be nil\n2018-09-17 17:24:28 ERROR [ModuleRequestStop @ session.go.211] [MessageGatewayService] stopping controlchannel with error, %!s(<nil>)", ("AGENT_NOT_STARTED", "not_iam", &[])),
    ("[2022-05-16 07:35:28.716] [error] [renderer] Session token not found or invalid UnauthorizedException: Session token not found or invalid\n    at Object.m [as extractError] (file:///C:/Users/jo/AppData/Local/Programs/Leapp/resources/app.asar/dist/leapp-client/main.4d04c581dbecd1f6.js:1:2143146)", ("CREDENTIALS_EXPIRED", "not_iam", &[])),
    ("Found invalid number of authz details: []", ("OTHER_CAUSE", "not_iam", &[])),
    ("Cannot establish tunnel, Auth fail", ("SSH_REFUSED", "not_iam", &[])),
    ("Cannot establish tunnel - invalid privatekey\norg.jkiss.dbeaver.model.exec.DBCException: Can't initialize tunnel", ("SSH_REFUSED", "not_iam", &[])),
    ("unexpected end of stream, read 0 bytes from 4 (socket was closed by server)\nCould not connect to 127.0.0.1:55801 : unexpected end of stream, read 0 bytes from 4 (socket was closed by server)", ("TUNNEL_NOT_OPEN", "not_iam", &[])),
    ("SessionId: i-074.... : \n----------ERROR-------\nUnable to start shell: failed to start pty since RunAs user ubuntu does not exist", ("RUN_AS_USER_ABSENT", "not_iam", &[])),
    ("2019-10-08 05:56:20 ERROR [execute @ shell.go.152] [ssm-session-worker] [redacted] [DataBackend] [pluginName=Standard_Stream] Unable to start shell: failed to start pty since RunAs user ubuntu does not exist\n2019-10-08 05:56:20 ERROR [func1 @ shell.go.96] [ssm-session-worker] [redacted] [DataBackend] [pluginName=Standard_Stream] Error occurred while closing pty: unable to close ptyFile. invalid argument", ("RUN_AS_USER_ABSENT", "not_iam", &[])),
    ("\"CommandPlugins\": [\n                {\n                    \"Name\": \"aws:runShellScript\",\n                    \"Status\": \"Failed\",\n                    \"StatusDetails\": \"Failed\",", ("COMMAND_FAILED", "not_iam", &[])),
    ("/home/runner/work/_actions/x/aws-ssm-send-command/master/node_modules/aws-sdk/lib/request.js:31\n            throw err;\n            ^\n\nInvalidInstanceId: null\n    at Request.extractError (/home/runner/work/_actions/x/aws-ssm-send-command/master/node_modules/aws-sdk/lib/protocol/json.js:52:27)", ("NODE_NOT_MANAGED", "unknown", NODE)),
    ("unable to fork/exec /usr/bin/sh", ("COMMAND_ABSENT", "not_iam", &[])),
    ("2018-08-10 16:01:43 ERROR [func1 @ coremanager.go.250] [instanceID=i-0446e2d4840f3de84] error occurred trying to start core module. Plugin name: StartupProcessor. Error: Internal error occurred by startup processor: runtime error: invalid memory address or nil pointer dereference", ("AGENT_NOT_STARTED", "not_iam", &[])),
    ("2017-07-14 11:33:22 ERROR [instanceID=i-xxxx] [MessageProcessor] [Association] [associationId=f4db7610] error when calling AWS APIs. error details - ValidationException: 1 validation error detected: Value 'aws.ssm.f4db7610.i-xxxx' at 'associationId' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9a-fA-F]{8}\nstatus code: 400, request id: 3e4e7706-6888-11e7-8313-21ccf7116953", ("VALUE_REFUSED", "not_iam", &[])),
    ("2019-04-10 11:48:49 ERROR [createUser @ session_windows.go.58] [MessageGatewayService] Failed to create ssm-user: exit status 1\n2019-04-10 11:49:35 ERROR [StartPty @ shell_windows.go.90] [ssm-session-worker] [test.user-0c20c0d902585cf86] [DataBackend] [pluginName=Standard_Stream] Failed to generate new password for ssm-user: NetUserSetInfo call failed. 2221", ("SSM_USER_NOT_MADE", "not_iam", &[])),
    ("failed to download the manifest: failed to download manifest - failed to retrieve manifest: ValidationException: Require valid document name.\n\tstatus code: 400, request id: 85b56764-800c-4cd3-bc32-9c38918471d8", ("PACKAGE_NOT_FOUND", "not_iam", &[])),
    ("error when reading the manifest from cache open C:\\Program Files\\Amazon\\SSM\\Manifests\\_arnawsssmpackageawsvsscomponents_26_2.4.0.json: The system cannot find the file specified.", ("OTHER_CAUSE", "not_iam", &[])),
    ("{\"errorMessage\" : \"CommandExecuted Failed\"\n\"errorType\" : \"WaiterError\"}", ("WAITER_ENDED", "unknown", &[])),
    ("Unknown error while making an API call to AWS' AWSSimpleSystemsManagement service, null (Service: AWSSimpleSystemsManagement; Status Code: 400; Error Code: InvocationDoesNotExist; Request ID: d46022a8-188f-11e8-9548-511ec617bfed)", ("INVOCATION_NOT_YET", "not_iam", &[])),
    ("2023-07-31 18:59:17,598 [ 280308]   WARN - #c.i.s.i.s.sshj - Received end of connection, but no identification received. \n2023-07-31 18:59:17,598 [ 280308]   INFO - #c.i.s.ProxyCommand - End of Process[pid=26420, exitValue=1] stderr: \nDer Befehl \"\"\"\" ist entweder falsch geschrieben oder\nkonnte nicht gefunden werden.", ("PROGRAM_ABSENT", "not_iam", &[])),
    ("Disconnected from AWS Cloud9 environment\nError connecting with AWS Cloud9 environment", ("NODE_NOT_REACHED", "unknown", NODE)),
    ("Error: ENOENT: no such file or directory, lstat '/home/ec2-user/environment/.eslintrc'\\n ...\nError: Command failed: sudo chown ec2-user -R / usr / local / rvm / gems", ("FILE_NOT_OPENED", "not_iam", &[])),
    ("software.amazon.awssdk.services.codecatalyst.model.CodeCatalystException: Dev Environment is not running (Service: CodeCatalyst, Status Code: 400, Request ID: 681534e4-5507-402c-a6db-34a850b98866)\n\tat software.amazon.awssdk.core.internal.http.CombinedResponseHandler.handleErrorResponse(CombinedResponseHandler.java:125)", ("NOT_RUNNING", "not_iam", &[])),
    ("Resource handler returned message: \"Error occurred during operation 'SSM execution '89b8eb74-5708-4b3d-877e-707d26208a07' failed for image arn: 'arn:aws:imagebuilder:us-east-1:111122223333:image/importpublicecrimage-3-5-0/3.5.0/1' with status = 'TimedOut' in state = 'BUILDING' and failure message = 'SSM Agent verification failed''.\" (RequestToken: 7fd0a507, HandlerErrorCode: GeneralServiceException)", ("AGENT_OFFLINE", "unknown", NODE)),
    ("Resource handler returned message: \"Error occurred during operation 'SSM execution 'f9fada4e-849a-4bb6-a444-32b6a9571782' failed for image arn: 'arn:aws:imagebuilder:us-east-1:111122223333:image/parallelclusterimage/3.1.3/1' with status = 'Failed' in state = 'BUILDING' and failure message = 'Document arn:aws:imagebuilder:us-east-1:111122223333:component/parallelclusterimage-c7/3.1.3/1 failed!''.\" (RequestToken: 7227e835, HandlerErrorCode: GeneralServiceException)", ("COMMAND_FAILED", "not_iam", &[])),
    ("ubuntu@52.205.152.237: Permission denied (publickey).", ("SSH_REFUSED", "not_iam", &[])),
    ("Parameter validation failed:\nInvalid length for parameter SSHPublicKey, value: 81, valid min length: 256\nkex_exchange_identification: Connection closed by remote host", ("VALUE_REFUSED", "not_iam", &[])),
    ("2021-07-24 19:15:59,631 - EC2InstanceConnect - DEBUG - Generated command: ssh -o \"IdentitiesOnly=yes\" -i /var/folders/vk/x/T/tmpsb6y5b8t ec2-user@35.176.217.237\nec2-user@35.176.217.237: Permission denied (publickey,gssapi-keyex,gssapi-with-mic).", ("SSH_REFUSED", "not_iam", &[])),
    ("error: AuthorizedKeysCommand /opt/aws/bin/eic_run_authorized_keys root SHA256:x failed, status 22", ("NO_KEY_SENT", "not_iam", &[])),
    ("│   Status:               ERROR, The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 3ee54ab1-2f1b-4d9d-8735-e46987cb5355; Proxy: null)                  │", ("KEY_NOT_ACCESSIBLE", "unknown", &["kms:Decrypt"])),
    ("{\"level\":50,\"time\":1563397164220,\"pid\":16,\"hostname\":\"external-secrets-766d65c4d9-frzb4\",\"type\":\"Error\",\"stack\":\"TypeError [ERR_INVALID_ARG_TYPE]: The first argument must be one of type string, Buffer, ArrayBuffer, Array, or Array-like Object. Received type undefined\\n    at Function.from (buffer.js:207:11)\"}", ("OTHER_CODE", "not_iam", &[])),
    ("FATA[0002] Failed to decrypt secret due to \nfailed to retrieve decrypted secret from arn:aws:ssm:eu-west-1:<account_id>:parameter/first_part/DB_HOST due to ValidationException: Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_\n        status code: 400, request id: x", ("NAME_RESERVED", "not_iam", &[])),
    ("bash-5.0# dpkg -i session-manager-plugin.deb\ndpkg: error processing archive session-manager-plugin.deb (--install):\n package architecture (amd64) does not match system (musl-linux-amd64)\nErrors were encountered while processing:\n session-manager-plugin.deb", ("PACKAGE_NOT_INSTALLED", "not_iam", &[])),
    ("bash-5.0# rpm -i session-manager-plugin.rpm\nerror: Failed dependencies:\n\t/bin/sh is needed by session-manager-plugin-1.2.30.0-1.x86_64\n\tlibc.so.6()(64bit) is needed by session-manager-plugin-1.2.30.0-1.x86_64", ("PACKAGE_NOT_INSTALLED", "not_iam", &[])),
    ("**./aws/install: 78: /tmp/aws-inst-VbmBbTyu6r/aws/dist/aws: Exec format error**", ("PROGRAM_FOR_OTHER_COMPUTER", "not_iam", &[])),
    ("dpkg-deb: error: '/tmp/session-manager-plugin.deb' is not a Debian format archive", ("OTHER_CAUSE", "not_iam", &[])),
    ("2021-07-09 15:07:46 ERROR [ssm-document-worker] [556660fe-a2de-4fc8-9452-fbd95f940cf6] failed to send message to ipc channel: open /var/lib/amazon/ssm/mi-02cd7937012d59b34/channels/556660fe/tmp/worker-20210709150725-000: no such file or directory", ("AGENT_CHANNEL_GONE", "not_iam", &[])),
    ("10:44:23 ip-10-0-3-115 kernel: sshd invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0\nJan 10 10:44:23 ip-10-0-3-115 kernel: oom_kill_process.cold+0xb/0x10\nJan 10 10:44:23 ip-10-0-3-115 kernel: out_of_memory+0xed/0x2d0", ("NODE_OVERLOADED", "not_iam", &[])),
    ("Aug  2 15:06:43 ip-REDACTED-1 kernel: [14002]     0 14002   172658      487        36       6        0             0 ssm-document-wo\nAug  2 15:06:43 ip-REDACTED-1 kernel: Out of memory: Kill p", ("NODE_OVERLOADED", "not_iam", &[])),
    ("The eu-south-1 location constraint is incompatible for the region specific endpoint this request was sent to.", ("BUCKET_IN_OTHER_REGION", "not_iam", &[])),
    ("?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>TemporaryRedirect</Code><Message>Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.</Message><Endpoint>mybucket.s3.eu-west-3.amazonaws.com</Endpoint><Bucket>mybucket</Bucket><RequestId>xxx</RequestId>", ("BUCKET_IN_OTHER_REGION", "not_iam", &[])),
    ("aws-vault: error: exec: Failed to get credentials for <ACCOUNT>-admin: AccessDenied: User: arn:aws:iam::<REDACTED>:user/jo is not authorized to perform: sts:TagSession on resource: arn:aws:iam::<REDACTED>:role/<EXAMPLE-ROLE>", ("ACCESS_DENIED", "denied", &["sts:TagSession"])),
    ("An error occurred (TargetNotConnected) when calling the StartSession operation: i-000000000000 is not connected.\nkex_exchange_identification: Connection closed by remote host", ("TARGET_NOT_CONNECTED", "unknown", NODE)),
    ("cannot use paramters in additional arguments", ("OTHER_CAUSE", "not_iam", &[])),
    (" \"errorCode\": \"InvalidAutomationExecutionParametersException\" \"errorMessage\": \"Parameter \\\"Action\\\" has value \\\"install\\\" not found in [Install, Uninstall].\"", ("OTHER_CODE", "not_iam", &[])),
    (" Serverless Warning --------------------------------------\n \n  A valid SSM parameter to satisfy the declaration 'ssm:/path/to/service/myParam' could not be found.", ("VARIABLE_NOT_RESOLVED", "unknown", &["ssm:GetParameter", "kms:Decrypt"])),
    (" ❌  slurmminimal failed: Error [ValidationError]: Unable to fetch parameters [/slurm/munge_key] from parameter store for this account.\n    at Request.extractError (/home/ec2-user/.nvm/versions/node/v16.15.0/lib/node_modules/aws-sdk/lib/protocol/query.js:50:29)", ("NOT_FOUND", "not_iam", &[])),
    ("ParameterNotFound: null\n    at Request.extractError (C:\\01_Projects\\x\\node_modules\\aws-sdk\\lib\\protocol\\json.js:52:27)", ("NOT_FOUND", "not_iam", &[])),
    ("Processing stream data message of type: channel_closed\\nExiting session with sessionId...", ("SESSION_EXITED", "not_iam", &[])),
    ("2023-01-11 10:26:11 DEBUG An error happened when receiving the message. Retried times: 1, Error: websocket: close 1006 (abnormal closure): unexpected EOF, Messagetype: -1\n2023-01-11 10:26:11 DEBUG An error happened when receiving the message. Retried times: 2, Error: websocket: close 1006 (abnormal closure): unexpected EOF, Messagetype: -1", ("CHANNEL_CLOSED", "not_iam", &[])),
    ("Port 2222 opened for sessionId jo@example.org-0596df890d4d99ed1.\nSession: jo@example.org-0596df890d4d99ed1 timed out.", ("SESSION_IDLE", "not_iam", &[])),
    ("sending websocket: `close 1000 (normal): Bye`", ("CHANNEL_CLOSED", "not_iam", &[])),
    ("the on-prem agent receives \"`Session is already terminated`\" when trying to recreate the data channel", ("SESSION_ALREADY_TERMINATED", "not_iam", &[])),
    ("[10:28:13.674] > kex_exchange_identification: Connection closed by remote host\n                                  > Connection closed by UNKNOWN port 65535\n                                  > The process tried to write to a nonexistent pipe.", ("PROXY_COMMAND_ENDED", "unknown", &[])),
    ("SSM inventory entity not recognised: {'Id': '<Instance ID>', 'Data': {}}\nCreateProcessW failed error:2\nposix_spawnp: No such file or directory", ("PROGRAM_ABSENT", "not_iam", &[])),
    ("EC2MetadataError: failed to get IMDSv2 token and fallback to IMDSv1 is disabled\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: caused by: :\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: #011status code: 0, request id:\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: caused by: RequestError: send request failed\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: caused by: Put \"http://169.254.169.254/latest/api/token\": dial tcp 169.254.169.254:80: connect: no route to host\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: 2023-10-19 13:23:41 INFO Checking if agent identity type CustomIdentity can be assumed\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: 2023-10-19 13:23:41 ERROR Agent failed to assume any identity\nOct 19 13:23:41 D200-047 amazon-ssm-agent[15080]: 2023-10-19 13:23:41 ERROR failed to find identity, retrying: failed to find agent identity", ("METADATA_NOT_REACHED", "not_iam", &[])),
    ("CloudFormation - CREATE_FAILED - AWS::Logs::LogGroup - func32LogGroup\nCloudFormation - UPDATE_ROLLBACK_IN_PROGRESS - AWS::CloudFormation::Stack - rav2-bjs-production", ("STACK_NOT_MADE", "unknown", &[])),
    (" operation: Partition \"aws\" is not valid for resource \"arn:aws:logs:*:*:*\".", ("POLICY_RESOURCE_REFUSED", "not_iam", &[])),
    ("The provided principal was invalid. Please check the principal and try again.\n(Service: AWSLambda; Status Code: 400; Error Code: InvalidParameterValueException; Request ID: bd862980-3bd2-4acc-9f63-2fc9ec2aa1d8; Proxy: null)", ("POLICY_PRINCIPAL_REFUSED", "not_iam", &[])),
    ("2022-05-22T22:49:10-06:00 ✘  Agc-Core | 10:47:18 PM | CREATE_FAILED        | AWS::EC2::VPCEndpoint                 | Vpc/AgcEcrDkrEndpoint (VpcAgcEcrDkrEndpointXXXXXXXX) The Vpc Endpoint Service 'com.amazonaws.cn-northwest-1.ecr.dkr' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: InvalidServiceName; Request ID: xxxxxxxx; Proxy: null)", ("OTHER_CODE", "not_iam", &[])),
    ("Partition \"aws\" is not valid for resource \"arn:aws:ecr:cn-northwest-1:<account_id>:repository/aws/cromwell-mirror\". \n(Service: AmazonIdentityManagement; Status Code: 400; Error Code: MalformedPolicyDocument; Request ID: xxx; Proxy: null)", ("POLICY_RESOURCE_REFUSED", "not_iam", &[])),
    ("2022-06-14T12:42:54Z E! cloudwatch: code: RequestError, message: send request failed, original error: Post \"https://monitoring.ap-norteast-1.amazonaws.com/\": dial tcp: lookup monitoring.ap-norteast-1.amazonaws.com on 172.26.0.2:53: no such host", ("HOST_NOT_FOUND", "not_iam", &[])),
];

/// A code, and what of it is said to be wrong.
const CODES: &[(&str, &str)] = &[
    ("AssociationExecutionDoesNotExpire", "What it stands for is not known"),
    ("CredentialReportExpired", "a time that is over"),
    ("NoSuchLifecycleConfiguration", "is not there"),
    ("TooManyUpdates", "too much of something"),
    ("TargetInUseException", "in another state"),
    ("OperationAborted", "in another state"),
    ("ServiceFailure", "gave no answer"),
    ("UnsupportedOperatingSystem", "not offered here"),
    ("HierarchyTypeMismatchException", "not one that is taken"),
    ("IncorrectKeyException", "not one that is taken"),
];

#[test]
fn a_code_is_explained_by_its_words() {
    for (code, said) in CODES {
        let text = format!("An error occurred ({code}) when calling the PutThing operation: ");
        let found = super::explain_error(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].meaning.contains(said), "{code}: {}", found[0].meaning);
        assert!(found[0].permissions.is_empty(), "{code}");
    }
}

#[test]
fn a_code_of_words_is_one_also_without_an_ending() {
    let found = super::explain_error("upload (PackedPolicyTooLarge): the session is not made");
    assert_eq!(
        found.iter().map(super::shown).collect::<Vec<_>>(),
        [("OTHER_CODE", "not_iam", vec![])]
    );
    let found = super::explain_error("SNIMissingWarning: the certificates are fine");
    assert!(found.iter().all(|one| one.code != "OTHER_CODE"), "{found:?}");
}

#[test]
fn a_message_of_the_network_names_its_host() {
    let hosts = [
        ("Post \"https://logs.us-east-1.amazonaws.com/\": dial tcp 52.94.231.162:443: i/o timeout", "names logs.us-east-1.amazonaws.com."),
        ("dial tcp: lookup db.c1.eu-west-1.rds.amazonaws.com on 10.0.0.2:53: no such host", "names db.c1.eu-west-1.rds.amazonaws.com, which is no endpoint"),
        ("connect to host 10.20.0.7 port 22: Connection timed out", "names 10.20.0.7, which is no endpoint"),
    ];
    for (text, said) in hosts {
        let found = super::explain_error(text);
        assert!(found[0].meaning.contains(said), "{text}: {}", found[0].meaning);
    }
    for text in [
        "Post https://ssm.%9Ceu%9D.amazonaws.com/: i/o timeout",
        "read: i/o timeout",
        "amazon-ssm-agent 2.3.68.0: i/o timeout",
    ] {
        let found = super::explain_error(text);
        assert!(!found[0].meaning.contains("names"), "{text}: {}", found[0].meaning);
    }
}

#[test]
fn who_has_no_credentials_on_a_computer_of_their_own_lacks_no_instance_profile() {
    let reason = "EC2RoleRequestError: no EC2 instance role found";
    let codes =
        |text: &str| super::explain_error(text).iter().map(|one| one.code).collect::<Vec<_>>();
    let people = [
        "$ gossm start --profile dev\n",
        "/Users/jo/work: ",
        "C:\\Users\\jo\\x: ",
        "aws sso login\n",
    ];
    for before in people {
        assert_eq!(codes(&format!("{before}{reason}")), ["NO_CLIENT_CREDENTIALS"], "{before}");
    }
    for before in ["", "amazon-ssm-agent[1]: /Users/: ", "C:\\Users\\Administrator: "] {
        assert_eq!(codes(&format!("{before}{reason}")), ["NO_INSTANCE_PROFILE"], "{before}");
    }
}
