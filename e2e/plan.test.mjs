// The page plans, and so does the server, each with a database of time zones of its own: they must tell the same. Knows the page as a
// person does, and the plan as another program reads it; must never know an element's class.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create } from "./member.mjs";

const server = await startServer({ after });
const browser = await launchBrowser({ after });
const member = await Member.join(server.url);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Where it is tomorrow already, or yesterday still; at any time of the day one of them. */
const far = () => {
  const isLate = new Date().getUTCHours() >= 11;
  return isLate ? { zone: "Pacific/Kiritimati", ahead: 14 } : { zone: "Etc/GMT+12", ahead: -12 };
};

/** A project whose iteration begins with the day, where its members are and in UTC on different sides of it. */
async function settled({ zone, ahead }) {
  const there = Math.floor((Date.now() + ahead * HOUR) / DAY);
  // Day 0 was a Thursday. Ahead, an iteration begins there today; behind, in UTC.
  const begins = ahead > 0 ? there : there + 1;
  const edits = [
    { "time-zone": zone },
    { "started-on": there - 30 },
    { "start-weekday": (begins + 3) % 7 },
    { "initial-velocity": 4 },
    { strength: { iteration: 6, strength: 50 } },
    { length: { iteration: 7, weeks: 2 } },
  ];
  const project = await member.begin("Far away");
  await member.fill(
    project,
    ["one", "two", "three", "four", "five", "six"].map((title, place) => ({ title, type: "feature", estimate: 1 + (place % 3) })),
  );
  await member.command(project, { "edit-settings": { edits } });
  return project;
}

async function planOf(project) {
  const { status, body } = await member.request(`/api/projects/${project}/plan`);
  assert.equal(status, 200);
  return body;
}

/** The iterations on the page, with their points, from the top down. */
async function seen(board) {
  const lines = await board.page.getByRole("button", { name: /Iteration \d+/ }).evaluateAll((all) => all.map((one) => one.innerText));
  return lines.map((line) => line.match(/Iteration (\d+)[^]*?(\d+) of (\d+) points?/).slice(1).map(Number));
}

test("page and server plan alike where it is another day", async (t) => {
  const place = far();
  const project = await settled(place);
  const board = await Board.open(browser, `${server.url}/projects/${project}`, { timezoneId: "Europe/Berlin" });
  t.after(() => board.page.context().close());
  await board.showsLight("Live");

  const plan = await planOf(project);
  const there = new Date(Date.now() + place.ahead * HOUR).toISOString().slice(0, 10);
  assert.equal(plan.today, there);
  const told = plan.iterations.map(({ number, points, capacity }) => [number, points, capacity]);
  assert.ok(told.length > 2, JSON.stringify(told));
  await eventually(async () => assert.deepEqual(await seen(board), told));

  // One more on top moves the others down, here and there.
  await member.command(project, create({ title: "zero", type: "feature", estimate: 3 }));
  await board.card("zero").waitFor();
  const next = (await planOf(project)).iterations.map(({ number, points, capacity }) => [number, points, capacity]);
  assert.notDeepEqual(next, told);
  await eventually(async () => assert.deepEqual(await seen(board), next));
  await board.assertUndisturbed();
});
