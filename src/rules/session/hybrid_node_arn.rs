//! SESSION_HYBRID_NODE_ARN.

use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_HYBRID_NODE_ARN",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "ARN of a hybrid node",
    why: "Nodes whose IDs begin with mi- are managed instances of Systems Manager, not instances of EC2, and so are their ARNs. An ARN of EC2 with such an ID matches no node.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:us-east-1:444455556666:instance/mi-0123456789abcdef0"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in context.document.statements.iter().flat_map(|s| s.resource_entries()) {
        let Some(arn) = entry.arn.filter(|arn| arn.service == "ec2") else { continue };
        let Some(id) = arn.resource.strip_prefix("instance/").filter(|id| id.starts_with("mi-"))
        else {
            continue;
        };
        let details = format!(
            "Nodes with IDs that begin with mi- are managed instances of Systems Manager, not instances of EC2. {} matches \
             none.",
            entry.text
        );
        let right = format!(
            "arn:{}:ssm:{}:{}:managed-instance/{id}",
            arn.partition, arn.region, arn.account
        );
        let edit = Edit::replace(entry.node.span, quote(&right));
        report.at(entry.place(), details).fix(Fix::unsafe_("Write the ARN of the node", [edit]));
    }
}
