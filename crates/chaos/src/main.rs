//! `cargo xtask chaos`: reads what is asked for, carries runs out side by side, and says how they went.
#![forbid(unsafe_code)]

use chaos::defect::Defect;
use chaos::kills::kill_under_load;
use chaos::run::{Outcome, Plan, run};
use chaos::summary::{Summary, line};
use clap::Parser;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::task::JoinSet;

/// The real server under kill -9, bad networks and dropped clients.
#[derive(Clone, Debug, Parser)]
#[command(name = "chaos")]
struct Cli {
    /// The server's program.
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// How many runs.
    #[arg(long, default_value_t = 1)]
    runs: u64,
    /// How long clients work under faults in each run, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How many clients in each run; 5 to 10 by the seed where none is said.
    #[arg(long)]
    clients: Option<usize>,
    /// How many runs at a time.
    #[arg(long, default_value_t = 4)]
    parallel: usize,
    /// The first run's seed; the others count on from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A rule that all clients break: the runs must then find something. `forgets`; with `--features defects` also `gaps`, `duplicates`,
    /// `hashes`, `tray`.
    #[arg(long, value_name = "NAME")]
    defect: Option<Defect>,
    /// So many times, instead of runs: load, kill -9, start, verify.
    #[arg(long, value_name = "N")]
    kills: Option<usize>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let clean = match cli.kills {
        Some(kills) => kill(&cli, kills).await,
        None => runs(&cli).await,
    };
    match clean {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

async fn kill(cli: &Cli, kills: usize) -> bool {
    match kill_under_load(&cli.program, cli.seed, kills).await {
        Ok(killed) => {
            say(&killed.to_string());
            if let Some(kept) = &killed.kept {
                say(&format!("seed {}: everything is in {}", cli.seed, kept.display()));
            }
            killed.findings.is_empty()
        }
        Err(error) => {
            say(&format!("seed {}: {error}", cli.seed));
            false
        }
    }
}

async fn runs(cli: &Cli) -> bool {
    let mut summary = Summary::default();
    let mut seeds = cli.seed..cli.seed + cli.runs;
    let mut running = JoinSet::new();
    loop {
        while running.len() < cli.parallel.max(1)
            && let Some(seed) = seeds.next()
        {
            running.spawn(carry_out(cli.clone(), seed));
        }
        let Some(ended) = running.join_next().await else { break };
        match ended {
            Ok((_, Ok(outcome))) => {
                say(&line(&outcome));
                summary.add(&outcome);
            }
            Ok((seed, Err(error))) => {
                say(&format!("seed {seed} could not be run: {error}"));
                summary.add_broken(seed);
            }
            Err(error) => {
                say(&format!("a run broke off: {error}"));
                summary.add_broken(0);
            }
        }
    }
    say(&summary.to_string());
    summary.is_clean()
}

async fn carry_out(cli: Cli, seed: u64) -> (u64, io::Result<Outcome>) {
    let plan = Plan {
        program: cli.program,
        seed,
        time: Duration::from_secs(cli.seconds),
        clients: cli.clients,
        defect: cli.defect,
    };
    (seed, run(&plan).await)
}

fn say(text: &str) {
    // Whoever closed stdout does not want to know.
    let _ = writeln!(io::stdout(), "{}", text.trim_end());
}
