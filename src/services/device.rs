//! What this device keeps of a project for a person: own commands, the last base, drafts. Each is a text under a name,
//! `account/project/kind/id`, and `account/project/draft/id/page` for what is typed on a page, in one IndexedDB database.
//! Whatever fails is told within `PATIENCE`; it is never waited for
//! without end.

mod left;
pub mod parting;
pub mod remembered;
mod texts;

pub use left::Left;
pub use texts::{Durability, Texts};

use super::alive;
use backlog::id::Bits128;
use backlog::{ActorId, Mid, Millis, ProjectId, StoryId};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use replica::{Kept, Saved, Write};
use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::JsValue;

/// The database of all accounts and projects.
pub const DATABASE: &str = "truestory";

/// After so long, in milliseconds, a device that has not answered has failed.
const PATIENCE: u32 = 2_000;

/// Why the device could not do it, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceError {
    /// The browser has no storage for the page.
    Missing,
    /// There is no room.
    Full,
    /// No answer.
    Silent,
    /// Something else; the words are the browser's.
    Failed(String),
}

impl fmt::Display for DeviceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeviceError::Missing => f.write_str("it gives this page no storage, as in some private windows"),
            DeviceError::Full => f.write_str("its storage is full"),
            DeviceError::Silent => f.write_str("its storage does not answer"),
            DeviceError::Failed(why) => write!(f, "its storage failed ({why})"),
        }
    }
}

/// What the device keeps of a project for a person.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The base, and when the server last confirmed it.
    pub saved: Option<(Box<Saved>, Millis)>,
    /// The own commands.
    pub kept: Vec<Kept>,
    /// The drafts of this page and of pages that are gone, as text: of which story, and typed on which page.
    pub drafts: Vec<(StoryId, Bits128, String)>,
    /// How many own commands cannot be read: they are of a later page, and stay where they are.
    pub unreadable: usize,
}

/// What the device keeps for a person that is not at the server: of other projects, and drafts of this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Own commands without the server's word, or that need attention, or that cannot be read.
    pub changes: usize,
    /// Drafts.
    pub drafts: usize,
    /// Drafts of this project that were typed on other pages.
    pub drafts_here: usize,
}

/// The device of a person who works on a project.
#[derive(Debug)]
pub struct Device {
    texts: Texts,
    account: ActorId,
    project: ProjectId,
}

impl Device {
    /// The device of a person who works on a project.
    pub fn new(texts: Texts, account: ActorId, project: ProjectId) -> Device {
        Device {
            texts,
            account,
            project,
        }
    }

    /// All that it keeps.
    pub async fn load(&self) -> Result<Shelf, DeviceError> {
        let prefix = self.project_prefix();
        let mut shelf = Shelf::default();
        let (mut base, mut at) = (None, None);
        for (name, text) in in_time(self.texts.read(&prefix)).await? {
            match name.strip_prefix(&prefix).and_then(|name| name.split_once('/')) {
                Some(("own", _)) => shelf.take_own(&text),
                Some(("base", "at")) => at = text.parse().ok().map(Millis),
                Some(("base", _)) => base = Saved::from_text(&text).map(Box::new),
                Some(("draft", place)) => {
                    shelf
                        .drafts
                        .extend(draft_place(place).map(|(id, page)| (id, page, text)));
                }
                Some(_) | None => {}
            }
        }
        shelf.saved = base.zip(at);
        shelf.drafts = of_pages_gone(shelf.drafts).await;
        Ok(shelf)
    }

    /// The own commands that it keeps.
    pub async fn own(&self) -> Result<Shelf, DeviceError> {
        let mut shelf = Shelf::default();
        let prefix = format!("{}own/", self.project_prefix());
        for (_, text) in in_time(self.texts.read(&prefix)).await? {
            shelf.take_own(&text);
        }
        Ok(shelf)
    }

    /// Writes own commands, so that they outlive a loss of power.
    pub async fn write(&self, writes: &[Write]) -> Result<(), DeviceError> {
        let texts: Vec<(String, Option<String>)> = writes
            .iter()
            .map(|write| match write {
                Write::Put(kept) => (self.own_name(kept.mid), Some(kept.to_text())),
                Write::Remove(mid) => (self.own_name(*mid), None),
            })
            .collect();
        in_time(self.texts.write(&texts, Durability::Strict)).await
    }

    /// Writes a base that the server confirmed at that time. One that is lost with the power is fetched again.
    pub async fn save(&self, saved: &Saved, at: Millis) -> Result<(), DeviceError> {
        let texts = [
            (self.name("base", "of"), Some(saved.to_text())),
            (self.name("base", "at"), Some(at.0.to_string())),
        ];
        in_time(self.texts.write(&texts, Durability::Relaxed)).await
    }

    /// Writes the draft of a story that was typed on a page, or lets go of it where there is no text.
    pub async fn draft(&self, id: StoryId, page: Bits128, text: Option<String>) -> Result<(), DeviceError> {
        let texts = [(self.name("draft", &format!("{id}/{page}")), text)];
        in_time(self.texts.write(&texts, Durability::Strict)).await
    }

    /// Lets go of all that it keeps for the person, of any project.
    pub async fn wipe(&self) -> Result<(), DeviceError> {
        in_time(self.texts.wipe(&self.account_prefix())).await
    }

    /// Lets go of all that it keeps of the project for the person.
    pub async fn wipe_project(&self) -> Result<(), DeviceError> {
        in_time(self.texts.wipe(&self.project_prefix())).await
    }

    /// What it keeps of other projects that is not at the server.
    pub async fn survey(&self) -> Result<Survey, DeviceError> {
        let (account, here) = (self.account_prefix(), self.project_prefix());
        let mut survey = Survey::default();
        for (name, text) in in_time(self.texts.read(&account)).await? {
            let kind = name.strip_prefix(&account).and_then(|name| name.split('/').nth(1));
            let page = || name.rsplit('/').next().and_then(|page| page.parse().ok());
            match kind {
                Some("draft") if name.starts_with(&here) => {
                    survey.drafts_here += usize::from(!page().is_some_and(alive::is_held));
                }
                Some(_) if name.starts_with(&here) => {}
                Some("own") if is_open(&text) => survey.changes += 1,
                Some("draft") => survey.drafts += 1,
                Some(_) | None => {}
            }
        }
        Ok(survey)
    }

    fn account_prefix(&self) -> String {
        prefix_of(self.account)
    }

    fn project_prefix(&self) -> String {
        format!("{}{}/", self.account_prefix(), self.project)
    }

    fn name(&self, kind: &str, id: &str) -> String {
        format!("{}{kind}/{id}", self.project_prefix())
    }

    fn own_name(&self, mid: Mid) -> String {
        self.name("own", &mid.0.to_string())
    }
}

impl Shelf {
    fn take_own(&mut self, text: &str) {
        match Kept::from_text(text) {
            Ok(kept) => self.kept.push(kept),
            Err(_) => self.unreadable += 1,
        }
    }
}

fn prefix_of(account: ActorId) -> String {
    format!("{}/", account.0)
}

fn draft_place(place: &str) -> Option<(StoryId, Bits128)> {
    let (id, page) = place.split_once('/')?;
    Some((StoryId(id.parse().ok()?), page.parse().ok()?))
}

/// Leaves to pages that are alive what was typed on them.
async fn of_pages_gone(drafts: Vec<(StoryId, Bits128, String)>) -> Vec<(StoryId, Bits128, String)> {
    let pages: BTreeSet<Bits128> = drafts.iter().map(|(_, page, _)| *page).collect();
    let mut gone = BTreeSet::new();
    for page in pages {
        if alive::stand_in(page).await {
            gone.insert(page);
        }
    }
    let is_gone = |(_, page, _): &(StoryId, Bits128, String)| gone.contains(page);
    drafts.into_iter().filter(is_gone).collect()
}

fn is_open(text: &str) -> bool {
    match Kept::from_text(text).map(|kept| kept.stage) {
        Ok(replica::Stage::Confirmed { .. }) => false,
        Ok(replica::Stage::Pending | replica::Stage::Refused(_) | replica::Stage::Lost) | Err(_) => true,
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, DeviceError>>) -> Result<T, DeviceError> {
    let (mut work, mut patience) = (pin!(work), pin!(TimeoutFuture::new(PATIENCE)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(done),
        Poll::Pending => patience.as_mut().poll(context).map(|()| Err(DeviceError::Silent)),
    })
    .await
}

/// Asks the browser not to clear what is kept when it runs out of room. It may refuse, and need not be told why.
pub fn ask_to_persist() {
    let navigator = gloo_utils::window().navigator();
    // Pages that did not come over HTTPS have none.
    let there = Reflect::get(&navigator, &JsValue::from_str("storage")).is_ok_and(|storage| storage.is_object());
    if there {
        let _asked = navigator.storage().persist();
    }
}
