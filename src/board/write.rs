//! Writing: forms, drafts, and the commands that come of them. A command is shown at once; if the project refuses it here,
//! the form stays open with the reason.

use super::column::Column;
use super::draft::{Draft, Subject};
use super::msg::{Effect, Now, Target};
use super::scene::{NameDraft, Toast};
use super::{Behind, Board, TOAST_TICKS};
use backlog::{Command, Edit, Label, Name, StoryId};
use replica::{Input, Output, Pending, Refusal};

impl Board {
    /// Gives a command and shows what it changes. Answers why not, where the project refuses it here already.
    pub(super) fn command(&mut self, command: Command, now: Now, out: &mut Vec<Effect>) -> Result<(), Refusal> {
        self.give(command, now, out)?;
        self.after_view_changed(now, out);
        Ok(())
    }

    /// Gives a command, and leaves it to the caller to show what it changes.
    fn give(&mut self, command: Command, now: Now, out: &mut Vec<Effect>) -> Result<(), Refusal> {
        let mut refused = None;
        let pending = Pending {
            mid: now.mid(),
            command,
            at: now.at,
        };
        for output in self.replica.handle(Input::Commanded(pending)) {
            match output {
                Output::Sync(request) => out.push(Effect::Sync(request)),
                Output::Rejected { reason, .. } => refused = Some(reason),
                Output::ViewChanged | Output::WordsChanged | Output::Applied(_) => {}
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// Gives a command that no form stands behind; a refusal is told.
    pub(super) fn command_or_notify(&mut self, command: Command, now: Now, out: &mut Vec<Effect>) {
        let kept = kept_text(&command);
        if let Err(reason) = self.command(command, now, out) {
            self.notify(reason.to_string(), kept, out);
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
        let mut gone = Vec::new();
        for (id, draft) in self.drafts.all_mut() {
            match (&draft.subject, view.story(id)) {
                (Subject::New(_), _) => {}
                (Subject::Story(_), Some(story)) => {
                    let (story, by) = (story.clone(), self.news.get(&id).cloned());
                    draft.follow(&story, by.as_ref());
                }
                (Subject::Story(_), None) => gone.push((id, draft.is_unsaved().then(|| draft.text()))),
            }
        }
        for (id, text) in gone {
            self.drafts.forget(id);
            if text.is_some() {
                self.notify(
                    "The story that you were writing in was deleted meanwhile.".to_owned(),
                    text,
                    out,
                );
            }
        }
    }

    pub(super) fn add_clicked(&mut self, column: Column, now: Now, out: &mut Vec<Effect>) {
        if self.replica.view().is_none() {
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
        let after = match draft.subject {
            // The top of the backlog is below what is in Current.
            Subject::New(Column::Backlog) => self.last_of_current(),
            Subject::New(_) | Subject::Story(_) => None,
        };
        let written_in = draft.column();
        let saved = match draft.command(id, after) {
            Ok(Some(command)) => self.give(command, now, out).map_err(|reason| reason.to_string()),
            Ok(None) => Ok(()),
            Err(problem) => Err(sentence(&problem.to_string())),
        };
        match saved {
            Ok(()) => {
                self.drafts.forget(id);
                self.after_view_changed(now, out);
                self.focus_on(id, out);
                if let Some(column) = written_in {
                    self.tell_where(id, column, out);
                }
            }
            Err(problem) => {
                self.typed(out, |draft| draft.problem = Some(problem));
                out.push(Effect::Focus(Target::Title));
            }
        }
    }

    // Where a new story lands is the plan's affair and not always the column that it was written in.
    fn tell_where(&mut self, id: StoryId, written_in: Column, out: &mut Vec<Effect>) {
        let Some((column, _)) = self.find(id) else { return };
        self.shown = column;
        out.push(Effect::Announce(format!("Added to {}.", column.title())));
        match (written_in, column) {
            (Column::Backlog, Column::Current) => {
                self.show_toast("Added to Current: it still fits into this iteration".to_owned(), None);
            }
            (Column::Current, Column::Backlog) => {
                self.show_toast("Added to Backlog: Current is full".to_owned(), None);
            }
            (Column::Current | Column::Backlog | Column::Icebox, _) => {}
        }
    }

    fn last_of_current(&self) -> Option<StoryId> {
        let slot = self.layout.as_ref()?.rows(Column::Current).slots().next_back()?;
        Some(self.replica.view()?.at(slot).id)
    }

    pub(super) fn typed(&mut self, out: &mut Vec<Effect>, edit: impl FnOnce(&mut Draft)) {
        if let Some(draft) = self.drafts.open_mut() {
            draft.problem = None;
            edit(draft);
            out.push(Effect::Render);
        }
    }

    pub(super) fn delete_clicked(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some((id, draft)) = self.drafts.open() else { return };
        let Subject::Story(story) = &draft.subject else { return };
        let title = story.title.as_str().to_owned();
        let neighbour = self.neighbour(id);
        self.drafts.forget(id);
        self.command_or_notify(Command::DeleteStories { stories: vec![id] }, now, out);
        out.push(Effect::Announce(format!(
            "{title}: deleted. Undo is at the end of the page."
        )));
        self.show_toast(format!("Deleted “{title}”"), Some(id));
        if let Some(id) = neighbour {
            self.focus_on(id, out);
        }
    }

    /// Tells what was just done, and offers the way back where there is one.
    pub(super) fn show_toast(&mut self, words: String, undo: Option<StoryId>) {
        self.toast = Some(Toast { words, undo });
        self.toast_ticks = 0;
    }

    pub(super) fn undo_clicked(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(story) = self.toast.take().and_then(|toast| toast.undo) else {
            return;
        };
        self.command_or_notify(Command::RestoreStories { stories: vec![story] }, now, out);
        self.focus_on(story, out);
        out.push(Effect::Render);
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
        if let Some(session) = &self.session {
            self.name_draft = Some(NameDraft {
                text: session.actor.name.as_str().to_owned(),
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

    pub(super) fn name_saved(&mut self, out: &mut Vec<Effect>) {
        let Some(draft) = &mut self.name_draft else { return };
        match Name::new(&draft.text) {
            Ok(name) => out.push(Effect::Rename(name)),
            Err(problem) => draft.problem = Some(sentence(&problem.to_string())),
        }
        out.push(Effect::Render);
    }
}

impl Draft {
    fn text(&self) -> String {
        let fields = [self.title.as_str(), self.description.as_str(), self.labels.as_str()];
        fields
            .into_iter()
            .filter(|field| !field.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The words in a command, to be kept where it was refused.
pub(super) fn kept_text(command: &Command) -> Option<String> {
    match command {
        Command::CreateStory(new) => Some(joined(new.title.as_str(), new.description.as_str())),
        Command::EditStory { edits, .. } => {
            let words: Vec<String> = edits.iter().filter_map(kept_words).collect();
            (!words.is_empty()).then(|| words.join("\n"))
        }
        Command::RenameProject { name } => Some(name.as_str().to_owned()),
        Command::TransitionStory { .. }
        | Command::MoveStories { .. }
        | Command::DeleteStories { .. }
        | Command::RestoreStories { .. }
        | Command::ReturnStories { .. } => None,
    }
}

fn kept_words(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Title(title) => Some(title.as_str().to_owned()),
        Edit::Description(text) | Edit::DescriptionRevised { to: text, .. } => Some(text.as_str().to_owned()),
        Edit::LabelAdded(label) => Some(Label::as_str(label).to_owned()),
        Edit::Type(_)
        | Edit::Estimate(_)
        | Edit::ConflictKept(_)
        | Edit::ConflictDropped(_)
        | Edit::LabelRemoved(_) => None,
    }
}

fn joined(title: &str, description: &str) -> String {
    if description.is_empty() {
        title.to_owned()
    } else {
        format!("{title}\n{description}")
    }
}

fn sentence(problem: &str) -> String {
    let mut letters = problem.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
