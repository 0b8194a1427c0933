//! Waking: tells when the page may have missed something, and ticks while it is open.

use gloo_events::EventListener;
use gloo_timers::callback::Interval;

/// The milliseconds between two ticks.
pub const TICK: u32 = 15_000;

/// Tells until dropped.
pub struct Wake {
    _listeners: [EventListener; 3],
    _ticks: Interval,
}

/// Tells when the page comes back to life, and every [`TICK`].
pub fn listen(woke: impl Fn() + Clone + 'static, ticked: impl Fn() + 'static) -> Wake {
    let (window, document) = (gloo_utils::window(), gloo_utils::document());
    let (online, shown) = (woke.clone(), woke.clone());
    Wake {
        _listeners: [
            EventListener::new(&window, "online", move |_| online()),
            EventListener::new(&window, "pageshow", move |_| shown()),
            EventListener::new(&document, "visibilitychange", move |_| {
                if !gloo_utils::document().hidden() {
                    woke();
                }
            }),
        ],
        _ticks: Interval::new(TICK, ticked),
    }
}
