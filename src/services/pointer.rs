//! Pulling stories with mouse, pen or finger: turns pointer events into "pulled", "over that pixel of that column", "let
//! go". A mouse pulls a closed row anywhere; a finger pulls it by its grip, so that a list still scrolls under it.

use backlog::StoryId;
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

/// The pixels that a pressed pointer travels before it pulls: less is a click by an unsteady hand.
const THRESHOLD: i32 = 5;
/// The pixels from a column's edge in which a pull scrolls it.
const EDGE: i32 = 48;
/// The most pixels that it is scrolled by at once.
const EDGE_STEP: i32 = 24;

/// What a pointer did with a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pull {
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
    Pulling {
        pointer: i32,
    },
    /// Let go just now; the click that follows is not meant for what lies under it.
    Released,
}

/// Tells of every pull until dropped.
pub fn listen(pulled: impl Fn(Pull) + 'static) -> [EventListener; 6] {
    let hold = Rc::new(RefCell::new(Hold::Nothing));
    let pulled = Rc::new(pulled);
    let on = |name: &'static str, react: fn(&PointerEvent, Hold) -> (Hold, Option<Pull>)| {
        let (hold, pulled) = (hold.clone(), pulled.clone());
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&gloo_utils::document(), name, options, move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else {
                return;
            };
            let before = *hold.borrow();
            let (after, pull) = react(event, before);
            *hold.borrow_mut() = after;
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
    let by_hand = event.pointer_type() == "mouse" && within("form, input, textarea, select, button, a").is_none();
    let story = within("[data-story]").and_then(|row| row.get_attribute("data-story"));
    match story.and_then(|id| id.parse().ok()) {
        Some(id) if event.is_primary() && event.button() == 0 && (grip || by_hand) => {
            let (x, y) = (event.client_x(), event.client_y());
            (
                Hold::Pressed {
                    pointer: event.pointer_id(),
                    story: StoryId(id),
                    x,
                    y,
                },
                None,
            )
        }
        _ => (Hold::Nothing, None),
    }
}

fn moved(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    match before {
        Hold::Pressed { pointer, story, x, y } if pointer == event.pointer_id() => {
            let travelled = (event.client_x() - x).abs().max((event.client_y() - y).abs());
            if travelled < THRESHOLD {
                (before, None)
            } else {
                (Hold::Pulling { pointer }, Some(Pull::Started(story)))
            }
        }
        Hold::Pulling { pointer } if pointer == event.pointer_id() => {
            event.prevent_default();
            (
                before,
                Some(Pull::Moved(column_under(event.client_x(), event.client_y()))),
            )
        }
        Hold::Nothing | Hold::Pressed { .. } | Hold::Pulling { .. } | Hold::Released => (before, None),
    }
}

fn released(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    match before {
        Hold::Pulling { pointer } if pointer == event.pointer_id() => (Hold::Released, Some(Pull::Dropped)),
        Hold::Pulling { .. } => (before, None),
        Hold::Nothing | Hold::Pressed { .. } | Hold::Released => (Hold::Nothing, None),
    }
}

fn cancelled(event: &PointerEvent, before: Hold) -> (Hold, Option<Pull>) {
    match before {
        Hold::Pulling { pointer } if pointer == event.pointer_id() => (Hold::Nothing, Some(Pull::Cancelled)),
        Hold::Pulling { .. } => (before, None),
        Hold::Nothing | Hold::Pressed { .. } | Hold::Released => (Hold::Nothing, None),
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

fn column_under(x: i32, y: i32) -> Option<(String, i32)> {
    let under = gloo_utils::document().element_from_point(x as f32, y as f32)?;
    // Over a panel's heading one means its top, so the whole panel counts.
    let panel = under.closest("[role=region]").ok().flatten()?;
    let scroller = panel.query_selector("[data-column]").ok().flatten()?;
    let column = scroller.get_attribute("data-column")?;
    let bounds = scroller.get_bounding_client_rect();
    let (top, bottom) = (bounds.top() as i32, bounds.bottom() as i32);
    scroll_at_edge(&scroller, y - top, bottom - y);
    Some((column, (y - top).max(0) + scroller.scroll_top()))
}

fn scroll_at_edge(scroller: &Element, from_top: i32, from_bottom: i32) {
    let step = |distance: i32| (EDGE - distance.max(0)) * EDGE_STEP / EDGE;
    if from_top < EDGE {
        scroller.set_scroll_top(scroller.scroll_top() - step(from_top));
    } else if from_bottom < EDGE {
        scroller.set_scroll_top(scroller.scroll_top() + step(from_bottom));
    }
}
