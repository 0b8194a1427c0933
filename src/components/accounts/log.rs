//! The security log, page by page.

use super::part;
use crate::components::frame::{trouble, waiting};
use crate::components::{clock_words, maybe};
use backlog::api::account::LogEntry;
use yew::prelude::*;

/// What stands there of the log.
pub struct LogView {
    /// Its entries so far; none until any are known.
    pub entries: Option<Vec<LogEntry>>,
    /// Whether there are more.
    pub more: bool,
    /// What went wrong.
    pub trouble: Option<String>,
    /// Takes the wish for more.
    pub on_more: Callback<()>,
}

/// The security log.
pub fn log_view(props: &LogView) -> Html {
    let table = match &props.entries {
        None => waiting(),
        Some(entries) => html! {
            <div class="log" role="region" aria-label="Entries" tabindex="0">
                <table>
                    <thead><tr>
                        { for ["When", "What", "Who", "From", "About"].map(|word| html! { <th scope="col">{ word }</th> }) }
                    </tr></thead>
                    <tbody>{ for entries.iter().map(entry) }</tbody>
                </table>
            </div>
        },
    };
    part(
        "log",
        (
            "Security log",
            "Who came in or was refused, and who changed what others may. It holds no password, link or token.",
        ),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { table }
            { maybe(props.more.then(|| html! {
                <div class="fill-end">
                    <button type="button" class="button" onclick={props.on_more.reform(|_| ())}>{ "Show earlier ones" }</button>
                </div>
            })) }
        </>},
    )
}

fn entry(entry: &LogEntry) -> Html {
    let who = entry.by.as_ref().map_or("–", |name| name.as_str());
    html! {
        <tr>
            <td class="log-when">{ clock_words::date_and_time(entry.at) }</td>
            <td>{ entry.what.replace('-', " ") }</td>
            <td dir="auto">{ who.to_owned() }</td>
            <td>{ entry.address.clone() }</td>
            <td dir="auto">{ entry.detail.clone() }</td>
        </tr>
    }
}
