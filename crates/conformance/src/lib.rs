//! Checks a server of the Pusher Channels protocol from the outside.
//!
//! Knows the protocol's words as its documents give them, and nothing of any implementation. Imports run down:
//! `sign` ← `api`, `socket` ← `server` ← `checks` ← here.
#![forbid(unsafe_code)]

mod api;
mod checks;
mod server;
mod sign;
mod socket;

pub use server::{App, Server, Target};

use std::time::Duration;

/// How long an answer may take before it counts as missing.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// How long one check may take as a whole.
const CHECK_TIME: Duration = Duration::from_secs(40);

/// What was found by one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which part of the protocol it belongs to.
    pub part: &'static str,
    /// What must hold.
    pub rule: &'static str,
    /// Nothing where it holds; else what was seen instead.
    pub finding: Option<String>,
}

/// Runs every check whose part or rule contains the text, one after the other, each on channels of its own.
pub async fn run(target: &Target, containing: &str) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, check) in (0..).zip(checks::all()) {
        if !check.part.contains(containing) && !check.rule.contains(containing) {
            continue;
        }
        let verdict = tokio::time::timeout(CHECK_TIME, (check.run)(target.server(number))).await;
        let finding = match verdict {
            Ok(verdict) => verdict.err(),
            Err(_) => Some(format!("no end after {} s", CHECK_TIME.as_secs())),
        };
        outcomes.push(Outcome {
            part: check.part,
            rule: check.rule,
            finding,
        });
    }
    outcomes
}

/// The outcomes as a table for people, with a count at its end.
pub fn table(outcomes: &[Outcome]) -> String {
    let width = outcomes.iter().map(|outcome| outcome.part.len()).max().unwrap_or(0);
    let mut table = String::new();
    for Outcome { part, rule, finding } in outcomes {
        let sign = if finding.is_none() { "ok  " } else { "FAIL" };
        table.push_str(&format!("{sign}  {part:width$}  {rule}\n"));
        if let Some(finding) = finding {
            table.push_str(&format!("      {:width$}  {finding}\n", ""));
        }
    }
    let held = outcomes.iter().filter(|outcome| outcome.finding.is_none()).count();
    table.push_str(&format!("\n{held} of {} hold\n", outcomes.len()));
    table
}
