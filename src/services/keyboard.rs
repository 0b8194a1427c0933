//! The keyboard: tells of every key pressed on the page, and whether it was pressed in a field.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Its name, as the browser has it: `a`, `ArrowUp`, `?`; letters small, and together with Shift as `Shift+a`, `Shift+ArrowUp`.
    pub key: String,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Alt.
    pub alt: bool,
    /// What had the focus.
    pub on: Focus,
}

/// What had the focus when a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The page, or a row.
    Page,
    /// A button or a link of the page, which has its own use for Enter, space and arrows, and none for letters.
    Button,
    /// One within a form or a question, or a text beside the columns, which scrolls by the keys.
    Control,
    /// A field, in which one writes.
    Field,
}

/// Tells of every key pressed until dropped. The callback answers whether the key was of use to it; the browser then does
/// nothing with it.
pub fn listen(pressed: impl Fn(Press) -> Use + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        // While a character is being composed, Enter and the arrows belong to the input method.
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let press = Press {
            key: name_of(event),
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            on: focus_of(event),
        };
        if pressed(press) == Use::Used {
            event.prevent_default();
        }
    })
}

/// Whether a key was of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It was.
    Used,
    /// It was not.
    Ignored,
}

// Shift belongs to a sign such as the question mark; and with Caps Lock a letter is large without it.
fn name_of(event: &KeyboardEvent) -> String {
    let key = event.key();
    let mut letters = key.chars();
    let name = match (letters.next(), letters.next()) {
        (Some(sign), None) if !sign.is_alphabetic() => return key,
        (Some(letter), None) => letter.to_lowercase().to_string(),
        _ => key.clone(),
    };
    if event.shift_key() {
        format!("Shift+{name}")
    } else {
        name
    }
}

fn focus_of(event: &KeyboardEvent) -> Focus {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Focus::Page;
    };
    let within = |selector: &str| element.closest(selector).ok().flatten().is_some();
    if within("input, textarea, select, [contenteditable]") {
        Focus::Field
    } else if !within("button, a, summary, [data-reading]") {
        Focus::Page
    } else if within("form, dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [data-reading]") {
        Focus::Control
    } else {
        Focus::Button
    }
}
