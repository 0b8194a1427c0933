// The charts: drawn from what really happened, followed while others go on, readable as tables. Knows the page as a person does; must
// never look into the program or the database.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";
import { assertFits, assertSound } from "./sound.mjs";

/** The page asks for new figures every five seconds at most, and at the latest when it looks around, every fifteen. */
const FOLLOWED = { limit: 25_000 };

const server = await startServer({ after }, { demo: true });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

function chart(board, name) {
  return board.page.getByRole("figure", { name, exact: true });
}

async function open(t, url, options) {
  const board = await Board.open(browser, url, options);
  t.after(() => board.page.context().close());
  await board.showsLight("Live");
  await board.button("Charts").click();
  return board;
}

async function sample() {
  const { body } = await member.request("/api/projects");
  return `${server.url}/projects/${body.projects.find(({ name }) => name === "Rocket shop").id}`;
}

test("an empty project says what its charts will show", async (t) => {
  const project = await member.begin("Empty");
  const board = await open(t, `${server.url}/projects/${project}`);
  await chart(board, "Velocity").getByText("Nothing was accepted yet.").waitFor();
  await chart(board, "Release burn-up").getByText("There is no release to follow.").waitFor();
});

test("what another person accepts is in the charts, as picture and as table", async (t) => {
  const project = await member.begin("Charts", [
    { title: "Pay", type: "feature", estimate: 2 },
    { title: "Cart", type: "feature", estimate: 3 },
    { title: "Launch", type: "release" },
  ]);
  const board = await open(t, `${server.url}/projects/${project}`);
  const burnUp = chart(board, "Release burn-up");
  await burnUp.getByText("0 of 5 points accepted.").waitFor();
  await burnUp.getByRole("img").waitFor();

  const { id } = await member.story(project, "Pay");
  const step = (transition) => ({ "transition-story": { id, transition } });
  await member.command(project, ...["start", "finish", "deliver", "accept"].map(step));
  await eventually(() => burnUp.getByText("2 of 5 points accepted.").count(), 1, FOLLOWED);
  await chart(board, "Velocity").getByText("2 points accepted in iteration 1 so far; the velocity is 10 points.").waitFor();

  await board.button("Stories by state as a table").click();
  const table = chart(board, "Stories by state").getByRole("table");
  const rows = await table.getByRole("row").evaluateAll((rows) => rows.map((row) => Array.from(row.cells, (cell) => cell.innerText)));
  assert.deepEqual(rows[0].slice(1, 3), ["Accepted", "Delivered"]);
  assert.deepEqual(rows[1].slice(1), ["1", "0", "0", "0", "0", "1", "0"]);
  await board.assertUndisturbed();
});

test("without the server the charts say so and come back", async (t) => {
  const board = await open(t, await sample());
  await chart(board, "Velocity").getByRole("img").waitFor();
  await server.kill();
  await board.button("Close Charts").click();
  await board.button("Charts").click();
  await chart(board, "Velocity").getByRole("img").waitFor();
  await server.restart();
  await board.showsLight("Live", FOLLOWED);
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing in the charts and their tables, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const board = await open(t, await sample(), { colorScheme, viewport });
      await chart(board, "Stories by state").getByRole("img").waitFor();
      await assertSound(board);
      await assertFits(board);
      for (const name of ["Velocity", "Release burn-up", "Cycle time", "Stories by state"]) {
        await board.button(`${name} as a table`).click();
        await chart(board, name).getByRole("table").waitFor();
      }
      await assertSound(board);
      await assertFits(board);
    });
  }
}
