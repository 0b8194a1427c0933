//! What the channel tells, and the only rule.

use crate::copy::Copy;
use crate::own::{Held, Own, Stage};
use crate::request::{MAX_HEARD, UnderWay, Want};
use crate::rule::Rule;
use crate::{Output, Replica, Write};
use backlog::api::{Bare, Beacon};
use backlog::{Epoch, Recorded, Version};

/// What the only rule made of a change.
pub(crate) enum Taken {
    /// It followed, and the base holds it.
    Applied,
    /// The base held it already.
    Known,
    /// It does not follow.
    NotNow,
}

impl Replica {
    pub(crate) fn change_heard(&mut self, recorded: Recorded, out: &mut Vec<Output>) {
        if let Some(UnderWay::Everything { heard, .. }) = &mut self.under_way
            && heard.len() < MAX_HEARD
        {
            heard.push(recorded.clone());
        }
        if let Taken::Applied = self.take(&recorded) {
            self.show(vec![recorded], out);
        }
    }

    pub(crate) fn bare_heard(&mut self, bare: Bare) {
        if self.version().is_none_or(|version| bare.rev > version.rev) {
            self.wish(Want::Changes);
        }
    }

    pub(crate) fn beacon_heard(&mut self, beacon: Beacon) {
        let Some(copy) = &self.copy else {
            return self.wish(Want::Changes);
        };
        let version = Version {
            rev: beacon.rev,
            hash: beacon.hash,
        };
        if version == copy.version() {
            if copy.differs(beacon.digest) {
                self.wish(Want::Everything);
            }
        } else if !copy.has_passed(version) {
            self.wish(Want::Changes);
        }
        // A version that was passed was sent before a change that is here already. One that is neither here nor passed is
        // ahead, or of a server that was put back.
    }

    /// The only rule, for one change.
    pub(crate) fn take(&mut self, recorded: &Recorded) -> Taken {
        let Some(head) = self.version() else {
            self.wish(Want::Changes);
            return Taken::NotNow;
        };
        if recorded.rev <= head.rev && self.keeps(Rule::Duplicates) {
            return Taken::Known;
        }
        if recorded.prev != head.hash && self.keeps(Rule::against(recorded.rev, head.rev)) {
            self.wish(Want::Changes);
            return Taken::NotNow;
        }
        let advanced = self.copy.as_mut().map(|copy| copy.advance(recorded));
        if advanced.is_none_or(|advanced| advanced.is_err()) {
            self.wish(Want::Everything);
            return Taken::NotNow;
        }
        Taken::Applied
    }

    /// Brings the view up to a base that took these changes.
    pub(crate) fn show(&mut self, taken: Vec<Recorded>, out: &mut Vec<Output>) {
        let Some((epoch, was_bare)) = self.copy.as_ref().map(|copy| (copy.epoch(), copy.is_bare())) else {
            return;
        };
        let mut words_only = taken.iter().all(|recorded| recorded.change.keeps_plan());
        let mut foreign = Vec::new();
        let mut writes = Vec::new();
        for recorded in &taken {
            if self.own.get(recorded.mid).is_some() {
                writes.extend(self.confirm(recorded, epoch));
            } else {
                foreign.push(recorded.clone());
            }
        }
        // The base has passed the revision of a confirmed command without it: the server must say where it is.
        let head = self.version().map_or(0, |version| version.rev);
        let is_missing =
            |own: &Own| own.is_doubtful() && matches!(own.kept.stage, Stage::Confirmed { rev, .. } if rev <= head);
        if self.own.iter().any(is_missing) {
            self.wish(Want::Changes);
        }
        if let Some(copy) = &mut self.copy {
            let bare = was_bare && self.own.over().next().is_none();
            let followed = bare && copy.follow(&taken).is_ok();
            if !followed {
                copy.replay(self.own.over());
            }
            words_only &= followed;
        }
        out.extend((!writes.is_empty()).then_some(Output::Write(writes)));
        out.push(if words_only {
            Output::WordsChanged
        } else {
            Output::ViewChanged
        });
        for recorded in foreign {
            let overwritten = self.overwritten_by(&recorded).into_iter().map(Box::new);
            out.extend(overwritten.map(Output::Overwritten));
            out.push(Output::Applied(Box::new(recorded)));
        }
    }

    /// The base holds an own command.
    fn confirm(&mut self, recorded: &Recorded, epoch: Epoch) -> Option<Write> {
        let own = self.own.get_mut(recorded.mid)?;
        let stage = Stage::Confirmed {
            rev: recorded.rev,
            epoch,
        };
        own.held = Held::Yes;
        (std::mem::replace(&mut own.kept.stage, stage.clone()) != stage).then(|| Write::Put(Box::new(own.kept.clone())))
    }

    /// Whether the copy has been at a version, as far as it remembers.
    pub(crate) fn has_passed(&self, version: Version) -> bool {
        self.copy.as_ref().is_some_and(|copy: &Copy| copy.has_passed(version))
    }
}
