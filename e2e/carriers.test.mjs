// A page behind networks that let no WebSocket pass, or gather what is streamed: what others do still shows at once, carried otherwise,
// and by a WebSocket again once one passes. Knows the page as a person does, and the paths of the realtime service, which its own
// gateway disturbs.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create } from "./member.mjs";

/** Milliseconds in which another person's change must show while the page is live. */
const AT_ONCE = 1_000;

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

/** Stands between a page and the server. Streams are gathered for ever where `streams` is false. */
class Gateway {
  sockets = true;
  streams = true;
  /** What the realtime service was asked: `socket`, `session`, `events`, `poll`, `frames`. */
  asked = [];

  static async start(t, disturbances) {
    const gateway = Object.assign(new Gateway(), disturbances);
    const listening = createServer((asked, answer) => gateway.#pass(asked, answer));
    listening.on("upgrade", (asked, socket, head) => gateway.#upgrade(asked, socket, head));
    listening.listen(0, "127.0.0.1");
    await once(listening, "listening");
    t.after(() => {
      listening.close();
      listening.closeAllConnections();
    });
    gateway.url = `http://127.0.0.1:${listening.address().port}`;
    return gateway;
  }

  count(what) {
    return this.asked.filter((asked) => asked === what).length;
  }

  #pass(asked, answer) {
    const [, app, , service] = new URL(asked.url, this.url).pathname.split("/");
    if (app === "app") this.asked.push(service);
    const forwarded = request(new URL(asked.url, server.url), { method: asked.method, headers: asked.headers });
    forwarded.on("response", (response) => {
      if (service === "events" && !this.streams) return response.resume();
      answer.writeHead(response.statusCode, response.rawHeaders);
      response.pipe(answer);
    });
    forwarded.on("error", () => answer.destroy());
    answer.on("close", () => forwarded.destroy());
    asked.pipe(forwarded);
  }

  #upgrade(asked, socket, head) {
    this.asked.push("socket");
    socket.on("error", () => {});
    if (!this.sockets) return socket.destroy();
    const { hostname, port } = new URL(server.url);
    const onward = connect(Number(port), hostname, () => {
      const { rawHeaders } = asked;
      const lines = rawHeaders.flatMap((name, at) => (at % 2 ? [] : `${name}: ${rawHeaders[at + 1]}`));
      onward.write([`GET ${asked.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
  }
}

/** A page of a fresh project with the story "One", behind a gateway, once it is live; and what its light says from then on. */
async function behind(t, disturbances) {
  const gateway = await Gateway.start(t, disturbances);
  const project = await member.begin(t.name.slice(0, 100), [{ title: "One" }]);
  const board = await Board.open(browser, `${gateway.url}/projects/${project}`);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  await board.watchLight();
  return { gateway, project, board };
}

/** Another person adds a story on top, which shows at once. */
async function seesAtOnce({ project, board }, title, others) {
  await member.command(project, create({ title }));
  await board.shows({ Current: [title, ...others] }, { limit: AT_ONCE });
}

async function staysLive({ board }) {
  const lights = await board.lights();
  assert.deepEqual(lights.filter((words) => !words.startsWith("Live")), [], `the light said: ${lights}`);
  await board.assertUndisturbed();
}

test("where no WebSocket passes, what others do is streamed; once one passes, the page is back on it", async (t) => {
  const place = await behind(t, { sockets: false });
  const { gateway, board } = place;
  assert.equal(gateway.count("events"), 1, `it was asked: ${gateway.asked}`);
  await seesAtOnce(place, "Two", ["One"]);
  await board.add("Icebox", { title: "Thought of here" });
  await board.shows({ Current: ["Two", "One"], Icebox: ["Thought of here"] });

  gateway.sockets = true;
  const sockets = gateway.count("socket");
  // The network may be another one: the page looks at once.
  await board.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await until(() => gateway.count("socket"), (count) => count > sockets);
  await until(() => gateway.count("session"), (count) => count === 2, { what: "the session over HTTP has ended" });
  await member.command(place.project, create({ title: "Three" }));
  await board.shows({ Current: ["Three", "Two", "One"], Icebox: ["Thought of here"] }, { limit: AT_ONCE });
  assert.equal(gateway.count("events"), 1, `it was asked: ${gateway.asked}`);
  await staysLive(place);
});

test("where streams are gathered too, what others do is polled for", async (t) => {
  const place = await behind(t, { sockets: false, streams: false });
  assert.ok(place.gateway.count("poll") > 0, `it was asked: ${place.gateway.asked}`);
  await seesAtOnce(place, "Two", ["One"]);
  await seesAtOnce(place, "Three", ["Two", "One"]);
  await staysLive(place);
});

test("where a WebSocket passes, nothing else is asked for", async (t) => {
  const place = await behind(t, {});
  await seesAtOnce(place, "Two", ["One"]);
  assert.deepEqual(place.gateway.asked, ["socket"]);
  await staysLive(place);
});
