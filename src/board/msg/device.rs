//! What happens to what the device keeps, and what the device is to do.

use super::Keeping;
use backlog::{ActorId, Mid, Millis, Name, StoryId, Version};
use replica::{Kept, Saved, Write};

/// What happened to what the device keeps.
#[derive(Clone, Debug)]
pub enum DeviceMsg {
    /// It told what it keeps.
    Read(Box<FromDevice>),
    /// It holds the command that it was told to keep.
    Kept(Mid),
    /// It holds a base of this version.
    BaseSaved(Version),
    /// It holds a draft in this edition.
    DraftWritten(DraftKey, u32),
    /// It cannot keep what it is told to, and this is why.
    Failed(String),
    /// Another page of this browser wrote to it.
    Changed,
    /// It told what it keeps for the other projects.
    Surveyed(Elsewhere),
}

/// What the device is to do, in the imperative.
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceEffect {
    /// Remember who is here and read what the device keeps for them; say `DeviceRead`.
    Load(ActorId),
    /// Read the own commands again; say `DeviceRead`.
    ReadOwn,
    /// Write a command to the device; say `Kept` once it outlives a crash.
    Keep(Box<Kept>),
    /// Write these to the device.
    Write(Vec<Write>),
    /// Write a base, confirmed at that time, to the device; say `BaseSaved`.
    Save(Box<Saved>, Millis),
    /// Write a draft to the device; say `DraftWritten`.
    PutDraft {
        /// Whose.
        key: DraftKey,
        /// Which edition it is.
        edition: u32,
        /// Its text.
        text: String,
    },
    /// Let the device forget a draft.
    RemoveDraft(DraftKey),
    /// Ask the device what it keeps for other projects; say `Surveyed`.
    Survey,
    /// Write down what the visitor is called.
    Sign(Name),
    /// Ask the device what an earlier visitor left; say `Found`.
    FindLeft,
    /// Make what that visitor left the own; say `Read`, and `Found` of what there is besides.
    TakeOver(ActorId),
    /// Throw away what that visitor left; say `Found` of what there is besides.
    ThrowAway(ActorId),
    /// Remember whether the device may keep anything. Where it may not, wipe what it keeps.
    SetKeeping(Keeping),
    /// Wipe what the device keeps for whoever is here: they signed out on another page.
    Wipe,
    /// Wipe what the device keeps of this project for whoever is here, on all pages: they are not in it any more.
    WipeProject,
    /// Forget who was here, wipe what the device keeps for them, and go to the list of projects.
    Forget,
}

/// What the device keeps of the project.
#[derive(Clone, Debug)]
pub struct FromDevice {
    /// For whom.
    pub account: ActorId,
    /// The base, and when the server last confirmed it.
    pub saved: Option<(Box<Saved>, Millis)>,
    /// The own commands.
    pub kept: Vec<Kept>,
    /// The drafts of this page and of pages that are gone, as text.
    pub drafts: Vec<(DraftKey, String)>,
    /// How many texts of own commands this page cannot read.
    pub unreadable: usize,
}

impl FromDevice {
    /// A device that keeps nothing.
    pub fn nothing(account: ActorId) -> FromDevice {
        FromDevice {
            account,
            saved: None,
            kept: Vec::new(),
            drafts: Vec::new(),
            unreadable: 0,
        }
    }
}

/// What the device keeps for the same person that the server does not have, beyond what this page knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Commands without the server's word, or that need attention.
    pub changes: usize,
    /// Drafts.
    pub drafts: usize,
    /// Drafts of this project that were typed on other pages.
    pub drafts_here: usize,
}

/// A page of this browser, from its loading to its end. 128 random bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageId(pub u128);

/// Names a draft on the device. Two pages that write in one story have a draft each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftKey {
    /// The story.
    pub story: StoryId,
    /// The page that it was typed on.
    pub page: PageId,
}
