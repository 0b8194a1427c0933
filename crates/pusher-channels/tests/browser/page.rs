//! A page whose sockets, timers, listeners and fetches can be looked at. Knows the browser's globals; puts them back when dropped.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// Replaces the globals and returns what the tests look at.
const REPLACE: &str = r#"(() => {
    const page = { earlier: Promise.resolve(), sockets: [], listeners: 0, timers: new Set(), fetched: [], carried: [], answers: [], answer: [200, ''] };
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
        if (new URL(request.url).pathname.startsWith('/app/')) return page.carry(request);
        const path = new URL(request.url).pathname, type = request.headers.get('content-type');
        const others = [...request.headers].filter(([name]) => name.startsWith('x-')).map((pair) => pair.join(': '));
        // Bodies of requests that were made together may be read in any order; what counts is the order of the requests.
        const body = page.earlier.then(() => request.text());
        page.earlier = body;
        page.fetched.push([request.method, path, request.credentials, type, await body, ...others].join(' '));
        const [status, answer] = page.answers.shift() ?? page.answer;
        return new Response(answer, { status });
    };
    page.carry = async (request) => {
        const { pathname, search } = new URL(request.url), header = (name) => request.headers.get(name);
        const words = [request.method, pathname + search, header('x-pusher-session'), header('if-none-match'), await request.text()];
        const asked = { words: words.filter(Boolean).join(' '), aborted: request.signal.aborted };
        page.carried.push(asked);
        return new Promise((resolve, reject) => {
            request.signal.onabort = () => { asked.aborted = true; reject(request.signal.reason); };
            asked.answer = (status, body) => resolve(new Response(body || null, { status }));
            asked.begin = () => resolve(new Response(new ReadableStream({ start: (stream) => { asked.stream = stream; } })));
            asked.fail = () => reject(new TypeError('no network'));
        });
    };
    page.answerCarried = (number, status, body) => page.carried[number - 1].answer(status, body);
    page.failCarried = (number) => page.carried[number - 1].fail();
    page.beginCarried = (number) => page.carried[number - 1].begin();
    page.tellCarried = (number, text) => page.carried[number - 1].stream.enqueue(new TextEncoder().encode(text));
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

    /// The answers to the next fetches, before [`answer_fetch`](Self::answer_fetch).
    pub fn answer_next(&self, answers: &[(u16, &str)]) {
        let list = self.list("answers");
        for (status, body) in answers {
            list.push(&Array::of2(&(*status).into(), &(*body).into()));
        }
    }

    /// Each fetch: method, path, credentials, content type, body, headers that begin with `x-`.
    pub fn fetched(&self) -> Vec<String> {
        texts(&get(&self.0, "fetched"))
    }

    /// Each request that carries frames: method, path, session, tag, body. Numbered from 1.
    pub fn carried(&self) -> Vec<String> {
        self.list("carried")
            .iter()
            .filter_map(|asked| get(&asked, "words").as_string())
            .collect()
    }

    pub fn is_aborted(&self, number: u32) -> bool {
        get(&self.list("carried").get(number - 1), "aborted").is_truthy()
    }

    /// Answers such a request as a whole.
    pub fn answer_carried(&self, number: u32, status: u16, body: &str) {
        self.call("answerCarried", &[number.into(), status.into(), body.into()]);
    }

    /// No answer comes to such a request.
    pub fn fail_carried(&self, number: u32) {
        self.call("failCarried", &[number.into()]);
    }

    /// Begins an answer to such a request that has no end.
    pub fn begin_carried(&self, number: u32) {
        self.call("beginCarried", &[number.into()]);
    }

    /// Goes on with it.
    pub fn tell_carried(&self, number: u32, text: &str) {
        self.call("tellCarried", &[number.into(), text.into()]);
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
