//! What is checked without running the program: format, lints, documentation. Knows the calls and what each stands for.

use crate::failure::Result;
use crate::process::{cargo, run};
use crate::system::{self, WASM};
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
}

/// Every check, cheapest first.
pub const ALL: [Lint; 5] = [Lint::Format, Lint::Clippy, Lint::ClippyPage, Lint::Lean, Lint::Docs];

impl Lint {
    /// What it is called in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Clippy => "clippy",
            Self::ClippyPage => "clippy (page)",
            Self::Lean => "lean features",
            Self::Docs => "documentation",
        }
    }

    /// Runs it, with what it needs.
    ///
    /// # Errors
    /// When there is something to mend, or a tool cannot be had.
    pub fn run(self) -> Result<()> {
        system::ensure_linters()?;
        if self == Self::ClippyPage {
            system::ensure_wasm_target()?;
        }
        run(&mut self.command())
    }

    fn command(self) -> Command {
        let mut cargo = cargo();
        match self {
            Self::Format => cargo.args(["fmt", "--all", "--check"]),
            Self::Clippy => cargo.args([
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]),
            Self::ClippyPage => {
                cargo.args([
                    "clippy",
                    "--quiet",
                    "--package",
                    "truestory-app",
                    "--target",
                    WASM,
                    "--all-targets",
                ]);
                cargo.args(["--", "-D", "warnings"])
            }
            Self::Lean => {
                cargo.args([
                    "clippy",
                    "--quiet",
                    "--no-default-features",
                    "--package",
                    "pusher-channels",
                ]);
                cargo.args(["--package", "pusher-hub", "--", "-D", "warnings"])
            }
            Self::Docs => cargo
                .args(["doc", "--quiet", "--workspace", "--no-deps"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        };
        cargo
    }
}
