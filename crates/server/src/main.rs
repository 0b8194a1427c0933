//! The program `truestory`: reads what is asked for, serves until told to stop.
#![forbid(unsafe_code)]

use clap::Parser;
use clap::error::ErrorKind;
use std::io::{self, Write};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;
use truestory_server::config::{Cli, Config, ServeArgs, Task};
use truestory_server::serve::{ServeError, Server};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code for a setting that cannot be used.
const WRONG_SETTING: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let Task::Serve(args) = cli.task;
    log();
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(serve(args)),
        Err(error) => {
            say(&format!("no threads to be had: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for a wrong value; the whole text where help was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say(error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: "));
            ExitCode::from(WRONG_SETTING)
        }
        _ => error.exit(),
    }
}

async fn serve(args: ServeArgs) -> ExitCode {
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error @ ServeError::Config(_)) => {
            say(&error.to_string());
            ExitCode::from(WRONG_SETTING)
        }
        Err(
            error @ (ServeError::Store(_) | ServeError::Signals(_) | ServeError::Network(_) | ServeError::WriterEnded),
        ) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn run(args: ServeArgs) -> Result<(), ServeError> {
    let server = Server::start(Config::new(args).map_err(ServeError::Config)?).await?;
    let stop = told_to_stop().map_err(ServeError::Signals)?;
    announce(&server);
    server.run(stop).await
}

/// The only thing on stdout, for people and for programs that start this one.
fn announce(server: &Server) {
    let at = format!("http://{}", server.address());
    let sample = server
        .sample()
        .map(|project| format!("A project to look at: {at}/projects/{project}\n"));
    let mut out = io::stdout();
    // Whoever closed stdout does not want to know.
    let _ = write!(out, "Truestory is at {at}\n{}", sample.unwrap_or_default()).and_then(|()| out.flush());
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,memory_serve=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
}

fn say(line: &str) {
    let _ = writeln!(io::stderr(), "truestory: {line}");
}

/// Comes once the program is told to stop. From this call on, not only from the first poll, the signals no longer kill it.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // An error says that the console is gone, and with it whoever would stop the program.
        let _ = tokio::signal::ctrl_c().await;
    })
}
