//! How a closed story is selected: by its mark, or by a click together with a key.

use super::icons;
use crate::board::msg::{Click, Msg, SelectionMsg};
use crate::board::scene::{Card, ColumnScene};
use backlog::StoryId;
use yew::prelude::*;

/// The mark of a closed story: a box to check. It shows under a hand, and on every row while anything is selected.
pub fn selection_mark(card: &Card, tab: &'static str, dispatch: &Callback<Msg>) -> Html {
    let id = card.story.id;
    let dispatch = dispatch.clone();
    let on_clicked = move |event: MouseEvent| {
        event.stop_propagation();
        let click = if event.shift_key() { Click::Reach } else { Click::Toggle };
        dispatch.emit(Msg::Selection(SelectionMsg::Clicked(id, click)));
    };
    // The focus goes to the row, from where the keys lead on.
    let keep_focus = |event: MouseEvent| event.prevent_default();
    html! {
        <button type="button" class="mark" role="checkbox" tabindex={tab} aria-checked={card.selected.to_string()}
            aria-label={format!("Select {}", card.story.title.as_str())} title="Select (x)"
            onmousedown={keep_focus} onclick={on_clicked}>{ icons::check() }</button>
    }
}

/// What a click on a closed story does: it opens it; with Ctrl or Cmd it selects it, with Shift all up to it.
pub fn on_row_clicked(id: StoryId, dispatch: &Callback<Msg>) -> Callback<MouseEvent> {
    dispatch.reform(move |event: MouseEvent| {
        let click = match (event.shift_key(), event.ctrl_key() || event.meta_key()) {
            (true, _) => Click::Reach,
            (false, true) => Click::Toggle,
            (false, false) => Click::Plain,
        };
        Msg::Selection(SelectionMsg::Clicked(id, click))
    })
}

/// Begins to select where there is no key to hold and no pointer to show the marks; seen only where fingers are used.
pub fn select_button(column: &ColumnScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <button type="button" class="button quiet panel-select" aria-pressed={column.selecting.to_string()}
            aria-label="Select stories" onclick={dispatch.reform(|_| Msg::Selection(SelectionMsg::TappingToggled))}>
            { icons::check() }<span>{ "Select" }</span>
        </button>
    }
}
