//! Which licences dependencies may have: those under which the project can be given away as it is. The list is that of deny.toml, which `cargo deny`
//! reads where it can be had; advisories only it can check.

use crate::failure::{Failure, Result};
use crate::process::{cargo, read};
use crate::workspace;
use std::fs;

/// Every dependency whose licence is not on the list, as `crate: its licence`.
///
/// # Errors
/// When cargo does not tell the dependencies, or deny.toml has no list.
pub fn strangers() -> Result<Vec<String>> {
    let allowed = allowed()?;
    let tree = [
        "tree",
        "--workspace",
        "--all-features",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
        "--format",
        "{l}|{p}",
    ];
    let lines = read(cargo().args(tree)).ok_or_else(|| Failure::new("`cargo tree` does not tell the dependencies"))?;
    let mut found: Vec<String> = lines.lines().filter_map(|line| stranger(line, &allowed)).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

fn stranger(line: &str, allowed: &[String]) -> Option<String> {
    // What was told before ends in `(*)`; what lies in the project has a path in brackets.
    let (licence, package) = line.split_once('|')?;
    let is_own = package.contains(" (/") || package.contains(" (\\") || package.contains(":\\");
    (!is_own && !fits(licence, allowed)).then(|| format!("{package}: {licence}"))
}

/// The list in deny.toml: the lines in quotes under `allow`.
fn allowed() -> Result<Vec<String>> {
    let path = workspace::root().join("deny.toml");
    let text = fs::read_to_string(path).map_err(|error| Failure::new(format!("deny.toml: {error}")))?;
    let list = text
        .split_once("allow = [")
        .and_then(|(_, rest)| rest.split_once("\n]"));
    let (list, _) = list.ok_or_else(|| Failure::new("deny.toml has no list of licences"))?;
    let quoted = |line: &str| Some(line.trim().strip_prefix('"')?.strip_suffix("\",")?.to_owned());
    Ok(list.lines().filter_map(quoted).collect())
}

/// Whether an expression of SPDX can be met by the list: one of what is joined by `OR`, all of what is joined by `AND`, which binds tighter. A slash
/// is an `OR` of former times.
pub fn fits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fits = either(&words, &mut at, allowed);
    fits && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fits = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Not `||` first: the rest is to be read in any case.
        fits = both(words, at, allowed) || fits;
    }
    fits
}

fn both(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fits = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fits = one(words, at, allowed) && fits;
    }
    fits
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let fits = either(words, at, allowed);
        *at += 1;
        return fits;
    }
    let mut name = (*word).to_owned();
    if let (Some(&"WITH"), Some(exception)) = (words.get(*at), words.get(*at + 1)) {
        name = format!("{name} WITH {exception}");
        *at += 2;
    }
    allowed.contains(&name)
}
