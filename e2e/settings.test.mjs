// The sheets of settings and epics, with two people at them. Knows the page as a person does; must never know an element's class.

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

const feature = (title, estimate = 3, labels = []) => ({ title, type: "feature", estimate, labels });

async function open(t, project) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`, { viewport: WIDE });
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

async function pair(t, stories) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const [ann, ben] = await Promise.all([open(t, project), open(t, project)]);
  return { project, ann, ben };
}

/** Opens a sheet. */
async function sheet(board, name) {
  await board.button(name).click();
  await board.column(name).waitFor();
}

test("a setting that another sets leaves what one types, and an open story, as they are", async (t) => {
  const { ann, ben } = await pair(t, [feature("One")]);
  await sheet(ann, "Settings");
  await ann.field("Name").fill("Rocket shop");
  await ann.openStory("One");
  await ann.field("Title").fill("One and a half");

  await sheet(ben, "Settings");
  await ben.field("Name").fill("Boat yard");
  await ben.button("Save name").click();
  await ben.button("Fibonacci").click();
  await ben.button("Save point scale").click();

  await ann.page.getByText(/ set it to Boat yard meanwhile\. What you typed is still here\./).waitFor();
  await ann.page.getByRole("heading", { name: "Boat yard" }).waitFor();
  await ann.page.getByRole("radio", { name: "8 points", exact: true }).waitFor({ state: "attached" });
  assert.equal(await ann.field("Name").inputValue(), "Rocket shop");
  assert.equal(await ann.field("Title").inputValue(), "One and a half");

  await ann.button("Save name").click();
  await ben.page.getByRole("heading", { name: "Rocket shop" }).waitFor();
  await ann.assertUndisturbed();
});

test("a scale says what becomes of the estimates, and comes back with them", async (t) => {
  const { ann, ben } = await pair(t, [feature("One"), feature("Two", 2)]);
  await sheet(ann, "Settings");
  await ann.field("Point scale").fill("8, 4, 1");
  await ann.page.getByText("2 stories change: 2 → 1 (1), 3 → 4 (1).").waitFor();
  await assertSound(ann);
  await ann.button("Save point scale").click();
  await ben.tells("One", "feature, 4 points, unstarted");
  await ann.button("Undo").click();
  await ben.tells("One", "feature, 3 points, unstarted");
  await ben.tells("Two", "feature, 2 points, unstarted");
});

test("bad input is explained where it was typed", async (t) => {
  const { ann } = await pair(t, [feature("One")]);
  await sheet(ann, "Settings");
  const table = [
    ["Name", "Save name", "", "Name is empty."],
    ["Point scale", "Save point scale", "1, 1", "Scale has 2 to 20 different points, rising, at most 1,000."],
    ["Time zone", "Save time zone", "Atlantis", "No time zone is called “Atlantis”. Choose one of the list, like Europe/Berlin."],
    ["Until something is done", "Save until something is done", "none", "A velocity is a whole number between 1 and 10,000."],
  ];
  for (const [field, save, text, sentence] of table) {
    const box = ann.page.getByLabel(field, { exact: true });
    await box.fill(text);
    await ann.button(save).click();
    await ann.page.getByText(sentence).waitFor();
    assert.equal(await box.inputValue(), text);
  }
  await assertSound(ann);
  await assertFits(ann);
});

test("a choice applies at once on all pages and is taken back by one click", async (t) => {
  const { ann, ben } = await pair(t, [feature("One")]);
  await sheet(ann, "Settings");
  await sheet(ben, "Settings");
  const length = (board) => board.page.getByRole("combobox", { name: "Length", exact: true });
  await length(ann).selectOption("2 weeks");
  await eventually(() => length(ben).inputValue(), "2");
  await ann.button("Undo").click();
  await eventually(() => length(ben).inputValue(), "1");
  await eventually(() => length(ann).inputValue(), "1");

  await ann.page.getByRole("radio", { name: /^The team decides/ }).check();
  await ben.shows({ Backlog: ["One"] });
  await ann.drag("One", { top: "Current" });
  await ben.shows({ Current: ["One"] });
  await ann.assertUndisturbed();
});

test("an epic tells how far its stories are, as another accepts them", async (t) => {
  const { ann, ben } = await pair(t, [feature("One", 3, ["cart"]), feature("Two", 2, ["cart"]), feature("Three")]);
  await sheet(ann, "Epics");
  await ann.page.getByText("No epics yet.").waitFor();
  await ann.button("Add epic").click();
  await ann.field("Name").fill("Cart");
  await eventually(() => ann.field("Label").inputValue(), "cart");
  await ann.press("Enter");
  await ann.page.getByText(/^0 of 5 points accepted, ends /).waitFor();
  await assertSound(ann);
  for (const step of ["Start", "Finish", "Deliver", "Accept"]) await ben.step("One", step);
  await ann.page.getByText(/^3 of 5 points accepted, ends /).waitFor();

  // What is typed survives the sheet.
  await ann.button("Add epic").click();
  await ann.field("Name").fill("Half an ep");
  await ann.press("Escape");
  await ann.column("Epics").waitFor({ state: "detached" });
  await sheet(ann, "Epics");
  await eventually(() => ann.field("Name").inputValue(), "Half an ep");
  await ann.assertUndisturbed();
});
