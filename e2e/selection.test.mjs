// Several stories at once: selecting by keys, mouse and finger, what is done to all of them, and moving them as one block. Knows the
// page as a person does; must never know an element's class.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Milliseconds until a page has found its server again. */
const BACK = { limit: 60_000 };

const feature = (title, estimate) => ({ title, type: "feature", estimate });
const idea = (title) => ({ title, panel: "icebox" });
const IDEAS = ["One", "Two", "Three", "Four"].map(idea);

async function open(t, project, options = {}) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

/** Two pages of a fresh project with these stories. */
async function pair(t, stories) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const [ann, ben] = await Promise.all([open(t, project), open(t, project)]);
  return { project, ann, ben };
}

const bar = (board) => board.page.getByRole("group", { name: "Selected stories" });

/** What the bar says. */
const counted = (board) => bar(board).getByRole("paragraph").innerText();

/** Selects stories by their marks. */
async function select(board, ...titles) {
  for (const title of titles) {
    await board.card(title).hover();
    await board.card(title).getByRole("checkbox").click();
  }
}

/** Opens a menu of the bar and chooses in it. */
async function choose(board, menu, choice) {
  await bar(board).getByRole("button", { name: menu, exact: true }).click();
  await bar(board).getByRole("group", { name: menu }).getByRole("button", { name: choice }).click();
}

/** The titles of the selected rows in the page. */
const selected = async (board) => {
  const rows = await board.page.getByRole("listitem", { name: /, selected/ }).all();
  const names = await Promise.all(rows.map((row) => row.getAttribute("aria-label")));
  return names.map((name) => name.split(", ")[0]);
};

async function labels(project, ...titles) {
  const stories = await member.stories(project);
  return titles.map((title) => stories.find((story) => story.title === title).labels ?? []);
}

test("a label for several stories shows in the other browser, and one undo takes all of it back", async (t) => {
  const { project, ann, ben } = await pair(t, IDEAS);
  await select(ann, "One", "Two", "Four");
  assert.equal(await counted(ann), "3 stories, 0 points");
  await bar(ann).getByRole("button", { name: "Labels", exact: true }).click();
  await ann.page.keyboard.type("Launch");
  // What is typed stays where it is, whatever others do.
  await ben.edit("Three", { title: "Third" });
  await ann.card("Third").waitFor();
  assert.equal(await bar(ann).getByRole("textbox", { name: "Label" }).inputValue(), "Launch");
  await ann.press("Enter");
  for (const board of [ann, ben]) {
    for (const title of ["One", "Two", "Four"]) {
      await eventually(async () => /labelled launch/.test(await board.told(title)), true, { what: title });
    }
  }
  await ann.page.getByText("Labelled 3 stories with “launch”").first().waitFor();
  await eventually(() => selected(ann), ["One", "Two", "Four"]);
  const before = await member.rev(project);
  await ann.button("Undo").click();
  for (const title of ["One", "Two", "Four"]) await ben.tells(title, "bug, unscheduled");
  await eventually(() => labels(project, "One", "Two", "Four"), [[], [], []]);
  assert.equal(await member.rev(project), before + 1, "one step back");
  await ann.assertUndisturbed();
});

test("a story that the other deletes leaves the selection, and stops nothing", async (t) => {
  const { project, ann, ben } = await pair(t, IDEAS);
  await select(ann, "One", "Two", "Three");
  await ben.delete("Two");
  await eventually(() => counted(ann), "2 stories, 0 points");
  // What is done before one hears of it reaches the others all the same.
  await ann.page.context().setOffline(true);
  await ben.delete("Three");
  await choose(ann, "Type", "Chore");
  await ann.page.context().setOffline(false);
  await ann.showsLight("Live", BACK);
  await ben.tells("One", "chore, unscheduled");
  await eventually(() => counted(ann), "1 story, 0 points");
  const stories = await member.stories(project);
  assert.deepEqual(
    stories.map((story) => [story.title, story.type]),
    [
      ["One", "chore"],
      ["Four", "bug"],
    ],
  );
});

test("the keyboard alone selects, acts and comes back", async (t) => {
  const { project, ann } = await pair(t, IDEAS);
  await ann.focus("One");
  await ann.press("Shift+ArrowDown", "Shift+j", "Shift+ArrowUp");
  await eventually(() => selected(ann), ["One", "Two"]);
  await eventually(() => ann.page.locator("[aria-live=polite]").last().innerText(), "2 selected.");
  await ann.press("End", "x");
  await eventually(() => selected(ann), ["One", "Two", "Four"]);
  await ann.press("b", "Enter");
  await bar(ann).getByRole("group", { name: "Move" }).waitFor();
  await ann.press("ArrowDown", "ArrowDown", "Enter");
  await ann.shows({ Current: ["One", "Two", "Four"], Icebox: ["Three"] });
  await ann.press("Escape");
  await eventually(() => ann.page.evaluate(() => document.activeElement.ariaLabel?.split(", ")[0]), "Four");
  await ann.press("Escape");
  await eventually(() => selected(ann), []);
  await ann.press("Control+a");
  await eventually(() => selected(ann), ["One", "Two", "Four"]);
  await ann.press("m", "ArrowRight", "ArrowRight", "ArrowDown", "Enter");
  await ann.shows({ Icebox: ["Three", "One", "Two", "Four"] });
  await eventually(
    async () => (await member.stories(project)).map((story) => story.title),
    ["Three", "One", "Two", "Four"],
  );
  await ann.press("Shift+I");
  await ann.column("Icebox").waitFor({ state: "detached" });
  await ann.press("Shift+I");
  await ann.column("Icebox").waitFor();
});

test("clicks with Shift and Ctrl select, and the mouse pulls all that is selected", async (t) => {
  const { ann, ben } = await pair(t, [feature("Now", 1), ...IDEAS]);
  await ann.card("One").click({ modifiers: ["Control"], position: { x: 80, y: 12 } });
  await ann.card("Three").click({ modifiers: ["Shift"], position: { x: 80, y: 12 } });
  await eventually(() => selected(ann), ["One", "Two", "Three"]);
  await ann.card("Two").click({ modifiers: ["Control"], position: { x: 80, y: 12 } });
  await eventually(() => selected(ann), ["One", "Three"]);
  assert.equal(await ann.page.evaluate(() => String(getSelection())), "", "no text is selected with them");
  await ann.drag("Three", { above: "Now" });
  for (const board of [ann, ben]) {
    await board.shows({ Current: ["One", "Three", "Now"], Icebox: ["Two", "Four"] });
  }
  await ann.button("Undo").click();
  for (const board of [ann, ben]) {
    await board.shows({ Current: ["Now"], Icebox: ["One", "Two", "Three", "Four"] });
  }
});

test("an accepted story stays where it is, and that is said", async (t) => {
  const { project, ann } = await pair(t, [feature("Done", 1), feature("Open", 1)]);
  const { id } = await member.story(project, "Done");
  const step = (transition) => ({ "transition-story": { id, transition } });
  await member.many(project, ["start", "finish", "deliver", "accept"].map(step));
  await ann.tells("Done", "feature, 1 point, accepted");
  await select(ann, "Done", "Open");
  await choose(ann, "Move", "Icebox");
  await ann.shows({ Current: ["Done"], Icebox: ["Open"] });
  const words = "Moved “Open” to Icebox. 1 was left out: an accepted story keeps its place.";
  await ann.page.getByText(words).first().waitFor();
});

test("a finger selects, by the button and by resting on a row", async (t) => {
  const project = await member.begin("By finger", [feature("First", 1), feature("Second", 2)]);
  const board = await open(t, project, { viewport: PHONE, hasTouch: true, isMobile: true });
  await board.column("Current").getByRole("button", { name: "Select stories" }).tap();
  assert.match(await counted(board), /Nothing selected/);
  await board.card("Second").tap();
  assert.equal(await counted(board), "1 story, 2 points");
  await bar(board).getByRole("button", { name: "Clear" }).tap();
  await bar(board).waitFor({ state: "detached" });
  const { x, y } = await board.card("First").boundingBox();
  const finger = await board.page.context().newCDPSession(board.page);
  const touchPoints = [{ x: x + 100, y: y + 20 }];
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await eventually(() => selected(board), ["First"]);
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await board.card("Second").tap();
  await eventually(() => selected(board), ["First", "Second"]);
  assert.equal(await board.field("Title").count(), 0, "nothing was opened");
  await choose(board, "Move", "Icebox");
  await eventually(
    async () => (await member.stories(project)).map((story) => story.state),
    ["unscheduled", "unscheduled"],
  );
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, PHONE]) {
    test(`axe finds nothing in the bar and its menus, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const project = await member.begin("Sound", [feature("First", 1), feature("Second", 2), idea("Third")]);
      const board = await open(t, project, { colorScheme, viewport });
      await board.focus("First");
      await board.press("x", "ArrowDown", "x");
      await assertSound(board);
      await assertFits(board);
      for (const menu of ["Move", "State", "Labels", "Owners"]) {
        await bar(board).getByRole("button", { name: menu, exact: true }).click();
        await assertSound(board);
        await assertFits(board);
        await board.press("Escape");
      }
      await bar(board).getByRole("button", { name: "Labels", exact: true }).click();
      await board.page.keyboard.type("one, two");
      await board.press("Enter");
      await board.page.getByRole("alert").waitFor();
      await assertSound(board);
    });
  }
}
