//! Drawing: no more than what changed, and no more at 10,000 stories than at 100.

use crate::stage::{Play, create, retitle};
use backlog::Panel;
use truestory_app::board::column::Column;
use truestory_app::components::story_card::renders;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_change_draws_one_card() {
    let play = Play::begin(3, 30).await;
    let before = renders();
    play.others(retitle(100_005, "changed")).await;
    assert_eq!(renders() - before, 1);
    assert_eq!(play.titles(Column::Icebox)[4], "changed");
    play.end().await;
}

#[wasm_bindgen_test]
async fn typing_draws_no_card() {
    let play = Play::begin(3, 30).await;
    play.row(100_005).click();
    play.settle().await;
    let before = renders();
    let dispatch = |text: &str| {
        use crate::stage::StageMsg;
        use truestory_app::board::msg::Msg;
        play.handle
            .send_message(StageMsg::Board(Msg::TitleTyped(text.to_owned())));
    };
    for text in ["a", "ab", "abc"] {
        dispatch(text);
        play.settle().await;
    }
    assert_eq!(renders() - before, 0);
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_change_out_of_sight_draws_nothing() {
    let play = Play::begin(0, 2_000).await;
    let before = renders();
    play.others(retitle(100_001 + 1_500, "far away")).await;
    assert_eq!(renders() - before, 0);
    play.end().await;
}

#[wasm_bindgen_test]
async fn ten_thousand_stories_draw_what_a_hundred_do() {
    let mut drawn = Vec::new();
    for stories in [100, 10_000] {
        let play = Play::begin(0, stories).await;
        let before = renders();
        play.others(retitle(100_003, "changed")).await;
        play.others(create(7, "new", Panel::Icebox)).await;
        let rows = play
            .get("[data-column=icebox]")
            .query_selector_all("[role=listitem][data-story]")
            .expect("a selector")
            .length();
        drawn.push((renders() - before, rows));
        play.end().await;
    }
    assert_eq!(drawn[0], drawn[1]);
    assert!(drawn[0].1 <= 80, "{drawn:?}");
}

#[wasm_bindgen_test]
async fn what_one_reads_stays_where_it_is() {
    let play = Play::begin(0, 1_000).await;
    let scroller = play.get("[data-column=icebox]");
    scroller.set_scroll_top(8_000);
    dispatch_event(&scroller, "scroll");
    play.settle().await;
    let top = scroller.get_bounding_client_rect().top();
    let row_in_sight = || {
        let rows = scroller
            .query_selector_all("[role=listitem][data-story]")
            .expect("a selector");
        (0..rows.length())
            .filter_map(|n| {
                use wasm_bindgen::JsCast;
                rows.item(n)?.dyn_into::<web_sys::Element>().ok()
            })
            .find(|row| row.get_bounding_client_rect().top() >= top)
            .map(|row| (row.id(), row.get_bounding_client_rect().top()))
    };
    let before = row_in_sight();
    assert!(before.is_some());
    play.others(create(7, "new", Panel::Icebox)).await;
    assert_eq!(row_in_sight(), before);
    play.end().await;
}

fn dispatch_event(element: &web_sys::HtmlElement, name: &str) {
    let event = web_sys::Event::new(name).expect("an event");
    element.dispatch_event(&event).expect("it is dispatched");
}
