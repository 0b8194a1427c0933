//! One webhook: how far it has got, and what it waits for. Knows no other webhook, no network and no clock.

use crate::store::Progress;
use backlog::{Millis, ProjectId};

/// The pause after the first failure, in milliseconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 2_000;
/// The longest pause, in milliseconds: a quarter of an hour.
const LONGEST_PAUSE: i64 = 15 * 60_000;
/// What nobody took for so long, in milliseconds, is tried no more: 24 hours.
const GIVE_UP_AFTER: i64 = 24 * 3_600_000;
/// The history is looked at after so many milliseconds, should nobody have told of a change: five minutes.
const LOOK_EVERY: i64 = 5 * 60_000;
/// The pause after the store failed, in milliseconds.
const STORE_PAUSE: i64 = 10_000;
/// The most characters of a reason that are kept.
const MOST_OF_REASON: usize = 300;

/// How one webhook is doing.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) project: ProjectId,
    pub(super) progress: Progress,
    stage: Stage,
    /// The pause after the next failure.
    pause: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It has everything, as far as is known.
    Idle { look_at: Millis },
    /// It wants a turn.
    Due,
    /// It waits for its turn.
    Queued,
    /// The next change is looked for.
    Finding,
    /// The next change is looked for, and another one was told of since.
    FindingAgain,
    /// That revision is under way to it.
    Posting { rev: u64 },
    /// The next try has its time.
    Pausing { until: Millis },
    /// It is tried no more.
    GivenUp,
}

impl Course {
    /// A webhook that may have missed something.
    pub(super) fn new(project: ProjectId, progress: Progress) -> Course {
        let stage = if progress.given_up { Stage::GivenUp } else { Stage::Due };
        Course {
            project,
            progress,
            stage,
            pause: FIRST_PAUSE,
        }
    }

    /// Something was recorded in its project.
    pub(super) fn woken(&mut self) {
        self.stage = match self.stage {
            Stage::Idle { .. } => Stage::Due,
            Stage::Finding => Stage::FindingAgain,
            // All of these look for the next change before they rest; a failing receiver is not hurried.
            Stage::Due
            | Stage::Queued
            | Stage::FindingAgain
            | Stage::Posting { .. }
            | Stage::Pausing { .. }
            | Stage::GivenUp => self.stage,
        };
    }

    /// When time alone will move it.
    pub(super) fn due(&self) -> Option<Millis> {
        match self.stage {
            Stage::Idle { look_at: at } | Stage::Pausing { until: at } => Some(at),
            Stage::Due
            | Stage::Queued
            | Stage::Finding
            | Stage::FindingAgain
            | Stage::Posting { .. }
            | Stage::GivenUp => None,
        }
    }

    /// Whether it is to be put into the queue by now. Says so once.
    pub(super) fn queues(&mut self, now: Millis) -> bool {
        let wants = self.stage == Stage::Due || self.due().is_some_and(|at| at <= now);
        if wants {
            self.stage = Stage::Queued;
        }
        wants
    }

    /// It has its turn: answers the revision after which to look for the next change.
    pub(super) fn finding(&mut self) -> u64 {
        self.stage = Stage::Finding;
        self.progress.delivered
    }

    /// The next change is there and goes out.
    pub(super) fn posting(&mut self, rev: u64) {
        self.stage = Stage::Posting { rev };
    }

    /// There is no further change.
    pub(super) fn found_nothing(&mut self, now: Millis) {
        self.stage = match self.stage {
            Stage::FindingAgain => Stage::Due,
            Stage::Finding
            | Stage::Idle { .. }
            | Stage::Due
            | Stage::Queued
            | Stage::Posting { .. }
            | Stage::Pausing { .. }
            | Stage::GivenUp => Stage::Idle {
                look_at: Millis(now.0 + LOOK_EVERY),
            },
        };
    }

    /// The store could not say whether there is one.
    pub(super) fn unread(&mut self, now: Millis) {
        self.stage = Stage::Pausing {
            until: Millis(now.0 + STORE_PAUSE),
        };
    }

    /// What was under way was taken.
    pub(super) fn taken(&mut self, now: Millis) {
        let Stage::Posting { rev } = self.stage else { return };
        self.progress.delivered = rev;
        self.progress.failing_since = None;
        self.progress.last = Some(format!("Revision {rev} was taken on {}.", moment(now)));
        self.pause = FIRST_PAUSE;
        self.stage = Stage::Due;
    }

    /// What was under way was not taken.
    pub(super) fn refused(&mut self, reason: &str, now: Millis) {
        let Stage::Posting { rev } = self.stage else { return };
        let reason: String = reason.chars().take(MOST_OF_REASON).collect();
        let since = *self.progress.failing_since.get_or_insert(now);
        let last_try = Millis(since.0 + GIVE_UP_AFTER);
        if now >= last_try {
            self.progress.given_up = true;
            self.progress.last = Some(format!(
                "Given up on {}: for a day revision {rev} was not taken; the last reason: {reason}. Make the webhook anew.",
                moment(now)
            ));
            self.stage = Stage::GivenUp;
            return;
        }
        self.progress.last = Some(format!(
            "Revision {rev} was not taken on {}: {reason}. It is tried again until {}.",
            moment(now),
            moment(last_try)
        ));
        self.stage = Stage::Pausing {
            until: Millis(now.0 + self.pause).min(last_try),
        };
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
    }
}

/// A moment for people, to the minute.
fn moment(at: Millis) -> String {
    match jiff::Timestamp::from_millisecond(at.0) {
        Ok(at) => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        // Nobody's clock stands there.
        Err(_) => "an unknown day".to_owned(),
    }
}
