// What one remote event costs the page at 100, 1,000 and 10,000 stories, and what the first load weighs. All sizes take turns in one run,
// so that a busy machine is busy for all of them: compare the ratios. `cargo xtask bench page`.

import { get } from "node:http";
import { cpus, totalmem } from "node:os";
import { Board } from "../board.mjs";
import { until } from "../eventually.mjs";
import { launchBrowser, startServer } from "../harness.mjs";
import { Member, create } from "../member.mjs";
import { Tracer, painted } from "../trace.mjs";

const SIZES = [100, 1_000, 10_000];

/** The first rounds warm the engine's compilers and do not count. */
const WARM_UP = 5;
const ROUNDS = Number(process.env.ROUNDS ?? 25);

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
  const pages = [];
  for (const size of SIZES) pages.push(await open(browser, server.url, member, size));
  await weigh(browser, pages[0].url);
  const samples = await measure(pages);
  report(pages, samples, await count(pages));
}

/** A page with so many stories, half of them in the backlog, and what can happen to it from afar. */
async function open(browser, url, member, size) {
  const project = await member.begin(`${size} stories`, stories(size));
  const began = performance.now();
  const board = await Board.open(browser, `${url}/projects/${project}`);
  await board.page.getByRole("listitem").first().waitFor();
  const opened = performance.now() - began;
  await board.showsLight("Live");
  const all = await member.stories(project);
  const [first, last] = [all[1].id, all.at(-1).id];
  let turn = 0;
  const edit = (id) => () => member.command(project, { "edit-story": { id, edits: [{ title: `Retitled ${(turn += 1)}` }] } });
  const acts = {
    "update one in sight": edit(first),
    "insert at the top": () => member.command(project, create({ title: `Inserted ${(turn += 1)}` })),
    "update one out of sight": edit(last),
  };
  const arrival = await arrivals(board.page);
  const tracer = await Tracer.attach(browser, board.page, ["truestory-app"]);
  return { size, url: `${url}/projects/${project}`, board, opened, acts, arrival, tracer };
}

function stories(size) {
  return Array.from({ length: size }, (_, place) => ({
    title: `Story ${place + 1} with a title of some forty letters`,
    type: place % 3 ? "feature" : "bug",
    estimate: place % 3 ? place % 4 : undefined,
    panel: place < size / 2 ? "backlog" : "icebox",
    labels: LABELS.slice(place % 5, (place % 5) + 2),
    description: "As a visitor I want to see how much a page bears, so that it stays quick.",
  }));
}

/** Resolves once the next change has come in by the WebSocket. */
async function arrivals(page) {
  const control = await page.context().newCDPSession(page);
  await control.send("Network.enable");
  let heard = 0;
  control.on("Network.webSocketFrameReceived", ({ response }) => {
    if (response.payloadData.includes('"story-')) heard += 1;
  });
  return async (act) => {
    const before = heard;
    await act();
    await until(() => heard, (now) => now > before);
  };
}

/** `samples[act][place of the size]`, a list of costs each. */
async function measure(pages) {
  const names = Object.keys(pages[0].acts);
  const samples = Object.fromEntries(names.map((name) => [name, pages.map(() => [])]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const name of names) {
      for (const [place, page] of pages.entries()) {
        await page.board.page.bringToFront();
        const cost = await page.tracer.record(() => page.arrival(page.acts[name]));
        // A beacon that came in between spoils the sample.
        if (cost && round >= 0) samples[name][place].push(cost);
      }
    }
  }
  return samples;
}

/** How many rows of the page one event touches, per act and size. */
async function count(pages) {
  const counts = {};
  for (const [name] of Object.entries(pages[0].acts)) {
    counts[name] = [];
    for (const { board, arrival, acts } of pages) {
      await board.page.bringToFront();
      await board.page.evaluate(watchRows);
      await arrival(acts[name]);
      await painted(board.page);
      counts[name].push(await board.page.evaluate(() => window.touchedRows()));
    }
  }
  return counts;
}

function watchRows() {
  const touched = new Set();
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const node of [target, ...addedNodes]) touched.add(node.parentElement?.closest("[role=listitem]") ?? rowOf(node));
    }
  });
  const rowOf = (node) => (node.role === "listitem" ? node : null);
  observer.observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
  window.touchedRows = () => {
    observer.disconnect();
    touched.delete(null);
    return touched.size;
  };
}

function report(pages, samples, counts) {
  const sizes = pages.map(({ size }) => size.toLocaleString("en"));
  console.log(`\none remote event, medians of ${ROUNDS} rounds in ms: script / script, style, layout and paint`);
  row("", sizes);
  for (const [name, perSize] of Object.entries(samples)) {
    const medians = perSize.map((costs) => ["script", "whole"].map((part) => median(costs.map((cost) => cost[part]))));
    row(name, medians.map(([script, whole]) => `${script.toFixed(2)} / ${whole.toFixed(2)}`));
    row("  against 100", medians.map(([script, whole]) => `${times(script, medians[0][0])} / ${times(whole, medians[0][1])}`));
    row("  rows touched", counts[name].map(String));
  }
  row("open, ms", pages.map(({ opened }) => opened.toFixed(0)));
}

function row(name, cells) {
  console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(16)).join(""));
}

function times(value, base) {
  return `${(value / base).toFixed(2)}×`;
}

function median(values) {
  const sorted = values.toSorted ? values.toSorted((a, b) => a - b) : [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Prints what every file of a first load weighs on the wire. */
async function weigh(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const urls = new Set();
  page.on("response", (response) => urls.add(response.url()));
  await page.goto(url);
  await page.getByRole("region").first().waitFor();
  await context.close();
  const files = [];
  for (const address of urls) {
    const path = new URL(address).pathname;
    if (!/^\/(api|app|pusher)\//.test(path)) files.push([path, await onTheWire(address)]);
  }
  files.sort(([, one], [, other]) => other.bytes - one.bytes);
  const total = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  console.log("\nfirst load, bytes on the wire with Accept-Encoding: br");
  for (const [path, { bytes, encoding }] of [...files, ["total", { bytes: total, encoding: "" }]]) {
    console.log(`${path.replace(/projects\/.*/, "").padEnd(52)}${bytes.toLocaleString("en").padStart(10)} ${encoding}`);
  }
}

function onTheWire(address) {
  return new Promise((resolve, reject) => {
    const asked = get(address, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk) => (bytes += chunk.length));
      answer.on("end", () => resolve({ bytes, encoding: answer.headers["content-encoding"] ?? "as it is" }));
    });
    asked.on("error", reject);
  });
}
