// Waiting for what must come true. Knows time; must never know a page or a server.

import assert from "node:assert/strict";

/** Milliseconds for anything that must happen; a guard, not a pace. */
export const LIMIT = 15_000;

/** Milliseconds between two looks. */
const PACE = 25;

/** Looks until it sees what is expected; after `limit` milliseconds it fails with the difference. */
export async function eventually(look, expected, { limit = LIMIT, what } = {}) {
  const end = performance.now() + limit;
  for (;;) {
    const seen = await look();
    try {
      assert.deepEqual(seen, expected, what);
      return seen;
    } catch (difference) {
      if (performance.now() > end) throw difference;
    }
    await pause();
  }
}

/** Looks until what it sees passes `check`; answers what it saw. */
export async function until(look, check, { limit = LIMIT, what = String(check) } = {}) {
  const end = performance.now() + limit;
  for (;;) {
    const seen = await look();
    if (check(seen)) return seen;
    if (performance.now() > end) assert.fail(`${what} did not come true; last seen: ${JSON.stringify(seen)}`);
    await pause();
  }
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, PACE));
}
