//! The sheet of imports and exports.

mod looked;

use super::{clock_words, maybe};
use crate::board::msg::{ExchangeMsg, Msg};
use crate::board::scene::exchange::{ExchangeScene, ImportLine, StageScene};
use backlog::{ImportId, Millis};
use yew::prelude::*;

/// What the sheet shows.
pub fn exchange_sheet(scene: &ExchangeScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="exchange">
            { maybe(scene.imports_files.then(|| html! {
                <section class="exchange-group" aria-labelledby="exchange-title">
                    <h3 id="exchange-title" tabindex="-1">{ "Import" }</h3>
                    { stage(&scene.stage, dispatch) }
                </section>
            })) }
            { maybe((scene.imports_files && !scene.imports.is_empty()).then(|| imports(&scene.imports, scene.now, dispatch))) }
            { exports(scene) }
        </div>
    }
}

fn stage(stage: &StageScene, dispatch: &Callback<Msg>) -> Html {
    match stage {
        StageScene::Waiting { trouble } => html! {<>
            { maybe(trouble.as_ref().map(|words| problem(words))) }
            { chooser() }
        </>},
        StageScene::Sending { words, share, can_stop } => sending(words, (*share, *can_stop), dispatch),
        StageScene::Looked(looked) => looked::looked(looked, dispatch),
        StageScene::Done {
            words,
            import,
            is_taken_back,
        } => html! {<>
            <p class="exchange-done">
                { words.clone() }{ if *is_taken_back { " It was taken back." } else { "" } }
            </p>
            <p class="exchange-buttons">
                { back_button((*import, *is_taken_back), "", dispatch) }
                <button type="button" class="button" onclick={dispatch.reform(|_| Msg::Exchange(ExchangeMsg::FileClosed))}>
                    { "Import another file" }
                </button>
            </p>
        </>},
    }
}

/// Where a file is chosen.
fn chooser() -> Html {
    html! {<>
        <label class="exchange-file" data-file="true">
            <span class="exchange-file-words">{ "Choose a CSV file, or drop one here" }</span>
            <span class="exchange-note">
                { "From Pivotal Tracker, its heirs, or Truestory; up to 32 MB. You see what it brings before anything changes." }
            </span>
            <input class="exchange-field" type="file" accept=".csv,.txt,text/csv" data-field="file" />
        </label>
    </>}
}

fn sending(words: &str, (share, can_stop): (u32, bool), dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="exchange-sending">
            <p id="exchange-sending" role="status">{ words.to_owned() }</p>
            <progress class="exchange-progress" max="100" value={(share < 100).then(|| share.to_string())}
                aria-labelledby="exchange-sending"></progress>
            { maybe(can_stop.then(|| html! {
                <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::Exchange(ExchangeMsg::Stopped))}>
                    { "Stop" }
                </button>
            })) }
        </div>
    }
}

fn problem(words: &str) -> Html {
    html! { <p class="exchange-trouble" role="alert">{ words.to_owned() }</p> }
}

/// The button that takes an import back, or brings it back; `which` says to those who hear it which import.
fn back_button((import, is_taken_back): (ImportId, bool), which: &str, dispatch: &Callback<Msg>) -> Html {
    let (words, label) = if is_taken_back {
        ("Bring the import back", "Bring back")
    } else {
        ("Take the import back", "Take back")
    };
    let (shown, label) = match which {
        "" => (words, words.to_owned()),
        which => (label, format!("{label} {which}")),
    };
    let onclick = dispatch.reform(move |_| {
        Msg::Exchange(match is_taken_back {
            true => ExchangeMsg::ImportBroughtBack(import),
            false => ExchangeMsg::ImportTakenBack(import),
        })
    });
    html! { <button type="button" class="button" aria-label={label} {onclick}>{ shown }</button> }
}

fn imports(imports: &[ImportLine], now: Millis, dispatch: &Callback<Msg>) -> Html {
    let line = |import: &ImportLine| {
        let at = clock_words::moment(import.at, now);
        let which = format!("{}, imported by {} at {at}", import.words, import.by);
        html! {
            <li key={import.id.0.to_string()} class="exchange-import">
                <span>
                    { import.words.clone() }
                    <span class="exchange-note">
                        { format!("{}, {at}", import.by) }{ if import.is_taken_back { ", taken back" } else { "" } }
                    </span>
                </span>
                { back_button((import.id, import.is_taken_back), &which, dispatch) }
            </li>
        }
    };
    html! {
        <section class="exchange-group" aria-labelledby="exchange-imports">
            <h3 id="exchange-imports">{ "Earlier imports" }</h3>
            <ul class="exchange-imports">{ for imports.iter().map(line) }</ul>
        </section>
    }
}

fn exports(scene: &ExchangeScene) -> Html {
    html! {
        <section class="exchange-group" aria-labelledby="exchange-exports">
            <h3 id="exchange-exports">{ "Export" }</h3>
            <ul class="exchange-exports">
                <li>
                    <a class="button" href={scene.csv.clone()} download="">{ "Download CSV" }</a>
                    <span class="exchange-note">{ "As Tracker wrote it; imports back into any project." }</span>
                </li>
                <li>
                    <a class="button" href={scene.json.clone()} download="">{ "Download JSON" }</a>
                    <span class="exchange-note">{ "Everything, with settings, epics, reviews and times." }</span>
                </li>
            </ul>
            <p class="exchange-note">{ "Both hold what the server has now, without what was deleted." }</p>
        </section>
    }
}
