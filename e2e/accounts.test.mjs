// Accounts from the first to the last, with several people in browsers of their own. Knows the pages as a person does; must never know an
// element's class.

import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { SMTPServer } from "smtp-server";
import { Board } from "./board.mjs";
import { LIMIT, eventually, until } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { assertFits, assertSound } from "./sound.mjs";

const browser = await launchBrowser({ after });

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

const ADA = { name: "Ada Lovelace", email: "ada@example.com", password: "correct horse battery" };
const BEN = { name: "Ben", email: "ben@example.com", password: "a purple bicycle" };

/** A browser of someone's own, at pages that are no backlog. */
class Person {
  static async at(t, url, options = {}) {
    const context = await browser.newContext({ viewport: WIDE, ...options });
    t.after(() => context.close());
    const person = new Person(await context.newPage());
    await person.goes(url);
    return person;
  }

  constructor(page) {
    this.page = page;
    this.problems = [];
    page.setDefaultTimeout(LIMIT);
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (said) => said.text().includes("Content Security Policy") && this.problems.push(said.text()));
  }

  async goes(url) {
    await this.page.goto(url);
  }

  /** Waits for the page with this heading. */
  async sees(heading) {
    await this.page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  }

  field(name) {
    return this.page.getByLabel(name, { exact: true });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  part(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** Fills in the fields by their names, and presses Enter in the last. */
  async fills(fields) {
    for (const [name, text] of Object.entries(fields)) await this.field(name).fill(text);
    await this.field(Object.keys(fields).at(-1)).press("Enter");
  }

  async signsIn({ email, password }) {
    await this.fills({ "E-mail address": email, Password: password });
  }

  async signsUp({ name, email, password }) {
    await this.fills({ "Your name": name, "E-mail address": email, Password: password });
  }

  /** The path at which the page is. */
  path() {
    return new URL(this.page.url()).pathname;
  }

  async eventuallyAt(path) {
    await eventually(() => this.path(), path);
  }

  /** Clicks a button that asks, and says yes. */
  async confirms(button, yes) {
    await this.button(button).click();
    await this.button(yes).click();
  }
}

/** A fresh installation, its first account and a project. */
async function begin(t, options = {}) {
  const server = await startServer(t, { accounts: true, ...options });
  const ada = await Person.at(t, server.url);
  await ada.sees("Make the first account");
  await ada.signsUp(ADA);
  await ada.sees("Projects");
  await ada.fills({ "New project": "Rocket shop" });
  await ada.page.getByRole("region", { name: "Backlog" }).waitFor();
  const project = ada.path();
  assert.match(project, /^\/projects\/[0-9a-f]{32}$/);
  return { server, ada, project };
}

/** The link of an invitation. */
async function invitation(ada, project, role) {
  await ada.goes(`${new URL(ada.page.url()).origin}${project}/people`);
  await ada.sees("People of Rocket shop");
  await ada.page.getByRole("radio", { name: role }).check();
  await ada.button("Invite").click();
  return ada.field(`A link for ${role === "Owner" ? "an" : "a"} ${role.toLowerCase()}`).inputValue();
}

async function benJoins(t, { ada, project }, role = "Client") {
  const link = await invitation(ada, project, role);
  const ben = await Person.at(t, link);
  await ben.sees("Join Rocket shop");
  await ben.page.getByText(`Ada Lovelace invites you as a ${role.toLowerCase()}.`).waitFor();
  assert.equal(ben.page.url(), link.replace(/#.*/, ""), "the secret stands in the address");
  await ben.signsUp(BEN);
  await ben.page.getByRole("region", { name: "Backlog" }).waitFor();
  await ben.eventuallyAt(project);
  return ben;
}

test("from the first account to a client who lost the password", async (t) => {
  const { server, ada, project } = await begin(t);
  const ben = await benJoins(t, { ada, project });

  await ada.goes(`${server.url}${project}/people`);
  await ada.part("Members").getByText("Ben", { exact: true }).waitFor();
  await ada.part("Members").getByText("You are the only owner: make someone else an owner before you leave.").waitFor();
  assert.equal(await ada.button("Leave this project").count(), 0);

  await ben.goes(server.url);
  await ben.button("Sign out").click();
  await ben.sees("Sign in");

  await ben.goes(`${server.url}/sign-in?next=${encodeURIComponent(`${project}/people`)}`);
  await ben.signsIn({ ...BEN, password: "not this one at all" });
  await ben.page.getByText("The e-mail address or the password is wrong.").waitFor();
  assert.equal(await ben.field("E-mail address").inputValue(), BEN.email);
  await ben.signsIn(BEN);
  await ben.sees("People of Rocket shop");
  await ben.eventuallyAt(`${project}/people`);
  // A client sees who is there, and no more.
  assert.equal(await ben.button("Remove Ada Lovelace").count(), 0);
  assert.equal(await ben.button("Invite").count(), 0);

  await ada.goes(`${server.url}/account`);
  await ada.page.getByRole("link", { name: "all accounts" }).click();
  await ada.sees("Accounts");
  await ada.button("Recovery link for Ben").click();
  const link = await ada.field("The link").inputValue();

  const again = await Person.at(t, link);
  await again.sees("A new password");
  assert.equal(new URL(again.page.url()).hash, "");
  await again.fills({ "New password": "another purple bicycle" });
  await again.sees("Projects");
  await again.page.getByRole("link", { name: /Rocket shop/ }).waitFor();

  // The other browser is signed out by that.
  await ben.goes(`${server.url}/account`);
  await ben.sees("Sign in");
  await ben.signsIn({ ...BEN, password: "another purple bicycle" });
  await ben.sees("Your account");

  // The link was good once.
  const late = await Person.at(t, link);
  await late.fills({ "New password": "yet another bicycle" });
  await late.page.getByText("This link was used, or its time is over; ask for another.").waitFor();

  await ada.goes(`${server.url}/accounts`);
  await ada.part("Security log").getByText("ben@example.com").first().waitFor();
  for (const person of [ada, ben, again, late]) assert.deepEqual(person.problems, []);
});

test("sessions are seen and ended, one and all", async (t) => {
  const { server, ada } = await begin(t);
  const phone = await Person.at(t, `${server.url}/account`, { viewport: PHONE });
  await phone.sees("Sign in");
  await phone.signsIn(ADA);
  await phone.sees("Your account");

  await ada.goes(`${server.url}/account`);
  const sessions = ada.part("Where you are signed in").getByRole("listitem");
  await eventually(() => sessions.count(), 2);
  await ada.button("Sign out Chrome on Linux").click();
  await ada.button("Sign it out").click();
  await eventually(() => sessions.count(), 1);
  await phone.goes(`${server.url}/account`);
  await phone.signsIn(ADA);
  await phone.sees("Your account");

  // With another password the phone is signed out, and the list knows it.
  await ada.page.reload();
  await eventually(() => sessions.count(), 2);
  const password = "a better password";
  await ada.fills({ "New password": password, "Current password": ADA.password });
  await ada.page.getByText("Changed.").waitFor();
  await eventually(() => sessions.count(), 1);
  await phone.goes(`${server.url}/account`);
  await phone.signsIn({ ...ADA, password });
  await phone.sees("Your account");

  await ada.page.getByText("This browser is signed out too.").waitFor();
  await ada.button("Sign out everywhere").click();
  await ada.sees("Sign in");
  await phone.goes(`${server.url}/account`);
  await phone.sees("Sign in");
});

test("who signs in on one page goes on by themselves on the others", async (t) => {
  const { server, ada } = await begin(t);
  await ada.goes(`${server.url}/account`);
  await ada.button("Sign out").click();
  await ada.sees("Sign in");
  const others = [];
  for (const path of ["/account", "/sign-in?next=/account"]) {
    const other = new Person(await ada.page.context().newPage());
    await other.goes(`${server.url}${path}`);
    await other.sees("Sign in");
    await other.field("Password").fill("half of it");
    others.push(other);
  }
  await ada.signsIn(ADA);
  await ada.sees("Projects");
  for (const other of others) {
    // A browser without a window gives every page the focus, and tells none of a change.
    await other.page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await other.sees("Your account");
  }
});

test("one's face, one's password, and a token that is shown once", async (t) => {
  const { server, ada } = await begin(t);
  await ada.goes(`${server.url}/account`);
  await ada.sees("Your account");
  await ada.field("Name").fill("Ada King");
  await ada.part("How others see you").getByText("AK", { exact: true }).first().waitFor();
  await ada.page.getByRole("radio", { name: "Teal" }).check({ force: true });
  await ada.button("Save").click();
  await ada.page.getByText("Saved.").waitFor();
  await ada.page.getByRole("link", { name: "Ada King" }).waitFor();
  await ada.page.reload();
  assert.equal(await ada.field("Name").inputValue(), "Ada King");
  assert.equal(await ada.page.getByRole("radio", { name: "Teal" }).isChecked(), true);

  await ada.fills({ "Current password": "not the present one", "New password": "a better password" });
  await ada.page.getByText("This is not your current password.").waitFor();
  assert.equal(await ada.page.evaluate(() => document.activeElement.name), "present");
  await ada.fills({ "New password": "a better password", "Current password": ADA.password });
  await ada.page.getByText("Changed.").waitFor();
  assert.equal(await ada.field("New password").inputValue(), "");

  await ada.fills({ "What it is for": "Nightly export" });
  await ada.page.getByText("Choose at least one project.").waitFor();
  assert.equal(await ada.field("What it is for").inputValue(), "Nightly export");
  await ada.page.getByRole("checkbox", { name: "Rocket shop" }).check();
  await ada.button("Make a token").click();
  const token = await ada.field("The new token").inputValue();
  assert.match(token, /^truestory_[0-9a-f]{64}$/);
  const asked = (path) => fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await asked("/api/projects")).status, 200);
  await ada.page.reload();
  await ada.part("API tokens").getByText("Nightly export").waitFor();
  assert.equal(await ada.field("The new token").count(), 0);
  await ada.confirms("Revoke Nightly export", "Revoke it");
  await ada.part("API tokens").getByText("Nightly export").waitFor({ state: "detached" });
  assert.equal((await asked("/api/projects")).status, 401);
});

/** A mail server for the settings of a server, and the link of the next letter. */
async function mailbox(t) {
  const letters = [];
  // One that only tells what happened has no link.
  const keep = (letter) => void (letter.includes("#") && letters.push(letter));
  const onData = (stream, session, done) => text(stream).then((letter) => done(keep(letter)), done);
  const smtp = new SMTPServer({ disabledCommands: ["STARTTLS"], authOptional: true, onData });
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  t.after(() => new Promise((closed) => smtp.close(closed)));
  const settings = ["--url", "http://backlog.example.com", "--mail-from", "backlog@example.com"];
  return {
    args: [...settings, "--smtp", `smtp://127.0.0.1:${smtp.server.address().port}`],
    link: async (server) => {
      await until(() => letters.length, (count) => count > 0, { what: "a letter" });
      const [, path] = letters.shift().match(/^http:\/\/backlog\.example\.com(\/[a-z]+#[0-9a-f]{64})\r?$/m);
      return `${server.url}${path}`;
    },
  };
}

test("by mail: an invitation, a lost password, an account that waits for its letter", async (t) => {
  const mail = await mailbox(t);
  const { server, ada, project } = await begin(t, { args: [...mail.args, "--sign-up"] });
  await ada.goes(`${server.url}${project}/people`);
  await ada.page.getByRole("radio", { name: "Client" }).check();
  await ada.fills({ "Send it by mail to": BEN.email });
  await ada.page.getByText("An invitation is on its way to ben@example.com. It is good once.").waitFor();
  assert.equal(await ada.field("A link for a client").count(), 0);

  const ben = await Person.at(t, await mail.link(server));
  await ben.sees("Join Rocket shop");
  await ben.signsUp(BEN);
  await ben.page.getByRole("region", { name: "Backlog" }).waitFor();

  const away = await Person.at(t, `${server.url}/sign-in`);
  await away.button("Lost your password?").click();
  await away.fills({ "E-mail address": BEN.email });
  await away.page.getByText(/^If ben@example.com has an account here, a link is on its way there\./).waitFor();
  await away.goes(await mail.link(server));
  await away.fills({ "New password": "another purple bicycle" });
  await away.sees("Projects");

  const eve = await Person.at(t, `${server.url}/sign-up`);
  await eve.signsUp({ name: "Eve", email: "eve@example.com", password: "will not be taken" });
  await eve.page.getByRole("status").getByText(/^Almost done: a letter is on its way to that address/).waitFor();
  await eve.goes(await mail.link(server));
  await eve.fills({ "New password": "a yellow bicycle" });
  await eve.page.getByText("You are in no project yet.").waitFor();
});

test("signing out asks before anything is lost that is on this device alone", async (t) => {
  const { server, ada, project } = await begin(t);
  const board = new Board(ada.page);
  await board.visit(`${server.url}${project}`);
  await board.showsLight("Live");
  await ada.page.context().setOffline(true);
  await board.add("Icebox", { title: "Not at the server" });
  await ada.goes("about:blank");
  await ada.page.context().setOffline(false);

  await ada.goes(server.url);
  await ada.button("Sign out").click();
  await ada.page.getByText(/^This device keeps 1 change of yours that the server does not have yet\./).waitFor();
  await ada.button("Stay").click();
  await board.visit(`${server.url}${project}`);
  await board.shows({ Icebox: ["Not at the server"] });
  await board.showsLight("Live");
  await ada.goes(server.url);
  await ada.button("Sign out").click();
  await ada.sees("Sign in");
});

test("whoever guesses is told when to try again, and what was typed stays", async (t) => {
  const { server } = await begin(t);
  const eve = await Person.at(t, `${server.url}/sign-in`);
  const told = async () => {
    await eve.signsIn({ ...ADA, password: "one of many guesses" });
    await eve.page.locator("button[type=submit]:not([aria-disabled])").waitFor();
    return eve.page.getByRole("alert").innerText();
  };
  const said = await until(told, (said) => said.startsWith("Too many tries."));
  assert.match(said, /^Too many tries\. Try again (now|in \d+ (seconds|minutes))\.$/);
  assert.equal(await eve.field("E-mail address").inputValue(), ADA.email);
  assert.equal(await eve.field("Password").inputValue(), "one of many guesses");
});

test("a role that changes, a member who is removed, a public link that is taken back", async (t) => {
  const { server, ada, project } = await begin(t);
  const ben = await benJoins(t, { ada, project }, "Viewer");

  await ada.goes(`${server.url}${project}/people`);
  await ada.page.getByRole("combobox", { name: "Role of Ben" }).selectOption("Member");
  await ada.part("Members").getByText("Adds, estimates, orders and carries out stories.").waitFor();
  await ben.page.getByRole("button", { name: "Add story" }).first().waitFor();

  // By keyboard: the question has the focus, Escape gives it back.
  await ada.button("Remove Ben").press("Enter");
  const focused = () => ada.page.evaluate(() => document.activeElement.innerText);
  await eventually(focused, "Pages that Ben has open lose the project at once. What Ben did stays.");
  await ada.page.keyboard.press("Escape");
  await eventually(focused, "Remove");
  await ada.confirms("Remove Ben", "Remove from the project");
  await ada.part("Members").getByText("Ben", { exact: true }).waitFor({ state: "detached" });
  await ben.page.getByText("You are not in this project any more").first().waitFor();

  await ada.button("Make a public link").click();
  const link = await ada.field("The public link").inputValue();
  const guest = await Person.at(t, link);
  await guest.page.getByRole("region", { name: "Backlog" }).waitFor();
  await guest.eventuallyAt(project);
  assert.equal(await guest.page.getByRole("button", { name: "Add story" }).count(), 0);
  await ada.page.getByRole("button", { name: /^Take back the public link/ }).click();
  await ada.button("Take it back").click();
  await guest.page.getByRole("heading", { name: "This link is closed" }).waitFor();
  await guest.goes(server.url);
  await guest.page.getByText("The public link by which you are here was taken back.").waitFor();
  assert.equal(await guest.page.getByText(/you can read/).count(), 0);
});

test("nobody is sent to another site by the sign-in", async (t) => {
  const { server, ada } = await begin(t);
  for (const next of ["//example.com/", "https://example.com/", "/\\example.com", "/%09/example.com", "javascript:alert(1)"]) {
    await ada.goes(`${server.url}/sign-in?next=${encodeURIComponent(next)}`);
    await ada.sees("Projects");
    assert.equal(ada.page.url(), `${server.url}/`, next);
  }
});

test("what is wrong is told where it was typed, all at once, and nothing is lost", async (t) => {
  const server = await startServer(t, { accounts: true });
  const ada = await Person.at(t, server.url);
  await ada.signsUp({ name: "Ada", email: "ada", password: "short" });
  const email = ada.field("E-mail address");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
  const described = (await email.getAttribute("aria-describedby")).split(" ");
  assert.equal(await ada.page.locator(`[id="${described[0]}"]`).innerText(), "The e-mail address is an address such as ada@example.com.");
  await ada.page.getByText("The password has 8 to 256 characters, not 5.").waitFor();
  assert.equal(await ada.page.evaluate(() => document.activeElement.name), "email");
  assert.equal(await ada.field("Your name").inputValue(), "Ada");

  await email.fill("ada@example.com");
  await ada.fills({ Password: "password1" });
  await ada.page.getByText("This password is one of those that are tried first: choose another.").waitFor();
  await ada.button("Show password").click();
  assert.equal(await ada.field("Password").getAttribute("type"), "text");
  assert.equal(await ada.field("Password").inputValue(), "password1");
  assert.equal(await ada.field("Password").getAttribute("autocomplete"), "new-password");
  assert.equal(await email.getAttribute("autocomplete"), "username");
});

test("where everyone is let in, the page says so and asks for nothing", async (t) => {
  const server = await startServer(t);
  const anyone = await Person.at(t, server.url);
  await anyone.sees("Projects");
  await anyone.page.getByText("Open: whoever can reach this address can read and change everything here.").waitFor();
  await anyone.goes(`${server.url}/sign-in`);
  await anyone.sees("Projects");
});

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, PHONE]) {
    test(`axe finds nothing on any page, ${colorScheme}, ${viewport.width} pixels`, async (t) => {
      const { server, ada, project } = await begin(t);
      await benJoins(t, { ada, project });
      const link = await invitation(ada, project, "Member");
      const look = await Person.at(t, `${server.url}/sign-in`, { colorScheme, viewport });
      const isSound = async (heading) => {
        await look.sees(heading);
        await assertSound(look);
        await assertFits(look);
      };
      await isSound("Sign in");
      await look.button("Lost your password?").click();
      await isSound("Lost your password?");
      await look.goes(link);
      await look.button("Make the account").click();
      await isSound("Join Rocket shop");
      await look.goes(`${server.url}/recover#${"0".repeat(64)}`);
      await isSound("A new password");
      await look.goes(`${server.url}/shared#${"0".repeat(64)}`);
      await look.page.getByText(/there is no such|ask for another|taken back/i).waitFor();
      await isSound("A public link");
      await look.goes(`${server.url}/account`);
      await look.signsIn(ADA);
      await look.part("API tokens").getByRole("checkbox").waitFor();
      await isSound("Your account");
      await look.goes(`${server.url}${project}/people`);
      await look.button("Remove Ben").click();
      await look.button("Make a public link").click();
      await look.field("The public link").waitFor();
      await isSound("People of Rocket shop");
      await look.goes(`${server.url}/accounts`);
      await look.button("Recovery link for Ben").click();
      await look.field("The link").waitFor();
      await isSound("Accounts");
      await look.goes(server.url);
      await isSound("Projects");
      assert.deepEqual(look.problems, []);
    });
  }
}
