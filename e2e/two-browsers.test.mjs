// Two people on one project, each in a browser of their own, against the real server: what one does shows in the other, and what the
// other writes is left in peace. Knows the page as a person does; must never look into the program or the database.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

/** Two pages of a fresh project with these stories. */
async function pair(t, stories) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const url = `${server.url}/projects/${project}`;
  const boards = await Promise.all([Board.open(browser, url), Board.open(browser, url)]);
  t.after(() => Promise.all(boards.map((board) => board.page.context().close())));
  await Promise.all(boards.map((board) => board.showsLight("Live")));
  return { project, boards, ann: boards[0], ben: boards[1] };
}

/** Both show this, neither was loaded anew, and the server says the same. */
async function agree({ project, boards }, columns) {
  for (const board of boards) {
    await board.shows(columns);
    await board.assertUndisturbed();
  }
  const ordered = ["Current", "Backlog", "Icebox"].flatMap((column) => columns[column] ?? []);
  await eventually(async () => (await member.stories(project)).map((story) => story.title), ordered);
}

const feature = (title, estimate) => ({ title, type: "feature", estimate });
const idea = (title) => ({ title, panel: "icebox" });

// A new project expects 10 points in an iteration: three of these fill Current.
const FULL = [feature("One", 3), feature("Two", 3), feature("Three", 3), feature("Four", 3), feature("Five", 3)];

test("a story added to any column shows in the other browser", async (t) => {
  const pages = await pair(t, [...FULL, idea("Later")]);
  await pages.ann.add("Icebox", { title: "An idea" });
  await agree(pages, { Current: ["One", "Two", "Three"], Backlog: ["Four", "Five"], Icebox: ["An idea", "Later"] });
  await pages.ann.add("Backlog", { title: "Planned", points: "2 points" });
  await agree(pages, {
    Current: ["One", "Two", "Three"],
    Backlog: ["Planned", "Four", "Five"],
    Icebox: ["An idea", "Later"],
  });
  await pages.ben.add("Current", { title: "Urgent", type: "Bug", labels: "Shop, cart" });
  await agree(pages, {
    Current: ["Urgent", "One", "Two", "Three"],
    Backlog: ["Planned", "Four", "Five"],
    Icebox: ["An idea", "Later"],
  });
  await pages.ann.tells("Urgent", "bug, unstarted, labelled cart, shop");
  await pages.ben.tells("Planned", "feature, 2 points, unstarted");
});

test("every field that is edited shows in the other browser", async (t) => {
  const pages = await pair(t, [{ ...feature("Draft", 1), labels: ["old"] }]);
  await pages.ann.edit("Draft", {
    title: "Zoë pays — “by card” <b>",
    labels: "new, shop",
    points: "2 points",
    description: "As *Zoë*\nI pay <script>alert(1)</script>",
  });
  await agree(pages, { Current: ["Zoë pays — “by card” <b>"] });
  await pages.ben.tells("Zoë pays — “by card” <b>", "feature, 2 points, unstarted, labelled new, shop");
  await pages.ben.openStory("Zoë pays — “by card” <b>");
  assert.equal(await pages.ben.description(), "As *Zoë*\nI pay <script>alert(1)</script>");
  await pages.ben.write({ type: "Chore" });
  await pages.ben.save();
  await pages.ann.tells("Zoë pays — “by card” <b>", "chore, unstarted, labelled new, shop");
});

test("a story pulled by the mouse lands in the same place for both", async (t) => {
  const pages = await pair(t, [...FULL, idea("Later"), idea("Much later")]);
  await pages.ann.drag("Five", { above: "Four" });
  await agree(pages, {
    Current: ["One", "Two", "Three"],
    Backlog: ["Five", "Four"],
    Icebox: ["Later", "Much later"],
  });
  await pages.ben.drag("Three", { above: "One" });
  await pages.ben.drag("Four", { above: "Much later" });
  await agree(pages, {
    Current: ["Three", "One", "Two"],
    Backlog: ["Five"],
    Icebox: ["Later", "Four", "Much later"],
  });
  await pages.ann.drag("Much later", { top: "Current" });
  await agree(pages, {
    Current: ["Much later", "Three", "One", "Two"],
    Backlog: ["Five"],
    Icebox: ["Later", "Four"],
  });
});

test("a story carried by the keyboard lands in the same place for both", async (t) => {
  const pages = await pair(t, [...FULL, idea("Later")]);
  await pages.ann.focus("One");
  await pages.ann.press("m", "ArrowDown", "Enter");
  await agree(pages, { Current: ["Two", "One", "Three"], Backlog: ["Four", "Five"], Icebox: ["Later"] });
  await pages.ann.press("m", "End", "Escape");
  await pages.ann.focus("Later");
  await pages.ann.press("m", "ArrowLeft", "ArrowDown", "Enter");
  await agree(pages, { Current: ["Two", "One", "Three"], Backlog: ["Four", "Later", "Five"] });
  await pages.ben.focus("Two");
  await pages.ben.press("m", "ArrowRight", "ArrowRight", "Enter");
  await agree(pages, { Current: ["One", "Three", "Four", "Later"], Backlog: ["Five"], Icebox: ["Two"] });
});

test("the steps of a story's life show in the other browser", async (t) => {
  const pages = await pair(t, [feature("Pay", 2), { title: "Leak" }, { title: "Upgrade", type: "chore" }]);
  const [{ ann, ben }, walk] = [
    pages,
    [
      ["Start", "started"],
      ["Finish", "finished"],
      ["Deliver", "delivered"],
      ["Reject", "rejected"],
      ["Restart", "started"],
      ["Finish", "finished"],
      ["Deliver", "delivered"],
      ["Accept", "accepted"],
    ],
  ];
  for (const [turn, [button, state]] of walk.entries()) {
    const [actor, other] = turn % 2 ? [ben, ann] : [ann, ben];
    await actor.step("Leak", button);
    await other.tells("Leak", `bug, ${state}`);
  }
  await ann.step("Upgrade", "Start");
  await ben.step("Upgrade", "Finish");
  await ann.tells("Upgrade", "chore, accepted");
  await agree(pages, { Current: ["Leak", "Upgrade", "Pay"] });
  assert.equal(await ann.card("Leak").getByRole("button").count(), 0, "an accepted story has no further step");
});

test("a change shows in the other browser with the name of who made it", async (t) => {
  const { ann, ben } = await pair(t, [{ title: "Leak" }]);
  await ann.page.getByRole("button", { name: /^Your name: / }).click();
  await ann.field("Your name").fill("Ann Söder");
  await ann.button("Save name").click();
  await ann.button("Your name: Ann Söder").waitFor();
  await ann.step("Leak", "Start");
  await ben.page.getByRole("listitem", { name: "Leak, bug, started, changed by Ann Söder" }).waitFor();
});

test("a story deleted in one browser is gone in the other", async (t) => {
  const pages = await pair(t, [{ title: "Keep" }, { title: "Drop" }, idea("Forget")]);
  await pages.ann.delete("Drop");
  await pages.ben.delete("Forget");
  await agree(pages, { Current: ["Keep"] });
});

test("a deleted story comes back for both by Undo, in its old place", async (t) => {
  const pages = await pair(t, [{ title: "One" }, { title: "Two" }, { title: "Three" }]);
  await pages.ann.edit("Two", { labels: "kept" });
  await pages.ann.delete("Two");
  await pages.ben.shows({ Current: ["One", "Three"] });
  await pages.ann.button("Undo").click();
  await agree(pages, { Current: ["One", "Two", "Three"] });
  await pages.ben.tells("Two", "bug, unstarted, labelled kept");
});

test("edits of different fields of one story, saved at the same moment, both stay", async (t) => {
  const pages = await pair(t, [{ ...feature("Draft", 1), labels: ["old"] }]);
  await Promise.all(pages.boards.map((board) => board.openStory("Draft")));
  await pages.ann.write({ title: "Final", points: "3 points" });
  await pages.ben.write({ labels: "old, new", description: "More words" });
  await Promise.all(pages.boards.map((board) => board.save()));
  for (const board of pages.boards) await board.tells("Final", "feature, 3 points, unstarted, labelled new, old");
  const story = await member.story(pages.project, "Final");
  assert.deepEqual(
    [story.estimate, story.labels, story.description],
    [3, ["new", "old"], "More words"],
  );
  await agree(pages, { Current: ["Final"] });
});

test("who writes is not disturbed by what the other does", async (t) => {
  const many = Array.from({ length: 40 }, (_, place) => idea(`Idea ${place + 1}`));
  const { ann, ben, project } = await pair(t, many);
  await ann.scroll("Icebox", 750);
  const place = await ann.top("Idea 20");
  await ann.openStory("Idea 20");
  assert.equal(await ann.top("Idea 20"), place, "a story opens where its row stood");
  await ann.field("Title").fill("Half a thought");
  await ann.field("Title").evaluate((field) => field.setSelectionRange(4, 6, "backward"));
  const before = await writing(ann);
  assert.deepEqual(before.caret, ["Half a thought", 4, 6, "backward"]);

  await ben.add("Icebox", { title: "Newest" });
  await ben.delete("Idea 2");
  await ben.delete("Idea 3");
  await ben.edit("Idea 20", { title: "Another thought", description: "Written by the other" });
  await ben.scroll("Icebox", 500);
  await ben.drag("Idea 19", { above: "Idea 21" });
  await ann.page.getByText("changed the title meanwhile").waitFor();
  await eventually(() => count(ann, "Icebox"), "39 stories");
  await until(async () => (await ann.titles()).Icebox, (titles) => titles.indexOf("Idea 19") > titles.indexOf("Idea 18") + 1);
  assert.deepEqual(await writing(ann), before);

  await ann.page.keyboard.type("XY");
  assert.equal(await ann.field("Title").inputValue(), "HalfXY thought");
  await ann.save();
  await ann.showsLight("Live");
  assert.equal((await member.story(project, "HalfXY thought")).description, "Written by the other");
  await ann.assertUndisturbed();
});

test("who writes goes with the story when the other sends it to another column", async (t) => {
  const { ann, ben } = await pair(t, [...FULL, { title: "Leak", panel: "icebox" }]);
  await ann.openStory("Leak");
  await ann.field("Description").fill("Half a thought");
  await ann.field("Description").evaluate((field) => field.setSelectionRange(4, 6));
  await ben.step("Leak", "Start");
  await ann.column("Current").getByRole("listitem", { name: /^Leak, open/ }).waitFor();
  await ann.page.keyboard.type("XY");
  assert.equal(await ann.description(), "HalfXY thought");
  await ann.save();
  await ben.openStory("Leak");
  await eventually(() => ben.description(), "HalfXY thought");
});

test("who reads keeps the place", async (t) => {
  const many = Array.from({ length: 60 }, (_, place) => idea(`Idea ${place + 1}`));
  const { ann, ben } = await pair(t, many);
  await ann.scroll("Icebox", 700);
  await ann.card("Idea 30").waitFor();
  const before = await ann.top("Idea 30");
  await ben.add("Icebox", { title: "Newest" });
  await ben.delete("Idea 4");
  await ben.delete("Idea 5");
  await eventually(() => count(ann, "Icebox"), "59 stories");
  assert.equal(await ann.top("Idea 30"), before);
});

/** Text, selection, focus and place of the field in which one writes. */
async function writing(board) {
  const field = board.field("Title");
  const caret = await field.evaluate((it) => [it.value, it.selectionStart, it.selectionEnd, it.selectionDirection]);
  const focused = await field.evaluate((it) => it === document.activeElement);
  return { caret, focused, y: Math.round((await field.boundingBox()).y) };
}

function count(board, column) {
  return board.column(column).getByText(/^\d+ stor(y|ies)$/).innerText();
}
