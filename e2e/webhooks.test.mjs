// Webhooks of the real program, to a receiver that is often unwell, while the program is killed again and again. Knows the wire; must
// never look into the program.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { until } from "./eventually.mjs";
import { startServer } from "./harness.mjs";
import { Member, create } from "./member.mjs";

/** How often the program is killed. */
const KILLS = 4;

/** How many stories are added before each kill. */
const STORIES = 40;

/** A program that is told; ended with the test. `posts` are all it was told, in order. It breaks off every `unwell`th answer. */
class Receiver {
  posts = [];

  static async start(test, { unwell = 0 } = {}) {
    const receiver = new Receiver();
    let came = 0;
    const server = createServer(async (request, response) => {
      const body = await text(request).catch(() => undefined);
      // Killed while it was speaking.
      if (body === undefined) return;
      receiver.posts.push({ headers: request.headers, body });
      came += 1;
      if (unwell && came % unwell === 0) request.socket.destroy();
      else response.writeHead(204).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    receiver.url = `http://127.0.0.1:${server.address().port}/hook`;
    test.after(() => server.close().closeAllConnections());
    return receiver;
  }

  get revs() {
    return this.posts.map(({ body }) => JSON.parse(body).change.rev);
  }
}

test("over kills of the program every change comes, in order and signed", async (test) => {
  const server = await startServer(test, { args: ["--allow-private-webhooks"] });
  const member = await Member.join(server.url);
  const project = await member.begin("Shop");
  const receiver = await Receiver.start(test, { unwell: 61 });
  const { status, body } = await member.post(`/api/projects/${project}/webhooks`, { url: receiver.url });
  assert.equal(status, 200, JSON.stringify(body));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = receiver.posts.length;
    const titles = Array.from({ length: STORIES }, (_, number) => ({ title: `Story ${kill}.${number}` }));
    await member.many(project, titles.map(create));
    await until(() => receiver.posts.length, (count) => count > before, { what: "the first of them" });
    await server.restart();
  }
  const last = await member.rev(project);
  await until(() => receiver.revs.at(-1), (rev) => rev === last, { what: `revision ${last}`, limit: 60_000 });
  // At least once: what comes again was there before, and what is new comes next.
  const expected = Array.from({ length: last }, (_, index) => index + 1);
  let had = 0;
  for (const rev of receiver.revs) {
    assert.ok(rev <= had + 1, `revision ${rev} came after ${had}`);
    had = Math.max(had, rev);
  }
  assert.deepEqual([...new Set(receiver.revs)].sort((a, b) => a - b), expected);
  assert.equal(new Set(receiver.posts.map(({ headers }) => headers["x-truestory-delivery"])).size, last);
  for (const { headers, body: posted } of receiver.posts) {
    const signature = `sha256=${createHmac("sha256", body.secret).update(posted).digest("hex")}`;
    assert.equal(headers["x-truestory-signature"], signature);
  }
});
