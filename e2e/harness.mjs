// Starts the real server and a real browser for a test, and ends both with it. Knows the server's options and the line with its
// address; must never know a page or a story.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** What is tested where TRUESTORY_BIN names no other program: `trunk build && cargo build -p truestory-server`. */
const DEBUG_BUILD = fileURLToPath(new URL("../target/debug/truestory", import.meta.url));

/** Milliseconds that a server on a loaded machine may take until it listens. */
const START_LIMIT = 30_000;

/** Milliseconds for a graceful end; after them the process is killed. */
const STOP_LIMIT = 10_000;

/** The same as in webdriver.json: nothing but the page's own traffic, and no sandbox, which root does not get. */
const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/**
 * A running `truestory serve` on a port and a data folder of its own.
 *
 * `test` is what `node:test` hands to a test, or anything with `after(callback)`. `options`: `demo` fills the sample project, `accounts`
 * lets nobody in without an account (everyone is let in otherwise), `listen` is where it listens (a free port otherwise), `args` are
 * further arguments, `env` further variables.
 *
 * The answer: `url` without a last slash; `data`, the folder; `log`, the lines it wrote; `kill(signal)`, which waits for the end (by
 * default SIGKILL); `restart()`, which starts it again on the same port and data.
 */
export async function startServer(test, options = {}) {
  const data = await mkdtemp(join(tmpdir(), "truestory-e2e-"));
  const server = new Server(data, options);
  test.after(async () => {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  });
  await server.start(options.listen ?? "127.0.0.1:0");
  return server;
}

/** Any other program that prints its `http://` address once it listens; ended with the test. The answer has `url`, `log` and `kill`. */
export async function startProgram(test, path, args = [], env = {}) {
  const program = new Program();
  test.after(() => program.stop());
  await program.run(path, args, env);
  return program;
}

/** A browser without a window, closed with the test. `options` are Playwright's. */
export async function launchBrowser(test, options = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS, ...options });
  test.after(() => browser.close());
  return browser;
}

/**
 * A browser that keeps what it has in a folder, as a person's own does: started again on the folder it is the same one. Closed with the
 * test; `close()` closes it before. `options` are Playwright's.
 */
export async function launchProfile(test, folder, options = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: CHROMIUM_ARGUMENTS, ...options });
  test.after(() => context.close());
  return context;
}

/** A folder for a test, removed after it. */
export async function folder(test) {
  const path = await mkdtemp(join(tmpdir(), "truestory-e2e-"));
  test.after(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

class Program {
  #child;
  url;
  log = [];

  async run(path, args, env) {
    const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    children.add(child);
    child.once("close", () => children.delete(child));
    createInterface({ input: child.stderr }).on("line", (line) => this.log.push(line));
    this.url = await this.#address(child, path);
  }

  /** The number of its process. */
  get pid() {
    return this.#child?.pid;
  }

  async kill(signal = "SIGKILL") {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    child.kill(signal);
    await ended;
  }

  async stop() {
    const tooLong = setTimeout(() => this.#child?.kill("SIGKILL"), STOP_LIMIT);
    await this.kill("SIGTERM");
    clearTimeout(tooLong);
  }

  #address(child, path) {
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${path} ${why}; it wrote:\n${this.log.join("\n")}`));
      const limit = setTimeout(() => fail(`said no address within ${START_LIMIT} ms`), START_LIMIT);
      child.once("error", (error) => fail(`cannot be started: ${error.message}`));
      child.once("close", (code, signal) => fail(`ended with ${signal ?? code}`));
      child.once("close", () => clearTimeout(limit));
      createInterface({ input: child.stdout }).on("line", (line) => {
        this.log.push(line);
        const address = line.match(/http:\/\/[^\s/"']+:\d+/);
        if (!address) return;
        clearTimeout(limit);
        resolve(address[0]);
      });
    });
  }
}

class Server extends Program {
  #options;

  constructor(data, options) {
    super();
    this.data = data;
    this.#options = options;
  }

  start(listen) {
    const path = process.env.TRUESTORY_BIN ?? DEBUG_BUILD;
    const { demo = false, accounts = false, args = [], env = {} } = this.#options;
    const door = demo ? ["--demo"] : accounts ? [] : ["--open"];
    const all = ["serve", "--listen", listen, "--data", this.data, ...door, ...args];
    return this.run(path, all, env);
  }

  async restart() {
    await this.kill();
    await this.start(new URL(this.url).host);
  }
}

/** What must not outlive this process, however it ends. */
const children = new Set();
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
