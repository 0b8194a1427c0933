//! A row as the scripts read it.

use super::*;

pub fn spelled(row: &Row) -> String {
    match row {
        Row::Gap { height, .. } => format!("..{height}.."),
        Row::Iteration(line) => format!("#{}", line.number),
        Row::EmptyIterations(line) => format!("#{}-{} empty", line.first, line.last),
        Row::Form(form) => {
            let problem = form
                .problem
                .as_ref()
                .map(|problem| format!(" ({problem})"))
                .unwrap_or_default();
            let overtaken: Vec<String> = form
                .overtaken
                .iter()
                .map(|at| {
                    let by = at.by.as_ref().map_or("someone", Name::as_str);
                    format!(" <{} by {by}: {}>", at.field, at.theirs)
                })
                .collect();
            format!("[{}]{problem}{}", form.title, overtaken.concat())
        }
        Row::Card(card) => {
            let state = match card.story.state {
                State::Unscheduled | State::Unstarted => String::new(),
                state => format!(" {state:?}").to_lowercase(),
            };
            let marks = [
                (card.selected, "+"),
                (card.focused, "*"),
                (card.moving, "~"),
                (card.unsaved, "?"),
            ];
            let marks: String = marks.into_iter().filter_map(|(on, mark)| on.then_some(mark)).collect();
            format!("{}{state}{marks}", card.story.title.as_str())
        }
    }
}
