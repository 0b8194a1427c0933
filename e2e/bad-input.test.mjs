// What cannot be: over HTTP, over the WebSocket and in the page's own form. The answer is clear and names the field, nothing is
// written, and who behaves well meanwhile notices nothing. Knows the wire; must never look into the program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { handshake } from "./handshake.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create, freshId, sent } from "./member.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

const [project, other, one, foreign] = [freshId(), freshId(), freshId(), freshId()];

/** What is open all the while. */
let witness;

before(async () => {
  await member.post("/api/projects", { id: project, name: "Bad input" });
  await member.post("/api/projects", { id: other, name: "Another" });
  await member.command(project, create({ id: one, title: "One" }));
  await member.command(other, create({ id: foreign, title: "Foreign" }));
  witness = await Board.open(browser, `${server.url}/projects/${project}`);
  await witness.showsLight("Live");
  await witness.watchLight();
});

const path = `/api/projects/${project}/sync`;
const send = (...commands) => ({ commands: commands.map(sent) });
const edit = (...edits) => send({ "edit-story": { id: one, edits } });

/** Body or `[path, body, headers]`, the status, and what the sentence must name. */
const BAD = {
  "no JSON": ["{", 400, /EOF/],
  "JSON of another shape": ["[1]", 400, /invalid|expected/],
  "something after the JSON": ["{} {}", 400, /trailing/],
  "bytes that are no text": [Buffer.from([0x7b, 0xff, 0x7d]), 400, /.+/],
  "an unknown field of the request": [{ sinse: "0.00" }, 400, /sinse/],
  "an unknown field of a command": [send(create({ title: "x", colour: "red" })), 400, /colour/],
  "an unknown command": [send({ "paint-story": { id: one } }), 400, /paint-story/],
  "a missing field": [send({ "transition-story": { id: one } }), 400, /transition/],
  "a field of another kind": [edit({ estimate: "many" }), 400, /estimate/],
  "an id that is none": [send({ "delete-stories": { stories: ["7"] } }), 400, /id/],
  "a version that is none": [{ since: "yesterday" }, 400, /since|version/],
  "an empty title": [edit({ title: " \n " }), 400, /title is empty/],
  "an over-long title": [edit({ title: "x".repeat(5_001) }), 400, /title is too long: 5001 characters, at most 5000/],
  "an over-long description": [edit({ description: "é".repeat(20_001) }), 400, /description is too long/],
  "a label with a comma": [edit({ "label-added": "a,b" }), 400, /label/],
  "a control character": [edit({ description: "a\u0000b" }), 400, /description/],
  "too many commands": [send(...Array.from({ length: 101 }, () => create({ title: "x" }))), 400, /commands: 101 given, at most 100/],
  "an oversize body": [" ".repeat(300_000) + "{}", 413, /262144 bytes/],
  "another content type": [[path, "{}", { "content-type": "text/plain" }], 415, /Content-Type/],
  "a socket id that is none": [[path, "{}", { "x-socket-id": "abc" }], 400, /X-Socket-ID/],
  "a foreign origin": [[path, "{}", { origin: "https://elsewhere.example" }], 403, /Origin/],
  "a project that is not there": [[`/api/projects/${freshId()}/sync`, "{}"], 404, /project/],
  "a project id that is none": [["/api/projects/seven/sync", "{}"], 400, /project id/],
  "an unknown route": [["/api/nothing", "{}"], 404, /path/],
  "an over-long project name": [["/api/projects", { id: freshId(), name: "x".repeat(101) }], 400, /name is too long/],
};

for (const [what, [request, status, says]] of Object.entries(BAD)) {
  test(`${what} is refused with ${status}`, async () => {
    const [where, body, headers] = isRequest(request) ? request : [path, request];
    const rev = await member.rev(project);
    const answer = await post(where, body, headers);
    assert.deepEqual([answer.status, Object.keys(answer.body)], [status, ["error"]], JSON.stringify(answer.body));
    assert.match(answer.body.error, says);
    assert.equal(await member.rev(project), rev, "something was written");
  });
}

function isRequest(value) {
  return Array.isArray(value) && typeof value[0] === "string" && value[0].startsWith("/");
}

function post(where, body, headers) {
  if (Buffer.isBuffer(body)) {
    return member.request(where, { method: "POST", body, headers: { "content-type": "application/json" } });
  }
  return member.post(where, body, headers);
}

/** Commands that can be read but not carried out, and why not. */
const REFUSED = {
  "a step that is not open": [{ "transition-story": { id: one, transition: "accept" } }, { "closed-transition": { transition: "accept", state: "unstarted" } }],
  "a story of another project": [{ "edit-story": { id: foreign, edits: [{ title: "Mine" }] } }, "unknown-story"],
  "an anchor of another project": [create({ title: "x", after: foreign }), "unknown-anchor"],
  "a story after itself": [{ "move-stories": { stories: [one], panel: "icebox", after: one } }, "anchor-moves"],
  "no story at all": [{ "delete-stories": { stories: [] } }, "bad-selection"],
  "points for a bug": [{ "edit-story": { id: one, edits: [{ estimate: 3 }] } }, { "not-estimable": { story_type: "bug" } }],
};

for (const [what, [command, reason]] of Object.entries(REFUSED)) {
  test(`${what} is rejected, and what came with it is done`, async () => {
    const rev = await member.rev(project);
    const good = { "edit-story": { id: one, edits: [{ description: what }] } };
    const { body } = await member.sync(project, send(command, good));
    assert.deepEqual(
      body.outcomes.map(({ fate }) => fate),
      [{ rejected: reason }, { applied: rev + 1 }],
    );
  });
}

test("a story of another project is as it was", async () => {
  assert.deepEqual(
    (await member.stories(other)).map(({ title }) => title),
    ["Foreign"],
  );
});

test("no session, no data", async () => {
  for (const [method, where] of [["POST", path], ["GET", `/api/projects/${project}/changes`], ["GET", "/api/projects"]]) {
    const body = method === "POST" ? "{}" : undefined;
    const answer = await fetch(server.url + where, { method, body, headers: { "content-type": "application/json" } });
    assert.equal(answer.status, 401, where);
    assert.deepEqual(Object.keys(await answer.json()), ["error"]);
  }
});

const app = (key = member.session.realtime_key) => `${server.url}/app/${key}?protocol=7`;

/** A socket that is connected. */
async function connected(t) {
  const { socket } = await handshake(app());
  t.after(() => socket.end());
  assert.equal((await socket.next()).event, "pusher:connection_established");
  return socket;
}

/** Frames that mean nothing here, and what the error says. */
const FRAMES = {
  "no JSON": ["hello", /not a frame/],
  "JSON that is no frame": ["[]", /./],
  "an unknown event": ['{"event":"pusher:dance","data":{}}', /pusher:dance/],
  "a subscription to nothing": ['{"event":"pusher:subscribe","data":{}}', /channel/],
  "a channel name that is none": ['{"event":"pusher:subscribe","data":{"channel":"a b"}}', /channel/],
  "a client event": [`{"event":"client-hello","channel":"private-project-${project}","data":{}}`, /client/],
  "deep nesting": ["[".repeat(10_000), /./],
};

for (const [what, [frame, says]] of Object.entries(FRAMES)) {
  test(`over the WebSocket ${what} is answered by an error, and the connection lives on`, async (t) => {
    const socket = await connected(t);
    socket.sendText(frame);
    const { event, data } = await socket.next();
    assert.equal(event, "pusher:error");
    assert.match((typeof data === "string" ? JSON.parse(data) : data).message, says);
    socket.sendText('{"event":"pusher:ping","data":{}}');
    assert.equal((await socket.next()).event, "pusher:pong");
  });
}

test("over the WebSocket a binary frame is answered by an error, and the connection lives on", async (t) => {
  const socket = await connected(t);
  socket.sendBinary(Buffer.from([1, 2, 3]));
  assert.equal((await socket.next()).event, "pusher:error");
  socket.sendText('{"event":"pusher:ping","data":{}}');
  assert.equal((await socket.next()).event, "pusher:pong");
});

test("over the WebSocket an oversize frame closes that connection, and says why", async (t) => {
  const [socket, neighbour] = [await connected(t), await connected(t)];
  socket.sendText(JSON.stringify({ event: "pusher:ping", data: "x".repeat(20_000) }));
  let last = await socket.next();
  while (last.event) last = await socket.next();
  assert.equal(last.closed, 1009);
  assert.match(last.reason, /16384|16 KiB/);
  neighbour.sendText('{"event":"pusher:ping","data":{}}');
  assert.equal((await neighbour.next()).event, "pusher:pong");
});

test("an unknown key is told so", async (t) => {
  const { socket } = await handshake(app("nobody"));
  t.after(() => socket.end());
  const { event, data } = await socket.next();
  assert.deepEqual([event, data.code], ["pusher:error", 4001]);
});

test("what the form cannot take is said beside the field and kept in it", async () => {
  const rev = await member.rev(project);
  await witness.column("Icebox").getByRole("button", { name: "Add story" }).click();
  const alert = () => witness.page.getByRole("alert").innerText();
  await witness.button("Save").click();
  await eventually(alert, "Title is empty.");
  await witness.write({ title: "x".repeat(5_001), labels: "good" });
  await witness.button("Save").click();
  await eventually(alert, "Title is too long: 5001 characters, at most 5000.");
  assert.equal((await witness.field("Title").inputValue()).length, 5_001);
  await witness.write({ title: "Fine", labels: "x".repeat(256) });
  await witness.button("Save").click();
  await eventually(alert, "Label is too long: 256 characters, at most 255.");
  assert.equal(await witness.field("Labels").getAttribute("aria-invalid"), "true");
  assert.equal(await member.rev(project), rev);
  await witness.write({ labels: "fine" });
  await witness.save();
  await witness.tells("Fine", "feature, not estimated, unscheduled, labelled fine");
});

const PAYLOADS = [
  "<script>window.pwned = 1</script>",
  '"><img src=x onerror="window.pwned = 1">',
  "<svg/onload=window.pwned=1>",
  "javascript:window.pwned=1",
  "{{constructor.constructor('window.pwned=1')()}}",
  "</textarea><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
];

test("script in any field is text", async (t) => {
  const author = await Member.join(server.url);
  const named = { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: PAYLOADS[1] }) };
  assert.equal((await author.request("/api/session", named)).status, 200);
  const stories = PAYLOADS.map((text) => ({ title: text, description: text, labels: [text.replaceAll(",", "").toLowerCase()] }));
  const payloads = await author.begin(PAYLOADS[0], stories);
  const board = await Board.blank(browser);
  t.after(() => board.page.context().close());
  await board.page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => window.violations.push(violatedDirective));
  });
  board.page.on("dialog", (dialog) => board.problems.push(dialog.message()) && dialog.dismiss());
  await board.visit(`${server.url}/projects/${payloads}`);
  await board.page.getByRole("heading", { name: PAYLOADS[0], level: 1 }).waitFor();
  for (const text of PAYLOADS) {
    await board.openStory(text);
    assert.equal(await board.description(), text);
    const { id } = await author.story(payloads, text);
    await author.command(payloads, { "edit-story": { id, edits: [{ description: `${text}!` }] } });
    await eventually(() => board.description(), `${text}!`);
    await board.press("Escape");
  }
  assert.deepEqual(await board.page.evaluate(() => [window.pwned, window.violations]), [undefined, []]);
  await board.assertUndisturbed();
});

test("the page that was open all the while noticed nothing", async () => {
  await witness.assertUndisturbed();
  await witness.shows({ Current: ["One"], Icebox: ["Fine"] });
  const lights = await witness.lights();
  assert.deepEqual(lights.filter((words) => !words.startsWith("Live")), [], `the light said: ${lights}`);
  assert.deepEqual(server.log.filter((line) => /panicked|ERROR/.test(line)), []);
});
