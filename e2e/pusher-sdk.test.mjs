// The vendor's own server libraries, for Node and for Python, against the program `pusher-hub`: each call at least once. Knows those
// libraries and the vendor's client; must never know the project's own client.
//
// `cargo build -p pusher-hub --features bin && node --test e2e/pusher-sdk.test.mjs`; PUSHER_HUB_BIN names another program,
// PUSHER_SDK_PYTHON a Python that has sdk/requirements.txt (else target/e2e-python/bin/python).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import Pusher from "pusher";
import PusherClient from "pusher-js";
import { folder, startProgram } from "./harness.mjs";

const from = (path) => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = process.env.PUSHER_HUB_BIN ?? from("../target/debug/pusher-hub");
const PYTHON = process.env.PUSHER_SDK_PYTHON ?? from("../target/e2e-python/bin/python");
const MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/** Milliseconds for anything that must happen; a guard, not a pace. */
const LIMIT = 10_000;

const told = await startReceiver();
const program = await startHub();
// After the hub, which in its end still has something to tell.
after(() => told.receiver.close());
const { hostname, port } = new URL(program.url);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
after(() => agent.destroy());
const server = sdk();

/** What webhooks are posted to: `posts`, each with `headers` and `rawBody`, and `url`. */
async function startReceiver() {
  const posts = [];
  const receiver = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      posts.push({ headers: request.headers, rawBody: Buffer.concat(chunks).toString() });
      response.end();
      receiver.emit("post");
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  return { receiver, posts, url: `http://127.0.0.1:${receiver.address().port}/hook` };
}

async function startHub() {
  const file = join(await folder({ after }), "hub.toml");
  const app = (id, key, more) => `[[app]]\nid = "${id}"\nkey = "${key}"\nsecret = "secret"\n${more}\n`;
  const webhook = `[[app.webhook]]\nurl = "${told.url}"`;
  const settings = "client_events = true\nprivate_webhooks = true\nsubscription_counts = true\n";
  await writeFile(file, settings + app("1", "key", webhook) + app("2", "other", "") + app("3", "closed", "disabled = true"));
  return startProgram({ after }, PROGRAM, ["--listen", "127.0.0.1:0", "--config", file]);
}

function sdk(options = {}) {
  const own = { appId: "1", key: "key", secret: "secret", encryptionMasterKeyBase64: MASTER_KEY };
  return new Pusher({ ...own, host: hostname, port, useTLS: false, agent, ...options });
}

/** A client whose channels and user are signed by the library, as a program's endpoints would. */
async function connect(t, user, key = "key") {
  const data = { user_id: user, user_info: { name: user.toUpperCase() } };
  const sign = ({ socketId, channelName }) =>
    server.authorizeChannel(socketId, channelName, channelName.startsWith("presence-") ? data : undefined);
  const client = new PusherClient(key, {
    cluster: "",
    wsHost: hostname,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: { customHandler: (asked, answer) => answer(null, sign(asked)) },
    userAuthentication: {
      customHandler: ({ socketId }, answer) => answer(null, server.authenticateUser(socketId, { id: user })),
    },
  });
  t.after(() => client.disconnect());
  await first(client.connection, "connected");
  return client;
}

/** The data of the first of these events on a channel, connection or user. */
function first(emitter, name) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no ${name} within ${LIMIT} ms`)), LIMIT);
    emitter.bind(name, (data) => {
      clearTimeout(limit);
      resolve(data);
    });
  });
}

async function subscribed(client, name) {
  const channel = client.subscribe(name);
  await first(channel, "pusher:subscription_succeeded");
  return channel;
}

async function signedIn(client) {
  client.signin();
  await first(client, "pusher:signin_success");
  // The user's own channel is subscribed to with the sign-in; the hub has dealt with it when it answers what came after.
  const pong = new Promise((resolve) => {
    client.connection.bind("message", ({ event }) => event === "pusher:pong" && resolve());
  });
  client.send_event("pusher:ping", {});
  await pong;
}

/** Every event of this name that webhooks told of until one is `wanted`. */
async function toldOf(wanted) {
  for (;;) {
    const events = told.posts.flatMap((post) => server.webhook(post).getEvents());
    const found = events.find(wanted);
    if (found) return found;
    const limit = AbortSignal.timeout(LIMIT);
    await once(told.receiver, "post", { signal: limit });
  }
}

/** The text and status of a refusal. */
async function refusal(call) {
  const error = await call.then(
    () => assert.fail("it was not refused"),
    (error) => error,
  );
  return [error.status, error.body];
}

const json = async (response) => (await response).json();
const text = async (response) => (await response).text();

test("Node: events reach subscribers, but for a socket that is left out", async (t) => {
  const [ann, bob] = [await connect(t, "ann"), await connect(t, "bob")];
  const heard = { ann: [], bob: [] };
  for (const [name, client] of Object.entries({ ann, bob })) {
    for (const channel of ["orders", "private-orders"]) {
      (await subscribed(client, channel)).bind("moved", (data) => heard[name].push([channel, data]));
    }
  }
  const last = [ann, bob].map((client) => first(client.channel("orders"), "last"));
  assert.equal(await text(server.trigger("orders", "moved", { id: 1, title: "Zoë \u{1f980}" })), "{}");
  const except = { socket_id: ann.connection.socket_id };
  assert.equal(await text(server.trigger(["orders", "private-orders"], "moved", "text", except)), "{}");
  await server.trigger("orders", "last", null);
  await Promise.all(last);
  const one = ["orders", { id: 1, title: "Zoë \u{1f980}" }];
  assert.deepEqual(heard, { ann: [one], bob: [one, ["orders", "text"], ["private-orders", "text"]] });
});

test("Node: a batch of events", async (t) => {
  const ann = await connect(t, "ann");
  const channel = await subscribed(ann, "orders");
  const [a, b] = [first(channel, "a"), first(channel, "b")];
  const batch = [
    { channel: "orders", name: "a", data: { id: 1 } },
    { channel: "orders", name: "b", data: "2" },
  ];
  assert.equal(await text(server.triggerBatch(batch)), "{}");
  assert.deepEqual([await a, await b], [{ id: 1 }, 2]);
  batch[1].info = "subscription_count";
  assert.deepEqual(await json(server.triggerBatch(batch)), { batch: [{}, { subscription_count: 1 }] });
});

test("Node: what there is to know of channels", async (t) => {
  const [ann, again, bob] = [await connect(t, "ann"), await connect(t, "ann"), await connect(t, "bob")];
  for (const client of [ann, again, bob]) await subscribed(client, "presence-room");
  await subscribed(bob, "lobby");
  const get = (path, params) => json(server.get({ path, params }));
  assert.deepEqual(await get("/channels"), { channels: { lobby: {}, "presence-room": {} } });
  assert.deepEqual(await get("/channels", { filter_by_prefix: "presence-", info: "user_count" }), {
    channels: { "presence-room": { user_count: 2 } },
  });
  assert.deepEqual(await get("/channels/presence-room", { info: "user_count,subscription_count" }), {
    occupied: true,
    user_count: 2,
    subscription_count: 3,
  });
  assert.deepEqual(await get("/channels/nowhere"), { occupied: false });
  assert.deepEqual(await get("/channels/presence-room/users"), { users: [{ id: "ann" }, { id: "bob" }] });
  const info = { info: "user_count,subscription_count" };
  assert.deepEqual(await json(server.trigger(["presence-room", "lobby"], "e", "", info)), {
    channels: { lobby: { subscription_count: 1 }, "presence-room": { user_count: 2, subscription_count: 3 } },
  });
});

test("Node: a cached event", async (t) => {
  const get = () => json(server.get({ path: "/channels/cache-prices", params: { info: "cache" } }));
  assert.deepEqual(await get(), { occupied: false, cache: null });
  await server.trigger("cache-prices", "set", { price: 5 });
  const { cache } = await get();
  assert.equal(cache.data, '{"price":5}');
  assert.ok(cache.ttl > 1790 && cache.ttl <= 1800, `${cache.ttl}`);
  const ann = await connect(t, "ann");
  assert.deepEqual(await first(ann.subscribe("cache-prices"), "set"), { price: 5 });
});

test("Node: events of encrypted channels", async (t) => {
  const ann = await connect(t, "ann");
  const channel = await subscribed(ann, "private-encrypted-vault");
  const opened = first(channel, "opened");
  await server.trigger("private-encrypted-vault", "opened", { by: "Zoë" });
  assert.deepEqual(await opened, { by: "Zoë" });
});

test("Node: a signed-in user is told, and their connections are closed", async (t) => {
  const user = "ann|7@example.com";
  const [ann, again, bob] = [await connect(t, user), await connect(t, user), await connect(t, "bob")];
  for (const client of [ann, again, bob]) await signedIn(client);
  // Such an id can be signed in, but makes no channel name.
  assert.equal((await refusal(server.sendToUser(user, "greeting", "hello")))[0], 400);
  const closed = [ann, again].map((client) => first(client.connection, "disconnected"));
  assert.equal(await text(server.terminateUserConnections(user)), "{}");
  await Promise.all(closed);
  assert.equal(bob.connection.state, "connected");
  const heard = first(bob.user, "news");
  assert.equal(await text(server.sendToUser("bob", "news", { id: 1 })), "{}");
  assert.deepEqual(await heard, { id: 1 });
});

test("Node: webhooks are signed and tell what happened", async (t) => {
  const ann = await connect(t, "ann");
  const channel = await subscribed(ann, "presence-hooks");
  await toldOf(({ name, channel }) => name === "channel_occupied" && channel === "presence-hooks");
  const added = await toldOf(({ name, channel }) => name === "member_added" && channel === "presence-hooks");
  assert.equal(added.user_id, "ann");
  channel.trigger("client-typing", { a: 1 });
  const { socket_id } = ann.connection;
  assert.deepEqual(await toldOf(({ name }) => name === "client_event"), {
    name: "client_event",
    channel: "presence-hooks",
    event: "client-typing",
    data: '{"a":1}',
    socket_id,
    user_id: "ann",
  });
  ann.subscribe("cache-empty");
  await toldOf(({ name, channel }) => name === "cache_miss" && channel === "cache-empty");
  const count = await toldOf(({ name, channel }) => name === "subscription_count" && channel === "cache-empty");
  assert.equal(count.subscription_count, 1);
  ann.disconnect();
  await toldOf(({ name, channel }) => name === "member_removed" && channel === "presence-hooks");
  await toldOf(({ name, channel }) => name === "channel_vacated" && channel === "presence-hooks");
  const age = Date.now() - server.webhook(told.posts.at(-1)).getTime();
  assert.ok(age >= 0 && age < LIMIT, `${age}`);
  assert.ok(told.posts.every((post) => server.webhook(post).isValid()));
  assert.ok(told.posts.every((post) => !sdk({ secret: "forged" }).webhook(post).isValid()));
});

test("Node: what is refused, in a sentence", async () => {
  const line = async (call) => {
    const [status, body] = await refusal(call);
    return `${status} ${body.trimEnd()}`;
  };
  assert.match(await line(sdk({ secret: "wrong" }).trigger("a", "e", "")), /^401 auth_signature: not the HMAC-SHA256 of "POST/);
  assert.equal(await line(sdk({ key: "other" }).trigger("a", "e", "")), '401 auth_key: "other" is not this app\'s');
  assert.equal(await line(sdk({ appId: "9" }).trigger("a", "e", "")), '401 no app has the id "9"');
  assert.equal(await line(sdk({ appId: "3", key: "closed" }).trigger("a", "e", "")), "403 this app is disabled");
  assert.equal(
    await line(server.trigger("a", "pusher:e", "")),
    "400 name: event names starting with pusher: or pusher_internal: are reserved",
  );
  assert.equal(
    await line(server.trigger("a", "e", "x".repeat(10_241))),
    "413 data: 10241 bytes, at most 10240 are allowed",
  );
  const batch = Array.from({ length: 11 }, () => ({ channel: "a", name: "e", data: "" }));
  assert.equal(await line(server.triggerBatch(batch)), "400 batch: 11 events, at most 10 are allowed");
  assert.equal(await line(server.get({ path: "/channels/a/users" })), "400 users are known on presence channels alone");
  assert.match(await line(server.get({ path: "/nothing" })), /^404 no such call; there are /);
});

test("Node: one connection serves every call, refused ones too", async () => {
  const ports = new Set();
  const calls = [
    () => server.trigger("a", "e", ""),
    () => server.get({ path: "/channels" }),
    () => refusal(server.trigger("a", "pusher:e", "")),
    () => refusal(sdk({ secret: "wrong" }).trigger("a", "e", "")),
  ];
  for (const call of [...calls, ...calls]) {
    const answer = await call();
    await answer.text?.();
    // A socket that is free again was not closed by the hub.
    const free = Object.values(agent.freeSockets).flat();
    assert.equal(free.length, 1);
    ports.add(free[0].localPort);
  }
  assert.equal(ports.size, 1);
});

test("Node: apps do not hear each other", async (t) => {
  const ann = await connect(t, "ann");
  const other = new PusherClient("other", { cluster: "", wsHost: hostname, wsPort: Number(port), forceTLS: false, enabledTransports: ["ws"] });
  t.after(() => other.disconnect());
  const channels = [await subscribed(ann, "shared"), await subscribed(other, "shared")];
  const second = sdk({ appId: "2", key: "other" });
  channels[0].bind("theirs", () => assert.fail("it was another app's"));
  const heard = channels.map((channel) => first(channel, "last"));
  assert.deepEqual(await json(second.trigger("shared", "theirs", "", { info: "subscription_count" })), {
    channels: { shared: { subscription_count: 1 } },
  });
  await Promise.all([server, second].map((one) => one.trigger("shared", "last", "")));
  await Promise.all(heard);
});

/** A Python with the library: `ask(call, ...args)` answers what the call answered, or `{error, message}`. */
function startPython(t) {
  const child = spawn(PYTHON, [from("sdk/calls.py"), hostname, port], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (call, ...args) => {
    child.stdin.write(`${JSON.stringify({ call, args })}\n`);
    const { value, done } = await lines.next();
    assert.ok(!done, "Python ended");
    const { answer, ...error } = JSON.parse(value);
    return error.error ? error : answer;
  };
}

const skip = existsSync(PYTHON) ? false : `no ${PYTHON}; python3 -m venv and pip install -r e2e/sdk/requirements.txt make it`;

test("Python: every call", { skip }, async (t) => {
  const ask = startPython(t);
  const [ann, bob] = [await connect(t, "ann"), await connect(t, "bob")];
  const orders = await subscribed(ann, "orders");
  for (const client of [ann, bob]) await subscribed(client, "presence-room");
  const vault = await subscribed(ann, "private-encrypted-vault");
  const heard = Promise.all([first(orders, "moved"), first(orders, "a"), first(orders, "b"), first(vault, "opened")]);
  assert.deepEqual(await ask("trigger", ["orders", "nowhere"], "moved", { title: "Zoë" }, bob.connection.socket_id), {});
  const event = (name) => ({ channel: "orders", name, data: { name } });
  assert.deepEqual(await ask("trigger_batch", [event("a"), event("b")]), {});
  assert.deepEqual(await ask("trigger", "private-encrypted-vault", "opened", { by: "Zoë" }), {});
  assert.deepEqual(await heard, [{ title: "Zoë" }, { name: "a" }, { name: "b" }, { by: "Zoë" }]);
  assert.deepEqual(await ask("channels_info", "presence-", ["user_count"]), {
    channels: { "presence-room": { user_count: 2 } },
  });
  assert.deepEqual(await ask("channel_info", "orders", ["subscription_count"]), { occupied: true, subscription_count: 1 });
  assert.deepEqual(await ask("users_info", "presence-room"), { users: [{ id: "ann" }, { id: "bob" }] });
  await signedIn(bob);
  const news = first(bob.user, "news");
  assert.deepEqual(await ask("send_to_user", "bob", "news", { id: 1 }), {});
  assert.deepEqual(await news, { id: 1 });
  // The library leaves `/apps/1` out of this one path, so that no server of the protocol could know what is meant.
  assert.equal((await ask("terminate_user_connections", "bob")).error, "PusherBadStatus");
});

test("Python: what it signs is believed, what is signed for it it believes", { skip }, async (t) => {
  const ask = startPython(t);
  const client = new PusherClient("key", {
    cluster: "",
    wsHost: hostname,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      customHandler: async ({ socketId, channelName }, answer) =>
        answer(null, await ask("authenticate", channelName, socketId, { user_id: "cid", user_info: {} })),
    },
    userAuthentication: {
      customHandler: async ({ socketId }, answer) => answer(null, await ask("authenticate_user", socketId, { id: "cid" })),
    },
  });
  t.after(() => client.disconnect());
  await first(client.connection, "connected");
  const room = await subscribed(client, "presence-python");
  assert.equal(room.members.me.id, "cid");
  await signedIn(client);
  await toldOf(({ name, channel }) => name === "member_added" && channel === "presence-python");
  const { headers, rawBody } = told.posts.at(-1);
  const [key, signature] = [headers["x-pusher-key"], headers["x-pusher-signature"]];
  assert.deepEqual(await ask("validate_webhook", key, signature, rawBody), JSON.parse(rawBody));
  assert.equal(await ask("validate_webhook", key, signature, `${rawBody} `), null);
});

test("Python: a refusal is the library's own exception", { skip }, async (t) => {
  const ask = startPython(t);
  assert.deepEqual(await ask("trigger", "orders", "pusher:e", ""), {
    error: "PusherBadRequest",
    message: "name: event names starting with pusher: or pusher_internal: are reserved\n",
  });
});

test("figures for whoever watches over it", async () => {
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  assert.match(metrics, /^pusher_hub_connections\{app="1"\} \d+$/m);
  assert.match(metrics, /^pusher_hub_calls_total [1-9]\d*$/m);
  assert.match(metrics, /^pusher_hub_refused_total\{what="call"\} [1-9]\d*$/m);
  const health = await fetch(`${program.url}/healthz`);
  assert.deepEqual([health.status, await health.text()], [200, "ok\n"]);
});

test("told to stop, it says so to clients, and ends", async (t) => {
  const own = await startProgram(t, PROGRAM, ["--listen", "127.0.0.1:0", "--app", "1:key:secret"]);
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const request = http.get(`${own.url}/app/key?protocol=7`, { headers: { ...headers, "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" } });
  const [, socket, head] = await once(request, "upgrade");
  // The handshake's frame may come along with the answer.
  if (head.length === 0) await once(socket, "data");
  const frames = once(socket, "data");
  const ended = own.kill("SIGTERM");
  // A close frame: its first byte, its length, its code.
  const [frame] = await frames;
  assert.deepEqual([frame[0], frame.readUInt16BE(2)], [0x88, 4200]);
  socket.destroy();
  await ended;
});

test("a wrong setting ends it with one sentence and the code 2", async () => {
  const child = spawn(PROGRAM, ["--app", "1:secret"], { stdio: ["ignore", "ignore", "pipe"] });
  const said = [];
  child.stderr.on("data", (chunk) => said.push(chunk));
  const [code] = await once(child, "close");
  assert.equal(code, 2);
  assert.equal(said.join(""), "pusher-hub: --app (PUSHER_HUB_APP): expected ID:KEY:SECRET\n");
});
