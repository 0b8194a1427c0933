//! Talking to the server: what the replica wants sent, what came back, what the channel told.

use super::connection::Channel;
use super::msg::{DeviceEffect, Effect, Failure, Now};
use super::write::kept_text;
use super::{Behind, Board};
use backlog::api::{Beacon, Heard, SyncAnswer, SyncRequest};
use backlog::{Change, Version};
use replica::{Input, Output};

/// After so long without a tick, in milliseconds, the page has slept: they come every 15 seconds.
const LONGEST_TICK: i64 = 30_000;

impl Board {
    pub(super) fn sync_answered(&mut self, answer: Box<SyncAnswer>, now: Now, out: &mut Vec<Effect>) {
        self.connection.answered();
        self.fresh_at = Some(now.at);
        self.markdown.try_again();
        let before = self.replica.role();
        self.tell(Input::SyncAnswered(answer), now, out);
        self.role_follows(before, out);
        self.leave_if_flushed(out);
        out.push(Effect::Render);
    }

    pub(super) fn sync_failed(&mut self, failure: Failure, now: Now, out: &mut Vec<Effect>) {
        match failure {
            Failure::NoProject => {
                self.missing = true;
                self.connection.answered();
            }
            Failure::Removed => {
                self.connection.answered();
                self.removed(out);
            }
            Failure::Refused(why) => {
                self.connection.answered();
                self.tell(Input::SyncRefused(why), now, out);
            }
            Failure::NoSession => {
                self.session = None;
                self.tell(Input::SyncFailed, now, out);
                // Who is here is asked at once, but not over and over.
                match self.connection.has_failed() {
                    true => self.wait(now, out),
                    false => out.push(Effect::OpenSession),
                }
            }
            Failure::Outdated => {
                self.tell(Input::SyncFailed, now, out);
                self.wait(now, out);
                self.connection.outdated();
            }
            Failure::Broke => {
                self.tell(Input::SyncBroke, now, out);
                self.wait(now, out);
                self.connection.broke();
            }
            Failure::Unreachable | Failure::Busy => {
                self.tell(Input::SyncFailed, now, out);
                self.wait(now, out);
            }
        }
        out.push(Effect::Render);
    }

    /// Sends a request, and doubts the server where it does not answer soon.
    pub(super) fn send(&mut self, request: SyncRequest, out: &mut Vec<Effect>) {
        let by = self.account;
        out.push(Effect::Sync(SyncRequest { by, ..request }));
        out.push(Effect::ExpectAnswer(self.connection.asked()));
    }

    pub(super) fn answer_overdue(&mut self, request: u32, out: &mut Vec<Effect>) {
        if self.connection.overdue(request) {
            out.push(Effect::Render);
        }
    }

    pub(super) fn wait(&mut self, now: Now, out: &mut Vec<Effect>) {
        out.extend(self.connection.failed(now.random[0]).map(Effect::RetryAfter));
    }

    pub(super) fn retry_due(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.connection.retry_due();
        self.wake(now, out);
    }

    pub(super) fn wake(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.missing || self.removal.is_some() {
            return;
        }
        match self.session {
            Some(_) => self.tell(Input::Woke, now, out),
            None => out.push(Effect::OpenSession),
        }
    }

    /// The page came back to life.
    pub(super) fn woke(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.removal.is_some() {
            return;
        }
        if self.replica.is_loaded() {
            self.device_changed(out);
        } else if self.device.is_idle() {
            self.load(out);
        }
        self.wake(now, out);
    }

    pub(super) fn ticked(&mut self, now: Now, out: &mut Vec<Effect>) {
        let before = self.last_tick.replace(now.at);
        if before.is_some_and(|before| now.at.0 - before.0 > LONGEST_TICK) {
            out.push(Effect::CheckChannel);
            self.woke(now, out);
        } else if self.connection.is_silent(now.at) {
            out.push(Effect::CheckChannel);
            self.wake(now, out);
        } else if self.connection.ticked() {
            self.wake(now, out);
        }
        self.device_ticked(now, out);
        self.toast_ticked(out);
        let next_day = self
            .layout
            .as_ref()
            .is_some_and(|layout| layout.today != self.today(now));
        if next_day || !self.news.is_empty() {
            self.news.clear();
            self.lay_out(now, out);
        }
    }

    pub(super) fn channel_changed(&mut self, channel: Channel, now: Now, out: &mut Vec<Effect>) {
        // Subscribed first, then synced: what happened before the subscription is fetched, what happens after it is heard.
        // Where the channel is lost, the question is whether the server is lost too.
        self.connection.heard(now.at);
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
        self.connection.heard(now.at);
        let before = self.replica.version();
        self.tell(input, now, out);
        if self.replica.version() != before {
            self.fresh_at = Some(now.at);
        }
    }

    pub(super) fn beacon_heard(&mut self, beacon: Beacon, now: Now, out: &mut Vec<Effect>) {
        self.connection.heard(now.at);
        self.tell(Input::BeaconHeard(beacon), now, out);
        let version = Version {
            rev: beacon.rev,
            hash: beacon.hash,
        };
        if self.replica.version() == Some(version) {
            self.fresh_at = Some(now.at);
        }
    }

    fn fall_behind(&mut self, behind: Behind, out: &mut Vec<Effect>) {
        if self.behind == Behind::Nothing {
            out.push(Effect::AwaitFrame);
        }
        self.behind = self.behind.max(behind);
    }

    /// What one may do is different now: what is offered is drawn anew, and the device is to know it.
    fn role_changed(&mut self, out: &mut Vec<Effect>) {
        self.device.base_moved();
        if self.layout.is_some() {
            self.fall_behind(Behind::Layout, out);
        }
    }

    /// Shows what has waited for the frame.
    pub(super) fn catch_up(&mut self, now: Now, out: &mut Vec<Effect>) {
        match self.behind {
            Behind::Nothing => {}
            Behind::Words if !self.search.is_on() => self.after_words_changed(out),
            // Other words may be found, or not be any more.
            Behind::Words | Behind::Layout => self.after_view_changed(now, out),
        }
    }

    /// Hands the replica what happened. What it shows of others waits for the next frame, so that a burst of events is
    /// drawn once.
    pub(super) fn tell(&mut self, input: Input, now: Now, out: &mut Vec<Effect>) {
        let before = self.replica.version();
        for output in self.replica.handle(input) {
            self.carry_out(output, now, out);
        }
        if self.replica.version() != before {
            self.device.base_moved();
            if before.is_none() {
                // A first base is written soon, but not before the page is drawn.
                out.push(Effect::AwaitPause);
            }
        }
    }

    pub(super) fn carry_out(&mut self, output: Output, now: Now, out: &mut Vec<Effect>) {
        match output {
            // Until the server has said who is here, nothing is sent in anyone's name.
            Output::Sync(request) if self.session.is_none() => self.held = Some(request),
            Output::Sync(request) => self.send(request, out),
            Output::Keep(kept) => {
                self.device.told();
                out.push(DeviceEffect::Keep(kept).into());
            }
            Output::Write(writes) => {
                self.device.told();
                out.push(DeviceEffect::Write(writes).into());
            }
            Output::Save(saved) => self.save(saved, now, out),
            Output::ViewChanged if self.layout.is_none() => self.after_view_changed(now, out),
            Output::ViewChanged => self.fall_behind(Behind::Layout, out),
            Output::WordsChanged => self.fall_behind(Behind::Words, out),
            Output::RoleChanged => self.role_changed(out),
            Output::Applied(recorded) => {
                self.history_hears(&recorded);
                self.settings_hear(&recorded);
                self.epics_hear(&recorded, out);
                // Where everything is new a mark on each says nothing.
                if !matches!(recorded.change, Change::StoriesImported(_)) {
                    for id in recorded.change.stories() {
                        self.news.insert(id, recorded.actor.name.clone());
                    }
                }
            }
            Output::Overwritten(overwritten) => self.tell_overwritten(&overwritten, out),
            Output::Rejected { command, reason } => self.notify(reason.to_string(), kept_text(&command), out),
            Output::NeedsAttention(mid) => self.tell_attention(mid, out),
        }
    }
}
