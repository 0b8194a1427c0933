//! What the page knows: its address, the time, chance, and when it wakes or loses its network.

use std::time::Duration;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document, PageTransitionEvent, VisibilityState, Window};

use crate::client::{Address, Input};

/// Host and port of the page; empty where there is none, which no socket can be opened to.
pub(super) fn host() -> String {
    web_sys::window()
        .and_then(|window| window.location().host().ok())
        .unwrap_or_default()
}

/// The same address; with TLS if the page came with it, for browsers let such a page open nothing else.
pub(super) fn secured(address: Address) -> Address {
    let came_with_tls = |window: Window| window.location().protocol().is_ok_and(|protocol| protocol == "https:");
    if web_sys::window().is_some_and(came_with_tls) {
        address.with_tls()
    } else {
        address
    }
}

/// Time since the page began.
#[expect(clippy::disallowed_methods, reason = "the driver reads the clock for the core")]
pub(super) fn now() -> Duration {
    let milliseconds = web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now());
    Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
}

/// A number that other pages do not draw.
pub(super) fn seed() -> u64 {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Some(Ok(_)) => u64::from_le_bytes(bytes),
        // The seed only spreads reconnects; pages seldom start in the same instant.
        Some(Err(_)) | None => now().as_nanos() as u64,
    }
}

/// Reports what happens to the page until the listeners are dropped.
pub(super) fn listen(report: impl Fn(Input) + Clone + 'static) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let mut listeners = listen_to_window(&window, report.clone());
    if let Some(document) = window.document() {
        listeners.push(listen_to_visibility(document, report));
    }
    listeners
}

fn listen_to_window(window: &Window, report: impl Fn(Input) + Clone + 'static) -> Vec<EventListener> {
    let (online, offline, shown) = (report.clone(), report.clone(), report);
    vec![
        EventListener::new(window, "online", move |_| online(Input::WentOnline)),
        EventListener::new(window, "offline", move |_| offline(Input::WentOffline)),
        EventListener::new(window, "pageshow", move |event| {
            // Also fired once after loading; only a page that was kept and is shown again has slept.
            if event
                .dyn_ref::<PageTransitionEvent>()
                .is_some_and(PageTransitionEvent::persisted)
            {
                shown(Input::Woke);
            }
        }),
    ]
}

fn listen_to_visibility(document: Document, report: impl Fn(Input) + 'static) -> EventListener {
    let target = document.clone();
    EventListener::new(&target, "visibilitychange", move |_| {
        if document.visibility_state() == VisibilityState::Visible {
            report(Input::Woke);
        }
    })
}
