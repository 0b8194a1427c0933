// What a story carries, with two people on it: comments, tasks, blockers, a reason for a rejection. Each is saved for itself, shows in the
// other browser, and leaves what is typed there alone. Knows the page as a person does; must never look into the program.

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

/** Two pages of a fresh project with these stories. */
async function pair(t, stories, options) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const url = `${server.url}/projects/${project}`;
  const boards = await Promise.all([Board.open(browser, url, options), Board.open(browser, url, options)]);
  t.after(() => Promise.all(boards.map((board) => board.page.context().close())));
  await Promise.all(boards.map((board) => board.showsLight("Live")));
  return { project, ann: boards[0], ben: boards[1] };
}

/** What is told in a part of the open story. */
function part(board, name) {
  return board.page.getByRole("region", { name, exact: true });
}

/** A line is written and sent with Enter. */
async function enter(board, name, text) {
  await board.field(name).fill(text);
  await board.field(name).press("Enter");
}

async function says(board, name, words) {
  await part(board, name).getByText(words).first().waitFor();
}

const pay = { title: "Pay", type: "feature", estimate: 2 };

test("a comment of one shows while the other writes one, and both stand", async (t) => {
  const { ann, ben, project } = await pair(t, [pay]);
  await ann.openStory("Pay");
  await ben.openStory("Pay");
  await ben.field("Add a comment").pressSequentially("Half a thou");
  await ann.field("Add a comment").fill("It is *blue*");
  await ann.field("Add a comment").press("Control+Enter");
  await says(ben, "Comments", "It is");
  await part(ben, "Comments").getByRole("emphasis").getByText("blue").waitFor();
  await ben.page.keyboard.type("ght");
  assert.equal(await ben.field("Add a comment").inputValue(), "Half a thought");
  assert.equal(await ann.field("Add a comment").inputValue(), "");
  await ben.field("Add a comment").press("Control+Enter");
  await says(ann, "Comments", "Half a thought");
  const comments = (await member.story(project, "Pay")).comments.map(({ text }) => text);
  assert.deepEqual(comments, ["It is *blue*", "Half a thought"]);
  assert.equal(await ann.button("Take back").count(), 1, "only one's own can be taken back");
  await ann.page.getByText("It is").hover();
  await ann.button("Take back").click();
  await part(ben, "Comments").getByText("It is").waitFor({ state: "detached" });
  await ann.button("Undo").click();
  await says(ben, "Comments", "It is");
  for (const board of [ann, ben]) await board.assertUndisturbed();
});

test("a comment that was begun outlives closing and loading anew", async (t) => {
  const { ann } = await pair(t, [pay]);
  await ann.openStory("Pay");
  await ann.field("Add a comment").fill("Half a thought");
  await ann.press("Escape");
  await ann.tells("Pay", "feature, 2 points, unstarted, with unsaved text");
  await ann.page.reload();
  await ann.tells("Pay", "feature, 2 points, unstarted, with unsaved text");
  await ann.openStory("Pay");
  await eventually(() => ann.field("Add a comment").inputValue(), "Half a thought");
  await ann.write({ title: "Pay later" });
  await ann.button("Save").click();
  await ann.page.getByRole("alert").getByText("The story is saved. This text is not sent yet.").waitFor();
  await ann.button("Post comment").click();
  await says(ann, "Comments", "Half a thought");
  await ann.save();
  await ann.tells("Pay later", "feature, 2 points, unstarted");
});

test("whoever is named in a comment follows the story", async (t) => {
  const { ann, ben, project } = await pair(t, [pay]);
  await ben.openStory("Pay");
  // Known in the project is whoever did something there.
  await ben.button("Follow").click();
  await ben.button("Unfollow").click();
  const name = await ben.page.evaluate(async () => (await (await fetch("/api/session")).json()).actor.name);
  await ann.openStory("Pay");
  await ann.field("Add a comment").pressSequentially(`Look @${name.slice(0, -1)}`);
  await ann.page.getByRole("option", { name }).waitFor();
  await ann.press("Enter");
  await eventually(() => ann.field("Add a comment").inputValue(), `Look @${name} `);
  await ann.button("Post comment").click();
  await ben.button("Unfollow").waitFor();
  assert.equal((await member.story(project, "Pay")).followers.length, 1);
});

test("tasks are written one after the other, ticked, moved by the keyboard, and counted on the card", async (t) => {
  const { ann, ben, project } = await pair(t, [pay]);
  await ann.openStory("Pay");
  for (const text of ["One", "Two", "Three"]) await enter(ann, "Add a task", text);
  await ann.page.getByRole("checkbox", { name: "Two" }).check();
  await ann.page.getByRole("button", { name: "Three", exact: true }).focus();
  const order = async () => (await member.story(project, "Pay")).tasks.map(({ text }) => text);
  await ann.press("Alt+ArrowUp");
  await eventually(order, ["One", "Three", "Two"]);
  await ann.press("Alt+ArrowUp");
  await eventually(order, ["Three", "One", "Two"]);
  await ben.card("Pay").getByRole("img", { name: "1 of 3 tasks done" }).waitFor();
  await ann.page.getByRole("button", { name: "Three", exact: true }).click();
  await enter(ann, "Task", "Four");
  await ann.page.getByRole("button", { name: "Four", exact: true }).waitFor();
  await ann.button("Remove: Four").click();
  await ben.card("Pay").getByRole("img", { name: "1 of 2 tasks done" }).waitFor();
  await ann.page.getByText("Removed a task of “Pay”").first().waitFor();
  await ann.button("Undo").click();
  await ben.card("Pay").getByRole("img", { name: "1 of 3 tasks done" }).waitFor();
});

test("a story that waits for another one goes on once that is accepted", async (t) => {
  const chore = { title: "Certificate", type: "chore" };
  const { ann, ben } = await pair(t, [pay, chore]);
  await ann.openStory("Pay");
  await ann.button("Add blocker").click();
  await ann.page.getByRole("combobox", { name: "What blocks it" }).pressSequentially("certif");
  await ann.page.getByRole("option", { name: /Certificate/ }).waitFor();
  await ann.press("ArrowDown", "Enter");
  await says(ann, "Blockers", "unstarted");
  await ben.tells("Pay", "feature, 2 points, unstarted, blocked");
  await ben.step("Certificate", "Start");
  await says(ann, "Blockers", "started");
  await ben.step("Certificate", "Finish");
  await says(ann, "Blockers", "accepted, so resolved");
  await ben.tells("Pay", "feature, 2 points, unstarted");
});

test("what cannot be is explained, and what was typed stays", async (t) => {
  const { ann, project } = await pair(t, [pay, { title: "Cart", type: "bug" }]);
  const alert = (words) => ann.page.getByRole("alert").getByText(words).waitFor();
  const [payNumber, cartNumber] = (await member.stories(project)).map(({ number }) => number);
  await ann.openStory("Pay");
  await enter(ann, "Deadline", "2027-02-30");
  await alert("No calendar has this date. Years go from 1900 to 2999.");
  assert.equal(await ann.field("Deadline").inputValue(), "2027-02-30");
  await enter(ann, "Deadline", "2027-02-28");
  await eventually(async () => (await member.story(project, "Pay")).deadline, 20_877);
  await ann.button("Add link").click();
  await enter(ann, "Address", "javascript:alert(1)");
  await alert("Address begins with https:// or http:// and names a host.");
  await enter(ann, "Address", "https://git.example/pulls/1");
  const link = part(ann, "Links").getByRole("link", { name: "git.example/pulls/1" });
  assert.deepEqual(await link.evaluate(({ href, target, rel }) => [href, target, rel]), [
    "https://git.example/pulls/1",
    "_blank",
    "noopener noreferrer",
  ]);
  const blocker = ann.page.getByRole("combobox", { name: "What blocks it" });
  await ann.button("Add blocker").click();
  await blocker.fill("#4711");
  await blocker.press("Enter");
  await alert("This project has no story #4711.");
  await blocker.fill(`#${cartNumber}`);
  await blocker.press("Enter");
  await says(ann, "Blockers", "Cart");
  await ann.press("Escape");
  await ann.openStory("Cart");
  await ann.button("Add blocker").click();
  await blocker.fill(`#${payNumber}`);
  await blocker.press("Enter");
  await alert("The story would wait for itself: that one is already waiting for this one.");
  assert.equal(await blocker.inputValue(), `#${payNumber}`);
});

test("a rejection says why, on the card and in the other browser", async (t) => {
  const { ann, ben } = await pair(t, [pay]);
  for (const step of ["Start", "Finish", "Deliver"]) await ann.step("Pay", step);
  await ben.card("Pay").getByRole("button", { name: "Reject", exact: true }).click();
  await enter(ben, "Why it is rejected", "It is *blue*");
  await ann.tells("Pay", "feature, 2 points, rejected");
  await ann.openStory("Pay");
  await says(ann, "Comments", "It is");
  await ben.button("Undo").click();
  await part(ann, "Comments").getByText("It is").waitFor({ state: "detached" });
});

test("owners are chosen by the keyboard, a number in a text leads to its story", async (t) => {
  const { ann, ben, project } = await pair(t, [{ ...pay, description: "As in #2" }, { title: "Cart", type: "bug" }]);
  await ann.openStory("Pay");
  await ann.button("Add an owner").click();
  await ann.press("Enter");
  await ben.card("Pay").getByRole("img", { name: /^Owner: / }).waitFor();
  await ann.page.getByRole("link", { name: "#2" }).click();
  await eventually(() => ann.field("Title").inputValue(), "Cart");
  assert.equal((await member.story(project, "Pay")).owners.length, 1);
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing in a story with everything, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const { ann } = await pair(t, [{ ...pay, description: "As in #2" }, { title: "Cart", type: "bug" }], { colorScheme, viewport });
      await ann.openStory("Pay");
      await assertSound(ann);
      await assertFits(ann);
      await enter(ann, "Add a task", "One");
      await ann.button("Add blocker").click();
      await ann.page.getByRole("combobox", { name: "What blocks it" }).fill("the key");
      await ann.press("Enter");
      await ann.button("Add review").click();
      await ann.button("Code").click();
      await ann.button("Add an owner").click();
      await ann.page.getByRole("listbox", { name: "Choices" }).getByRole("option").first().waitFor();
      await assertSound(ann);
      await ann.press("Enter");
      await enter(ann, "Deadline", "soon");
      await ann.field("Add a comment").pressSequentially("@");
      await ann.page.getByRole("listbox", { name: "Choices" }).getByRole("option").first().waitFor();
      await assertSound(ann);
      await assertFits(ann);
    });
  }
}
