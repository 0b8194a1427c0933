//! The program `pusher-hub`: a server of the Pusher Channels protocol that stands alone. Reads what is asked for and serves until
//! told to stop. Knows settings, signals and the log; the protocol is the crate's.
#![forbid(unsafe_code)]

mod config;
mod metrics;
mod serve;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind};
use tracing_subscriber::EnvFilter;

use self::{
    config::{Args, Config, LogFormat},
    serve::{ServeError, Server},
};

/// The exit code for a setting that cannot be used.
const WRONG_SETTING: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(run(args)),
        Err(error) => {
            say(&format!("no threads to be had: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for a wrong value, with those that would be right; the whole text where help was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let text = error.to_string();
            let lines: Vec<&str> = text
                .lines()
                .map(str::trim)
                .take_while(|line| !line.is_empty())
                .collect();
            say(lines.join(" ").trim_start_matches("error: "));
            ExitCode::from(WRONG_SETTING)
        }
        _ => error.exit(),
    }
}

async fn run(args: Args) -> ExitCode {
    log(args.log);
    let config = match Config::read(args) {
        Ok(config) => config,
        Err(error) => {
            say(&error.to_string());
            return ExitCode::from(WRONG_SETTING);
        }
    };
    match serve(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error @ ServeError::Setting(_)) => {
            say(&error.to_string());
            ExitCode::from(WRONG_SETTING)
        }
        Err(error @ (ServeError::Network(_) | ServeError::Signals(_))) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), ServeError> {
    let server = Server::start(config).await?;
    let stop = told_to_stop().map_err(ServeError::Signals)?;
    // The only thing on stdout, for people and for programs that start this one; whoever closed it does not want to know.
    let mut out = io::stdout();
    let _ = writeln!(out, "pusher-hub is at http://{}", server.address()).and_then(|()| out.flush());
    server.run(stop).await
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        // A file is read by other programs too.
        .with_ansi(io::stderr().is_terminal());
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

fn say(line: &str) {
    let _ = writeln!(io::stderr(), "pusher-hub: {line}");
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
