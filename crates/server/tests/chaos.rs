//! The program under the process chaos, for some seconds: clients work while it is killed and their networks fail; afterwards
//! nothing may be lost, doubled, divergent or stuck. Stands here because cargo tells a test only the programs of its own package.
#![cfg(unix)]

use chaos::kills::kill_under_load;
use chaos::run::{Plan, run};
use chaos::witness::Count;
use std::path::PathBuf;
use std::time::Duration;

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_truestory"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_clients_lose_nothing_while_everything_fails() {
    let plan = Plan {
        program: program(),
        seed: 3,
        time: Duration::from_secs(8),
        clients: Some(4),
        defect: None,
    };
    let outcome = run(&plan).await.expect("the run can be carried out");
    let kept = outcome.kept.unwrap_or_default();
    assert!(outcome.verdict.is_clean(), "{}see {}", outcome.verdict, kept.display());
    let counted = |count| outcome.counts.get(&count).copied().unwrap_or_default();
    assert!(counted(Count::Kills) >= 1, "the server was killed");
    // Twenty commands are there before the clients begin.
    assert!(counted(Count::Commands) > 20, "clients worked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_kill_9_is_there_afterwards_once() {
    let killed = kill_under_load(&program(), 1, 2).await.expect("it can be carried out");
    assert!(killed.findings.is_empty(), "{killed}");
    assert_eq!(killed.kills, 2);
    assert!(killed.acknowledged > 0, "writers were at work");
}
