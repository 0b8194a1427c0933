//! The rules of a project as scripts: one line is a command and, written by hand, what becomes of it.
//!
//! `start a -> transitioned a started | backlog: a* b | icebox: c` gives the command, the change or the rejection, and
//! then, where it matters, both panels in order. The little language stands in `script`.

pub(crate) mod any;
mod blockers;
mod carrying;
mod comments;
mod creating;
mod deleting;
mod editing;
mod framing;
mod importing;
mod leaving;
mod moving;
mod owning;
mod planning;
mod properties;
mod returning;
mod revising;
pub(crate) mod script;
mod several;
mod tasks;
mod transitions;

use script::{Bench, show_change, show_panels, show_rejection};

/// Runs a script on a project that begins as `given` says. A line that expects panels is held to them.
fn check(given: &str, script: &str) {
    let mut bench = Bench::new(given);
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (said, expected) = line
            .split_once(" -> ")
            .unwrap_or_else(|| panic!("no arrow in {line:?}"));
        let outcome = match said.trim().split_once(' ') {
            Some(("look", name)) => bench.look(name),
            Some(("parts", name)) => bench.parts(name),
            Some(_) | None => match bench.say(said.trim()) {
                Ok(change) => show_change(&change),
                Err(rejection) => show_rejection(&rejection),
            },
        };
        let got = match expected.contains('|') {
            true => format!("{outcome} | {}", show_panels(&bench.project)),
            false => outcome,
        };
        assert_eq!(got, expected.trim(), "at {line:?}");
    }
}
