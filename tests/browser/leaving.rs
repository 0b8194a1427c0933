//! Leaving the page: the browser asks while something would be lost.

use crate::stage::Play;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlTextAreaElement};

/// Whether the browser would ask before it leaves the page.
fn asks() -> bool {
    let init = EventInit::new();
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict("beforeunload", &init).expect("an event");
    gloo_utils::window().dispatch_event(&event).expect("it is dispatched");
    event.default_prevented()
}

async fn type_title(play: &Play, text: &str) {
    let field: HtmlTextAreaElement = play.get("[data-field=title]").unchecked_into();
    field.set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &init).expect("an event");
    field.dispatch_event(&event).expect("it is dispatched");
    play.settle().await;
}

#[wasm_bindgen_test]
async fn the_browser_asks_while_text_is_unsaved() {
    let play = Play::begin(2, 0).await;
    assert!(!asks(), "nothing was written");
    play.row(1).click();
    play.settle().await;
    assert!(!asks(), "a story was only opened");
    type_title(&play, "half a thou").await;
    assert!(asks(), "there is unsaved text");
    type_title(&play, "story 1").await;
    assert!(!asks(), "the text is as it was");
    play.end().await;
    assert!(!asks(), "the page is gone");
}
