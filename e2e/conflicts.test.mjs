// Two people change the same thing without having seen each other: what comes of it, and what each of them is told. Knows the page as
// a person does; must never look into the program or the database.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

/** Milliseconds until a page has found its server again. */
const BACK = { limit: 60_000 };

/** Two pages of a fresh project with these stories; `options` are Playwright's for the context of the second. */
async function pair(t, stories, options = {}) {
  const project = await member.begin(t.name.slice(0, 100), stories);
  const url = `${server.url}/projects/${project}`;
  const [ann, ben] = await Promise.all([Board.open(browser, url), Board.open(browser, url, options)]);
  t.after(() => Promise.all([ann, ben].map((board) => board.page.context().close())));
  await Promise.all([ann, ben].map((board) => board.showsLight("Live")));
  return { project, ann, ben };
}

/** Ben does something without a network, Ann something that the server has before Ben's network is back. */
async function apart({ ann, ben }, bens, anns) {
  await ben.page.context().setOffline(true);
  await bens(ben);
  await anns(ann);
  await ann.showsLight("Live");
  await ben.page.context().setOffline(false);
  await until(() => ben.light(), (words) => /^(Live|Needs attention \(\d+\))$/.test(words), BACK);
}

async function settled({ ann, ben }) {
  for (const board of [ann, ben]) {
    await board.showsLight("Live", BACK);
    await board.assertUndisturbed();
  }
}

function described(description) {
  return [{ title: "Cart", description }];
}

test("of two titles the later one stands, and whoever was overwritten can see both", async (t) => {
  const pages = await pair(t, [{ title: "Cart" }]);
  const { ann, ben } = pages;
  await apart(
    pages,
    (ben) => ben.edit("Cart", { title: "Trolley" }),
    (ann) => ann.edit("Cart", { title: "Basket" }),
  );
  await ann.card("Trolley").waitFor();
  await ben.card("Trolley").waitFor();
  const both = ann.page.getByRole("button", { name: /^Changed by .* too: see both$/ });
  await both.click();
  const history = ann.page.getByRole("region", { name: "History" });
  await eventually(() => history.getByRole("deletion").allInnerTexts(), ["Basket", "Cart"]);
  assert.deepEqual(await history.getByRole("insertion").allInnerTexts(), ["Trolley", "Basket"]);
  await history.getByRole("button", { name: "Restore this value of title: Basket" }).click();
  await ben.card("Basket").waitFor();
  await ann.button("Close").click();
  await both.waitFor({ state: "detached" });
  await settled(pages);
});

test("a description that two people change in different lines has both changes", async (t) => {
  const pages = await pair(t, described("As a user\nI pay\nso that I own"));
  await apart(
    pages,
    (ben) => ben.edit("Cart", { description: "As a user\nI pay\nso that I own things" }),
    (ann) => ann.edit("Cart", { description: "As a customer\nI pay\nso that I own" }),
  );
  const merged = "As a customer\nI pay\nso that I own things";
  const told = async () => (await member.story(pages.project, "Cart")).description;
  await eventually(told, merged, BACK);
  for (const board of [pages.ann, pages.ben]) {
    await board.openStory("Cart");
    await eventually(() => board.description(), merged);
    assert.equal(await board.button("Use this text instead").count(), 0);
  }
  await settled(pages);
});

test("a description that two people change in the same line keeps both texts", async (t) => {
  const pages = await pair(t, described("I pay"));
  const { ann, ben } = pages;
  await apart(
    pages,
    (ben) => ben.edit("Cart", { description: "I pay by invoice" }),
    (ann) => ann.edit("Cart", { description: "I pay by card" }),
  );
  for (const board of [ann, ben]) await board.tells("Cart", "bug, unstarted, with a conflicting text");
  await ben.openStory("Cart");
  assert.equal(await ben.description(), "I pay by card");
  const kept = ben.page.getByRole("note");
  assert.match(await kept.innerText(), /wrote in the same place\.[^]*I pay by invoice/);
  await ben.page.context().grantPermissions(["clipboard-read"]);
  await ben.button("Copy").click();
  await eventually(() => ben.page.evaluate(() => navigator.clipboard.readText()), "I pay by invoice");
  await ben.button("Use this text instead").click();
  await eventually(() => ben.description(), "I pay by invoice");
  await kept.waitFor({ state: "detached" });
  await ann.tells("Cart", "bug, unstarted");
  await ann.openStory("Cart");
  await eventually(() => ann.description(), "I pay by invoice");
  await settled(pages);
});

test("a story that two people drag is in one place, the later one's", async (t) => {
  const pages = await pair(t, ["One", "Two", "Three", "Four"].map((title) => ({ title })));
  await apart(
    pages,
    async (ben) => {
      await ben.drag("Four", { above: "Two" });
      await ben.shows({ Current: ["One", "Four", "Two", "Three"] });
    },
    async (ann) => {
      await ann.drag("Four", { above: "One" });
      await ann.shows({ Current: ["Four", "One", "Two", "Three"] });
    },
  );
  for (const board of [pages.ann, pages.ben]) await board.shows({ Current: ["One", "Four", "Two", "Three"] }, BACK);
  await settled(pages);
});

test("an edit of a story that was deleted waits in the tray, outlives a reload, and brings the story back", async (t) => {
  const pages = await pair(t, [{ title: "Cart" }, { title: "Pay" }]);
  const { ann, ben } = pages;
  await apart(
    pages,
    (ben) => ben.edit("Cart", { title: "Basket", description: "Two\nlines" }),
    (ann) => ann.delete("Cart"),
  );
  await ben.showsLight("Needs attention (1)", BACK);
  await ben.page.reload();
  await ben.showsLight("Needs attention (1)", BACK);
  await ben.shows({ Current: ["Pay"] });
  await ben.button("Needs attention (1)").click();
  const tray = ben.page.getByRole("dialog", { name: "Needs attention" });
  await eventually(() => tray.getByRole("definition").allInnerTexts(), ["Basket", "Two\nlines"]);
  assert.match(await tray.innerText(), /The story was deleted meanwhile\. Restore the story to apply your change to it\./);

  await ben.page.keyboard.press("Escape");
  await tray.waitFor({ state: "detached" });
  assert.equal(await ben.button("Needs attention (1)").evaluate((it) => it === document.activeElement), true);
  await ben.page.keyboard.press("Enter");
  await tray.getByRole("button", { name: /^Restore the story and apply: / }).click();
  await tray.getByText("Nothing needs your attention").waitFor();
  for (const board of [ann, ben]) await board.shows({ Current: ["Basket", "Pay"] });
  await ben.showsLight("Live");
  assert.equal((await member.story(pages.project, "Basket")).description, "Two\nlines");
  await ann.assertUndisturbed();
});

test("what is thrown away in the tray stays away", async (t) => {
  const pages = await pair(t, [{ title: "Cart" }, { title: "Pay" }]);
  const { ben } = pages;
  await apart(
    pages,
    (ben) => ben.edit("Cart", { title: "Basket" }),
    (ann) => ann.delete("Cart"),
  );
  await ben.showsLight("Needs attention (1)", BACK);
  await ben.button("Needs attention (1)").click();
  await ben.page.getByRole("button", { name: /^Throw away: / }).click();
  await ben.showsLight("Live");
  await ben.page.reload();
  await ben.showsLight("Live", BACK);
  await ben.shows({ Current: ["Pay"] });
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing in tray, history and kept text, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const stories = [...described("As a user\nI pay"), { title: "Pay" }, { title: "Leak" }];
      const pages = await pair(t, stories, { colorScheme, viewport });
      const { ann, ben } = pages;
      await apart(
        pages,
        async (ben) => {
          await ben.edit("Cart", { description: "As a user\nI pay by invoice" });
          await ben.edit("Pay", { title: "Pay later", labels: "shop" });
        },
        async (ann) => {
          await ann.edit("Cart", { description: "As a user\nI pay by card" });
          await ann.delete("Pay");
        },
      );
      await ben.showsLight("Needs attention (1)", BACK);
      await ben.button("See why").waitFor();
      await assertSound(ben);
      await assertFits(ben);
      await ben.button("Needs attention (1)").click();
      await ben.page.getByRole("dialog", { name: "Needs attention" }).waitFor();
      await assertSound(ben);
      await assertFits(ben);
      await ben.press("Escape");
      await ben.openStory("Cart");
      await ben.button("History").click();
      await ben.page.getByText("Added the story").waitFor();
      await ben.page.getByRole("group").locator("summary").first().click();
      await assertSound(ben);
      await assertFits(ben);
      await ben.button("Close").click();

      // Ben's title is overwritten by someone who has not seen it.
      await ann.page.context().setOffline(true);
      await ann.edit("Leak", { title: "Ann's" });
      await ben.edit("Leak", { title: "Ben's" });
      await ben.showsLight("Needs attention (1)");
      await ann.page.context().setOffline(false);
      await ben.page.getByRole("button", { name: /too: see both$/ }).waitFor({ timeout: BACK.limit });
      await assertSound(ben);
      await assertFits(ben);
      await ben.openStory("Ann's");
      await ben.page.getByRole("note").waitFor();
      await assertSound(ben);
    });
  }
}
