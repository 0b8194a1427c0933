//! Markdown as HTML that a page may show as it is. Knows the project's people by name; reads no store and no clock.
//!
//! What a text says stays readable: HTML in it is shown as text, an image becomes a link to it, a link whose address is not allowed
//! becomes its words. What comes out is made here from the parser's events alone, and goes through an allow-list besides.

mod allowed;
mod passage;
mod people;
mod weave;

use backlog::{ActorId, Name, ProjectId};
use people::People;
use pulldown_cmark::{Options, Parser, html};
use std::collections::BTreeMap;
use weave::Weave;

/// Renders texts of one project.
#[derive(Debug)]
pub struct Renderer {
    project: ProjectId,
    people: People,
}

impl Renderer {
    /// A renderer for a project in which these people are known.
    pub fn new(project: ProjectId, people: &BTreeMap<ActorId, Name>) -> Renderer {
        Renderer {
            project,
            people: People::new(people),
        }
    }

    /// A text as HTML. Any text has one.
    pub fn html(&self, text: &str) -> String {
        let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        options.set(Options::ENABLE_TABLES, most_cells(text) <= MOST_CELLS);
        let woven = Weave::new(self).events(Parser::new_ext(text, options));
        let mut raw = String::with_capacity(text.len() * 2);
        html::push_html(&mut raw, woven.into_iter());
        allowed::clean(&raw)
    }
}

/// The most cells that the tables of one text may have. One with more is shown as it was typed.
const MOST_CELLS: usize = 20_000;

/// No table of the text has more cells: each row of one has as many as its longest line, however short it is itself.
fn most_cells(text: &str) -> usize {
    let columns = text.lines().map(|line| line.matches('|').count() + 1).max();
    columns.unwrap_or_default() * text.lines().count()
}

#[cfg(test)]
mod tests;
