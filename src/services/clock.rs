//! The present and randomness, from the browser.

use backlog::Millis;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The time now.
#[expect(
    clippy::disallowed_methods,
    reason = "the driver is where the board's time comes from"
)]
pub fn now() -> Millis {
    Millis(js_sys::Date::now() as i64)
}

/// 128 random bits, fit for ids that must never meet again.
pub fn random() -> u128 {
    let mut bytes = [0; 16];
    let filled = gloo_utils::window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    // Without a source of randomness two people's ids could meet, and one of their edits would be lost.
    filled.expect("every browser that runs WebAssembly has crypto.getRandomValues");
    u128::from_ne_bytes(bytes)
}

/// Calls back before the next paint; in a hidden page, which is never painted, soon.
pub fn before_next_frame(then: impl FnOnce() + 'static) {
    if gloo_utils::document().hidden() {
        Timeout::new(100, then).forget();
        return;
    }
    let callback = Closure::once_into_js(then);
    // Fails only for something that cannot be called.
    let _asked = gloo_utils::window().request_animation_frame(callback.unchecked_ref());
}
