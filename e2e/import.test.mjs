// Files in and out: what a file brings is seen before it comes, comes for everyone at once, can be taken back, and goes out again.
// Knows the page as a person does; must never look into the program or the database.

import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { folder, launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

/** Two years of a project, as Tracker wrote them. */
const EXPORT = fileURLToPath(new URL("../crates/interchange/tests/tracker/export.csv", import.meta.url));
const BRINGS = "Import 298 stories and 2 epics";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

async function open(t, project, options) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  return board;
}

/** A page with the sheet beside its columns. */
async function importing(t, project, options) {
  const board = await open(t, project, options);
  await board.button("Import and export").click();
  return board;
}

async function choose(board, file) {
  await board.page.getByLabel(/^Choose a CSV file/).setInputFiles(file);
}

function csv(text, name = "stories.csv") {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

async function take(board, file, button) {
  await choose(board, file);
  await board.button(button).click();
  await board.button("Take the import back").waitFor();
}

function says(board, words) {
  return board.page.locator("section").getByText(words).first().waitFor();
}

test("what one imports another sees, and it goes and comes back as one step", async (t) => {
  const project = await member.begin("Rides");
  const [ann, bob] = [await importing(t, project), await open(t, project)];
  await choose(ann, EXPORT);
  await says(ann, "export.csv has 300 rows and brings 298 stories and 2 epics.");
  await says(ann, "The dates of acceptance are kept: 589 points from Jan 7, 2013 to Nov 25, 2014.");
  await bob.shows({});

  await ann.button(BRINGS).click();
  await bob.card("Pay with a card").waitFor();
  await bob.card("Unicycles?").waitFor();
  await ann.card("Pay with a card").waitFor();
  await says(ann, "Imported 298 stories and 2 epics from export.csv.");

  await ann.button("Take the import back").click();
  await bob.shows({});
  await ann.button("Undo").click();
  await bob.card("Pay with a card").waitFor();
  await ann.assertUndisturbed();
  await bob.assertUndisturbed();
});

test("who was away catches up with an import", async (t) => {
  const project = await member.begin("Away");
  const [ann, bob] = [await importing(t, project), await open(t, project)];
  await bob.page.context().setOffline(true);
  await take(ann, EXPORT, BRINGS);
  await bob.page.context().setOffline(false);
  await bob.card("Pay with a card").waitFor();
  await bob.assertUndisturbed();
});

test("a file that comes again brings only what is new", async (t) => {
  const project = await member.begin("Again");
  const board = await importing(t, project);
  const text = "Id,Title,Current State,Type\n11,Ride,unstarted,chore\n12,Pay,unstarted,chore\n";
  await take(board, csv(text), "Import 2 stories");
  await board.button("Import another file").click();
  await choose(board, csv(text));
  await says(board, "stories.csv has 2 rows and brings nothing new.");
  await board.page.getByText("2 rows are here already").click();
  await says(board, "Story 12 is here already.");
  assert.equal(await board.button("Import 2 stories").count(), 0);
  await board.button("Choose another file").click();
  await take(board, csv(`${text}13,Map,unstarted,chore\n`), "Import 1 story");
  const all = ["Ride", "Pay", "Map"];
  await board.shows({ Current: all });
});

test("a name becomes a member, and estimates keep the scale, where one says so", async (t) => {
  const project = await member.begin("People");
  const board = await importing(t, project);
  await choose(board, csv('Title,Current State,Estimate,Owned By,Requested By\nRide,unstarted,8,"Ada L.",Bo\n'));
  await board.button("Import 1 story").waitFor();
  // The first after "Keep the name" is oneself.
  const names = await board.page.getByLabel(/^Ada L\./).getByRole("option").allInnerTexts();
  await board.page.getByLabel(/^Ada L\./).selectOption(names[1]);
  await says(board, "1 story has an estimate that this project's scale does not hold: 8.");
  await board.page.getByLabel("Take the nearest estimate that the scale holds").check();
  await board.button("Import 1 story").click();
  await board.button("Take the import back").waitFor();
  await board.card("Ride").waitFor();
  await board.tells("Ride", "feature, 3 points, unstarted");
  const { body } = await member.request(`/api/projects/${project}/export.json`);
  const called = Object.fromEntries(body.project.people.map(({ id, name }) => [id, name]));
  const [{ owners, requester }] = body.project.stories;
  assert.deepEqual([owners.map((id) => called[id]), called[requester]], [[names[1]], "Bo"]);
});

test("a file that is no good says what and where, and changes nothing", async (t) => {
  const project = await member.begin("Bad");
  const board = await importing(t, project);
  const alert = board.page.getByRole("alert");
  const latin = { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("Title\n\xdcbung\n", "latin1") };
  for (const [file, words] of [
    [csv('Id,Title\n1,"open\n2,B\n'), /^Line 2: a quotation mark opens here and is never closed\./],
    [csv('Id,Title\n1,"open\n2,"B"\n'), /^Line 2: .* where it seems to close, on line 3, text follows\./],
    [latin, /^Line 2 is not text in UTF-8\./],
    [csv(""), /^The file is empty\./],
    [csv("Name\nRide\n"), /^Line 1 names no column “Title”/],
  ]) {
    await choose(board, file);
    await eventually(async () => words.test(await alert.innerText()), true);
  }
  const huge = join(await folder(t), "huge.csv");
  await writeFile(huge, "");
  await truncate(huge, 100 * 1024 * 1024);
  await choose(board, huge);
  await eventually(() => alert.innerText(), "huge.csv has 100 MB; at most 32 MB can be imported. Split it and import one part after the other.");

  await choose(board, csv("Title,Type\n=HYPERLINK(1),bug\n,bug\nRide,story\n"));
  await says(board, "stories.csv has 3 rows and brings 1 story.");
  await board.page.getByText("2 rows are left out").click();
  await says(board, "It has no title.");
  await says(board, "“story” is no type of story");
  await board.shows({});
  await board.assertUndisturbed();
});

test("of two files that are chosen in a row the second one counts", async (t) => {
  const project = await member.begin("Two");
  const board = await importing(t, project);
  // The first one is still on its way.
  await board.page.route("**/import/preview", async (route) => {
    const first = route.request().postData().includes("First");
    if (!first) await route.continue();
  });
  await choose(board, csv("Title,Type\nFirst,bug\n", "first.csv"));
  await board.page.locator("section").getByText(/first\.csv…$/).waitFor();
  await board.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["Title,Type\nSecond,bug\nThird,bug\n"], "second.csv", { type: "text/csv" }));
    const field = Object.assign(document.createElement("input"), { type: "file" });
    field.dataset.field = "file";
    document.body.append(field);
    field.files = data.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.remove();
  });
  await says(board, "second.csv has 2 rows and brings 2 stories.");
});

test("sending can be stopped", async (t) => {
  const project = await member.begin("Stop");
  const board = await importing(t, project);
  await board.page.route("**/import/preview", () => {});
  await choose(board, csv("Title,Type\nFirst,bug\n"));
  await board.button("Stop").click();
  await board.page.getByLabel(/^Choose a CSV file/).waitFor();
  assert.equal(await board.page.getByRole("alert").count(), 0);
});

test("a file can be dropped, and beside its place it harms nothing", async (t) => {
  const project = await member.begin("Drop");
  const board = await importing(t, project);
  const drop = (selector) =>
    board.page.evaluate((selector) => {
      const data = new DataTransfer();
      data.items.add(new File(["Title,Type\nDropped,bug\n"], "dropped.csv", { type: "text/csv" }));
      const element = document.querySelector(selector);
      const fire = (type) => element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
      // A browser that is not told otherwise opens the file in the place of the page.
      return [fire("dragover"), fire("drop")];
    }, selector);
  assert.deepEqual(await drop("main"), [false, false]);
  await board.page.getByLabel(/^Choose a CSV file/).waitFor();
  assert.deepEqual(await drop("label:has([type=file])"), [false, false]);
  await board.button("Import 1 story").waitFor();
});

test("what goes out comes back the same", async (t) => {
  const [first, second] = [await member.begin("Out"), await member.begin("In")];
  const board = await importing(t, first);
  await take(board, EXPORT, BRINGS);
  const download = async (board, name) => {
    const [file] = await Promise.all([board.page.waitForEvent("download"), board.page.getByRole("link", { name }).click()]);
    return [file.suggestedFilename(), await file.path()];
  };
  const [name, path] = await download(board, "Download CSV");
  assert.equal(name, "Out.csv");
  const [, json] = await download(board, "Download JSON");
  const { format, project } = JSON.parse(await readFile(json, "utf8"));
  assert.deepEqual([format, project.stories.length, project.epics.length], ["truestory", 298, 2]);

  const other = await importing(t, second);
  await take(other, { name, mimeType: "text/csv", buffer: await readFile(path) }, BRINGS);
  const [, again] = await download(other, "Download CSV");
  const plain = async (file) => (await readFile(file, "utf8")).replaceAll(/\/projects\/[0-9a-f]{32}/g, "");
  assert.equal(await plain(again), await plain(path));
});

for (const [look, options] of [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: { width: 390, height: 844 }, hasTouch: true }],
]) {
  test(`everyone can read and hit it: ${look}`, async (t) => {
    const project = await member.begin("Sound");
    const board = await importing(t, project, options);
    await assertSound(board);
    await assertFits(board);
    const text = `${await readFile(EXPORT, "utf8")}9001,,,,,,feature\n9002,Urgent,,,,,feature,,urgent,unstarted\n`;
    await choose(board, csv(text));
    const button = board.button("Import 299 stories and 2 epics");
    await button.waitFor();
    await board.page.getByText("1 row is left out").click();
    await assertSound(board);
    await assertFits(board);
    await button.click();
    await board.button("Take the import back").waitFor();
    await assertSound(board);
    await board.button("Import another file").click();
    await assertSound(board);
    await assertFits(board);
  });
}

test("it works with the keys alone", async (t) => {
  const project = await member.begin("Keys");
  const board = await importing(t, project);
  await choose(board, csv("Title,Type\nRide,bug\n"));
  await board.button("Import 1 story").waitFor();
  // What came is where the focus is; the button is the next thing to reach.
  await board.page.keyboard.press("Tab");
  await board.page.keyboard.press("Tab");
  await eventually(
    async () => {
      const focused = await board.page.evaluate(() => document.activeElement.innerText);
      if (focused !== "Import 1 story") await board.page.keyboard.press("Tab");
      return focused;
    },
    "Import 1 story",
  );
  await board.page.keyboard.press("Enter");
  await board.button("Take the import back").waitFor();
  await board.card("Ride").waitFor();
  await board.page.keyboard.press("Escape");
  await eventually(() => board.page.evaluate(() => document.activeElement.innerText), "Import and export");
});
