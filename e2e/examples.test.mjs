// The examples as a person meets them: each with its real server and two browsers. Knows the pages by their words; must never look into
// the programs.
//
// EXAMPLES names the folder with the built servers, EXAMPLE_PAGES the one with a folder for each page; `cargo xtask test e2e` builds them.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startProgram } from "./harness.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const PROGRAMS = process.env.EXAMPLES ?? fileURLToPath(new URL("../target/debug", import.meta.url));
const PAGES = process.env.EXAMPLE_PAGES ?? fileURLToPath(new URL("../target/example-pages", import.meta.url));

const browser = await launchBrowser({ after });

/** The server of an example, and two browsers on its page. */
async function pair(t, name) {
  const server = await startProgram(t, join(PROGRAMS, `example-${name}`), [join(PAGES, name)]);
  const [ann, ben] = await Promise.all([visit(t, server.url), visit(t, server.url)]);
  return { server, ann, ben };
}

/** A page in a browser of its own; the test fails if it ever says something on the error console. */
async function visit(t, url, prepare = async () => {}, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, []);
  });
  await prepare(page);
  await page.goto(url);
  return page;
}

const CHANNEL = /\/app\//;

/** Lets no WebSocket through, as some proxies do. */
const withoutSocket = (page) => page.routeWebSocket(CHANNEL, (socket) => socket.close());

/** Lets nothing of the channel through, by whatever carrier. */
async function withoutChannel(page) {
  await withoutSocket(page);
  await page.route(CHANNEL, (route) => route.abort());
}

const live = (page) => page.locator('.lamp[data-state="connected"]').waitFor();
const texts = (page, selector) => page.locator(selector).allInnerTexts();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const field = (page, name) => page.getByRole("textbox", { name, exact: true });

/** The items as they are seen: name and quantity, or the texts of the fields. */
const items = (page) =>
  page.locator("tbody tr:not(.theirs)").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.querySelector("input")?.value ?? cell.innerText)),
  );

const FIRST = [
  ["Bolts M6", "120"],
  ["Washers", "80"],
  ["Wing nuts", "12"],
  ["Pliers", "2"],
];

test("items: what one saves, adds and removes shows in the other browser", async (t) => {
  const { ann, ben } = await pair(t, "items");
  await Promise.all([live(ann), live(ben)]);
  await button(ann, "Edit Washers").click();
  await field(ann, "Quantity").fill("75");
  await field(ann, "Quantity").press("Enter");
  const washers = [["Bolts M6", "120"], ["Washers", "75"], ["Wing nuts", "12"], ["Pliers", "2"]];
  await eventually(() => items(ben), washers);
  await eventually(() => items(ann), washers);

  await button(ben, "Add an item").click();
  await field(ben, "Name").fill("Zoë’s <b>glue</b>");
  await button(ben, "Save").click();
  await button(ann, "Remove Pliers").click();
  const all = [["Bolts M6", "120"], ["Washers", "75"], ["Wing nuts", "12"], ["Zoë’s <b>glue</b>", "1"]];
  await eventually(() => items(ann), all);
  await eventually(() => items(ben), all);
});

test("items: the row that one edits is not overwritten; the other's change stands beside it, to be taken or left", async (t) => {
  const { ann, ben } = await pair(t, "items");
  await Promise.all([live(ann), live(ben)]);
  const change = async (quantity) => {
    await button(ben, "Edit Washers").click();
    await field(ben, "Quantity").fill(quantity);
    await button(ben, "Save").click();
  };
  await button(ann, "Edit Washers").click();
  await field(ann, "Name").fill("Washers, broad");
  await change("60");
  await ann.getByText("Meanwhile it became: Washers, 60.").waitFor();
  assert.deepEqual((await items(ann))[1], ["Washers, broad", "80"]);

  // Who has not decided cannot overwrite.
  await button(ann, "Save").click();
  await ann.getByText("Somebody else changed this item meanwhile.").waitFor();
  assert.deepEqual((await items(ben))[1], ["Washers", "60"]);

  await button(ann, "Keep mine").click();
  await button(ann, "Save").click();
  await eventually(async () => (await items(ben))[1], ["Washers, broad", "80"]);

  await button(ann, "Edit Washers, broad").click();
  await button(ben, "Edit Washers, broad").click();
  await field(ben, "Quantity").fill("7");
  await button(ben, "Save").click();
  await button(ann, "Take it").click();
  assert.deepEqual((await items(ann))[1], ["Washers, broad", "7"]);
  assert.equal(await field(ann, "Quantity").inputValue(), "7");
});

test("items: an item that was removed while one edits it can be kept", async (t) => {
  const { ann, ben } = await pair(t, "items");
  await Promise.all([live(ann), live(ben)]);
  await button(ann, "Edit Pliers").click();
  await field(ann, "Name").fill("Long pliers");
  await button(ben, "Remove Pliers").click();
  await ann.getByText("Meanwhile it was removed.").waitFor();
  await button(ann, "Keep mine").click();
  await button(ann, "Save").click();
  await eventually(async () => (await items(ben)).at(-1), ["Long pliers", "2"]);
});

test("items: without a connection everything works, later; a wrong text is explained", async (t) => {
  const { server, ben } = await pair(t, "items");
  const ann = await visit(t, server.url, withoutChannel);
  await live(ben);
  await button(ann, "Edit Washers").click();
  await field(ann, "Quantity").fill("-1");
  await button(ann, "Save").click();
  await ann.getByText("The quantity is a whole number, 0 or more.").waitFor();
  await field(ann, "Quantity").fill("1");
  await button(ann, "Save").click();
  await eventually(async () => (await items(ben))[1], ["Washers", "1"]);
  await button(ben, "Remove Washers").click();
  await eventually(async () => (await items(ann)).map(([name]) => name), ["Bolts M6", "Wing nuts", "Pliers"]);
  assert.notEqual(await ann.locator(".lamp").getAttribute("data-state"), "connected");
});

test("items: after a restart of the server the page shows the new table", async (t) => {
  const { server, ann } = await pair(t, "items");
  await live(ann);
  await button(ann, "Remove Pliers").click();
  await eventually(async () => (await items(ann)).length, 3);
  await server.kill();
  await ann.getByText("The server cannot be reached; please try again.").waitFor();
  assert.notEqual(await ann.locator(".lamp").getAttribute("data-state"), "connected");
  await startProgram(t, join(PROGRAMS, "example-items"), [join(PAGES, "items"), new URL(server.url).host]);
  await eventually(() => items(ann), FIRST);
  await live(ann);
  await eventually(() => ann.getByRole("alert").count(), 0);
});

const titles = (page) => texts(page, "article h2");
const tally = (page) => page.locator(".tally").innerText();

/** Posts, and waits until the server has it. */
async function post(page, title, text = "") {
  await field(page, "Title").fill(title);
  await field(page, "Text").fill(text);
  await button(page, "Post").click();
  await eventually(() => field(page, "Title").inputValue(), "");
}

test("posts: an event asks for the posts, or brings them; what does not fit into one is fetched", async (t) => {
  const { ann, ben } = await pair(t, "posts");
  await ben.getByLabel("The data in the event").check();
  await Promise.all([live(ann), live(ben)]);
  const first = "Open this page twice";
  await eventually(() => titles(ben), [first]);
  const requests = countRequests(ben);

  await post(ann, "Zoë’s <i>news</i>", "Two\nlines");
  await eventually(() => titles(ben), ["Zoë’s <i>news</i>", first]);
  await ben.getByText("New: Zoë’s <i>news</i>").waitFor();
  assert.equal(requests.made, 0);
  await post(ann, "Long", "ä".repeat(20_000));
  await eventually(() => titles(ben), ["Long", "Zoë’s <i>news</i>", first]);
  assert.equal(requests.made, 1);
  await ben.getByText("2 new posts, the latest: Long").waitFor();
  await button(ben, "Read").click();

  // Who posts has the answer, and is left out when the event is triggered.
  assert.match(await tally(ann), /^0 events heard, /);
  await button(ben, "Remove Long").click();
  await post(ben, "From Ben");
  await eventually(() => titles(ann), ["From Ben", "Zoë’s <i>news</i>", first]);
  assert.match(await tally(ann), /^2 events heard, /);
});

test("posts: the way of hearing is changed without missing anything", async (t) => {
  const { ann, ben } = await pair(t, "posts");
  await Promise.all([live(ann), live(ben)]);
  const first = "Open this page twice";
  for (const [way, title] of [["The data in the event", "One"], ["An event, then a request", "Two"]]) {
    await ben.getByLabel(way).check();
    await post(ann, title);
  }
  await eventually(() => titles(ben), ["Two", "One", first]);
});

test("posts: without a connection everything works, later; a wrong text is explained", async (t) => {
  const { server, ben } = await pair(t, "posts");
  const ann = await visit(t, server.url, withoutChannel);
  await live(ben);
  await button(ann, "Post").click();
  await ann.getByText("Give the post a title.").waitFor();
  await post(ann, "From Ann");
  await eventually(async () => (await titles(ben))[0], "From Ann");
  await post(ben, "From Ben");
  await eventually(async () => (await titles(ann))[0], "From Ben");
});

/** Counts the requests for the posts from now on. */
function countRequests(page) {
  const count = { made: 0 };
  page.on("request", (request) => (count.made += request.method() === "GET" && request.url().endsWith("/api/posts") ? 1 : 0));
  return count;
}

const said = (page) => page.locator(".log li").evaluateAll((lines) => lines.map((line) => line.innerText.replace("\n", ": ")));
const here = (page) => texts(page, ".people li");

async function enter(page, name) {
  await page.getByLabel("What are you called?").fill(name);
  await button(page, "Enter").click();
  return page;
}

async function say(page, text) {
  await field(page, "Message").fill(text);
  await field(page, "Message").press("Enter");
  await eventually(() => field(page, "Message").inputValue(), "");
}

test("chat: who is here, who is typing, and what was said", async (t) => {
  const { server, ann, ben } = await pair(t, "chat");
  await button(ann, "Enter").click();
  await ann.getByText("Say what you are called.").waitFor();
  await enter(ann, "Ann");
  await eventually(() => here(ann), ["Ann (you)"]);
  await field(ann, "Message").fill("Anybody <b>here</b>?");
  await field(ann, "Message").press("Enter");
  await field(ann, "Message").press("Enter");
  await eventually(() => field(ann, "Message").inputValue(), "");
  await enter(ben, "Zoë");
  await eventually(() => here(ann), ["Ann (you)", "Zoë"]);
  await eventually(() => said(ben), ["Ann: Anybody <b>here</b>?"]);

  await field(ben, "Message").pressSequentially("I a");
  await ann.getByText("Zoë is typing …").waitFor();
  await say(ben, "I am");
  const both = ["Ann: Anybody <b>here</b>?", "Zoë: I am"];
  await eventually(() => said(ann), both);
  await eventually(() => ann.locator(".typing").innerText(), "");

  // Who is known by the cookie is one person in two windows, and need not say the name again.
  const second = await ann.context().newPage();
  await second.goto(server.url);
  await eventually(() => said(second), both);
  await eventually(() => here(second), ["Ann (you)", "Zoë"]);
  await second.close();
  await ben.close();
  await eventually(() => here(ann), ["Ann (you)"]);
});

test("chat: without a connection one still talks; a longer silence is caught up", async (t) => {
  const { server, ben } = await pair(t, "chat");
  const ann = await visit(t, server.url, withoutChannel);
  await Promise.all([enter(ann, "Ann"), enter(ben, "Ben")]);
  await live(ben);
  await say(ann, "Hello");
  await eventually(() => said(ben), ["Ann: Hello"]);
  await say(ben, "Hello, Ann");
  await eventually(() => said(ann), ["Ann: Hello", "Ben: Hello, Ann"]);
  await field(ann, "Message").fill("x".repeat(1_001));
  await button(ann, "Send").click();
  await ann.getByText("A message has at most 1000 characters.").waitFor();
});

test("chat: where no WebSocket gets through, one is live all the same", async (t) => {
  const { server, ben } = await pair(t, "chat");
  const ann = await visit(t, server.url, withoutSocket);
  await Promise.all([enter(ann, "Ann"), enter(ben, "Ben")]);
  await Promise.all([live(ann), live(ben)]);
  await eventually(async () => (await here(ben)).length, 2);
  await field(ann, "Message").pressSequentially("He");
  await ben.getByText("Ann is typing …").waitFor();
  await field(ben, "Message").pressSequentially("He");
  await ann.getByText("Ben is typing …").waitFor();
  await say(ben, "Hello");
  await eventually(() => said(ann), ["Ben: Hello"]);
});

test("chat: after a restart of the server one enters again; nobody speaks under another's name", async (t) => {
  const { server, ann } = await pair(t, "chat");
  await enter(ann, "Ann");
  await live(ann);
  const stranger = await fetch(`${server.url}/api/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: "example-chat=1" },
    body: '"Hello"',
  });
  assert.deepEqual([stranger.status, await stranger.text()], [401, "Say what you are called first."]);
  await server.kill();
  await startProgram(t, join(PROGRAMS, "example-chat"), [join(PAGES, "chat"), new URL(server.url).host]);
  await ann.getByText("The server was started anew: please enter again.").waitFor();
  await enter(ann, "Ann");
  await eventually(() => here(ann), ["Ann (you)"]);
});

const orders = (page) => page.locator(".orders li").evaluateAll((lines) => lines.map((line) => [...line.children].map((part) => part.innerText)));
const THREE = ["Shelves for the school", "A table of oak", "40 chairs"];
const fresh = (title) => [title, "", "New"];

/** What a page says on its socket: the names of the channels that it subscribes to and lets go. */
function hearing(page) {
  const heard = new Set();
  page.on("websocket", (socket) => {
    heard.clear();
    socket.on("framesent", ({ payload }) => {
      const { event, data } = JSON.parse(payload);
      if (event === "pusher:subscribe") heard.add(data.channel);
      if (event === "pusher:unsubscribe") heard.delete(data.channel);
    });
  });
  return () => [...heard].filter((name) => name.startsWith("private-")).sort();
}

test("orders: created, changed and deleted in one browser, seen in the other; what is not shown is not heard", async (t) => {
  const { server, ann } = await pair(t, "orders");
  let heard;
  const ben = await visit(t, server.url, (page) => (heard = hearing(page)));
  await button(ann, "Ann").click();
  await button(ben, "Ben").click();
  await Promise.all([live(ann), live(ben)]);
  await eventually(() => orders(ben), THREE.map(fresh));
  await eventually(heard, ["private-orders"]);

  await field(ann, "What is ordered").fill("A <b>bench</b>");
  await field(ann, "What is ordered").press("Enter");
  await eventually(() => orders(ben), ["A <b>bench</b>", ...THREE].map(fresh));
  await ben.getByRole("link", { name: "A <b>bench</b>" }).click();
  await eventually(heard, ["private-orders-4"]);
  await ann.getByRole("link", { name: "A <b>bench</b>" }).click();
  await button(ann, "Being made").click();
  await until(() => button(ben, "Being made").getAttribute("aria-pressed"), (pressed) => pressed === "true");
  await button(ben, "Zoë").click();
  await until(() => button(ann, "Zoë").getAttribute("aria-pressed"), (pressed) => pressed === "true");

  await ben.goBack();
  await eventually(heard, ["private-orders"]);
  await eventually(async () => (await orders(ben))[0], ["A <b>bench</b>", "Zoë", "Being made"]);
  await button(ann, "Delete the order").click();
  await ann.getByText("There is no such order (any more).").waitFor();
  await eventually(() => orders(ben), THREE.map(fresh));
});

test("orders: who is given an order is told, and nobody else", async (t) => {
  const { server, ann, ben } = await pair(t, "orders");
  const zoe = await visit(t, server.url);
  const crew = { Ann: ann, Ben: ben, "Zoë": zoe };
  await Promise.all(Object.entries(crew).map(([name, page]) => button(page, name).click()));
  await Promise.all(Object.values(crew).map(live));
  await ann.getByRole("link", { name: "A table of oak" }).click();
  await button(ann, "Ben").click();
  await ben.getByText("Ann gave you A table of oak").waitFor();
  await ben.getByRole("link", { name: "A table of oak" }).first().click();
  await ben.getByRole("heading", { name: "A table of oak" }).waitFor();
  await eventually(async () => (await orders(zoe))[1], ["A table of oak", "Ben", "New"]);
  for (const other of [ann, zoe]) assert.equal(await other.getByText("gave you").count(), 0);

  // Signed out, nothing is heard; what one may not do is refused.
  await button(ben, "Sign out").click();
  await button(ben, "Ben").waitFor();
  const refused = await fetch(`${server.url}/api/orders`);
  assert.deepEqual([refused.status, await refused.text()], [401, "Sign in first."]);
});

test("orders: without a connection everything works, later; after a restart one signs in again", async (t) => {
  const { server, ben } = await pair(t, "orders");
  const ann = await visit(t, server.url, withoutChannel);
  await button(ann, "Ann").click();
  await button(ben, "Ben").click();
  await live(ben);
  await button(ann, "Add").click();
  await ann.getByText("Say what is ordered.").waitFor();
  await field(ann, "What is ordered").fill("A bench");
  await button(ann, "Add").click();
  await eventually(() => orders(ben), ["A bench", ...THREE].map(fresh));
  await ben.getByRole("link", { name: "A bench" }).click();
  await button(ben, "Done").click();
  await eventually(async () => (await orders(ann))[0], ["A bench", "", "Done"]);

  await server.kill();
  await startProgram(t, join(PROGRAMS, "example-orders"), [join(PAGES, "orders"), new URL(server.url).host]);
  for (const page of [ann, ben]) await page.getByText("Who are you?").waitFor();
});

/** How each page is brought to show what it has. */
const SHOWN = {
  async items(ann, ben) {
    await live(ann);
    await button(ben, "Edit Pliers").click();
    await field(ben, "Name").fill("x".repeat(80));
    await button(ben, "Save").click();
    await ann.getByText("x".repeat(80)).waitFor();
    await button(ann, "Edit Washers").click();
    await button(ben, "Remove Washers").click();
    await ann.getByText("Meanwhile it was removed.").waitFor();
  },
  async posts(ann, ben) {
    await live(ann);
    await post(ben, "x".repeat(120), "y ".repeat(1_000));
    await ann.getByText("New: ").waitFor();
    await button(ann, "Post").click();
    await ann.getByRole("alert").waitFor();
  },
  async chat(ann, ben) {
    await Promise.all([enter(ann, "Ann"), enter(ben, "x".repeat(30))]);
    await say(ann, "Hello");
    await say(ben, "y".repeat(400));
    await eventually(async () => (await here(ann)).length, 2);
    await ann.getByText("y".repeat(400)).waitFor();
  },
  async orders(ann, ben) {
    await Promise.all([button(ann, "Ann").click(), button(ben, "Ben").click()]);
    await Promise.all([live(ann), live(ben)]);
    await field(ben, "What is ordered").fill("x".repeat(100));
    await button(ben, "Add").click();
    await ben.getByRole("link", { name: "x".repeat(100) }).click();
    await button(ben, "Ann").click();
    await ann.getByText("Ben gave you ").waitFor();
  },
};

for (const [colorScheme, width] of [["light", 1000], ["dark", 390]]) {
  for (const [name, show] of Object.entries(SHOWN)) {
    test(`${name}: axe finds nothing and nothing is cut off, ${colorScheme}, ${width} pixels`, async (t) => {
      const { server, ben } = await pair(t, name);
      const ann = await visit(t, server.url, undefined, { colorScheme, viewport: { width, height: 800 } });
      await ann.getByRole("heading", { level: 1 }).waitFor();
      await assertSound({ page: ann });
      await show(ann, ben);
      await assertSound({ page: ann });
      await assertFits({ page: ann });
    });
  }
}
