//! The search: its field in the header, and below it what was not understood, what may be meant, and the saved searches.

mod saved;

use super::parts::suggest::{Choice, choice_id, list};
use super::{icons, maybe};
use crate::board::msg::{Msg, SearchKey, SearchMsg};
use crate::board::scene::search::{MistakeLine, OfferLine, SearchScene, Standing};
use web_sys::HtmlInputElement;
use yew::prelude::*;

const LIST: &str = "search-list";

/// What the search shows.
#[derive(Properties, PartialEq)]
pub struct SearchFieldProps {
    /// The search.
    pub scene: SearchScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The search.
#[component]
pub fn SearchField(props: &SearchFieldProps) -> Html {
    let SearchFieldProps { scene, dispatch } = props;
    let told = dispatch.reform(Msg::Search);
    let is_on = !scene.text.is_empty();
    html! {
        <div class={classes!("search", is_on.then_some("is-on"))} role="search">
            <div class="search-box">
                <span class="search-sign" aria-hidden="true">{ icons::search() }</span>
                { field(scene, &told) }
                { standing(scene.standing) }
                { maybe(is_on.then(|| html! {
                    <button type="button" class="button quiet search-clear" aria-label="Search for nothing" title="Search for nothing (Escape)"
                        onmousedown={Callback::from(keep_focus)} onclick={told.reform(|_| SearchMsg::Cleared)}>{ icons::cross() }</button>
                })) }
                { saved_button(scene, &told) }
            </div>
            { below(scene, &told) }
            { maybe(scene.saved.as_ref().map(|saved| saved::saved_searches(saved, &told))) }
        </div>
    }
}

fn field(scene: &SearchScene, told: &Callback<SearchMsg>) -> Html {
    let typed = told.reform(|event: InputEvent| {
        let field: HtmlInputElement = event.target_unchecked_into();
        SearchMsg::Typed(field.value(), caret(&field))
    });
    let clicked = told
        .reform(|event: MouseEvent| SearchMsg::CaretMoved(caret(&event.target_unchecked_into::<HtmlInputElement>())));
    let is_offering = !scene.offers.is_empty();
    let is_wrong = scene.standing == Standing::NotUnderstood;
    let told_by = if scene.mistakes.is_empty() {
        "search-standing"
    } else {
        "search-mistakes"
    };
    html! {
        <input type="text" class="search-field" role="combobox" data-field="search" aria-label="Search" placeholder="Search (/)"
            title="Words, \"phrases\", -not, OR, and fields such as state:started or owner:me"
            autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" dir="auto" value={scene.text.clone()}
            aria-autocomplete="list" aria-expanded={is_offering.to_string()} aria-controls={is_offering.then_some(LIST)}
            aria-activedescendant={scene.active.map(|place| choice_id(LIST, place))}
            aria-invalid={is_wrong.then_some("true")} aria-describedby={told_by}
            oninput={typed} onclick={clicked} onkeydown={on_key(scene, told)} onkeyup={on_key_released(told)}
            onfocus={told.reform(|_| SearchMsg::Focused)} onblur={told.reform(|_| SearchMsg::Left)} />
    }
}

fn caret(field: &HtmlInputElement) -> u32 {
    field.selection_start().ok().flatten().unwrap_or(u32::MAX)
}

fn on_key(scene: &SearchScene, told: &Callback<SearchMsg>) -> Callback<KeyboardEvent> {
    let (told, is_chosen) = (told.clone(), scene.active.is_some());
    Callback::from(move |event: KeyboardEvent| {
        let has_other_use = event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key();
        let key = match event.key().as_str() {
            _ if has_other_use => return,
            "ArrowDown" => SearchKey::Down,
            "ArrowUp" => SearchKey::Up,
            "Enter" => SearchKey::Enter,
            "Escape" => SearchKey::Escape,
            // Where nothing is chosen, Tab goes on as everywhere.
            "Tab" if is_chosen && !event.shift_key() => SearchKey::Tab,
            _ => return,
        };
        event.prevent_default();
        told.emit(SearchMsg::KeyPressed(key));
    })
}

// What is offered follows the caret.
fn on_key_released(told: &Callback<SearchMsg>) -> Callback<KeyboardEvent> {
    let told = told.clone();
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            told.emit(SearchMsg::CaretMoved(caret(&event.target_unchecked_into())));
        }
    })
}

fn standing(standing: Standing) -> Html {
    let words = match standing {
        Standing::Idle => String::new(),
        Standing::Looking => "Looking…".to_owned(),
        Standing::Found(0) => "None found".to_owned(),
        Standing::Found(found) => format!("{found} found"),
        Standing::NotUnderstood => "Not understood".to_owned(),
    };
    let class = classes!(
        "search-standing",
        (standing == Standing::NotUnderstood).then_some("is-wrong")
    );
    html! { <span id="search-standing" {class}>{ words }</span> }
}

fn saved_button(scene: &SearchScene, told: &Callback<SearchMsg>) -> Html {
    let is_open = scene.saved.is_some();
    html! {
        <button type="button" class="button quiet search-saved-button" data-to="saved" aria-label="Saved searches" title="Saved searches"
            aria-expanded={is_open.to_string()} onmousedown={Callback::from(keep_focus)} onclick={told.reform(|_| SearchMsg::SavedToggled)}>{ icons::bookmark() }</button>
    }
}

// On a phone the buttons are there only while one is in the field: it must not lose the focus before they are let go.
fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}

fn below(scene: &SearchScene, told: &Callback<SearchMsg>) -> Html {
    if scene.mistakes.is_empty() && scene.offers.is_empty() {
        return html! {};
    }
    let choices: Vec<Choice> = scene.offers.iter().map(choice).collect();
    html! {
        <div class="search-below">
            <div id="search-mistakes">{ for scene.mistakes.iter().map(mistake) }</div>
            { list(LIST, &choices, scene.active, &told.reform(SearchMsg::Picked)) }
        </div>
    }
}

fn choice(offer: &OfferLine) -> Choice {
    Choice {
        words: offer.words.clone(),
        detail: offer.detail.clone(),
    }
}

fn mistake(line: &MistakeLine) -> Html {
    html! {
        <div class="search-mistake">
            <p class="search-echo" dir="auto" aria-hidden="true">
                { line.before.clone() }<mark>{ line.wrong.clone() }</mark>{ line.after.clone() }
            </p>
            <p class="problem">{ for told(&line.words) }</p>
        </div>
    }
}

/// What stands between backquotes is code.
fn told(words: &str) -> impl Iterator<Item = Html> + '_ {
    words.split('`').enumerate().map(|(place, part)| match place % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    })
}
