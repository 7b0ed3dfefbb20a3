//! Guards the structure: who may import whom, where foreign crates may stand, and what no file may hold.
//!
//! It reads text, so tests must be the last item of a file and no macro may hide a path.

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

/// Each module and what it may import, from the lowest to the highest.
const LAYERS: &[(&str, &[&str])] = &[
    ("sort", &[]),
    ("text", &["sort"]),
    ("json", &["sort", "text"]),
    ("edit", &["sort", "text"]),
    ("aws", &["sort"]),
    ("document", &["text", "json", "aws"]),
    ("finding", &["json", "edit"]),
    ("rules", &["sort", "text", "json", "edit", "aws", "document", "finding"]),
    ("validate", &["sort", "text", "json", "edit", "document", "finding", "rules"]),
    ("policy", &["text", "json", "aws", "document"]),
    ("evaluate", &["sort", "aws", "policy"]),
    ("access", &["sort", "aws", "policy", "evaluate"]),
    ("session", &["sort", "json", "aws", "policy"]),
    ("export", &["text", "json", "aws", "policy", "session"]),
    (
        "diagnose",
        &[
            "sort", "text", "json", "aws", "document", "rules", "validate", "policy", "evaluate",
            "session",
        ],
    ),
    (
        "api",
        &[
            "text", "json", "edit", "aws", "document", "finding", "rules", "validate", "policy",
            "evaluate", "access", "session", "export", "diagnose",
        ],
    ),
    ("wasm", &["api"]),
];

/// Where serde may stand: at the boundary, and where options are declared and read.
const SERDE: &[&str] = &[
    "api",
    "wasm",
    "export.rs",
    "export/setup.rs",
    "session.rs",
    "session/draft.rs",
    "session/node.rs",
    "session/operator",
    "session/option.rs",
    "session/place.rs",
    "session/related",
    "session/want.rs",
];

/// A text that only some modules or files may hold, and why.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    (
        "serde",
        SERDE,
        "what crosses the boundary is declared in api, options where the builders are",
    ),
    ("wasm_bindgen", &["wasm"], "the boundary is one module"),
    ("js_sys", &["wasm"], "the boundary is one module"),
    ("serde_wasm_bindgen", &["wasm"], "the boundary is one module"),
    ("serde_json", &["api", "wasm"], "the boundary is one module, and api's tests compare with it"),
    ("std::fs", &[], "the core does no IO"),
    ("std::env", &[], "the core does no IO"),
    ("std::time", &[], "the core reads no clock"),
    ("HashMap", &[], "its order changes from run to run"),
    ("HashSet", &[], "its order changes from run to run"),
];

const LONGEST_FILE: usize = 500;

#[test]
fn modules_import_only_what_the_table_allows() {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for file in sources() {
        if file.module == "lib" {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(m, _)| *m == file.module) else {
            problems.push(format!("{}: the module is not in LAYERS", file.name));
            continue;
        };
        seen.insert(file.module.clone());
        for (i, line) in file.code.lines().enumerate() {
            if line.contains(&"super::".repeat(file.depth)) {
                problems.push(format!("{}:{}: super:: leaves the module", file.name, i + 1));
            }
        }
        for (line, used) in crate_paths(&file.code) {
            if used != file.module && !allowed.contains(&used.as_str()) {
                problems.push(format!("{}:{line}: {} must not use {used}", file.name, file.module));
            }
        }
    }
    for (i, (module, allowed)) in LAYERS.iter().enumerate() {
        if !seen.contains(*module) {
            problems.push(format!("LAYERS names {module}, which does not exist"));
        }
        for used in *allowed {
            if !LAYERS[..i].iter().any(|(lower, _)| lower == used) {
                problems.push(format!("{module} -> {used} does not point downwards"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn foreign_things_stay_in_their_rooms() {
    let mut problems = Vec::new();
    for file in sources() {
        for (text, rooms, why) in ONLY_IN {
            if rooms.iter().any(|room| file.is_in(room)) {
                continue;
            }
            for (i, line) in file.code.lines().enumerate() {
                // lib.rs declares the wasm module for its target only.
                if line.contains(text) && !(file.module == "lib" && line.contains("cfg")) {
                    problems.push(format!("{}:{}: {text} ({why})", file.name, i + 1));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn no_rule_is_known_outside_its_file() {
    let sources = sources();
    let mut homes = BTreeMap::new();
    for file in sources.iter().filter(|file| file.module == "rules") {
        let codes = file.code.split("    code: \"").skip(1);
        let codes = codes.map(|rest| rest.split('"').next().unwrap());
        // A family of rules declares what they have in common without a code.
        homes.extend(codes.filter(|code| !code.is_empty()).map(|code| (code, file.name.as_str())));
    }
    assert!(homes.len() > 150, "{} codes were found", homes.len());
    let mut problems = Vec::new();
    for file in &sources {
        for (i, line) in file.code.lines().enumerate() {
            for text in line.split('"').skip(1).step_by(2) {
                if homes.get(text).is_some_and(|home| *home != file.name) {
                    problems.push(format!("{}:{}: {text} is another file's", file.name, i + 1));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_not_too_long() {
    let mut problems = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//! ") {
            problems.push(format!("{}: the first line is not a //! sentence", file.name));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            problems.push(format!("{}: {lines} lines, at most {LONGEST_FILE}", file.name));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_page_knows_no_iam_and_runs_no_text() {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    walk(&root().join("www"), &["ts", "tsx", "html"], &mut files);
    assert!(!files.is_empty(), "www/ has no source files");
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        for banned in
            ["innerHTML", "eval(", ".split(\":\")", ".split(':')", " onclick=\"", "new Function"]
        {
            if text.contains(banned) {
                problems.push(format!("{name}: {banned}"));
            }
        }
        for banned in ["arn:aws", "ssmmessages:", "\"Effect\"", "'Effect'"] {
            if text.contains(banned) {
                problems.push(format!("{name}: {banned} is for the engine to say"));
            }
        }
        if text.contains("from 'postern'") && !name.ends_with("engine.ts") {
            problems.push(format!("{name}: only engine.ts imports the package"));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn versions_agree() {
    let read = |name| fs::read_to_string(root().join(name)).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("package.json").contains(&format!("\"version\": \"{version}\"")));
    let changelog = read("CHANGELOG.md");
    let first = changelog.lines().find(|line| line.starts_with("## ")).unwrap();
    assert!(first.contains(version), "{first} does not name {version}");
}

struct Source {
    /// Path from the root, with forward slashes.
    name: String,
    /// The module at the top that it belongs to.
    module: String,
    /// How many `super::` leave that module.
    depth: usize,
    text: String,
    /// The text without line comments and without the tests; same line numbers.
    code: String,
}

impl Source {
    /// Whether it belongs to a module at the top, or is this file or in this folder of `src`.
    fn is_in(&self, room: &str) -> bool {
        self.module == room || self.name.strip_prefix("src/").is_some_and(|it| it.starts_with(room))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut files = Vec::new();
    walk(&src, &["rs"], &mut files);
    assert!(files.len() > 5, "src/ was not found");
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let rel = path.strip_prefix(&src).unwrap();
            let parts: Vec<_> = rel.iter().map(|part| part.to_str().unwrap()).collect();
            Source {
                name: format!("src/{}", parts.join("/")),
                module: parts[0].trim_end_matches(".rs").to_owned(),
                depth: parts.len(),
                code: production(&text),
                text,
            }
        })
        .collect()
}

fn production(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let without_comment = |line: &str| line.split("//").next().unwrap().to_owned() + "\n";
    code.lines().map(without_comment).collect()
}

/// The first segments after each `crate::`, with their line.
fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = code[at + "crate::".len()..].trim_start();
        let names = match rest.strip_prefix('{') {
            Some(group) => group_heads(group),
            None => vec![head(rest)],
        };
        found.extend(names.into_iter().filter(|name| !name.is_empty()).map(|name| (line, name)));
    }
    found
}

/// The first segment of each path in `{a, b::{c, d}, e}`, given what follows the opening brace.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(head(group[start..i].trim_start()));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn walk(dir: &Path, extensions: &[&str], found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.ends_with("dist") {
            walk(&path, extensions, found);
        } else if path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
            found.push(path);
        }
    }
}

#[test]
fn imports_are_read_in_every_form() {
    let code = "use crate::{aws, policy::{self, x}};\nfn f() { crate::wasm::go() }\n";
    let found = crate_paths(code);
    let expected = [(1, "aws"), (1, "policy"), (2, "wasm")];
    assert_eq!(found, expected.map(|(line, name)| (line, name.to_owned())));
}
