//! Opening without a network: a service worker keeps the page's own files. Knows nothing of what the page keeps.

use wasm_bindgen::JsValue;

/// Lets the service worker keep the page. Where the browser has none (private mode, plain HTTP to another machine) the page
/// works as before, as long as there is a network to open it over.
pub fn keep_page() {
    let navigator = gloo_utils::window().navigator();
    let there = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker")).unwrap_or(false);
    // A page under development is replaced at each change of a file.
    if there && !cfg!(debug_assertions) {
        let registered = navigator.service_worker().register("/sw.js");
        wasm_bindgen_futures::spawn_local(async move {
            let _refused = wasm_bindgen_futures::JsFuture::from(registered).await;
        });
    }
}
