//! Writing: forms, drafts, and the commands that come of them. A command shows as soon as the device holds it; until then,
//! and if the project refuses it here, the form stays open.

use super::after::{Order, Then};
use super::column::Column;
use super::draft::{Draft, Saving, Subject};
use super::may::Deed;
use super::msg::{Effect, Failure, Now, Target};
use super::scene::{NameDraft, Toast, ToastWay};
use super::{Behind, Board, TOAST_TICKS, phrases};
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Edit, Label, Name, StoryId};
use replica::{Given, Input, Output, Refusal};

impl Board {
    /// Gives a command. It shows once the device holds it, and then what follows. Answers why not, where the project refuses
    /// it here already.
    pub(super) fn give(&mut self, order: Order, now: Now, out: &mut Vec<Effect>) -> Result<(), Refusal> {
        let mid = now.mid();
        let stories = order.command.stories();
        let given = Given {
            mid,
            command: order.command,
            by: self.me(),
            at: now.at,
            undoes: order.undoes,
            replaces: order.replaces,
        };
        let outputs = self.replica.handle(Input::Commanded(given.into()));
        let mut kept = Vec::new();
        for output in outputs {
            match output {
                Output::Rejected { reason, .. } => return Err(reason),
                output => kept.push(output),
            }
        }
        // Whoever acts on a story has seen it.
        for story in &stories {
            self.news.remove(story);
        }
        self.search.hold(stories);
        self.device.waiting.push((mid, order.then));
        self.toast_is_over();
        for output in kept {
            self.carry_out(output, now, out);
        }
        Ok(())
    }

    /// Whoever is in front of the page, as far as that is known.
    pub(super) fn me(&self) -> Actor {
        let nobody = || Name::new("Somebody").expect("a name of eight letters is one");
        Actor {
            id: self.account.unwrap_or(ActorId(Bits128(0))),
            name: self.name.clone().unwrap_or_else(nobody),
        }
    }

    /// Gives a command that no form stands behind; a refusal is told.
    pub(super) fn give_or_notify(&mut self, order: Order, now: Now, out: &mut Vec<Effect>) {
        let kept = kept_text(&order.command);
        if let Err(reason) = self.give(order, now, out) {
            self.notify(told(&reason), kept, out);
        }
    }

    /// Lets everything that stands on the view follow it.
    pub(super) fn after_view_changed(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.after_words_changed(out);
        self.lay_out(now, out);
    }

    /// Lets what stands on the words of the view follow them. The layout stands on none.
    pub(super) fn after_words_changed(&mut self, out: &mut Vec<Effect>) {
        self.behind = Behind::Nothing;
        self.let_drafts_follow(out);
        self.selection_follows(out);
        self.show_title(out);
        out.push(Effect::Render);
    }

    fn show_title(&mut self, out: &mut Vec<Effect>) {
        let name = self.replica.view().map(|view| view.name().clone());
        if self.shown_title != name {
            out.extend(
                name.as_ref()
                    .map(|name| Effect::ShowTitle(format!("{} · Truestory", name.as_str()))),
            );
            self.shown_title = name;
        }
    }

    fn let_drafts_follow(&mut self, out: &mut Vec<Effect>) {
        let Some(view) = self.replica.view() else { return };
        let is_live = self.connection.is_live();
        let (mut gone, mut there) = (Vec::new(), Vec::new());
        for (id, draft) in self.drafts.all_mut() {
            let story = view.slot(id).map(|slot| view.at(slot));
            match (&draft.subject, story) {
                (Subject::Story(_), Some(story)) if story.deleted => gone.push(id),
                (Subject::Story(_), Some(story)) => draft.follow(&story.clone(), self.news.get(&id)),
                (Subject::New(_), Some(story)) => there.push(story.clone()),
                (Subject::New(_), None) => {}
                (Subject::Story(_), None) if is_live => gone.push(id),
                // A story that may be on its way here.
                (Subject::Story(_), None) => {}
            }
        }
        for story in there {
            self.drafts.is_there(&story);
        }
        self.drafts_lose_stories(gone, out);
    }

    pub(super) fn add_clicked(&mut self, column: Column, now: Now, out: &mut Vec<Effect>) {
        if self.replica.view().is_none() {
            return;
        }
        // What was begun before one might not any more is still there to be read.
        if !self.drafts.is_begun(column) && !self.is_offered(Deed::of_column(column), out) {
            return;
        }
        self.shown = column;
        self.drafts.open_new(column, now.story_id());
        self.lay_out(now, out);
        self.windows[column.index()].top = 0;
        self.take_bearings(column);
        out.push(Effect::Scroll(column, 0));
        out.push(Effect::Focus(Target::Title));
    }

    pub(super) fn story_opened(&mut self, id: StoryId, now: Now, out: &mut Vec<Effect>) {
        let Some(story) = self.replica.view().and_then(|view| view.story(id)).cloned() else {
            return;
        };
        if self.drafts.open().is_some_and(|(open, _)| open == id) {
            return;
        }
        self.drafts.open_story(&story);
        self.focus = Some(id);
        self.news.remove(&id);
        self.lay_out(now, out);
        // A story that is opened low on the page would hide its own buttons.
        if let Some((column, row)) = self.form_place() {
            self.reveal(column, row, out);
            self.take_bearings(column);
        }
        out.push(Effect::Focus(Target::Title));
    }

    pub(super) fn form_closed(&mut self, now: Now, out: &mut Vec<Effect>) {
        let written_in = self.drafts.new_form();
        if let Some(id) = self.drafts.close() {
            self.lay_out(now, out);
            self.focus_on(id, out);
            // A story that is not there yet has no row; the way back to it is the button.
            out.extend(written_in.map(|column| Effect::Focus(Target::Add(column))));
        }
    }

    pub(super) fn draft_discarded(&mut self, now: Now, out: &mut Vec<Effect>) {
        if let Some((id, _)) = self.drafts.open() {
            self.drafts.forget(id);
            self.lay_out(now, out);
            self.focus_on(id, out);
        }
    }

    pub(super) fn draft_saved(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some((id, draft)) = self.drafts.open() else { return };
        // The same form twice would be the same command twice.
        if draft.saving != Saving::No {
            return;
        }
        let after = match draft.subject {
            // The top of the backlog is below what is in Current.
            Subject::New(Column::Backlog) => self.last_of_current(&[]),
            Subject::New(_) | Subject::Story(_) => None,
        };
        let written_in = draft.column();
        let description = draft.description.clone();
        let is_left_beside = draft.asides.unsaved().next().is_some();
        let Some(settings) = self.replica.view().map(|view| view.settings().clone()) else {
            return;
        };
        let then = Then::Saved { story: id, written_in };
        let rights = match draft.subject {
            Subject::New(column) => self.rights_in(column),
            Subject::Story(_) => self.rights_to(id),
        };
        let saved = match draft.command(id, after, (&settings, rights)) {
            Ok(Some(command)) => match self.give(Order::new(command, then), now, out) {
                Ok(()) => Ok(Saving::UnderWay(description)),
                Err(reason) => Err(reason.to_string()),
            },
            Ok(None) => Ok(Saving::No),
            Err(problem) => Err(sentence(&problem.to_string())),
        };
        match saved {
            Ok(Saving::No) if is_left_beside => self.tell_unsent(id, out),
            Ok(Saving::No) => {
                self.drafts.forget(id);
                self.lay_out(now, out);
                self.focus_on(id, out);
            }
            Ok(saving) => self.on_draft(|draft| draft.saving = saving),
            Err(problem) => {
                self.on_draft(|draft| draft.problem = Some(problem));
                out.extend([Effect::Render, Effect::Focus(Target::Title)]);
            }
        }
    }

    fn on_draft(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(draft) = self.drafts.open_mut() {
            change(draft);
        }
    }

    pub(super) fn typed(&mut self, out: &mut Vec<Effect>, edit: impl FnOnce(&mut Draft)) {
        if let Some(draft) = self.drafts.open_mut() {
            edit(draft);
            draft.touched();
            out.extend([Effect::Render, Effect::AwaitPause]);
        }
    }

    pub(super) fn delete_clicked(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some((id, draft)) = self.drafts.open() else { return };
        let Subject::Story(story) = &draft.subject else { return };
        let then = Then::Deleted {
            story: id,
            title: story.title.as_str().to_owned(),
            neighbour: self.neighbour(id),
        };
        let command = Command::DeleteStories { stories: vec![id] };
        self.give_or_notify(Order::new(command, then), now, out);
    }

    /// Tells what was just done, and offers the way back where there is one.
    pub(super) fn show_toast(&mut self, words: String, way: Option<ToastWay>) {
        self.toast = Some(Toast { words, way });
        self.toast_ticks = 0;
    }

    /// Something else was done: what the toast tells of is not the last step any more. That something needs a person stays.
    pub(super) fn toast_is_over(&mut self) {
        self.toast = self.toast.take().filter(|toast| toast.way == Some(ToastWay::Attention));
    }

    /// Some seconds went by.
    pub(super) fn toast_ticked(&mut self, out: &mut Vec<Effect>) {
        self.toast_ticks += 1;
        if self.toast.is_some() && self.toast_ticks > TOAST_TICKS {
            self.toast_dismissed(out);
        }
    }

    pub(super) fn toast_dismissed(&mut self, out: &mut Vec<Effect>) {
        self.toast = None;
        out.push(Effect::Render);
    }

    pub(super) fn name_opened(&mut self, out: &mut Vec<Effect>) {
        if let Some(name) = &self.name {
            self.name_draft = Some(NameDraft {
                text: name.as_str().to_owned(),
                problem: None,
            });
            out.extend([Effect::Render, Effect::Focus(Target::Name)]);
        }
    }

    pub(super) fn name_typed(&mut self, text: String, out: &mut Vec<Effect>) {
        self.name_draft = Some(NameDraft { text, problem: None });
        out.push(Effect::Render);
    }

    pub(super) fn name_closed(&mut self, out: &mut Vec<Effect>) {
        self.name_draft = None;
        out.push(Effect::Render);
    }

    /// The name is the server's to know: what was typed stays in the form, which says so.
    pub(super) fn rename_failed(&mut self, failure: &Failure, out: &mut Vec<Effect>) {
        let why = failure.sentence();
        match &mut self.name_draft {
            Some(draft) => {
                draft.problem = Some(format!(
                    "{why} The name is saved at the server; try again once it answers."
                ));
                out.push(Effect::Render);
            }
            None => self.notify(why, None, out),
        }
    }

    pub(super) fn name_saved(&mut self, out: &mut Vec<Effect>) {
        let Some(draft) = &mut self.name_draft else { return };
        match Name::new(&draft.text) {
            Ok(name) => out.push(Effect::Rename(name)),
            Err(problem) => draft.problem = Some(sentence(&problem.to_string())),
        }
        out.push(Effect::Render);
    }
}

/// A refusal of something that was not given as people read it: why, and what is so.
pub(super) fn told(refusal: &Refusal) -> String {
    format!("{refusal} Nothing was changed.")
}

/// The words in a command, to be kept where it was refused.
pub(super) fn kept_text(command: &Command) -> Option<String> {
    match command {
        Command::CreateStory(new) => Some(joined(new.title.as_str(), new.description.as_str())),
        Command::EditStory { edits, .. } => kept_of(edits.iter()),
        Command::EditStories { stories } => kept_of(stories.iter().take(1).flat_map(|story| &story.edits)),
        Command::TransitionStory { comment, .. } => comment.as_ref().map(|remark| remark.text.as_str().to_owned()),
        Command::RenameProject { name } => Some(name.as_str().to_owned()),
        Command::PutEpic { words, .. } => Some(joined(words.name.as_str(), words.description.as_str())),
        Command::SaveSearch { name, query, .. } => Some(joined(name.as_str(), query.as_str())),
        Command::TransitionStories { .. }
        | Command::MoveStories { .. }
        | Command::DeleteStories { .. }
        | Command::RestoreStories { .. }
        | Command::ReturnStories { .. }
        | Command::EditSettings { .. }
        | Command::MoveEpic { .. }
        | Command::RemoveEpic { .. }
        | Command::RemoveSearch { .. }
        | Command::ImportStories(_)
        | Command::DeleteImport { .. }
        | Command::RestoreImport { .. }
        | Command::Join { .. }
        | Command::Leave { .. } => None,
    }
}

fn kept_of<'a>(edits: impl Iterator<Item = &'a Edit>) -> Option<String> {
    let words: Vec<String> = edits.filter_map(kept_words).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

fn kept_words(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Title(title) => Some(title.as_str().to_owned()),
        Edit::Description(text) | Edit::DescriptionRevised { to: text, .. } => Some(text.as_str().to_owned()),
        Edit::LabelAdded(label) => Some(Label::as_str(label).to_owned()),
        edit => phrases::parts::words_of(edit).map(str::to_owned),
    }
}

fn joined(title: &str, description: &str) -> String {
    if description.is_empty() {
        title.to_owned()
    } else {
        format!("{title}\n{description}")
    }
}

pub(super) fn sentence(problem: &str) -> String {
    format!("{}.", phrases::capital(problem))
}
