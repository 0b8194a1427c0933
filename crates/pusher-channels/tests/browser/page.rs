//! A page whose sockets, timers, listeners and fetches can be looked at. Knows the browser's globals; puts them back when dropped.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// Replaces the globals and returns what the tests look at.
const REPLACE: &str = r#"(() => {
    const page = { sockets: [], listeners: 0, timers: new Set(), fetched: [], answer: [200, ''] };
    const old = { WebSocket, setTimeout, clearTimeout, fetch };
    // Called bare: a window's functions want no other `this`.
    const setLater = setTimeout, unsetLater = clearTimeout;
    const add = EventTarget.prototype.addEventListener, remove = EventTarget.prototype.removeEventListener;
    EventTarget.prototype.addEventListener = function (...args) { page.listeners++; return add.apply(this, args); };
    EventTarget.prototype.removeEventListener = function (...args) { page.listeners--; return remove.apply(this, args); };
    globalThis.WebSocket = class extends EventTarget {
        constructor(url) { super(); this.url = url; this.sent = []; this.closed = false; page.sockets.push(this); }
        send(text) { this.sent.push(text); }
        close() { this.closed = true; }
    };
    globalThis.setTimeout = (call, delay) => {
        const id = setLater(() => { page.timers.delete(id); call(); }, delay);
        page.timers.add(id);
        return id;
    };
    globalThis.clearTimeout = (id) => { page.timers.delete(id); unsetLater(id); };
    globalThis.fetch = async (request) => {
        const path = new URL(request.url).pathname, type = request.headers.get('content-type');
        page.fetched.push([request.method, path, request.credentials, type, await request.text()].join(' '));
        return new Response(page.answer[1], { status: page.answer[0] });
    };
    page.restore = () => {
        Object.assign(globalThis, old);
        Object.assign(EventTarget.prototype, { addEventListener: add, removeEventListener: remove });
    };
    page.say = (text) => page.sockets.at(-1).dispatchEvent(new MessageEvent('message', { data: text }));
    page.close = (code, reason) => page.sockets.at(-1).dispatchEvent(new CloseEvent('close', { code, reason }));
    page.turn = () => new Promise((done) => setLater(done, 5));
    return page;
})()"#;

/// How many turns of 5 ms something may take that takes a second at most.
const PATIENCE_TURNS: u32 = 1000;

pub struct Page(JsValue);

impl Page {
    pub fn new() -> Self {
        Self(js_sys::eval(REPLACE).unwrap())
    }

    /// The newest socket's address.
    pub fn url(&self) -> String {
        get(&self.socket(), "url").as_string().unwrap()
    }

    /// How many sockets were opened.
    pub fn opened(&self) -> u32 {
        self.list("sockets").length()
    }

    /// What was sent on the newest socket.
    pub fn sent(&self) -> Vec<String> {
        texts(&get(&self.socket(), "sent"))
    }

    pub fn is_closed(&self) -> bool {
        get(&self.socket(), "closed").is_truthy()
    }

    pub fn say(&self, text: &str) {
        self.call("say", &[text.into()]);
    }

    pub fn say_hello(&self, socket_id: &str) {
        self.say(&format!(
            r#"{{"event":"pusher:connection_established","data":"{{\"socket_id\":\"{socket_id}\",\"activity_timeout\":120}}"}}"#
        ));
    }

    pub fn say_success(&self, channel: &str) {
        self.say(&format!(
            r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{channel}","data":"{{}}"}}"#
        ));
    }

    /// The newest socket closes by itself.
    pub fn close(&self, code: u16, reason: &str) {
        self.call("close", &[code.into(), reason.into()]);
    }

    pub fn fire(&self, event: &str) {
        web_sys::window()
            .unwrap()
            .dispatch_event(&Event::new(event).unwrap())
            .unwrap();
    }

    pub fn fire_on_document(&self, event: &str) {
        let document = web_sys::window().unwrap().document().unwrap();
        document.dispatch_event(&Event::new(event).unwrap()).unwrap();
    }

    /// Listeners that were added since this page began and not removed.
    pub fn listeners(&self) -> i32 {
        get(&self.0, "listeners").as_f64().unwrap() as i32
    }

    /// Timers that have not come and were not cleared.
    pub fn timers(&self) -> u32 {
        get(&self.0, "timers").unchecked_into::<js_sys::Set>().size()
    }

    pub fn answer_fetch(&self, status: u16, body: &str) {
        let answer = Array::of2(&status.into(), &body.into());
        Reflect::set(&self.0, &"answer".into(), &answer).unwrap();
    }

    /// Each fetch: method, path, credentials, content type, body.
    pub fn fetched(&self) -> Vec<String> {
        texts(&get(&self.0, "fetched"))
    }

    /// Lets the page run until this is so.
    pub async fn until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..PATIENCE_TURNS {
            if is_so() {
                return;
            }
            let turn: Promise = self.call("turn", &[]).unchecked_into();
            JsFuture::from(turn).await.unwrap();
        }
        panic!("it never was so");
    }

    fn socket(&self) -> JsValue {
        let sockets = self.list("sockets");
        sockets.get(sockets.length() - 1)
    }

    fn list(&self, key: &str) -> Array {
        get(&self.0, key).unchecked_into()
    }

    fn call(&self, method: &str, arguments: &[JsValue]) -> JsValue {
        let function: Function = get(&self.0, method).unchecked_into();
        function.apply(&self.0, &arguments.iter().collect()).unwrap()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.call("restore", &[]);
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn texts(list: &JsValue) -> Vec<String> {
    Array::from(list).iter().filter_map(|text| text.as_string()).collect()
}
