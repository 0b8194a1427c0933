//! The saved searches: the one that is looked for now can be saved, the others run, renamed and removed.

use crate::board::msg::SearchMsg;
use crate::board::scene::search::{NameField, Present, SavedLine, SavedScene};
use crate::components::maybe;
use backlog::SearchId;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The saved searches.
pub fn saved_searches(scene: &SavedScene, told: &Callback<SearchMsg>) -> Html {
    let closed = told.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            closed.emit(SearchMsg::SavedToggled);
        }
    });
    html! {
        <section id="saved-searches" class="search-saved" aria-label="Saved searches" data-reading="true" onkeydown={on_key}>
            { maybe(scene.edits.then(|| present(&scene.present, told))) }
            { list(scene, told) }
            <p><button type="button" class="button quiet" onclick={told.reform(|_| SearchMsg::SavedToggled)}>{ "Close" }</button></p>
        </section>
    }
}

fn present(present: &Present, told: &Callback<SearchMsg>) -> Html {
    match present {
        Present::Nothing => html! {},
        Present::NotUnderstood => html! {
            <p class="search-note">{ "What stands in the search field is not understood yet, so it cannot be saved." }</p>
        },
        Present::Saved(name) => html! {
            <p class="search-note">{ "What you search for now is saved as “" }<span dir="auto">{ name.clone() }</span>{ "”." }</p>
        },
        Present::New { query, name, replaces } => {
            let save = if *replaces { "Replace" } else { "Save" };
            html! {
                <div class="search-present">
                    <p class="search-query" dir="auto">{ query.clone() }</p>
                    { name_form((None, "Save this search as"), name, save, told) }
                </div>
            }
        }
    }
}

fn list(scene: &SavedScene, told: &Callback<SearchMsg>) -> Html {
    let SavedScene { searches, edits, .. } = scene;
    if searches.is_empty() && !edits {
        return html! { <p class="search-note">{ "No searches are saved yet." }</p> };
    }
    if searches.is_empty() {
        return html! {
            <p class="search-note">
                { "No searches are saved yet. What you type into the search field can be saved here, for everyone in the project." }
            </p>
        };
    }
    html! { <ul class="search-list">{ for searches.iter().map(|line| saved((line, *edits), told)) }</ul> }
}

fn saved((line, edits): (&SavedLine, bool), told: &Callback<SearchMsg>) -> Html {
    let id = line.id;
    let name = line.name.clone();
    let buttons = html! {
        <span class="search-buttons">
            <button type="button" class="button quiet" aria-label={format!("Rename {name}")} aria-expanded={line.renaming.is_some().to_string()}
                onclick={told.reform(move |_| SearchMsg::RenameToggled(id))}>{ "Rename" }</button>
            <button type="button" class="button quiet danger" aria-label={format!("Remove {name}")}
                onclick={told.reform(move |_| SearchMsg::Removed(id))}>{ "Remove" }</button>
        </span>
    };
    html! {
        <li key={id.0.0} class="search-line" data-search={id.0.to_string()}>
            <button type="button" class="search-run" aria-current={line.is_present.then_some("true")}
                onclick={told.reform(move |_| SearchMsg::Run(id))}>
                <span class="search-name" dir="auto">{ name }</span>
                <span class="search-query" dir="auto">{ line.query.clone() }</span>
            </button>
            { maybe((edits && !line.is_gone).then_some(buttons)) }
            { maybe(line.is_gone.then(|| html! {
                <p class="search-note">{ "Someone removed it meanwhile. Saving brings it back." }</p>
            })) }
            { maybe(line.renaming.as_ref().map(|name| name_form((Some(id), "New name"), name, "Save", told))) }
        </li>
    }
}

fn name_form(
    (of, label): (Option<SearchId>, &'static str),
    name: &NameField,
    save: &'static str,
    told: &Callback<SearchMsg>,
) -> Html {
    let on_saved = told.reform(move |event: SubmitEvent| {
        event.prevent_default();
        SearchMsg::NameSaved(of)
    });
    let on_typed = told.reform(move |event: InputEvent| {
        SearchMsg::NameTyped(of, event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let (mark, problem_id) = match of {
        Some(_) => ("search-name", "search-name-problem"),
        None => ("new-search-name", "new-search-name-problem"),
    };
    html! {
        <form class="search-form" onsubmit={on_saved}>
            <label class="labelled">
                <span>{ label }</span>
                <input class="field" type="text" data-field={mark} autocomplete="off" dir="auto" value={name.text.clone()} oninput={on_typed}
                    aria-invalid={name.problem.as_ref().map(|_| "true")} aria-describedby={name.problem.as_ref().map(|_| problem_id)} />
            </label>
            <button type="submit" class="button">{ save }</button>
            { maybe(name.problem.as_ref().map(|problem| html! {
                <p id={problem_id} class="problem" role="alert">{ problem.clone() }</p>
            })) }
        </form>
    }
}
