//! One run: clients work while everything fails, then the faults stop, and within half a minute all must hold the same.

mod calm;
mod faults;
mod world;

use crate::clock;
use crate::defect::Defect;
use crate::server::Server;
use crate::verdict::Verdict;
use crate::witness::Count;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use world::World;

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server's program.
    pub program: PathBuf,
    /// Decides what happens. When it happens also depends on the machine.
    pub seed: u64,
    /// How long clients work under faults.
    pub time: Duration,
    /// How many clients; where none is said, 5 to 10 by the seed.
    pub clients: Option<usize>,
    /// A rule that all clients break.
    pub defect: Option<Defect>,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its seed.
    pub seed: u64,
    /// How many clients took part.
    pub clients: usize,
    /// How often what happened.
    pub counts: BTreeMap<Count, u64>,
    /// Milliseconds from the server's stamp on a change to another client's view, sorted.
    pub heard: Vec<i64>,
    /// From the end of the faults until all held the same.
    pub drained: Duration,
    /// How long the history is at the end.
    pub changes: usize,
    /// What was found.
    pub verdict: Verdict,
    /// Where everything was left for whoever looks for the reason; only where something was found.
    pub kept: Option<PathBuf>,
}

/// Carries a run out.
///
/// # Errors
/// When it could not be carried out: a server that does not start, a disk that is full. What is wrong with the product stands in the
/// verdict.
pub async fn run(plan: &Plan) -> io::Result<Outcome> {
    let folder = tempfile::Builder::new().prefix("truestory-chaos-").tempdir()?;
    let server = Server::start(&plan.program, folder.path()).await?;
    let world = World::make(plan, folder.path(), server.address()).await?;
    let mut server = faults::rage(&world, server, plan).await?;
    let calm = clock::instant();
    let standings = world.calm_down().await;
    let drained = calm.elapsed();
    let mut verdict = Verdict::default();
    let history = world.judge(&standings, &mut verdict).await;
    let devices = world.close().await;
    server
        .end()
        .await
        .unwrap_or_else(|error| verdict.unsound.push(error.to_string()));
    if let Err(complaint) = server.check().await {
        verdict.unsound.push(complaint.to_string());
    }
    verdict.of_devices(&devices, &world.witness.seen());
    let mut seen = world.witness.seen();
    let mut heard = std::mem::take(&mut seen.heard);
    heard.sort_unstable();
    let kept = match verdict.is_clean() {
        true => None,
        false => Some(keep(folder, &seen.log, &verdict)?),
    };
    Ok(Outcome {
        seed: plan.seed,
        clients: world.homes.len(),
        counts: seen.counts.clone(),
        heard,
        drained,
        changes: history,
        verdict,
        kept,
    })
}

/// Leaves the folder with the log of what happened.
fn keep(folder: TempDir, log: &[String], verdict: &Verdict) -> io::Result<PathBuf> {
    let path = folder.keep();
    let written = |name: &str, text: String| fs::write(Path::new(&path).join(name), text);
    written("events.log", log.join("\n"))?;
    written("verdict.txt", verdict.to_string())?;
    Ok(path)
}
