//! The laws that are fuzzed hold for what fuzzing starts from: `npm run fuzz` goes on from there.

use crate::targets::{Target, TARGETS};

fn problems_of(target: &Target) -> Vec<String> {
    let seeds = (target.seeds)();
    assert!(seeds.len() > 50, "{} has {} seeds", target.name, seeds.len());
    let mut problems = Vec::new();
    for seed in &seeds {
        for problem in (target.run)(seed) {
            problems.push(format!(
                "{}: {problem}\n    {}",
                target.name,
                String::from_utf8_lossy(seed)
            ));
        }
    }
    problems
}

#[test]
fn every_law_holds_for_every_seed() {
    let start = std::time::Instant::now();
    let mut problems = Vec::new();
    for target in &TARGETS {
        problems.extend(problems_of(target));
        println!("{} {:?}", target.name, start.elapsed());
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
