// Signing in through a provider of identities that knows nothing of this program: over HTTP with its cookies, and in a browser. Knows
// the wire and the page as a person does; must never look into the program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Provider, Wanderer, freePort, skip } from "./provider.mjs";

const ROOT = { name: "Root", email: "root@example.com", password: "correct horse 1815" };
const PEOPLE = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada Lovelace" },
  root: { email: "root@example.com", email_verified: true, name: "Somebody" },
  eve: { email: "root@example.com", email_verified: false, name: "Eve" },
};

/** A server and its provider; the administrator has a password. */
async function both(test, options = {}) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const provider = await Provider.start(test, { url, people: PEOPLE, ...options });
  const server = await startServer(test, provider.settings);
  const headers = { "content-type": "application/json" };
  const owned = await fetch(`${server.url}/api/owner`, { method: "POST", headers, body: JSON.stringify(ROOT) });
  assert.equal(owned.status, 200, await owned.text());
  return { provider, server };
}

/** Someone new, who comes back from the provider under that name; answers who they are here, or where they are left. */
async function comes(server, name, path = "/auth/provider") {
  const wanderer = new Wanderer();
  const there = await wanderer.go(`${server.url}${path}`);
  const { at } = await wanderer.signIn(there, name);
  const answer = await wanderer.ask(`${server.url}/api/session`);
  return { at: at.replace(server.url, ""), status: answer.status, session: await answer.json(), wanderer };
}

for (const inToken of [false, true]) {
  const where = inToken ? "in its token" : "where it is asked once more";
  test(`whoever comes by a provider that tells addresses ${where} has an account`, { skip }, async (test) => {
    const { server } = await both(test, { inToken });
    const ada = await comes(server, "ada", "/auth/provider?to=/account");
    assert.deepEqual([ada.at, ada.status, ada.session.actor.name, ada.session.kind], ["/account", 200, "Ada Lovelace", "account"]);
    const again = await comes(server, "ada");
    assert.deepEqual([again.at, again.session.actor], ["/", ada.session.actor]);
    const account = await (await again.wanderer.ask(`${server.url}/api/account`)).json();
    assert.deepEqual([account.email, account.password, account.administrator], ["ada@example.com", false, false]);
    // An address that has an account: the provider knows it to be theirs, or does not.
    const eve = await comes(server, "eve");
    assert.deepEqual([eve.at, eve.status], ["/sign-in?failed=unverified", 401]);
    const root = await comes(server, "root");
    assert.deepEqual([root.status, root.session.actor.name], [200, "Root"]);
  });
}

test("a code is good for the browser alone that fetched it", { skip }, async (test) => {
  const { server } = await both(test);
  const ada = new Wanderer();
  const callback = `${server.url}/auth/provider/callback`;
  const isBack = (at) => at.startsWith(callback);
  const there = await ada.go(`${server.url}/auth/provider`);
  const { at } = await ada.signIn(there, "ada", { until: isBack });
  assert.ok(isBack(at), at);
  const leaves = (answer) => answer.headers.get("location");
  assert.equal(leaves(await new Wanderer().ask(at)), "/sign-in?failed=expired");
  const eve = new Wanderer();
  await eve.ask(`${server.url}/auth/provider`);
  assert.equal(leaves(await eve.ask(at)), "/sign-in?failed=expired");
  // Another's code brought under one's own state is worth nothing: the provider was told whose journey it belongs to (PKCE).
  const own = new URL(leaves(await eve.ask(`${server.url}/auth/provider`)));
  const stolen = new URL(at);
  stolen.searchParams.set("state", own.searchParams.get("state"));
  assert.equal(leaves(await eve.ask(stolen.href)), "/sign-in?failed=unproven");
  assert.equal((await eve.ask(`${server.url}/api/session`)).status, 401);
});

test("a provider that is down stops nobody else, and one with new keys nobody", { skip }, async (test) => {
  const { provider, server } = await both(test);
  await provider.stop();
  const waiting = await new Wanderer().ask(`${server.url}/auth/provider`);
  assert.equal(waiting.headers.get("location"), "/sign-in?failed=unreachable");
  const headers = { "content-type": "application/json" };
  const { email, password } = ROOT;
  const signIn = { method: "POST", headers, body: JSON.stringify({ email, password }) };
  assert.equal((await fetch(`${server.url}/api/sign-in`, signIn)).status, 200);
  await provider.start();
  assert.equal((await comes(server, "ada")).status, 200);
  await provider.stop();
  await provider.start();
  assert.equal((await comes(server, "ada")).status, 200);
});

test("in a browser one comes in by a click, and is told what went wrong", { skip }, async (test) => {
  const { server } = await both(test);
  const browser = await launchBrowser(test);
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${server.url}/account`);
  const way = page.getByRole("link", { name: "Example" });
  await way.click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("The provider did not let you through.").waitFor();
  await page.goto(`${server.url}/account`);
  await way.click();
  await page.getByPlaceholder("Enter any login").fill("ada");
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${server.url}/account`);
  await page.getByLabel("Name", { exact: true }).waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Ada Lovelace");
  const cookies = await context.cookies(server.url);
  const kept = cookies.filter(({ name }) => name.startsWith("truestory_")).map(({ name, httpOnly }) => [name, httpOnly]);
  assert.deepEqual(kept.sort(), [["truestory_device", true], ["truestory_session", true]]);
  assert.deepEqual(problems, []);
});
