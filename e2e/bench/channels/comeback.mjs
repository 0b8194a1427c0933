// How soon a crowd is back after its server was restarted, and how far apart its members come. Knows crowds by two promises: all are
// subscribed; all are subscribed again. A crowd's members are programs, instances of pusher-js, or pages.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import Pusher from "pusher-js";
import { quantile } from "./figures.mjs";

/** Milliseconds until a crowd is complete; a guard. */
const LIMIT = 120_000;

/** Kills the server, lets it be away, starts it again; answers when it listened, as milliseconds since 1970. */
export async function restart(server, path, away) {
  const { host } = new URL(server.url);
  await server.kill();
  await new Promise((resolve) => setTimeout(resolve, away));
  await server.run(path, [host], {});
  return Date.now();
}

/** One round: the crowd gathers, the server is restarted, the crowd is back. Milliseconds after the server's return. */
export async function comeback(server, path, away, gather) {
  const crowd = await gather(server.url);
  try {
    await within(crowd.subscribed, "to be subscribed");
    const returned = await restart(server, path, away);
    const back = (await within(crowd.back, "to come back")).map((moment) => moment - returned);
    const [first, last] = [Math.min(...back), Math.max(...back)];
    return { p50: quantile(back, 0.5), p95: quantile(back, 0.95), last, spread: last - first };
  } finally {
    await crowd.end();
  }
}

/** Programs on the native driver, all in one process of hub-load. */
export function programs(load, count) {
  return async (url) => {
    const child = spawn(load, ["--address", new URL(url).host, "comeback", "--connections", count], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "close");
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${load} ended early`);
      return JSON.parse(value);
    };
    const subscribed = next();
    const back = subscribed.then(next).then((line) => line.back);
    back.catch(() => {});
    const end = async () => {
      child.kill();
      await ended;
    };
    return { subscribed, back, end };
  };
}

/** Instances of pusher-js in this process. */
export function instances(count) {
  return async (url) => {
    const { hostname, port } = new URL(url);
    const gate = new Gate(count);
    const all = Array.from({ length: count }, () => {
      const pusher = new Pusher("key", { cluster: "", wsHost: hostname, wsPort: Number(port), forceTLS: false, enabledTransports: ["ws"] });
      pusher.subscribe("comeback").bind("pusher:subscription_succeeded", gate.member());
      return pusher;
    });
    return { ...gate.promises(), end: async () => all.forEach((pusher) => pusher.disconnect()) };
  };
}

/** Pages of one browser; `open(url, subscribed)` opens one that calls the function at each subscription. */
export function pages(count, open) {
  return async (url) => {
    const gate = new Gate(count);
    const all = [];
    for (let place = 0; place < count; place++) all.push(await open(url, gate.member()));
    return { ...gate.promises(), end: () => Promise.all(all.map((page) => page.context().close())) };
  };
}

/** Counts first and second subscriptions of a known number of members. */
class Gate {
  #subscribed = promise();
  #back = promise();
  #count;
  #first = 0;
  #moments = [];

  constructor(count) {
    this.#count = count;
  }

  /** What one member calls at each of its subscriptions. */
  member() {
    let times = 0;
    return () => {
      times += 1;
      if (times === 1 && (this.#first += 1) === this.#count) this.#subscribed.resolve();
      if (times === 2 && this.#moments.push(Date.now()) === this.#count) this.#back.resolve(this.#moments);
    };
  }

  promises() {
    return { subscribed: this.#subscribed.promise, back: this.#back.promise };
  }
}

function promise() {
  let resolve;
  const made = new Promise((done) => (resolve = done));
  return { promise: made, resolve };
}

function within(what, name) {
  let guard;
  const late = new Promise((_, reject) => (guard = setTimeout(() => reject(new Error(`waited in vain for the crowd ${name}`)), LIMIT)));
  return Promise.race([what, late]).finally(() => clearTimeout(guard));
}
