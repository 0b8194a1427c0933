// The real pusher-js against the hub, as the example `embed` of pusher-hub serves it. Knows the vendor's client and that program's
// endpoints; must never know the project's own client.
//
// `cargo build -p pusher-hub --example embed && node --test e2e/pusher-js.test.mjs`; PUSHER_HUB_EXAMPLE names another program.

import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import Pusher from "pusher-js";
import nacl from "tweetnacl";
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

/** A client that the program takes for `user`: on presence channels, and when it signs in as a friend of `friends`. */
function connectedAs(t, user, friends = []) {
  return connected(t, "key", {
    channelAuthorization: { endpoint: `${program.url}/pusher/auth`, transport: "ajax", params: { user } },
    userAuthentication: {
      endpoint: `${program.url}/pusher/user-auth`,
      transport: "ajax",
      params: { user, friends: friends.join(",") },
    },
  });
}

/** Once the hub has signed the client in. */
function signedIn(pusher) {
  const success = new Promise((resolve) => {
    pusher.connection.bind("message", (message) => message.event === "pusher:signin_success" && resolve());
  });
  pusher.signin();
  return success;
}

/** Who is on a presence channel, as pusher-js tells it: `{ id: info }`. */
function members(channel) {
  const all = {};
  channel.members.each((member) => (all[member.id] = member.info));
  return all;
}

/** The next of these events, each time anew, as `await next()`; none is missed in between. */
function events(emitter, name) {
  const waiting = [];
  const wanted = [];
  emitter.bind(name, (data) => (wanted.length ? wanted.shift()(data) : waiting.push(data)));
  return () => (waiting.length ? Promise.resolve(waiting.shift()) : new Promise((resolve) => wanted.push(resolve)));
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

test("sees members of a presence channel come and go", async (t) => {
  const [ann, bob, phone] = [await connectedAs(t, "ann"), await connectedAs(t, "bob"), await connectedAs(t, "bob")];
  const mine = await subscribed(ann, "presence-room");
  assert.deepEqual([mine.members.count, mine.members.myID, members(mine)], [1, "ann", { ann: { name: "ANN" } }]);
  const [added, removed] = [events(mine, "pusher:member_added"), events(mine, "pusher:member_removed")];
  const his = await subscribed(bob, "presence-room");
  assert.deepEqual(await added(), { id: "bob", info: { name: "BOB" } });
  assert.deepEqual(members(his), { ann: { name: "ANN" }, bob: { name: "BOB" } });
  assert.deepEqual(his.members.me, { id: "bob", info: { name: "BOB" } });
  // A second connection of his is the same member, until the last is gone.
  const hisToo = await subscribed(phone, "presence-room");
  assert.equal(hisToo.members.count, 2);
  bob.disconnect();
  phone.unsubscribe("presence-room");
  assert.deepEqual(await removed(), { id: "bob", info: { name: "BOB" } });
  assert.deepEqual([mine.members.count, members(mine)], [1, { ann: { name: "ANN" } }]);
});

test("is told how many subscribe", async (t) => {
  const [ann, bob] = [await connected(t), await connected(t)];
  const channel = ann.subscribe("counted");
  const count = events(channel, "pusher:subscription_count");
  assert.deepEqual(await count(), { subscription_count: 1 });
  await subscribed(bob, "counted");
  assert.deepEqual(await count(), { subscription_count: 2 });
  bob.unsubscribe("counted");
  assert.deepEqual(await count(), { subscription_count: 1 });
  assert.equal(channel.subscriptionCount, 1);
});

test("gets the last event of a cache channel, or is told that there is none", async (t) => {
  const pusher = await connected(t);
  const name = "cache-prices";
  const empty = pusher.subscribe(name);
  assert.deepEqual(await first(empty, "pusher:cache_miss", "price"), ["pusher:cache_miss", undefined]);
  const price = first(empty, "price");
  await trigger({ channel: name, name: "price", data: { cents: 12 } });
  assert.deepEqual(await price, ["price", { cents: 12 }]);
  const late = (await connected(t)).subscribe(name);
  const order = [];
  late.bind("pusher:subscription_succeeded", () => order.push("succeeded"));
  assert.deepEqual(await first(late, "pusher:cache_miss", "price"), ["price", { cents: 12 }]);
  assert.deepEqual(order, ["succeeded"]);
});

test("triggers client events for the others", async (t) => {
  const [ann, bob] = [await connectedAs(t, "ann"), await connectedAs(t, "bob")];
  const [mine, his] = [await subscribed(ann, "private-talk"), await subscribed(bob, "private-talk")];
  const typing = first(his, "client-typing");
  mine.bind("client-typing", () => assert.fail("one does not hear oneself"));
  mine.trigger("client-typing", { at: "title" });
  assert.deepEqual(await typing, ["client-typing", { at: "title" }]);
  const [myRoom, hisRoom] = [await subscribed(ann, "presence-talk"), await subscribed(bob, "presence-talk")];
  const said = new Promise((resolve) => hisRoom.bind("client-typing", (data, metadata) => resolve([data, metadata])));
  myRoom.trigger("client-typing", 1);
  assert.deepEqual(await said, [1, { user_id: "ann" }]);
  await pong(ann);
});

test("is told when it triggers too fast, and lives on", async (t) => {
  const pusher = await connected(t);
  const channel = await subscribed(pusher, "private-talk");
  const error = first(pusher.connection, "error");
  for (let count = 0; count < 30; count += 1) channel.trigger("client-typing", count);
  const [, { data }] = await error;
  assert.equal(data.code, 4301);
  await pong(pusher);
  assert.equal(pusher.connection.state, "connected");
});

test("signs in, and hears what is for its user alone", async (t) => {
  const [ann, bob] = [await connectedAs(t, "ann"), await connectedAs(t, "bob")];
  const own = new Promise((resolve) => {
    ann.connection.bind("message", ({ event, channel }) => {
      if (event === "pusher_internal:subscription_succeeded" && channel === "#server-to-user-ann") resolve();
    });
  });
  await signedIn(ann);
  assert.equal(ann.user.user_data.id, "ann");
  await own;
  await signedIn(bob);
  bob.user.bind("hello", () => assert.fail("for somebody else"));
  const hello = first(ann.user, "hello");
  await trigger({ channel: "#server-to-user-ann", name: "hello", data: { from: "program" } });
  assert.deepEqual(await hello, ["hello", { from: "program" }]);
  await pong(bob);
});

test("is a member of a presence channel by its sign-in alone", async (t) => {
  const pusher = await connected(t, "key", {
    userAuthentication: { endpoint: `${program.url}/pusher/user-auth`, transport: "ajax", params: { user: "cid" } },
  });
  pusher.signin();
  const channel = await subscribed(pusher, "presence-lobby");
  assert.deepEqual([channel.members.myID, channel.members.me], ["cid", { id: "cid", info: { name: "CID" } }]);
});

test("is told when its sign-in is refused", async (t) => {
  const forged = (_params, callback) => callback(null, { auth: `key:${"0".repeat(64)}`, user_data: '{"id":"ann"}' });
  const pusher = await connected(t, "key", { userAuthentication: { customHandler: forged } });
  const error = first(pusher.connection, "error");
  pusher.signin();
  const [, { data }] = await error;
  assert.deepEqual(data, { code: 4009, message: "auth: the signature is not the one for this socket_id and user_data" });
  await subscribed(pusher, "orders");
});

test("watches its friends come and go", async (t) => {
  const ann = await connectedAs(t, "ann", ["dan", "eve"]);
  const [online, offline] = [events(ann.user.watchlist, "online"), events(ann.user.watchlist, "offline")];
  const eve = await connectedAs(t, "eve");
  await signedIn(eve);
  await signedIn(ann);
  assert.deepEqual((await online()).user_ids, ["eve"]);
  assert.deepEqual((await offline()).user_ids, ["dan"]);
  const dan = await connectedAs(t, "dan");
  await signedIn(dan);
  assert.deepEqual((await online()).user_ids, ["dan"]);
  eve.disconnect();
  assert.deepEqual((await offline()).user_ids, ["eve"]);
});

test("is disconnected for good when its user is terminated", async (t) => {
  const gus = await connectedAs(t, "gus");
  await signedIn(gus);
  const end = first(gus.connection, "disconnected");
  // When a server closes, the WebSocket of pusher-js for programs sets a timer of 30 s that nobody ends; the test does not wait for it.
  const timer = globalThis.setTimeout;
  globalThis.setTimeout = (...rest) => timer(...rest).unref();
  t.after(() => (globalThis.setTimeout = timer));
  const path = "/apps/embed/users/gus/terminate_connections";
  const md5 = createHash("md5").update("{}").digest("hex");
  const query = `auth_key=key&auth_timestamp=${Math.floor(Date.now() / 1000)}&auth_version=1.0&body_md5=${md5}`;
  const signature = createHmac("sha256", "secret").update(`POST\n${path}\n${query}`).digest("hex");
  const answer = await fetch(`${program.url}${path}?${query}&auth_signature=${signature}`, { method: "POST", body: "{}" });
  assert.deepEqual([answer.status, await answer.text()], [200, "{}"]);
  assert.deepEqual(await end, ["disconnected", undefined]);
});

// The build for programs has what pages load as pusher-js/with-encryption.
test("opens what was encrypted for its channel", async (t) => {
  const name = "private-encrypted-vault";
  const key = createHash("sha256").update(name).update(randomBytes(32)).digest();
  const seal = (data) => {
    const nonce = randomBytes(24);
    const ciphertext = nacl.secretbox(Buffer.from(JSON.stringify(data)), nonce, key);
    return { nonce: nonce.toString("base64"), ciphertext: Buffer.from(ciphertext).toString("base64") };
  };
  // As the program's endpoint answers, and the key with it.
  const customHandler = async ({ socketId, channelName }, callback) => {
    const body = new URLSearchParams({ socket_id: socketId, channel_name: channelName });
    const answer = await (await fetch(`${program.url}/pusher/auth`, { method: "POST", body })).json();
    callback(null, { ...answer, shared_secret: key.toString("base64") });
  };
  const pusher = await connected(t, "key", { channelAuthorization: { customHandler } });
  const channel = await subscribed(pusher, name);
  const secret = first(channel, "secret");
  await trigger({ channel: name, name: "secret", data: seal({ code: "\u{1f511}" }) });
  assert.deepEqual(await secret, ["secret", { code: "\u{1f511}" }]);
  assert.throws(() => channel.trigger("client-typing", {}), /not currently supported/);
  // The hub says so too, to who asks it past the client.
  const error = first(pusher.connection, "error");
  pusher.send_event("client-typing", {}, name);
  const [, { data }] = await error;
  assert.equal(data.message, `client-typing on ${name}: client events are for private and presence channels`);
});
