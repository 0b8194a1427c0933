//! Holds the project to the rules that the compiler does not know: who may import whom, how long a file may be, what it must not
//! name. Finds the files and hands them to the rules; the rules with their reasons lie in `rules`.

use crate::failure::{Failure, Result};
use crate::process::{command, read};
use crate::workspace;
use std::fs;

#[cfg(test)]
mod licences;
mod rules;
mod rust;
mod styles;

/// A file of the project.
struct File {
    /// From the root, with `/` on every system.
    path: String,
    /// What it holds.
    text: String,
}

/// Every broken rule as `path:line: what (why)`, in the order of the files.
///
/// # Errors
/// When git cannot list the project's files.
pub fn violations() -> Result<Vec<String>> {
    Ok(files()?.iter().flat_map(rules::check).collect())
}

/// Every text file that git tracks or would take up.
fn files() -> Result<Vec<File>> {
    let list = read(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]));
    let list = list.ok_or_else(|| Failure::new("`git ls-files` lists no files; tidy needs git and a clone"))?;
    let read = |path: &str| {
        // A file that is not text, or was deleted and not yet committed, has nothing to say.
        let text = fs::read_to_string(workspace::root().join(path)).ok()?;
        Some(File {
            path: path.to_owned(),
            text,
        })
    };
    Ok(list.lines().filter_map(read).collect())
}

#[cfg(test)]
mod tests;
