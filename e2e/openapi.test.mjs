// The API as it describes itself, tried by Schemathesis: thousands of requests made from /api/openapi.json, right ones and wrong ones, each answer held
// to the description. Knows Schemathesis and one project to try it on; must never know a route of its own beyond those that make them.
//
// `cargo build -p truestory-server && node --test e2e/openapi.test.mjs`; OPENAPI_PYTHON names a Python that has openapi/requirements.txt (else
// target/e2e-openapi/bin/python). OPENAPI_SEED gives other requests, OPENAPI_EXAMPLES more of them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder, startServer } from "./harness.mjs";

const PYTHON = process.env.OPENAPI_PYTHON ?? fileURLToPath(new URL("../target/e2e-openapi/bin/python", import.meta.url));
const SEED = process.env.OPENAPI_SEED ?? "1";
const EXAMPLES = process.env.OPENAPI_EXAMPLES ?? "15";
const PROJECT = "000000000000000000000000000000a1";

/** Milliseconds for one run of all operations; a guard, not a pace. */
const LIMIT = 300_000;

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "response_headers_conformance",
];

/** What would end the session by which all the others are tried. */
const ENDS_IT = ["delete-session", "delete-sessions", "delete-sessions-session"];

const skip = existsSync(PYTHON) ? false : `there is no ${PYTHON} with Schemathesis`;

/** A server with an owner, a project and a story in it; `cookie` is the owner's. */
async function inhabited(t) {
  const server = await startServer(t, { accounts: true });
  const post = async (path, body, headers = {}) => {
    const sent = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
    const answer = await fetch(server.url + path, sent);
    assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
    return answer;
  };
  const account = { name: "Ada", email: "ada@example.com", password: "a long walk in the rain" };
  const owner = await post("/api/owner", account);
  const cookie = owner.headers.getSetCookie().find((one) => one.startsWith("truestory_session="))?.split(";")[0];
  await post("/api/projects", { id: PROJECT, name: "Alpha" }, { cookie });
  const story = { id: PROJECT, title: "A story", type: "feature", panel: "icebox" };
  const commands = [{ mid: PROJECT, base: 0, command: { "create-story": story } }];
  await post(`/api/projects/${PROJECT}/sync`, { commands }, { cookie });
  return { server, cookie, post };
}

/** Tries all operations with that credential; answers how often each status was answered. */
async function tried(t, server, credential) {
  const place = await folder(t);
  const [settings, har] = [join(place, "schemathesis.toml"), join(place, "requests.har")];
  await writeFile(
    settings,
    [
      // Who asks is not to be guessed: that is what the server's own tests of each role are for.
      "generation.with-security-parameters = false",
      "[parameters]",
      `"path.project" = "${PROJECT}"`,
      `"path.story" = "${PROJECT}"`,
      // Among the methods that a path does not take would be those that are left out here.
      "[phases.coverage]",
      "unexpected-methods = []",
      "[auth.openapi]",
      credential,
    ].join("\n"),
  );
  const args = ["-m", "schemathesis.cli", "--config-file", settings, "run", `${server.url}/api/openapi.json`];
  args.push("--checks", CHECKS.join(","), "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", SEED);
  args.push(...ENDS_IT.flatMap((id) => ["--exclude-operation-id", id]));
  args.push("--continue-on-failure", "--warnings", "off", "--no-color", "--report", "har", "--report-har-path", har);
  const { code, said } = await run(args, place);
  assert.equal(code, 0, said);
  const { log } = JSON.parse(await readFile(har, "utf8"));
  const answers = {};
  for (const { response } of log.entries) answers[response.status] = (answers[response.status] ?? 0) + 1;
  return answers;
}

async function run(args, cwd) {
  const child = spawn(PYTHON, args, { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, said };
}

test("an owner finds the API as it is described", { skip, timeout: LIMIT }, async (t) => {
  const { server, cookie } = await inhabited(t);
  const answers = await tried(t, server, `session = { api_key = "${cookie.split("=")[1]}" }`);
  t.diagnostic(JSON.stringify(answers));
  // Most of what was tried got past the door and was looked at: a run against closed doors would prove nothing.
  assert.ok(answers[200] > 300 && answers[400] > 300 && !(answers[401] > 100), JSON.stringify(answers));
});

test("a program with an API token finds it so too", { skip, timeout: LIMIT }, async (t) => {
  const { server, cookie, post } = await inhabited(t);
  const wanted = { name: "For a program", reach: "write", projects: [PROJECT] };
  const { secret } = await (await post("/api/tokens", wanted, { cookie })).json();
  const answers = await tried(t, server, `token = { bearer = "${secret}" }`);
  t.diagnostic(JSON.stringify(answers));
  // It opens its project, and no account.
  assert.ok(answers[200] > 200 && answers[403] > 20, JSON.stringify(answers));
});
