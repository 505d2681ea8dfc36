/**
 * What the keyboard shortcuts of the manifest do. (The first, the toolbar button's, is the
 * browser's own.)
 *
 *   run(command, tab)
 */
import { browser } from "./browser.js";
import { openPanel } from "./pages.js";
import { turnOn } from "./toolbar.js";

/**
 * @param {chrome.tabs.Tab} tab
 * @param {object} message  To the overlay, which is turned on if it is not
 */
const tell = async (tab, message) => {
  if (!(await turnOn(tab))) return;
  await browser.tabs.sendMessage(/** @type {number} */ (tab.id), message);
};

/** @type {Record<string, (tab: chrome.tabs.Tab) => Promise<unknown>>} */
export const COMMANDS = {
  panel: (tab) => openPanel(tab.windowId),
  present: (tab) => tell(tab, { type: "present" }),
  guess: (tab) => tell(tab, { type: "guess" }),
  next: (tab) => tell(tab, { type: "step", direction: 1 }),
  previous: (tab) => tell(tab, { type: "step", direction: -1 }),
};

/**
 * @param {string} command
 * @param {chrome.tabs.Tab} [tab]
 */
export const run = async (command, tab) => {
  if (tab) await COMMANDS[command](tab);
};
