// What the client costs beside pusher-js: bytes of a page's first load, time from the socket to the bound function, and how soon a
// crowd is back after a restart. `cargo xtask bench client`. All sides take turns in one run against the hub's example `embed`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { launchBrowser, startProgram } from "../harness.mjs";
import { comeback, instances, pages, programs } from "./channels/comeback.mjs";
import { hear, openEar } from "./channels/ear.mjs";
import { bound, machine, median, quantile, row, withEnds } from "./channels/figures.mjs";

const PAGES = process.env.BENCH_PAGES;
const HUB = process.env.PUSHER_HUB_EXAMPLE;
const PUSHER_JS = new URL("../node_modules/pusher-js/dist/web/", import.meta.url);

const ROUNDS = Number(process.env.ROUNDS ?? 9);
const FEW_ROUNDS = Math.max(1, Math.floor(ROUNDS / 3));

/** Events of a round; the first rounds warm the engine's compilers and do not count. */
const EVENTS = 2_000;
const WARM_UP = 2;

const CROWD = 50;
/** Pages in one browser open their sockets one after the other, so a few of them tell more than a crowd. */
const FEW_PAGES = 5;
/** Milliseconds that the server is away. */
const AWAY = [300, 3_000];

/** Pages that are put before the browser by hand count as public, and would not be let to a server on this machine. */
const BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-features=LocalNetworkAccessChecks"];

/** Who hears, and how. */
const EARS = {
  "ours, data as text": { client: "ear", reading: "text" },
  "ours, data read into a struct": { client: "ear", reading: "value" },
  "ours at opt-level 3, data as text": { client: "ear-fast", reading: "text" },
  "ours at opt-level 3, data read into a struct": { client: "ear-fast", reading: "value" },
  "pusher-js": { client: "pusher-js" },
};

await withEnds(async (scope) => {
  const browser = await launchBrowser(scope, { args: BROWSER });
  console.log(machine(`Chromium ${browser.version()}`));
  size();
  await frames(scope, browser);
  await returns(scope, browser);
});

function size() {
  const page = (name) => weight(join(PAGES, name, "page_bg.wasm")) + weight(join(PAGES, name, "page.js"));
  const bare = page("size-bare");
  console.log("\nbytes that a page's first load grows by, brotli");
  row("the page without it", [bare.toLocaleString("en")]);
  const added = (name) => page(name) - bare;
  const sizes = {
    "ours": added("size-channels"),
    "ours, by hooks": added("size-hooks"),
    "ours, with decryption": added("size-encrypted"),
    "pusher-js": weight(new URL("pusher.min.js", PUSHER_JS)),
    "pusher-js, with decryption": weight(new URL("pusher-with-encryption.min.js", PUSHER_JS)),
  };
  for (const [name, bytes] of Object.entries(sizes)) row(name, [bytes.toLocaleString("en")]);
  bound("25 KB at most", sizes.ours <= 25_000);
}

function weight(file) {
  return brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

async function frames(scope, browser) {
  const server = await startProgram(scope, HUB, ["127.0.0.1:0"]);
  const ears = {};
  for (const [place, [name, ear]] of Object.entries(EARS).entries()) {
    const channel = `ear-${place}`;
    ears[name] = { channel, page: await openEar(browser, server.url, { ...ear, pages: PAGES, channel }), samples: [] };
  }
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const { channel, page, samples } of Object.values(ears)) {
      const cost = await hear(page, server.url, channel, EVENTS);
      if (round >= 0) samples.push(cost);
    }
  }
  for (const { page } of Object.values(ears)) await page.context().close();
  await server.kill();
  report(ears);
}

function report(ears) {
  const of = (name, part) => median(ears[name].samples.map((sample) => sample[part]));
  console.log(`\nan event of 200 bytes, µs: from the socket's message to the bound function / until the socket's listener returns, \
medians of ${ROUNDS} rounds of ${EVENTS}`);
  row("", ["to the function", "against pusher-js", "whole", "against pusher-js"]);
  const against = (name, part) => `${(of(name, part) / of("pusher-js", part)).toFixed(2)}×`;
  for (const name of Object.keys(ears)) {
    row(name, ["toHandler", "whole"].flatMap((part) => [of(name, part).toFixed(1), against(name, part)]));
  }
  const [ours] = Object.keys(ears);
  bound("as shipped no slower than pusher-js to the bound function", of(ours, "toHandler") <= of("pusher-js", "toHandler"));
}

async function returns(scope, browser) {
  const server = await startProgram(scope, HUB, ["127.0.0.1:0"]);
  const open = (client) => (url, subscribed) => openEar(browser, url, { client, pages: PAGES, channel: "comeback", subscribed });
  const crowds = {
    [`ours, ${CROWD} programs`]: programs(process.env.HUB_LOAD, CROWD),
    [`pusher-js, ${CROWD} instances on node`]: instances(CROWD),
    [`ours, ${FEW_PAGES} pages`]: pages(FEW_PAGES, open("ear")),
    [`pusher-js, ${FEW_PAGES} pages`]: pages(FEW_PAGES, open("pusher-js")),
  };
  for (const away of AWAY) {
    const samples = Object.fromEntries(Object.keys(crowds).map((name) => [name, []]));
    for (let round = 0; round < FEW_ROUNDS; round++) {
      for (const [name, gather] of Object.entries(crowds)) samples[name].push(await comeback(server, HUB, away, gather));
    }
    told(away, samples);
  }
  await server.kill();
}

function told(away, samples) {
  console.log(`\nback after ${away} ms without a server: milliseconds after its return, medians of ${FEW_ROUNDS} rounds`);
  row("", ["p50", "p95", "last", "first to last"]);
  const of = (name, part) => median(samples[name].map((sample) => sample[part]));
  for (const name of Object.keys(samples)) row(name, ["p50", "p95", "last", "spread"].map((part) => of(name, part).toFixed(0)));
  const [ours] = Object.keys(samples);
  const worst = quantile(samples[ours].map(({ p95 }) => p95), 1);
  const closest = Math.min(...samples[ours].map(({ spread }) => spread));
  bound(`95 of 100 within 2 s in every round (${worst} ms)`, worst <= 2_000);
  bound(`${CROWD} spread over half a second at least in every round (${closest} ms)`, closest >= 500);
}
