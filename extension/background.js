/**
 * The toolbar button, and the way from the page to the API.
 *
 * The fetch is made here and not in the page: there the page's own rules would hold, and browsers
 * keep pages of the web away from servers on the reader's computer.
 */
import { browser } from "./browser.js";
import "./content/api.js";

const { api, ApiError } = globalThis.hearsay;

/** In this order they share `globalThis.hearsay`. */
const CONTENT_SCRIPTS = [
  "content/settings.js",
  "content/blocks.js",
  "content/article.js",
  "content/looks.js",
  "content/marks.js",
  "content/paint.js",
  "content/words.js",
  "content/ui-sheet.js",
  "content/ui.js",
  "content/overlay.js",
  "content/main.js",
];

const NOTICE = "notice.html";

/**
 * Chromium tells the page's process of the permission that a press gives, and asks that process to
 * run the script, by two ways: on a busy machine the second can arrive first, and is refused.
 */
const RETRIES_MS = [0, 100, 400];

/**
 * Runs in the page.
 * @returns {boolean}  Whether the content scripts are there
 */
const toggle = () => {
  globalThis.hearsay?.toggle?.();
  return Boolean(globalThis.hearsay?.toggle);
};

/**
 * Tells the reader that the browser keeps extensions out of this page, on which nothing can be
 * shown: by a popup, or where that cannot be opened, by a badge and the popup on the next press.
 *
 * @param {number} tabId
 */
const refuse = async (tabId) => {
  const { action } = browser;
  await action.setPopup({ tabId, popup: NOTICE });
  try {
    await action.openPopup();
    await action.setPopup({ tabId, popup: "" });
  } catch {
    await action.setBadgeText({ tabId, text: "!" });
    await action.setTitle({ tabId, title: "Hearsay may not read this page" });
  }
};

/**
 * Toggles the overlay where the content scripts are there already.
 *
 * @param {{tabId: number}} target
 * @returns {Promise<"toggled" | "absent" | "forbidden">}
 */
const toggleIn = async (target) => {
  for (const wait of RETRIES_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      const [{ result }] = await browser.scripting.executeScript({ target, func: toggle });
      return result ? "toggled" : "absent";
    } catch {
      // Try again.
    }
  }
  return "forbidden";
};

browser.action.onClicked.addListener(async (tab) => {
  const tabId = /** @type {number} */ (tab.id);
  const target = { tabId };
  const state = await toggleIn(target);
  if (state === "forbidden") await refuse(tabId);
  if (state !== "absent") return;
  await browser.scripting.executeScript({ target, files: CONTENT_SCRIPTS });
});

/** @param {{id: string, text: string}[]} blocks */
const analyze = async (blocks) => {
  try {
    const [analysis, labels] = await Promise.all([api.analyze(blocks), api.labels()]);
    return { analysis, labels };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: /** @type {any} */ (error).problem };
  }
};

browser.runtime.onMessage.addListener((message, _sender, sendResponse) => {
  if (message.type !== "analyze") return false;
  analyze(message.blocks).then(sendResponse, (error) => {
    sendResponse({ problem: { kind: "bug", detail: String(error) } });
    throw error;
  });
  return true; // the answer comes later
});
