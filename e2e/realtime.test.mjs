// The real pusher-js on a page of the real server: it subscribes to a project's private channel by the program's own authorisation
// endpoint and hears every kind of change. Knows the vendor's client and the wire; must never know the project's own client.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { eventually, until } from "./eventually.mjs";
import { handshake } from "./handshake.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create, freshId } from "./member.mjs";

const PUSHER = await readFile(new URL("node_modules/pusher-js/dist/web/pusher.js", import.meta.url), "utf8");

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

/** A page with a session and pusher-js, but without the project's own program. */
async function withPusher(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${server.url}/healthz`);
  await page.evaluate(() => fetch("/api/visit", { method: "POST" }));
  await page.evaluate(PUSHER);
  return page;
}

/** Connects and subscribes; from now on `window.heard` holds the channel's events as `[name, data]`. */
function subscribe(page, channel) {
  return page.evaluate(
    async ([channel, limit]) => {
      const { realtime_key: key } = await (await fetch("/api/session")).json();
      const pusher = new window.Pusher(key, {
        cluster: "",
        wsHost: location.hostname,
        wsPort: Number(location.port),
        forceTLS: false,
        enabledTransports: ["ws"],
        channelAuthorization: { endpoint: "/pusher/auth", transport: "ajax" },
      });
      window.pusher = pusher;
      window.heard = [];
      const subscribed = pusher.subscribe(channel);
      subscribed.bind_global((name, data) => window.heard.push([name, data]));
      return new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`no answer within ${limit} ms; the state is ${pusher.connection.state}`)), limit);
        subscribed.bind("pusher:subscription_succeeded", () => resolve({ socketId: pusher.connection.socket_id }));
        subscribed.bind("pusher:subscription_error", ({ type, status }) => resolve({ type, status }));
      });
    },
    [channel, 10_000],
  );
}

/** The changes heard so far, in order, as `[name, data]`. */
async function changes(page) {
  const heard = await page.evaluate(() => window.heard);
  return heard.filter(([name]) => !name.startsWith("pusher:") && name !== "beacon");
}

test("pusher-js hears every kind of change, each chained to the one before", async (t) => {
  const project = await member.begin("Heard");
  const page = await withPusher(t);
  const { socketId } = await subscribe(page, `private-project-${project}`);
  assert.match(socketId, /^\d+\.\d+$/);

  const [one, two] = [freshId(), freshId()];
  await member.command(project, create({ id: one, title: "One" }), create({ id: two, title: "Two" }));
  await member.command(project, { "edit-story": { id: one, edits: [{ title: "Uno" }, { "label-added": "shop" }] } });
  await member.command(project, { "move-stories": { stories: [two], panel: "backlog", after: one } });
  await member.command(project, { "transition-story": { id: two, transition: "start" } });
  await member.command(project, { "delete-stories": { stories: [one] } });
  await member.command(project, { "restore-stories": { stories: [one] } });
  await member.command(project, { "rename-project": { name: "Heard well" } });

  await eventually(
    async () => (await changes(page)).map(([name]) => name),
    [
      "story-created",
      "story-created",
      "story-edited",
      "story-moved",
      "story-transitioned",
      "story-deleted",
      "story-restored",
      "project-renamed",
    ],
  );
  const heard = (await changes(page)).map(([, data]) => data);
  assert.deepEqual(
    heard.map((data) => data.rev),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  for (const [place, data] of heard.entries()) {
    assert.deepEqual(data.actor, member.session.actor);
    if (place > 0) assert.equal(data.prev, heard[place - 1].hash);
  }
  assert.deepEqual(heard[2].change, { "story-edited": { id: one, edits: [{ title: "Uno" }, { "label-added": "shop" }] } });
  // Whoever starts what nobody owns owns it.
  const edits = [{ "owner-added": member.session.actor.id }];
  assert.deepEqual(heard[4].change, { "story-transitioned": { id: two, state: "started", edits } });
  assert.deepEqual(heard[5].change, { "story-deleted": { stories: [one] } });
});

test("who subscribes is told at once where the project is", async (t) => {
  const project = await member.begin("Beacon", [{ title: "One" }]);
  const page = await withPusher(t);
  await subscribe(page, `private-project-${project}`);
  const look = () => page.evaluate(() => window.heard.find(([name]) => name === "beacon"));
  const [, beacon] = await until(look, (heard) => heard, { limit: 5_000, what: "a beacon" });
  assert.equal(beacon.rev, await member.rev(project));
});

test("a change too large for an event is told without its content", async (t) => {
  const project = await member.begin("Large");
  const page = await withPusher(t);
  await subscribe(page, `private-project-${project}`);
  await member.command(project, create({ title: "Large", description: "x".repeat(20_000) }));
  const [[name, data]] = await until(() => changes(page), (heard) => heard.length === 1);
  assert.equal(name, "story-created");
  assert.deepEqual(Object.keys(data).sort(), ["hash", "prev", "rev"]);
});

test("the author's own connection is left out, the others are not", async (t) => {
  const project = await member.begin("Left out");
  const channel = `private-project-${project}`;
  const [mine, other] = [await withPusher(t), await withPusher(t)];
  const { socketId } = await subscribe(mine, channel);
  await subscribe(other, channel);
  const first = { commands: [{ mid: freshId(), base: 0, command: create({ title: "First" }) }] };
  assert.equal((await member.sync(project, first, { "x-socket-id": socketId })).status, 200);
  await member.command(project, create({ title: "Second" }));
  // Events come in order, so whoever has the second would have had the first.
  await eventually(async () => (await changes(other)).map(([, { rev }]) => rev), [1, 2]);
  await eventually(async () => (await changes(mine)).map(([, { rev }]) => rev), [2]);
});

test("nobody subscribes without a session, nor to what is no project", async (t) => {
  const project = await member.begin("Closed");
  const page = await withPusher(t);
  assert.deepEqual(await subscribe(page, `private-project-${freshId()}`), { type: "AuthError", status: 403 });
  assert.deepEqual(await subscribe(page, "private-elsewhere"), { type: "AuthError", status: 403 });

  const body = new URLSearchParams({ socket_id: "1.2", channel_name: `private-project-${project}` });
  const ask = (headers) => fetch(`${server.url}/pusher/auth`, { method: "POST", body, headers });
  assert.equal((await ask({ cookie: member.cookie })).status, 200);
  const refused = await ask({});
  assert.equal(refused.status, 401);
  assert.match((await refused.json()).error, /session/);
  assert.equal((await ask({ cookie: "truestory_session=" + "0".repeat(64) })).status, 401);
});

test("a page of another origin gets no connection and no signature", async (t) => {
  const project = await member.begin("Foreign");
  const key = member.session.realtime_key;
  const url = `${server.url}/app/${key}?protocol=7`;
  assert.equal((await handshake(url, { origin: "https://elsewhere.example" })).status, 403);
  const own = await handshake(url, { origin: server.url });
  assert.equal(own.status, 101);
  own.socket.end();

  // An empty page is of no origin.
  const page = await (await withPusher(t)).context().newPage();
  const opened = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve("opened");
        socket.onerror = () => resolve("refused");
      }),
    url.replace("http", "ws"),
  );
  assert.equal(opened, "refused");

  const body = new URLSearchParams({ socket_id: "1.2", channel_name: `private-project-${project}` });
  const headers = { cookie: member.cookie, origin: "https://elsewhere.example" };
  const signed = await fetch(`${server.url}/pusher/auth`, { method: "POST", body, headers });
  assert.equal(signed.status, 403);
});
