//! `cargo xtask fuzz [TARGET ..] [--seconds N]`: searches with random inputs for what breaks a check. Knows the targets and how
//! cargo-fuzz is called, not what is checked. It begins with the target's corpus, which `cargo test` tries too; an input that breaks a
//! check belongs there once it is mended.

use crate::failure::{Failure, Result};
use crate::process::{command, read, run as run_program};
use crate::{say, workspace};
use std::fs;
use std::process::{Command, ExitCode};

/// Where targets lie, and what they are called.
const CRATES: [(&str, &[&str]); 3] = [
    ("crates/pusher-channels", &["frames", "names", "client", "link"]),
    ("crates/pusher-hub", &["hub", "auth", "api"]),
    ("crates/server", &["sync", "search", "csv", "markdown"]),
];
/// How long one target is run where nothing else is said.
const SECONDS: u64 = 180;
/// The longest input, in bytes: no frame that is not refused at once is much longer, and shorter ones are found sooner.
const LONGEST: u32 = 4096;

/// What a person asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    /// None means all.
    targets: Vec<String>,
    seconds: u64,
}

/// Runs each target that is named, or all, one after the other.
///
/// # Errors
/// When a tool is missing, a target does not compile, or an input breaks a check: then the input is named.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let wish = Wish::read(arguments)?;
    ensure_tools()?;
    for (folder, targets) in CRATES {
        for target in targets.iter().filter(|target| wish.names(target)) {
            say::heading(&format!("fuzz {target}, {} s", wish.seconds));
            run_target(folder, target, wish.seconds)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// New inputs gather below target/, so that a run leaves the corpus as it is.
fn run_target(folder: &str, target: &str, seconds: u64) -> Result<()> {
    let gathered = workspace::target().join("fuzz/corpus").join(target);
    fs::create_dir_all(&gathered)
        .map_err(|e| Failure::new(format!("cannot make the folder {}: {e}", gathered.display())))?;
    let mut run = fuzz(folder, "run");
    run.arg(target).arg(gathered).arg(format!("fuzz/corpus/{target}"));
    run.arg("--").arg(format!("-max_total_time={seconds}"));
    run_program(run.arg(format!("-max_len={LONGEST}")))
}

impl Wish {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut wish = Self {
            targets: Vec::new(),
            seconds: SECONDS,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--seconds" {
                let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
                wish.seconds = seconds.ok_or_else(|| Failure::new("--seconds needs a whole number"))?;
            } else if known().any(|target| target == argument) {
                wish.targets.push(argument.clone());
            } else {
                let all: Vec<&str> = known().collect();
                let all = all.join(", ");
                return Err(Failure::new(format!(
                    "there is no fuzz target `{argument}`; there are {all}"
                )));
            }
        }
        Ok(wish)
    }

    fn names(&self, target: &str) -> bool {
        self.targets.is_empty() || self.targets.iter().any(|named| named == target)
    }
}

fn known() -> impl Iterator<Item = &'static str> {
    CRATES.iter().flat_map(|(_, targets)| targets.iter().copied())
}

/// The stable toolchain has no sanitizers, which tell the fuzzer what an input reaches.
fn ensure_tools() -> Result<()> {
    if read(fuzz("crates/pusher-channels", "list").arg("--help")).is_some() {
        return Ok(());
    }
    Err(Failure::new(
        "fuzzing needs the nightly toolchain and cargo-fuzz: `rustup toolchain install nightly` and `cargo install cargo-fuzz`",
    ))
}

fn fuzz(folder: &str, subcommand: &str) -> Command {
    // The cargo that runs this program belongs to one toolchain; the one on PATH is rustup's and takes another.
    let mut fuzz = command("cargo");
    fuzz.args(["+nightly", "fuzz", subcommand]);
    fuzz.current_dir(workspace::root().join(folder));
    fuzz.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    // One folder for both crates: what they share is compiled once.
    fuzz.env("CARGO_TARGET_DIR", workspace::target().join("fuzz"));
    fuzz
}

#[cfg(test)]
mod tests;
