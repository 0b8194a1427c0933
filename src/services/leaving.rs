//! Leaving the page: while something would be lost, the browser asks first, in its own words. What would be lost is
//! another's to know.

use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;

/// Lets the browser ask before the page is left, while `unsaved` holds; until dropped.
pub fn listen(unsaved: Rc<Cell<bool>>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::window(), "beforeunload", options, move |event| {
        if unsaved.get() {
            event.prevent_default();
        }
    })
}
