//! Frames: calls back before each paint for as long as it is asked to. Knows nothing of what is drawn.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls back before each paint, once started and until told to break or dropped.
pub struct Frames {
    callback: Closure<dyn FnMut(f64)>,
    asked: Cell<Option<i32>>,
}

impl Frames {
    /// Frames that stand still. The callback gets the time of the frame, in milliseconds since the page began.
    pub fn new(mut due: impl FnMut(f64) -> ControlFlow<()> + 'static) -> Rc<Frames> {
        Rc::new_cyclic(|frames: &Weak<Frames>| {
            let frames = frames.clone();
            let callback = Closure::new(move |at| {
                let Some(frames) = frames.upgrade() else { return };
                frames.asked.set(None);
                if due(at).is_continue() {
                    frames.start();
                }
            });
            Frames {
                callback,
                asked: Cell::new(None),
            }
        })
    }

    /// Calls back from the next frame on.
    pub fn start(&self) {
        if self.asked.get().is_none() {
            let callback = self.callback.as_ref().unchecked_ref();
            // Fails only for something that cannot be called.
            self.asked
                .set(gloo_utils::window().request_animation_frame(callback).ok());
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(asked) = self.asked.get() {
            // Fails only without a window, and then there are no frames.
            let _cancelled = gloo_utils::window().cancel_animation_frame(asked);
        }
    }
}
