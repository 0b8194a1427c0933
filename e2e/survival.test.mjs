// What survives: a killed server, a lost answer, a page without network, a lost event. Nothing confirmed is gone, nothing typed is
// lost or done twice, both pages end up the same, and the light never says more than is true. Knows how to break things; must never
// look into the program.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create, sent } from "./member.mjs";

const browser = await launchBrowser({ after });

/** Milliseconds until a page has found its server again: a wait of at most 15 s for the next request, then the next socket. */
const BACK = { limit: 60_000 };

/** Milliseconds until a page that lost its server says so. */
const SOON = { limit: 8_000 };

const DOWN = ["Offline", "Offline, 1 change kept on this device", "Offline, 2 changes kept on this device"];

/** A server, a member and a fresh project with these stories. */
async function scene(t, stories) {
  const server = await startServer(t);
  const member = await Member.join(server.url);
  const project = await member.begin("Survival", stories);
  return { server, member, project, url: `${server.url}/projects/${project}` };
}

async function open(t, url, prepare = () => {}) {
  const board = await Board.blank(browser);
  t.after(() => board.page.context().close());
  await prepare(board.page);
  await board.visit(url);
  return board;
}

async function openLive(t, url, prepare) {
  const board = await open(t, url, prepare);
  await board.showsLight("Live");
  await board.watchLight();
  return board;
}

async function titles({ member, project }) {
  return (await member.stories(project)).map((story) => story.title);
}

test("after kill -9 both pages come back by themselves with everything confirmed and everything kept", async (t) => {
  const place = await scene(t, [{ title: "One" }, { title: "Two" }]);
  const [ann, ben] = await Promise.all([openLive(t, place.url), openLive(t, place.url)]);
  await ann.add("Icebox", { title: "Confirmed" });
  await ben.card("Confirmed").waitFor();
  await eventually(() => titles(place), ["One", "Two", "Confirmed"]);

  await place.server.kill("SIGKILL");
  await ann.showsLight("Offline", SOON);
  await ben.showsLight("Offline", SOON);
  await ann.edit("One", { title: "Renamed while down" });
  await ann.showsLight("Offline, 1 change kept on this device");
  await ann.add("Icebox", { title: "Added while down" });
  await ann.showsLight("Offline, 2 changes kept on this device");
  await ben.step("Two", "Start");
  await ben.showsLight("Offline, 1 change kept on this device");
  await ben.shows({ Current: ["Two", "One"], Icebox: ["Confirmed"] });
  await ann.shows({ Current: ["Renamed while down", "Two"], Icebox: ["Added while down", "Confirmed"] });
  for (const board of [ann, ben]) await saidNothingButOffline(board);

  await place.server.restart();
  const all = { Current: ["Two", "Renamed while down"], Icebox: ["Added while down", "Confirmed"] };
  for (const board of [ann, ben]) {
    await board.showsLight("Live", BACK);
    await board.shows(all);
    await board.tells("Two", "bug, started");
    await board.assertUndisturbed();
  }
  assert.deepEqual(await titles(place), ["Two", "Renamed while down", "Added while down", "Confirmed"]);
});

/** Since the light first said that the server is gone it said nothing else. */
async function saidNothingButOffline(board) {
  const lights = await board.lights();
  const gone = lights.findIndex((words) => words.startsWith("Offline"));
  assert.ok(gone > 0, `the light said: ${lights}`);
  const since = lights.slice(gone);
  assert.deepEqual(since.filter((words) => !DOWN.includes(words)), [], `the light said: ${lights}`);
}

test("whatever was confirmed before kill -9 is there afterwards, once", async (t) => {
  const { server, member, project } = await scene(t, []);
  const confirmed = [];
  const writer = async (name) => {
    for (let turn = 0; ; turn++) {
      const title = `${name} ${turn}`;
      const answer = await member.sync(project, { commands: [sent(create({ title }))] }).catch(() => null);
      if (!answer) return;
      assert.equal(answer.status, 200);
      confirmed.push(title);
    }
  };
  const writers = ["a", "b", "c", "d"].map(writer);
  await until(() => confirmed.length, (count) => count >= 40);
  await server.kill("SIGKILL");
  await Promise.all(writers);
  await server.restart();
  const kept = await titles({ member, project });
  assert.deepEqual(confirmed.filter((title) => kept.filter((other) => other === title).length !== 1), []);
});

test("an edit whose answer is lost is done once", async (t) => {
  const place = await scene(t, [{ title: "One" }]);
  const ann = await openLive(t, place.url);
  let lost = 0;
  await ann.page.route("**/sync", async (route) => {
    const carries = (route.request().postDataJSON().commands ?? []).length > 0;
    if (!carries || lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await ann.add("Icebox", { title: "Once" });
  await until(() => lost, (count) => count === 2);
  await ann.showsLight("Live", BACK);
  await ann.shows({ Current: ["One"], Icebox: ["Once"] });
  assert.deepEqual(await titles(place), ["One", "Once"]);
});

test("without network a page says so, keeps the edits, and sends them when it is back", async (t) => {
  const place = await scene(t, [{ title: "One" }, { title: "Two" }]);
  const [ann, ben] = await Promise.all([openLive(t, place.url), openLive(t, place.url)]);
  await ann.page.context().setOffline(true);
  await ann.showsLight("Offline", SOON);
  await ann.edit("One", { description: "Written on the train" });
  await ann.showsLight("Offline, 1 change kept on this device", SOON);
  await ann.add("Icebox", { title: "Thought of on the train" });
  await ann.showsLight("Offline, 2 changes kept on this device");
  await ben.edit("One", { title: "Changed in the office" });
  await ben.add("Icebox", { title: "Added in the office" });
  await eventually(() => titles(place), ["Changed in the office", "Two", "Added in the office"]);
  await ann.shows({ Current: ["One", "Two"], Icebox: ["Thought of on the train"] });
  await saidNothingButOffline(ann);

  await ann.page.context().setOffline(false);
  for (const board of [ann, ben]) {
    await board.showsLight("Live", BACK);
    await board.shows({
      Current: ["Changed in the office", "Two"],
      Icebox: ["Thought of on the train", "Added in the office"],
    });
    await board.assertUndisturbed();
  }
  const story = await place.member.story(place.project, "Changed in the office");
  assert.equal(story.description, "Written on the train");
});

test("where nothing realtime is to be had the page asks every 15 s, and says so", async (t) => {
  const place = await scene(t, [{ title: "One" }]);
  const ann = await open(t, place.url, async (page) => {
    await page.routeWebSocket(/\/app\//, (socket) => socket.close());
    await page.route(/\/app\//, (route) => route.abort());
  });
  await ann.showsLight("Updating every 15 s");
  await ann.watchLight();
  await place.member.command(place.project, create({ title: "Two" }));
  await ann.shows({ Current: ["Two", "One"] }, { limit: 17_000 });
  await ann.add("Icebox", { title: "Three" });
  await eventually(() => titles(place), ["Two", "One", "Three"]);
  assert.deepEqual((await ann.lights()).filter((words) => words.startsWith("Live")), []);
});

test("a lost event is made good by the next one, and the last one by a beacon", async (t) => {
  const place = await scene(t, [{ title: "One" }]);
  const lost = [];
  const ann = await openLive(t, place.url, (page) =>
    page.routeWebSocket(/\/app\//, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((frame) => {
        const { event } = JSON.parse(frame);
        if (event === "story-created") lost.push(event);
        else socket.send(frame);
      });
    }),
  );
  await place.member.command(place.project, create({ title: "Two" }));
  await until(() => lost.length, (count) => count === 1);
  const { id } = await place.member.story(place.project, "One");
  await place.member.command(place.project, { "transition-story": { id, transition: "start" } });
  await ann.shows({ Current: ["One", "Two"] }, { limit: 5_000 });
  await place.member.command(place.project, create({ title: "Three" }));
  await ann.shows({ Current: ["One", "Three", "Two"] }, { limit: 12_000 });
  const lights = await ann.lights();
  assert.deepEqual(lights.filter((words) => !words.startsWith("Live")), [], `the light said: ${lights}`);
});

test("a page that was frozen catches up when it is thawed", async (t) => {
  const place = await scene(t, [{ title: "One" }]);
  const ann = await openLive(t, place.url);
  const control = await ann.page.context().newCDPSession(ann.page);
  await control.send("Page.setWebLifecycleState", { state: "frozen" });
  await place.member.command(place.project, create({ title: "Two" }), create({ title: "Three" }));
  await control.send("Page.setWebLifecycleState", { state: "active" });
  await ann.shows({ Current: ["Three", "Two", "One"] });
});
