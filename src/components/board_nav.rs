//! What is shown beside the current work: which columns, and the sheets that open next to them.

use super::maybe;
use crate::board::column::Column;
use crate::board::msg::Msg;
use crate::board::scene::Header;
use crate::board::sheet::Sheet;
use backlog::Role;
use backlog::api::SessionKind;
use yew::prelude::*;

/// The switches of the columns, and the buttons of the sheets.
pub fn board_nav(header: &Header, dispatch: &Callback<Msg>) -> Html {
    html! {
        <nav class="top-nav" aria-label="Panels">
            <span class="top-columns" role="group" aria-label="Columns">
                { for Column::ALL.map(|column| column_switch(column, header, dispatch)) }
            </span>
            { maybe(standing(header)) }
            <span class="top-sheets" role="group" aria-label="Sheets">
                { for Sheet::ALL.map(|sheet| sheet_button(sheet, header, dispatch)) }
            </span>
        </nav>
    }
}

// What one is here and what that means, where it is not what everyone expects. Quietly, but always there.
fn standing(header: &Header) -> Option<Html> {
    let role = header.standing.map(|standing| standing.role);
    let (word, title) = match (role?, header.kind) {
        (Role::Client, _) => ("Client", "you add ideas, comment, accept and reject."),
        (Role::Viewer, Some(SessionKind::Guest)) => ("Guest", "you see everything and change nothing."),
        (Role::Viewer, _) => ("Viewer", "you see everything and change nothing."),
        (_, Some(SessionKind::Open)) => ("Open", "whoever can reach this address can read and change everything."),
        (Role::Member | Role::Owner, _) => return None,
    };
    Some(html! {
        <p class="top-role" title={format!("{word}: {title}")}><strong>{ word }</strong>{ ": " }{ title }</p>
    })
}

fn column_switch(column: Column, header: &Header, dispatch: &Callback<Msg>) -> Html {
    let title = column.title();
    let is_on = header.panels.shows(column);
    html! {
        <button key={title} type="button" class="button quiet top-toggle" aria-pressed={is_on.to_string()}
            onclick={dispatch.reform(move |_| Msg::PanelToggled(column))}>{ title }</button>
    }
}

fn sheet_button(sheet: Sheet, header: &Header, dispatch: &Callback<Msg>) -> Html {
    let title = header
        .standing
        .map_or(sheet.title(), |standing| sheet.title_for(standing.rights));
    let is_open = header.sheet == Some(sheet);
    html! {
        <button key={title} type="button" class="button quiet top-sheet" data-to-sheet={sheet.key()}
            aria-expanded={is_open.to_string()} onclick={dispatch.reform(move |_| Msg::SheetToggled(sheet))}>{ title }</button>
    }
}
