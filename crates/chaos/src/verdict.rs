//! What went wrong, judged from the outside: by what clients were given and told, by the history that the server hands to anyone,
//! and by what devices keep. Every finding says which command and why.

use crate::client::Standing;
use crate::witness::{Count, Seen, Story};
use backlog::api::SyncAnswer;
use backlog::{Digest, Mid, Name, Project, Settings, Snapshot, Version};
use replica::{Kept, Loaded, Stage};
use std::collections::HashMap;
use std::fmt;

/// What was found; nothing, where all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Commands that a device kept and that are neither in the history nor refused nor offered to be given again; and changes in the
    /// history that nobody asked for.
    pub lost: Vec<String>,
    /// Commands that took effect more than once.
    pub doubled: Vec<String>,
    /// Clients whose base or view is not what the server has, or whose base at any time was not what the server had at that revision.
    pub divergent: Vec<String>,
    /// Clients that are not at the head, or still wait for the fate of a command.
    pub stuck: Vec<String>,
    /// What `truestory check` complains about, or a history that cannot be read.
    pub unsound: Vec<String>,
}

/// What the server has at the end, as anyone can read it.
#[derive(Debug)]
pub struct Truth {
    /// All changes.
    pub history: SyncAnswer,
    /// The whole project.
    pub whole: SyncAnswer,
    /// The version of the empty project.
    pub beginning: Version,
    /// What the project was called then.
    pub first_name: Name,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.kinds().iter().all(|(_, findings)| findings.is_empty())
    }

    fn kinds(&self) -> [(&'static str, &[String]); 5] {
        [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("divergent", &self.divergent),
            ("stuck", &self.stuck),
            ("unsound", &self.unsound),
        ]
    }

    /// How much of each kind, in few words.
    pub fn counts(&self) -> String {
        let words = self
            .kinds()
            .map(|(kind, findings)| format!("{} {kind}", findings.len()));
        words.join(", ")
    }

    /// Holds the history against what was seen of each command.
    pub fn of_history(&mut self, truth: &Truth, seen: &Seen) {
        let mut at: HashMap<Mid, Vec<u64>> = HashMap::new();
        for recorded in &truth.history.changes {
            at.entry(recorded.mid).or_default().push(recorded.rev);
        }
        for (mid, revs) in &at {
            if revs.len() > 1 {
                self.doubled.push(format!("{mid:?} at {revs:?}"));
            }
            if !seen.commands.contains_key(mid) {
                self.lost.push(format!("{mid:?} at {revs:?} was given by nobody"));
            }
        }
        if truth.history.reset || truth.history.changes.len() as u64 != truth.history.rev {
            self.unsound.push(format!(
                "the history ends at {} and cannot be read from its beginning",
                truth.history.rev
            ));
            return;
        }
        for (mid, story) in seen.commands.iter().filter(|(mid, _)| !at.contains_key(mid)) {
            if let Some(why) = story.missing(truth, Past::of(seen)) {
                self.lost.push(format!(
                    "{mid:?} of client {}: {why}: {:?}",
                    story.client, story.command
                ));
            }
        }
        self.divergent.extend(snapshot_differs(truth));
    }

    /// Holds every base that a client had in the present life of the database against what the server had at that revision.
    pub fn of_bases(&mut self, truth: &Truth, seen: &Seen) {
        let Some(were) = replayed(truth) else {
            self.unsound.push("the history cannot be replayed".to_owned());
            return;
        };
        for base in seen.bases.iter().filter(|base| base.epoch == truth.history.epoch) {
            let rev = usize::try_from(base.version.rev).unwrap_or(usize::MAX);
            let is_of_a_lost_past =
                || Past::of(seen) == Past::Lost && were.get(rev).map(|at| at.0) != Some(base.version);
            if were.get(rev) != Some(&(base.version, base.digest)) && !is_of_a_lost_past() {
                self.divergent
                    .push(format!("a base that the server never had: {base:?}"));
            }
        }
    }

    /// Holds where clients stand against the server.
    pub fn of_clients(&mut self, truth: &Truth, standings: &[Option<Standing>]) {
        let head = &truth.whole;
        for (client, standing) in standings.iter().enumerate() {
            let Some(standing) = standing else {
                self.stuck.push(format!("client {client} has ended"));
                continue;
            };
            let is_at_head = standing.version == Some(head.version()) && standing.epoch == Some(head.epoch);
            if !is_at_head || !standing.pending.is_empty() || standing.overlay > 0 || standing.lost > 0 {
                self.stuck.push(format!(
                    "client {client}, the head being {}: {standing:?}",
                    head.version()
                ));
            } else if standing.base != Some(head.digest) || standing.view != Some(head.digest) {
                self.divergent.push(format!(
                    "client {client}, the digest being {:?}: {standing:?}",
                    head.digest
                ));
            }
        }
    }

    /// Looks for what devices keep and no client knew of.
    pub fn of_devices(&mut self, devices: &[(usize, Loaded)], seen: &Seen) {
        for (client, loaded) in devices {
            let waits = |kept: &&Kept| kept.stage == Stage::Pending;
            for kept in loaded.kept.iter().filter(waits) {
                self.stuck
                    .push(format!("the device of client {client} still keeps {:?}", kept.mid));
            }
            for kept in loaded.kept.iter().filter(|kept| !seen.commands.contains_key(&kept.mid)) {
                self.lost.push(format!(
                    "the device of client {client} keeps {:?}, given by nobody",
                    kept.mid
                ));
            }
        }
    }
}

/// Whether a disk lost what it had confirmed, so that the server had revisions in this epoch that nobody can read any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Past {
    Whole,
    Lost,
}

impl Past {
    fn of(seen: &Seen) -> Past {
        match seen.counts.contains_key(&Count::Losses) {
            true => Past::Lost,
            false => Past::Whole,
        }
    }
}

impl Story {
    /// Why it must not be missing from the history.
    fn missing(&self, truth: &Truth, past: Past) -> Option<String> {
        let now = truth.history.epoch;
        let confirmed = self.confirmed.iter().find(|(epoch, _)| *epoch == now);
        match confirmed {
            // Sent again to a server that had lost it, a command may meet what it does not go on.
            Some(_) if past == Past::Lost && self.refused => None,
            Some((_, rev)) => Some(format!("confirmed at {rev} in this life of the database, and gone")),
            None if !self.kept || self.refused || self.offered => None,
            None => Some(format!(
                "kept, confirmed {:?}, neither refused nor offered again",
                self.confirmed
            )),
        }
    }
}

/// The version and the digest at each revision from 0.
fn replayed(truth: &Truth) -> Option<Vec<(Version, Digest)>> {
    let snapshot = truth.whole.snapshot.as_ref()?;
    // A project begins with the usual settings, and nobody says that it began on another day.
    let (name, settings) = (truth.first_name.clone(), Settings::new(snapshot.settings.started_on));
    let mut project = Project::read(Snapshot::of_nothing(name, settings));
    let mut were = vec![(truth.beginning, project.digest())];
    for recorded in &truth.history.changes {
        project.apply(&recorded.change, recorded.hand()).ok()?;
        were.push((recorded.version(), project.digest()));
    }
    Some(were)
}

/// Whether the stories that the server hands out are not those that it counts.
fn snapshot_differs(truth: &Truth) -> Option<String> {
    let Some(snapshot) = &truth.whole.snapshot else {
        return Some("the server hands out no project".to_owned());
    };
    let digest = Project::read((**snapshot).clone()).digest();
    (digest != truth.whole.digest).then(|| format!("the server says {:?} and hands out {digest:?}", truth.whole.digest))
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.counts())?;
        for (kind, findings) in self.kinds() {
            findings
                .iter()
                .try_for_each(|finding| writeln!(f, "{kind}: {finding}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
