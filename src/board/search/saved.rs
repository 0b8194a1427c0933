//! The searches that are saved for everyone: run, named, renamed, removed.

use super::SearchDesk;
use crate::board::Board;
use crate::board::may::Deed;
use crate::board::msg::{Effect, Now, SearchMsg, Target};
use crate::board::phrases::capital;
use crate::board::scene::search::{NameField, Present, SavedLine, SavedScene};
use backlog::{Command, Line, Query, SavedSearch, SearchId};

/// What one is doing to them.
#[derive(Debug, Default)]
pub(super) struct SavedDesk {
    is_open: bool,
    // The name of what is looked for now.
    name: NameField,
    // A saved search whose name is being changed, as it was then.
    renaming: Option<(SavedSearch, NameField)>,
}

impl SearchDesk {
    /// Whether the saved searches are shown.
    pub fn shows_saved(&self) -> bool {
        self.saved.is_open
    }
}

impl Board {
    pub(super) fn saved_changed(&mut self, msg: SearchMsg, now: Now, out: &mut Vec<Effect>) {
        out.push(Effect::Render);
        match msg {
            SearchMsg::SavedToggled => self.saved_toggled(out),
            SearchMsg::Run(id) => self.run(id, now, out),
            SearchMsg::NameTyped(of, text) => {
                if let Some(field) = self.name_field(of) {
                    *field = NameField { text, problem: None };
                }
            }
            SearchMsg::NameSaved(of) => {
                if let Err(problem) = self.save_search(of, now, out)
                    && let Some(field) = self.name_field(of)
                {
                    field.problem = Some(problem);
                }
            }
            SearchMsg::RenameToggled(id) => self.rename_toggled(id, out),
            SearchMsg::Removed(id) => self.tell_after(Command::RemoveSearch { id }, now, out),
            SearchMsg::Focused
            | SearchMsg::Left
            | SearchMsg::Typed(..)
            | SearchMsg::CaretMoved(_)
            | SearchMsg::KeyPressed(_)
            | SearchMsg::Picked(_)
            | SearchMsg::Cleared
            | SearchMsg::Asked(_) => {}
        }
    }

    pub(in crate::board) fn saved_toggled(&mut self, out: &mut Vec<Effect>) {
        self.search.saved.is_open = !self.search.saved.is_open;
        let target = match self.search.saved.is_open {
            true => Target::Saved,
            false => Target::SavedButton,
        };
        out.extend([Effect::Render, Effect::Focus(target)]);
    }

    fn run(&mut self, id: SearchId, now: Now, out: &mut Vec<Effect>) {
        let Some(saved) = self.saved(id) else { return };
        self.search.saved.is_open = false;
        self.asked(saved.query.as_str().to_owned(), now, out);
        out.push(Effect::Focus(Target::Search));
    }

    fn saved(&self, id: SearchId) -> Option<SavedSearch> {
        let searches = self.replica.view()?.searches();
        searches.iter().find(|search| search.id == id).cloned()
    }

    fn named(&self, name: &Line) -> Option<SavedSearch> {
        let is_so = |search: &&SavedSearch| search.name.as_str().to_lowercase() == name.as_str().to_lowercase();
        self.replica.view()?.searches().iter().find(is_so).cloned()
    }

    fn name_field(&mut self, of: Option<SearchId>) -> Option<&mut NameField> {
        let saved = &mut self.search.saved;
        match of {
            None => Some(&mut saved.name),
            Some(id) => {
                let renaming = saved.renaming.as_mut().filter(|(search, _)| search.id == id);
                renaming.map(|(_, field)| field)
            }
        }
    }

    fn rename_toggled(&mut self, id: SearchId, out: &mut Vec<Effect>) {
        let renaming = self.search.saved.renaming.take();
        if renaming.is_some_and(|(search, _)| search.id == id) {
            return out.push(Effect::Focus(Target::Saved));
        }
        self.search.saved.renaming = self.saved(id).map(|search| {
            let text = search.name.as_str().to_owned();
            (search, NameField { text, problem: None })
        });
        out.push(Effect::Focus(Target::SearchName));
    }

    /// Saves what is looked for under the name that was typed, or a saved search under its new name.
    fn save_search(&mut self, of: Option<SearchId>, now: Now, out: &mut Vec<Effect>) -> Result<(), String> {
        let sentence = |problem: backlog::Problem| format!("{}.", capital(&problem.to_string()));
        let Some(text) = self.name_field(of).map(|field| field.text.clone()) else {
            return Ok(());
        };
        let name = named_by(&text)?;
        let query = match &self.search.saved.renaming {
            Some((search, _)) if of.is_some() => search.query.clone(),
            Some(_) | None => Query::new(&self.search.text).map_err(sentence)?,
        };
        let there = self.named(&name).map(|search| search.id);
        let id = match (of, there) {
            (Some(id), Some(other)) if id != other => return Err("Another saved search is called that.".to_owned()),
            (Some(id), _) => id,
            // Under the name of another one it takes its place.
            (None, there) => there.unwrap_or(now.search_id()),
        };
        match of {
            None => self.search.saved.name = NameField::default(),
            Some(_) => self.search.saved.renaming = None,
        }
        self.tell_after(Command::SaveSearch { id, name, query }, now, out);
        out.push(Effect::Focus(Target::Saved));
        Ok(())
    }

    pub(super) fn saved_scene(&self) -> Option<SavedScene> {
        let saved = &self.search.saved;
        let view = self.replica.view().filter(|_| saved.is_open)?;
        let renaming = saved.renaming.as_ref();
        let gone = renaming.filter(|(search, _)| self.saved(search.id).is_none());
        let line = |search: &SavedSearch| {
            let renaming = renaming.filter(|(renamed, _)| renamed.id == search.id);
            SavedLine {
                id: search.id,
                name: search.name.as_str().to_owned(),
                query: search.query.as_str().to_owned(),
                is_present: search.query.as_str() == self.search.text,
                renaming: renaming.map(|(_, field)| field.clone()),
                is_gone: gone.is_some_and(|(gone, _)| gone.id == search.id),
            }
        };
        let searches = view.searches().iter().chain(gone.map(|(search, _)| search));
        Some(SavedScene {
            edits: self.rights().may(Deed::Searches),
            present: self.present(),
            searches: searches.map(line).collect(),
        })
    }

    fn present(&self) -> Present {
        let text = &self.search.text;
        let searches = self.replica.view().map_or(&[][..], |view| view.searches());
        let same = searches.iter().find(|search| search.query.as_str() == text);
        let name = &self.search.saved.name;
        match same {
            _ if text.trim().is_empty() => Present::Nothing,
            _ if !self.search.mistakes.is_empty() => Present::NotUnderstood,
            Some(search) => Present::Saved(search.name.as_str().to_owned()),
            None => Present::New {
                query: text.clone(),
                name: name.clone(),
                replaces: Line::new(&name.text).is_ok_and(|name| self.named(&name).is_some()),
            },
        }
    }
}

fn named_by(text: &str) -> Result<Line, String> {
    match Line::new(text) {
        Ok(name) => Ok(name),
        Err(backlog::Problem::Empty { .. }) => Err("A saved search has a name.".to_owned()),
        Err(problem) => Err(format!("{}.", capital(&problem.to_string()))),
    }
}
