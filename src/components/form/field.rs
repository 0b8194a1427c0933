//! A field of a form: its label, what is wrong with it, and what helps to fill it in.

use crate::components::maybe;
use yew::prelude::*;

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: AttrValue,
    /// What is typed in it.
    pub kind: Kind,
    /// What stands in it at first; for a choice, the value that is chosen.
    pub initial: AttrValue,
    /// What helps to fill it in.
    pub hint: Option<AttrValue>,
}

impl Field {
    /// An empty field.
    pub fn new(name: &'static str, label: impl Into<AttrValue>, kind: Kind) -> Field {
        Field {
            name,
            label: label.into(),
            kind,
            initial: AttrValue::default(),
            hint: None,
        }
    }

    /// The field with this in it.
    pub fn with(self, initial: impl Into<AttrValue>) -> Field {
        Field {
            initial: initial.into(),
            ..self
        }
    }

    /// The field with this beside it.
    pub fn hinting(self, hint: impl Into<AttrValue>) -> Field {
        Field {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// What is typed in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Words that no browser knows.
    Text,
    /// What one is called.
    Name,
    /// The address by which one signs in.
    Username,
    /// Someone else's address.
    Mail,
    /// An address on the web.
    Web,
    /// The password that one has.
    Password,
    /// The password that one will have.
    NewPassword,
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Any(Vec<Choice>),
}

/// One of several values.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its value in the form.
    pub value: AttrValue,
    /// What it is called.
    pub words: AttrValue,
    /// What follows from it.
    pub follows: Option<&'static str>,
    /// What is seen in the place of its button.
    pub sign: Option<Html>,
}

impl Choice {
    /// A value that is called this.
    pub fn new(value: impl Into<AttrValue>, words: impl Into<AttrValue>) -> Choice {
        Choice {
            value: value.into(),
            words: words.into(),
            follows: None,
            sign: None,
        }
    }
}

/// A field in a form of that name, and what is wrong with what stands in it.
pub fn field_view(form: &'static str, field: &Field, problem: Option<&str>) -> Html {
    let Field { name, label, hint, .. } = field;
    let id = format!("{form}-{name}");
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described: Vec<String> = [
        problem.map(|_| problem_id.clone()),
        hint.as_ref().map(|_| hint_id.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let about = html! {<>
        { maybe(hint.as_ref().map(|hint| html! { <p id={hint_id} class="fill-hint">{ hint.clone() }</p> })) }
        { maybe(problem.map(|problem| html! {
            <p id={problem_id} class="problem" role="alert">{ problem.to_owned() }</p>
        })) }
    </>};
    let choices = match &field.kind {
        Kind::One(choices) => (choices, "radio"),
        Kind::Any(choices) => (choices, "checkbox"),
        Kind::Text | Kind::Name | Kind::Username | Kind::Mail | Kind::Web | Kind::Password | Kind::NewPassword => {
            return html! {
                <div key={*name} class="fill-field">
                    <label for={id.clone()}>{ label.clone() }</label>
                    <LineView {id} field={field.clone()} {described} invalid={problem.is_some()} />
                    { about }
                </div>
            };
        }
    };
    html! {
        <fieldset key={*name} {id} class="fill-field fill-choices" aria-describedby={described} data-choices={*name}
            aria-invalid={problem.map(|_| "true")} tabindex={problem.map(|_| "-1")}>
            <legend>{ label.clone() }</legend>
            <div class="fill-options">{ for choices.0.iter().map(|choice| option(field, choice, choices.1)) }</div>
            { about }
        </fieldset>
    }
}

fn option(field: &Field, choice: &Choice, kind: &'static str) -> Html {
    let Choice {
        value,
        words,
        follows,
        sign,
    } = choice;
    let checked = kind == "radio" && field.initial == *value;
    html! {
        <label key={value.to_string()} class={classes!("fill-option", sign.as_ref().map(|_| "is-sign"))}>
            <input type={kind} name={field.name} value={value.clone()} ~defaultChecked={checked} />
            { maybe(sign.clone()) }
            <span class={sign.as_ref().map(|_| "sr-only")}>{ words.clone() }</span>
            { maybe(follows.map(|follows| html! { <span class="fill-follows">{ follows }</span> })) }
        </label>
    }
}

/// What the line of a field shows.
#[derive(Properties, PartialEq)]
struct LineViewProps {
    id: String,
    field: Field,
    described: Option<String>,
    invalid: bool,
}

/// Whether a password can be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    Hidden,
    Shown,
}

/// The line in which one types; a password can be shown.
#[component]
fn LineView(props: &LineViewProps) -> Html {
    let sight = use_state_eq(|| Sight::Hidden);
    let Field {
        name,
        kind,
        initial,
        label,
        ..
    } = &props.field;
    let (mode, complete) = matching(kind);
    let secret = matches!(kind, Kind::Password | Kind::NewPassword);
    let typed = if secret && *sight == Sight::Hidden {
        "password"
    } else {
        "text"
    };
    let words = matches!(kind, Kind::Text | Kind::Name);
    let line = html! {
        <input id={props.id.clone()} class="field" name={*name} type={typed} inputmode={mode} autocomplete={complete}
            dir={words.then_some("auto")} autocapitalize={(!words).then_some("none")} spellcheck={(!words).then_some("false")}
            ~defaultValue={initial.to_string()} aria-invalid={props.invalid.then_some("true")}
            aria-describedby={props.described.clone()} />
    };
    if !secret {
        return line;
    }
    let (next, says) = match *sight {
        Sight::Hidden => (Sight::Shown, "Show"),
        Sight::Shown => (Sight::Hidden, "Hide"),
    };
    let label = format!("{says} {}", label.to_lowercase());
    let on_click = Callback::from(move |_: MouseEvent| sight.set(next));
    html! {
        <div class="fill-secret">
            { line }
            <button type="button" class="button quiet" aria-label={label} onclick={on_click}>{ says }</button>
        </div>
    }
}

// The keyboard of a phone, and what the browser offers (WCAG 2.2, 1.3.5). Not the type `email`: for it browsers write hosts with
// other letters in another way than they were typed.
fn matching(kind: &Kind) -> (Option<&'static str>, &'static str) {
    match kind {
        Kind::Text | Kind::One(_) | Kind::Any(_) => (None, "off"),
        Kind::Name => (None, "name"),
        Kind::Username => (Some("email"), "username"),
        Kind::Mail => (Some("email"), "off"),
        Kind::Web => (Some("url"), "off"),
        Kind::Password => (None, "current-password"),
        Kind::NewPassword => (None, "new-password"),
    }
}
