//! The program `truestory`: reads what is asked for, serves until told to stop, or does what else is asked for and says how it
//! went.
#![forbid(unsafe_code)]

use clap::Parser;
use clap::error::ErrorKind;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;
use truestory_server::config::{
    BackupArgs, CheckArgs, Cli, Config, ExportArgs, RecoverArgs, RestoreArgs, ServeArgs, Task,
};
use truestory_server::serve::{ServeError, Server};
use truestory_server::store::StoreError;
use truestory_server::upkeep::{self, Told, UpkeepError};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code for a setting that cannot be used.
const WRONG_SETTING: u8 = 2;
/// The exit code where there is no database to read: [`ExitCode::FAILURE`] says that something is wrong with one.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let code = runtime.block_on(carry_out(cli.task));
            // What still reckons on a thread has nobody left to tell.
            runtime.shutdown_background();
            code
        }
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

async fn carry_out(task: Task) -> ExitCode {
    match task {
        Task::Serve(args) => serve(args).await,
        Task::Backup(args) => backup(args).await,
        Task::Restore(args) => restore(args).await,
        Task::Check(args) => check(args).await,
        Task::Export(args) => export(args).await,
        Task::Recover(args) => recover(args).await,
    }
}

async fn backup(args: BackupArgs) -> ExitCode {
    match upkeep::backup(&args).await {
        Ok(made) => {
            print(&made);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

async fn restore(args: RestoreArgs) -> ExitCode {
    match upkeep::restore(&args, |told| print(&told)).await {
        Ok(restored) => {
            print(&restored);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

async fn check(args: CheckArgs) -> ExitCode {
    match upkeep::check(&args, |told: Told<'_>| print(&told)).await {
        Ok(checked) => {
            print(&format!("{checked}."));
            match checked.findings {
                0 => ExitCode::SUCCESS,
                _ => ExitCode::FAILURE,
            }
        }
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(UNREADABLE)
        }
    }
}

async fn export(args: ExportArgs) -> ExitCode {
    match upkeep::export(&args).await {
        // Whoever closed stdout, or whose disk is full, must not take half a file for a whole one.
        Ok(text) => match io::stdout()
            .write_all(text.as_bytes())
            .and_then(|()| io::stdout().flush())
        {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&format!("standard output: {error}"));
                ExitCode::FAILURE
            }
        },
        Err(error) => fail(&error),
    }
}

async fn recover(args: RecoverArgs) -> ExitCode {
    match upkeep::recover(&args).await {
        Ok(link) => {
            print(&link);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn fail(error: &UpkeepError) -> ExitCode {
    say(&error.to_string());
    match error {
        UpkeepError::Config(_) => ExitCode::from(WRONG_SETTING),
        UpkeepError::Store(StoreError::Foreign(_)) => ExitCode::from(UNREADABLE),
        UpkeepError::Store(_) | UpkeepError::File(..) | UpkeepError::Unsound(..) => ExitCode::FAILURE,
    }
}

fn print(what: &impl fmt::Display) {
    // Whoever closed stdout does not want to know.
    let _ = writeln!(io::stdout(), "{what}");
}

async fn serve(args: ServeArgs) -> ExitCode {
    log();
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error @ ServeError::Config(_)) => {
            say(&error.to_string());
            ExitCode::from(WRONG_SETTING)
        }
        Err(
            error @ (ServeError::Store(_)
            | ServeError::Signals(_)
            | ServeError::Network(_)
            | ServeError::Webhooks(_)
            | ServeError::Provider(_)
            | ServeError::WriterEnded),
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
        // A file is read by other programs too.
        .with_ansi(io::stderr().is_terminal())
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
