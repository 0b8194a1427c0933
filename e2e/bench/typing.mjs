// What a letter typed into the search costs the page among 10,000 stories: from the event to the page laid out, on the page's own clock.
// `cargo xtask bench typing`.

import { cpus, totalmem } from "node:os";
import { Board } from "../board.mjs";
import { until } from "../eventually.mjs";
import { launchBrowser, startServer } from "../harness.mjs";
import { Member } from "../member.mjs";

const STORIES = 10_000;

/** The first rounds warm the engine's compilers and do not count. */
const WARM_UP = 3;
const ROUNDS = Number(process.env.ROUNDS ?? 15);

/** As one types, and what finds few or none. */
const TEXTS = ["c", "ch", "che", "checkout", "checkout refund", "checkout refund zebra", "label:checkout", "is:late", "state:started OR owner:me", ""];

const WORDS =
  "card pay order checkout refund mail receipt invoice theme filter sort login account export import page story label team the of and to in a is for on with as by".split(" ");
const LABELS = ["shop", "checkout", "mail", "launch-day", "accounts"];

const ends = [];
const scope = { after: (end) => ends.unshift(end) };
try {
  await run();
} finally {
  for (const end of ends) await end();
}

async function run() {
  const server = await startServer(scope);
  const browser = await launchBrowser(scope);
  const member = await Member.join(server.url);
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, \
Chromium ${browser.version()}, node ${process.version}`);
  const project = await member.begin("Typing", stories());
  const board = await Board.open(browser, `${server.url}/projects/${project}`);
  await board.showsLight("Live");
  const field = board.page.getByRole("combobox", { name: "Search" });
  await field.fill("zebra");
  await until(() => board.page.locator("#search-standing").innerText(), (words) => words === "None found");
  const samples = await board.page.evaluate(type, { texts: TEXTS, rounds: WARM_UP + ROUNDS });
  console.log(`\na letter typed, ${STORIES.toLocaleString("en")} stories, medians of ${ROUNDS} rounds in ms: script / script, style and layout`);
  for (const [text, costs] of Object.entries(samples)) {
    const counted = costs.slice(WARM_UP);
    const [script, whole] = ["script", "whole"].map((part) => median(counted.map((cost) => cost[part])).toFixed(1));
    console.log(`${(text || "(nothing)").padEnd(28)}${`${script} / ${whole}`.padStart(14)}  ${counted[0].found}`);
  }
}

/** In the page: what each text costs, in turns. */
async function type({ texts, rounds }) {
  const field = document.querySelector("[role=combobox][aria-label=Search]");
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const cost = async (text) => {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const began = performance.now();
    setter.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    // The page draws itself in microtasks.
    for (let turn = 0; turn < 20; turn++) await null;
    const script = performance.now() - began;
    document.querySelector("main").getBoundingClientRect();
    return { script, whole: performance.now() - began, found: document.getElementById("search-standing").innerText };
  };
  const samples = {};
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) (samples[text] ??= []).push(await cost(text));
  }
  return samples;
}

function stories() {
  let seed = 1;
  const dice = (most) => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const text = (count) => Array.from({ length: count }, () => WORDS[dice(WORDS.length)]).join(" ");
  return Array.from({ length: STORIES }, (_, place) => ({
    title: `Story ${place} ${text(6)}`,
    type: place % 3 ? "feature" : "bug",
    estimate: place % 3 ? place % 4 : undefined,
    panel: place < STORIES / 2 ? "backlog" : "icebox",
    labels: LABELS.slice(place % 5, (place % 5) + 2),
    description: text(120),
  }));
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
