//! What the device keeps for this page: what comes from it, what is on its way to it, and when the base is written. Knows
//! no storage. Where the device fails, all goes on in memory, and the page says so.

use super::after::Then;
use super::draft::Draft;
use super::drafts::Restored;
use super::msg::{DeviceEffect, DeviceMsg, DraftKey, Effect, FromDevice, Keeping, Now};
use super::scene::Notice;
use super::{Behind, Board};
use backlog::{Mid, Version};
use replica::{Input, Loaded};
use std::cmp::Reverse;

/// A base that changes without pause is written after so many ticks, five minutes.
const MOST_TICKS_UNSAVED: u32 = 20;

/// What is known of the device.
#[derive(Debug, Default)]
pub struct Device {
    /// What the visitor wishes.
    pub keeping: Keeping,
    /// Whether it could not do what it was told to.
    pub failed: bool,
    /// Own commands on their way to it, and what follows when it holds them.
    pub waiting: Vec<(Mid, Then)>,
    reading: Reading,
    base: BaseOnDevice,
    saving: Option<Version>,
    // Whether it was ever told of a base: the first one is not waited with.
    has_base: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    Idle,
    UnderWay,
    /// Something was written since: what is read may be old, and is read again.
    Outrun,
}

/// How far the device is behind the base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BaseOnDevice {
    #[default]
    Written,
    Behind {
        /// Since so many ticks.
        ticks: u32,
        /// Whether the base has been the same since the last tick.
        quiet: bool,
    },
}

impl Device {
    /// A device of which the visitor wishes that.
    pub fn new(keeping: Keeping) -> Device {
        Device {
            keeping,
            ..Device::default()
        }
    }

    /// Where what is kept is, for all that is known.
    pub fn place(&self) -> Keeping {
        if self.failed { Keeping::Page } else { self.keeping }
    }

    /// Whether it is not being asked.
    pub fn is_idle(&self) -> bool {
        self.reading == Reading::Idle
    }

    /// It is asked what it keeps.
    pub fn asked(&mut self) {
        self.reading = Reading::UnderWay;
    }

    /// It is told to write own commands.
    pub fn told(&mut self) {
        if self.reading == Reading::UnderWay {
            self.reading = Reading::Outrun;
        }
    }

    /// The base is another one.
    pub fn base_moved(&mut self) {
        let ticks = match self.base {
            BaseOnDevice::Written => 0,
            BaseOnDevice::Behind { ticks, .. } => ticks,
        };
        self.base = BaseOnDevice::Behind { ticks, quiet: false };
    }

    /// Some seconds went by. Whether the base is to be written.
    fn ticked(&mut self) -> bool {
        match self.base {
            BaseOnDevice::Written => false,
            BaseOnDevice::Behind { ticks, quiet } if quiet || ticks + 1 >= MOST_TICKS_UNSAVED => self.due(),
            BaseOnDevice::Behind { ticks, .. } => {
                self.base = BaseOnDevice::Behind {
                    ticks: ticks + 1,
                    quiet: true,
                };
                false
            }
        }
    }

    fn due(&mut self) -> bool {
        std::mem::replace(&mut self.base, BaseOnDevice::Written) != BaseOnDevice::Written
    }
}

impl Board {
    pub(super) fn device_told(&mut self, msg: DeviceMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            DeviceMsg::Read(read) => self.device_read(*read, now, out),
            DeviceMsg::Kept(mid) => self.kept(mid, now, out),
            DeviceMsg::BaseSaved(version) => self.base_saved(version, now, out),
            DeviceMsg::DraftWritten(key, edition) => self.drafts.written(key, edition),
            DeviceMsg::Failed(why) => self.device_failed(&why, out),
            DeviceMsg::Changed => self.device_changed(out),
            DeviceMsg::Surveyed(elsewhere) => self.surveyed(elsewhere, now, out),
        }
    }

    /// Asks for what the device keeps for the visitor.
    pub(super) fn load(&mut self, out: &mut Vec<Effect>) {
        if let Some(account) = self.account {
            self.device.asked();
            out.push(DeviceEffect::Load(account).into());
        }
    }

    /// Another page may have written own commands.
    pub(super) fn device_changed(&mut self, out: &mut Vec<Effect>) {
        match self.device.reading {
            Reading::Idle if self.replica.is_loaded() => {
                self.device.reading = Reading::UnderWay;
                out.push(DeviceEffect::ReadOwn.into());
            }
            Reading::Idle => {}
            Reading::UnderWay | Reading::Outrun => self.device.reading = Reading::Outrun,
        }
    }

    fn device_read(&mut self, read: FromDevice, now: Now, out: &mut Vec<Effect>) {
        if self.account != Some(read.account) {
            return;
        }
        let first = !self.replica.is_loaded();
        if !first && self.device.place() == Keeping::Page {
            // What is on this page alone is not gone because the device has nothing of it.
            self.device.reading = Reading::Idle;
            return;
        }
        if std::mem::take(&mut self.device.reading) == Reading::Outrun {
            self.device.reading = Reading::UnderWay;
            out.push(DeviceEffect::ReadOwn.into());
            if !first {
                return;
            }
        }
        if let Some((_, at)) = &read.saved {
            self.device.has_base = true;
            self.fresh_at = self.fresh_at.max(Some(*at));
        }
        let mut unreadable = if first { read.unreadable } else { 0 };
        unreadable += self.restore_drafts(read.drafts, out);
        let loaded = Loaded {
            saved: read.saved.map(|(saved, _)| saved),
            kept: read.kept,
        };
        let pending = self.replica.pending().count();
        self.tell(Input::Loaded(loaded), now, out);
        // Another page did something since.
        if self.replica.pending().count() > pending {
            self.toast_is_over();
        }
        self.tell_unreadable(unreadable, out);
        // A base that the device gave is there already.
        if first {
            self.device.base = BaseOnDevice::Written;
        }
        out.push(Effect::Render);
    }

    /// Takes over the drafts that the device kept, the latest of a story into its form. Answers how many cannot be read.
    fn restore_drafts(&mut self, mut drafts: Vec<(DraftKey, String)>, out: &mut Vec<Effect>) -> usize {
        let typed_at = |text: &str| Draft::from_text(text).map(|(_, at)| at);
        drafts.sort_by_cached_key(|(key, text)| (Reverse(typed_at(text)), *key));
        let mut unreadable = 0;
        for (key, text) in drafts {
            match self.drafts.restore(key, &text) {
                Restored::InForm => {}
                Restored::Unreadable => unreadable += 1,
                Restored::Beside(title, words) => {
                    let of = title.map_or_else(|| "a new story".to_owned(), |title| format!("“{title}”"));
                    let notice = Notice {
                        what: format!("On another page something else was typed in {of} and not saved."),
                        kept: Some(words),
                        draft: Some(key),
                        deleted: None,
                    };
                    self.notify_of(notice, out);
                }
            }
        }
        unreadable
    }

    fn tell_unreadable(&mut self, texts: usize, out: &mut Vec<Effect>) {
        let what = match texts {
            0 => return,
            1 => "1 change kept on this device is of a later version of this page; reload.".to_owned(),
            texts => format!("{texts} changes kept on this device are of a later version of this page; reload."),
        };
        self.notify(what, None, out);
    }

    /// The device holds a command: it shows, and what waited for it follows, in one render.
    fn kept(&mut self, mid: Mid, now: Now, out: &mut Vec<Effect>) {
        let place = self.device.waiting.iter().position(|(waiting, _)| *waiting == mid);
        let then = place.map(|place| self.device.waiting.remove(place).1);
        self.behind = Behind::Layout;
        self.tell(Input::Kept(mid), now, out);
        let next = then.map(|then| self.close_for(then));
        self.catch_up(now, out);
        if let Some(next) = next {
            self.go_on((mid, next), now, out);
        }
    }

    fn base_saved(&mut self, version: Version, now: Now, out: &mut Vec<Effect>) {
        if self.device.saving == Some(version) {
            self.device.saving = None;
            self.tell(Input::Saved(version), now, out);
        }
    }

    /// The replica wants its base written.
    pub(super) fn save(&mut self, saved: Box<replica::Saved>, now: Now, out: &mut Vec<Effect>) {
        self.device.saving = Some(saved.version);
        self.device.has_base = true;
        out.push(DeviceEffect::Save(saved, self.fresh_at.unwrap_or(now.at)).into());
    }

    fn device_failed(&mut self, why: &str, out: &mut Vec<Effect>) {
        if std::mem::replace(&mut self.device.failed, true) {
            return;
        }
        let what = format!(
            "This browser does not keep changes: {why}. They are on this page only until the server has them, so leave it \
             open until then."
        );
        self.notify(what, None, out);
    }

    pub(super) fn typing_paused(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.tell_found(out);
        out.extend(self.drafts.due(self.present).into_iter().map(Effect::Device));
        if !self.device.has_base && self.device.due() {
            self.tell(Input::SaveDue, now, out);
        }
    }

    pub(super) fn hidden(&mut self, now: Now, out: &mut Vec<Effect>) {
        out.extend(self.drafts.due(self.present).into_iter().map(Effect::Device));
        if self.device.due() {
            self.tell(Input::SaveDue, now, out);
        }
    }

    pub(super) fn device_ticked(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.device.ticked() {
            self.tell(Input::SaveDue, now, out);
        }
    }
}
