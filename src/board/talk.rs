//! Talking to the server: what the replica wants sent, what came back, what the channel told.

use super::connection::Channel;
use super::msg::{Effect, Failure, Now};
use super::write::kept_text;
use super::{Behind, Board};
use backlog::api::{Beacon, Heard, Session, SyncAnswer};
use replica::{Input, Output};

impl Board {
    pub(super) fn session_opened(&mut self, session: Session, now: Now, out: &mut Vec<Effect>) {
        let first = self.session.is_none();
        self.session = Some(session);
        self.name_draft = None;
        if first {
            self.tell(Input::Woke, now, out);
        }
        out.push(Effect::Render);
    }

    pub(super) fn sync_answered(&mut self, answer: Box<SyncAnswer>, now: Now, out: &mut Vec<Effect>) {
        self.connection.answered();
        self.tell(Input::SyncAnswered(answer), now, out);
        out.push(Effect::Render);
    }

    pub(super) fn sync_failed(&mut self, failure: Failure, now: Now, out: &mut Vec<Effect>) {
        match failure {
            Failure::NoProject => {
                self.missing = true;
                self.connection.answered();
            }
            Failure::Refused(why) => {
                self.connection.answered();
                self.tell(Input::SyncRefused(why), now, out);
            }
            Failure::NoSession => {
                self.session = None;
                self.tell(Input::SyncFailed, now, out);
                self.wait(now, out);
            }
            Failure::Unreachable | Failure::Busy => {
                self.tell(Input::SyncFailed, now, out);
                self.wait(now, out);
            }
        }
        out.push(Effect::Render);
    }

    fn wait(&mut self, now: Now, out: &mut Vec<Effect>) {
        out.extend(self.connection.failed(now.random[0]).map(Effect::RetryAfter));
    }

    pub(super) fn retry_due(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.connection.retry_due();
        self.wake(now, out);
    }

    pub(super) fn wake(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.missing {
            return;
        }
        match self.session {
            Some(_) => self.tell(Input::Woke, now, out),
            None => out.push(Effect::OpenSession),
        }
    }

    pub(super) fn ticked(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.connection.ticked() {
            self.wake(now, out);
        }
        self.toast_ticked(out);
        let next_day = self.layout.as_ref().is_some_and(|layout| layout.today != now.at.day());
        if next_day || !self.news.is_empty() {
            self.news.clear();
            self.lay_out(now, out);
        }
    }

    pub(super) fn channel_changed(&mut self, channel: Channel, now: Now, out: &mut Vec<Effect>) {
        // Subscribed first, then synced: what happened before the subscription is fetched, what happens after it is heard.
        // Where the channel is lost, the question is whether the server is lost too.
        let news = self.connection.channel_is(channel);
        if news || channel == Channel::Live {
            self.wake(now, out);
        }
        out.push(Effect::Render);
    }

    pub(super) fn change_heard(&mut self, heard: Heard, now: Now, out: &mut Vec<Effect>) {
        let input = match heard {
            Heard::Change(recorded) => Input::ChangeHeard(recorded),
            Heard::Bare(bare) => Input::BareHeard(bare),
        };
        self.tell(input, now, out);
    }

    pub(super) fn beacon_heard(&mut self, beacon: Beacon, now: Now, out: &mut Vec<Effect>) {
        self.tell(Input::BeaconHeard(beacon), now, out);
    }

    fn fall_behind(&mut self, behind: Behind, out: &mut Vec<Effect>) {
        if self.behind == Behind::Nothing {
            out.push(Effect::AwaitFrame);
        }
        self.behind = self.behind.max(behind);
    }

    /// Shows what has waited for the frame.
    pub(super) fn catch_up(&mut self, now: Now, out: &mut Vec<Effect>) {
        match self.behind {
            Behind::Nothing => {}
            Behind::Words => self.after_words_changed(out),
            Behind::Layout => self.after_view_changed(now, out),
        }
    }

    /// Hands the replica what happened. What it shows of others waits for the next frame, so that a burst of events is
    /// drawn once.
    fn tell(&mut self, input: Input, now: Now, out: &mut Vec<Effect>) {
        for output in self.replica.handle(input) {
            match output {
                Output::Sync(request) => out.push(Effect::Sync(request)),
                Output::ViewChanged if self.layout.is_none() => self.after_view_changed(now, out),
                Output::ViewChanged => self.fall_behind(Behind::Layout, out),
                Output::WordsChanged => self.fall_behind(Behind::Words, out),
                Output::Applied(recorded) => {
                    for id in recorded.change.stories() {
                        self.news.insert(id, recorded.actor.name.clone());
                    }
                }
                Output::Rejected { command, reason } => {
                    self.notify(reason.to_string(), kept_text(&command), out);
                }
            }
        }
    }
}
