//! Choosing a person: a button that becomes a field with a list of everyone whose name holds what is typed.

use super::suggest::{Choice, choice_id, list, stepped};
use crate::components::maybe;
use backlog::{ActorId, Person};
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The most names shown at once.
const MOST_SHOWN: usize = 8;

/// Whom one may choose, and for what.
#[derive(Properties, PartialEq)]
pub struct PersonPickerProps {
    /// What it is for, told to those who hear the page.
    pub label: String,
    /// What the button says.
    pub face: Html,
    /// Its mark, by which the focus finds it.
    #[prop_or_default]
    pub mark: Option<&'static str>,
    /// Everyone, whoever looks first.
    pub people: Rc<[Person]>,
    /// Those who are not offered.
    pub without: Vec<ActorId>,
    /// Told who was chosen.
    pub chosen: Callback<ActorId>,
}

/// A choice of a person.
#[component]
pub fn PersonPicker(props: &PersonPickerProps) -> Html {
    let query = use_state(|| None::<String>);
    let active = use_state(|| 0_usize);
    let (button, field) = (use_node_ref(), use_node_ref());
    let is_open = query.is_some();
    {
        // The field takes the focus when it comes, the button when it goes by a key or a choice.
        let (button, field, was_open) = (button.clone(), field.clone(), use_mut_ref(|| false));
        use_effect_with(is_open, move |is_open| {
            let was_open = was_open.replace(*is_open);
            let node = if *is_open { field } else { button };
            if (*is_open || was_open) && !elsewhere() {
                focus(&node);
            }
        });
    }
    let Some(text) = (*query).clone() else {
        let on_opened = {
            let (query, active) = (query.clone(), active.clone());
            Callback::from(move |_: MouseEvent| {
                active.set(0);
                query.set(Some(String::new()));
            })
        };
        return html! {
            <button ref={button} type="button" class="button quiet part-add" data-add={props.mark} aria-label={props.label.clone()}
                title={props.label.clone()} aria-haspopup="listbox" onclick={on_opened}>{ props.face.clone() }</button>
        };
    };
    let offered = offered(props, &text);
    let id = format!("people-{}", props.label.to_lowercase().replace(' ', "-"));
    let taken = {
        let (query, chosen, ids) = (query.clone(), props.chosen.clone(), ids(&offered));
        Callback::from(move |place: usize| {
            if let Some(person) = ids.get(place) {
                query.set(None);
                chosen.emit(*person);
            }
        })
    };
    let on_key = on_key((&query, &active), offered.len(), taken.clone());
    let on_typed = {
        let (query, active) = (query.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            active.set(0);
            query.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let on_left = {
        let query = query.clone();
        Callback::from(move |_: FocusEvent| query.set(None))
    };
    let choices: Vec<Choice> = offered.iter().map(|person| choice(person, props)).collect();
    let at = (*active).min(choices.len().saturating_sub(1));
    html! {
        <span class="picker">
            <input ref={field} type="text" class="field" role="combobox" aria-label={props.label.clone()} aria-autocomplete="list"
                aria-expanded={(!choices.is_empty()).to_string()} aria-controls={id.clone()}
                aria-activedescendant={(!choices.is_empty()).then(|| choice_id(&id, at))}
                autocomplete="off" dir="auto" placeholder="Name" value={text} oninput={on_typed} onkeydown={on_key} onblur={on_left} />
            { list(&id, &choices, Some(at), &taken) }
            { maybe(choices.is_empty().then(|| html! { <span class="suggest-none" role="status">{ "Nobody of that name is known here" }</span> })) }
        </span>
    }
}

fn on_key(
    (query, active): (&UseStateHandle<Option<String>>, &UseStateHandle<usize>),
    choices: usize,
    taken: Callback<usize>,
) -> Callback<KeyboardEvent> {
    let (query, active) = (query.clone(), active.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        if let Some(place) = stepped(&event.key(), Some(*active), choices) {
            active.set(place);
        } else if event.key() == "Enter" {
            taken.emit(*active);
        } else if event.key() == "Escape" {
            query.set(None);
        } else {
            return;
        }
        event.prevent_default();
    })
}

fn offered<'a>(props: &'a PersonPickerProps, text: &str) -> Vec<&'a Person> {
    let text = text.trim().to_lowercase();
    let is_meant = |person: &&Person| person.name.as_str().to_lowercase().contains(&text);
    let left = props.people.iter().filter(|person| !props.without.contains(&person.id));
    left.filter(is_meant).take(MOST_SHOWN).collect()
}

fn ids(people: &[&Person]) -> Vec<ActorId> {
    people.iter().map(|person| person.id).collect()
}

fn choice(person: &Person, props: &PersonPickerProps) -> Choice {
    let is_me = props.people.first().is_some_and(|me| me.id == person.id);
    Choice {
        words: person.name.as_str().to_owned(),
        detail: if is_me { "me" } else { "" }.to_owned(),
    }
}

/// Whether the focus has gone to another place by itself.
fn elsewhere() -> bool {
    let active = gloo_utils::document().active_element();
    active.is_some_and(|active| active.matches("input, textarea, select").unwrap_or(false))
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // An element that is gone cannot be focused, and need not be.
        let _focused = element.focus();
    }
}
