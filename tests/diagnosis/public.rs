//! Roles as people paste them in public threads: templates, policies that AWS made, wants that exclude each other.

use postern::diagnose::{diagnose_role, Diagnosis, Documents, Works};

use super::{diagnose, documents, messages, only, pasted, values, want};

const CODE: &str = r#"resource "aws_iam_role_policy" "ssm" {
  role   = aws_iam_role.node.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel"]
      Resource = "*"
    }]
  })
}"#;
const DATA: &str = "data \"aws_iam_policy_document\" \"ssm\" {\n  statement {\n    actions   = [\"ssmmessages:*\"]\n    resources = [\"*\"]\n  }\n}";
const MODULE: &str = "module \"ec2\" {\n  source = \"terraform-aws-modules/ec2-instance/aws\"\n  create_iam_instance_profile = true\n}";
const YAML: &str = "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM\n";
const PROPERTIES: &str =
    "      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM\n";
const FUNCTION: &str = r#"{"Resources":{"P":{"Type":"AWS::IAM::Policy","Properties":{"PolicyName":"p","PolicyDocument":{"Statement":[{"Fn::FindInMap":["Any","Statement","All"]}]}}}}}"#;
const CDK: &str =
    "role.addToPolicy(new iam.PolicyStatement({ actions: ['ssmmessages:*'], resources: ['*'] }));";
const PULUMI: &str = "new aws.iam.RolePolicy('p', { role: role.id, policy: { Statement: [] } });";
const SPLIT: &str =
    "PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Action: ssmmessages:*\n";

#[test]
fn a_template_that_is_not_read_leaves_it_unknown() {
    let other = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#;
    let mut problems = Vec::new();
    for (text, what) in [
        (CODE, "Terraform code"),
        (DATA, "Terraform code"),
        (MODULE, "Terraform code"),
        (YAML, "CloudFormation template"),
        (PROPERTIES, "CloudFormation template"),
        (FUNCTION, "CloudFormation template"),
        (r#"{"Resources":{}}"#, "CloudFormation template"),
        (r#"{"terraform_version":"1.9.0","values":{}}"#, "plan or state of Terraform"),
        (CDK, "CDK or Pulumi code"),
        (PULUMI, "CDK or Pulumi code"),
        (SPLIT, "YAML or text form"),
    ] {
        for texts in [vec![text], vec![other, text]] {
            let place = texts.len();
            let found = diagnose(&texts, &[want("node.channel"), want("guard.preferences")]);
            let results: Vec<_> = found.capabilities.iter().map(|one| one.result).collect();
            let said = messages(&found.capabilities[0]);
            let named =
                format!("The {what} of Policy {place} may allow ssmmessages:CreateControlChannel");
            let is_right = results == [Works::Unknown, Works::Unknown]
                && found.missing.is_none()
                && said.contains(&named)
                && messages(&found.capabilities[1]).contains("may deny ssm:CreateDocument");
            if !is_right {
                problems.push(format!("{text}\n{found:#?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for text in [CODE, YAML, SPLIT, CDK, r#"{"Resources":{}}"#] {
        let found = diagnose(&[text], &[]);
        let seen = &found.recognised[0];
        assert!(!seen.is_used && seen.message.contains("`postern role FILE`"), "{seen:?}");
    }
}

#[test]
fn what_makes_no_policy_is_no_policy_that_may_allow() {
    for text in [
        "hello",
        "Error: creating IAM Policy, with aws_iam_policy.x: AccessDenied: User: arn:aws:iam::111122223333:user/ci is \
         not authorized to perform: iam:CreatePolicy on resource: policy x",
    ] {
        let found = diagnose(&[text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Fails, "{text}");
        assert!(found.missing.is_some(), "{text}");
    }
}

#[test]
fn what_aws_attaches_everywhere_is_known() {
    let reads = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let wants = [want("node.channel"), want("operator.console-list")];
    let found = diagnose(&["AmazonSSMManagedInstanceCore", reads], &wants);
    assert_eq!(found.capabilities[0].result, Works::Works);
    let found = diagnose(&[reads], &wants[..1]);
    assert_eq!(only(&found).result, Works::Fails);
    assert!(found.missing.is_some());
    let found = diagnose(&["ReadOnlyAccess"], &[want("node.s3-encryption-check")]);
    assert_eq!(only(&found).result, Works::Works, "{found:#?}");

    let of_service = "arn:aws:iam::aws:policy/aws-service-role/AmazonSSMServiceRolePolicy";
    for text in [of_service, "AmazonSSMServiceRolePolicy"] {
        let found = diagnose(&[text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Fails, "{found:#?}");
        assert!(!messages(only(&found)).contains("does not count"), "{found:#?}");
        let said = found.recognised.iter().map(|seen| seen.message.as_str()).collect::<String>();
        assert!(said.contains("service-linked role"), "{said}");
    }
}

fn by_tag(capability: &str) -> postern::diagnose::Want {
    let mut want = want(capability);
    want.values = values(&[
        ("Region", "us-east-1"),
        ("Account", "111122223333"),
        ("InstanceId", "i-0123456789abcdef0"),
        ("TagKey", "Env"),
        ("TagValue", "dev"),
    ]);
    want
}

#[test]
fn starts_by_tag_ask_for_the_document() {
    let statement = |resource: &str, condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"ssm:StartSession","Resource":[{resource}]{condition}}}"#
        )
    };
    let node = r#""arn:aws:ec2:us-east-1:111122223333:instance/*""#;
    let document = r#""arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell""#;
    let tag = r#","Condition":{"StringEquals":{"ssm:resourceTag/Env":"dev"}}"#;
    let both = format!("{node},{document}");
    for (statements, is_lacking) in [
        (vec![statement(&both, tag)], true),
        (vec![statement(node, tag)], true),
        (vec![statement(node, tag), statement(document, "")], false),
    ] {
        let policy = format!("[{}]", statements.join(","));
        let found = diagnose(&[&policy], &[by_tag("operator.start-by-tag")]);
        assert_eq!(only(&found).result, Works::Works, "{policy}\n{found:#?}");
        let says = messages(only(&found)).contains("a shell is refused without");
        assert_eq!(says, is_lacking, "{found:#?}");
    }
    let policy = format!("[{}]", statement(&both, tag));
    let found = diagnose(&[&policy], &[by_tag("operator.start-shell")]);
    assert_eq!(only(&found).result, Works::Unknown);
    assert!(messages(only(&found)).contains("put it into a statement of its own"), "{found:#?}");
}

#[test]
fn wants_that_exclude_each_other_are_told_so() {
    let nothing = r#"{"Version":"2012-10-17","Statement":[]}"#;
    let wants = [by_tag("operator.start-by-tag"), by_tag("operator.start-shell")];
    let found = diagnose(&[nothing], &wants);
    let said: Vec<_> = found.blocked.iter().map(|reason| reason.message.as_str()).collect();
    assert_eq!(
        said,
        ["operator.start-shell needs ssm:StartSession on \
          arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0, which operator.start-by-tag is meant to keep \
          out. One excludes the other: want one of them alone."]
    );
}

fn blocked_and_said(found: &Diagnosis) -> (String, String) {
    let blocked = found.blocked.iter().map(|reason| reason.message.as_str()).collect();
    (blocked, messages(only(found)))
}

#[test]
fn a_policy_that_names_somebody_else_says_whom_it_should() {
    let trust = |service: &str| {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
        );
        Documents {
            trust_policy: Some(pasted(&text)),
            ..documents(&["AmazonSSMManagedInstanceCore"])
        }
    };
    let asked = [want("trust.hybrid")];
    let found = diagnose_role(&trust("ec2.amazonaws.com"), &asked).unwrap();
    assert_eq!(only(&found).result, Works::Fails);
    let (blocked, said) = blocked_and_said(&found);
    assert!(
        blocked.starts_with("No statement of the trust policy allows sts:AssumeRole on "),
        "{blocked}"
    );
    assert!(blocked.contains(" to ssm.amazonaws.com. Add it to the trust policy"), "{blocked}");
    assert!(said.contains("it names ec2.amazonaws.com, and ssm.amazonaws.com is wanted"), "{said}");
    let found = diagnose_role(&trust("ssm.amazonaws.com"), &asked).unwrap();
    assert_eq!(only(&found).result, Works::Works);

    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let other = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Other"},"Action":"kms:*","Resource":"*"}]}"#;
    let all = r#"{"RoleName":"WebServer","PolicyName":"All","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}"#;
    let mut asked = want("node.session-kms");
    asked.values = values(&[("KeyArn", key)]);
    let given = Documents { key_policy: Some(pasted(other)), ..documents(&[all]) };
    let found = diagnose_role(&given, &[asked]).unwrap();
    let (blocked, said) = blocked_and_said(&found);
    assert!(
        blocked.contains(&format!(
            "No statement of the key policy allows kms:Decrypt on {key} to the role WebServer. Add it to the key policy"
        )),
        "{blocked}"
    );
    assert!(
        said.contains(
            "it names arn:aws:iam::111122223333:role/Other, and the role WebServer is wanted"
        ),
        "{said}"
    );
}

#[test]
fn what_is_kept_out_is_no_reason_for_what_depends() {
    let policy = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"ssm:StartSession","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}},
        {"Effect":"Deny","Action":"ssm:StartSession","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
    let found = diagnose(&[policy], &[want("operator.mfa-required")]);
    assert_eq!(only(&found).result, Works::Unknown);
    let said = messages(only(&found));
    assert!(!said.contains("denies"), "{said}");
    assert!(said.contains("aws:MultiFactorAuthAge is less than 3600"), "{said}");
}

#[test]
fn only_what_may_allow_something_may_be_missing() {
    let statement = r#"{"Effect":"Allow","Action":"ssm:StartSession","Resource":"*"},"#;
    let session = r#"{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{}}"#;
    let error = "An error occurred (AccessDeniedException) when calling the StartSession operation";
    for text in [session, error, statement] {
        let found = diagnose(&[text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Fails, "{text}");
        assert!(!messages(only(&found)).contains("does not count"), "{found:#?}");
    }
    let found =
        diagnose(&["\"ssm:StartSession\",\n\"ssm:GetDocument\",\n"], &[want("node.channel")]);
    assert_eq!(found.recognised.len(), 1, "{found:#?}");
    assert!(messages(only(&found)).contains("does not count"), "{found:#?}");
}

#[test]
fn what_depends_on_a_value_says_in_words_which_to_give() {
    let policy = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":["ssmmessages:*","kms:Decrypt"],"Resource":"*"},
        {"Effect":"Deny","Action":"kms:Decrypt",
         "NotResource":"arn:aws:kms:us-east-2:111122223333:key/2345bcde-23bc-45de-67fa-234567890abc"}]}"#;
    let found = diagnose_role(&documents(&[policy]), &[want("node.session-kms")]).unwrap();
    let reasons = &only(&found).reasons;
    let told: Vec<_> = reasons.iter().map(|reason| reason.message.as_str()).collect();
    let asked = "Give the Region (region) and the key (kmsKeyArn). With the key \
                 2345bcde-23bc-45de-67fa-234567890abc and the Region us-east-2, IAM is asked for kms:Decrypt on ";
    assert!(told.iter().any(|message| message.contains(asked)), "{told:?}");
    // Each by the name that a caller, or the command line, knows it by.
    let names: Vec<_> = reasons.iter().flat_map(|reason| &reason.depends_on).collect();
    assert!(names.iter().any(|name| *name == "kmsKeyArn"), "{names:?}");
}
