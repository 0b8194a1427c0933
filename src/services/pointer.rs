//! Pulling stories with mouse, pen or finger: turns pointer events into "pulled", "over that pixel of that column", "let
//! go". A mouse pulls a closed row anywhere, where it has a grip; a finger pulls it by its grip, so that a list still scrolls under it. A finger that
//! rests on a row elsewhere holds it.

mod edge;
mod frames;

use backlog::StoryId;
use edge::{Edge, Scrolled};
use frames::Frames;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

/// The pixels that a pressed pointer travels before it pulls: less is a click by an unsteady hand.
const THRESHOLD: i32 = 5;
/// The milliseconds for which a finger rests on a row until it holds it.
const REST: u32 = 450;

/// What a pointer did with a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pull {
    /// It rests on the story.
    Held(StoryId),
    /// It began to pull the story.
    Started(StoryId),
    /// It is over this pixel of the content of the column of this name, or over none.
    Moved(Option<(String, i32)>),
    /// It let the story go.
    Dropped,
    /// The pull was taken from it.
    Cancelled,
}

#[derive(Clone, Copy, Debug, Default)]
enum Hold {
    #[default]
    Nothing,
    Pressed {
        pointer: i32,
        story: StoryId,
        x: i32,
        y: i32,
    },
    /// A finger on a row, beside its grip.
    Resting {
        pointer: i32,
        story: StoryId,
        x: i32,
        y: i32,
    },
    Pulling {
        pointer: i32,
        x: i32,
        y: i32,
    },
    /// Let go just now; the click that follows is not meant for what lies under it.
    Released,
}

/// Tells of every pull until dropped.
pub fn listen(pulled: impl Fn(Pull) + 'static) -> [EventListener; 6] {
    let hold = Rc::new(RefCell::new(Hold::Nothing));
    let pulled = Rc::new(pulled);
    let frames = scroll_at_edges(hold.clone(), pulled.clone());
    let rest: Rc<RefCell<Option<Timeout>>> = Rc::default();
    let on = |name: &'static str, react: fn(&PointerEvent, Hold) -> (Hold, Option<Pull>)| {
        let (hold, pulled, frames, rest) = (hold.clone(), pulled.clone(), frames.clone(), rest.clone());
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&gloo_utils::document(), name, options, move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else {
                return;
            };
            let before = *hold.borrow();
            let (after, pull) = react(event, before);
            *hold.borrow_mut() = after;
            match (before, after) {
                (_, Hold::Pulling { .. }) => frames.start(),
                (Hold::Resting { .. }, Hold::Resting { .. }) => {}
                (_, Hold::Resting { story, .. }) => {
                    let (hold, pulled) = (hold.clone(), pulled.clone());
                    rest.replace(Some(Timeout::new(REST, move || {
                        hold.replace(Hold::Released);
                        pulled(Pull::Held(story));
                    })));
                }
                // A finger that went on does not rest any more.
                _ => drop(rest.take()),
            }
            if let Some(pull) = pull {
                pulled(pull);
            }
        })
    };
    [
        on("pointerdown", pressed),
        on("pointermove", moved),
        on("pointerup", released),
        on("pointercancel", cancelled),
        swallow_click(hold.clone()),
        keep_page_still(hold.clone()),
    ]
}

fn pressed(event: &PointerEvent, _before: Hold) -> (Hold, Option<Pull>) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return (Hold::Nothing, None);
    };
    let within = |selector: &str| target.closest(selector).ok().flatten();
    let grip = within("[data-grip]").is_some();
    // Text that is read is selected and not pulled; a row without a grip stays where it is.
    let on_row = within("form, input, textarea, select, button, a, [data-reading]").is_none();
    let row = within("[data-story]");
    let has_grip = |row: &Element| row.query_selector("[data-grip]").is_ok_and(|grip| grip.is_some());
    let (by_hand, by_finger) = match event.pointer_type().as_str() {
        "mouse" => (on_row && row.as_ref().is_some_and(has_grip), false),
        _ => (false, on_row),
    };
    let story = row.and_then(|row| row.get_attribute("data-story"));
    match story.and_then(|id| id.parse().ok()) {
        Some(id) if event.is_primary() && event.button() == 0 => {
            let (x, y, pointer, story) = (event.client_x(), event.client_y(), event.pointer_id(), StoryId(id));
            let hold = match () {
                () if grip || by_hand => Hold::Pressed { pointer, story, x, y },
                () if by_finger => Hold::Resting { pointer, story, x, y },
                () => Hold::Nothing,
            };
            (hold, None)
        }
        _ => (Hold::Nothing, None),
    }
}

fn moved(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    let (to_x, to_y) = (event.client_x(), event.client_y());
    match before {
        Hold::Pressed { pointer, story, x, y } if pointer == event.pointer_id() => {
            let travelled = (to_x - x).abs().max((to_y - y).abs());
            if travelled < THRESHOLD {
                return (before, None);
            }
            let (x, y) = (to_x, to_y);
            (Hold::Pulling { pointer, x, y }, Some(Pull::Started(story)))
        }
        Hold::Pulling { pointer, .. } if pointer == event.pointer_id() => {
            event.prevent_default();
            let (x, y) = (to_x, to_y);
            (Hold::Pulling { pointer, x, y }, Some(Pull::Moved(place_under(x, y))))
        }
        Hold::Resting { pointer, x, y, .. } if pointer == event.pointer_id() => {
            let rests = (to_x - x).abs().max((to_y - y).abs()) < 2 * THRESHOLD;
            (if rests { before } else { Hold::Nothing }, None)
        }
        Hold::Nothing | Hold::Pressed { .. } | Hold::Resting { .. } | Hold::Pulling { .. } | Hold::Released => {
            (before, None)
        }
    }
}

fn released(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    match before {
        Hold::Pulling { pointer, .. } if pointer == event.pointer_id() => (Hold::Released, Some(Pull::Dropped)),
        Hold::Pulling { .. } => (before, None),
        // The end of the hand that holds the row: the click that follows is not meant for it either.
        Hold::Released => (Hold::Released, None),
        Hold::Nothing | Hold::Pressed { .. } | Hold::Resting { .. } => (Hold::Nothing, None),
    }
}

fn cancelled(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    match before {
        Hold::Pulling { pointer, .. } if pointer == event.pointer_id() => (Hold::Nothing, Some(Pull::Cancelled)),
        Hold::Pulling { .. } => (before, None),
        Hold::Nothing | Hold::Pressed { .. } | Hold::Resting { .. } | Hold::Released => (Hold::Nothing, None),
    }
}

fn swallow_click(hold: Rc<RefCell<Hold>>) -> EventListener {
    let options = EventListenerOptions {
        phase: gloo_events::EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&gloo_utils::document(), "click", options, move |event| {
        if let Hold::Released = hold.replace(Hold::Nothing) {
            event.stop_propagation();
            event.prevent_default();
        }
    })
}

// Text must not be selected, nor an image be pulled out of the page, while a story is on its way.
fn keep_page_still(hold: Rc<RefCell<Hold>>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::document(), "selectstart", options, move |event: &Event| {
        if let Hold::Pressed { .. } | Hold::Pulling { .. } = *hold.borrow() {
            event.prevent_default();
        }
    })
}

// A pointer that is held still tells nothing, yet what lies under it changes while the column scrolls.
fn scroll_at_edges(hold: Rc<RefCell<Hold>>, pulled: Rc<impl Fn(Pull) + 'static>) -> Rc<Frames> {
    let mut edge = Edge::default();
    Frames::new(move |at| {
        let now = *hold.borrow();
        let Hold::Pulling { x, y, .. } = now else {
            edge.rest();
            return ControlFlow::Break(());
        };
        let scroller = element_under(x, y).and_then(|under| scroller_of(&under));
        if edge.scroll(scroller.as_ref(), y, at) == Scrolled::Moved {
            pulled(Pull::Moved(place_under(x, y)));
        }
        ControlFlow::Continue(())
    })
}

fn place_under(x: i32, y: i32) -> Option<(String, i32)> {
    let under = element_under(x, y)?;
    // Where one column is shown at a time, a tab stands for the top of its column.
    if let Some(tab) = under.closest("[data-drop]").ok().flatten() {
        return Some((tab.get_attribute("data-drop")?, 0));
    }
    let scroller = scroller_of(&under)?;
    let column = scroller.get_attribute("data-column")?;
    let top = scroller.get_bounding_client_rect().top() as i32;
    Some((column, (y - top).max(0) + scroller.scroll_top()))
}

fn element_under(x: i32, y: i32) -> Option<Element> {
    gloo_utils::document().element_from_point(x as f32, y as f32)
}

// Over a panel's heading one means its top, so the whole panel counts.
fn scroller_of(under: &Element) -> Option<Element> {
    let panel = under.closest("[role=region]").ok().flatten()?;
    panel.query_selector("[data-column]").ok().flatten()
}
