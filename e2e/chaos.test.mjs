// The browser under the worst that happens to it: no network in the middle of typing, reloads, a browser that is closed, a tab that
// crashes, several tabs of several people at once. Nothing may be lost and nothing done twice. Must never look into the program.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { folder, launchBrowser, launchProfile, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";

const browser = await launchBrowser({ after });

/** Milliseconds until a page has found its server again. */
const BACK = { limit: 60_000 };

const WIDE = { viewport: { width: 1280, height: 800 } };

/** A server, a member and a fresh project with so many stories. */
async function scene(t, count) {
  const server = await startServer(t);
  const member = await Member.join(server.url);
  const stories = Array.from({ length: count }, (_, place) => ({ title: `Story ${place + 1}` }));
  const project = await member.begin("Chaos", stories);
  const titles = async () => (await member.stories(project)).map((story) => story.title);
  return { server, member, project, titles, url: `${server.url}/projects/${project}` };
}

/** A live page in that context. It goes by the service worker, so that it also opens without a network. */
async function openTab(context, url) {
  const board = new Board(await context.newPage());
  await board.visit(url);
  await board.showsLight("Live", BACK);
  await board.page.evaluate(() => navigator.serviceWorker.ready);
  await board.visit(url);
  await board.showsLight("Live", BACK);
  return board;
}

/** Waits until the light says something of that form; how old the copy is may stand after it. */
function says(board, words) {
  return until(() => board.light(), (light) => words.test(light), { what: `the light saying ${words}` });
}

test("ten stories edited without a network outlive a reload and the browser, and are there once", async (t) => {
  const place = await scene(t, 12);
  const profile = await folder(t);
  const first = await launchProfile(t, profile, WIDE);
  const board = await openTab(first, place.url);
  const before = await place.titles();

  await board.openStory("Story 1");
  await board.field("Title").fill("");
  await board.page.keyboard.type("Typed half onl");
  await first.setOffline(true);
  await board.page.keyboard.type("ine and half offline");
  await board.save();
  for (let number = 2; number <= 10; number++) await board.edit(`Story ${number}`, { title: `Offline ${number}` });
  await board.drag("Story 12", { above: "Typed half online and half offline" });
  const offline = Array.from({ length: 9 }, (_, place) => `Offline ${place + 2}`);
  const all = ["Story 12", "Typed half online and half offline", ...offline, "Story 11"];
  await board.shows({ Current: all });
  await says(board, /^Offline, 11 changes kept on this device/);

  await board.page.reload();
  await board.shows({ Current: all });
  await says(board, /^Offline, 11 changes kept on this device/);
  assert.deepEqual(await place.titles(), before);
  await first.close();
  assert.deepEqual(await place.titles(), before);

  const second = await launchProfile(t, profile, WIDE);
  const tab = new Board(await second.newPage());
  await tab.visit(place.url);
  await tab.showsLight("Live", BACK);
  await tab.shows({ Current: all });
  await eventually(place.titles, all, BACK);
  // Each edit and the move took effect once: one revision each.
  assert.equal(await place.member.rev(place.project), 12 + 11);
  await tab.page.reload();
  await tab.shows({ Current: all });
  assert.deepEqual(tab.problems, []);
});

test("a tab that crashes loses none of its edits", async (t) => {
  const place = await scene(t, 3);
  const context = await browser.newContext(WIDE);
  t.after(() => context.close());
  const board = await openTab(context, place.url);
  await context.setOffline(true);
  await board.edit("Story 1", { title: "Edited before the crash" });
  await board.step("Story 2", "Start");
  await board.tells("Story 2", "bug, started");
  const crashed = once(board.page, "crash");
  // The page is gone before it can answer.
  board.page.goto("chrome://crash").catch(() => {});
  await crashed;
  await board.page.close();

  const tab = new Board(await context.newPage());
  await tab.visit(place.url);
  await tab.shows({ Current: ["Story 2", "Edited before the crash", "Story 3"] });
  await says(tab, /^Offline, 2 changes kept on this device/);
  await context.setOffline(false);
  await tab.showsLight("Live", BACK);
  await eventually(place.titles, ["Story 2", "Edited before the crash", "Story 3"], BACK);
  assert.equal(await place.member.rev(place.project), 3 + 2);
});

test("two people with two tabs each, working at once while their networks come and go, end with the same", async (t) => {
  const place = await scene(t, 4);
  const people = await Promise.all([browser.newContext(WIDE), browser.newContext(WIDE)]);
  for (const person of people) t.after(() => person.close());
  const tabs = [];
  for (const person of [0, 0, 1, 1]) tabs.push(await openTab(people[person], place.url));

  // Who is without a network in which round.
  const rounds = [[], [0], [1], [0, 1]];
  const added = [];
  for (const [round, away] of rounds.entries()) {
    for (const [number, person] of people.entries()) await person.setOffline(away.includes(number));
    await Promise.all(
      tabs.map(async (tab, number) => {
        const title = `Tab ${number} in round ${round}`;
        added.push(title);
        await tab.add("Icebox", { title });
        await tab.card(title).waitFor();
      }),
    );
  }
  for (const person of people) await person.setOffline(false);

  const sorted = (titles) => [...titles].sort();
  const all = sorted([...added, "Story 1", "Story 2", "Story 3", "Story 4"]);
  await eventually(async () => sorted(await place.titles()), all, BACK);
  assert.equal(await place.member.rev(place.project), 4 + added.length);
  const order = await place.titles();
  for (const tab of tabs) {
    await tab.showsLight("Live", BACK);
    await tab.shows({ Current: order.slice(0, 4), Icebox: order.slice(4) }, BACK);
    assert.deepEqual(tab.problems, []);
  }
});
