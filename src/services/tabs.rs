//! What the pages of one browser tell each other: that something was written, and that someone else is here. Where the
//! browser has no such channel, they find out when they wake.

use backlog::{ActorId, ProjectId};
use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// Begins the word that a person signed out.
const LEFT: &str = "left";

/// Begins the word that a person is not in a project any more.
const GONE: &str = "gone";

/// What a page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Own commands of a person were written, of a project.
    Wrote(ActorId, ProjectId),
    /// A person came, or chose what the device keeps.
    Visitor(ActorId),
    /// A person signed out.
    Left(ActorId),
    /// A person is not in a project any more.
    Gone(ActorId, ProjectId),
}

/// Hears the other pages until dropped, and tells them.
#[derive(Debug)]
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _hearing: Option<EventListener>,
}

impl Tabs {
    /// Hears what the others tell.
    pub fn listen(heard: impl Fn(Word) + 'static) -> Tabs {
        let channel = BroadcastChannel::new("truestory").ok();
        let hearing = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let text = event
                    .dyn_ref::<MessageEvent>()
                    .and_then(|event| event.data().as_string());
                // What a later page tells in other words is not meant for this one.
                if let Some(word) = text.and_then(|text| Word::read(&text)) {
                    heard(word);
                }
            })
        });
        Tabs {
            channel,
            _hearing: hearing,
        }
    }

    /// Tells all other pages.
    pub fn tell(&self, word: Word) {
        let text = match word {
            Word::Wrote(account, project) => format!("{}/{project}", account.0),
            Word::Visitor(account) => account.0.to_string(),
            Word::Gone(account, project) => format!("{GONE}/{}/{project}", account.0),
            Word::Left(account) => format!("{LEFT}/{}", account.0),
        };
        // A channel that was closed has nobody to tell.
        let _told = self
            .channel
            .as_ref()
            .map(|channel| channel.post_message(&JsValue::from_str(&text)));
    }
}

impl Word {
    fn read(text: &str) -> Option<Word> {
        match text.split_once('/') {
            Some((GONE, rest)) => {
                let (account, project) = rest.split_once('/')?;
                Some(Word::Gone(ActorId(account.parse().ok()?), project.parse().ok()?))
            }
            Some((LEFT, account)) => Some(Word::Left(ActorId(account.parse().ok()?))),
            Some((account, project)) => Some(Word::Wrote(ActorId(account.parse().ok()?), project.parse().ok()?)),
            None => Some(Word::Visitor(ActorId(text.parse().ok()?))),
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
