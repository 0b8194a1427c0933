// What an event costs from the socket's message to the bound function: our client and pusher-js hear the same events of the same hub
// in the same browser, in turns. Knows how to put a page before a client and how to watch a socket; must never know the clients' insides.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

const PUSHER_JS = new URL("../../node_modules/pusher-js/dist/web/pusher.min.js", import.meta.url);

/** Triggers on their way at a time. */
const IN_FLIGHT = 16;
/** Milliseconds until a page is subscribed, or has heard what was triggered; a guard. */
const LIMIT = 60_000;

/** The clock of a page that is isolated from others has steps of 5 µs instead of 100. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** Data of 200 bytes, as a story or an order would have. */
export const DATA = (() => {
  const item = { id: 1_234_567, name: "A row of the table", quantity: 12, done: false, note: "" };
  item.note = "x".repeat(200 - JSON.stringify(item).length);
  return JSON.stringify(item);
})();

/**
 * A page that hears `channel`. `client` is `pusher-js` or a folder of built pages; `reading` is `text`, or `value` to have the data read
 * into a struct, as pusher-js always does. `subscribed` is called at each subscription.
 */
export async function openEar(browser, url, { client, pages, channel, reading = "text", subscribed = () => {} }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`the page of ${client}: ${error}`));
  const first = new Promise((resolve) => (subscribed = after(subscribed, resolve)));
  await page.exposeFunction("toldSubscribed", subscribed);
  await page.addInitScript(watchSockets);
  await page.route(`${url}/bench/**`, (route) => serve(route, pages));
  await page.goto(`${url}/bench/`);
  await page.evaluate(client === "pusher-js" ? startPusherJs : startOurs, { client, channel, reading });
  await within(first, `the page of ${client} is not subscribed`);
  return page;
}

/** Triggers so many events and waits until the page heard them; answers microseconds for each. */
export async function hear(page, url, channel, count) {
  await page.evaluate((expected) => window.watch.begin(expected), count);
  await trigger(url, channel, count);
  const { toHandler, whole } = await within(page.evaluate(() => window.watch.end()), "the page heard too little");
  return { toHandler: (toHandler / count) * 1_000, whole: (whole / count) * 1_000 };
}

async function trigger(url, channel, count) {
  let left = count;
  const post = async () => {
    while (left-- > 0) {
      const body = JSON.stringify({ channel, name: "measured", data: DATA });
      const answer = await fetch(`${url}/trigger`, { method: "POST", headers: { "content-type": "application/json" }, body });
      if (!answer.ok) throw new Error(`a trigger was answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, post));
}

function within(what, sentence) {
  let guard;
  const late = new Promise((_, reject) => (guard = setTimeout(() => reject(new Error(sentence)), LIMIT)));
  return Promise.race([what, late]).finally(() => clearTimeout(guard));
}

function after(one, other) {
  return () => {
    one();
    other();
  };
}

async function serve(route, pages) {
  const path = new URL(route.request().url()).pathname.replace(/^\/bench\//, "");
  if (path === "") return route.fulfill({ contentType: "text/html", headers: ISOLATED, body: "<!doctype html><title>An ear</title>" });
  const body = await readFile(path === "pusher.min.js" ? PUSHER_JS : join(pages, path));
  const contentType = path.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  return route.fulfill({ contentType, headers: ISOLATED, body });
}

/** In the page, before any script: notes when a message comes to a socket's listener, when the bound function is called, when it is over. */
function watchSockets() {
  const watch = { toHandler: 0, whole: 0, left: 0, heardAt: 0, done: () => {} };
  watch.begin = (expected) => {
    [watch.toHandler, watch.whole, watch.left] = [0, 0, expected];
    watch.complete = new Promise((resolve) => (watch.done = resolve));
  };
  watch.end = () => watch.complete.then(() => ({ toHandler: watch.toHandler, whole: watch.whole }));
  watch.heard = () => (watch.heardAt = performance.now());
  window.watch = watch;

  const watched = (listener) =>
    function (event) {
      watch.heardAt = 0;
      const began = performance.now();
      listener.call(this, event);
      const ended = performance.now();
      // Pongs and such are heard by nobody.
      if (!watch.heardAt) return;
      watch.toHandler += watch.heardAt - began;
      watch.whole += ended - began;
      if (--watch.left === 0) watch.done();
    };
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const message = this instanceof WebSocket && type === "message";
    return add.call(this, type, message ? watched(listener) : listener, options);
  };
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    set(listener) {
      if (listener) add.call(this, "message", watched(listener));
    },
  });
}

async function startOurs({ client, channel, reading }) {
  const { default: start } = await import(`/bench/${client}/page.js`);
  window.ear = { key: "key", channel, reading, heard: window.watch.heard, subscribed: () => void window.toldSubscribed() };
  await start();
}

async function startPusherJs({ channel }) {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: "/bench/pusher.min.js", onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const { hostname, port } = location;
  const options = { cluster: "", wsHost: hostname, wsPort: Number(port), forceTLS: false, enabledTransports: ["ws"] };
  const heard = new window.Pusher("key", options).subscribe(channel);
  heard.bind("pusher:subscription_succeeded", () => void window.toldSubscribed());
  heard.bind("measured", window.watch.heard);
}
