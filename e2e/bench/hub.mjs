// What the hub costs: memory of connections that wait, processor time of events that many hear, and how soon 10,000 clients are back
// after a restart. `cargo xtask bench hub`. The load is bench/hub-load, which speaks to any server; PEER_HUB names another program
// that takes an address, prints it, and knows the app of pusher-hub's example `embed`: then both take turns.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startProgram } from "../harness.mjs";
import { comeback, programs } from "./channels/comeback.mjs";
import { bound, machine, median, row, withEnds } from "./channels/figures.mjs";

const LOAD = process.env.HUB_LOAD;
const HUBS = { ours: process.env.PUSHER_HUB_EXAMPLE, ...(process.env.PEER_HUB && { peer: process.env.PEER_HUB }) };

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const FEW_ROUNDS = Math.max(1, Math.floor(ROUNDS / 2));

/** Connections that wait. */
const IDLE = [5_000, 10_000];
/** 200 bytes of data in its frame. */
const FRAME = 270;
const EVENTS = { subscribers: 1_000, events: 100 };
/** Milliseconds that the server is away before 10,000 come back to it. */
const AWAY = 1_000;

await withEnds(async (scope) => {
  console.log(machine());
  await idle(scope);
  await fanOut(scope);
  await returns(scope);
});

/** One measurement against a server of its own. */
async function load(scope, hub, ...args) {
  const server = await startProgram(scope, HUBS[hub], ["127.0.0.1:0"]);
  const { stdout } = await promisify(execFile)(LOAD, ["--address", new URL(server.url).host, "--pid", String(server.pid), ...args]);
  await server.kill();
  return JSON.parse(stdout);
}

async function idle(scope) {
  const [lines, hubs] = [[], Object.keys(HUBS)];
  for (const connections of IDLE) {
    const samples = Object.fromEntries(hubs.map((hub) => [hub, []]));
    for (let round = 0; round < FEW_ROUNDS; round++) {
      for (const hub of hubs) samples[hub].push((await load(scope, hub, "idle", "--connections", String(connections))).each);
    }
    lines.push([connections, samples]);
  }
  console.log(`\nmemory (RSS above the start) of a connection that is subscribed and waits, bytes, medians of ${FEW_ROUNDS} rounds`);
  row("", hubs);
  for (const [connections, samples] of lines) {
    row(`${connections.toLocaleString("en")} connections`, hubs.map((hub) => median(samples[hub]).toLocaleString("en")));
  }
  bound("8 KiB each at 5,000, and 10,000 without an error", median(lines[0][1].ours) <= 8_192);
}

async function fanOut(scope) {
  const { subscribers, events } = EVENTS;
  const size = ["--subscribers", String(subscribers), "--events", String(events)];
  const samples = {};
  const take = async (name, hub, ...args) => (samples[name] ??= []).push((await load(scope, hub, ...args)).microseconds);
  for (let round = 0; round < ROUNDS; round++) {
    for (const hub of Object.keys(HUBS)) {
      for (const pace of ["burst", "calm"]) await take(`${hub}, ${pace}`, hub, "fan-out", ...size, "--bytes", "200", "--pace", pace);
    }
    await take("a bare write to a socket", "ours", "floor", ...size, "--bytes", String(FRAME));
  }
  console.log(`\nserver's processor time for one delivery, µs, ${subscribers} subscribers, ${events} events of 200 bytes by the HTTP API, ${ROUNDS} rounds`);
  const floor = median(samples["a bare write to a socket"]);
  row("", ["median", "least", "against a write"]);
  for (const [name, values] of Object.entries(samples)) {
    row(name, [median(values).toFixed(2), Math.min(...values).toFixed(2), `${(median(values) / floor).toFixed(2)}×`]);
  }
  bound("6 µs for each delivery, events triggered one after the other", median(samples["ours, burst"]) <= 6);
}

async function returns(scope) {
  const rounds = [];
  for (let round = 0; round < FEW_ROUNDS; round++) {
    const server = await startProgram(scope, HUBS.ours, ["127.0.0.1:0"]);
    rounds.push(await comeback(server, HUBS.ours, AWAY, programs(LOAD, 10_000)));
    await server.kill();
  }
  console.log(`\n10,000 clients of ours after a restart, server away for ${AWAY} ms: milliseconds after its return, medians of ${FEW_ROUNDS} rounds`);
  row("", ["p50", "p95", "last"]);
  row("subscribed again", ["p50", "p95", "last"].map((figure) => median(rounds.map((round) => round[figure])).toFixed(0)));
  bound("all within 30 s", rounds.every(({ last }) => last <= 30_000));
}
