//! What is checked without running the program: format, lints, documentation. Knows the calls and what each stands for.

use crate::failure::Result;
use crate::process::{cargo, run};
use crate::system;
use std::process::Command;

/// One check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lint {
    /// rustfmt would change nothing.
    Format,
    /// clippy on everything native, tests and examples included.
    Clippy,
    /// clippy on what runs in the browser.
    ClippyPage,
    /// Each library compiles with the fewest features; beside the others they would lend theirs.
    Lean,
    /// `cargo doc` without a warning.
    Docs,
    /// The same for what is compiled for the browser alone.
    DocsPage,
}

/// Every check, cheapest first.
pub const ALL: [Lint; 6] = [
    Lint::Format,
    Lint::Clippy,
    Lint::ClippyPage,
    Lint::Lean,
    Lint::Docs,
    Lint::DocsPage,
];

impl Lint {
    /// What it is called in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Clippy => "clippy",
            Self::ClippyPage => "clippy (page)",
            Self::Lean => "lean features",
            Self::Docs => "docs",
            Self::DocsPage => "docs (page)",
        }
    }

    /// Runs it, with what it needs.
    ///
    /// # Errors
    /// When there is something to mend, or a tool cannot be had.
    pub fn run(self) -> Result<()> {
        system::ensure_linters()?;
        if matches!(self, Self::ClippyPage | Self::DocsPage) {
            system::ensure_wasm_target()?;
        }
        run(&mut self.command())
    }

    fn command(self) -> Command {
        let mut cargo = cargo();
        cargo.args(self.words().split(' '));
        cargo.env("RUSTDOCFLAGS", "-D warnings");
        cargo
    }

    fn words(self) -> &'static str {
        match self {
            Self::Format => "fmt --all --check",
            Self::Clippy => {
                "clippy --quiet --workspace --all-targets --features pusher-hub/bin,pusher-hub/encrypted -- -D warnings"
            }
            Self::ClippyPage => {
                "clippy --quiet --package truestory-app --package example-* --features truestory-app/chaos --target wasm32-unknown-unknown --all-targets -- -D warnings"
            }
            Self::Lean => {
                "clippy --quiet --package pusher-channels --package pusher-hub --no-default-features -- -D warnings"
            }
            Self::Docs => "doc --quiet --workspace --no-deps --keep-going",
            Self::DocsPage => "doc --quiet --package truestory-app --no-deps --target wasm32-unknown-unknown",
        }
    }
}
