//! Clicking a row's buttons: each click does what the person meant it for.

use crate::stage::Play;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, PointerEvent, PointerEventInit};

#[wasm_bindgen_test]
async fn a_double_click_is_one_step() {
    let play = Play::begin(1, 0).await;
    click(&play, "button[data-step=Start]", 1).await;
    click(&play, "button[data-step=Finish]", 2).await;
    assert!(play.find("[data-state=started]").is_some());
    assert!(play.find("[data-field=title]").is_none(), "nothing was opened");
    click(&play, "button[data-step=Finish]", 1).await;
    assert!(play.find("[data-state=finished]").is_some());
    play.end().await;
}

/// The `nth` click in a row at one place, on what stands there by then.
async fn click(play: &Play, selector: &str, nth: i32) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_detail(nth);
    let event = PointerEvent::new_with_event_init_dict("click", &init).expect("an event");
    let button: HtmlElement = play.get(selector);
    button.dispatch_event(&event).expect("it is heard");
    play.settle().await;
}
