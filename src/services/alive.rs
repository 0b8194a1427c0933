//! Which pages of this browser are alive. Each holds a lock under its own name for as long as it is there; whoever gets the lock
//! of another page knows that it is gone, and stands in for it from then on.

use super::clock;
use backlog::id::Bits128;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::collections::BTreeSet;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// So long, in milliseconds, the lock of another page is waited for: one that is being loaded anew lets go a moment late.
const PATIENCE: u32 = 200;

thread_local! {
    // This page and those that it stands in for.
    static HELD: RefCell<(Option<Bits128>, BTreeSet<Bits128>)> = RefCell::default();
}

/// This page's own name, the same for as long as it is loaded.
pub fn own() -> Bits128 {
    let (own, is_new) = HELD.with_borrow_mut(|(own, held)| match *own {
        Some(own) => (own, false),
        None => {
            let fresh = Bits128(clock::random());
            held.insert(fresh);
            (*own.insert(fresh), true)
        }
    });
    if is_new {
        wasm_bindgen_futures::spawn_local(async move {
            // Nobody else asks for a name that was made just now.
            let _held = ask(own).await;
        });
    }
    own
}

/// Whether it is this page's own name, or one that it stands in for.
pub fn is_held(page: Bits128) -> bool {
    HELD.with_borrow(|(_, held)| held.contains(&page))
}

/// Stands in for a page that is gone. Whether it is gone; where the browser cannot tell, it counts as gone.
pub async fn stand_in(page: Bits128) -> bool {
    if !is_held(page) && !ask(page).await {
        return false;
    }
    HELD.with_borrow_mut(|(_, held)| held.insert(page));
    true
}

/// Asks for the lock of that name, to hold it for ever. Whether it was given.
async fn ask(page: Bits128) -> bool {
    let Some((locks, request)) = locks() else { return true };
    let Ok(controller) = AbortController::new() else {
        return true;
    };
    let options = Object::new();
    let signal = Reflect::set(&options, &JsValue::from_str("signal"), &controller.signal());
    let _patience = Timeout::new(PATIENCE, move || controller.abort());
    let answered = Promise::new(&mut |resolve, _| {
        let (given, refused) = (resolve.clone(), resolve);
        let hold = Closure::once_into_js(move || {
            // Resolving a promise has nothing to fail at.
            let _given = given.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            // The lock is held until what is answered here comes to an end, which it never does.
            Promise::new(&mut |_, _| {})
        });
        let name = JsValue::from_str(&format!("truestory/page/{page}"));
        let asked = request.call3(&locks, &name, &options, &hold);
        wasm_bindgen_futures::spawn_local(async move {
            let ended = match asked {
                Ok(asked) => JsFuture::from(asked.unchecked_into::<Promise>()).await,
                Err(thrown) => Err(thrown),
            };
            let _refused = refused.call1(&JsValue::UNDEFINED, &JsValue::from_bool(ended.is_ok()));
        });
    });
    let answer = JsFuture::from(answered).await;
    signal.is_ok() && answer.is_ok_and(|given| given.is_truthy())
}

// None where the browser has no locks, as on plain HTTP to another machine.
fn locks() -> Option<(JsValue, Function)> {
    let navigator = gloo_utils::window().navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    if !locks.is_object() {
        return None;
    }
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?;
    Some((locks, request.dyn_into().ok()?))
}
