// What each role is offered on the project's page, and what becomes of a page whose visitor may not see it any more: owner, client and
// viewer side by side, in browsers of their own. Knows the page as a person does; must never know an element's class.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Account, PASSWORD } from "./account.mjs";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { create, freshId } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const server = await startServer({ after }, { accounts: true });
const browser = await launchBrowser({ after });
const ann = await Account.own(server.url, "Ann");

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

/** How long whoever was removed may still see the project, in milliseconds. */
const AT_ONCE = 1_000;

let made = 0;

/** A project with a delivered story, a planned one, a release and an idea. */
async function begin(name) {
  const project = await ann.begin(name, [
    { title: "Delivered", type: "bug" },
    { title: "Planned", type: "feature", estimate: 2 },
    { title: "Beta", type: "release" },
    { title: "Idea", type: "feature", panel: "icebox" },
  ]);
  const [story] = await ann.stories(project);
  for (const transition of ["start", "finish", "deliver"]) {
    await ann.command(project, { "transition-story": { id: story.id, transition } });
  }
  return project;
}

/** Someone new in a project, and their page of it. */
async function join(t, project, role, options = WIDE) {
  const account = await Account.invited(ann, project, role, `${role.replace(/^./, (letter) => letter.toUpperCase())}${++made}`);
  return { account, board: await open(t, account, project, options) };
}

async function open(t, account, project, options = WIDE) {
  const board = await account.board(browser, `/projects/${project}`, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

/** The names of all buttons that a row offers. */
function offered(board, title) {
  return board.card(title).getByRole("button").evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.innerText));
}

/** What the browser keeps on its disk, as one text. */
function kept(board) {
  return board.page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("truestory"));
    const store = database.transaction("texts").objectStore("texts");
    const [names, texts] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return names.map((name, place) => `${name} ${texts[place]}`).join("\n");
  });
}

test("owner, client and viewer are offered what they may do", async (t) => {
  const project = await begin("Three roles");
  const owner = await open(t, ann, project);
  const { board: client } = await join(t, project, "client");
  const { board: viewer } = await join(t, project, "viewer");

  const adds = (board) =>
    Promise.all(["Current", "Backlog", "Icebox"].map((name) => board.column(name).getByRole("button", { name: "Add story" }).count()));
  assert.deepEqual(await adds(owner), [1, 1, 1]);
  assert.deepEqual(await adds(client), [0, 0, 1]);
  assert.deepEqual(await adds(viewer), [0, 0, 0]);

  assert.deepEqual(await offered(owner, "Delivered"), ["Accept", "Reject"]);
  assert.deepEqual(await offered(client, "Delivered"), ["Accept", "Reject"]);
  assert.deepEqual(await offered(viewer, "Delivered"), []);
  assert.deepEqual(await offered(owner, "Planned"), ["Start"]);
  assert.deepEqual(await offered(client, "Planned"), []);
  assert.deepEqual(await offered(owner, "Idea"), ["Estimate 0 points", "Estimate 1 point", "Estimate 2 points", "Estimate 3 points"]);
  assert.deepEqual(await offered(client, "Idea"), []);

  for (const board of [client, viewer]) await board.page.getByRole("button", { name: "Export", exact: true }).waitFor();
  await owner.page.getByRole("button", { name: "Import and export", exact: true }).waitFor();
  await client.page.getByText("Client: you add ideas, comment, accept and reject.").waitFor();
  await viewer.page.getByText("Viewer: you see everything and change nothing").waitFor();
  for (const board of [owner, client, viewer]) {
    await assertSound(board);
    await assertFits(board);
    await board.assertUndisturbed();
  }
});

test("a viewer reads a story as text, and keys say what a viewer may not", async (t) => {
  const project = await begin("To be read");
  const { board: viewer } = await join(t, project, "viewer");
  await viewer.card("Planned").click({ position: { x: 120, y: 12 } });
  const story = viewer.page.getByRole("group", { name: "Story", exact: true });
  await story.getByRole("heading", { name: "Planned" }).waitFor();
  assert.equal(await viewer.card("Planned").getByRole("textbox").count(), 0);
  assert.deepEqual(await offered(viewer, "Planned"), ["Close", "History"]);
  await assertSound(viewer);
  await viewer.page.keyboard.press("Escape");

  await viewer.card("Planned").focus();
  await viewer.page.keyboard.press("m");
  await viewer.page.getByText("Viewers cannot move stories.", { exact: true }).first().waitFor();
  await viewer.page.keyboard.press("a");
  await viewer.page.getByText("Viewers cannot add stories.", { exact: true }).first().waitFor();
  await viewer.assertUndisturbed();
});

test("a client accepts, and a viewer sees it live", async (t) => {
  const project = await begin("Accepted");
  const { board: client } = await join(t, project, "client");
  const { board: viewer } = await join(t, project, "viewer", PHONE);
  await client.step("Delivered", "Accept");
  await viewer.tells("Delivered", "bug, accepted");
  await client.add("Icebox", { title: "A wish" });
  await viewer.page.getByRole("button", { name: /^Icebox/ }).click();
  await viewer.card("A wish").waitFor();
  // It is their own: they may still word it.
  await client.openStory("A wish");
  await client.write({ title: "A small wish" });
  await client.save();
  await viewer.card("A small wish").waitFor();
  await assertFits(viewer);
  await viewer.assertUndisturbed();
  await client.assertUndisturbed();
});

test("a role that changes shows at once, and what was typed stays to be read", async (t) => {
  const project = await begin("Another role");
  const { account, board } = await join(t, project, "member");
  await board.openStory("Planned");
  await board.write({ title: "Half a thou" });
  await ann.changeRole(project, account, "viewer");
  await board.page.getByText("You are a viewer in this project now.").waitFor({ timeout: AT_ONCE });
  await board.page.getByRole("group", { name: "Story", exact: true }).getByRole("note").getByText("Half a thou").waitFor();
  assert.equal(await board.column("Backlog").getByRole("button", { name: "Add story" }).count(), 0);
  await ann.changeRole(project, account, "member");
  await board.page.getByText("You are a member in this project now.").waitFor();
  await eventually(() => board.field("Title").inputValue(), "Half a thou");
  await board.assertUndisturbed();
});

test("whoever is removed loses the project within a second, and the browser keeps nothing of it", async (t) => {
  const project = await begin("Gone project");
  const { account, board } = await join(t, project, "member");
  const other = await board.page.context().newPage();
  const second = new Board(other);
  await second.visit(`${server.url}/projects/${project}`);
  await second.showsLight("Live");
  await board.openStory("Planned");
  await board.write({ title: "Half a thou" });
  await until(() => kept(board), (text) => text.includes("Half a thou") && text.includes("Delivered"));

  await ann.remove(project, account);
  await Promise.all(
    [board, second].map(({ page }) => page.getByText("You are not in this project any more").waitFor({ timeout: AT_ONCE })),
  );
  for (const { page } of [board, second]) assert.equal(await page.getByText("Delivered").count(), 0);
  const unsent = board.page.getByRole("region", { name: "What the server never had" });
  await unsent.getByText("Half a thou").waitFor();
  await until(() => kept(board), (text) => !text.includes(project), { what: "nothing of the project is kept" });
  assert.ok(!(await kept(board)).includes("Delivered"));
  await assertSound(board);

  // Loaded anew, it is not there either.
  board.page.on("dialog", (dialog) => dialog.accept());
  await board.page.reload();
  await board.page.getByText("You are not in this project any more").waitFor();
  assert.ok(!(await kept(board)).includes("Delivered"));
});

test("a removal without a network counts from the first contact", async (t) => {
  const project = await begin("Gone offline");
  const { account, board } = await join(t, project, "member");
  await board.page.context().setOffline(true);
  await board.step("Planned", "Start");
  await ann.remove(project, account);
  await board.card("Planned").waitFor();
  await board.page.context().setOffline(false);
  await board.page.getByText("You are not in this project any more").waitFor();
  await board.page.getByRole("region", { name: "What the server never had" }).getByText("Start “Planned”").waitFor();
  await until(() => kept(board), (text) => !text.includes(project), { what: "nothing of the project is kept" });
});

test("a session that ends under an open page loses nothing, and goes on after signing in", async (t) => {
  const project = await begin("Signed out");
  const { account, board } = await join(t, project, "member");
  await board.openStory("Planned");
  await board.write({ title: "Half a thou" });
  await account.signOutEverywhere();
  await board.page.getByText("You are signed out.").waitFor();
  await board.step("Delivered", "Accept");
  await board.page.getByText("Sign in to send 1 change.").waitFor();
  assert.equal(await board.field("Title").inputValue(), "Half a thou");
  await until(() => kept(board), (text) => text.includes("Half a thou"));

  await board.page.getByRole("link", { name: "Sign in", exact: true }).click();
  await board.page.getByLabel("E-mail address", { exact: true }).fill(`${account.session.actor.name.toLowerCase()}@example.com`);
  await board.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await board.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await board.showsLight("Live");
  await board.tells("Delivered", "bug, accepted");
  const [story] = await ann.stories(project);
  assert.equal(story.state, "accepted");
  await board.card("Planned").click({ position: { x: 80, y: 12 } });
  await eventually(() => board.field("Title").inputValue(), "Half a thou");
});

test("a stranger is led to the door, and from there to where they wanted", async (t) => {
  const project = await begin("Behind the door");
  const stranger = await Board.blank(browser, WIDE);
  t.after(() => stranger.page.context().close());
  await stranger.page.goto(`${server.url}/projects/${project}#forecast`);
  await stranger.page.waitForURL(/\/sign-in\?next=/);
  await stranger.page.getByLabel("E-mail address", { exact: true }).fill("ann@example.com");
  await stranger.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await stranger.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await stranger.column("Forecast").getByText("Behind the door").waitFor();
});

test("a shared link opens the forecast, and closes when it is taken back", async (t) => {
  const project = await begin("Shared");
  const secret = await ann.share(project);
  const guest = await Board.blank(browser, PHONE);
  t.after(() => guest.page.context().close());
  await guest.page.goto(`${server.url}/shared#${secret}`);
  const forecast = guest.column("Forecast");
  await forecast.getByText("Beta").first().waitFor();
  assert.ok(!guest.page.url().includes(secret));
  await forecast.getByRole("region", { name: "Releases" }).getByText(/20\d\d/).waitFor();
  await guest.showsLight("Live");
  await ann.command(project, create({ id: freshId(), title: "Came later", type: "chore" }));
  await forecast.getByText("Came later").waitFor();
  await assertSound(guest);
  await assertFits(guest);
  assert.deepEqual(guest.problems, []);

  await ann.unshare(project);
  await guest.page.getByText("This link is closed").waitFor({ timeout: AT_ONCE });
  await until(() => kept(guest), (text) => !text.includes(project), { what: "nothing of the project is kept" });
});

test("what a browser keeps of a project goes with the first list that does not name it", async (t) => {
  const project = await begin("Left behind");
  const { account, board } = await join(t, project, "member");
  await until(() => kept(board), (text) => text.includes("Delivered"));
  await board.page.goto(`${server.url}/`);
  await board.page.getByRole("link", { name: /Left behind/ }).waitFor();
  assert.ok((await kept(board)).includes("Delivered"));
  await ann.remove(project, account);
  await board.page.reload();
  await until(() => kept(board), (text) => !text.includes("Delivered"), { what: "nothing of the project is kept" });
});

test("an invitation outlives a reload, and another one takes its place", async (t) => {
  const project = await begin("Invited twice");
  const [asClient, asMember] = [await ann.invite(project, "client"), await ann.invite(project, "member")];
  const { page } = await Board.blank(browser, WIDE);
  t.after(() => page.context().close());
  await page.goto(`${server.url}/join#${asClient}`);
  await page.getByText(/as a client/).first().waitFor();
  await page.reload();
  await page.getByText(/as a client/).first().waitFor();
  await page.evaluate((secret) => (location.hash = secret), asMember);
  await page.getByText(/as a member/).first().waitFor();
  assert.ok(!page.url().includes("#"));
});
