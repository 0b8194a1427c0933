//! Writing a comment: after `@` and the beginning of a name, the people who may be meant. Ctrl or Cmd with Enter sends it.

use super::field::{SendBy, problem_id, problem_words};
use super::suggest::{Choice, choice_id, list, stepped};
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::components::maybe;
use backlog::{Person, StoryId};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The most names offered.
const MOST_OFFERED: usize = 6;

/// What the field shows.
#[derive(Properties, PartialEq)]
pub struct CommentFieldProps {
    /// The story.
    pub story: StoryId,
    /// Where the text is begun.
    pub aside: Aside,
    /// The text.
    pub text: String,
    /// Whether anything is typed, so that Escape closes the form and keeps it.
    pub touched: bool,
    /// Why it could not be sent.
    pub problem: Option<String>,
    /// Everyone who may be named.
    pub people: Rc<[Person]>,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// A name that is being written: where its `@` stands and what follows, in the browser's units.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Naming {
    at: usize,
    end: usize,
    begun: String,
}

/// A field for a comment.
#[component]
pub fn CommentField(props: &CommentFieldProps) -> Html {
    let (story, aside) = (props.story, props.aside);
    let area = use_node_ref();
    let naming = use_state(|| None::<Naming>);
    let active = use_state(|| 0_usize);
    let caret = use_mut_ref(|| None::<u32>);
    {
        // A name that was put in leaves the caret behind it.
        let (area, caret) = (area.clone(), caret.clone());
        use_effect(move || {
            if let (Some(place), Some(area)) = (caret.take(), area.cast::<HtmlTextAreaElement>()) {
                // A field that is gone has no caret to set.
                let _set = area.set_selection_range(place, place);
            }
        });
    }
    let offered = (*naming)
        .as_ref()
        .map_or(Vec::new(), |naming| offered(&props.people, &naming.begun));
    let at = (*active).min(offered.len().saturating_sub(1));
    let id = format!("names-{}-{story}", aside.key());
    let taken = {
        let (naming, text, dispatch) = (naming.clone(), props.text.clone(), props.dispatch.clone());
        let names: Vec<String> = offered.iter().map(|person| person.name.as_str().to_owned()).collect();
        Callback::from(move |place: usize| {
            if let (Some(meant), Some(name)) = ((*naming).as_ref(), names.get(place)) {
                let (text, end) = with_name(&text, meant, name);
                caret.replace(Some(end));
                naming.set(None);
                dispatch.emit(Msg::Parts(PartsMsg::Typed(story, aside, text)));
            }
        })
    };
    let on_typed = {
        let (naming, active, dispatch) = (naming.clone(), active.clone(), props.dispatch.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let text = area.value();
            let place = area.selection_start().ok().flatten().unwrap_or_default();
            active.set(0);
            naming.set(being_named(&text, place as usize));
            dispatch.emit(Msg::Parts(PartsMsg::Typed(story, aside, text)));
        })
    };
    let on_key = on_key(props, (&naming, &active), (offered.len(), taken.clone()));
    let on_left = {
        let naming = naming.clone();
        Callback::from(move |_: FocusEvent| naming.set(None))
    };
    let choices: Vec<Choice> = offered.iter().map(|person| choice(person)).collect();
    let label = if aside == Aside::Comment {
        "Add a comment"
    } else {
        "Comment"
    };
    let problem = props.problem.as_deref();
    html! {
        <div class="comment-field">
            <div class="grow field" data-text={props.text.clone()}>
                <textarea ref={area} data-field={aside.key()} rows="2" dir="auto" aria-label={label}
                    placeholder="In Markdown; @ names someone, #12 a story" value={props.text.clone()}
                    aria-controls={(!choices.is_empty()).then(|| id.clone())}
                    aria-activedescendant={(!choices.is_empty()).then(|| choice_id(&id, at))}
                    oninput={on_typed} onkeydown={on_key} onblur={on_left}
                    aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| problem_id(story, aside))} />
            </div>
            { list(&id, &choices, Some(at), &taken) }
            { maybe(problem.map(|problem| problem_words(story, aside, problem))) }
        </div>
    }
}

fn on_key(
    props: &CommentFieldProps,
    (naming, active): (&UseStateHandle<Option<Naming>>, &UseStateHandle<usize>),
    (offered, taken): (usize, Callback<usize>),
) -> Callback<KeyboardEvent> {
    let (story, aside, dispatch) = (props.story, props.aside, props.dispatch.clone());
    let closes = !props.touched && aside != Aside::Comment;
    let (naming, active) = (naming.clone(), active.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let stepped = stepped(&event.key(), Some(*active), offered);
        if SendBy::EnterWithCommand.is_pressed(&event) {
            dispatch.emit(Msg::Parts(PartsMsg::Sent(story, aside)));
        } else if let Some(place) = stepped {
            active.set(place);
        } else if offered > 0 && matches!(event.key().as_str(), "Enter" | "Tab") {
            taken.emit(*active);
        } else if offered > 0 && event.key() == "Escape" {
            naming.set(None);
        } else if closes && event.key() == "Escape" {
            dispatch.emit(Msg::Parts(PartsMsg::Dropped(story, aside)));
        } else {
            return;
        }
        event.prevent_default();
    })
}

fn choice(person: &Person) -> Choice {
    Choice {
        words: person.name.as_str().to_owned(),
        detail: String::new(),
    }
}

fn offered<'a>(people: &'a [Person], begun: &str) -> Vec<&'a Person> {
    let begun = begun.to_lowercase();
    let is_meant = |person: &&Person| {
        let name = person.name.as_str().to_lowercase();
        name.starts_with(&begun) || name.split_whitespace().any(|word| word.starts_with(&begun))
    };
    people.iter().filter(is_meant).take(MOST_OFFERED).collect()
}

/// The name that is being written before the caret. Browsers count in units of UTF-16.
fn being_named(text: &str, caret: usize) -> Option<Naming> {
    let units: Vec<u16> = text.encode_utf16().take(caret).collect();
    let at = units.iter().rposition(|unit| *unit == u16::from(b'@'))?;
    let before = String::from_utf16_lossy(&units[..at]);
    let begun = String::from_utf16_lossy(&units[at + 1..]);
    let begins_a_word = before
        .chars()
        .next_back()
        .is_none_or(|letter| !letter.is_alphanumeric());
    let may_be_a_name = !begun.contains('\n') && !begun.starts_with(' ') && begun.chars().count() <= 40;
    (begins_a_word && may_be_a_name).then_some(Naming { at, end: caret, begun })
}

/// The text with the whole name in it, and where the caret stands behind it.
fn with_name(text: &str, naming: &Naming, name: &str) -> (String, u32) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (before, after) = (
        String::from_utf16_lossy(units.get(..naming.at).unwrap_or_default()),
        String::from_utf16_lossy(units.get(naming.end..).unwrap_or_default()),
    );
    let named = format!("{before}@{name} ");
    let caret = named.encode_utf16().count();
    (format!("{named}{after}"), caret as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, caret: usize, expected: Option<(usize, &str)>) {
        let named = being_named(text, caret).map(|naming| (naming.at, naming.begun));
        assert_eq!(named, expected.map(|(at, begun)| (at, begun.to_owned())), "{text}");
    }

    #[test]
    fn a_name_is_written_after_an_at() {
        check("@", 1, Some((0, "")));
        check("Hi @An", 6, Some((3, "An")));
        check("Hi @Ann Le", 10, Some((3, "Ann Le")));
        check("😀 @An rest", 6, Some((3, "An")));
        check("post@An", 7, None);
        check("@Ann\nand", 8, None);
        check("@ me", 4, None);
        check("nobody", 6, None);
    }

    #[test]
    fn a_chosen_name_is_whole_and_the_caret_behind_it() {
        let naming = being_named("😀 @An rest", 6).unwrap();
        assert_eq!(
            with_name("😀 @An rest", &naming, "Ann Lee"),
            ("😀 @Ann Lee  rest".to_owned(), 12)
        );
    }
}
