//! What is told of a text of which nothing at all is known, where it says that something failed: which program speaks,
//! and where that has its reason. It names no permission.

use super::folded::Folded;
use super::known;
use super::other::{line_from, words, MOST_LINES};
use super::{unnamed, Cause, Explanation};
use crate::text::Span;

/// Words by which a line says that something failed, or their beginnings.
const FAILING: &str = "fail|error|fatal|exception|unable|cannot|can not|can t|could not|couldn t|not able|unexpected|\
                       abort|crash|refused|problem";

/// Programs and services on each line: signs in small letters that one of them speaks, and where its reason is found.
/// The first that fits counts.
const SPEAKERS: &str = "\
ssm-agent|ssm agent|ssm-document-worker|ssm-session-worker|messagegatewayservice|messagingdeliveryservice|ec2roleprovider|credentialrefresher\t\
Read the errors.log of the agent around that time, in /var/log/amazon/ssm or C:\\ProgramData\\Amazon\\SSM\\Logs. On the node, ssm-cli get-diagnostics --output table looks at its network, its credentials and its service.\n\
failed! =>|ansible|task [\tRun Ansible with -vvvv: what the AWS CLI or AWS answered stands there.\n\
terraform|tofu|aws_ssm_|aws_iam_\tRun Terraform with TF_LOG=DEBUG: what AWS answered stands there as api error.\n\
packer|==> \tRun Packer with PACKER_LOG=1: what the Session Manager plugin and AWS answered stands there.\n\
cloudformation|cdk|custom resource|rollback\tLook in the events of the stack for the first resource that failed; of a custom resource look into the log of its function.\n\
kubectl|kubelet|kubernetes|eks\tLook at the events with kubectl describe, and at the log of kubelet on the node.\n\
ecs |fargate|execute-command|docker|container\tOf a task of ECS look at stoppedReason and at the containers in aws ecs describe-tasks, else at the log of the container.\n\
session-manager-plugin|start-session|session manager|ssm session|startsession\tStart the same session with the AWS CLI: it tells a refusal, a sign-in that has expired, a plugin that is absent and a node that is not connected from each other. Its option --debug shows each call.\n\
ssh|scp|sftp\tRun the same connection with ssh -vvv, and the command of ProxyCommand by itself.\n\
powershell|fullyqualifiederrorid\tShow the whole error by $Error[0] | Format-List -Force.\n\
aws\tRun the same call with the AWS CLI and --debug: it shows what AWS answered.";

/// Where nothing tells which program speaks.
const ANYWHERE: &str = "Give the lines around it too, with the code that AWS answered.";

/// What stands behind each of them.
const HOW_TO_TELL: &str =
    "A permission is missing only where that speaks of AccessDenied or of what somebody is not \
                           authorized to do; CloudTrail has every call with its errorCode.";

/// Less words tell nothing.
const LEAST_WORDS: usize = 3;

/// What is told of the first line that says that something failed.
pub(super) fn told(folded: &Folded) -> Option<Explanation> {
    let mut at = 0;
    for line in folded.whole().split('\n').take(MOST_LINES) {
        let start = at;
        at += line.len() + 1;
        let near = line_from(line, 0);
        let said = words(near);
        let is_told = said.split_whitespace().count() >= LEAST_WORDS
            && FAILING.split('|').any(|text| said.contains(&format!(" {text}")));
        if is_told {
            let where_to_look = where_to_look(near).or_else(|| where_to_look(folded.whole()));
            return Some(Explanation {
                code: known::ONLY_FAILED,
                meaning:
                    "The text says that something failed, and gives no reason that is known here."
                        .to_owned(),
                help: [where_to_look.unwrap_or(ANYWHERE), " ", HOW_TO_TELL].concat(),
                cause: Cause::Unknown,
                ..unnamed(Span::new(start, start + near.len()))
            });
        }
    }
    None
}

/// Where the program that speaks in a text has its reason.
fn where_to_look(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let mut speakers = SPEAKERS.lines().filter_map(|line| line.split_once('\t'));
    let speaks = |signs: &str| signs.split('|').any(|sign| text.contains(sign));
    speakers.find(|(signs, _)| speaks(signs)).map(|(_, look)| look)
}
