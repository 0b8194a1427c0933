//! What occurred, counted: a fault that never happens and a recovery that is never needed prove nothing.

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by its word in the report")]
pub enum Counter {
    Commands,
    Undone,
    RefusedAtOnce,
    Poison,
    Broken,
    Kills,
    KillsInBatch,
    KillsAfterCommit,
    PowerLosses,
    RevisionsLost,
    Restores,
    Compactions,
    Removals,
    Admissions,
    Recasts,
    Demotions,
    Offline,
    Sleeps,
    Reloads,
    TabCrashes,
    WritesLost,
    DeviceCrashes,
    SecondTabs,
    ProfilesCopied,
    ClockJumps,
    SocketsCut,
    HalfOpen,
    SlowDisks,
    EventsDropped,
    EventsDoubled,
    EventsDelayed,
    BareEvents,
    EventsGarbled,
    DigestsHealed,
    RequestsLost,
    RequestsDoubled,
    AnswersLost,
    AnswersLate,
    GapSyncs,
    Resets,
    Snapshots,
    Repeated,
    Repushed,
    Refused,
    Lost,
    Unreadable,
    Failing,
    Dismissed,
    AppliedAgain,
    Overwritten,
    ForbiddenRequests,
    NotAllowed,
    WriterTooLate,
    AnswersWithheld,
    PagesWiped,
    SubscriptionsEnded,
    TabsTold,
    BeaconSyncs,
}

impl Counter {
    /// All of them with the words of the report.
    pub const ALL: [(Counter, &'static str); 58] = [
        (Counter::Commands, "commands given"),
        (Counter::Undone, "undone"),
        (Counter::RefusedAtOnce, "refused at once"),
        (Counter::Poison, "unreadable requests"),
        (Counter::Broken, "requests that the server failed at"),
        (Counter::Kills, "server kills"),
        (Counter::KillsInBatch, "kills in a batch"),
        (Counter::KillsAfterCommit, "kills after a commit"),
        (Counter::PowerLosses, "power losses"),
        (Counter::RevisionsLost, "revisions lost by the disk"),
        (Counter::Restores, "restores"),
        (Counter::Compactions, "compactions"),
        (Counter::Removals, "people removed"),
        (Counter::Admissions, "people let in or back in"),
        (Counter::Recasts, "roles changed"),
        (Counter::Demotions, "roles made less"),
        (Counter::Offline, "devices offline"),
        (Counter::Sleeps, "devices asleep"),
        (Counter::Reloads, "reloads"),
        (Counter::TabCrashes, "tab crashes"),
        (Counter::WritesLost, "writes lost by a crash"),
        (Counter::DeviceCrashes, "device crashes"),
        (Counter::SecondTabs, "second tabs"),
        (Counter::ProfilesCopied, "profiles copied"),
        (Counter::ClockJumps, "clock jumps"),
        (Counter::SocketsCut, "sockets cut"),
        (Counter::HalfOpen, "sockets half open"),
        (Counter::SlowDisks, "slow disks"),
        (Counter::EventsDropped, "events dropped"),
        (Counter::EventsDoubled, "events doubled"),
        (Counter::EventsDelayed, "events delayed"),
        (Counter::BareEvents, "bare events"),
        (Counter::EventsGarbled, "events garbled"),
        (Counter::DigestsHealed, "copies healed by the digest"),
        (Counter::RequestsLost, "requests lost"),
        (Counter::RequestsDoubled, "requests doubled"),
        (Counter::AnswersLost, "answers lost"),
        (Counter::AnswersLate, "answers late"),
        (Counter::GapSyncs, "syncs after a gap"),
        (Counter::Resets, "resets"),
        (Counter::Snapshots, "full snapshots"),
        (Counter::Repeated, "mutations asked again"),
        (Counter::Repushed, "lost and pushed again"),
        (Counter::Refused, "refused into the tray"),
        (Counter::Lost, "lost offers in the tray"),
        (Counter::Unreadable, "unreadable in the tray"),
        (Counter::Failing, "failed at and in the tray"),
        (Counter::Dismissed, "dismissed"),
        (Counter::AppliedAgain, "applied again"),
        (Counter::Overwritten, "told of being overwritten"),
        (Counter::ForbiddenRequests, "requests forbidden"),
        (Counter::NotAllowed, "commands that the role did not allow"),
        (Counter::WriterTooLate, "removed before the writer came to it"),
        (Counter::AnswersWithheld, "removed before the answer was read"),
        (Counter::PagesWiped, "pages wiped"),
        (Counter::SubscriptionsEnded, "subscriptions ended"),
        (Counter::TabsTold, "tabs told by another"),
        (Counter::BeaconSyncs, "syncs after a beacon"),
    ];
}

/// The counts.
#[derive(Clone, Debug)]
pub struct Counters([u64; Counter::ALL.len()]);

impl Default for Counters {
    fn default() -> Counters {
        Counters([0; Counter::ALL.len()])
    }
}

impl Counters {
    pub(crate) fn add(&mut self, counter: Counter, count: u64) {
        self.0[counter as usize] += count;
    }

    /// Adds the counts of another run.
    pub fn merge(&mut self, other: &Counters) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    /// How often something occurred.
    pub fn get(&self, counter: Counter) -> u64 {
        self.0[counter as usize]
    }
}
