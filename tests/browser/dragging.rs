//! Dragging with a mouse and with a finger.

use crate::stage::{Play, next_frame};
use truestory_app::board::column::Column;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MouseEvent, MouseEventInit, PointerEvent, PointerEventInit};

struct Pointer {
    kind: &'static str,
}

impl Pointer {
    /// What the pointer does to an element, at a point.
    async fn fire(&self, play: &Play, (name, on): (&str, &Element), (x, y): (f64, f64)) {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_is_primary(true);
        init.set_pointer_id(1);
        init.set_pointer_type(self.kind);
        init.set_client_x(x as i32);
        init.set_client_y(y as i32);
        let event = PointerEvent::new_with_event_init_dict(name, &init).expect("an event");
        on.dispatch_event(&event).expect("it is dispatched");
        play.settle().await;
    }

    /// Pulls one element to a point below the middle of another.
    async fn drag(&self, play: &Play, from: &Element, to: &Element) {
        let (x, y) = middle(from);
        self.fire(play, ("pointerdown", from), (x, y)).await;
        self.fire(play, ("pointermove", from), (x + 10.0, y + 10.0)).await;
        let (x, y) = middle(to);
        self.fire(play, ("pointermove", from), (x, y + 6.0)).await;
        self.fire(play, ("pointerup", from), (x, y + 6.0)).await;
    }
}

fn middle(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (
        bounds.left() + bounds.width() / 2.0,
        bounds.top() + bounds.height() / 2.0,
    )
}

const MOUSE: Pointer = Pointer { kind: "mouse" };
const FINGER: Pointer = Pointer { kind: "touch" };

#[wasm_bindgen_test]
async fn a_mouse_drags_a_row_within_a_column() {
    let play = Play::begin(0, 4).await;
    MOUSE.drag(&play, &play.row(100_001), &play.row(100_003)).await;
    assert_eq!(
        play.titles(Column::Icebox),
        ["story 100002", "story 100003", "story 100001", "story 100004"]
    );
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_mouse_drags_a_row_between_columns() {
    let play = Play::begin(2, 2).await;
    MOUSE.drag(&play, &play.row(100_002), &play.row(1)).await;
    assert_eq!(play.titles(Column::Current), ["story 1", "story 100002", "story 2"]);
    assert_eq!(play.titles(Column::Icebox), ["story 100001"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_finger_drags_by_the_grip_alone() {
    let play = Play::begin(0, 3).await;
    FINGER.drag(&play, &play.row(100_001), &play.row(100_003)).await;
    assert_eq!(play.titles(Column::Icebox)[0], "story 100001");
    let grip = play
        .row(100_001)
        .query_selector("[data-grip]")
        .expect("a selector")
        .expect("a grip");
    FINGER.drag(&play, &grip, &play.row(100_003)).await;
    assert_eq!(play.titles(Column::Icebox)[2], "story 100001");
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_drag_shows_where_the_story_will_land_and_opens_nothing() {
    let play = Play::begin(0, 3).await;
    let row = play.row(100_001);
    let (x, y) = middle(&row);
    MOUSE.fire(&play, ("pointerdown", &row), (x, y)).await;
    assert!(play.find(".drop-line").is_none());
    MOUSE.fire(&play, ("pointermove", &row), (x, y + 20.0)).await;
    let (x, y) = middle(&play.row(100_003));
    MOUSE.fire(&play, ("pointermove", &row), (x, y + 6.0)).await;
    assert!(play.find("[aria-label=Icebox] .drop-line").is_some());
    MOUSE.fire(&play, ("pointerup", &row), (x, y + 6.0)).await;
    play.row(100_001).click();
    play.settle().await;
    assert!(
        play.find("[data-field=title]").is_none(),
        "the click that ends a drag opens nothing"
    );
    play.end().await;
}

/// Far more frames than any of these lists takes to scroll through.
const MANY_FRAMES: usize = 2_000;

/// Lets frames go by, with the pointer held still, until a list is scrolled to that pixel.
async fn frames_until(list: &Element, there: impl Fn(i32) -> bool) {
    for _ in 0..MANY_FRAMES {
        if there(list.scroll_top()) {
            return;
        }
        next_frame().await;
    }
    assert!(there(list.scroll_top()), "it stands at {}", list.scroll_top());
}

#[wasm_bindgen_test]
async fn a_mouse_held_at_the_lower_edge_scrolls_on_and_drops_there() {
    let play = Play::begin(0, 45).await;
    let list = play.get("[data-column=icebox]");
    let end = list.scroll_height() - list.client_height();
    assert!(end > 100, "the list is longer than the window");
    let row = play.row(100_001);
    let (x, y) = middle(&row);
    MOUSE.fire(&play, ("pointerdown", &row), (x, y)).await;
    MOUSE.fire(&play, ("pointermove", &row), (x, y + 70.0)).await;
    let at = (x, list.get_bounding_client_rect().bottom() - 3.0);
    MOUSE.fire(&play, ("pointermove", &row), at).await;
    frames_until(&list, |top| top >= end).await;
    MOUSE.fire(&play, ("pointerup", &row), at).await;
    let titles = play.titles(Column::Icebox);
    assert_eq!(titles[titles.len() - 2..], ["story 100045", "story 100001"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_finger_held_at_the_upper_edge_scrolls_back_and_drops_there() {
    let play = Play::begin(0, 45).await;
    let list = play.get("[data-column=icebox]");
    list.set_scroll_top(list.scroll_height());
    play.settle().await;
    let grip = play
        .row(100_045)
        .query_selector("[data-grip]")
        .expect("a selector")
        .expect("a grip");
    let (x, y) = middle(&grip);
    FINGER.fire(&play, ("pointerdown", &grip), (x, y)).await;
    FINGER.fire(&play, ("pointermove", &grip), (x, y - 70.0)).await;
    let at = (x, list.get_bounding_client_rect().top() + 3.0);
    FINGER.fire(&play, ("pointermove", &grip), at).await;
    frames_until(&list, |top| top == 0).await;
    FINGER.fire(&play, ("pointerup", &grip), at).await;
    assert_eq!(play.titles(Column::Icebox)[..2], ["story 100045", "story 100001"]);
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_list_stands_still_once_the_pull_is_over() {
    let play = Play::begin(0, 500).await;
    let list = play.get("[data-column=icebox]");
    let row = play.row(100_001);
    let (x, y) = middle(&row);
    for end in ["pointercancel", "pointerup"] {
        let before = list.scroll_top();
        let row = play.row(100_001);
        MOUSE.fire(&play, ("pointerdown", &row), (x, y)).await;
        let at = (x, list.get_bounding_client_rect().bottom() - 3.0);
        MOUSE.fire(&play, ("pointermove", &row), at).await;
        frames_until(&list, |top| top > before).await;
        MOUSE.fire(&play, (end, &row), at).await;
        let stopped = list.scroll_top();
        for _ in 0..10 {
            next_frame().await;
        }
        assert_eq!(list.scroll_top(), stopped, "after {end}");
        list.set_scroll_top(0);
        play.settle().await;
    }
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_story_dropped_on_a_tab_goes_to_the_top_of_its_column() {
    let play = Play::begin(2, 2).await;
    // The window is wide, where the tabs are not shown.
    play.get(".switcher")
        .set_attribute("style", "display:flex")
        .expect("it can be set");
    let tab = play.get("[data-drop=icebox]");
    let grip = play
        .row(2)
        .query_selector("[data-grip]")
        .expect("a selector")
        .expect("a grip");
    FINGER.drag(&play, &grip, &tab).await;
    assert_eq!(play.titles(Column::Current), ["story 1"]);
    assert_eq!(play.titles(Column::Icebox), ["story 2", "story 100001", "story 100002"]);
    play.end().await;
}

/// A click on a row, together with keys that are held.
async fn click(play: &Play, story: u128, (shift, ctrl): (bool, bool)) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_shift_key(shift);
    init.set_ctrl_key(ctrl);
    let event = MouseEvent::new_with_mouse_event_init_dict("click", &init).expect("an event");
    play.row(story).dispatch_event(&event).expect("it is dispatched");
    play.settle().await;
}

const SHIFT: (bool, bool) = (true, false);
const CTRL: (bool, bool) = (false, true);

fn is_checked(play: &Play, story: u128) -> bool {
    let mark = play.row(story).query_selector("[role=checkbox]").expect("a selector");
    mark.expect("a mark").get_attribute("aria-checked").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn clicks_with_keys_select_and_a_mouse_drags_all_of_them() {
    let play = Play::begin(2, 5).await;
    click(&play, 100_001, CTRL).await;
    click(&play, 100_003, SHIFT).await;
    click(&play, 100_002, CTRL).await;
    let checked: Vec<bool> = (100_001..=100_005).map(|story| is_checked(&play, story)).collect();
    assert_eq!(checked, [true, false, true, false, false]);
    assert!(play.find("[data-field=title]").is_none(), "nothing is opened");

    let row = play.row(100_003);
    let (x, y) = middle(&row);
    MOUSE.fire(&play, ("pointerdown", &row), (x, y)).await;
    MOUSE.fire(&play, ("pointermove", &row), (x, y + 10.0)).await;
    let (x, y) = middle(&play.row(100_005));
    MOUSE.fire(&play, ("pointermove", &row), (x, y + 6.0)).await;
    assert_eq!(play.get(".drop-count").text_content().as_deref(), Some("2 stories"));
    MOUSE.fire(&play, ("pointerup", &row), (x, y + 6.0)).await;
    assert_eq!(
        play.titles(Column::Icebox),
        [
            "story 100002",
            "story 100004",
            "story 100005",
            "story 100001",
            "story 100003"
        ]
    );
    play.end().await;
}

#[wasm_bindgen_test]
async fn a_finger_that_rests_on_a_row_selects_it_and_one_that_scrolls_does_not() {
    let play = Play::begin(0, 3).await;
    let row = play.row(100_002);
    let (x, y) = middle(&row);
    FINGER.fire(&play, ("pointerdown", &row), (x, y)).await;
    FINGER.fire(&play, ("pointermove", &row), (x, y + 30.0)).await;
    FINGER.fire(&play, ("pointercancel", &row), (x, y + 30.0)).await;
    let other = play.row(100_001);
    let (x, y) = middle(&other);
    FINGER.fire(&play, ("pointerdown", &other), (x, y)).await;
    for _ in 0..MANY_FRAMES {
        if play.find("#selection").is_some() {
            break;
        }
        next_frame().await;
    }
    FINGER.fire(&play, ("pointerup", &other), (x, y)).await;
    // The click that ends it is not meant for the row.
    play.row(100_001).click();
    play.settle().await;
    assert_eq!((is_checked(&play, 100_001), is_checked(&play, 100_002)), (true, false));
    assert!(play.find("[data-field=title]").is_none(), "nothing is opened");
    play.end().await;
}
