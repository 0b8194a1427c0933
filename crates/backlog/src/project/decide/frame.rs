//! The rules of what a project has besides its stories: settings, epics, saved searches.

use super::Project;
use crate::{
    Change, Command, Epic, EpicId, EpicWords, Hand, Limit, Line, Query, Rejection, SavedSearch, SearchId, SettingEdit,
    Settings,
};

impl Project {
    pub(super) fn decide_settings(&self, edits: &[SettingEdit]) -> Result<Change, Rejection> {
        if edits.len() > Command::MAX_EDITS {
            return Err(Rejection::TooManyEdits);
        }
        let mut settings = self.settings.clone();
        let mut done = Vec::new();
        for edit in edits {
            check_reach(edit)?;
            let before = settings.clone();
            settings.take(edit.clone());
            if settings != before {
                done.push(edit.clone());
            }
        }
        room(Limit::Overrides, settings.overrides.len())?;
        Ok(Change::SettingsEdited { edits: done })
    }

    pub(super) fn decide_epic(&self, id: EpicId, words: &EpicWords, hand: Hand) -> Result<Change, Rejection> {
        let label = &words.label;
        if self
            .epics
            .iter()
            .any(|other| other.id != id && other.words.label == *label)
        {
            return Err(Rejection::LabelTaken { label: label.clone() });
        }
        let mut gone = self.gone_epics.iter();
        let epic = match self.epic(id).or_else(|| gone.find(|epic| epic.id == id)) {
            Some(epic) => Epic {
                words: words.clone(),
                ..epic.clone()
            },
            None => Epic {
                id,
                number: self.next_number,
                origin: None,
                words: words.clone(),
                created_at: hand.at,
            },
        };
        let is_new = self.epic(id).is_none();
        room(Limit::Epics, self.epics.len() + usize::from(is_new))?;
        Ok(Change::EpicPut { epic: Box::new(epic) })
    }

    pub(super) fn decide_epic_move(&self, id: EpicId, after: Option<EpicId>) -> Result<Change, Rejection> {
        self.epic(id).ok_or(Rejection::UnknownEpic)?;
        if after == Some(id) {
            return Err(Rejection::AnchorMoves);
        }
        // After an epic that went is the top: nobody can see where it stood.
        let after = after.filter(|after| self.epic(*after).is_some());
        Ok(Change::EpicMoved { id, after })
    }

    pub(super) fn decide_search(&self, id: SearchId, name: &Line, query: &Query) -> Result<Change, Rejection> {
        let is_new = self.searches.iter().all(|search| search.id != id);
        room(Limit::Searches, self.searches.len() + usize::from(is_new))?;
        Ok(Change::SearchSaved {
            search: SavedSearch {
                id,
                name: name.clone(),
                query: query.clone(),
            },
        })
    }
}

pub(super) fn room(what: Limit, wanted: usize) -> Result<(), Rejection> {
    if wanted > what.most() {
        Err(Rejection::TooMany { what })
    } else {
        Ok(())
    }
}

fn check_reach(edit: &SettingEdit) -> Result<(), Rejection> {
    let iteration = match edit {
        SettingEdit::Length { iteration, .. } | SettingEdit::Strength { iteration, .. } => *iteration,
        SettingEdit::Scale(_)
        | SettingEdit::Pointed(_)
        | SettingEdit::IterationWeeks(_)
        | SettingEdit::StartWeekday(_)
        | SettingEdit::TimeZone(_)
        | SettingEdit::VelocityWindow(_)
        | SettingEdit::InitialVelocity(_)
        | SettingEdit::Planning(_) => return Ok(()),
        SettingEdit::StartedOn(day) if day.is_of_our_time() => return Ok(()),
        SettingEdit::StartedOn(_) => return Err(Rejection::NoSuchDay),
    };
    if (1..=Settings::LAST_OVERRIDE).contains(&iteration) {
        Ok(())
    } else {
        Err(Rejection::NoSuchIteration { iteration })
    }
}
