//! All webhooks: whose turn it is, and what is to be written down. Pure: it takes what happened and when, and answers what to do.
//!
//! Each webhook is sent one change at a time, in order; so many at once are under way, and each goes to the back of the queue after
//! its turn, so that whoever is slow delays no other. How far they got is written down at most once a second, for a repeated
//! delivery does less harm than a write for each.

use super::course::Course;
use crate::store::Progress;
use backlog::id::Bits128;
use backlog::{Millis, ProjectId, Recorded};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many webhooks have their turn at once. Each holds a connection of this process, of which there are not many.
const AT_ONCE: usize = 128;
/// Milliseconds between two writes of how far webhooks got.
const KEEP_EVERY: i64 = 1_000;

/// What happened.
#[derive(Debug)]
pub(super) enum Input {
    /// There is a webhook of that project.
    Made(ProjectId, Progress),
    /// It is gone.
    Removed(Bits128),
    /// Something was recorded in a project.
    Recorded(ProjectId),
    /// Something may have been recorded in any of them.
    Missed,
    /// The change that was looked for; none where there is none yet.
    Found(Bits128, Option<Box<Recorded>>),
    /// The store did not say.
    Unread(Bits128),
    /// A change was taken.
    Taken(Bits128),
    /// A change was not taken, for a reason in words.
    Refused(Bits128, String),
    /// What was to be written down is on disk.
    Kept,
    /// What was to be written down is not.
    Unkept,
    /// The server stops: nothing more goes out.
    EndingBegan,
    /// The time that [`Rounds::poll_timeout`] named has come.
    TimePassed,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// Look for the change after that revision; then [`Input::Found`] or [`Input::Unread`].
    Find {
        webhook: Bits128,
        project: ProjectId,
        after: u64,
    },
    /// Post it; then [`Input::Taken`] or [`Input::Refused`].
    Post { webhook: Bits128, change: Box<Recorded> },
    /// Write it down; then [`Input::Kept`] or [`Input::Unkept`].
    Keep(Vec<Progress>),
}

/// All webhooks.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    courses: BTreeMap<Bits128, Course>,
    /// Who waits for a turn, in order.
    queue: VecDeque<Bits128>,
    under_way: usize,
    /// Whose progress is not on disk.
    changed: BTreeSet<Bits128>,
    keeping: Keeping,
    pace: Pace,
    outputs: VecDeque<Output>,
}

#[derive(Debug, Default)]
enum Keeping {
    #[default]
    Ready,
    /// Of those.
    UnderWay(Vec<Bits128>),
    Resting {
        until: Millis,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pace {
    #[default]
    Running,
    Ending,
}

impl Rounds {
    /// Takes what happened at this moment.
    pub(super) fn handle(&mut self, input: Input, now: Millis) {
        match input {
            Input::Made(project, progress) => {
                // One that was made while the server started may be told of twice.
                let course = self.courses.entry(progress.webhook);
                course.or_insert_with(|| Course::new(project, progress));
            }
            Input::Removed(webhook) => {
                self.courses.remove(&webhook);
                self.changed.remove(&webhook);
            }
            Input::Recorded(project) => self.wake(|course| course.project == project),
            Input::Missed => self.wake(|_| true),
            Input::Found(webhook, found) => self.found(webhook, found, now),
            Input::Unread(webhook) => self.answered(webhook, |course| course.unread(now)),
            Input::Taken(webhook) => {
                self.answered(webhook, |course| course.taken(now));
                self.note(webhook);
            }
            Input::Refused(webhook, reason) => {
                self.answered(webhook, |course| course.refused(&reason, now));
                self.note(webhook);
            }
            Input::Kept => self.keeping = rest(now),
            Input::Unkept => self.unkept(now),
            Input::EndingBegan => self.pace = Pace::Ending,
            Input::TimePassed => {}
        }
        self.give_turns(now);
        self.keep(now);
    }

    /// What to do next.
    pub(super) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to hand in [`Input::TimePassed`], if nothing else happens before. Coming early or late does no harm.
    pub(super) fn poll_timeout(&self) -> Option<Millis> {
        let courses = self.courses.values().filter_map(Course::due);
        let rest = match self.keeping {
            Keeping::Resting { until } if !self.changed.is_empty() => Some(until),
            Keeping::Resting { .. } | Keeping::Ready | Keeping::UnderWay(_) => None,
        };
        courses.chain(rest).min()
    }

    /// Whether everything that is known is on disk.
    pub(super) fn is_settled(&self) -> bool {
        self.changed.is_empty() && !matches!(self.keeping, Keeping::UnderWay(_))
    }

    fn wake(&mut self, whom: impl Fn(&Course) -> bool) {
        let courses = self.courses.values_mut();
        courses.filter(|course| whom(course)).for_each(Course::woken);
    }

    fn found(&mut self, webhook: Bits128, found: Option<Box<Recorded>>, now: Millis) {
        self.under_way = self.under_way.saturating_sub(1);
        // One that was removed meanwhile gets nothing more.
        let Some(course) = self.courses.get_mut(&webhook) else {
            return;
        };
        match (found, self.pace) {
            (None, _) => course.found_nothing(now),
            (Some(_), Pace::Ending) => {}
            (Some(change), Pace::Running) => {
                course.posting(change.rev);
                self.under_way += 1;
                self.outputs.push_back(Output::Post { webhook, change });
            }
        }
    }

    fn answered(&mut self, webhook: Bits128, then: impl FnOnce(&mut Course)) {
        self.under_way = self.under_way.saturating_sub(1);
        if let Some(course) = self.courses.get_mut(&webhook) {
            then(course);
        }
    }

    fn note(&mut self, webhook: Bits128) {
        if self.courses.contains_key(&webhook) {
            self.changed.insert(webhook);
        }
    }

    fn give_turns(&mut self, now: Millis) {
        if self.pace == Pace::Ending {
            return;
        }
        for (webhook, course) in &mut self.courses {
            if course.queues(now) {
                self.queue.push_back(*webhook);
            }
        }
        while self.under_way < AT_ONCE {
            let Some(webhook) = self.queue.pop_front() else { return };
            let Some(course) = self.courses.get_mut(&webhook) else {
                continue;
            };
            self.under_way += 1;
            self.outputs.push_back(Output::Find {
                webhook,
                project: course.project,
                after: course.finding(),
            });
        }
    }

    fn keep(&mut self, now: Millis) {
        let is_time = match self.keeping {
            Keeping::Ready => true,
            Keeping::UnderWay(_) => false,
            Keeping::Resting { until } => until <= now || self.pace == Pace::Ending,
        };
        if !is_time || self.changed.is_empty() {
            return;
        }
        let whose: Vec<Bits128> = std::mem::take(&mut self.changed).into_iter().collect();
        let courses = whose.iter().filter_map(|webhook| self.courses.get(webhook));
        let progress = courses.map(|course| course.progress.clone()).collect();
        self.keeping = Keeping::UnderWay(whose);
        self.outputs.push_back(Output::Keep(progress));
    }

    fn unkept(&mut self, now: Millis) {
        if let Keeping::UnderWay(whose) = std::mem::replace(&mut self.keeping, rest(now))
            && self.pace == Pace::Running
        {
            let still_there = whose.into_iter().filter(|webhook| self.courses.contains_key(webhook));
            self.changed.extend(still_there);
        }
    }
}

fn rest(now: Millis) -> Keeping {
    Keeping::Resting {
        until: Millis(now.0 + KEEP_EVERY),
    }
}
