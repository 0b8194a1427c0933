// What one event cost a page, read from the browser's own trace of its main thread. Knows the names of Chromium's trace events; must
// never know what the page does.

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

/** Calls from the browser into a script. What they call in turn is within them. */
const CALLS = new Set(["FunctionCall", "EvaluateScript", "v8.evaluateModule"]);
const MICROTASKS = "RunMicrotasks";

/** From changed elements to the pixels' description, as far as the main thread does it. */
const RENDERING = new Set(["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"]);

/** The frame that brought the event. */
const ARRIVAL = "WebSocketReceive";

export class Tracer {
  #control;
  #page;
  #owned;

  /** `owned` are words in the addresses of the scripts that count; the measuring itself does not. */
  static async attach(browser, page, owned) {
    const tracer = new Tracer();
    tracer.#control = await browser.newBrowserCDPSession();
    tracer.#page = page;
    tracer.#owned = owned;
    return tracer;
  }

  /** The trace of what happens in this page while `act` runs and until its effects are painted. */
  async record(act) {
    const events = [];
    const collect = ({ value }) => events.push(...value);
    this.#control.on("Tracing.dataCollected", collect);
    await this.#control.send("Tracing.start", { traceConfig: { includedCategories: CATEGORIES }, transferMode: "ReportEvents" });
    await this.#page.evaluate(() => performance.mark("truestory-begin"));
    await act();
    await painted(this.#page);
    const complete = new Promise((resolve) => this.#control.once("Tracing.tracingComplete", resolve));
    await this.#control.send("Tracing.end");
    await complete;
    this.#control.off("Tracing.dataCollected", collect);
    return costs(events, this.#owned);
  }
}

/** Two frames: the first is the one under way. */
export function painted(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
}

/** Milliseconds of script, and of script with style, layout and paint, from the arrival of the event on. */
function costs(events, owned) {
  const mark = events.find(({ name }) => name === "truestory-begin");
  if (!mark) throw new Error("the trace does not hold the beginning of the measurement");
  const here = events
    .filter(({ pid, tid, ts }) => pid === mark.pid && tid === mark.tid && ts >= mark.ts)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const arrivals = here.filter(({ name }) => name === ARRIVAL);
  if (arrivals.length !== 1) return null;
  let [script, rendering, counted, ours] = [0, 0, 0, false];
  for (const { name, ts, dur = 0, args } of here) {
    if (CALLS.has(name)) ours = isOwned(args, owned);
    if (ts < arrivals[0].ts || ts < counted) continue;
    if (CALLS.has(name) || name === MICROTASKS) {
      // Microtasks bear no address: they belong to the call before them.
      if (!ours) continue;
      script += dur;
    } else if (RENDERING.has(name)) {
      rendering += dur;
    } else {
      continue;
    }
    counted = ts + dur;
  }
  return { script: script / 1_000, whole: (script + rendering) / 1_000 };
}

function isOwned(args, owned) {
  const url = args?.data?.url ?? "";
  return owned.some((word) => url.includes(word));
}
