/** The keyboard shortcuts as they are now, and where the browser lets them be changed. */
import { browser } from "../browser.js";
import { byId } from "./dom.js";

const { create } = globalThis.hearsay;

/** Browsers put them in the order of the alphabet. */
const ORDER = ["_execute_action", "panel", "present", "guess", "next", "previous"];

/** The browser has no words for its own. @type {Record<string, string>} */
const DESCRIPTIONS = {
  _execute_action: "Mark this page, or take the marks away",
};

/**
 * Of the overlay itself, on a marked page: they need no leave of the browser, and cannot be changed.
 * A command has them beside what the reader has chosen for it.
 *
 * @type {Record<string, string>}
 */
const FIXED = { next: "Alt+Shift+J", previous: "Alt+Shift+K" };

const CLOSE = { description: "Close the card, then the marks", shortcut: "Esc" };

/** @param {string} [shortcut]  A Mac’s has no plus signs: ⌥⇧H */
const keysOf = (shortcut) =>
  shortcut
    ? shortcut.split("+").flatMap((key, index) => [index ? " " : "", create("kbd", {}, key)])
    : [create("span", { class: "note" }, "none yet")];

/** @param {{name?: string, shortcut?: string}} command */
const allKeysOf = ({ name = "", shortcut }) => {
  const fixed = FIXED[name];
  if (!fixed) return keysOf(shortcut);
  return shortcut && shortcut !== fixed
    ? [...keysOf(shortcut), " or ", ...keysOf(fixed)]
    : keysOf(fixed);
};

/** @param {{name?: string, description?: string, shortcut?: string}} command */
const row = ({ name = "", description, shortcut }) =>
  create(
    "tr",
    {},
    create("th", { scope: "row" }, DESCRIPTIONS[name] ?? description),
    create("td", {}, ...allKeysOf({ name, shortcut })),
  );

const show = async () => {
  const commands = await browser.commands.getAll();
  commands.sort((one, other) => ORDER.indexOf(one.name ?? "") - ORDER.indexOf(other.name ?? ""));
  byId("keys").replaceChildren(...[...commands, CLOSE].map(row));
};

const change = () => {
  const { commands, tabs } = /** @type {any} */ (browser);
  if (commands.openShortcutSettings) return commands.openShortcutSettings();
  return tabs.create({ url: "chrome://extensions/shortcuts" });
};

export const startKeys = async () => {
  byId("keys-change").addEventListener("click", change);
  // One comes back here from the browser's page of keys.
  window.addEventListener("focus", show);
  await show();
};
