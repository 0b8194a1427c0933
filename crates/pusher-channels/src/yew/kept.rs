//! What a component holds on to while it is there: bindings, and the newest of a closure. Knows hooks, no channel.

use std::{cell::RefCell, rc::Rc};

use ::yew::prelude::*;

use crate::browser::Binding;

/// Keeps bindings until the component goes or what they depend on changes; then the old ones go first.
///
/// They are bound while rendering and not in an effect: Yew may let the page run in between, and an event would be missed.
#[hook]
pub(super) fn use_bindings<D: PartialEq + 'static>(dependencies: D, bind: impl FnOnce(&D) -> Vec<Binding>) {
    let _ = use_memo(dependencies, bind);
}

/// A place that holds the closure of the newest rendering; `H` is an `Rc` of it.
#[hook]
pub(super) fn use_newest<H: Clone + 'static>(handler: H) -> Newest<H> {
    let place = use_ref(|| Newest(Rc::new(RefCell::new(handler.clone()))));
    // The old one is dropped when nothing is borrowed: it may hold the last handle to a channel.
    let _old = place.0.replace(handler);
    Newest::clone(&place)
}

/// A place for a closure.
#[derive(Clone)]
pub(super) struct Newest<H>(Rc<RefCell<H>>);

impl<H: Clone> Newest<H> {
    /// The closure that is newest now, to be called while nothing is borrowed.
    pub fn get(&self) -> H {
        self.0.borrow().clone()
    }
}
