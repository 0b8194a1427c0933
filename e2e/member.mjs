// A member without a page: the server's HTTP interface with a cookie. Knows the bodies on the wire; must never know a browser.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

/** 128 random bits, as every id on the wire is written. */
export function freshId() {
  return randomBytes(16).toString("hex");
}

/** The most commands in one request. */
const MOST_COMMANDS = 100;

/** The command that adds a story; what `story` does not say is a bug at the top of the backlog. */
export function create(story) {
  return { "create-story": { id: freshId(), type: "bug", panel: "backlog", ...story } };
}

export class Member {
  /** Opens a session at a server. */
  static async join(url) {
    const answer = await fetch(`${url}/api/visit`, { method: "POST" });
    assert.equal(answer.status, 200);
    const cookie = answer.headers.get("set-cookie").split(";")[0];
    return new Member(url, cookie, await answer.json());
  }

  constructor(url, cookie, session) {
    this.url = url;
    this.cookie = cookie;
    this.session = session;
  }

  /** The answer to a request, as `{ status, body, headers }`. */
  async request(path, options = {}) {
    const headers = { cookie: this.cookie, ...options.headers };
    const answer = await fetch(`${this.url}${path}`, { ...options, headers });
    const text = await answer.text();
    return { status: answer.status, body: parsed(text), headers: answer.headers };
  }

  post(path, body, headers = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.request(path, { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } });
  }

  /** Begins a project with these stories in order; answers its id. A story may leave out its id and its panel. */
  async begin(name, stories = []) {
    const project = freshId();
    const made = await this.post("/api/projects", { id: project, name });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    await this.fill(project, stories);
    return project;
  }

  /** Adds stories to the end of the panels of a project, as it is now empty. */
  async fill(project, stories) {
    const last = {};
    const commands = stories.map((story) => {
      const command = create({ id: freshId(), ...story });
      const { id, panel } = command["create-story"];
      command["create-story"].after = last[panel];
      last[panel] = id;
      return command;
    });
    await this.many(project, commands);
  }

  /** Gives as many commands as one likes. */
  async many(project, commands) {
    for (let first = 0; first < commands.length; first += MOST_COMMANDS) {
      await this.command(project, ...commands.slice(first, first + MOST_COMMANDS));
    }
  }

  /** Gives commands and fails where one is refused. Answers the server's answer. */
  async command(project, ...commands) {
    const answer = await this.sync(project, { commands: commands.map(sent) });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const fates = answer.body.outcomes.map((outcome) => outcome.fate);
    assert.ok(fates.every((fate) => fate.applied), JSON.stringify(fates.find((fate) => !fate.applied)));
    return answer.body;
  }

  sync(project, body, headers) {
    return this.post(`/api/projects/${project}/sync`, { since: NOTHING_NEW, ...body }, headers);
  }

  /** The whole project. */
  async snapshot(project) {
    const answer = await this.post(`/api/projects/${project}/sync`, { full: true });
    assert.equal(answer.status, 200);
    return { rev: answer.body.rev, ...answer.body.snapshot };
  }

  /** The stories of a project that are not deleted, in order. */
  async stories(project) {
    return (await this.snapshot(project)).stories.filter((story) => !story.deleted);
  }

  /** The story of this title. */
  async story(project, title) {
    const story = (await this.stories(project)).find((story) => story.title === title);
    assert.ok(story, `no story is called ${title}`);
    return story;
  }

  /** The version of a project. */
  async version(project) {
    const { body } = await this.sync(project, {});
    return `${body.rev}.${body.hash}`;
  }

  /** What happened to a project after a version, in order. */
  async changes(project, since) {
    const answer = await this.request(`/api/projects/${project}/changes?since=${since}`);
    assert.equal(answer.status, 200);
    return answer.body.changes ?? [];
  }

  /** The revision of a project. */
  async rev(project) {
    return (await this.snapshot(project)).rev;
  }
}

/** A version of no history: the answer says "reset" and carries no changes. */
const NOTHING_NEW = `0.${"0".repeat(32)}`;

/** A command on its way. */
export function sent(command) {
  return { mid: freshId(), base: 0, command };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
