//! The faults are over: everything must drain, and all must hold the same.

use super::world::{World, beginning};
use crate::client::Standing;
use crate::clock;
use crate::proxy::{End, Weather};
use crate::verdict::{Truth, Verdict};
use backlog::api::{SyncAnswer, SyncRequest};
use backlog::{Digest, Epoch, Version};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long it may take: a client that waits for its next attempt waits half of this at most.
const LIMIT: Duration = Duration::from_secs(30);
/// Between two looks.
const PACE: Duration = Duration::from_millis(50);
/// A client that says nothing for so long has ended.
const WORD: Duration = Duration::from_secs(5);

impl World {
    /// Ends the faults of the network and waits until all clients stand where the server stands, or the time is over. Answers
    /// where they stand.
    pub(super) async fn calm_down(&self) -> Vec<Option<Standing>> {
        self.witness.note("calm");
        for proxy in &self.proxies {
            proxy.turn(Weather::Clear);
            proxy.end(End::Silent);
        }
        let end = clock::instant() + LIMIT;
        loop {
            let standings = self.standings().await;
            let near = standings.iter().flatten().find_map(|standing| standing.version);
            let near = near.unwrap_or_else(|| beginning(self.project));
            let head = self.observer.changes(self.project, near).await;
            let together = head.is_ok_and(|head| standings.iter().flatten().all(|at| stands_at(at, &head)));
            if (together && standings.iter().all(Option::is_some)) || clock::instant() > end {
                self.witness.note("looked for the last time");
                return standings;
            }
            sleep(PACE).await;
        }
    }

    /// Where all stand. People see to what needs attention, one thing at each look.
    async fn standings(&self) -> Vec<Option<Standing>> {
        let mut standings = Vec::new();
        for client in &self.clients {
            let client = client.lock().await;
            let standing = match &*client {
                Some(client) => {
                    client.see_to();
                    timeout(WORD, client.standing()).await.ok().flatten()
                }
                None => None,
            };
            standings.push(standing);
        }
        standings
    }

    /// Reads the whole history as someone who comes anew and holds it against what was seen. Answers its length.
    pub(super) async fn judge(&self, standings: &[Option<Standing>], verdict: &mut Verdict) -> usize {
        let whole = SyncRequest {
            full: true,
            ..SyncRequest::default()
        };
        let history = self.observer.changes(self.project, beginning(self.project)).await;
        let whole = self.observer.sync(self.project, &whole, None).await;
        match (history, whole) {
            (Ok(history), Ok(whole)) => {
                let truth = Truth {
                    history,
                    whole,
                    beginning: beginning(self.project),
                    first_name: self.name.clone(),
                };
                verdict.of_history(&truth, &self.witness.seen());
                verdict.of_bases(&truth, &self.witness.seen());
                verdict.of_clients(&truth, standings);
                truth.history.changes.len()
            }
            (history, whole) => {
                let why = format!("the history cannot be read: {:?} {:?}", history.err(), whole.err());
                verdict.unsound.push(why);
                0
            }
        }
    }
}

fn stands_at(standing: &Standing, head: &SyncAnswer) -> bool {
    let at: (Option<Version>, Option<Epoch>, Option<Digest>) = (standing.version, standing.epoch, standing.base);
    at == (Some(head.version()), Some(head.epoch), Some(head.digest))
        && standing.view == standing.base
        && standing.pending.is_empty()
        && standing.overlay == 0
        && standing.lost == 0
}
