//! The device in the driver's hands: carries out what the board wants of it, and turns what comes back into messages.
//! Whatever fails is answered all the same, and told.

mod left;

use crate::board::msg::{
    AccountMsg, DeviceEffect, DeviceMsg, DraftKey, Elsewhere, FromDevice, Keeping, Msg, PageId, Remembered,
};
use crate::board::sheet::Panels;
use crate::services::alive;
use crate::services::device::remembered::{self, Allowed};
use crate::services::device::{self, DATABASE, Device, DeviceError, Shelf, Texts};
use crate::services::route;
use crate::services::tabs::{Tabs, Word};
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, StoryId};
use replica::Write;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// What the browser remembers of earlier visits.
pub fn remembered() -> Remembered {
    Remembered {
        account: remembered::account(),
        name: remembered::name(),
        keeping: match remembered::allowed() {
            Allowed::Yes => Keeping::Device,
            Allowed::No => Keeping::Page,
        },
        page: PageId(alive::own().0),
        panels: remembered::panels().map_or_else(Panels::default, |keys| Panels::of_keys(keys.split(' '))),
    }
}

/// Remembers which columns are shown.
pub fn remember(panels: Panels) {
    let keys: Vec<&str> = panels.keys().collect();
    remembered::remember_panels(&keys.join(" "));
}

/// The device, for whoever is here.
pub struct DeviceHand {
    project: ProjectId,
    dispatch: Callback<Msg>,
    tabs: Rc<Tabs>,
    // None until someone is here.
    account: Option<ActorId>,
    // None while it may keep nothing.
    device: Option<Rc<Device>>,
    keeping: Keeping,
    asked_to_persist: Rc<Cell<bool>>,
}

impl DeviceHand {
    /// A device of which is told through `dispatch`.
    pub fn new(project: ProjectId, dispatch: &Callback<Msg>) -> DeviceHand {
        let told = dispatch.clone();
        let heard = move |word| match word {
            Word::Wrote(account, of) if of == project && remembered::account() == Some(account) => {
                told.emit(Msg::Device(DeviceMsg::Changed));
            }
            Word::Wrote(..) => {}
            Word::Gone(account, of) if of == project => {
                told.emit(Msg::Account(AccountMsg::RemovedElsewhere(account)));
            }
            Word::Gone(..) => {}
            Word::Left(account) => told.emit(Msg::Account(AccountMsg::SignedOutElsewhere(account))),
            Word::Visitor(_) => {
                told.emit(Msg::Account(AccountMsg::VisitorChanged));
                told.emit(Msg::Account(AccountMsg::KeepingHeard(remembered().keeping)));
            }
        };
        DeviceHand {
            project,
            dispatch: dispatch.clone(),
            tabs: Rc::new(Tabs::listen(heard)),
            account: None,
            device: None,
            keeping: remembered().keeping,
            asked_to_persist: Rc::default(),
        }
    }

    /// Carries out what the board wants.
    pub fn carry_out(&mut self, effect: DeviceEffect) {
        match effect {
            DeviceEffect::Load(account) => self.load(account),
            DeviceEffect::ReadOwn => self.read(|device| async move { device.own().await }),
            DeviceEffect::Keep(kept) => {
                let answer = DeviceMsg::Kept(kept.mid);
                self.write_own(vec![Write::Put(kept)], Some(answer));
            }
            DeviceEffect::Write(writes) => self.write_own(writes, None),
            DeviceEffect::Save(saved, at) => {
                let answer = DeviceMsg::BaseSaved(saved.version);
                self.write(Some(answer), move |device| async move { device.save(&saved, at).await });
            }
            DeviceEffect::PutDraft { key, edition, text } => {
                let answer = DeviceMsg::DraftWritten(key, edition);
                self.write_draft(key, Some(text), Some(answer));
            }
            DeviceEffect::RemoveDraft(key) => self.write_draft(key, None, None),
            DeviceEffect::Survey => self.survey(),
            DeviceEffect::Sign(name) => {
                if self.keeping == Keeping::Device {
                    remembered::remember_name(&name);
                }
                self.write(None, move |device| async move { device.sign(&name).await });
            }
            DeviceEffect::FindLeft => self.find_left(),
            DeviceEffect::TakeOver(from) => self.take_over(from),
            DeviceEffect::ThrowAway(from) => self.throw_away(from),
            DeviceEffect::SetKeeping(keeping) => self.set_keeping(keeping),
            DeviceEffect::Wipe => self.write(None, |device| async move { device.wipe().await }),
            DeviceEffect::WipeProject => self.wipe_project(),
            DeviceEffect::Forget => self.forget(),
        }
    }

    fn load(&mut self, account: ActorId) {
        self.account = Some(account);
        self.device = self.device_of(account);
        if self.keeping == Keeping::Device && remembered::account() != Some(account) {
            remembered::remember(account);
            self.tabs.tell(Word::Visitor(account));
        }
        self.read(|device| async move { device.load().await });
    }

    fn device_of(&self, account: ActorId) -> Option<Rc<Device>> {
        let device = || Rc::new(Device::new(Texts::new(DATABASE), account, self.project));
        (self.keeping == Keeping::Device).then(device)
    }

    /// Reads, and tells what was read; nothing, where that fails.
    fn read<R>(&self, read: impl FnOnce(Rc<Device>) -> R + 'static)
    where
        R: Future<Output = Result<Shelf, DeviceError>> + 'static,
    {
        let Some(account) = self.account else { return };
        let nothing = DeviceMsg::Read(Box::new(FromDevice::nothing(account)));
        let Some(device) = self.device.clone() else {
            return self.tell(nothing);
        };
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            match read(device).await {
                Ok(shelf) => dispatch.emit(Msg::Device(msg_of_shelf(account, shelf))),
                Err(error) => {
                    dispatch.emit(Msg::Device(DeviceMsg::Failed(error.to_string())));
                    dispatch.emit(Msg::Device(nothing));
                }
            }
        });
    }

    /// Writes, and answers in any case.
    fn write<W>(&self, answer: Option<DeviceMsg>, write: impl FnOnce(Rc<Device>) -> W + 'static)
    where
        W: Future<Output = Result<(), DeviceError>> + 'static,
    {
        let (device, dispatch) = (self.device.clone(), self.dispatch.clone());
        spawn_local(async move {
            if let Some(device) = device
                && let Err(error) = write(device).await
            {
                dispatch.emit(Msg::Device(DeviceMsg::Failed(error.to_string())));
            }
            if let Some(answer) = answer {
                dispatch.emit(Msg::Device(answer));
            }
        });
    }

    fn write_draft(&self, key: DraftKey, text: Option<String>, answer: Option<DeviceMsg>) {
        let page = Bits128(key.page.0);
        self.write(answer, move |device| async move {
            device.draft(key.story, page, text).await
        });
    }

    /// Writes own commands, and tells the other pages.
    fn write_own(&self, writes: Vec<Write>, answer: Option<DeviceMsg>) {
        let (tabs, asked) = (self.tabs.clone(), self.asked_to_persist.clone());
        let word = self.account.map(|account| Word::Wrote(account, self.project));
        self.write(answer, move |device| async move {
            device.write(&writes).await?;
            if let Some(word) = word {
                tabs.tell(word);
            }
            if !asked.replace(true) {
                device::ask_to_persist();
            }
            Ok(())
        });
    }

    fn survey(&self) {
        let (device, dispatch) = (self.device.clone(), self.dispatch.clone());
        spawn_local(async move {
            let surveyed = match device {
                // Where it does not answer, there is nothing that one could do about it.
                Some(device) => device.survey().await.unwrap_or_default(),
                None => device::Survey::default(),
            };
            let elsewhere = Elsewhere {
                changes: surveyed.changes,
                drafts: surveyed.drafts,
                drafts_here: surveyed.drafts_here,
            };
            dispatch.emit(Msg::Device(DeviceMsg::Surveyed(elsewhere)));
        });
    }

    fn set_keeping(&mut self, keeping: Keeping) {
        self.keeping = keeping;
        let is_news = remembered().keeping != keeping;
        match (keeping, self.account) {
            (Keeping::Device, account) => {
                remembered::allow(Allowed::Yes);
                self.device = account.and_then(|account| self.device_of(account));
                if let Some(account) = account {
                    remembered::remember(account);
                }
            }
            (Keeping::Page, _) => {
                remembered::allow(Allowed::No);
                remembered::forget();
                self.write(None, |device| async move { device.wipe().await });
                self.device = None;
            }
        }
        if let Some(account) = self.account.filter(|_| is_news) {
            self.tabs.tell(Word::Visitor(account));
        }
    }

    fn wipe_project(&mut self) {
        // Each of the other pages wipes what it has on its way to the device.
        if let Some(account) = self.account {
            self.tabs.tell(Word::Gone(account, self.project));
        }
        self.write(None, |device| async move { device.wipe_project().await });
        // Nothing of the project is to come there any more from here.
        self.device = None;
    }

    fn forget(&mut self) {
        remembered::forget();
        // The other pages are told at once: each of them wipes what it has on its way to the device.
        if let Some(account) = self.account {
            self.tabs.tell(Word::Left(account));
        }
        let device = self.device.take();
        spawn_local(async move {
            if let Some(device) = device {
                // The page goes in any case: there is nobody left to tell.
                let _wiped = device.wipe().await;
            }
            route::open_projects();
        });
    }

    fn tell(&self, msg: DeviceMsg) {
        self.dispatch.emit(Msg::Device(msg));
    }
}

fn draft_from((story, Bits128(page), text): (StoryId, Bits128, String)) -> (DraftKey, String) {
    let page = PageId(page);
    (DraftKey { story, page }, text)
}

fn msg_of_shelf(account: ActorId, shelf: Shelf) -> DeviceMsg {
    DeviceMsg::Read(Box::new(FromDevice {
        account,
        saved: shelf.saved,
        kept: shelf.kept,
        drafts: shelf.drafts.into_iter().map(draft_from).collect(),
        unreadable: shelf.unreadable,
    }))
}
