//! Decisions a second, beside the time that serde_json takes to read the same policies. `cargo bench --bench evaluate`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use postern::document::Document;
use postern::evaluate::{ContextValue, PolicySet, Prepared, Request};
use postern::json;
use postern::policy::Policy;

const ROLE: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["ssm:StartSession"], "Resource": ["arn:aws:ec2:*:111122223333:instance/*"],
     "Condition": {"StringLike": {"ssm:resourceTag/Env": ["dev", "test*"]}}},
    {"Effect": "Allow", "Action": ["ssm:TerminateSession", "ssm:ResumeSession"], "Resource": ["arn:aws:ssm:*:*:session/${aws:username}-*"]},
    {"Effect": "Deny", "Action": "ssm:*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
]}"#;

fn main() {
    let parsed = json::parse(ROLE);
    let policy = Policy::lower(&Document::new(parsed.root.as_ref().unwrap())).unwrap();
    let policies = PolicySet { identity: vec![policy], ..PolicySet::default() };
    let prepared = Prepared::new(&policies);
    let context = [("ssm:resourceTag/Env", "test1"), ("aws:username", "alice")];
    let one =
        |(key, value): (&'static str, &'static str)| (key.into(), ContextValue::One(value.into()));
    let mut request = Request {
        principal: "arn:aws:iam::111122223333:user/alice".into(),
        action: "ssm:StartSession".into(),
        resource: "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc1234def567890".into(),
        context: context.into_iter().map(one).collect(),
        ..Request::default()
    };
    let known = per_second(|| drop(black_box(prepared.evaluate(black_box(&request)))));
    request.unknown.push("aws:MultiFactorAuthPresent".into());
    let unknown = per_second(|| drop(black_box(prepared.evaluate(black_box(&request)))));
    let reading = per_second(|| {
        drop(black_box(serde_json::from_str::<serde_json::Value>(black_box(ROLE))));
    });
    println!("{known:.0} decisions a second, {unknown:.0} with an unknown key");
    println!("serde_json reads the policy {reading:.0} times a second");
}

fn per_second(mut work: impl FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0u32);
    while start.elapsed() < Duration::from_secs(1) {
        for _ in 0..100 {
            work();
        }
        count += 100;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}
