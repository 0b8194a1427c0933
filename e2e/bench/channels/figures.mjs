// Numbers made from samples, and the line that says on what machine they were taken. Knows nothing of what was measured.

import { cpus, loadavg, totalmem } from "node:os";

/** The machine, the day and the load of the last minute: figures of a busy machine are compared by their ratios alone. */
export function machine(...programs) {
  const parts = [
    new Date().toISOString().slice(0, 10),
    `${cpus().length} × ${cpus()[0].model}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `load ${loadavg()[0].toFixed(1)}`,
    ...programs,
    `node ${process.version}`,
  ];
  return parts.join(", ");
}

export function median(values) {
  return quantile(values, 0.5);
}

/** The value below which so large a part of the values lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function row(name, cells) {
  console.log(name.padEnd(44) + cells.map((cell) => String(cell).padStart(16)).join(""));
}

let missed = false;

/** Says whether a figure keeps its bound; one that does not makes the program end badly. */
export function bound(what, holds) {
  if (!holds) missed = true;
  console.log(`  ${holds ? "kept" : "MISSED"}: ${what}`);
}

/** The exit code that fits all bounds. */
export function verdict() {
  return missed ? 1 : 0;
}

/** What was begun is ended, the last first, however the run goes. */
export async function withEnds(run) {
  const ends = [];
  try {
    await run({ after: (end) => ends.unshift(end) });
  } finally {
    for (const end of ends) await end();
  }
  process.exitCode = verdict();
}
