//! FEATURES.md names only items and tests that the sources have.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fs, path::Path};

/// Lines of all sources, without their indentation.
struct Sources(Vec<String>);

impl Sources {
    fn read() -> Self {
        let mut lines = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["src", "tests"] {
            gather(&root.join(folder), &mut lines);
        }
        Self(lines)
    }

    fn any(&self, is_so: impl Fn(&str) -> bool) -> bool {
        self.0.iter().any(|line| is_so(line))
    }

    fn has_test(&self, name: &str) -> bool {
        let (plain, later) = (format!("fn {name}() {{"), format!("async fn {name}() {{"));
        self.any(|line| line == plain || line == later)
    }

    /// `Type`, `function`, `Type::function`, `Type::field` or `Type::Variant`.
    fn has_item(&self, path: &str) -> bool {
        let (owner, member) = path.split_once("::").unwrap_or((path, path));
        let declares = |line: &str, words: &str, name: &str| {
            let rest = line.strip_prefix(words).and_then(|rest| rest.strip_prefix(name));
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        let is_declared = |name: &str| {
            ["pub struct ", "pub enum ", "pub fn "]
                .iter()
                .any(|words| self.any(|line| declares(line, words, name)))
        };
        // A variant stands without a word before it; a function's name alone would also be a call.
        let is_variant = member.starts_with(char::is_uppercase);
        let before: &[&str] = if is_variant {
            &[""]
        } else {
            &["pub fn ", "pub async fn ", "pub "]
        };
        let is_member = before
            .iter()
            .any(|words| self.any(|line| declares(line, words, member)));
        is_declared(owner) && (owner == member || is_member)
    }
}

fn gather(folder: &Path, lines: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, lines);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            lines.extend(text.lines().map(|line| line.trim().to_owned()));
        }
    }
}

/// The columns of each row; the tables' heads and the lines below them are left out.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .filter(|columns: &Vec<&str>| columns.len() == 3 && !columns[2].starts_with("tests"))
        .collect()
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_item_and_every_test_is_there() {
    let text = include_str!("../FEATURES.md");
    let sources = Sources::read();
    let rows = rows(text);
    assert!(rows.len() > 60, "{} rows are no table", rows.len());
    let mut missing = Vec::new();
    for row in rows {
        let (items, tests) = (names(row[1]), names(row[2]));
        if items.is_empty() || tests.is_empty() {
            missing.push(format!("{}: nothing stands for it", row[0]));
        }
        missing.extend(
            items
                .iter()
                .filter(|item| !sources.has_item(item))
                .map(|item| format!("item {item}")),
        );
        missing.extend(
            tests
                .iter()
                .filter(|test| !sources.has_test(test))
                .map(|test| format!("test {test}")),
        );
    }
    assert!(missing.is_empty(), "not in the sources:\n{}", missing.join("\n"));
}

#[test]
fn what_is_not_there_is_found() {
    let sources = Sources::read();
    for item in [
        "Channel",
        "Channels::connect",
        "Config::carriers",
        "Carrier::Polling",
        "use_event",
    ] {
        assert!(sources.has_item(item), "{item}");
    }
    for item in [
        "Chann",
        "Channels::teleport",
        "Nobody::connect",
        "Carrier::Pigeon",
        "use_force",
    ] {
        assert!(!sources.has_item(item), "{item}");
    }
    assert!(sources.has_test("what_is_not_there_is_found"));
    assert!(!sources.has_test("what_is_not_there"));
}
