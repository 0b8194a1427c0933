//! The search as it is seen and told: how it stands, what was not understood.

use super::News;
use crate::board::Board;
use crate::board::msg::Effect;
use crate::board::scene::search::{MistakeLine, SearchScene, Standing};
use backlog::search::Mistake;

/// More mistakes than that at once help nobody.
const MOST_MISTAKES: usize = 3;

impl Board {
    /// Tells those who hear the page what was found, once nothing has been typed for a moment.
    pub(in crate::board) fn tell_found(&mut self, out: &mut Vec<Effect>) {
        if std::mem::take(&mut self.search.news) == News::Told {
            return;
        }
        let words = match (self.search_standing(), self.search.mistakes.first()) {
            (Standing::NotUnderstood, Some(mistake)) => mistake.words.replace('`', ""),
            (Standing::Found(0), _) => "No story found.".to_owned(),
            (Standing::Found(1), _) => "1 story found.".to_owned(),
            (Standing::Found(found), _) => format!("{found} stories found."),
            (Standing::Looking | Standing::NotUnderstood, _) => return,
            (Standing::Idle, _) => "All stories are shown.".to_owned(),
        };
        out.push(Effect::Announce(words));
    }

    fn search_standing(&self) -> Standing {
        let found = self.layout.as_ref().and_then(|layout| layout.found);
        match (&self.search.asked, found) {
            _ if !self.search.mistakes.is_empty() => Standing::NotUnderstood,
            (None, _) => Standing::Idle,
            (Some(_), Some(found)) => Standing::Found(found),
            (Some(_), None) => Standing::Looking,
        }
    }

    pub(in crate::board) fn search_scene(&self) -> SearchScene {
        let search = &self.search;
        let mistakes = search.mistakes.iter().filter(|mistake| search.list.tells(mistake));
        SearchScene {
            text: search.text.clone(),
            standing: self.search_standing(),
            offers: search.list.lines(),
            active: search.list.active(),
            mistakes: mistakes
                .take(MOST_MISTAKES)
                .map(|mistake| line(&search.text, mistake))
                .collect(),
            saved: self.saved_scene(),
        }
    }
}

fn line(text: &str, mistake: &Mistake) -> MistakeLine {
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    MistakeLine {
        before: part(0..mistake.at.start),
        wrong: part(mistake.at.clone()),
        after: part(mistake.at.end..text.len()),
        words: mistake.words.clone(),
    }
}
