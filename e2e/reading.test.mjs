// Who reads the page, and by what means: by ear, in the dark, on a phone, by the keyboard alone, without motion, and with ten thousand
// stories. Knows the page as a person does; must never know an element's class.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const server = await startServer({ after }, { demo: true });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);
const [sample] = (await member.request("/api/projects")).body.projects;
const sampleUrl = `${server.url}/projects/${sample.id}`;

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Half of a common window: what is left of it at 200 %. */
const ZOOMED = { width: 640, height: 400 };

/** Milliseconds that anything may be in motion. */
const LONGEST_MOTION = 150;

async function open(t, url, options = {}) {
  const board = await Board.open(browser, url, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

/** The page of all projects. */
async function openList(t, options) {
  const board = await Board.blank(browser, options);
  t.after(() => board.page.context().close());
  await board.page.goto(server.url);
  await board.page.getByRole("link", { name: sample.name }).waitFor();
  return board;
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, PHONE]) {
    test(`axe finds nothing, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const list = await openList(t, { colorScheme, viewport });
      await assertSound(list);
      await assertFits(list);
      const board = await open(t, sampleUrl, { colorScheme, viewport });
      await assertSound(board);
      await assertFits(board);
      await board.openStory("Customer sees earlier orders");
      await assertSound(board);
      await assertFits(board);
      await board.write({ title: " " });
      await board.button("Save").click();
      await board.page.getByRole("alert").waitFor();
      await assertSound(board);
    });
  }
}

test("every story is told with its place, and a heading leads to every column", async (t) => {
  const board = await open(t, sampleUrl, { viewport: WIDE });
  for (const column of ["Current", "Backlog", "Icebox"]) {
    await board.column(column).getByRole("heading", { name: column }).waitFor();
    const places = await board
      .column(column)
      .getByRole("listitem")
      // Lines of iterations stand between the stories and are none.
      .evaluateAll((rows) => rows.filter((row) => row.dataset.story).map((row) => [row.ariaPosInSet, row.ariaSetSize]));
    const expected = places.map((_, place) => [String(place + 1), String(places.length)]);
    assert.deepEqual(places, expected, column);
  }
});

test("at 200 % nothing is cut off", async (t) => {
  const board = await open(t, sampleUrl, { viewport: ZOOMED });
  await assertFits(board);
});

test("a phone shows one column, and a switcher leads to the others", async (t) => {
  const board = await open(t, sampleUrl, { viewport: PHONE, hasTouch: true, isMobile: true });
  const switcher = board.page.getByRole("navigation", { name: "Columns" });
  for (const shown of ["Backlog", "Icebox", "Current"]) {
    await switcher.getByRole("button", { name: shown }).tap();
    await board.column(shown).waitFor();
    for (const name of ["Current", "Backlog", "Icebox"]) {
      assert.equal(await board.column(name).isVisible(), name === shown, `${name} while ${shown} is chosen`);
    }
    const current = await switcher.getByRole("button", { name: shown }).getAttribute("aria-current");
    assert.equal(current, "true");
  }
  await board.column("Current").getByRole("listitem").first().tap();
  await board.field("Title").waitFor();
  await assertFits(board);
});

test("a story that is opened low on the page shows its buttons", async (t) => {
  const many = Array.from({ length: 60 }, (_, place) => ({ title: `Idea ${place + 1}`, panel: "icebox" }));
  const project = await member.begin("Low", many);
  for (const viewport of [WIDE, PHONE]) {
    const board = await open(t, `${server.url}/projects/${project}`, { viewport });
    if (viewport === PHONE) await board.button("Icebox").click();
    await board.openStory("Idea 19");
    const { y, height } = await board.button("Save").boundingBox();
    const lowest = await board.column("Icebox").boundingBox();
    assert.ok(y + height <= lowest.y + lowest.height, `Save ends at ${y + height} pixels`);
  }
});

test("everything is done by the keyboard alone", async (t) => {
  const project = await member.begin("Keys", [{ title: "One" }, { title: "Two" }, { title: "Later", panel: "icebox" }]);
  const board = await open(t, `${server.url}/projects/${project}`);
  const focused = () => board.page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.innerText);

  await board.press("j");
  await eventually(focused, "One, bug, unstarted");
  assert.equal(await ringed(board), true, "what has the focus has a ring");
  await board.press("ArrowDown");
  await eventually(focused, "Two, bug, unstarted");
  await board.press("ArrowRight");
  await eventually(focused, "Later, bug, unscheduled");

  await board.press("a");
  await eventually(focused, "Title");
  await board.page.keyboard.type("New idea");
  await board.press("Enter");
  await eventually(focused, "New idea, feature, not estimated, unscheduled");

  await board.press("Enter");
  await eventually(focused, "Title");
  await board.press("Control+a");
  await board.page.keyboard.type("Renamed idea");
  await tabTo(board, "Feature");
  await board.press("ArrowRight");
  await tabTo(board, "Description");
  await board.page.keyboard.type("By hand");
  await board.press("Control+s");
  await eventually(focused, "Renamed idea, bug, unscheduled");

  await board.press("m", "ArrowDown", "Enter");
  await board.shows({ Current: ["One", "Two"], Icebox: ["Later", "Renamed idea"] });
  await board.press("m", "ArrowLeft", "ArrowLeft", "Enter");
  await board.shows({ Current: ["Renamed idea", "One", "Two"], Icebox: ["Later"] });
  await eventually(focused, "Renamed idea, bug, unstarted");
  await tabTo(board, "Start");
  await board.press("Enter");
  await board.tells("Renamed idea", "bug, started");

  await board.focus("One");
  await board.press("Enter");
  await eventually(focused, "Title");
  await board.press("Escape");
  await eventually(focused, "One, bug, unstarted");
  await board.press("Enter");
  await eventually(focused, "Title");
  await tabTo(board, "Delete");
  await board.press("Enter");
  await board.shows({ Current: ["Renamed idea", "Two"], Icebox: ["Later"] });
  await eventually(focused, "Two, bug, unstarted");
  await board.showsLight("Live");
  assert.deepEqual(
    (await member.stories(project)).map(({ title, description }) => [title, description]),
    [["Renamed idea", "By hand"], ["Two", undefined], ["Later", undefined]],
  );
});

/** Presses Tab until this has the focus, as someone would who cannot point. */
async function tabTo(board, name) {
  for (let presses = 0; presses < 40; presses++) {
    await board.press("Tab");
    const reached = await board.page.evaluate(() => {
      const it = document.activeElement;
      return [it.ariaLabel, it.labels?.[0]?.innerText, it.innerText].map((text) => text?.trim());
    });
    if (reached.includes(name)) return;
  }
  assert.fail(`Tab does not lead to ${name}`);
}

function ringed(board) {
  return board.page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  });
}

for (const reducedMotion of ["reduce", "no-preference"]) {
  test(`motion is short, or none where none is wanted: ${reducedMotion}`, async (t) => {
    const project = await member.begin("Motion", [{ title: "One" }, { title: "Two" }]);
    const board = await open(t, `${server.url}/projects/${project}`, { reducedMotion });
    await board.page.evaluate(() => {
      window.motions = [];
      for (const name of ["animationstart", "transitionrun"]) {
        document.addEventListener(name, () => {
          for (const motion of document.getAnimations()) window.motions.push(motion.effect.getComputedTiming().endTime);
        });
      }
    });
    const { id } = await member.story(project, "Two");
    await member.command(project, { "edit-story": { id, edits: [{ title: "Dos" }] } });
    await board.card("Dos").waitFor();
    await board.step("One", "Start");
    await board.tells("One", "bug, started");
    await board.openStory("One");
    const motions = await board.page.evaluate(() => window.motions);
    const limit = reducedMotion === "reduce" ? 0 : LONGEST_MOTION;
    assert.deepEqual(motions.filter((milliseconds) => milliseconds > limit), []);
  });
}

test("ten thousand stories open, scroll to their end, and live there", async (t) => {
  const stories = Array.from({ length: 10_000 }, (_, place) => ({
    title: `Story ${place + 1}`,
    panel: place < 6_000 ? "icebox" : "backlog",
  }));
  const project = await member.begin("Ten thousand", stories);
  const board = await open(t, `${server.url}/projects/${project}`);
  const rows = () => board.page.getByRole("listitem").count();
  assert.ok((await rows()) < 150, `${await rows()} rows are in the page`);

  await board.scroll("Icebox", 1_000_000);
  await board.card("Story 6000").waitFor();
  assert.ok((await rows()) < 150, `${await rows()} rows are in the page`);
  const bounds = await board.card("Story 6000").boundingBox();
  assert.ok(bounds.y + bounds.height <= 800, "the last row is in sight");
  assert.equal(await board.card("Story 6000").getAttribute("aria-setsize"), "6000");

  const { id } = await member.story(project, "Story 5999");
  await member.command(project, { "edit-story": { id, edits: [{ title: "Changed from afar" }] } });
  await board.card("Changed from afar").waitFor();
  const top = await board.top("Story 6000");
  await member.command(project, { "create-story": { id: project, title: "At the top", type: "bug", panel: "icebox" } });
  await until(() => board.card("Story 6000").getAttribute("aria-setsize"), (size) => size === "6001");
  assert.equal(await board.top("Story 6000"), top, "what is read stays where it is");

  await board.focus("Story 6000");
  await board.press("Home");
  await board.card("At the top").waitFor();
  await board.press("End");
  await eventually(() => board.page.evaluate(() => document.activeElement.ariaLabel), "Story 6000, bug, unscheduled");
  assert.ok((await rows()) < 150, `${await rows()} rows are in the page`);
});
