//! Tray, history and kept texts in the page: what opens them gets the focus back, and what they show is there to be read.

use crate::stage::{Play, story_id};
use backlog::{Command, Description, Edit};
use wasm_bindgen_test::wasm_bindgen_test;

fn delete(n: u128) -> Command {
    Command::DeleteStories {
        stories: vec![story_id(n)],
    }
}

fn describe(n: u128, from: &str, to: &str) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::DescriptionRevised {
            from: Description::new(from).expect("a text"),
            to: Description::new(to).expect("a text"),
        }],
    }
}

#[wasm_bindgen_test]
async fn the_light_opens_the_tray_and_escape_gives_the_focus_back() {
    let play = Play::begin(2, 0).await;
    assert!(play.find("[data-to=tray]").is_none());
    play.others_unheard(delete(1)).await;
    play.click("button[data-step=Start]").await;
    assert_eq!(play.get("[data-to=tray]").inner_text(), "Needs attention (1)");
    play.click("[data-to=tray]").await;
    assert!(play.is_focused("#tray-title"));
    assert_eq!(play.get(".tray-wish").inner_text(), "Start “story 1”");
    play.press("Escape").await;
    assert!(play.find("#tray-title").is_none());
    assert!(play.is_focused("[data-to=tray]"));
    play.end().await;
}

#[wasm_bindgen_test]
async fn the_tray_says_so_when_all_is_seen_to() {
    let play = Play::begin(1, 0).await;
    play.others_unheard(delete(1)).await;
    play.click("button[data-step=Start]").await;
    play.click("[data-to=tray]").await;
    play.click(".tray-buttons .danger").await;
    assert!(play.find(".tray-entry").is_none());
    assert!(play.find(".tray-empty").is_some());
    assert!(play.is_focused("#tray-title"), "the button that was pressed is gone");
    play.end().await;
}

#[wasm_bindgen_test]
async fn the_history_opens_below_the_form_and_gives_the_focus_back() {
    let play = Play::begin(3, 0).await;
    play.row(1).click();
    play.settle().await;
    play.click("[data-to=history]").await;
    assert!(play.is_focused("#history"));
    assert_eq!(play.get(".history-line").inner_text(), "Added the story");
    let (form, row) = (
        play.row(1).get_bounding_client_rect(),
        play.row(2).get_bounding_client_rect(),
    );
    assert_eq!(form.bottom(), row.top(), "the room of the history is known to the list");
    play.click(".history-head button").await;
    assert!(play.find("#history").is_none());
    assert!(play.is_focused("[data-to=history]"));
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_text_kept_beside_the_description_is_marked_and_shown_whole() {
    let play = Play::begin(1, 0).await;
    play.others(describe(1, "", "one\ntwo")).await;
    play.others(describe(1, "", "one\nthree")).await;
    assert!(play.find(".card-conflict").is_some());
    play.row(1).click();
    play.settle().await;
    assert_eq!(play.get(".conflict-text").inner_text(), "one\nthree");
    play.click(".conflict .button").await;
    assert!(play.find(".conflict").is_none());
    play.click("[data-to=description]").await;
    let grown = play
        .get("[data-field=description]")
        .parent_element()
        .expect("it has one");
    assert_eq!(grown.get_attribute("data-text").as_deref(), Some("one\nthree"));
    play.end().await;
}
