// What was: a story's history with the way back to each value, and taking back what one did last. Knows the page as a person does;
// must never look into the program or the database.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

/** A page of a fresh project with these stories. */
async function board(t, stories) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const board = await Board.open(browser, `${server.url}/projects/${project}`);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return { board, project };
}

async function steps(board) {
  const lines = board.page.getByRole("region", { name: "History" }).getByRole("listitem");
  const texts = await lines.evaluateAll((items) => items.map((item) => item.innerText.split("\n").slice(2).join(" ").trim()));
  // Visitors have names that the server makes up.
  return texts.map((text) => text.replace(/Made .+ an owner/, "Made one an owner"));
}

test("the history of a story tells its steps, follows it while open, and restores a value", async (t) => {
  const { board: page, project } = await board(t, [{ title: "Cart" }]);
  await page.edit("Cart", { title: "Basket", labels: "shop" });
  await page.step("Basket", "Start");
  await page.openStory("Basket");
  await page.button("History").click();
  const shown = (edited) => ["State unstarted → became started Made one an owner of the story", edited, "Added the story"];
  const edited = "Title Cart → became Basket Restore this value Label added shop";
  await eventually(() => steps(page), shown(edited));

  const { id } = await member.story(project, "Basket");
  await member.command(project, { "edit-story": { id, edits: [{ title: "Trolley" }] } });
  await eventually(() => steps(page), ["Title Basket → became Trolley Restore this value", ...shown(edited)]);
  await page.page.getByRole("button", { name: "Restore this value of title: Cart" }).click();
  await eventually(() => page.field("Title").inputValue(), "Cart");
  await eventually(async () => (await steps(page))[0], "Title Trolley → became Cart Restore this value");
  assert.equal((await member.story(project, "Cart")).title, "Cart");
});

test("without a network the history says that it needs the server", async (t) => {
  const { board: page } = await board(t, [{ title: "Cart" }]);
  await page.page.context().setOffline(true);
  await page.openStory("Cart");
  await page.button("History").click();
  await page.page.getByText("The history is kept by the server, which cannot be reached.").waitFor();
});

test("what one did last is taken back by a key, also after a reload", async (t) => {
  const { board: page, project } = await board(t, [{ title: "One" }, { title: "Two" }, { title: "Three" }]);
  await page.drag("Three", { above: "One" });
  await page.shows({ Current: ["Three", "One", "Two"] });
  await page.edit("Two", { title: "Second" });
  await page.step("Second", "Start");
  await page.shows({ Current: ["Second", "Three", "One"] });
  await page.showsLight("Live");
  await page.page.reload();
  await page.showsLight("Live");

  await page.focus("One");
  await page.press("u");
  await page.shows({ Current: ["Three", "One", "Second"] });
  await page.page.getByText("Undone: started “Second”").first().waitFor();
  await page.press("Control+z");
  await page.shows({ Current: ["Three", "One", "Two"] });
  await page.press("Control+z");
  await page.shows({ Current: ["One", "Two", "Three"] });
  await page.press("u");
  await page.page.getByText("Nothing to undo on this device").first().waitFor();
  await eventually(async () => (await member.stories(project)).map((story) => story.title), ["One", "Two", "Three"]);
});

test("what someone has changed since is not taken back, and the history is offered", async (t) => {
  const { board: page, project } = await board(t, [{ title: "Cart" }]);
  await page.edit("Cart", { title: "Basket" });
  await page.showsLight("Live");
  const { id } = await member.story(project, "Basket");
  await member.command(project, { "edit-story": { id, edits: [{ title: "Trolley" }] } });
  await page.card("Trolley").waitFor();
  await page.focus("Trolley");
  await page.press("u");
  await page.page.getByText("Not undone: the title of “Trolley” was changed since").first().waitFor();
  await page.button("See the history").click();
  await eventually(async () => (await steps(page)).length, 3);
  assert.equal((await member.story(project, "Trolley")).title, "Trolley");
});

test("in a field Ctrl+Z takes back what was typed and nothing else", async (t) => {
  const { board: page, project } = await board(t, [{ title: "Cart" }]);
  await page.edit("Cart", { title: "Basket" });
  await page.openStory("Basket");
  await page.field("Title").focus();
  await page.page.keyboard.type("s");
  await page.press("Control+z");
  await eventually(() => page.field("Title").inputValue(), "Basket");
  assert.equal((await member.story(project, "Basket")).title, "Basket");
});
