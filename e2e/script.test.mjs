// Script in every field that people can fill, looked at on every page: it is text everywhere, nothing runs, nothing is loaded from elsewhere, and the
// browser has nothing to report. Knows the wire and the pages' addresses; must never look into the program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Board } from "./board.mjs";
import { eventually } from "./eventually.mjs";
import { launchBrowser, startServer } from "./harness.mjs";
import { Member, create, freshId } from "./member.mjs";

const server = await startServer({ after }, { accounts: true, args: ["--sign-up", "--allow-private-webhooks"] });
const browser = await launchBrowser({ after });

const PAYLOADS = [
  "<script>window.pwned = 1</script>",
  '"><img src=x onerror="window.pwned = 1">',
  "<svg/onload=window.pwned=1>",
  "javascript:window.pwned=1",
  "{{constructor.constructor('window.pwned=1')()}}",
  "</textarea><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
  "[press](javascript:window.pwned=1) ![x](https://elsewhere.example/x.png)",
  "<a href=\"java&#115;cript:window.pwned=1\" onclick=window.pwned=1>press</a>",
  "<style>@import url(//elsewhere.example/x.css)</style><base href=//elsewhere.example/>",
  "<form action=//elsewhere.example><button autofocus onfocus=window.pwned=1>x</button></form>",
];
const [SCRIPT, IMAGE] = PAYLOADS;
const PASSWORD = "a long walk in the rain";

const project = freshId();
let owner;
let invitation;
let share;

/** Someone with an account, from a browser that calls itself something odd. */
async function enters(path, body) {
  const headers = { "content-type": "application/json", "user-agent": IMAGE };
  const answer = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  return new Member(server.url, cookie, await answer.json());
}

async function asks(member, method, path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await member.request(path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** One story with that text in each of its fields, and an epic and a search beside it. */
function commands(text) {
  const id = freshId();
  const label = text.replaceAll(",", "").toLowerCase();
  const part = (fields) => ({ id: freshId(), ...fields });
  const edits = [
    { "task-added": { task: part({ text }) } },
    { "comment-added": part({ text }) },
    { "blocker-put": part({ what: { text } }) },
    { "review-put": part({ kind: text, verdict: "in-review" }) },
    { "link-put": part({ to: { branch: text } }) },
    { "link-put": part({ to: { attachment: { url: `https://elsewhere.example/${encodeURIComponent(text)}`, name: text } } }) },
  ];
  return [
    create({ id, title: text, description: text, labels: [label] }),
    { "edit-story": { id, edits } },
    { "put-epic": { id: freshId(), words: { name: text, label, description: text } } },
    { "save-search": { id: freshId(), name: text, query: text } },
  ];
}

/** A file of another program with that text in each of its columns. */
async function imports(text) {
  const cell = `"${text.replaceAll('"', '""')}"`;
  const title = `"Taken over: ${text.replaceAll('"', '""')}"`;
  const file = `Title,Labels,Type,Current State,Description,Requested By,Owned By,Task,Task Status,Comment,Blocker,Blocker Status\n${title},${cell},feature,unscheduled,${cell},${cell},${cell},${cell},not completed,${cell},${cell},unresolved\n`;
  const form = new FormData();
  form.append("import", JSON.stringify({ id: freshId(), mid: freshId(), base: 0 }));
  form.append("file", new Blob([file], { type: "text/csv" }));
  const answer = await owner.request(`/api/projects/${project}/import`, { method: "POST", body: form });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

before(async () => {
  owner = await enters("/api/owner", { name: IMAGE, email: "ada@example.com", password: PASSWORD });
  await asks(owner, "PUT", "/api/account", { name: IMAGE, initials: "<b>", colour: 3 });
  await asks(owner, "POST", "/api/projects", { id: project, name: SCRIPT });
  for (const text of PAYLOADS) await owner.command(project, ...commands(text));
  for (const text of PAYLOADS.slice(0, 3)) await imports(text);
  for (const name of PAYLOADS.slice(0, 4)) await asks(owner, "POST", "/api/tokens", { name, reach: "read", projects: [project] });
  await asks(owner, "POST", `/api/projects/${project}/webhooks`, { url: 'http://127.0.0.1:9/?"><svg/onload=window.pwned=1>' });
  invitation = (await asks(owner, "POST", `/api/projects/${project}/invitations`, { role: "member" })).secret;
  share = (await asks(owner, "POST", `/api/projects/${project}/shares`)).secret;
  const ben = await enters("/api/sign-up", { account: { name: SCRIPT, email: "ben@example.com", password: PASSWORD } });
  await asks(ben, "POST", "/api/invitation/accept", { secret: invitation });
});

/** A page of someone's that writes down whatever runs, asks, loads from elsewhere or is held back by the policy. */
async function watched(t, cookie) {
  const board = await Board.blank(browser);
  t.after(() => board.page.context().close());
  const cookies = cookie.split("; ").filter(Boolean).map((pair) => {
    const [name, value] = pair.split("=");
    return { name, value, url: server.url };
  });
  await board.page.context().addCookies(cookies);
  await board.page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
  });
  board.page.on("dialog", (dialog) => board.problems.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  board.page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.url)) board.problems.push(`asks ${request.url()}`);
  });
  return board;
}

/** Nothing ran, and nothing stands in the page that could. */
async function isHarmless(board, where) {
  const found = await board.page.evaluate(() => {
    const all = Array.from(document.querySelectorAll("*"));
    const runs = (element) => Array.from(element.attributes).some(({ name }) => name.startsWith("on"));
    const leads = (element) => ["href", "src", "action", "srcdoc"].some((name) => /^\s*(javascript|data:text|vbscript)/i.test(element.getAttribute(name) ?? ""));
    return {
      pwned: window.pwned,
      violations: window.violations,
      handlers: all.filter(runs).map((element) => element.outerHTML.slice(0, 200)),
      leading: all.filter(leads).map((element) => element.outerHTML.slice(0, 200)),
      foreign: all.filter((element) => /^(iframe|object|embed|base|frame)$/i.test(element.tagName)).map((element) => element.outerHTML.slice(0, 200)),
    };
  });
  assert.deepEqual(found, { pwned: undefined, violations: [], handlers: [], leading: [], foreign: [] }, where);
  assert.deepEqual(board.problems, [], where);
}

/** Whether the page shows a text as text. */
async function shows(board, text) {
  await eventually(() => board.page.evaluate((text) => document.body.innerText.includes(text) || Array.from(document.querySelectorAll("input, textarea"), (field) => field.value).includes(text), text), true);
}

test("in every field of a project", async (t) => {
  const board = await watched(t, owner.cookie);
  await board.visit(`${server.url}/projects/${project}`);
  await board.page.getByRole("heading", { name: SCRIPT, level: 1 }).waitFor();
  for (const text of PAYLOADS) {
    await board.openStory(text);
    assert.equal(await board.description(), text);
    await isHarmless(board, `the story ${text}`);
    await board.press("Escape");
  }
  await board.assertUndisturbed();
});

test("in the sheets beside the columns", async (t) => {
  const board = await watched(t, owner.cookie);
  await board.visit(`${server.url}/projects/${project}`);
  await board.page.getByRole("heading", { name: SCRIPT, level: 1 }).waitFor();
  for (const sheet of ["Epics", "Charts", "Settings", "Import and export"]) {
    await board.button(sheet).click();
    await isHarmless(board, sheet);
  }
  const text = `Title,Requested By\n"${IMAGE.replaceAll('"', '""')}","${SCRIPT}"\n`;
  const file = { name: `${IMAGE.replaceAll("/", "")}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
  await board.page.getByLabel(/^Choose a CSV file/).setInputFiles(file);
  await board.page.locator("section").getByText(SCRIPT).first().waitFor();
  await isHarmless(board, "the preview of a file");
});

test("on every page", async (t) => {
  const board = await watched(t, owner.cookie);
  for (const [path, text] of [
    ["/", SCRIPT],
    [`/projects/${project}/people`, SCRIPT],
    ["/account", IMAGE],
    ["/accounts", IMAGE],
    [`/join#${invitation}`, SCRIPT],
    ["/api/docs", "The API of Truestory"],
    [`/sign-in?to=${encodeURIComponent(PAYLOADS[3])}`, ""],
    [`/${encodeURIComponent(IMAGE)}`, ""],
    [`/projects/${encodeURIComponent(IMAGE)}`, ""],
    [`/recover#${encodeURIComponent(IMAGE)}`, ""],
  ]) {
    await board.page.goto(server.url + path, { waitUntil: "networkidle" });
    await shows(board, text);
    await isHarmless(board, path);
  }
});

test("for whoever comes through a public link", async (t) => {
  const board = await watched(t, "");
  await board.page.goto(`${server.url}/shared#${share}`);
  await board.page.getByRole("heading", { name: SCRIPT, level: 1 }).waitFor();
  await isHarmless(board, "the shared project");
});

test("and what looks for it would see it", async (t) => {
  const board = await watched(t, owner.cookie);
  await board.page.goto(`${server.url}/account`);
  await board.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.pwned = 1";
    const image = document.createElement("img");
    image.src = "https://elsewhere.example/x.png";
    document.body.append(script, image);
  });
  await eventually(() => board.page.evaluate(() => window.violations.map((one) => one.split(":")[0]).sort()), ["img-src", "script-src-elem"]);
  assert.equal(await board.page.evaluate(() => window.pwned), undefined);
});
