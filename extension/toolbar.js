/**
 * The overlay of a tab, turned on and off: by the toolbar button, or by a command that needs it on.
 *
 *   await toggle(tab)
 *   await turnOn(tab)   -> whether it is on
 */
import { browser } from "./browser.js";
import { CONTENT_SCRIPTS } from "./scripts.js";

/** @typedef {chrome.tabs.Tab} Tab */

/**
 * Chromium tells the page's process of the permission that a press gives, and asks that process to
 * run the script, by two ways: on a busy machine the second can arrive first, and is refused.
 */
const RETRIES_MS = [0, 100, 400];

/**
 * Runs in the page.
 * @returns {boolean}  Whether the content scripts are there
 */
const toggleThere = () => {
  globalThis.hearsay?.toggle?.();
  return Boolean(globalThis.hearsay?.toggle);
};

/** Runs in the page. */
const areThere = () => Boolean(globalThis.hearsay?.toggle);

/**
 * Tells the reader that the browser keeps extensions out of this page, on which nothing can be
 * shown: by a popup, or where that cannot be opened, by a badge and the popup on the next press.
 *
 * @param {Tab} tab
 */
const refuse = async ({ id, url }) => {
  const { action } = browser;
  const tabId = /** @type {number} */ (id);
  const kind = url && /\.pdf$/i.test(new URL(url).pathname) ? "pdf" : "not-allowed";
  await action.setPopup({ tabId, popup: `notice.html?${kind}` });
  try {
    await action.openPopup();
    await action.setPopup({ tabId, popup: "" });
  } catch {
    await action.setBadgeText({ tabId, text: "!" });
    await action.setTitle({ tabId, title: "Hearsay may not read this page" });
  }
};

/**
 * @param {number} tabId
 * @param {() => boolean} func  Says whether the content scripts are there
 * @returns {Promise<"there" | "absent" | "forbidden">}
 */
const ask = async (tabId, func) => {
  for (const wait of RETRIES_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      const [{ result }] = await browser.scripting.executeScript({ target: { tabId }, func });
      return result ? "there" : "absent";
    } catch {
      // Try again.
    }
  }
  return "forbidden";
};

/**
 * The scripts, once there, turn the overlay on.
 *
 * @param {Tab} tab
 * @param {() => boolean} func
 */
const bring = async (tab, func) => {
  const tabId = /** @type {number} */ (tab.id);
  const state = await ask(tabId, func);
  if (state === "forbidden") await refuse(tab);
  if (state !== "absent") return state;
  await browser.scripting.executeScript({ target: { tabId }, files: CONTENT_SCRIPTS });
  return "brought";
};

/** @param {Tab} tab */
export const toggle = async (tab) => {
  await bring(tab, toggleThere);
};

/**
 * @param {Tab} tab
 * @returns {Promise<boolean>}
 */
export const turnOn = async (tab) => {
  const tabId = /** @type {number} */ (tab.id);
  const state = await bring(tab, areThere);
  if (state !== "there") return state === "brought";
  const reading = await browser.tabs.sendMessage(tabId, { type: "get-reading" });
  if (!reading) await ask(tabId, toggleThere);
  return true;
};
