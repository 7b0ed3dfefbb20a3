//! Runs every page of tests/rules: each `json` block is checked by the rules of the page, and the `findings` block
//! after it is what must come out.
//!
//! A page is named for its rule file. Its first heading lists the codes. Before the paragraph that leads to the first
//! example stands what else there is to know; what a rule's `why` says, its page does not say again, since the
//! documentation shows both. A line `Policy type: RESOURCE_POLICY` or `Policy type: RESOURCE_POLICY, AWS::S3::Bucket`
//! holds for the blocks after it, as does one `Put on: INLINE_USER`. `UPDATE=1 cargo test rules::` rewrites the
//! `findings` blocks; the diff is the review. `PAGE=invalid_action` looks at that page alone.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use postern::json::{PathElement, Place};
use postern::rules::{IdentityPolicy, PolicyKind, RULES};
use postern::text::LineIndex;
use postern::validate::{validate, Options};

#[test]
fn rule_pages_tell_the_truth() {
    let mut stale = Vec::new();
    let only = env::var("PAGE").ok();
    for page in pages() {
        if only.as_ref().is_some_and(|stem| page.file_stem().unwrap().to_str() != Some(stem)) {
            continue;
        }
        let have = fs::read_to_string(&page).unwrap();
        let want = render(&have);
        if have == want {
            continue;
        }
        if env::var_os("UPDATE").is_some() {
            fs::write(&page, want).unwrap();
        } else {
            stale.push(format!("{}\n{}", page.display(), first_difference(&have, &want)));
        }
    }
    assert!(stale.is_empty(), "\n{}\nrun with UPDATE=1 and read the diff", stale.join("\n"));
}

#[test]
fn every_rule_has_a_page_with_a_finding_and_a_near_miss() {
    let mut problems = Vec::new();
    let mut documented = BTreeSet::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let codes = codes(&text);
        for code in &codes {
            if !documented.insert(code.clone()) {
                problems.push(format!("{code} stands on two pages"));
            }
            if !text.contains(&format!("\n{code} ")) {
                problems.push(format!("{}: no example finds {code}", page.display()));
            }
        }
        if !text.contains("```findings\nnone\n```") {
            problems.push(format!("{}: no near miss", page.display()));
        }
        let stem = page.file_stem().unwrap().to_str().unwrap();
        let files: Vec<_> =
            sources().into_iter().filter(|source| source.file_stem().unwrap() == stem).collect();
        if files.len() != 1 {
            problems.push(format!("{}: {} rule files of that name", page.display(), files.len()));
        }
    }
    for rule in RULES {
        if !documented.remove(rule.code) {
            problems.push(format!("{} has no page", rule.code));
        }
    }
    problems.extend(documented.iter().map(|code| format!("{code} has a page and no rule")));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn rules_are_sorted_and_their_examples_show_them() {
    assert!(
        RULES.windows(2).all(|pair| pair.first().unwrap().code < pair.last().unwrap().code),
        "RULES is not sorted"
    );
    for rule in RULES {
        let kind = *rule.policy_kinds.first().unwrap();
        let options = Options {
            kind,
            resource_type: (kind == PolicyKind::RoleTrust)
                .then_some("AWS::IAM::AssumeRolePolicyDocument"),
            lone_surrogate: None,
            identity_policy: None,
        };
        let found = validate(rule.example, options, |_, findings| {
            findings.iter().any(|f| f.code == rule.code)
        });
        // A rule for one resource type only has its example on its page.
        assert!(found || rule.example.is_empty(), "the example of {} does not show it", rule.code);
        assert!(rule.why.ends_with('.') && !rule.why.contains('`'), "{}: {}", rule.code, rule.why);
    }
}

/// The codes in the heading of a page.
fn codes(page: &str) -> Vec<String> {
    let heading = page.lines().next().unwrap().trim_start_matches("# ");
    heading.split(", ").map(str::to_owned).collect()
}

/// The page with every `findings` block made anew.
fn render(page: &str) -> String {
    let codes = codes(page);
    let (mut out, mut kind, mut resource_type) =
        (String::new(), PolicyKind::Identity, None::<String>);
    let mut identity_policy = None;
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        if let Some(rest) = line.strip_prefix("Policy type: ") {
            let (policy_type, resource) = match rest.split_once(", ") {
                Some((policy_type, resource)) => (policy_type, Some(resource.to_owned())),
                None => (rest, None),
            };
            kind = PolicyKind::of(policy_type, resource.as_deref()).unwrap();
            resource_type = resource;
        }
        if let Some(name) = line.strip_prefix("Put on: ") {
            identity_policy = IdentityPolicy::ALL.into_iter().find(|kind| kind.name() == name);
        }
        if line != "```json" {
            continue;
        }
        let mut text = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            text += line;
            text.push('\n');
        }
        let text = text.trim_end_matches('\n');
        out += &format!(
            "{text}\n```\n\n```findings\n{}```\n",
            report(
                text,
                &codes,
                Options {
                    kind,
                    resource_type: resource_type.as_deref(),
                    lone_surrogate: None,
                    identity_policy
                }
            )
        );
        // The block that is replaced.
        while lines.next_if(|line| line.is_empty()).is_some() {}
        if lines.next_if_eq(&"```findings").is_some() {
            lines.by_ref().find(|line| *line == "```");
        } else {
            out.push('\n');
        }
    }
    out
}

/// One line a finding: code, then its places, then what it says; its fixes below.
fn report(text: &str, codes: &[String], options: Options) -> String {
    validate(text, options, |root, findings| {
        let index = LineIndex::new(text);
        let mut out = String::new();
        for finding in findings.iter().filter(|f| codes.iter().any(|code| code == f.code)) {
            let place = |place: &Place| {
                let path = place.path(root);
                let key =
                    if matches!(path.last(), Some(PathElement::Key(_))) { " (key)" } else { "" };
                let (start, end) =
                    (index.position(place.span.start), index.position(place.span.end));
                let pointer = PathElement::pointer(&path);
                format!(
                    "{pointer:?}{key} {}:{}-{}:{}",
                    start.line,
                    start.column + 1,
                    end.line,
                    end.column + 1
                )
            };
            let places: Vec<_> = finding.places.iter().map(place).collect();
            out += &format!("{} {}\n  {}\n", finding.code, places.join(", "), finding.details);
            if let Some(help) = &finding.help {
                out += &format!("  help: {help}\n");
            }
            for fix in &finding.fixes {
                let fixed = postern::edit::apply(text, &[&fix.edits]);
                let changed: Vec<_> = fixed
                    .lines()
                    .filter(|line| !text.lines().any(|old| old == *line))
                    .map(str::trim)
                    .collect();
                out += &format!(
                    "  {} fix: {}: {}\n",
                    fix.applicability.name(),
                    fix.title,
                    changed.join(" ")
                );
            }
        }
        if out.is_empty() {
            "none\n".to_owned()
        } else {
            out
        }
    })
}

fn first_difference(have: &str, want: &str) -> String {
    let n = have.lines().zip(want.lines()).take_while(|(a, b)| a == b).count();
    format!("line {}: have {:?}, want {:?}", n + 1, have.lines().nth(n), want.lines().nth(n))
}

fn pages() -> Vec<PathBuf> {
    let pages = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules"));
    assert!(!pages.is_empty());
    pages
}

fn sources() -> Vec<PathBuf> {
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"))
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
