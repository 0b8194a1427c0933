// The project's page as a person knows it: regions, list items, buttons and fields by their names. Must never know an element's
// class or the program behind it, so that a test fails where a person would.

import assert from "node:assert/strict";
import { LIMIT, eventually } from "./eventually.mjs";

/** The columns, from left to right. */
export const COLUMNS = ["Current", "Backlog", "Icebox"];

const WIDE = { width: 1280, height: 800 };

export class Board {
  /** A page in a context of its own, as another person's browser would have it. `options` are Playwright's of a context. */
  static async blank(browser, options = {}) {
    const context = await browser.newContext({ viewport: WIDE, ...options });
    return new Board(await context.newPage());
  }

  /** The same, at an address. */
  static async open(browser, url, options = {}) {
    const board = await Board.blank(browser, options);
    await board.visit(url);
    return board;
  }

  constructor(page) {
    this.page = page;
    this.problems = [];
    page.setDefaultTimeout(LIMIT);
    page.on("pageerror", (error) => this.problems.push(String(error)));
  }

  /** Goes to the address and waits until the columns are there. */
  async visit(url) {
    await this.page.goto(url);
    await this.page.getByRole("region").first().waitFor();
    await this.page.evaluate(() => (window.sameDocument = true));
  }

  /** Fails where the page was loaded anew since the visit, or where something was thrown. */
  async assertUndisturbed() {
    assert.equal(await this.page.evaluate(() => window.sameDocument), true, "the page was loaded anew");
    assert.deepEqual(this.problems, []);
  }

  column(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** The row of a story, closed or open. */
  card(title) {
    return this.page.getByRole("listitem", { name: startingWith(title) });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  field(name) {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  /** The words of the connection light. */
  light() {
    return this.page.getByRole("status").first().innerText();
  }

  async showsLight(words, options) {
    await eventually(() => this.light(), words, options);
  }

  /** Writes down from now on what the light says. */
  async watchLight() {
    await this.page.evaluate(() => {
      const header = document.querySelector("header");
      const words = () => header.querySelector("[role=status]").innerText;
      window.lights = [words()];
      new MutationObserver(() => window.lights.at(-1) === words() || window.lights.push(words())).observe(header, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
  }

  /** What the light has said since it is watched, in order. */
  lights() {
    return this.page.evaluate(() => window.lights);
  }

  /** The titles of the rows in the page, per column. */
  titles() {
    return this.page.evaluate(
      (columns) =>
        Object.fromEntries(
          columns.map((name) => {
            const rows = document.querySelectorAll(`[role=region][aria-label=${name}] [role=listitem][data-story]`);
            return [name, Array.from(rows, (row) => row.ariaLabel.split(", ")[0])];
          }),
        ),
      COLUMNS,
    );
  }

  async shows(columns, options) {
    await eventually(() => this.titles(), { Current: [], Backlog: [], Icebox: [], ...columns }, options);
  }

  /** What is said of a story after its title, such as "bug, started", without who changed it. */
  async told(title) {
    const name = await this.card(title).getAttribute("aria-label");
    return name.slice(title.length + 2).replace(/, changed by .*/, "");
  }

  async tells(title, words) {
    await eventually(() => this.told(title), words);
  }

  /** Clicks a button of a story's row. */
  async step(title, button) {
    await this.card(title).getByRole("button", { name: button, exact: true }).click();
    // Whoever rejects is asked for a reason, and may give none.
    if (button === "Reject") await this.field("Why it is rejected").press("Enter");
  }

  /** Opens a story in place. */
  async openStory(title) {
    await this.card(title).click({ position: { x: 80, y: 12 } });
    await eventually(() => this.field("Title").inputValue(), title);
  }

  /** Writes into the open form and chooses in it: `{ title, labels, description, type, points }`. */
  async write({ title, labels, description, type, points }) {
    if (title !== undefined) await this.field("Title").fill(title);
    if (labels !== undefined) await this.field("Labels").fill(labels);
    if (description !== undefined) {
      await this.description();
      await this.field("Description").fill(description);
    }
    if (type !== undefined) await this.choose(type);
    if (points !== undefined) await this.choose(points);
  }

  /** Chooses one of a group by its name. The round mark itself is not drawn, so the pointer goes to its label. */
  async choose(name) {
    await this.page.getByRole("radio", { name, exact: true }).check({ force: true });
  }

  /** What the open story describes, as it is written. One that is shown as it reads is turned to writing. */
  async description() {
    const edit = this.button("Edit the description");
    if (await edit.count()) await edit.click();
    return this.field("Description").inputValue();
  }

  async add(column, fields) {
    await this.column(column).getByRole("button", { name: "Add story", exact: true }).click();
    await this.write(fields);
    await this.save();
  }

  async save() {
    await this.button("Save").click();
    await this.field("Title").waitFor({ state: "detached" });
  }

  async edit(title, fields) {
    await this.openStory(title);
    await this.write(fields);
    await this.save();
  }

  async delete(title) {
    await this.openStory(title);
    await this.button("Delete").click();
    await this.card(title).waitFor({ state: "detached" });
  }

  /** Pulls a story with the mouse and lets it go just above another one, or on a column's heading, which means its top. */
  async drag(title, { above, top }) {
    const target = above ? this.card(above) : this.page.getByRole("heading", { name: top, exact: true });
    const [from, to] = [await middle(this.card(title)), await middle(target)];
    const y = above ? to.y - to.height / 4 : to.y;
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + y) / 2, { steps: 4 });
    await this.page.mouse.move(to.x, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Puts the keyboard on a story's row, without opening it. */
  async focus(title) {
    await this.card(title).focus();
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The distance of a story's row from the top of the page, in pixels. */
  async top(title) {
    return Math.round((await this.card(title).boundingBox()).y);
  }

  /** Scrolls a column to a pixel, as its wheel would; done once the page has painted it. */
  async scroll(column, top) {
    const scroller = this.column(column).locator("ul").locator("xpath=../..");
    await scroller.evaluate(async (element, top) => {
      element.scrollTo({ top, behavior: "instant" });
      for (const _ of "12") await new Promise(requestAnimationFrame);
    }, top);
  }
}

function startingWith(title) {
  return new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}, `);
}

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2, width, height };
}
