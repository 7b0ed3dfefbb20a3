//! Microseconds to build a policy, beside those that serde_json takes to print the same one. `cargo bench --bench build`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use postern::api::{build_node_policy, build_operator_policy, Value};

const NODE: &str = r#"{"scope": "least-privilege", "region": "us-east-2", "accountId": "111122223333", "heartbeat": true,
    "sessionEncryption": {"kmsKeyArn": "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
    "s3Logs": {"bucket": "example-session-logs", "prefix": "prod"}, "cloudWatchLogs": {"logGroup": "/example/session-logs"}}"#;
const OPERATOR: &str = r#"{"scope": "least-privilege", "region": "us-east-2", "accountId": "111122223333",
    "targets": {"tags": {"Team": ["web", "shop"]}}, "sessions": ["shell", "ssh", "port-forwarding"], "history": true}"#;

fn main() {
    let node = |options: &Value| build_node_policy(Some(options)).unwrap();
    let operator = |options: &Value| build_operator_policy(Some(options)).unwrap();
    let read = |text| serde_json::from_str::<Value>(text).unwrap();
    let (node_options, operator_options) = (read(NODE), read(OPERATOR));
    let building = microseconds(|| drop(black_box(node(black_box(&node_options)))));
    print("node", building, &node(&node_options).json);
    let building = microseconds(|| drop(black_box(operator(black_box(&operator_options)))));
    print("operator", building, &operator(&operator_options).json);
}

fn print(name: &str, building: f64, json: &str) {
    let policy: serde_json::Value = serde_json::from_str(json).unwrap();
    let printing = microseconds(|| {
        drop(black_box(serde_json::to_string_pretty(black_box(&policy)).unwrap()));
    });
    println!("{name}: {building:.1} microseconds to build, {printing:.1} for serde_json to print");
}

fn microseconds(mut work: impl FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0u32);
    while start.elapsed() < Duration::from_secs(1) {
        for _ in 0..100 {
            work();
        }
        count += 100;
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}
