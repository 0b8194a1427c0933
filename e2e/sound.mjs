// Whether a page can be read and hit by everyone: axe finds nothing, nothing is cut off, nothing is too small to hit. Must never know a
// story or the program.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const AXE = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** The least width and height of what one hits with a finger or an unsteady hand (WCAG 2.2, 2.5.8). */
const LEAST_TARGET = 24;

/** Fails where axe finds a breach of WCAG in what the page shows. */
export async function assertSound(board) {
  await board.page.evaluate(AXE);
  const { violations } = await board.page.evaluate(() => window.axe.run());
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  assert.deepEqual(said, []);
}

/** Nothing is cut off at the side, and everything that can be hit is large enough. */
export async function assertFits(board) {
  const { width, wide, small } = await board.page.evaluate((least) => {
    const targets = Array.from(document.querySelectorAll("button, a, input:not([type=radio]), textarea"));
    // A link within a text is as high as the text's lines; the guideline leaves such out.
    const isInText = (it) => it.closest("p, li, td, th, h3, h4, h5, h6") && getComputedStyle(it).display === "inline";
    const boxes = targets.filter((it) => !isInText(it)).map((it) => [it.ariaLabel || it.innerText, it.getBoundingClientRect()]);
    return {
      width: document.scrollingElement.clientWidth,
      wide: document.scrollingElement.scrollWidth,
      small: boxes
        .filter(([, { width, height }]) => width > 0 && (width < least || height < least))
        .map(([name, { width, height }]) => `${name}: ${width} × ${height}`),
    };
  }, LEAST_TARGET);
  assert.deepEqual([wide <= width, small], [true, []], `${wide} pixels in ${width}`);
}
