//! The laws that are fuzzed hold for what fuzzing starts from; `npm run fuzz` goes on from there.

use crate::targets::TARGETS;

#[test]
fn every_law_holds_for_every_seed() {
    let mut problems = Vec::new();
    for target in &TARGETS {
        let seeds = (target.seeds)();
        if seeds.len() < 50 {
            problems.push(format!("{} has {} seeds", target.name, seeds.len()));
        }
        for seed in &seeds {
            for problem in (target.run)(seed) {
                let seed = String::from_utf8_lossy(seed);
                problems.push(format!("{}: {problem}\n    {seed}", target.name));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
