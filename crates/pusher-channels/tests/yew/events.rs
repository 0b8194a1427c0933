//! Events reach handlers: each one, the newest closure, as long as the component is there.

use pusher_channels::yew::{use_all_events, use_channel, use_channels, use_event, use_raw_event};
use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::stage::{Stage, Told, name};

#[derive(Deserialize)]
struct Moved {
    id: u32,
}

/// Hears `orders` and notes each event with the word of its newest rendering.
#[component]
fn Notes(told: &Told) -> Html {
    let orders = use_channel(&name("orders"));
    let (typed, raw, all) = (told.clone(), told.clone(), told.clone());
    use_event(&orders, "moved", move |moved: Moved| {
        typed.log.note(format!("{} moved {}", typed.word, moved.id));
    });
    use_raw_event(&orders, "raw", move |data| {
        raw.log.note(format!("{} raw {data}", raw.word))
    });
    use_all_events(&orders, move |event, _| {
        if all.word == "all" {
            all.log.note(event);
        }
    });
    Html::default()
}

#[wasm_bindgen_test]
async fn the_newest_closure_is_called() {
    let mut stage = Stage::<Notes>::new("first").await;
    stage.page.say_success("orders");
    stage.say_event("orders", "moved", r#"{"id":1}"#);
    stage.tell("second").await;
    stage.say_event("orders", "moved", r#"{"id":2}"#);
    stage.say_event("orders", "raw", "not JSON");
    assert_eq!(
        stage.log.take(),
        ["first moved 1", "second moved 2", "second raw not JSON"]
    );
    stage.tell("all").await;
    stage.say_event("orders", "other", "");
    assert_eq!(stage.log.take(), ["other"]);
    stage.leave().await;
}

/// Counts events in a reducer, and renderings in the log.
#[component]
fn Counts(told: &Told) -> Html {
    told.log.note("rendered");
    let orders = use_channel(&name("orders"));
    let seen = use_mut_ref(Vec::new);
    let count = use_reducer(Count::default);
    let (dispatch, seeing) = (count.dispatcher(), seen.clone());
    use_event(&orders, "moved", move |moved: Moved| {
        seeing.borrow_mut().push(moved.id);
        dispatch.dispatch(());
    });
    let in_order = seen.borrow().iter().copied().eq(0..count.0);
    html! { format!("{} in order: {in_order}", count.0) }
}

#[derive(Default)]
struct Count(u32);

impl Reducible for Count {
    type Action = ();

    fn reduce(self: std::rc::Rc<Self>, (): ()) -> std::rc::Rc<Self> {
        Self(self.0 + 1).into()
    }
}

#[wasm_bindgen_test]
async fn a_burst_between_two_renderings_is_heard_whole() {
    let stage = Stage::<Counts>::new("").await;
    stage.page.say_success("orders");
    stage.settle().await;
    stage.log.take();
    for id in 0..1000 {
        stage.say_event("orders", "moved", &format!(r#"{{"id":{id}}}"#));
    }
    assert_eq!(stage.log.take(), Vec::<String>::new());
    stage.settle().await;
    assert_eq!(stage.text(), "1000 in order: true");
    assert_eq!(stage.log.take(), ["rendered"]);
    stage.leave().await;
}

/// Hears nothing once the word is `gone`.
#[component]
fn Perhaps(told: &Told) -> Html {
    match told.word.as_str() {
        "gone" => Html::default(),
        _ => html! { <Notes ..told.clone() /> },
    }
}

#[wasm_bindgen_test]
async fn nothing_is_called_or_kept_after_unmounting() {
    let mut stage = Stage::<Perhaps>::new("here").await;
    stage.page.say_success("orders");
    stage.say_event("orders", "moved", r#"{"id":1}"#);
    assert_eq!(stage.log.take(), ["here moved 1"]);
    let (listeners, sent) = (stage.page.listeners(), stage.page.sent().len());
    stage.tell("gone").await;
    stage.say_event("orders", "moved", r#"{"id":2}"#);
    assert_eq!(stage.log.take(), Vec::<String>::new());
    assert_eq!((stage.page.listeners(), stage.page.sent().len()), (listeners, sent + 1));
    stage.tell("back").await;
    stage.page.say_success("orders");
    stage.say_event("orders", "moved", r#"{"id":3}"#);
    assert_eq!(stage.log.take(), ["back moved 3"]);
    stage.leave().await;
}

/// Notes errors beside events.
#[component]
fn Complains(told: &Told) -> Html {
    let channels = use_channels();
    let log = told.log.clone();
    let _binding = use_memo((), move |()| channels.bind_error(move |_, message| log.note(message)));
    html! { <Notes ..told.clone() /> }
}

#[wasm_bindgen_test]
async fn unreadable_data_is_told() {
    let stage = Stage::<Complains>::new("w").await;
    stage.page.say_success("orders");
    stage.say_event("orders", "moved", r#"{"id":"x"}"#);
    stage.say_event("orders", "moved", r#"{"id":5}"#);
    assert_eq!(
        stage.log.take(),
        [
            "orders: the data of moved cannot be read: invalid type: string \"x\", expected u32 at line 1 column 9",
            "w moved 5"
        ]
    );
    stage.leave().await;
}
