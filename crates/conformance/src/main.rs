//! `conformance --url URL --app ID:KEY:SECRET`: runs the checks and prints what was found.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever runs it reads the table"
)]

use clap::Parser;
use conformance::{App, Target};
use std::process::ExitCode;

/// Checks a server of the Pusher Channels protocol, version 7, from the outside.
#[derive(Parser)]
struct Arguments {
    /// Where the server is: http://HOST:PORT, with a path where it has one before /app and /apps.
    #[arg(long)]
    url: String,
    /// Whose channels to use; client events and the user features must be on for it.
    #[arg(long, value_name = "ID:KEY:SECRET")]
    app: String,
    /// Only the checks whose part or rule contains this text.
    #[arg(long, default_value = "")]
    only: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let target = match App::parse(&arguments.app).and_then(|app| Target::new(&arguments.url, app)) {
        Ok(target) => target,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let outcomes = conformance::run(&target, &arguments.only).await;
    if outcomes.is_empty() {
        eprintln!("only: no check's part or rule contains {:?}", arguments.only);
        return ExitCode::from(2);
    }
    print!("{}", conformance::table(&outcomes));
    match outcomes.iter().all(|outcome| outcome.finding.is_none()) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
