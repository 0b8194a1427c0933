// How soon others see it, and how soon one is back: a commit in one browser to the DOM of another, 1,000 missed changes to the last
// frame, 500 offline edits to the server's word on all of them. `cargo xtask bench live`. Clocks of two browsers on one machine are
// compared first. Knows the page as a person does.

import { cpus, totalmem } from "node:os";
import { Board } from "../board.mjs";
import { until } from "../eventually.mjs";
import { launchBrowser, startServer } from "../harness.mjs";
import { Member, create } from "../member.mjs";

const EDITS = Number(process.env.EDITS ?? 400);
const MISSED = 1_000;
const OFFLINE = 500;
const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** The first edits warm the engine's compilers and do not count. */
const WARM_UP = 20;

/** Milliseconds for what must happen; a guard. */
const LONG = { limit: 60_000 };

/** Two clocks further apart than this, in milliseconds, measure nothing. */
const SKEW = 2;

/** What one clicks in each state, round and round; nothing is accepted, so that every story goes on for ever. */
const CLICKS = { unstarted: "Start", started: "Finish", finished: "Deliver", delivered: "Reject", rejected: "Restart" };
const NEXT = { Start: "started", Finish: "finished", Deliver: "delivered", Reject: "rejected", Restart: "started" };

const ends = [];
const scope = { after: (end) => ends.unshift(end) };
let missed = false;
try {
  await run();
} finally {
  for (const end of ends) await end();
}
process.exitCode = missed ? 1 : 0;

async function run() {
  const server = await startServer(scope);
  const [one, other] = [await launchBrowser(scope), await launchBrowser(scope)];
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, \
Chromium ${one.version()}, node ${process.version}`);
  const member = await Member.join(server.url);
  await commitToDom(server, member, one, other);
  await catchUp(server, member, other);
  await drain(server, member, one);
}

async function open(browser, server, project) {
  const board = await Board.open(browser, `${server.url}/projects/${project}`);
  await board.showsLight("Live", LONG);
  await board.page.evaluate(install);
  return board;
}

/** A project with so many bugs in the backlog. */
function begin(member, name, count) {
  return member.begin(name, Array.from({ length: count }, (_, place) => ({ title: `Story ${place + 1}` })));
}

async function commitToDom(server, member, one, other) {
  const project = await begin(member, "Commit to DOM", 12);
  const [ann, ben] = [await open(one, server, project), await open(other, server, project)];
  const skew = Math.max(Math.abs(await offset(ann)), Math.abs(await offset(ben)));
  if (skew > SKEW) throw new Error(`the clocks are ${skew.toFixed(1)} ms apart`);
  const since = await member.version(project);
  const [acted, seen] = [[], []];
  const states = {};
  for (let turn = 0; turn < EDITS + WARM_UP; turn++) {
    const title = `Story ${(turn % 12) + 1}`;
    const button = CLICKS[states[title] ?? "unstarted"];
    states[title] = NEXT[button];
    const shown = ben.page.evaluate((label) => window.shown(label), `${title}, bug, ${states[title]}`);
    await ann.step(title, button);
    seen.push((await shown).dom);
    acted.push(await ann.page.evaluate(() => window.clickedAt));
    // Not in step with the frames of either browser.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  }
  const changes = await member.changes(project, since);
  const stamps = changes.map((change) => change.at);
  if (stamps.length !== seen.length) throw new Error(`${seen.length} clicks made ${stamps.length} changes`);
  const counted = (times) => times.slice(WARM_UP);
  const byStamp = counted(seen.map((time, turn) => time - stamps[turn]));
  const byClick = counted(seen.map((time, turn) => time - acted[turn]));
  console.log(`\n${EDITS} clicks in one browser, seen in another (clocks ${skew.toFixed(2)} ms apart at most), ms`);
  line("server's stamp to DOM", byStamp);
  line("click to DOM", byClick);
  target("p50 of commit to DOM", percentile(byStamp, 50), 20);
  target("p99 of commit to DOM", percentile(byStamp, 99), 100);
  await Promise.all([ann, ben].map((board) => board.page.context().close()));
}

async function catchUp(server, member, browser) {
  const project = await begin(member, "Catch-up", 100);
  const board = await open(browser, server, project);
  const stories = await member.stories(project);
  const [dom, frame] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await board.page.context().setOffline(true);
    await until(() => board.light(), (words) => words.startsWith("Offline"), LONG);
    const last = `Last of round ${round}`;
    await member.many(project, missedChanges(stories, round, last));
    const shown = board.page.evaluate((label) => window.shown(label), `${last}, `);
    await board.page.context().setOffline(false);
    const times = await shown;
    const online = await board.page.evaluate(() => window.onlineAt);
    dom.push(times.dom - online);
    frame.push(times.frame - online);
    await board.showsLight("Live", LONG);
  }
  console.log(`\n${MISSED} missed changes, ${ROUNDS} rounds, from online, ms`);
  line("to the DOM", dom);
  line("to the frame", frame);
  target(`catch-up of ${MISSED}, median to the frame`, percentile(frame, 50), 300);
  await board.page.context().close();
}

/** Stories added, edited and moved on; the last change gives the first story a name to wait for. */
function missedChanges(stories, round, last) {
  const edit = (id, title) => ({ "edit-story": { id, edits: [{ title }] } });
  const commands = Array.from({ length: MISSED - 1 }, (_, turn) =>
    turn % 4 === 0
      ? create({ title: `Added ${round}.${turn}`, panel: "icebox" })
      : edit(stories[1 + (turn % (stories.length - 1))].id, `Edited ${round}.${turn}`),
  );
  return [...commands, edit(stories[0].id, last)];
}

async function drain(server, member, browser) {
  const project = await begin(member, "Drain", 10);
  const board = await open(browser, server, project);
  const [stamped, page] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const since = await member.version(project);
    await board.page.context().setOffline(true);
    await until(() => board.light(), (words) => words.startsWith("Offline"), LONG);
    const began = performance.now();
    await board.page.evaluate(clickAround, { clicks: CLICKS, times: OFFLINE });
    const took = performance.now() - began;
    await until(() => board.light(), (words) => words.includes(`${OFFLINE} changes kept`), LONG);
    const drained = board.page.evaluate(() => window.drained());
    await board.page.context().setOffline(false);
    const at = await drained;
    const online = await board.page.evaluate(() => window.onlineAt);
    const changes = await member.changes(project, since);
    if (changes.length !== OFFLINE) throw new Error(`${OFFLINE} edits made ${changes.length} changes`);
    stamped.push(changes.at(-1).at - online);
    page.push(at - online);
    if (round === 0) console.log(`\n${OFFLINE} offline edits (given in ${(took / 1_000).toFixed(1)} s), ${ROUNDS} rounds, from online, ms`);
    await board.showsLight("Live", LONG);
  }
  line("to the server's last stamp", stamped);
  line("to the page's word that all is there", page);
  target(`queue of ${OFFLINE} drained, longest`, Math.max(...page), 5_000);
}

/** Milliseconds by which a page's clock is ahead of this program's. */
async function offset(board) {
  const offsets = [];
  for (let turn = 0; turn < 20; turn++) {
    const before = clock();
    const there = await board.page.evaluate(() => window.clock());
    const after = clock();
    offsets.push({ width: after - before, ahead: there - (before + after) / 2 });
  }
  // The quickest exchange leaves the least room for error.
  return offsets.sort((a, b) => a.width - b.width)[0].ahead;
}

function clock() {
  return performance.timeOrigin + performance.now();
}

/** Runs in the page: writes down when what happened. */
function install() {
  window.clock = () => performance.timeOrigin + performance.now();
  addEventListener("click", () => (window.clickedAt = window.clock()), { capture: true });
  addEventListener("online", () => (window.onlineAt = window.clock()), { capture: true });
  const when = (holds, root) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return false;
        const dom = window.clock();
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve({ dom, frame: window.clock() })));
        return true;
      };
      const observer = new MutationObserver(look);
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });
  const rows = () => Array.from(document.querySelectorAll("[role=listitem][data-story]"));
  window.shown = (label) => when(() => rows().some((row) => row.ariaLabel?.startsWith(label)), document.querySelector("main"));
  const header = document.querySelector("header");
  const words = () => header.querySelector("[role=status]").innerText;
  window.drained = async () => (await when(() => !/kept|saving/.test(words()), header)).dom;
}

/** Runs in the page: clicks from story to story, each time once the click before has shown its effect. */
async function clickAround({ clicks, times }) {
  const rows = () => Array.from(document.querySelectorAll("[role=listitem][data-story]"));
  for (let turn = 0; turn < times; turn++) {
    const title = `Story ${(turn % 10) + 1}`;
    const row = () => rows().find((row) => row.ariaLabel.startsWith(`${title}, `));
    const before = row().ariaLabel;
    const name = clicks[before.split(", ")[2]];
    Array.from(row().querySelectorAll("button")).find((button) => button.innerText.trim() === name).click();
    while (row().ariaLabel === before) await new Promise(requestAnimationFrame);
  }
}

function line(what, times) {
  const show = (value) => value.toFixed(1).padStart(9);
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  console.log(`${what.padEnd(40)} p50${show(p50)}   p99${show(p99)}   max${show(Math.max(...times))}   of ${times.length}`);
}

function target(what, value, most) {
  const met = value <= most;
  missed ||= !met;
  console.log(`${met ? "met   " : "MISSED"} ${what}: ${value.toFixed(1)} ms, target ${most} ms`);
}

function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}
