//! Hears one channel and calls the page's script at each event. Knows the names by which the script says what it wants
//! (`window.ear`); measures nothing itself.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use pusher_channels::{
    ChannelName,
    browser::{Binding, Channels, Options},
};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};

/// As in a form of eight fields: what an event's data holds.
#[derive(Deserialize)]
struct Item {
    id: u64,
    name: String,
    quantity: u32,
    note: String,
    done: bool,
}

thread_local! {
    /// For as long as the page.
    static BOUND: RefCell<Vec<Binding>> = const { RefCell::new(Vec::new()) };
}

fn main() {
    let wish = Wish::read().expect("the page's script sets window.ear before it starts this program");
    let channels = Channels::connect(Options::same_origin(&wish.key));
    let name = ChannelName::new(&wish.channel).expect("the script names a channel");
    let channel = channels.subscribe(&name);
    let heard = wish.heard;
    let bound = match wish.reading.as_str() {
        "value" => channel.bind("measured", move |item: Item| call(&heard, item.weight())),
        _ => channel.bind_raw("measured", move |data| {
            call(&heard, u32::try_from(data.len()).unwrap_or(u32::MAX))
        }),
    };
    let subscribed = channel.on_subscribed(move || call(&wish.subscribed, 0));
    BOUND.with_borrow_mut(|all| all.extend([bound, subscribed]));
}

/// What the script wants.
struct Wish {
    key: String,
    channel: String,
    /// `text`, or `value` to have the data read into a struct.
    reading: String,
    heard: Function,
    subscribed: Function,
}

impl Wish {
    fn read() -> Option<Self> {
        let ear = property(&js_sys::global(), "ear")?;
        let text = |name| property(&ear, name)?.as_string();
        let function = |name| property(&ear, name)?.dyn_into().ok();
        Some(Self {
            key: text("key")?,
            channel: text("channel")?,
            reading: text("reading")?,
            heard: function("heard")?,
            subscribed: function("subscribed")?,
        })
    }
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok()
}

fn call(function: &Function, told: u32) {
    // The script's own mistakes are seen in its console.
    let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from(told));
}

impl Item {
    /// Something that needs every field, so that none is left out by the compiler.
    fn weight(&self) -> u32 {
        let lengths = u32::try_from(self.name.len() + self.note.len()).unwrap_or(u32::MAX);
        lengths ^ self.quantity ^ u32::from(self.done) ^ (self.id as u32)
    }
}
