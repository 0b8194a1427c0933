//! What to ask the server for. One request is under way at a time; what is wished meanwhile goes with the next one.

use crate::own::{Own, Stage};
use crate::{Output, Replica};
use backlog::api::{MAX_ASKED, MAX_BODY, MAX_COMMANDS, Sent, SyncRequest, to_json};
use backlog::{Mid, Recorded};

/// How much of the project is wanted; the larger wish wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Want {
    #[default]
    Nothing,
    Changes,
    Everything,
}

/// The request under way.
#[derive(Debug)]
pub(crate) enum UnderWay {
    /// Own commands go out, changes come in.
    Changes {
        /// Mutation ids of the commands that went along.
        sent: Vec<Mid>,
    },
    /// The whole project comes in.
    Everything {
        /// Mutation ids whose fate the answer tells.
        asked: Vec<Mid>,
        /// Changes heard meanwhile: they may follow on the answer.
        heard: Vec<Recorded>,
    },
}

/// The most changes heard during a request for everything that are kept for its answer. Whoever hears more syncs once more.
pub(crate) const MAX_HEARD: usize = 1_000;

/// The most commands that a request asks after besides those that it carries; they share the body with them.
const MAX_DOUBTED: usize = 1_000;

// Leaves room in the body for what stands around the commands.
const MAX_COMMAND_BYTES: usize = MAX_BODY - 64 * 1024;

impl Replica {
    pub(crate) fn wish(&mut self, want: Want) {
        self.want = self.want.max(want);
    }

    pub(crate) fn sync_if_wished(&mut self, outputs: &mut Vec<Output>) {
        if !self.loaded || self.under_way.is_some() || self.want == Want::Nothing {
            return;
        }
        let full = self.want == Want::Everything || self.copy.is_none();
        self.want = Want::Nothing;
        let request = if full {
            self.ask_for_everything()
        } else {
            self.ask_for_changes()
        };
        outputs.push(Output::Sync(request));
    }

    fn ask_for_changes(&mut self) -> SyncRequest {
        let commands = self.commands_to_send();
        self.under_way = Some(UnderWay::Changes {
            sent: commands.iter().map(|sent| sent.mid).collect(),
        });
        SyncRequest {
            since: self.version(),
            commands,
            ask: self.doubtful(),
            ..SyncRequest::default()
        }
    }

    // Commands wait: a snapshot shows the effect of a command without its mutation id, so that first the fate of every own
    // one must be known.
    fn ask_for_everything(&mut self) -> SyncRequest {
        let ask: Vec<Mid> = self
            .own
            .iter()
            .filter(|own| has_a_fate(own))
            .map(|own| own.kept.mid)
            .take(MAX_ASKED)
            .collect();
        self.under_way = Some(UnderWay::Everything {
            asked: ask.clone(),
            heard: Vec::new(),
        });
        SyncRequest {
            ask,
            full: true,
            ..SyncRequest::default()
        }
    }

    /// Confirmed commands that the base is not known to hold.
    fn doubtful(&self) -> Vec<Mid> {
        let doubtful = self.own.iter().filter(|own| own.is_doubtful());
        doubtful.map(|own| own.kept.mid).take(MAX_DOUBTED).collect()
    }

    /// The longest beginning of the queue that one request may carry, and at least one command.
    fn commands_to_send(&self) -> Vec<Sent> {
        let most = match (self.suspicion.is_tested(), self.one_by_one) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => MAX_COMMANDS,
        };
        let mut bytes = 0;
        let mut commands = Vec::new();
        for own in self.own.iter().filter(|own| own.is_to_send()).take(most) {
            let sent = Sent {
                mid: own.kept.mid,
                base: own.kept.base,
                command: own.kept.command.clone(),
            };
            bytes += to_json(&sent).len();
            if bytes > MAX_COMMAND_BYTES && !commands.is_empty() {
                break;
            }
            commands.push(sent);
        }
        commands
    }
}

/// Whether the server's word on it matters to a copy that begins anew.
pub(crate) fn has_a_fate(own: &Own) -> bool {
    match own.kept.stage {
        Stage::Pending | Stage::Confirmed { .. } => true,
        Stage::Refused(_) | Stage::Lost => false,
    }
}
