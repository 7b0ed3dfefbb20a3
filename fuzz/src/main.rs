//! Runs a target under libFuzzer: `FUZZ_TARGET` names it. `npm run fuzz` builds and runs them all.

#![no_main]
#![allow(dead_code, reason = "of what is shared with the tests, each target uses a part")]

#[path = "../../tests/access"]
mod access {
    pub mod isolation;
}
#[path = "../../tests/contract"]
mod contract {
    pub mod builders;
    pub mod decisions;
    pub mod diagnoses;
}
#[path = "../../tests/fixes"]
mod fixes {
    pub mod corpus;
    pub mod law;
}
#[path = "../../tests/session"]
mod session {
    pub mod asking;
    pub mod chosen;
    pub mod narrowing;
    pub mod pairs;
    pub mod sound;
}
mod mutate;
#[path = "../targets/targets.rs"]
mod targets;

use std::path::Path;
use std::sync::OnceLock;
use std::{env, fs};

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mutate::Pieces;
use targets::{Target, TARGETS};

static CHOSEN: OnceLock<(&Target, Pieces)> = OnceLock::new();

/// The target, its seeds written into the folder that `FUZZ_SEEDS` names.
fn choose() -> (&'static Target, Pieces) {
    let name = env::var("FUZZ_TARGET").unwrap_or_default();
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else {
        let names = TARGETS.map(|target| target.name).join(", ");
        panic!("FUZZ_TARGET must be one of {names}, not {name:?}");
    };
    let seeds = (target.seeds)();
    if let Some(folder) = env::var_os("FUZZ_SEEDS") {
        fs::create_dir_all(&folder).unwrap();
        for (i, seed) in seeds.iter().enumerate() {
            fs::write(Path::new(&folder).join(i.to_string()), seed).unwrap();
        }
    }
    (target, Pieces::of(&seeds))
}

fn chosen() -> &'static (&'static Target, Pieces) {
    CHOSEN.get_or_init(choose)
}

fuzz_target!(init: { chosen(); }, |input: &[u8]| {
    let problems = (chosen().0.run)(input);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, &chosen().1)
});
