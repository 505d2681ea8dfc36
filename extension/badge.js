/**
 * The number on the toolbar button: how many of the page's claims nobody answers for.
 *
 *   await show(tabId, reading)     reading: a Snapshot, see content/reading.js
 *   await showAll()                after the reader has chosen other labels
 */
import { browser } from "./browser.js";
import "./content/settings.js";
import "./content/marks.js";

const { settings, marksOf, countsOf } = globalThis.hearsay;

/** The ink of claims without a source (content/looks.js), and paper: they have a contrast of 6.5. */
const INK = "#a02458";
const PAPER = "#ffffff";

const USUAL_TITLE = "Hearsay: who says it, and how sure?";

/**
 * What the button shows, and what it says to those who point at it or hear it.
 *
 * @param {any} reading
 * @returns {Promise<{text: string, title: string}>}
 */
const wordsFor = async ({ state, analysis }) => {
  if (state === "off") return { text: "", title: USUAL_TITLE };
  if (state === "problem") return { text: "!", title: "Hearsay could not read this page" };
  const { hidden } = await settings.read();
  const { sourceless } = countsOf(marksOf(analysis, hidden));
  if (!sourceless) {
    const nothing = "Hearsay: every claim has a source";
    return { text: "", title: state === "busy" ? "Hearsay is reading this page" : nothing };
  }
  const claims = sourceless === 1 ? "1 claim" : `${sourceless} claims`;
  return { text: String(sourceless), title: `Hearsay: ${claims} without a source to ask` };
};

/**
 * @param {number} tabId
 * @param {any} reading
 */
export const show = async (tabId, reading) => {
  const { action } = browser;
  const { text, title } = await wordsFor(reading);
  try {
    await Promise.all([
      action.setBadgeText({ tabId, text }),
      action.setBadgeBackgroundColor({ tabId, color: INK }),
      action.setBadgeTextColor({ tabId, color: PAPER }),
      action.setTitle({ tabId, title }),
    ]);
  } catch (error) {
    // The tab may be gone by now.
    if (await isThere(tabId)) throw error;
  }
};

/** @param {number} tabId */
const isThere = (tabId) =>
  browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );

export const showAll = async () => {
  const tabs = await browser.tabs.query({});
  await Promise.all(
    tabs.map(async ({ id }) => {
      const tabId = /** @type {number} */ (id);
      let reading = null;
      try {
        reading = await browser.tabs.sendMessage(tabId, { type: "get-reading" });
      } catch {
        // Hearsay was never on there.
      }
      if (reading) await show(tabId, reading);
    }),
  );
};
