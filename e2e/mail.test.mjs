// Letters, through a mail server as there are many: a recovery and an invitation arrive, and what their links bring works over HTTP. Knows
// the wire and what letters hold; must never look into the program.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { until } from "./eventually.mjs";
import { startServer } from "./harness.mjs";
import { freshId } from "./member.mjs";

/** The address that people would type; here it stands in letters alone. */
const URL_IN_LETTERS = "http://backlog.example.com";

const LOGIN = { user: "truestory", password: "the server's password" };
const ADA = { name: "Ada", email: "ada@example.com", password: "correct horse 1815" };
const BEN = { name: "Ben", email: "ben@example.com", password: "another horse 1816" };

/** A mail server that lets one sender in; ended with the test. `letters` are what it took, `logins` how often someone named themselves. */
class MailServer {
  letters = [];
  logins = 0;
  #read = 0;

  static async start(test, { port = 0, ...options } = {}) {
    const mail = new MailServer();
    mail.smtp = new SMTPServer({
      // Without TLS: it is the same machine.
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, session, done) => {
        mail.logins += 1;
        const known = username === LOGIN.user && password === LOGIN.password;
        done(known ? null : new Error("wrong"), known ? { user: username } : undefined);
      },
      onData: (stream, session, done) => {
        text(stream).then((letter) => {
          mail.letters.push({ letter, to: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        }, done);
      },
      ...options,
    });
    // What a client did that broke off its connection is the client's affair.
    mail.smtp.on("error", () => {});
    const listening = once(mail.smtp.server, "listening");
    mail.smtp.listen(port, "127.0.0.1");
    await listening;
    mail.port = mail.smtp.server.address().port;
    test.after(() => mail.stop());
    return mail;
  }

  stop() {
    this.stopped ??= new Promise((resolve) => this.smtp.close(resolve));
    return this.stopped;
  }

  /** What truestory is started with to send its letters here. */
  get settings() {
    const login = `${LOGIN.user}:${encodeURIComponent(LOGIN.password)}`;
    return {
      accounts: true,
      args: ["--url", URL_IN_LETTERS, "--mail-from", "backlog@example.com"],
      // As it is meant to be given: a password on a command line is seen by everyone on the machine.
      env: { TRUESTORY_SMTP: `smtp://${login}@127.0.0.1:${this.port}` },
    };
  }

  /** The next letter, which is to that person; answers the path and the secret of its link. */
  async link(to) {
    await until(() => this.letters.length, (count) => count > this.#read, { what: "a letter" });
    const { letter, to: recipients } = this.letters[this.#read];
    this.#read += 1;
    assert.deepEqual(recipients, [to]);
    const [, path, secret] = letter.match(/^http:\/\/backlog\.example\.com(\/[a-z]+)#([0-9a-f]{64})\r?$/m) ?? assert.fail(letter);
    return { path, secret, letter };
  }
}

/** Sends JSON; answers `{ status, body, cookie, headers }`. */
async function send(server, method, path, body, cookie = "") {
  const headers = { "content-type": "application/json", cookie };
  const answer = await fetch(`${server.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
  const said = await answer.text();
  const cookies = answer.headers.getSetCookie().map((set) => set.split(";")[0]);
  return { status: answer.status, body: said && JSON.parse(said), cookie: cookies.join("; "), headers: answer.headers };
}

/** The page that a link leads to is there. */
async function opens(server, path) {
  const page = await fetch(`${server.url}${path}`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type"), /^text\/html/);
}

/** Waits until the server's log says so. */
function says(server, what) {
  return until(() => server.log.join("\n"), (log) => what.test(log), { what: String(what) });
}

/** The administrator of a fresh installation. */
async function own(server) {
  const { status, body, cookie } = await send(server, "POST", "/api/owner", ADA);
  assert.equal(status, 200, JSON.stringify(body));
  return cookie;
}

test("a recovery arrives by mail, and its link sets a password", async (test) => {
  const mail = await MailServer.start(test);
  const server = await startServer(test, mail.settings);
  const ada = await own(server);
  for (const email of ["nobody@example.com", ADA.email]) {
    const asked = await send(server, "POST", "/api/recovery", { email });
    assert.deepEqual([asked.status, asked.body], [204, ""]);
  }
  const { path, secret, letter } = await mail.link(ADA.email);
  assert.match(letter, /^From: Truestory <backlog@example\.com>\r?$/m);
  assert.equal(path, "/recover");
  await opens(server, path);
  const password = "a third horse 1817";
  const back = await send(server, "POST", "/api/recover", { token: secret, password });
  assert.deepEqual([back.status, back.body.actor.name], [200, "Ada"]);
  assert.equal((await send(server, "GET", "/api/account", undefined, back.cookie)).body.email, ADA.email);
  // The other sessions ended, the old password is over, and the link was good once.
  assert.equal((await send(server, "GET", "/api/session", undefined, ada)).status, 401);
  const signIn = (password) => send(server, "POST", "/api/sign-in", { email: ADA.email, password });
  assert.equal((await signIn(ADA.password)).status, 401);
  assert.equal((await signIn(password)).status, 200);
  assert.equal((await send(server, "POST", "/api/recover", { token: secret, password })).status, 400);
  // Nobody got none; Ada is told what happened, without a link that does anything.
  await until(() => mail.letters.length, (count) => count === 2, { what: "two letters" });
  const told = mail.letters[1];
  assert.deepEqual(told.to, [ADA.email]);
  assert.match(told.letter, /^Subject: Your password was changed\r?$/m);
  assert.doesNotMatch(told.letter, /#/);
  assert.ok(!server.log.join("\n").includes(secret), "no secret in the log");
});

test("an invitation arrives by mail, and its link makes a member", async (test) => {
  const mail = await MailServer.start(test);
  const server = await startServer(test, mail.settings);
  const ada = await own(server);
  const project = freshId();
  assert.equal((await send(server, "POST", "/api/projects", { id: project, name: "Rocket shop" }, ada)).status, 200);
  const wish = { role: "client", email: BEN.email };
  assert.equal((await send(server, "POST", `/api/projects/${project}/invitations`, wish, ada)).status, 200);
  const { path, secret, letter } = await mail.link(BEN.email);
  assert.match(letter, /^Ada invites you to Rocket shop as a client\.\r?$/m);
  assert.equal(path, "/join");
  await opens(server, path);
  const seen = await send(server, "POST", "/api/invitation", { secret });
  assert.deepEqual(seen.body, { project: "Rocket shop", role: "client", by: "Ada" });
  const ben = await send(server, "POST", "/api/sign-up", { account: BEN, invitation: secret });
  assert.equal(ben.status, 200, JSON.stringify(ben.body));
  const joined = await send(server, "POST", "/api/invitation/accept", { secret }, ben.cookie);
  assert.deepEqual([joined.status, joined.body], [200, { project }]);
  const sync = await send(server, "POST", `/api/projects/${project}/sync`, {}, ben.cookie);
  assert.deepEqual([sync.status, sync.body.role], [200, "client"]);
  // Sent to an address, it was good once.
  assert.notEqual((await send(server, "POST", "/api/invitation", { secret })).status, 200);
});

test("where everyone may sign up, the mailbox decides who it is", async (test) => {
  const mail = await MailServer.start(test);
  const settings = mail.settings;
  const server = await startServer(test, { ...settings, args: [...settings.args, "--sign-up"] });
  await own(server);
  const wish = await send(server, "POST", "/api/sign-up", { account: BEN });
  assert.equal(wish.status, 403);
  assert.match(wish.body.error, /a letter is on its way/);
  const { path, secret } = await mail.link(BEN.email);
  assert.equal(path, "/recover");
  const ben = await send(server, "POST", "/api/recover", { token: secret, password: BEN.password });
  assert.deepEqual([ben.status, ben.body.actor.name], [200, "Ben"]);
});

test("a letter waits for a mail server that is away", async (test) => {
  const before = await MailServer.start(test);
  const server = await startServer(test, before.settings);
  await own(server);
  await before.stop();
  assert.equal((await send(server, "POST", "/api/recovery", { email: ADA.email })).status, 204);
  await says(server, /a letter could not be sent; it is tried again in 5 s/);
  const mail = await MailServer.start(test, { port: before.port });
  const { secret } = await mail.link(ADA.email);
  const back = await send(server, "POST", "/api/recover", { token: secret, password: "a third horse 1817" });
  assert.equal(back.status, 200);
});

test("a mail server that cannot prove who it is learns no password and gets no letter", async (test) => {
  // Its certificate is one that it made itself.
  const mail = await MailServer.start(test, { disabledCommands: [], allowInsecureAuth: false });
  const server = await startServer(test, mail.settings);
  await own(server);
  assert.equal((await send(server, "POST", "/api/recovery", { email: ADA.email })).status, 204);
  await says(server, /a letter could not be sent/);
  assert.deepEqual([mail.logins, mail.letters], [0, []]);
  assert.ok(!server.log.join("\n").includes(LOGIN.password));
});
