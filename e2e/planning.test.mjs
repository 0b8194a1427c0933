// The plan on the page: what others do moves dates at once, what one tries out is one's own. Knows the page as a person does; must never
// know an element's class.

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
const DAY = 86_400_000;

const feature = (title) => ({ title, type: "feature", estimate: 3 });
const setting = (...edits) => ({ "edit-settings": { edits } });

async function open(t, project, options = {}) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`, { viewport: WIDE, ...options });
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

/** Two pages of a fresh project that does three points per iteration. */
async function pair(t, stories) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  await member.command(project, setting({ "initial-velocity": 3 }));
  const [ann, ben] = await Promise.all([open(t, project), open(t, project)]);
  return { project, ann, ben };
}

/** The last day of the iteration of that number, as the page writes it; the project began today. */
function lastDay(number) {
  const today = Math.floor(Date.now() / DAY);
  const monday = today - ((today + 3) % 7);
  const day = new Date((monday + 7 * number - 1) * DAY);
  return day.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
}

/** The lines of iterations in a column, as they are told. */
const lines = (board, column) =>
  board
    .column(column)
    .getByRole("button", { name: /, Iteration / })
    .evaluateAll((buttons) => buttons.map((button) => button.textContent.replace(/^.*?, /, "")));

const velocity = (board) => board.page.getByRole("button", { name: /^(Velocity|What if) / }).first();

test("a release's date moves as stories are accepted in another browser", async (t) => {
  const { project, ann, ben } = await pair(t, [feature("One"), feature("Two"), feature("Three"), feature("Four"), { title: "Beta", type: "release" }]);
  await ben.tells("Beta", `release, unstarted, expected ${lastDay(4)}`);
  for (const title of ["Two", "Three"]) {
    for (const step of ["Start", "Finish", "Deliver", "Accept"]) await ann.step(title, step);
  }
  await ben.tells("Beta", `release, unstarted, expected ${lastDay(3)}`);

  // Late is told in words, as soon as the deadline is there.
  const { id } = await member.story(project, "Beta");
  const deadline = Math.floor(Date.now() / DAY);
  await member.command(project, { "edit-story": { id, edits: [{ deadline }] } });
  await eventually(async () => (await ben.told("Beta")).endsWith(": late"), true);
  await ben.assertUndisturbed();
  await assertSound(ben);
});

test("another velocity is tried out by one viewer alone", async (t) => {
  const { ann, ben } = await pair(t, [feature("One"), feature("Two"), feature("Three")]);
  const planned = ["Iteration 2, 3 of 3 points", "Iteration 3, 3 of 3 points"];
  await eventually(() => lines(ann, "Backlog"), planned);
  await velocity(ann).click();
  await ann.field("What if it were").fill("6");
  await eventually(() => lines(ann, "Backlog"), ["Iteration 2, 3 of 6 points"]);
  await eventually(() => lines(ann, "Current"), ["Iteration 1, 6 of 6 points"]);
  await assertSound(ann);
  await ann.press("Enter");
  await ann.page.getByText("What if: 6 instead of 3.").waitFor();

  // It outlasts what others do, and they see nothing of it.
  await ben.add("Icebox", { title: "Idea" });
  await ann.card("Idea").waitFor();
  await eventually(() => lines(ben, "Backlog"), planned);
  await eventually(() => lines(ann, "Backlog"), ["Iteration 2, 3 of 6 points"]);

  await ann.button("Back to 3").click();
  await eventually(() => lines(ann, "Backlog"), planned);
  await velocity(ann).click();
  await ann.field("What if it were").fill("0");
  await ann.page.getByText("A velocity is a whole number between 1 and 10,000.").waitFor();
  await ann.press("Escape");
  await ann.field("What if it were").waitFor({ state: "detached" });
  await ann.assertUndisturbed();
});

test("an iteration's strength is set from its line by keys, and everyone sees it", async (t) => {
  const { ann, ben } = await pair(t, [feature("One"), feature("Two"), feature("Three")]);
  const line = (board) => board.column("Backlog").getByRole("button", { name: /Iteration 2\b/ });
  await line(ann).focus();
  await ann.press("Enter");
  await eventually(() => ann.field("Team strength, %").inputValue(), "100");
  await ann.field("Team strength, %").fill("lots");
  await ann.press("Enter");
  await ann.page.getByText("Team strength is a whole number of per cent between 0 and 200.").waitFor();
  await assertSound(ann);
  await ann.field("Team strength, %").fill("0");
  await ann.press("Enter");
  // Nothing is done in the second iteration: its line makes way for one that says so.
  await eventually(() => lines(ben, "Backlog"), ["Iteration 3, 3 of 3 points", "Iteration 4, 3 of 3 points"]);
  await ben.column("Backlog").getByText("Iteration 2, nothing planned").waitFor();
  await ann.button("Undo").click();
  await eventually(() => lines(ben, "Backlog"), ["Iteration 2, 3 of 3 points", "Iteration 3, 3 of 3 points"]);
  await assertSound(ben);
});

test("on a phone every column and sheet can be reached", async (t) => {
  const { project } = await pair(t, [feature("One"), feature("Two")]);
  const board = await open(t, project, { viewport: PHONE, hasTouch: true });
  const columns = board.page.getByRole("navigation", { name: "Columns" });
  await columns.getByRole("button", { name: /^Done/ }).click();
  await board.page.getByText("Nothing is done yet").waitFor();
  await assertFits(board);
  for (const sheet of ["Epics", "Settings"]) {
    await board.button(sheet).click();
    await board.column(sheet).waitFor();
    await assertFits(board);
    await assertSound(board);
  }
  await columns.getByRole("button", { name: /^Backlog/ }).click();
  await board.column("Settings").waitFor({ state: "detached" });
  await velocity(board).click();
  await assertFits(board);
  await assertSound(board);
  assert.deepEqual(board.problems, []);
});
