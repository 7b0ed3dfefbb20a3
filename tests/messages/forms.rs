//! Messages as people paste them.

use postern::diagnose::{explain_error, Cause, Explanation, Layer};

const NODE: &str = "arn:aws:sts::111122223333:assumed-role/WebServer/i-0123456789abcdef0";

fn one(text: &str) -> Explanation {
    let mut found = explain_error(text);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    found.remove(0)
}

#[test]
fn access_denied_messages_are_read_in_every_form() {
    let heartbeat = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
    let action = "ssm:UpdateInstanceInformation";
    for (rest, cause, layer) in [
        ("", Cause::Denied, None),
        (
            " because no identity-based policy allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Identity),
        ),
        (
            " because no permissions boundary allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Boundary),
        ),
        (
            " because no session policy allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Session),
        ),
        (
            " because no service control policy allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Scp),
        ),
        (
            " because no VPC endpoint policy allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Endpoint),
        ),
        (
            " because no resource-based policy allows the ssm:UpdateInstanceInformation action",
            Cause::ImplicitDeny,
            Some(Layer::Resource),
        ),
        (" with an explicit deny", Cause::ExplicitDeny, None),
        (
            " with an explicit deny in a service control policy",
            Cause::ExplicitDeny,
            Some(Layer::Scp),
        ),
        (
            " with an explicit deny in a resource control policy",
            Cause::ExplicitDeny,
            Some(Layer::Rcp),
        ),
        (
            " with an explicit deny in an identity-based policy",
            Cause::ExplicitDeny,
            Some(Layer::Identity),
        ),
        (
            " with an explicit deny in the role trust policy",
            Cause::ExplicitDeny,
            Some(Layer::Trust),
        ),
    ] {
        for text in [
            format!("AccessDeniedException: User: {NODE} is not authorized to perform: {action} on resource: {heartbeat}{rest}"),
            format!("x\n\tUser: {NODE} is\r\n not authorized to perform: {action} on  resource:\n\"{heartbeat}\"{rest}.\nstatus code: 400"),
            format!("<Message>User: {NODE} is not authorized to perform: {action} on resource: {heartbeat}{rest}</Message>"),
        ] {
            let found = one(&text);
            assert_eq!((found.cause, found.layer), (cause, layer), "{text}");
            assert_eq!(found.principal.as_deref(), Some(NODE), "{text}");
            let [permission] = found.permissions.as_slice() else { panic!("{text}") };
            assert_eq!(permission.action, action);
            assert_eq!(permission.resource.as_deref(), Some(heartbeat), "{text}");
            assert_eq!(found.capabilities, ["node.heartbeat"]);
            let written = text.get(found.span.start..found.span.end).unwrap();
            assert!(written.starts_with("User: ") && !written.ends_with(['.', '<', '\n']), "{written}");
        }
    }
}

#[test]
fn the_policy_is_named_when_the_message_names_it() {
    let arn = "arn:aws:organizations::111122223333:policy/o-abc/service_control_policy/p-12345678";
    let found = one(&format!(
        "User: arn:aws:iam::111122223333:user/jo is not authorized to perform: ssm:StartSession on resource: \
         arn:aws:ssm:us-east-1::document/AWS-StartSSHSession with an explicit deny in a service control policy: {arn}"
    ));
    assert_eq!(found.policy_arn.as_deref(), Some(arn));
    assert_eq!(found.capabilities, ["operator.ssh"]);
    assert!(found.help.contains(arn), "{}", found.help);
}

#[test]
fn a_message_without_principal_or_resource_is_read() {
    let found = one("is not authorized to perform: ssmmessages:OpenControlChannel");
    assert_eq!(found.principal, None);
    assert_eq!(found.permissions[0].resource.as_deref(), Some("*"));
    assert_eq!(found.capabilities, ["node.channel"]);
    let other = one("User: x is not authorized to perform: sqs:SendMessage on resource: q");
    assert_eq!(other.capabilities, [""; 0]);
    assert_eq!(other.permissions[0].resource.as_deref(), Some("q"));
}

#[test]
fn whose_action_it_is_decides_the_capability() {
    let person = "arn:aws:sts::111122223333:assumed-role/Admins/jane@example.com";
    let user = "arn:aws:iam::111122223333:user/JohnDoe";
    let key = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let session = "arn:aws:ssm:us-east-2:111122223333:session/JohnDoe-0a1b2c3d";
    let instance = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
    for (who, action, resource, capability) in [
        (NODE, "kms:Decrypt", key, "node.session-kms"),
        (NODE, "kms:GenerateDataKey", key, "node.s3-logs-sse-kms"),
        (person, "kms:GenerateDataKey", key, "operator.session-kms"),
        (user, "ssm:TerminateSession", session, "operator.own-sessions-username"),
        (person, "ssm:TerminateSession", session, "operator.own-sessions-tag"),
        (user, "ssmmessages:OpenDataChannel", session, "operator.open-data-channel"),
        (person, "ssmmessages:OpenDataChannel", session, "operator.open-data-channel-role"),
        (
            NODE,
            "ssmmessages:OpenDataChannel",
            "arn:aws:ssmmessages:us-east-2:111122223333:*",
            "node.channel",
        ),
        (person, "ssm:StartSession", instance, "operator.start-shell"),
    ] {
        let found = one(&format!(
            "User: {who} is not authorized to perform: {action} on resource: {resource}"
        ));
        assert_eq!(found.capabilities.first(), Some(&capability), "{action}");
        let written = found.permissions[0].resource.as_deref();
        let expected = if resource.contains(":ssmmessages:") { "*" } else { resource };
        assert_eq!(written, Some(expected), "{action}");
    }
}

#[test]
fn a_known_text_and_the_message_inside_it_are_one() {
    let found = one(&format!(
        "Encountered error while initiating handshake. Fetching data key failed: Unable to retrieve data key, Error \
         when decrypting data key AccessDeniedException: User: {NODE} is not authorized to perform: kms:Decrypt on \
         resource: arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no \
         identity-based policy allows the kms:Decrypt action"
    ));
    assert_eq!(found.code, "ACCESS_DENIED");
    assert_eq!(found.capabilities, ["node.session-kms"]);
    let found = one(&format!(
        "Setting up data channel with id a-1 failed: failed to create websocket for datachannel with error: \
         CreateDataChannel failed with no output or error: createDataChannel request failed: unexpected response from \
         the service <AccessDeniedException>\n<Message>User: {NODE} is not authorized to perform: \
         ssmmessages:CreateDataChannel on resource: arn:aws:ssmmessages:us-east-2:111122223333:*</Message>"
    ));
    assert_eq!(found.permissions[0].resource.as_deref(), Some("*"));
    assert_eq!(found.capabilities, ["node.channel"]);
}

#[test]
fn texts_that_name_no_action_are_known() {
    for (text, code, action) in [
        ("2023-01-01 INFO Entering SSM Agent hibernate - AccessDeniedException", "AGENT_HIBERNATES", Some("ssm:UpdateInstanceInformation")),
        ("Health ping failed with error - x", "HEARTBEAT_FAILED", Some("ssm:UpdateInstanceInformation")),
        ("Failed to connect to Systems Manager with instance profile role credentials. Err: retrieved credentials failed to report to ssm", "INSTANCE_PROFILE_WITHOUT_HEARTBEAT", Some("ssm:UpdateInstanceInformation")),
        ("error calling RequestManagedInstanceRoleToken: AccessDeniedException: Systems Manager's instance management role is not configured for account: 1", "DEFAULT_HOST_MANAGEMENT_OFF", Some("ssm:UpdateInstanceInformation")),
        ("no valid credentials could be retrieved for ec2 identity. Default Host Management Err: x", "NO_CREDENTIALS", Some("ssm:UpdateInstanceInformation")),
        ("EC2RoleRequestError: no EC2 instance role found", "NO_INSTANCE_PROFILE", None),
        ("Failed to get controlchannel token, error: CreateControlChannel failed with error: createControlChannel request failed: unexpected response from the service <BadRequest><message>Unauthorized request.</message>", "CONTROL_CHANNEL_NOT_CREATED", Some("ssmmessages:CreateControlChannel")),
        ("failed to connect controlchannel with error: x", "CONTROL_CHANNEL_NOT_OPENED", Some("ssmmessages:OpenControlChannel")),
        ("<BadRequest>Session is already terminated", "SESSION_ALREADY_TERMINATED", None),
        ("The instance you selected isn\u{2019}t configured to use\nSession Manager", "NODE_NOT_CONFIGURED", Some("ssmmessages:CreateControlChannel")),
        ("An error occurred (TargetNotConnected) when calling the StartSession operation: i-1 is not connected.", "TARGET_NOT_CONNECTED", Some("ssm:UpdateInstanceInformation")),
        ("Error when decrypting data key AccessDeniedException", "DATA_KEY_NOT_DECRYPTED", Some("kms:Decrypt")),
        ("Error when decrypting data key InvalidCiphertextException:", "DATA_KEY_CONTEXT_DIFFERS", None),
        ("KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: AccessDeniedException", "DATA_KEY_NOT_GENERATED", Some("kms:GenerateDataKey")),
        ("Handshake timed out. Please ensure that you have the latest version of the session manager plugin.", "HANDSHAKE_TIMED_OUT", Some("kms:GenerateDataKey")),
        ("We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group. Either", "LOG_GROUP_NOT_ENCRYPTED", Some("logs:DescribeLogGroups")),
        ("We couldn't start the session because encryption is not set up on the selected Amazon S3 bucket. Either", "BUCKET_NOT_ENCRYPTED", Some("s3:GetEncryptionConfiguration")),
        ("Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: AccessDenied: Access Denied", "BUCKET_ENCRYPTION_NOT_READ", Some("s3:GetEncryptionConfiguration")),
        ("Couldn't start the session because we are unable to validate encryption on CloudWatch Logs log group. Error: AccessDeniedException: status code: 400", "LOG_GROUP_ENCRYPTION_NOT_READ", Some("logs:DescribeLogGroups")),
        ("no iam_instance_profile defined; session_manager connectivity requires a valid\ninstance profile with AmazonSSMManagedInstanceCore permissions.", "NO_INSTANCE_PROFILE", None),
        ("An error occurred (BadRequest) when calling the StartSession operation: The version of the SSM agent installed on this instance doesn't support port forwarding to remote hosts.", "REMOTE_HOST_NOT_SUPPORTED", None),
        ("New logger creation failed", "LOG_NOT_OPENED", None),
        ("We couldn't find the IAM maintenance window role specified for this task. It might have been deleted, or it might not have been created yet.", "NOT_THERE", None),
        ("The version of SSM Agent on this instance doesn't support Run As. Update to latest SSM Agent before continuing.", "AGENT_WITHOUT_SESSION_TYPE", None),
        ("[WARNING] No route found for 0.0.0.0/0. Internet access is required to connect to the public Systems Manager endpoint.", "NOT_REACHED", None),
        ("Unable to download payload: https://s3.DOC-EXAMPLE-BUCKET.region.amazonaws.com/aws-ssm-region/payloads/patch.tar.gz.failed to run commands: exit status 156", "PAYLOAD_NOT_DOWNLOADED", Some("s3:GetObject")),
        ("Error occurred while removing the IPC file: remove C:\\ProgramData\\Amazon\\SSM\\InstanceData\\i-1\\channels\\health\\surveyor-1", "FILE_NOT_OPENED", None),
        ("failed to install ssm installer: validating ssm-setup-cli signature: Signature Verification Error: No matching signature", "DOWNLOAD_NOT_VERIFIED", None),
        ("\"msg\": \"Failed to validate GPG signature for amazon-ssm-agent-3.0.882.0-1.x86_64\"", "DOWNLOAD_NOT_VERIFIED", None),
        ("no instances returned from lookup", "INSTANCE_ABSENT", None),
        ("An error occurred (403) when calling the StartSession operation: Server authentication failed: <UnauthorizedRequest><message>Forbidden.</message></UnauthorizedRequest>", "CREDENTIALS_INVALID", None),
        ("The CloudWatch log group specified in session preferences either does not exist or unable to validate its existence. x", "LOG_GROUP_NOT_FOUND", Some("logs:DescribeLogGroups")),
        ("Error Creating Log Stream for CloudWatchLogs output", "LOG_STREAM_NOT_CREATED", Some("logs:CreateLogStream")),
        ("Error in PutLogEvents", "LOG_EVENTS_NOT_PUT", Some("logs:PutLogEvents")),
        ("Failed to upload x to s3://B/KEY err:AccessDenied: Access Denied", "UPLOAD_DENIED", Some("s3:PutObject")),
        ("Failed to upload shell session logs to S3", "SESSION_LOG_NOT_UPLOADED", Some("s3:PutObject")),
        ("please set the RunAs default user", "RUN_AS_WITHOUT_USER", None),
        ("failed to start pty since RunAs user X does not exist", "RUN_AS_USER_ABSENT", None),
        ("NoCredentialProviders: no valid providers in chain", "NO_CLIENT_CREDENTIALS", None),
        ("Failed to sign websocket", "WITHDRAWN_PLUGIN", None),
        ("SessionManagerPlugin is not found. Please refer to", "PLUGIN_ABSENT", None),
        ("An error occurred (AccessDenied) when calling X", "ACCESS_DENIED_WITHOUT_ACTION", None),
    ] {
        let found = one(text);
        assert_eq!(found.code, code, "{text}");
        assert_eq!(found.permissions.first().map(|p| p.action.as_str()), action, "{text}");
    }
}

#[test]
fn a_resource_that_somebody_cut_is_none() {
    let start = "User: arn:aws:iam::111122223333:user/jo is not authorized to perform: ssm:StartSession on resource: ";
    for (resource, expected) in [
        ("arn:aws:ec2:<redacted>", None),
        ("arn:aws:ec2:us-east-1:<account>:instance/i-0a", None),
        ("arn:aws:ec2:us-east-1:111122223333:instance/<id> because", None),
        ("arn:aws:ec2:***", None),
        (
            "arn:aws:ec2:us-east-1:111122223333:instance/i-0a</Message>",
            Some("arn:aws:ec2:us-east-1:111122223333:instance/i-0a"),
        ),
        (
            "arn:aws:ec2:us-east-1:111122223333:instance/i-0a<br>",
            Some("arn:aws:ec2:us-east-1:111122223333:instance/i-0a"),
        ),
    ] {
        let found = one(&format!("{start}{resource}"));
        assert_eq!(found.permissions[0].resource.as_deref(), expected, "{resource}");
    }
}

#[test]
fn a_log_of_many_lines_gives_each_message_once() {
    let denied = format!(
        "2026-01-01 ERROR User: {NODE} is not authorized to perform: ssm:UpdateInstanceInformation on resource: \
         arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0\n"
    );
    let log = format!("{denied}INFO Entering SSM Agent hibernate\n{denied}please set the RunAs default user\n{denied}");
    let found = explain_error(&log);
    let codes: Vec<_> = found.iter().map(|e| (e.code, e.times)).collect();
    assert_eq!(codes, [("ACCESS_DENIED", 3), ("AGENT_HIBERNATES", 1), ("RUN_AS_WITHOUT_USER", 1)]);
}

#[test]
fn nothing_recognised_is_nothing_said() {
    for text in [
        "",
        "hello",
        "User: x is not authorized",
        "is not authorized to perform: this",
        "authorized to perform: a:b",
    ] {
        assert_eq!(explain_error(text), [], "{text}");
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for text in [
        "is not authorized to perform: ".repeat(20_000),
        "User: ".repeat(100_000) + "is not authorized to perform: a:b",
        "User: é is not authorized to perform: a:b on resource: ".repeat(10_000),
        "\u{1F600}".repeat(5_000) + "is not authorized to perform: a:" + &"\u{1F600}".repeat(5_000),
        "é".repeat(9_000) + " is not authorized to perform: a:b on resource: " + &"€".repeat(9_000),
        "TargetNotConnected".repeat(50_000),
        "MalformedPolicyDocument {\"Statement\":\n\n".repeat(10_000),
        "│ AWS Credentials │ Failed │ TargetNotConnected │\n".repeat(10_000),
        "Exec Enabled for Task | NO\n".repeat(10_000),
        "An error occurred (X) when calling the StartSession operation: i/o timeout\n\n"
            .repeat(10_000),
        ("FancyException ".to_owned() + &"x".repeat(700)).repeat(1_000),
        "Health ping failed with error - the moon is full ".repeat(10_000),
        " ".repeat(1_000_000),
    ] {
        for found in explain_error(&text) {
            assert!(text.get(found.span.start..found.span.end).is_some());
        }
    }
}
