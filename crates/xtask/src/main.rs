//! The project's own commands, run as `cargo xtask NAME`. Knows their names and hands each to its module.
//! Stands on the standard library alone, so that it compiles in seconds on a fresh machine; must never need a crate.

mod bench;
mod chaos;
mod check;
mod conformance;
mod dev;
mod doctor;
mod e2e;
mod example;
mod failure;
mod front_end;
mod fuzz;
mod lint;
mod process;
mod say;
mod sim;
mod start;
mod system;
mod tally;
mod test;
mod tidy;
mod tools;
mod workspace;

use crate::failure::{Failure, Result};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  start [-- ARGS]   install what is missing, build, and run `truestory serve ARGS` (try: start -- --demo)
  test [SUITE ..]   install what is missing, run every test, end with `N passed, N failed`
                    suites: lint, native, browser, e2e; without a name all of them; firefox only by name
  dev [-- ARGS]     the server on 127.0.0.1:8080 and `trunk serve` on http://127.0.0.1:3000; Ctrl-C ends both
  example NAME      build one of the examples, page and server, and start it: items, posts, chat, orders
  check             the quick look before a commit: format, clippy, tidy
  doctor            list the tools, their versions, what is missing and how to get it
  bench NAME        build a release and run one of the measurements
  chaos [OPTIONS]   the real program under kill -9, bad networks and dropped clients; chaos --help tells the options
  conformance ARGS  check any server of the Pusher protocol: --url http://HOST:PORT --app ID:KEY:SECRET
  fuzz [TARGET ..]  random inputs for the channel crates, --seconds N each (180); needs nightly and cargo-fuzz
  sim [OPTIONS]     simulated seeds under every fault, or the planted defects; sim --help tells the options
  help              this text";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            say::problem(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    match name {
        "start" => start::run(after_dashes(rest)),
        "test" => test::run(rest),
        "dev" => dev::run(after_dashes(rest)),
        "example" => example::run(after_dashes(rest)),
        "check" => check::run(),
        "doctor" => doctor::run(),
        "bench" => bench::run(rest),
        "conformance" => conformance::run(after_dashes(rest)),
        "fuzz" => fuzz::run(rest),
        "sim" => sim::run(after_dashes(rest)),
        "chaos" => chaos::run(after_dashes(rest)),
        "help" | "--help" | "-h" => {
            say::line(HELP);
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::new(format!("there is no command `{other}`\n\n{HELP}"))),
    }
}

/// `start -- --demo` and `start --demo` mean the same.
fn after_dashes(arguments: &[String]) -> &[String] {
    match arguments.split_first() {
        Some((first, rest)) if first == "--" => rest,
        Some(_) | None => arguments,
    }
}
