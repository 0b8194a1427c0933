// The real laravel-echo on the real pusher-js against the hub, as the example `embed` of pusher-hub serves it. Knows what a Laravel
// program's page does; pusher-js alone is tested in pusher-js.test.mjs.
//
// `cargo build -p pusher-hub --example embed && node --test e2e/laravel-echo.test.mjs`; PUSHER_HUB_EXAMPLE names another program.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import Echo from "laravel-echo";
import Pusher from "pusher-js";
import { startProgram } from "./harness.mjs";

const EXAMPLE =
  process.env.PUSHER_HUB_EXAMPLE ?? fileURLToPath(new URL("../target/debug/examples/embed", import.meta.url));

const program = await startProgram({ after }, EXAMPLE, ["127.0.0.1:0"]);

/** An Echo as a page of `user` makes it, with the options that Laravel's documents give for a server of one's own. */
function echoOf(t, user) {
  const { hostname, port } = new URL(program.url);
  const echo = new Echo({
    broadcaster: "reverb",
    Pusher,
    key: "key",
    wsHost: hostname,
    wsPort: Number(port),
    forceTLS: false,
    enabledTransports: ["ws"],
    authEndpoint: `${program.url}/pusher/auth`,
    auth: { headers: {}, params: { user } },
    userAuthentication: { endpoint: `${program.url}/pusher/user-auth`, transport: "ajax", params: { user } },
  });
  t.after(() => echo.disconnect());
  return echo;
}

/** What a callback is called with first. `register` takes the callback. */
function first(register) {
  return new Promise((resolve) => register(resolve));
}

/** The channel, once it is subscribed to. */
async function subscribed(channel) {
  await new Promise((resolve, reject) => channel.subscribed(resolve).error(reject));
  return channel;
}

async function trigger(event) {
  const answer = await fetch(`${program.url}/trigger`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...event, data: JSON.stringify(event.data) }),
  });
  assert.equal(answer.status, 204);
}

test("listens on public and private channels, to events named by class and by hand", async (t) => {
  const echo = echoOf(t, "ann");
  const orders = await subscribed(echo.channel("orders"));
  const shipped = first((heard) => orders.listen("OrderShipped", heard));
  await trigger({ channel: "orders", name: "App\\Events\\OrderShipped", data: { id: 1 } });
  assert.deepEqual(await shipped, { id: 1 });
  const own = await subscribed(echo.private("orders.1"));
  const moved = first((heard) => own.listen(".order.moved", heard));
  await trigger({ channel: "private-orders.1", name: "order.moved", data: { id: 2 } });
  assert.deepEqual(await moved, { id: 2 });
});

test("leaves itself out by its socket id", async (t) => {
  const [ann, bob] = [echoOf(t, "ann"), echoOf(t, "bob")];
  const [mine, his] = [await subscribed(ann.private("shared")), await subscribed(bob.private("shared"))];
  const heard = [];
  mine.listen(".said", (data) => heard.push(data));
  const last = first((done) => mine.listen(".last", done));
  const said = first((done) => his.listen(".said", done));
  await trigger({ channel: "private-shared", name: "said", data: "hello", socket_id: ann.socketId() });
  await trigger({ channel: "private-shared", name: "last", data: null });
  await last;
  assert.deepEqual([await said, heard], ["hello", []]);
});

test("is here, joins, whispers and leaves", async (t) => {
  const [ann, bob] = [echoOf(t, "ann"), echoOf(t, "bob")];
  const room = ann.join("room.1");
  assert.deepEqual(await first((done) => room.here(done)), [{ name: "ANN" }]);
  const joining = first((done) => room.joining(done));
  const leaving = first((done) => room.leaving(done));
  const typing = first((done) => room.listenForWhisper("typing", done));
  const his = bob.join("room.1");
  const here = await first((done) => his.here(done));
  assert.deepEqual(
    here.map(({ name }) => name),
    ["ANN", "BOB"],
  );
  assert.deepEqual(await joining, { name: "BOB" });
  his.whisper("typing", { at: "title" });
  assert.deepEqual(await typing, { at: "title" });
  bob.leave("room.1");
  assert.deepEqual(await leaving, { name: "BOB" });
});

test("is told when a channel is not for it", async (t) => {
  const channel = echoOf(t, "ann").private("vault");
  const error = await first((done) => channel.error(done));
  assert.deepEqual([error.type, error.status], ["AuthError", 403]);
});
