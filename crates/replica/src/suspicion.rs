//! A command at which the server fails. It must not hold up the others for ever, and a server that fails at everything must not
//! be taken for one that fails at a command: after each failure a request without commands shows which of both it is.

use crate::own::Stage;
use crate::refusal::Refusal;
use crate::request::{UnderWay, Want};
use crate::{Output, Replica, Write};
use backlog::Mid;

/// So many failures at one command, each with the server well right after it, are the command's.
const MOST_FAILURES: u32 = 3;

/// What is suspected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Suspicion {
    #[default]
    None,
    /// The server failed at this command so many times; the next request shows whether it is well without it.
    Tested { mid: Mid, failures: u32 },
    /// It was well without it. The command goes once more.
    Founded { mid: Mid, failures: u32 },
}

impl Suspicion {
    /// Whether the next request goes without commands.
    pub(crate) fn is_tested(self) -> bool {
        match self {
            Suspicion::Tested { .. } => true,
            Suspicion::None | Suspicion::Founded { .. } => false,
        }
    }

    fn failures_at(self, suspect: Mid) -> u32 {
        match self {
            Suspicion::Tested { mid, failures } | Suspicion::Founded { mid, failures } if mid == suspect => failures,
            Suspicion::None | Suspicion::Tested { .. } | Suspicion::Founded { .. } => 0,
        }
    }
}

impl Replica {
    pub(crate) fn sync_broke(&mut self) {
        let Some(UnderWay::Changes { sent }) = self.under_way.take() else {
            return;
        };
        self.suspicion = match sent.as_slice() {
            // It fails without them too.
            [] => Suspicion::None,
            [mid] => Suspicion::Tested {
                mid: *mid,
                failures: self.suspicion.failures_at(*mid) + 1,
            },
            _ => {
                self.one_by_one = true;
                self.suspicion
            }
        };
    }

    /// The server answered a request with these commands.
    pub(crate) fn clear_suspicion(&mut self, sent: &[Mid], out: &mut Vec<Output>) {
        match self.suspicion {
            Suspicion::Tested { mid, failures } if sent.is_empty() => {
                self.suspicion = Suspicion::Founded { mid, failures };
                if failures >= MOST_FAILURES {
                    self.suspicion = Suspicion::None;
                    self.refuse(mid, Refusal::Failing, out);
                }
                self.wish(Want::Changes);
            }
            Suspicion::None | Suspicion::Tested { .. } | Suspicion::Founded { .. } => {
                self.suspicion = Suspicion::None;
                self.one_by_one = false;
            }
        }
    }

    /// Takes a command out of what one sees and leaves it to the person.
    pub(crate) fn refuse(&mut self, mid: Mid, why: Refusal, out: &mut Vec<Output>) {
        if let Some(own) = self.own.get_mut(mid) {
            own.kept.stage = Stage::Refused(why);
            out.push(Output::Write(vec![Write::Put(Box::new(own.kept.clone()))]));
            out.push(Output::NeedsAttention(mid));
            self.replay(out);
        }
    }
}
