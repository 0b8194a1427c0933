//! Typing into forms, and the keys.

use crate::stage::{Play, put_after, retitle};
use truestory_app::board::column::Column;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlTextAreaElement, InputEvent, InputEventInit, KeyboardEvent, KeyboardEventInit};

async fn press(play: &Play, on: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    on.dispatch_event(&event).expect("it is dispatched");
    play.settle().await;
}

async fn type_title(play: &Play, text: &str) {
    let field: HtmlTextAreaElement = play.get("[data-field=title]").unchecked_into();
    field.set_value(text);
    let init = InputEventInit::new();
    init.set_bubbles(true);
    let event = InputEvent::new_with_event_init_dict("input", &init).expect("an event");
    field.dispatch_event(&event).expect("it is dispatched");
    play.settle().await;
}

fn title_field(play: &Play) -> String {
    play.get("[data-field=title]")
        .unchecked_into::<HtmlTextAreaElement>()
        .value()
}

#[wasm_bindgen_test]
async fn a_story_is_added_by_hand() {
    let play = Play::begin(0, 1).await;
    play.get("[aria-label=Icebox] button[aria-label='Add story']").click();
    play.settle().await;
    let focused = gloo_utils::document()
        .active_element()
        .expect("something has the focus");
    assert_eq!(focused.get_attribute("data-field").as_deref(), Some("title"));
    type_title(&play, "Pay by card").await;
    press(&play, &play.get("[data-field=title]"), "Enter").await;
    assert_eq!(play.titles(Column::Icebox), ["Pay by card", "story 100001"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn what_others_do_leaves_the_typed_text_and_its_focus_alone() {
    let play = Play::begin(3, 0).await;
    play.row(2).click();
    play.settle().await;
    type_title(&play, "half a thou").await;
    let field = play.get("[data-field=title]");
    play.others(retitle(2, "theirs")).await;
    play.others(retitle(1, "above")).await;
    assert_eq!(title_field(&play), "half a thou");
    assert!(
        field.is_same_node(Some(&play.get("[data-field=title]"))),
        "the field is the same element"
    );
    let focused = gloo_utils::document()
        .active_element()
        .expect("something has the focus");
    assert!(focused.is_same_node(Some(&field)));
    let words = play.row(2).text_content().unwrap_or_default();
    assert!(words.contains("theirs") && words.contains("Bob"), "{words}");
    play.end().await;
}

#[wasm_bindgen_test]
async fn an_empty_title_is_refused_in_words() {
    let play = Play::begin(0, 0).await;
    play.get("[aria-label=Icebox] button[aria-label='Add story']").click();
    play.settle().await;
    press(&play, &play.get("[data-field=title]"), "Enter").await;
    let words = play.get("[role=alert]").text_content().unwrap_or_default();
    assert!(words.contains("Title is empty"), "{words}");
    play.end().await;
}

#[wasm_bindgen_test]
async fn keys_walk_open_and_close() {
    let play = Play::begin(3, 0).await;
    let body: HtmlElement = gloo_utils::body();
    press(&play, &body, "j").await;
    press(&play, &play.row(1), "ArrowDown").await;
    let focused = gloo_utils::document()
        .active_element()
        .expect("something has the focus");
    assert!(focused.is_same_node(Some(&play.row(2))));
    press(&play, &play.row(2), "Enter").await;
    assert_eq!(title_field(&play), "story 2");
    press(&play, &play.get("[data-field=title]"), "Escape").await;
    assert!(play.find("[data-field=title]").is_none());
    let focused = gloo_utils::document()
        .active_element()
        .expect("something has the focus");
    assert!(focused.is_same_node(Some(&play.row(2))));
    play.end().await;
}

#[wasm_bindgen_test]
async fn keys_carry_a_story_to_its_place() {
    let play = Play::begin(3, 0).await;
    play.row(1).focus().expect("it takes the focus");
    play.settle().await;
    press(&play, &play.row(1), "m").await;
    press(&play, &play.row(1), "ArrowDown").await;
    press(&play, &play.row(1), "Enter").await;
    assert_eq!(play.titles(Column::Current), ["story 2", "story 1", "story 3"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn stories_that_change_places_around_the_form_leave_its_focus_alone() {
    let play = Play::begin(3, 0).await;
    play.row(2).click();
    play.settle().await;
    let field = play.get("[data-field=title]");
    // First one hops over the form, then the open story itself goes down.
    for (story, after) in [(1, 2), (2, 3)] {
        play.others(put_after(story, after)).await;
        let focused = gloo_utils::document().active_element();
        assert!(field.is_same_node(focused.as_deref()), "story {story}");
    }
    assert_eq!(play.titles(Column::Current), ["story 1", "story 3"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_form_that_goes_to_another_column_keeps_its_caret() {
    let play = Play::begin(3, 1).await;
    play.row(100_001).click();
    play.settle().await;
    type_title(&play, "half a thou").await;
    let field: HtmlTextAreaElement = play.get("[data-field=title]").unchecked_into();
    field.set_selection_range(4, 6).expect("the text is long enough");
    play.others(put_after(100_001, 1)).await;
    let field: HtmlTextAreaElement = play.get("[data-column=current] [data-field=title]").unchecked_into();
    let focused = gloo_utils::document().active_element();
    assert!(field.is_same_node(focused.as_deref()));
    assert_eq!(field.value(), "half a thou");
    assert_eq!(
        (field.selection_start(), field.selection_end()),
        (Ok(Some(4)), Ok(Some(6)))
    );
    play.end().await;
}
