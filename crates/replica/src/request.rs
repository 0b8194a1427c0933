//! What to ask the server for. One request is under way at a time; what is wished meanwhile goes with the next one.

use crate::{Output, Replica};
use backlog::api::{MAX_ASKED, MAX_BODY, MAX_COMMANDS, Sent, SyncRequest, to_json};
use backlog::{Mid, Version};

/// How much of the project is wanted; the larger wish wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Want {
    #[default]
    Nothing,
    Changes,
    Everything,
}

/// What the request under way holds.
#[derive(Debug)]
pub(crate) struct UnderWay {
    /// Mutation ids whose fate the answer tells.
    pub(crate) asked: Vec<Mid>,
    /// Those of them whose commands went along.
    pub(crate) sent: Vec<Mid>,
}

// Leaves room in the body for what stands around the commands.
const MAX_COMMAND_BYTES: usize = MAX_BODY - 64 * 1024;

impl Replica {
    pub(crate) fn wish(&mut self, want: Want) {
        self.want = self.want.max(want);
    }

    pub(crate) fn sync_if_wished(&mut self, outputs: &mut Vec<Output>) {
        if self.under_way.is_some() || self.want == Want::Nothing {
            return;
        }
        let full = self.want == Want::Everything || self.copy.is_none();
        self.want = Want::Nothing;
        let commands = self.commands_to_send();
        let sent: Vec<Mid> = commands.iter().map(|sent| sent.mid).collect();
        let ask: Vec<Mid> = match full {
            true => self
                .overlay
                .iter()
                .map(|pending| pending.mid)
                .skip(sent.len())
                .take(MAX_ASKED)
                .collect(),
            false => Vec::new(),
        };
        self.under_way = Some(UnderWay {
            asked: sent.iter().chain(&ask).copied().collect(),
            sent,
        });
        let since = self.version().filter(|_| !full);
        outputs.push(Output::Sync(SyncRequest {
            since,
            commands,
            ask,
            full,
        }));
    }

    /// The longest beginning of the queue that one request may carry, and at least one command.
    fn commands_to_send(&self) -> Vec<Sent> {
        let most = if self.one_by_one { 1 } else { MAX_COMMANDS };
        let base = self.version().map_or(0, |version: Version| version.rev);
        let mut bytes = 0;
        let mut commands = Vec::new();
        for pending in self.overlay.iter().take(most) {
            let sent = Sent {
                mid: pending.mid,
                base,
                command: pending.command.clone(),
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
