// Searching: what is left of the columns as one types, what is said of mistakes, what may be meant, searches that are saved for everyone.
// Knows the page as a person does; must never know an element's class.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, freshId } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const feature = (title, more = {}) => ({ title, type: "feature", estimate: 1, ...more });
const idea = (title, more = {}) => ({ title, panel: "icebox", ...more });

const SHOP = [
  feature("Pay by card", { labels: ["checkout"], description: "With three digits on the back" }),
  feature("Pay by bill", { labels: ["checkout", "needs design"] }),
  feature("Send a mail"),
  idea("Pay in coins"),
  idea("Crème brûlée in the café"),
];

async function open(t, project, options = {}) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`, { viewport: WIDE, ...options });
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

async function shop(t, options) {
  const project = await member.begin(t.name.slice(0, 100), SHOP);
  return { project, board: await open(t, project, options) };
}

const field = (board) => board.page.getByRole("combobox", { name: "Search" });

/** What stands beside the text: how many were found. */
const standing = (board) => field(board).evaluate((it) => document.getElementById("search-standing").innerText);

const offered = (board) => board.page.getByRole("option").allInnerTexts();

const focused = (board) => board.page.evaluate(() => document.activeElement.getAttribute("aria-label")?.split(", ")[0]);

const saved = (board) => board.page.getByRole("region", { name: "Saved searches" });

test("each letter leaves what has it, in the columns where it stands, and Escape shows everything again", async (t) => {
  const { board } = await shop(t);
  await board.press("/");
  await board.page.keyboard.type("pay");
  await board.shows({ Current: ["Pay by card", "Pay by bill"], Icebox: ["Pay in coins"] });
  assert.equal(await standing(board), "3 found");
  await board.page.keyboard.type(" digits");
  await board.shows({ Current: ["Pay by card"] });
  await field(board).fill("CREME brulee");
  await board.shows({ Icebox: ["Crème brûlée in the café"] });
  await field(board).fill("label:checkout -bill OR title:coins");
  await board.shows({ Current: ["Pay by card"], Icebox: ["Pay in coins"] });
  await field(board).fill("nothing of the kind");
  await board.shows({});
  assert.equal(await standing(board), "None found");
  await board.column("Icebox").getByText("Nothing found here").waitFor();
  await board.press("Escape");
  await board.shows({ Current: SHOP.slice(0, 3).map(({ title }) => title), Icebox: SHOP.slice(3).map(({ title }) => title) });
  await board.assertUndisturbed();
});

test("from the field to what was found and back, by keys alone", async (t) => {
  const { board } = await shop(t);
  await board.focus("Send a mail");
  await board.press("/");
  assert.equal(await focused(board), "Search");
  await board.page.keyboard.type("title:pay");
  await eventually(() => standing(board), "3 found");
  await board.press("Enter");
  await eventually(() => focused(board), "Pay by card");
  await board.press("ArrowDown", "ArrowRight");
  await eventually(() => focused(board), "Pay in coins");
  await board.press("Escape");
  await eventually(() => field(board).inputValue(), "");
  await eventually(() => focused(board), "Pay in coins");
});

test("what may be meant is offered, and arrows, Enter and Tab put it in", async (t) => {
  const { board } = await shop(t);
  await board.press("/");
  await eventually(async () => (await offered(board)).length, 8);
  await board.page.keyboard.type("lab");
  await eventually(() => offered(board), ["label:\nOne of its labels"]);
  await board.press("ArrowDown", "Enter");
  await eventually(() => field(board).inputValue(), "label:");
  await eventually(async () => (await offered(board)).map((words) => words.trim()), ["checkout", '"needs design"']);
  await board.press("ArrowUp");
  assert.equal(await board.page.getByRole("option", { selected: true }).innerText(), '"needs design"');
  await board.press("Tab");
  await eventually(() => field(board).inputValue(), 'label:"needs design" ');
  await board.page.keyboard.type("-mail");
  await eventually(() => field(board).inputValue(), 'label:"needs design" -mail');
  await board.shows({ Current: ["Pay by bill"] });
  // In the middle of the text the caret stays behind what was put in.
  await board.press("Home");
  await board.page.keyboard.type("st ");
  await board.press("ArrowLeft");
  await board.page.getByRole("option", { name: /^state:/ }).click();
  await board.page.keyboard.type("unstarted");
  await eventually(() => field(board).inputValue(), 'state:unstarted label:"needs design" -mail');
});

test("mistakes are explained in their place, and the page stays as it is meanwhile", async (t) => {
  const { board } = await shop(t);
  await field(board).fill("pay");
  await eventually(() => standing(board), "3 found");
  await field(board).fill("pay stat:x (bill");
  await board.page.getByText("stat: is not a field. Did you mean state:?").waitFor();
  await board.page.getByText("The bracket that opens at character 12 is not closed.").waitFor();
  assert.deepEqual(await board.page.locator("mark").allInnerTexts(), ["stat:", "("]);
  assert.equal(await standing(board), "Not understood");
  await board.shows({ Current: ["Pay by card", "Pay by bill"], Icebox: ["Pay in coins"] });
  for (const [text, words] of [
    ["estimate:much", "estimate: wants a number, like estimate:3 or estimate:>=3."],
    ["created:2026-02-30", "No calendar has 2026-02-30."],
    ['"pay', "The quote that opens at character 1 is not closed."],
    ["pay OR", "OR stands between two conditions, and after it stands none."],
    ["x".repeat(10_001), "A search has at most 10,000 characters. What comes after them was not looked at."],
    ["(".repeat(9_000), "Brackets stand in one another at most 50 deep."],
  ]) {
    await field(board).fill(text);
    await board.page.getByText(words).waitFor();
  }
  await board.assertUndisturbed();
});

test("others come and go as they match, and what one types stays", async (t) => {
  const { project, board } = await shop(t);
  const other = await open(t, project);
  await board.press("/");
  await board.page.keyboard.type("pay ");
  await eventually(() => standing(board), "3 found");
  await other.edit("Send a mail", { title: "Send what they pay" });
  await other.edit("Pay by card", { title: "Buy by card", description: "" });
  await board.shows({ Current: ["Pay by bill", "Send what they pay"], Icebox: ["Pay in coins"] });
  await board.page.keyboard.type("bill");
  assert.equal(await field(board).inputValue(), "pay bill");
  await board.shows({ Current: ["Pay by bill"] });
  // A story that one writes in stays in sight, though it is not found any more.
  await board.openStory("Pay by bill");
  await board.page.keyboard.type("!");
  await other.edit("Pay by bill", { labels: "cash" });
  await member.command(project, ...(await retitle(project, "Pay by bill", "Pay later")));
  await other.card("Pay later").waitFor();
  await eventually(() => standing(board), "None found");
  assert.equal(await board.field("Title").inputValue(), "Pay by bill!");
});

async function retitle(project, from, to) {
  const story = (await member.stories(project)).find(({ title }) => title === from);
  return [{ "edit-story": { id: story.id, edits: [{ title: to }] } }];
}

test("a search is saved for everyone: run by another, renamed, removed, brought back", async (t) => {
  const { project, board: ann } = await shop(t);
  const ben = await open(t, project);
  await field(ann).fill("pay -bill");
  await ann.button("Saved searches").click();
  await ann.field("Save this search as").fill("Cards and coins");
  await ann.press("Enter");
  await saved(ann).getByRole("button", { name: /^Cards and coins/ }).waitFor();
  await ann.page.getByText("Saved the search “Cards and coins”").first().waitFor();

  await ben.press("/");
  await eventually(async () => (await offered(ben))[0], "Cards and coins\npay -bill");
  await ben.press("ArrowDown", "Enter");
  await ben.shows({ Current: ["Pay by card"], Icebox: ["Pay in coins"] });
  await ben.button("Saved searches").click();
  await saved(ben).getByRole("button", { name: "Rename Cards and coins" }).click();
  await ben.field("New name").fill("Not by bill");
  await ben.press("Enter");
  await saved(ann).getByRole("button", { name: /^Not by bill/ }).waitFor();
  await saved(ann).getByRole("button", { name: "Remove Not by bill" }).click();
  await saved(ben).getByText("No searches are saved yet.").waitFor();
  await ann.button("Undo").click();
  await saved(ben).getByRole("button", { name: /^Not by bill/ }).waitFor();
  await ann.press("Escape");
  await eventually(() => saved(ann).count(), 0);
  await field(ann).fill("");
  await ann.button("Saved searches").click();
  await saved(ann).getByRole("button", { name: /^Not by bill/ }).click();
  await ann.shows({ Current: ["Pay by card"], Icebox: ["Pay in coins"] });
  const { searches } = await member.snapshot(project);
  assert.deepEqual(searches.map(({ name, query }) => [name, query]), [["Not by bill", "pay -bill"]]);
});

test("a click on a label searches for it and opens nothing", async (t) => {
  const { board } = await shop(t);
  // A column alone has room for labels.
  for (const other of ["Backlog", "Icebox"]) await board.button(other).first().click();
  await board.card("Pay by bill").getByRole("button", { name: "checkout" }).click();
  await board.shows({ Current: ["Pay by card", "Pay by bill"] });
  assert.equal(await field(board).inputValue(), "label:checkout");
  assert.equal(await board.field("Title").count(), 0);
  await board.button("Search for nothing").click();
  await eventually(() => focused(board), "Search");
  await eventually(() => standing(board), "");
});

test("it needs no network", async (t) => {
  const { board } = await shop(t);
  await board.page.context().setOffline(true);
  await field(board).fill("coins");
  await board.shows({ Icebox: ["Pay in coins"] });
});

test("on a phone the saved searches are reached from an empty field", async (t) => {
  const { board } = await shop(t, { viewport: PHONE, hasTouch: true });
  await field(board).tap();
  await board.button("Saved searches").tap();
  await saved(board).getByText("No searches are saved yet.").waitFor();
  await saved(board).getByRole("button", { name: "Close" }).tap();
  await eventually(() => saved(board).count(), 0);
  await eventually(() => focused(board), "Saved searches");
});

test("on a phone a lens leads to the field, and the column that holds something is shown", async (t) => {
  const { board } = await shop(t, { viewport: PHONE, hasTouch: true });
  const lens = await field(board).boundingBox();
  assert.ok(lens.width <= 48, `a lens of ${lens.width} pixels`);
  await field(board).tap();
  await board.page.keyboard.type("creme");
  assert.ok((await field(board).boundingBox()).width > 120, "the field has a line of its own");
  await board.card("Crème brûlée in the café").waitFor();
  await eventually(() => board.card("Crème brûlée in the café").isVisible(), true);
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, PHONE]) {
    test(`axe finds nothing in the search, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const { project, board } = await shop(t, { colorScheme, viewport });
      const search = { id: freshId(), name: "Dear", query: "estimate:>=3" };
      await member.command(project, { "save-search": search });
      await assertSound(board);
      await board.press("/");
      await eventually(async () => (await offered(board)).length, 9);
      await board.press("ArrowDown");
      await assertSound(board);
      await assertFits(board);
      await field(board).fill("label:checkout (stat:x");
      await board.page.getByText("is not a field").waitFor();
      await assertSound(board);
      await field(board).fill("pay");
      await board.button("Saved searches").click();
      await board.press("Enter");
      await board.page.getByRole("alert").waitFor();
      await saved(board).getByRole("button", { name: "Rename Dear" }).click();
      await assertSound(board);
      await assertFits(board);
    });
  }
}
