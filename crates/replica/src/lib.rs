//! A verified copy of one project, with the own commands laid over it.
//!
//! The copy is a **base** (what the server is known to have had at one revision) and an **overlay** (own commands that the
//! base does not hold yet). What one sees is the overlay replayed on the base, by the same `decide` and `apply` as the
//! server's.
//!
//! **The only rule:** a change is applied if and only if its `prev` is the base's hash. A revision that the base has is
//! skipped. Everything else means: sync. That one rule covers gaps, duplicates, reordering, forks and a server that was
//! rolled back.
//!
//! | what must hold | where |
//! |---|---|
//! | a command is on the device before it is shown or sent | [`Output::Keep`], [`Input::Kept`] |
//! | it leaves the overlay when the base holds its mutation id, never because a request succeeded | `own.rs`, `Replica::show` |
//! | outcomes count only where the answer is on the copy's own chain | `answer.rs` |
//! | a snapshot becomes the base only where the fate of every own command was asked | `answer.rs` |
//! | what a server lost is sent again; what a restored server lacks is offered to the person | `Replica::settle` |
//! | a command that the server cannot read or fails at stops no other | `Replica::sync_refused`, `suspicion.rs` |
//! | a refused command stays, whole, until a person throws it away | [`Stage::Refused`], [`Input::Dismissed`] |
//! | whoever was overwritten without having been seen is told | `overwritten.rs` |
//! | what one's role does not allow is refused here already; the server has the last word | `role.rs` |
//!
//! Knows no socket, no clock, no storage: it is handed what happened and answers what to do.
#![forbid(unsafe_code)]

mod answer;
mod copy;
mod heard;
mod overwritten;
mod own;
mod refusal;
mod request;
mod role;
mod rule;
mod saved;
mod suspicion;
mod undo;

use backlog::api::{Bare, Beacon, SyncAnswer, SyncRequest};
use backlog::undo::inverse;
use backlog::{Actor, Command, Epoch, Hand, Mid, Millis, Project, Recorded, Role, Version};
use copy::{Copy, carry_out};
use own::{Held, Own, OwnCommands};
use request::{UnderWay, Want};
#[cfg(not(feature = "defects"))]
use rule::Rule;
use std::borrow::Cow;
use suspicion::Suspicion;

pub use overwritten::{Field, Overwritten};
pub use own::{JOURNAL, Kept, MAX_PENDING, Stage, Unreadable};
pub use refusal::Refusal;
#[cfg(feature = "defects")]
pub use rule::Rule;
pub use saved::Saved;
pub use undo::{NotUndone, Undo};

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// The device told what it keeps. Comes once before all else, and again whenever another page of the same device may
    /// have written.
    Loaded(Loaded),
    /// The person in front of this copy gave a command.
    Commanded(Box<Given>),
    /// The device holds the command that it was told to keep.
    Kept(Mid),
    /// A realtime event brought a change.
    ChangeHeard(Box<Recorded>),
    /// A realtime event told of a change too large to be in it.
    BareHeard(Bare),
    /// A beacon told where the server is.
    BeaconHeard(Beacon),
    /// The server answered the sync that was asked for.
    SyncAnswered(Box<SyncAnswer>),
    /// The sync that was asked for did not come through; nothing is known of its effect. Say `Woke` when it is time to
    /// try again.
    SyncFailed,
    /// The server answered the sync that was asked for with a failure of its own; nothing is known of its effect. Say `Woke`
    /// when it is time to try again.
    SyncBroke,
    /// The server could not make sense of the sync that was asked for and would not of the same one again; it says why.
    SyncRefused(String),
    /// Something may have been missed: subscribed anew, woken, back online, or simply some time gone by.
    Woke,
    /// It is a good moment to write the base to the device.
    SaveDue,
    /// The device holds a base of this version.
    Saved(Version),
    /// The device was wiped: it holds no base, whatever it held before.
    Wiped,
    /// The person threw a command away that needed attention.
    Dismissed(Mid),
}

/// What a device keeps of a project.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The base, where one was saved.
    pub saved: Option<Box<Saved>>,
    /// The own commands, in any order.
    pub kept: Vec<Kept>,
}

/// A command as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its mutation id: 128 fresh random bits.
    pub mid: Mid,
    /// The command.
    pub command: Command,
    /// Who gives it.
    pub by: Actor,
    /// When.
    pub at: Millis,
    /// The own command that it takes back.
    pub undoes: Option<Mid>,
    /// The command needing attention that it takes the place of.
    pub replaces: Option<Mid>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Write this to the device, so that it outlives a crash, and answer with `Kept`.
    Keep(Box<Kept>),
    /// Write these to the device when convenient.
    Write(Vec<Write>),
    /// Write this base to the device when convenient, and answer with `Saved`.
    Save(Box<Saved>),
    /// Send this to the server and answer with `SyncAnswered`, `SyncFailed`, `SyncBroke` or `SyncRefused`. One is under way at a time.
    Sync(SyncRequest),
    /// What one sees is different now: another project altogether, for all that one had pointed into it.
    ViewChanged,
    /// Words of what one sees are different now; order, plan and slots are the same.
    WordsChanged,
    /// What one may do is different now, or known for the first time: [`Replica::role`] says what one is. The base is to be
    /// written anew when it is a good moment.
    RoleChanged,
    /// The server accepted a change of someone else, and the view holds it.
    Applied(Box<Recorded>),
    /// Someone who had not seen an own change set the same field after it.
    Overwritten(Box<Overwritten>),
    /// An own command does not go on what one sees. It was not kept and is not shown.
    Rejected {
        /// The command, whole, so that nothing that someone typed is lost.
        command: Command,
        /// Why.
        reason: Refusal,
    },
    /// An own command was refused or lost by the server. The device keeps it until a person has seen to it.
    NeedsAttention(Mid),
}

/// What to write to the device.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Keep this in place of what is kept under its mutation id.
    Put(Box<Kept>),
    /// Keep nothing under this mutation id.
    Remove(Mid),
}

/// A verified copy of one project.
#[derive(Debug, Default)]
pub struct Replica {
    loaded: bool,
    copy: Option<Copy>,
    own: OwnCommands,
    want: Want,
    under_way: Option<UnderWay>,
    // Set when a request was refused: its commands go one by one, so that one that cannot be read stops no other.
    one_by_one: bool,
    suspicion: Suspicion,
    // Set when the server answered a request that followed on its own snapshot with a reset: asking on at once would never
    // end.
    was_reset: bool,
    saved: Option<Version>,
    // What one is in the project, as the server last said, and what the base said of it that was last written.
    role: Option<Role>,
    role_written: Option<Role>,
    replacing: Vec<(Mid, Mid)>,
    #[cfg(feature = "defects")]
    broken: Option<Rule>,
}

impl Replica {
    /// A copy that holds nothing yet. `Loaded` and then `Woke` make it ask for the project.
    pub fn new() -> Replica {
        Replica::default()
    }

    /// What one sees; none before the first base.
    pub fn view(&self) -> Option<&Project> {
        self.copy.as_ref().map(Copy::view)
    }

    /// The verified beginning of what one sees.
    pub fn base(&self) -> Option<&Project> {
        self.copy.as_ref().map(Copy::base)
    }

    /// The version that the base is at.
    pub fn version(&self) -> Option<Version> {
        self.copy.as_ref().map(Copy::version)
    }

    /// The life of the server's database that the base is of.
    pub fn epoch(&self) -> Option<Epoch> {
        self.copy.as_ref().map(Copy::epoch)
    }

    /// What one is in the project, as the server last said or the device remembers; none where neither has said it yet.
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// Whether the device has told what it keeps.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Own commands whose fate the server has not told, in order, those too that the device does not hold yet.
    pub fn pending(&self) -> impl Iterator<Item = &Kept> {
        let kept = self.own.iter().map(|own| &own.kept);
        kept.filter(|kept| kept.stage == Stage::Pending)
    }

    /// Own commands that one sees laid over the base, in order; one that does not go on it shows nothing.
    pub fn overlay(&self) -> impl Iterator<Item = &Kept> {
        self.own.over()
    }

    /// Own commands that a person must see to, in order.
    pub fn attention(&self) -> impl Iterator<Item = &Kept> {
        let kept = self.own.iter().map(|own| &own.kept);
        kept.filter(|kept| kept.stage.needs_attention())
    }

    /// What is kept of an own command.
    pub fn kept(&self, mid: Mid) -> Option<&Kept> {
        self.own.get(mid).map(|own| &own.kept)
    }

    /// Takes what happened; says what to do, in order.
    pub fn handle(&mut self, input: Input) -> Vec<Output> {
        let mut outputs = Vec::new();
        let out = &mut outputs;
        match input {
            Input::Loaded(loaded) => self.loaded(loaded, out),
            Input::Commanded(given) => self.commanded(*given, out),
            Input::Kept(mid) => self.kept_by_device(mid, out),
            Input::ChangeHeard(recorded) => self.change_heard(*recorded, out),
            Input::BareHeard(bare) => self.bare_heard(bare),
            Input::BeaconHeard(beacon) => self.beacon_heard(beacon),
            Input::SyncAnswered(answer) => self.sync_answered(*answer, out),
            // Asking again at once would only fail again.
            Input::SyncFailed => {
                self.under_way = None;
                return outputs;
            }
            Input::SyncBroke => {
                self.sync_broke();
                return outputs;
            }
            Input::SyncRefused(why) => self.sync_refused(why, out),
            Input::Woke => self.wish(Want::Changes),
            Input::SaveDue => self.save(out),
            Input::Saved(version) => self.base_saved(version, out),
            Input::Wiped => self.saved = None,
            Input::Dismissed(mid) => self.dismiss(mid, out),
        }
        self.sync_if_wished(&mut outputs);
        outputs
    }

    fn loaded(&mut self, loaded: Loaded, out: &mut Vec<Output>) {
        if self.copy.is_none()
            && let Some(saved) = loaded.saved
        {
            let role = saved.role;
            if let Some(copy) = Copy::of_saved(*saved) {
                self.saved = Some(copy.version());
                self.copy = Some(copy);
                self.remember_role(role);
            }
        }
        let first = !std::mem::replace(&mut self.loaded, true);
        let changed = self.take_over(loaded.kept, out);
        if first || changed {
            self.wish(Want::Changes);
            self.replay(out);
        }
    }

    /// Takes over what other pages of the device wrote. Whether anything was news.
    fn take_over(&mut self, kept: Vec<Kept>, out: &mut Vec<Output>) -> bool {
        let there: std::collections::HashSet<Mid> = kept.iter().map(|kept| kept.mid).collect();
        // What a person threw away on another page is gone here too. What waits for the server stays, whatever the device
        // forgot.
        let before = self.own.iter().count();
        self.own
            .retain(|own| !own.kept.stage.needs_attention() || !own.written || there.contains(&own.kept.mid));
        let mut changed = self.own.iter().count() != before;
        for kept in kept {
            match self.own.get_mut(kept.mid) {
                None => {
                    changed = true;
                    self.take_in(kept, out);
                }
                // Refused is refused for good. That it was confirmed, the own base says.
                Some(own) if kept.stage.needs_attention() && own.kept.stage == Stage::Pending => {
                    changed = true;
                    own.kept = kept;
                }
                // A page that knew less wrote after one that knew more: what is known here is written again, once. The own
                // word may just be on its way, and pages that answer each other at every sight of it would write without end.
                Some(own) if own.knows_more_than(&kept) && own.overruled.as_deref() != Some(&kept) => {
                    own.overruled = Some(Box::new(kept));
                    out.push(Output::Write(vec![Write::Put(Box::new(own.kept.clone()))]));
                }
                Some(_) => {}
            }
        }
        changed
    }

    fn take_in(&mut self, mut kept: Kept, out: &mut Vec<Output>) {
        let copy = self.copy.as_ref();
        if kept.stage == Stage::Pending
            && let Some((rev, epoch)) = copy.and_then(|copy| Some((copy.holds(kept.mid)?, copy.epoch())))
        {
            kept.stage = Stage::Confirmed { rev, epoch };
            out.push(Output::Write(vec![Write::Put(Box::new(kept.clone()))]));
        }
        let held = copy.map_or(Held::No, |copy| copy.judge(&kept));
        self.own.insert(Own {
            kept,
            written: true,
            held,
            overruled: None,
        });
    }

    fn commanded(&mut self, given: Given, out: &mut Vec<Output>) {
        let Given {
            mid,
            command,
            by,
            at,
            undoes,
            replaces,
        } = given;
        let at = self.own.next_at(at);
        let undo = match self.judge(&command, Hand { by: &by, at }) {
            Ok(undo) => undo,
            Err(reason) => return out.push(Output::Rejected { command, reason }),
        };
        let kept = Kept {
            mid,
            by,
            at,
            base: self.version().map_or(0, |version| version.rev),
            on: self.version(),
            undo,
            command,
            undoes,
            stage: Stage::Pending,
        };
        self.replacing.extend(replaces.map(|old| (mid, old)));
        self.own.insert(Own {
            kept: kept.clone(),
            written: false,
            held: Held::No,
            overruled: None,
        });
        out.push(Output::Keep(Box::new(kept)));
    }

    /// What takes a command back, if it goes on what one will see.
    fn judge(&self, command: &Command, hand: Hand) -> Result<Vec<Command>, Refusal> {
        if self.pending().count() >= MAX_PENDING {
            return Err(Refusal::TooMany);
        }
        // Of a project that nobody has seen yet nothing is known.
        let Some(project) = self.ahead() else {
            return Ok(Vec::new());
        };
        let allowed = self.allows(command, &project, hand.by.id);
        let decided = allowed.and_then(|()| project.decide(command, hand));
        decided.map_err(Refusal::Rejected)?;
        Ok(inverse(&project, command, hand.by))
    }

    /// What one will see once the device has written what it was told to keep.
    fn ahead(&self) -> Option<Cow<'_, Project>> {
        let view = self.view()?;
        let mut unwritten = self.own.iter().filter(|own| !own.written).peekable();
        if unwritten.peek().is_none() {
            return Some(Cow::Borrowed(view));
        }
        let mut project = view.clone();
        for own in unwritten {
            let _unseen = carry_out(&mut project, &own.kept);
        }
        Some(Cow::Owned(project))
    }

    fn kept_by_device(&mut self, mid: Mid, out: &mut Vec<Output>) {
        let last = self.own.iter().rfind(|own| own.is_over()).map(|own| own.kept.at);
        let Some(own) = self.own.get_mut(mid).filter(|own| !own.written) else {
            return;
        };
        own.written = true;
        if own.is_over() {
            match &mut self.copy {
                Some(copy) if last.is_none_or(|last| last < own.kept.at) => {
                    copy.lay_over(&own.kept);
                    out.push(Output::ViewChanged);
                }
                Some(_) => self.replay(out),
                None => {}
            }
        }
        if let Some(place) = self.replacing.iter().position(|(by, _)| *by == mid) {
            let (_, old) = self.replacing.swap_remove(place);
            self.dismiss(old, out);
        }
        self.wish(Want::Changes);
    }

    fn dismiss(&mut self, mid: Mid, out: &mut Vec<Output>) {
        if self.own.get(mid).is_some_and(|own| own.kept.stage.needs_attention()) {
            self.own.remove(mid);
            out.push(Output::Write(vec![Write::Remove(mid)]));
        }
    }

    fn save(&mut self, out: &mut Vec<Output>) {
        let is_written = |copy: &Copy| self.saved == Some(copy.version()) && self.role_written == self.role;
        if let Some(copy) = self.copy.as_ref().filter(|copy| !is_written(copy)) {
            out.push(Output::Save(Box::new(copy.save(self.role))));
            self.role_written = self.role;
        }
    }

    fn base_saved(&mut self, version: Version, out: &mut Vec<Output>) {
        self.saved = Some(version);
        let journal = if self.keeps(Rule::Journal) { JOURNAL } else { 0 };
        let gone = self.own.trim(version.rev, journal);
        if !gone.is_empty() {
            out.push(Output::Write(gone.into_iter().map(Write::Remove).collect()));
        }
    }

    /// Makes the view anew.
    fn replay(&mut self, out: &mut Vec<Output>) {
        if let Some(copy) = &mut self.copy {
            copy.replay(self.own.over());
            out.push(Output::ViewChanged);
        }
    }
}

#[cfg(test)]
mod tests;
