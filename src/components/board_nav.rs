//! What is shown beside the current work: columns that can be shown or not, and sheets.

use crate::board::column::Column;
use crate::board::msg::Msg;
use crate::board::scene::Header;
use crate::board::sheet::Sheet;
use yew::prelude::*;

/// The buttons that show columns and sheets.
pub fn board_nav(header: &Header, dispatch: &Callback<Msg>) -> Html {
    let column = |column: Column| {
        let on_clicked = dispatch.reform(move |_| Msg::PanelToggled(column));
        toggle(column.title(), header.panels.shows(column), on_clicked)
    };
    let sheet = |sheet: Sheet| {
        let on_clicked = dispatch.reform(move |_| Msg::SheetToggled(sheet));
        toggle(sheet.title(), header.sheet == Some(sheet), on_clicked)
    };
    html! {
        <nav class="top-nav" aria-label="Panels">
            { for Column::ALL.map(column) }
            <span class="top-nav-rule" aria-hidden="true"></span>
            { for Sheet::ALL.map(sheet) }
        </nav>
    }
}

fn toggle(title: &'static str, is_on: bool, on_clicked: Callback<MouseEvent>) -> Html {
    html! {
        <button key={title} type="button" class="button quiet top-toggle" aria-pressed={is_on.to_string()}
            onclick={on_clicked}>{ title }</button>
    }
}
