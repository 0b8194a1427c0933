//! Waking and falling asleep: tells when the page may have missed something, when it may be the last it sees, and ticks
//! while it is open.

use gloo_events::EventListener;
use gloo_timers::callback::Interval;

/// The milliseconds between two ticks.
pub const TICK: u32 = 15_000;

/// A moment in the life of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It came back to life.
    Woke,
    /// [`TICK`] went by.
    Ticked,
    /// It is hidden or left, perhaps for good.
    Hidden,
}

/// Tells until dropped.
pub struct Wake {
    _listeners: [EventListener; 4],
    _ticks: Interval,
}

/// Tells until dropped.
pub struct Returns {
    _listeners: [EventListener; 2],
}

/// Tells whenever one comes back to the page, from another window or tab.
pub fn on_return(told: impl Fn() + Clone + 'static) -> Returns {
    let (window, document) = (gloo_utils::window(), gloo_utils::document());
    let focused = told.clone();
    Returns {
        _listeners: [
            EventListener::new(&window, "focus", move |_| focused()),
            EventListener::new(&document, "visibilitychange", move |_| {
                if !gloo_utils::document().hidden() {
                    told();
                }
            }),
        ],
    }
}

/// Tells each moment.
pub fn listen(told: impl Fn(Moment) + Clone + 'static) -> Wake {
    let (window, document) = (gloo_utils::window(), gloo_utils::document());
    let (online, shown, left, ticked) = (told.clone(), told.clone(), told.clone(), told.clone());
    Wake {
        _listeners: [
            EventListener::new(&window, "online", move |_| online(Moment::Woke)),
            EventListener::new(&window, "pageshow", move |_| shown(Moment::Woke)),
            EventListener::new(&window, "pagehide", move |_| left(Moment::Hidden)),
            EventListener::new(&document, "visibilitychange", move |_| {
                told(if gloo_utils::document().hidden() {
                    Moment::Hidden
                } else {
                    Moment::Woke
                });
            }),
        ],
        _ticks: Interval::new(TICK, move || ticked(Moment::Ticked)),
    }
}
