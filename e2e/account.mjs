// People with accounts, made over HTTP, and browsers in which they are signed in. Knows the routes of accounts and invitations and what a
// cookie is; must never know a page.

import assert from "node:assert/strict";
import { Board } from "./board.mjs";
import { Member } from "./member.mjs";

/** Long enough for everyone. */
export const PASSWORD = "a horse that paints at night";

export class Account extends Member {
  /** The first account of a server, which administers it. */
  static own(url, name) {
    return enter(url, "/api/owner", details(name));
  }

  /** Another account, made by an invitation to a project, as whatever the role says. */
  static async invited(owner, project, role, name) {
    const invitation = await owner.invite(project, role);
    const account = await enter(owner.url, "/api/sign-up", { account: details(name), invitation });
    await account.accept(invitation);
    return account;
  }

  /** The secret of an invitation. */
  async invite(project, role) {
    return this.#secret(`/api/projects/${project}/invitations`, { role });
  }

  /** Accepts an invitation. Making the account by it may have done so. */
  async accept(secret) {
    const answer = await this.post("/api/invitation/accept", { secret });
    assert.ok([200, 204].includes(answer.status), JSON.stringify(answer.body));
  }

  /** The secret of a public link to a project. */
  share(project) {
    return this.#secret(`/api/projects/${project}/shares`);
  }

  /** Takes all public links to a project back. */
  async unshare(project) {
    const { body } = await this.request(`/api/projects/${project}/shares`);
    for (const { id } of body.shares) await this.#done("DELETE", `/api/projects/${project}/shares/${id}`);
  }

  /** Gives a member another role. */
  async changeRole(project, account, role) {
    await this.#done("PUT", `/api/projects/${project}/members/${account.id}`, { role });
  }

  /** Takes a member out of a project. */
  async remove(project, account) {
    await this.#done("DELETE", `/api/projects/${project}/members/${account.id}`);
  }

  /** Ends all their sessions. */
  async signOutEverywhere() {
    await this.#done("DELETE", "/api/sessions");
  }

  get id() {
    return this.session.actor.id;
  }

  /** A browser of their own at a path. `options` are Playwright's of a context. */
  async board(browser, path, options = {}) {
    const board = await this.blank(browser, options);
    await board.visit(`${this.url}${path}`);
    return board;
  }

  /** The same before it goes anywhere. */
  async blank(browser, options = {}) {
    const board = await Board.blank(browser, options);
    const [name, value] = this.cookie.split("=");
    await board.page.context().addCookies([{ name, value, url: this.url }]);
    return board;
  }

  async #secret(path, body) {
    const answer = await this.post(path, body ?? "");
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.secret;
  }

  async #done(method, path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await this.request(path, { method, headers, body: body && JSON.stringify(body) });
    assert.equal(answer.status, 204, JSON.stringify(answer.body));
  }
}

function details(name) {
  return { name, email: `${name.toLowerCase()}@example.com`, password: PASSWORD };
}

async function enter(url, path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return new Account(url, answer.headers.get("set-cookie").split(";")[0], JSON.parse(text));
}
