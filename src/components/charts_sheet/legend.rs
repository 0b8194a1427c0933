//! What the marks of a chart mean. A kind of mark has a pattern of its own beside its colour.

use yew::prelude::*;

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name in the page's markup, and of its style.
    pub key: &'static str,
    /// Its name for people.
    pub words: &'static str,
    /// How it is drawn.
    pub form: Form,
}

/// How a kind of mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An even ground.
    Plain,
    /// Lines that rise.
    Rising,
    /// Lines that fall.
    Falling,
    /// Lines that lie.
    Lying,
    /// Dots.
    Dotted,
    /// No ground at all, but its edge.
    Empty,
    /// A line, not a ground.
    Line,
    /// A broken line.
    Broken,
}

impl Mark {
    /// What it is filled with, where its picture's patterns are there.
    pub fn fill(&self, picture: &str) -> String {
        format!("url(#{picture}-{})", self.key)
    }
}

/// The patterns of some marks, for a picture of that name.
pub fn patterns(picture: &str, marks: &[Mark]) -> Html {
    html! { <defs>{ for marks.iter().map(|mark| pattern(picture, mark)) }</defs> }
}

fn pattern(picture: &str, mark: &Mark) -> Html {
    let figure = match mark.form {
        Form::Rising => html! { <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" /> },
        Form::Falling => html! { <path d="M-1 -1L7 7M-1 5L1 7M5 -1L7 1" /> },
        Form::Lying => html! { <path d="M0 1.5H6M0 4.5H6" /> },
        Form::Dotted => html! {<><circle cx="1.5" cy="1.5" r="0.7" /><circle cx="4.5" cy="4.5" r="0.7" /></>},
        Form::Plain | Form::Empty | Form::Line | Form::Broken => html! {},
    };
    html! {
        <pattern key={mark.key} id={format!("{picture}-{}", mark.key)} class={classes!("mark", format!("mark-{}", mark.key))}
            width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" class={if mark.form == Form::Empty { "mark-empty" } else { "mark-ground" }} />
            <g class="mark-figure">{ figure }</g>
        </pattern>
    }
}

/// The list of what the marks mean.
pub fn legend(picture: &str, marks: &[Mark]) -> Html {
    let sample = |mark: &Mark| match mark.form {
        Form::Line | Form::Broken => html! {
            <line class={classes!("mark-line", format!("line-{}", mark.key))} x1="0" x2="14" y1="6" y2="6" />
        },
        _ => html! { <rect class="mark-edge" x="0.5" y="0.5" width="13" height="11" fill={mark.fill(picture)} /> },
    };
    let entry = |mark: &Mark| {
        html! {
            <li key={mark.key}>
                <svg viewBox="0 0 14 12" aria-hidden="true">{ sample(mark) }</svg>{ mark.words }
            </li>
        }
    };
    html! { <ul class="chart-legend">{ for marks.iter().map(entry) }</ul> }
}
