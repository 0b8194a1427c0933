//! Stories that someone deleted over one's own work: what was typed into them, and what was done to them unseen, is told with
//! a way back.

use super::Board;
use super::after::{Order, Then};
use super::msg::{Effect, Now, Target};
use super::scene::Notice;
use backlog::{Command, Name, StoryId};

impl Board {
    /// The stories of drafts that are deleted, or unknown to a server that was asked.
    pub(super) fn drafts_lose_stories(&mut self, gone: Vec<StoryId>, out: &mut Vec<Effect>) {
        for id in gone {
            // What was typed last may not be on the device yet.
            out.extend(self.drafts.due(self.present).into_iter().map(Effect::Device));
            let (key, title) = (self.drafts.key_of(id), self.titles(&[]).of(id));
            if let Some(text) = self.drafts.orphan(id) {
                let notice = Notice {
                    what: match self.news.get(&id) {
                        Some(by) => format!("{} deleted {title} while you were writing in it.", by.as_str()),
                        None => format!("{title} was deleted while you were writing in it."),
                    },
                    kept: Some(text),
                    draft: Some(key),
                    deleted: self.is_deleted(id).then_some(id),
                };
                self.notify_of(notice, out);
            }
        }
    }

    /// Someone deleted a story who had not seen what one did to it.
    pub(super) fn tell_deleted_unseen(&mut self, story: StoryId, by: &Name, out: &mut Vec<Effect>) {
        // Whoever writes in it is told of the text.
        if self.drafts.is_unsaved(story) {
            return;
        }
        let title = self.titles(&[]).of(story);
        let notice = Notice {
            what: format!("{} deleted {title} without having seen your change.", by.as_str()),
            kept: None,
            draft: None,
            deleted: Some(story),
        };
        self.notify_of(notice, out);
    }

    /// The story that the notice tells of is to come back, and what was typed into it.
    pub(super) fn deleted_restored(&mut self, story: StoryId, now: Now, out: &mut Vec<Effect>) {
        self.notices.retain(|notice| notice.deleted != Some(story));
        if self.is_deleted(story) {
            let stories = vec![story];
            let order = Order::new(Command::RestoreStories { stories }, Then::CameBack(story));
            self.give_or_notify(order, now, out);
        } else {
            // Someone was quicker.
            self.drafts.bring_back(story);
            self.came_back(story, now, out);
        }
        out.push(Effect::Render);
    }

    /// The story is there again: it is open where there is text to go on with.
    pub(super) fn came_back(&mut self, story: StoryId, now: Now, out: &mut Vec<Effect>) {
        if self.drafts.is_unsaved(story) {
            self.story_opened(story, now, out);
            out.push(Effect::Focus(Target::Title));
        } else {
            self.focus_on(story, out);
        }
    }

    fn is_deleted(&self, story: StoryId) -> bool {
        let view = self.replica.view();
        view.is_some_and(|view| view.slot(story).is_some_and(|slot| view.at(slot).deleted))
    }
}
