//! Hands on the page: what pointer and keyboard do becomes messages; focus and scrolling are carried out. Knows no server.

use crate::board::column::Column;
use crate::board::keys::{self, Manner};
use crate::board::msg::{Effect, Key, Msg, SelectionMsg, Target};
use crate::services::dom::{self, Caret};
use crate::services::keyboard::{self, Focus, Press, Use};
use crate::services::pointer::{self, Pull};
use backlog::PartId;
use gloo_events::EventListener;
use yew::Callback;

/// The field of the search.
const SEARCH: &str = "[data-field=search]";

/// Listens to pointer and keyboard until dropped.
pub struct Hands {
    _pointer: [EventListener; 6],
    _keyboard: EventListener,
}

impl Hands {
    /// Hands that tell what they do.
    pub fn new(dispatch: &Callback<Msg>) -> Hands {
        let (pulled, pressed) = (dispatch.clone(), dispatch.clone());
        Hands {
            _pointer: pointer::listen(move |pull| pulled.emit(msg_of_pull(pull))),
            _keyboard: keyboard::listen(move |press| match key_of(&press) {
                Some(key) => {
                    pressed.emit(Msg::KeyPressed(key));
                    Use::Used
                }
                None => Use::Ignored,
            }),
        }
    }
}

/// Carries out what waits until the page is drawn: focus and scrolling. `caret` is where one wrote before it was drawn.
#[expect(clippy::too_many_lines, reason = "a table with a line for each effect")]
pub fn carry_out(effects: Vec<Effect>, caret: Option<Caret>) {
    if let Some(caret) = caret {
        caret.resume();
    }
    for effect in effects {
        match effect {
            Effect::Scroll(column, top) => dom::scroll(&format!("[data-column={}]", column.key()), top),
            Effect::Focus(Target::Story(id)) => dom::focus(&format!("#story-{id}")),
            Effect::Focus(Target::Add(column)) => dom::focus(&format!("[data-panel={}] .panel-add", column.key())),
            Effect::Focus(Target::Title) => dom::focus("[data-field=title]"),
            Effect::Focus(Target::Name) => dom::focus("[data-field=name]"),
            Effect::Focus(Target::Tray) => dom::focus("#tray-title"),
            Effect::Focus(Target::Light) => dom::focus("[data-to=tray]"),
            Effect::Focus(Target::Description) => dom::focus("[data-field=description]"),
            Effect::Focus(Target::DescriptionButton) => dom::focus("[data-to=description]"),
            Effect::Focus(Target::Aside(id, aside)) => {
                let key = aside.key();
                dom::focus(&format!("#story-{id} [data-field={key}], #story-{id} [data-add={key}]"));
            }
            Effect::Focus(Target::Adder(id, mark)) => dom::focus(&format!("#story-{id} [data-add={mark}]")),
            Effect::Focus(Target::Part(PartId(id))) => dom::focus(&format!("[data-part='{id}']")),
            Effect::Focus(Target::Sheet) => dom::focus("#sheet-title"),
            Effect::Focus(Target::SheetButton(sheet)) => dom::focus(&format!("[data-to-sheet={}]", sheet.key())),
            Effect::Focus(Target::Epic(id)) => dom::focus(&format!("#epic-{}", id.0)),
            Effect::Focus(Target::EpicName) => dom::focus("[data-field=epic-name]"),
            Effect::Focus(Target::AddEpic) => dom::focus("[data-to=add-epic]"),
            Effect::Focus(Target::Exchange) => dom::focus_in_sight("#exchange-title"),
            Effect::Focus(Target::File) => dom::focus("[data-field=file]"),
            Effect::Focus(Target::Velocity) => dom::focus("[data-to=velocity]"),
            Effect::Focus(Target::WhatIf) => dom::focus("[data-field=what-if]"),
            Effect::Focus(Target::Iteration(number)) => dom::focus(&format!("[data-iteration='{number}']")),
            Effect::Focus(Target::Strength) => dom::focus("[data-field=strength]"),
            Effect::Focus(Target::Search) => dom::focus(SEARCH),
            Effect::Focus(Target::Saved) => dom::focus("#saved-searches :is(input, button)"),
            // On a phone the button is there only while something of the search has the focus.
            Effect::Focus(Target::SavedButton) => {
                dom::focus(SEARCH);
                dom::focus("[data-to=saved]");
            }
            Effect::Focus(Target::SearchName) => dom::focus("[data-field=search-name]"),
            Effect::PutCaret(place) => dom::put_caret(SEARCH, place),
            Effect::Focus(Target::History) => dom::focus_in_sight("#history"),
            Effect::Focus(Target::SelectionBar) => dom::focus("#selection button:enabled"),
            Effect::Focus(Target::SelectionMenu(menu)) => dom::focus(&format!("[data-menu={}]", menu.key())),
            Effect::Focus(Target::SelectionChoice) => {
                dom::focus("#selection-menu :is(input, button:enabled)");
            }
            Effect::Focus(Target::HistoryButton) => dom::focus("[data-to=history]"),
            Effect::Render
            | Effect::AwaitFrame
            | Effect::Sync(_)
            | Effect::RetryAfter(_)
            | Effect::ExpectAnswer(_)
            | Effect::CheckChannel
            | Effect::AwaitPause
            | Effect::Device(_)
            | Effect::FindZone(_)
            | Effect::ListZones
            | Effect::OpenSession
            | Effect::OpenDoor
            | Effect::LeaveChannel
            | Effect::EndSession
            | Effect::Rename(_)
            | Effect::ShowTitle(_)
            | Effect::Announce(_)
            | Effect::FetchHistory(_)
            | Effect::RememberPanels(_)
            | Effect::RenderTexts(_)
            | Effect::FetchCharts
            | Effect::Files(_)
            | Effect::Copy(_) => {}
        }
    }
}

fn msg_of_pull(pull: Pull) -> Msg {
    match pull {
        Pull::Held(id) => Msg::Selection(SelectionMsg::Held(id)),
        Pull::Started(id) => Msg::DragStarted(id),
        Pull::Moved(over) => Msg::DragMoved(over.and_then(|(key, y)| Some((Column::from_key(&key)?, y)))),
        Pull::Dropped => Msg::DragDropped,
        Pull::Cancelled => Msg::DragCancelled,
    }
}

/// Whether a key is a letter or a sign, for which a button has no use of its own.
fn is_letter(key: &str) -> bool {
    let letter = key.strip_prefix("Shift+").unwrap_or(key);
    letter != " " && letter.chars().count() == 1
}

fn key_of(press: &Press) -> Option<Key> {
    let manner = match (press.on, press.command, press.alt) {
        (_, _, true) => return None,
        (Focus::Field, true, false) => Manner::WithCommandInField,
        (Focus::Page | Focus::Button | Focus::Control, true, false) => Manner::WithCommand,
        (Focus::Page, false, false) => Manner::OnPage,
        (Focus::Button, false, false) if is_letter(&press.key) => Manner::OnPage,
        (Focus::Button | Focus::Control | Focus::Field, false, false) => Manner::Inside,
    };
    keys::look_up(&press.key, manner)
}
