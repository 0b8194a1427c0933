//! Signing out: a second click on the same point of the page never throws anything away.

use crate::stage::next_frame;
use backlog::ProjectId;
use backlog::id::Bits128;
use std::rc::Rc;
use truestory_app::board::Board;
use truestory_app::board::msg::Remembered;
use truestory_app::board::scene::{NameDraft, Parting, PartingWay, Scene};
use truestory_app::components::BoardPage;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
struct ShownProps {
    scene: Rc<Scene>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    html! { <BoardPage scene={props.scene.clone()} dispatch={Callback::noop()} /> }
}

/// The page while it asks what is to become of what the server does not have.
fn asking(way: PartingWay) -> ShownProps {
    let mut scene = Board::new(ProjectId(Bits128(1)), Remembered::default()).scene();
    scene.header.name_draft = Some(NameDraft {
        text: "Ann".to_owned(),
        problem: None,
    });
    scene.header.parting = Some(Parting {
        words: "1 change is not at the server yet. Wait for the server, or throw it all away?".to_owned(),
        way,
    });
    ShownProps { scene: Rc::new(scene) }
}

/// The words on the button at a point, where it can be clicked.
fn button_at(x: f32, y: f32) -> Option<String> {
    let hit = gloo_utils::document().element_from_point(x, y)?;
    let button = hit.closest("button:not(:disabled)").expect("a selector")?;
    button.text_content()
}

/// The middle of the button with these words.
fn middle_of(words: &str) -> (f32, f32) {
    let buttons = gloo_utils::document().query_selector_all("button").expect("a selector");
    let found = (0..buttons.length())
        .filter_map(|n| buttons.item(n))
        .find(|button| button.text_content().as_deref() == Some(words));
    let element: web_sys::Element = wasm_bindgen::JsCast::unchecked_into(found.expect("there is such a button"));
    let place = element.get_bounding_client_rect();
    (
        (place.left() + place.width() / 2.0) as f32,
        (place.top() + place.height() / 2.0) as f32,
    )
}

#[wasm_bindgen_test]
async fn a_second_click_on_waiting_hits_nothing() {
    let play = crate::stage::Play::begin(0, 0).await;
    let root = gloo_utils::document().create_element("div").expect("an element");
    root.set_attribute("style", "position:fixed;inset:0;z-index:9;overflow:hidden")
        .expect("it can be set");
    gloo_utils::body().append_child(&root).expect("it can be added");
    let props = asking(PartingWay::WaitOrThrowAway);
    let mut handle = yew::Renderer::<Shown>::with_root_and_props(root.clone(), props).render();
    settle().await;
    let (x, y) = middle_of("Wait for the server");
    assert_eq!(button_at(x, y).as_deref(), Some("Wait for the server"));
    let thrown = middle_of("Throw away and sign out");
    handle.update(asking(PartingWay::Waiting));
    settle().await;
    assert_eq!(button_at(x, y), None);
    assert_eq!(middle_of("Throw away and sign out"), thrown, "it keeps its place");
    handle.destroy();
    root.remove();
    play.end().await;
}

async fn settle() {
    for _ in 0..2 {
        yew::scheduler::flush().await;
        next_frame().await;
    }
}
