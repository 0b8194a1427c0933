// A page without a network: it opens, shows what it last had, takes edits, and sends them once when the network is back. Must never
// look into the program.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member } from "./member.mjs";

const browser = await launchBrowser({ after });

/** Milliseconds until a page has found its server again. */
const BACK = { limit: 60_000 };

/** A page that is live and kept on its device. */
async function keptBoard(t, url) {
  const board = await Board.blank(browser);
  t.after(() => board.page.context().close());
  await board.visit(url);
  await board.showsLight("Live");
  await board.page.evaluate(() => navigator.serviceWorker.ready);
  // The page goes by the worker from its next start on.
  await board.visit(url);
  await board.showsLight("Live");
  return board;
}

test("without a network the page opens, shows what it had, and keeps what is done", async (t) => {
  const server = await startServer(t);
  const member = await Member.join(server.url);
  const project = await member.begin("Offline", [{ title: "One" }, { title: "Two" }]);
  const board = await keptBoard(t, `${server.url}/projects/${project}`);

  await board.page.context().setOffline(true);
  await board.edit("One", { title: "Edited offline" });
  await board.page.reload();
  await board.card("Edited offline").waitFor();
  await board.card("Two").waitFor();
  await board.edit("Two", { title: "Edited after the reload" });
  await board.page.reload();
  await board.card("Edited after the reload").waitFor();
  const titles = async () => (await member.stories(project)).map((story) => story.title);
  assert.deepEqual(await titles(), ["One", "Two"]);

  await board.page.context().setOffline(false);
  await eventually(titles, ["Edited offline", "Edited after the reload"], BACK);
  await board.showsLight("Live", BACK);
  assert.deepEqual(board.problems, []);
});

test("a server that was stopped leaves the page as it was, and a started one finds it", async (t) => {
  const server = await startServer(t);
  const member = await Member.join(server.url);
  const project = await member.begin("Stopped", [{ title: "One" }]);
  const board = await keptBoard(t, `${server.url}/projects/${project}`);
  await server.kill("SIGTERM");
  await board.page.reload();
  await board.card("One").waitFor();
  await server.restart();
  await board.showsLight("Live", BACK);
});
