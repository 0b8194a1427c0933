//! The few things that are done to the page beside drawing it: focus, scrolling, saying something aloud.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Gives an element the keyboard focus without scrolling to it: where things stand is the board's affair.
pub fn focus(selector: &str) {
    let element = gloo_utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // A page that lost its window cannot be focused, and need not be.
        let _focused = element.focus_with_options(&options);
    }
}

/// Scrolls an element to a pixel of its content.
pub fn scroll(selector: &str, top: i32) {
    if let Some(element) = gloo_utils::document().query_selector(selector).ok().flatten() {
        element.set_scroll_top(top);
    }
}

/// Says something to those who do not see the page.
pub fn announce(text: &str) {
    let Some(region) = gloo_utils::document().get_element_by_id("announcer") else {
        return;
    };
    region.set_text_content(None);
    let text = text.to_owned();
    // Emptied first and filled later, or the same words twice would be said once.
    Timeout::new(50, move || region.set_text_content(Some(&text))).forget();
}
