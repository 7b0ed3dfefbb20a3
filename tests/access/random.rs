//! Policies made at random, small enough that requests made at random would show a wrong PASS.

use postern::access::{compare, not_granted, Access, Answer, PolicyType, Requests};
use postern::aws::matches_glob;
use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use postern::policy::{Condition, Effect, Element, Policy, Statement, Strings};

/// The same numbers in every run.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn some(&mut self, all: &[&str]) -> Strings {
        let count = 1 + self.below(2);
        Strings::many((0..count).map(|_| self.one(all).to_owned()).collect::<Vec<_>>())
    }
}

const ACTIONS: &[&str] = &[
    "s3:GetObject",
    "s3:Get*",
    "s3:*Object",
    "s3:*",
    "*",
    "s3:Put?bject",
    "sqs:*",
    "s3:GetObjec?",
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::a",
    "arn:aws:s3:::a*",
    "arn:aws:s3:::*b",
    "arn:aws:s3:::a?b",
    "arn:*:s3:::ab",
    "arn:aws:s3:::${aws:username}",
    "arn:aws:s3:::a${aws:username}*",
    "arn:aws:s3:::${aws:username, 'b'}b",
];
const CONDITIONS: &[(&str, &str, &[&str])] = &[
    ("StringEquals", "aws:username", &["a", "b", "ab"]),
    ("StringNotEquals", "aws:username", &["a", "b"]),
    ("StringLike", "aws:username", &["a*", "*b", "?"]),
    ("StringLike", "aws:ResourceTag/t", &["${aws:username}", "a*", "b${aws:username}*"]),
    ("StringNotLike", "aws:ResourceTag/t", &["${aws:username}", "a*", "*b"]),
    ("StringEqualsIfExists", "aws:ResourceTag/t", &["A", "a"]),
    ("StringEqualsIgnoreCase", "aws:ResourceTag/t", &["A", "ab", "${aws:username}"]),
    ("Null", "aws:ResourceTag/t", &["true", "false"]),
    ("Null", "aws:username", &["false"]),
    ("ForAllValues:StringEquals", "aws:TagKeys", &["a", "b"]),
    ("ForAnyValue:StringLike", "aws:TagKeys", &["a", "b*", "${aws:username}"]),
    ("ForAnyValue:StringNotEquals", "aws:TagKeys", &["a", "b"]),
    ("ForAllValues:StringNotLike", "aws:TagKeys", &["a*", "b"]),
    ("ForAnyValue:StringNotEquals", "aws:TagKeys", &["", "a"]),
    ("ForAnyValue:StringNotLike", "aws:TagKeys", &["", "?"]),
    ("StringNotEquals", "aws:ResourceTag/t", &["", "a"]),
    ("StringEquals", "aws:TagKeys", &["a", "b"]),
    ("NumericLessThan", "s3:max-keys", &["5", "10"]),
    ("NumericGreaterThanEquals", "s3:max-keys", &["5", "7.5"]),
    ("NumericNotEquals", "s3:max-keys", &["5", "10"]),
    ("Bool", "aws:SecureTransport", &["true", "false"]),
    ("BoolIfExists", "aws:SecureTransport", &["true"]),
    ("NotIpAddress", "aws:SourceIp", &["10.0.0.0/8", "10.1.0.0/16"]),
    ("IpAddress", "aws:SourceIp", &["10.0.0.0/9", "10.1.0.0/16"]),
];

fn policy(numbers: &mut Numbers) -> Policy {
    let count = 1 + numbers.below(3);
    let statement = |numbers: &mut Numbers| {
        let effect = if numbers.below(3) == 0 { Effect::Deny } else { Effect::Allow };
        let mut statement = Statement::new(effect, ["*"], ["*"]);
        statement.action =
            Element { negated: numbers.below(6) == 0, values: numbers.some(ACTIONS) };
        let resource = Element { negated: numbers.below(5) == 0, values: numbers.some(RESOURCES) };
        statement.resource = Some(resource);
        let mut condition = Condition::default();
        for _ in 0..numbers.below(3) {
            let (operator, key, values) = CONDITIONS[numbers.below(CONDITIONS.len())];
            let _ = condition.add(operator, key, numbers.some(values));
        }
        statement.condition = condition;
        statement
    };
    Policy::new((0..count).map(|_| statement(numbers)).collect())
}

fn request(numbers: &mut Numbers) -> Request<'static> {
    let texts = ["a", "b", "ab", "aa", "bb", "A", "axb", "", "z"];
    let mut context = Vec::new();
    for key in ["aws:username", "aws:ResourceTag/t"] {
        if numbers.below(4) > 0 {
            context.push((key.into(), ContextValue::One(numbers.one(&texts[..6]).into())));
        }
    }
    let keys = (0..numbers.below(3)).map(|_| numbers.one(&texts[..6]).into()).collect();
    context.push(("aws:TagKeys".into(), ContextValue::Many(keys)));
    let others: [(&str, &[&str]); 3] = [
        ("s3:max-keys", &["0", "5", "6", "7.5", "8", "10", "11"]),
        ("aws:SecureTransport", &["true", "false"]),
        ("aws:SourceIp", &["10.0.0.1", "10.1.2.3", "10.200.0.1", "11.0.0.1", "::1"]),
    ];
    for (key, values) in others {
        if numbers.below(3) > 0 {
            context.push((key.into(), ContextValue::One(numbers.one(values).into())));
        }
    }
    let last = format!("{}{}", numbers.one(&texts), numbers.one(&texts));
    let resource = match numbers.below(6) {
        0 => "*".to_owned(),
        _ if last.is_empty() => "arn:aws:s3:::a".to_owned(),
        1 => format!("arn:aws-cn:s3:::{last}"),
        _ => format!("arn:aws:s3:::{last}"),
    };
    let actions = [
        "s3:GetObject",
        "s3:PutObject",
        "s3:GetX",
        "sqs:SendMessage",
        "s3:GetObjecx",
        "s3:XObject",
    ];
    Request {
        principal: "arn:aws:iam::111122223333:role/Example".into(),
        action: numbers.one(&actions).into(),
        resource: resource.into(),
        resource_account: Some("111122223333".into()),
        context,
        unknown: Vec::new(),
    }
}

#[test]
fn no_request_contradicts_an_answer() {
    let mut numbers = Numbers(17);
    let (mut counts, mut problems) = ([0; 3], Vec::new());
    for _ in 0..80 {
        let (existing, mut proposed) = (policy(&mut numbers), policy(&mut numbers));
        // Most changes are small.
        if numbers.below(3) > 0 {
            let changed = proposed.statements.remove(0);
            proposed = existing.clone();
            match numbers.below(3) {
                0 => proposed.statements.push(changed),
                1 => proposed.statements[0].condition = changed.condition,
                _ => proposed.statements[0].resource = changed.resource,
            }
        }
        let sides = [[existing], [proposed]];
        let [old, new] = &sides;
        let compared = compare(old, new, Some(PolicyType::Identity), Requests::Any);
        let sets = sides
            .clone()
            .map(|[policy]| PolicySet { identity: vec![policy], ..PolicySet::default() });
        let [old_asked, new_asked] = [Prepared::new(&sets[0]), Prepared::new(&sets[1])];
        for answer in [compared.gained.answer, compared.lost.answer] {
            counts[answer as usize] += 1;
        }
        let is_open = |answer| answer != Answer::Fail;
        if !is_open(compared.gained.answer) && !is_open(compared.lost.answer) {
            continue;
        }
        for _ in 0..60 {
            let request = request(&mut numbers);
            let [before, after] =
                [&old_asked, &new_asked].map(|asked| asked.evaluate(&request).verdict);
            // Nobody knows what an Allow makes of a variable without a value in NotResource.
            let denied = [Verdict::ImplicitDeny, Verdict::ExplicitDeny];
            let gains = denied.contains(&before) && after == Verdict::Allowed;
            let loses = denied.contains(&after) && before == Verdict::Allowed;
            let wrong = gains && compared.gained.answer == Answer::Pass
                || loses && compared.lost.answer == Answer::Pass;
            if wrong {
                problems.push(format!("{request:?}\n{}\n{}", old[0].to_json(), new[0].to_json()));
                break;
            }
        }
    }
    println!("{counts:?} of pass, fail, unknown");
    assert!(
        problems.is_empty(),
        "{} problems, {counts:?}\n{}",
        problems.len(),
        problems.join("\n")
    );
    assert!(counts[2] * 10 < counts[0] + counts[1], "{counts:?}");
}

/// A request on another resource, or for another action, would be true and no answer.
#[test]
fn what_shows_that_access_is_granted_is_inside_of_what_was_asked() {
    let mut numbers = Numbers(23);
    let (mut fails, mut problems) = (0, Vec::new());
    let wide = Policy::new(vec![Statement::new(Effect::Allow, ["s3:*"], ["*"])]);
    let resources =
        ["arn:aws:s3:::b/*", "arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:sqs:*:*:q", "*"];
    for round in 0..120 {
        let policy = if round < 20 { wide.clone() } else { policy(&mut numbers) };
        let access = Access {
            actions: numbers.some(ACTIONS).as_slice().to_vec(),
            resources: numbers.some(&resources).as_slice().to_vec(),
        };
        for requests in [Requests::Any, Requests::Known] {
            let asked = [access.clone()];
            let side = std::slice::from_ref(&policy);
            let check = not_granted(side, &asked, Some(PolicyType::Identity), requests);
            fails += usize::from(check.answer == Answer::Fail);
            for reason in &check.reasons {
                let Request { action, resource, .. } = &reason.witness;
                let (asked, of) = (action.to_lowercase(), &access.actions);
                let is_action = of.iter().any(|one| matches_glob(&one.to_lowercase(), &asked));
                let is_resource = access.resources.iter().any(|one| matches_glob(one, resource));
                if !is_action || !is_resource {
                    problems
                        .push(format!("{access:?}: {action} on {resource}\n{}", policy.to_json()));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
    assert!(fails > 60, "{fails} found");
}

/// Where any action is allowed, the actions of every service that has such resources are looked at.
#[test]
fn requests_that_are_known_are_looked_for_in_every_service() {
    let mut problems = Vec::new();
    for (is_negated, action, resource) in [
        (false, "*", "arn:aws:s3:::b/*"),
        (false, "*", "arn:aws:sqs:*:*:q"),
        (true, "ec2:*", "arn:aws:kms:*:*:key/*"),
        (false, "*", "arn:aws:secretsmanager:*:*:secret:*"),
        (false, "*", "*"),
    ] {
        let mut statement = Statement::new(Effect::Allow, [action], [resource]);
        statement.action.negated = is_negated;
        let policy = Policy::new(vec![statement]);
        for (actions, resources) in [(vec!["*"], vec![]), (vec![], vec![resource])] {
            let text = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
            let asked = [Access { actions: text(actions), resources: text(resources) }];
            let identity = Some(PolicyType::Identity);
            let check =
                not_granted(std::slice::from_ref(&policy), &asked, identity, Requests::Known);
            if check.answer != Answer::Fail || !check.reasons[0].is_known {
                problems.push(format!("{action} {resource}: {check:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Each action that needs a resource, granted on every one.
#[test]
fn requests_that_are_known_are_found_where_every_resource_is_granted() {
    let nothing = Policy::new(vec![Statement::new(Effect::Deny, ["*"], ["*"])]);
    let mut problems = Vec::new();
    for action in [
        "iam:PassRole",
        "kms:Decrypt",
        "sts:AssumeRole",
        "ssm:StartSession",
        "s3:GetObject",
        "s3:*",
    ] {
        for resources in [
            vec!["*"],
            vec!["**"],
            vec!["*", "arn:aws:kms:*:*:key/*"],
            vec!["*", "arn:*"],
            vec!["arn:*"],
        ] {
            let policy =
                Policy::new(vec![Statement::new(Effect::Allow, [action], resources.clone())]);
            for requests in [Requests::Any, Requests::Known] {
                let compared = compare(
                    std::slice::from_ref(&nothing),
                    std::slice::from_ref(&policy),
                    None,
                    requests,
                );
                let asked = [Access { actions: vec![action.to_owned()], resources: vec![] }];
                let check = not_granted(
                    std::slice::from_ref(&policy),
                    &asked,
                    Some(PolicyType::Identity),
                    requests,
                );
                for answer in [compared.gained.answer, check.answer] {
                    if answer != Answer::Fail {
                        problems
                            .push(format!("{action} on {resources:?}, {requests:?}: {answer:?}"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
