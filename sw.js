// Keeps the page's own files on the device, so that the page opens without a network. What it shows then, and what is typed
// into it, the page keeps by itself: nothing under /api, /app or /pusher comes by here.

const CACHE = "page";

/** The one page that every address of the program shows. */
const PAGE = "/";

/** Milliseconds that a server may take for the page before the kept one is shown. */
const PATIENCE = 3_000;

self.addEventListener("install", (event) => event.waitUntil(keepPage().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === "/" || url.pathname.startsWith("/projects")) event.respondWith(page(event));
  } else if (isNamedByHash(url.pathname)) {
    event.respondWith(file(request));
  }
});

/** The server's page; where it does not answer in time, the kept one. */
async function page(event) {
  const fetched = fetch(event.request);
  // Copied before anyone reads it: an answer can be read once.
  event.waitUntil(fetched.then((answer) => keep(answer.clone()), () => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const answer = await Promise.race([fetched, late]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // No network: the kept page is for this.
  }
  return (await caches.match(PAGE)) ?? fetched;
}

/** A file whose name says its content never changes. */
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

async function keepPage() {
  return keep(await fetch(PAGE, { cache: "no-cache" }));
}

/** Keeps a page and all that it needs, and lets go of what only an earlier one needed. */
async function keep(answer) {
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  const named = [...html.matchAll(/\/[\w./-]+\.(?:js|wasm|css|svg)/g)].map(([path]) => path);
  const files = new Set(named.filter(isNamedByHash));
  // The sign-in page of a hotel's network answers for every address; what names no program is not this page.
  if (![...files].some((path) => path.endsWith(".wasm"))) return;
  const cache = await caches.open(CACHE);
  for (const path of files) if (!(await cache.match(path))) await cache.add(path);
  // The page comes last: what it names is there by then.
  await cache.put(PAGE, new Response(html, { headers: answer.headers }));
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !files.has(pathname)) await cache.delete(request);
  }
}

/** Whether a file is named as Trunk names them, by a hash of its content. */
function isNamedByHash(path) {
  return /[-_][0-9a-f]{13,16}[._]/.test(path);
}
