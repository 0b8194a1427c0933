// The real pusher-js against the hub, as the example `embed` of pusher-hub serves it. Knows the vendor's client and that program's two
// endpoints; must never know the project's own client.
//
// `cargo build -p pusher-hub --example embed && node --test e2e/pusher-js.test.mjs`; PUSHER_HUB_EXAMPLE names another program.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import Pusher from "pusher-js";
import { startProgram } from "./harness.mjs";

const EXAMPLE =
  process.env.PUSHER_HUB_EXAMPLE ?? fileURLToPath(new URL("../target/debug/examples/embed", import.meta.url));

/** Milliseconds for anything that must happen; a guard, not a pace. */
const LIMIT = 10_000;

const program = await startProgram({ after }, EXAMPLE, ["127.0.0.1:0"]);

function connect(t, key = "key", options = {}) {
  const { hostname, port } = new URL(program.url);
  const pusher = new Pusher(key, {
    cluster: "",
    wsHost: hostname,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: { endpoint: `${program.url}/pusher/auth`, transport: "ajax" },
    ...options,
  });
  t.after(() => pusher.disconnect());
  return pusher;
}

/** The first of these events on a channel or connection, as `[name, data]`. */
function first(emitter, ...names) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`none of ${names} within ${LIMIT} ms`)), LIMIT);
    for (const name of names) {
      emitter.bind(name, (data) => {
        clearTimeout(limit);
        resolve([name, data]);
      });
    }
  });
}

async function connected(t, key, options) {
  const pusher = connect(t, key, options);
  const [state] = await first(pusher.connection, "connected", "failed");
  assert.equal(state, "connected");
  return pusher;
}

const ANSWERS = ["pusher:subscription_succeeded", "pusher:subscription_error"];

async function subscribed(pusher, name) {
  const channel = pusher.subscribe(name);
  const [event, data] = await first(channel, ...ANSWERS);
  assert.equal(event, "pusher:subscription_succeeded", JSON.stringify(data));
  return channel;
}

/** What the subscription's error says. */
async function refused(pusher, name) {
  const [event, data] = await first(pusher.subscribe(name), ...ANSWERS);
  assert.equal(event, "pusher:subscription_error");
  return data;
}

/** The answer to a ping. Whatever was sent before the ping has been dealt with by then. */
function pong(pusher) {
  const answer = new Promise((resolve) => {
    pusher.connection.bind("message", (message) => message.event === "pusher:pong" && resolve());
  });
  pusher.send_event("pusher:ping", {});
  return answer;
}

async function trigger(event) {
  const answer = await fetch(`${program.url}/trigger`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...event, data: JSON.stringify(event.data) }),
  });
  assert.equal(answer.status, 204);
}

test("connects and gets a socket id", async (t) => {
  const pusher = await connected(t);
  assert.match(pusher.connection.socket_id, /^\d+\.\d+$/);
});

test("hears events on a public channel", async (t) => {
  const pusher = await connected(t);
  const channel = await subscribed(pusher, "orders");
  const moved = first(channel, "order.moved");
  await trigger({ channel: "orders", name: "order.moved", data: { id: 1, title: "Zoë \u{1f980}" } });
  assert.deepEqual(await moved, ["order.moved", { id: 1, title: "Zoë \u{1f980}" }]);
});

test("hears events on a private channel, signed by the authorisation endpoint", async (t) => {
  const pusher = await connected(t);
  const channel = await subscribed(pusher, "private-orders");
  const moved = first(channel, "order.moved");
  await trigger({ channel: "private-orders", name: "order.moved", data: { id: 2 } });
  assert.deepEqual(await moved, ["order.moved", { id: 2 }]);
});

test("does not hear what leaves its socket out", async (t) => {
  const [mine, other] = [await connected(t), await connected(t)];
  const heard = { mine: [], other: [] };
  const channels = { mine: await subscribed(mine, "private-shared"), other: await subscribed(other, "private-shared") };
  for (const who of ["mine", "other"]) channels[who].bind("said", (data) => heard[who].push(data));
  // The second event arrives after the first, so once everyone has it, the first would have come too.
  const last = [first(channels.mine, "last"), first(channels.other, "last")];
  await trigger({ channel: "private-shared", name: "said", data: "hello", socket_id: mine.connection.socket_id });
  await trigger({ channel: "private-shared", name: "last", data: null });
  await Promise.all(last);
  assert.deepEqual(heard, { mine: [], other: ["hello"] });
});

test("is told when the endpoint refuses", async (t) => {
  const pusher = await connected(t);
  const data = await refused(pusher, "private-vault");
  assert.deepEqual([data.type, data.status], ["AuthError", 403]);
});

test("is told when the hub refuses a signature, and lives on", async (t) => {
  const forged = (_params, callback) => callback(null, { auth: `key:${"0".repeat(64)}` });
  const pusher = await connected(t, "key", { channelAuthorization: { customHandler: forged } });
  const data = await refused(pusher, "private-orders");
  assert.deepEqual([data.type, data.status], ["AuthError", 401]);
  await subscribed(pusher, "orders");
});

test("is told that presence channels are not supported", async (t) => {
  const signed = (_params, callback) => callback(null, { auth: `key:${"0".repeat(64)}`, channel_data: '{"user_id":"1"}' });
  const pusher = await connected(t, "key", { channelAuthorization: { customHandler: signed } });
  const data = await refused(pusher, "presence-room");
  assert.match(data.error, /not supported/);
});

test("gets a pong for its ping", async (t) => {
  const pusher = await connected(t);
  await pong(pusher);
});

test("hears nothing more after it unsubscribed", async (t) => {
  const pusher = await connected(t);
  const channel = await subscribed(pusher, "news");
  const stays = await subscribed(pusher, "stays");
  const heard = [];
  channel.bind("item", (data) => heard.push(data));
  const one = first(channel, "item");
  await trigger({ channel: "news", name: "item", data: 1 });
  await one;
  // An event that passes through the hub after the farewell would be seen here whatever the client does with it.
  pusher.connection.bind("message", (message) => message.channel === "news" && heard.push(message));
  pusher.unsubscribe("news");
  await pong(pusher);
  const last = first(stays, "item");
  await trigger({ channel: "news", name: "item", data: 2 });
  await trigger({ channel: "stays", name: "item", data: 3 });
  await last;
  assert.deepEqual(heard, [1]);
});

test("subscribes again on the same channel", async (t) => {
  const pusher = await connected(t);
  await subscribed(pusher, "news");
  pusher.unsubscribe("news");
  const channel = await subscribed(pusher, "news");
  const item = first(channel, "item");
  await trigger({ channel: "news", name: "item", data: 1 });
  assert.deepEqual(await item, ["item", 1]);
});

test("gives up for good on an unknown key", async (t) => {
  const pusher = connect(t, "nobody");
  const failure = first(pusher.connection, "error");
  const [state] = await first(pusher.connection, "connected", "disconnected");
  assert.equal(state, "disconnected");
  const [, error] = await failure;
  assert.deepEqual(error.error.data, { code: 4001, message: "key: no app has this one" });
});
