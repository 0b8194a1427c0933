// Texts as they read: what Markdown makes of them, numbers that lead to stories, and what others wrote to harm. Knows the page as a
// person does and the commands on the wire; must never look into the program.

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

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** A project of one's own with these texts: `[description, ...comments]` of the story "One"; "Two" has none. */
async function project([description, ...comments] = [""]) {
  const one = freshId();
  const id = await member.begin("Texts", [
    { id: one, title: "One", panel: "backlog", description },
    { title: "Two", panel: "backlog" },
  ]);
  const said = (text) => ({ "edit-story": { id: one, edits: [{ "comment-added": { id: freshId(), text } }] } });
  await member.many(id, comments.map(said));
  return { id, url: `${server.url}/projects/${id}` };
}

async function open(t, url, options) {
  const board = await Board.open(browser, url, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

const description = (board) => board.page.getByRole("group", { name: "Description, as it reads" });
const link = (place, name) => place.getByRole("link", { name, exact: true });

test("what one writes reads as Markdown for everyone", async (t) => {
  const { url } = await project();
  const [ann, bob] = [await open(t, url), await open(t, url)];
  await ann.openStory("One");
  await ann.field("Description").fill("It *must* work\n\n- [x] here\n- there");
  await ann.button("Preview the description").click();
  await description(ann).getByText("must", { exact: true }).waitFor();
  await ann.save();

  await bob.openStory("One");
  const emphasis = description(bob).getByRole("emphasis");
  await eventually(() => emphasis.allInnerTexts(), ["must"]);
  await eventually(() => description(bob).getByRole("listitem").allInnerTexts(), ["☑ here", "there"]);
  await description(bob).getByRole("img", { name: "done" }).waitFor();

  // What is said later is read while one looks on.
  await ann.openStory("One");
  await ann.field("Add a comment").fill("**now**");
  await ann.button("Post comment").click();
  await eventually(() => bob.page.getByRole("strong").filter({ hasText: /^now$/ }).count(), 1);
  await ann.assertUndisturbed();
  await bob.assertUndisturbed();
});

test("numbers lead to their stories, by pointer, by keys and as an address", async (t) => {
  const { url } = await project(["See #2 and #77.", "Also #2"]);
  const board = await open(t, url);
  const title = () => board.field("Title").inputValue();
  await board.openStory("One");
  await link(description(board), "#2").click();
  await eventually(title, "Two");

  await board.openStory("One");
  await link(description(board), "#2").focus();
  await board.press("Enter");
  await eventually(title, "Two");

  await board.openStory("One");
  await link(description(board), "#77").click();
  // It is shown, and said to those who do not see it.
  await board.page.getByText("This project has no story #77").first().waitFor();
  assert.equal(await title(), "One");

  // With Ctrl it is a link like all others: the same story on a page of its own.
  const [opened] = await Promise.all([
    board.page.context().waitForEvent("page"),
    link(description(board), "#2").click({ modifiers: ["ControlOrMeta"] }),
  ]);
  const other = new Board(opened);
  await eventually(() => other.field("Title").inputValue(), "Two");
  assert.equal(await title(), "One");
  // And where the address is changed by hand.
  await opened.evaluate(() => (location.hash = "#story-1"));
  await eventually(() => other.field("Title").inputValue(), "One");
  await board.assertUndisturbed();
});

test("a link to elsewhere opens beside the page and tells nobody where one came from", async (t) => {
  const { url } = await project(["[there](https://elsewhere.example/a) ![a picture](https://elsewhere.example/i.png)"]);
  const board = await open(t, url);
  await board.openStory("One");
  for (const name of ["there", "a picture"]) {
    await link(description(board), name).waitFor();
    const told = await link(description(board), name).evaluate((it) => [it.target, it.rel]);
    assert.deepEqual(told, ["_blank", "noopener noreferrer nofollow ugc"]);
  }
});

/** Each would say so in `window.ran`, or ask another host, if it ran. */
const HARM = [
  "<script>window.ran = 1</script>",
  "<img src=x onerror='window.ran = 1'>",
  "<svg onload='window.ran = 1'><script>window.ran = 1</script></svg>",
  "<a href='javascript:window.ran = 1'>harm</a> [harm](javascript:window.ran=1) [harm](data:text/html,<script>parent.ran=1</script>)",
  "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
  "<style>@import 'https://elsewhere.example/a.css'; * { background: url(https://elsewhere.example/b) }</style>",
  "<link rel=stylesheet href=https://elsewhere.example/c.css> <meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
  "![a](https://elsewhere.example/d.png) <img src=https://elsewhere.example/e.png> <video src=https://elsewhere.example/f>",
  "<form action=https://elsewhere.example><input autofocus onfocus='window.ran = 1'><button>harm</button></form>",
  "<p style='background: url(https://elsewhere.example/g)' onmouseover='window.ran = 1'>harm</p>",
  "</div></section></main><h1 id=announcer>harm</h1><base href=https://elsewhere.example>",
  "<math><mtext><table><mglyph><style><img src=x onerror='window.ran = 1'>",
  "```\"><script>window.ran = 1</script>\n```",
  "https://elsewhere.example/\"onmouseover=\"window.ran=1",
];

test("nothing that others wrote runs, is loaded, or looks like a part of the page", async (t) => {
  const { url } = await project([HARM.join("\n\n"), ...HARM]);
  const board = await Board.blank(browser);
  t.after(() => board.page.context().close());
  const asked = [];
  board.page.on("request", (request) => asked.push(new URL(request.url()).host));
  await board.page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      window.violations.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  await board.visit(url);
  await board.showsLight("Live");
  await board.openStory("One");
  await link(description(board), "a").waitFor();
  await eventually(() => board.page.getByText("window.ran = 1", { exact: false }).count().then((count) => count > 10), true);

  const texts = board.page.locator("[data-story]");
  for (const words of await texts.getByText("harm", { exact: true }).all()) await words.hover();
  for (const harm of await texts.getByText("harm", { exact: true }).all()) assert.equal(await harm.getAttribute("href"), null);
  const found = await board.page.evaluate(() => ({
    ran: window.ran,
    violations: window.violations,
    made: document.querySelectorAll("[data-story] :is(script, style, iframe, img, video, link, meta, base, form form, h1, math, object, embed)").length,
    handlers: document.querySelectorAll("[data-story] :is([onerror], [onload], [onmouseover], [onfocus], [style*=url])").length,
    frames: window.length,
  }));
  assert.deepEqual(found, { ran: undefined, violations: [], made: 0, handlers: 0, frames: 0 });
  assert.deepEqual([...new Set(asked)], [new URL(server.url).host]);
  await board.assertUndisturbed();
});

test("without the server a text shows as it is written, and reads once there is one", async (t) => {
  const { url } = await project(["some *text*"]);
  const board = await open(t, url);
  await board.page.context().setOffline(true);
  await board.openStory("One");
  await eventually(() => description(board).innerText(), "some *text*");
  await board.page.context().setOffline(false);
  await eventually(() => description(board).innerText(), "some text", { limit: 45_000 });
  await board.assertUndisturbed();
});

/** Something of everything. */
const EVERYTHING = `# One
See #2, <https://elsewhere.example> and ![a picture](https://elsewhere.example/a.png).

## Two
1. **a**
   - [ ] b

> *quoted*

| a | b |
|---|--:|
| ${"long ".repeat(12)} | \`1\` |

\`\`\`
${"a line that does not fit ".repeat(8)}
\`\`\`
https://elsewhere.example/${"very-long".repeat(20)}`;

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, PHONE]) {
    test(`axe finds nothing in texts, and nothing is cut off, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const { url } = await project([EVERYTHING, EVERYTHING]);
      const board = await open(t, url, { colorScheme, viewport });
      await board.openStory("One");
      await link(description(board), "#2").waitFor();
      await eventually(() => board.page.getByRole("link", { name: "#2", exact: true }).count(), 2);
      await assertSound(board);
      await assertFits(board);
    });
  }
}
