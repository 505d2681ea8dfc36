/**
 * The tab that the panel is about: the one in front in the panel's window, or the one that its
 * address names (panel.html?tab=7), as where the panel is opened in a tab of its own.
 *
 *   await follow({onReading, onPointed})
 *   await tell({type: "go", id})
 */
import { browser } from "../browser.js";

/**
 * @typedef {object} Followers
 * @property {(reading: Snapshot | null) => void} onReading  Null where Hearsay is off
 * @property {(id: string | null) => void} onPointed
 */

const named = new URLSearchParams(location.search).get("tab");

/** @type {number | undefined} */
let tabId = named === null ? undefined : Number(named);

/** Says something to the page. @param {object} message */
export const tell = async (message) => {
  if (tabId === undefined) return null;
  try {
    return await browser.tabs.sendMessage(tabId, message);
  } catch {
    return null; // nobody listens there
  }
};

/** @param {Followers} followers */
export const follow = async ({ onReading, onPointed }) => {
  const { runtime, tabs, windows } = browser;

  const ask = async () => {
    const asked = tabId;
    const reading = await tell({ type: "get-reading" });
    if (asked === tabId) onReading(reading ?? null);
  };

  runtime.onMessage.addListener((message, { tab }) => {
    if (tab?.id === undefined || tab.id !== tabId) return;
    if (message.type === "pointed") onPointed(message.id);
    if (message.type !== "reading") return;
    const { reading } = message;
    onReading(reading.state === "off" ? null : reading);
  });

  // A page that is left takes its content script with it, which says nothing.
  tabs.onUpdated.addListener((id, { status }) => {
    if (id === tabId && status) ask();
  });

  if (named === null) {
    const own = await windows.getCurrent();
    tabs.onActivated.addListener((active) => {
      if (active.windowId !== own.id) return;
      tabId = active.tabId;
      onPointed(null);
      ask();
    });
    const [front] = await tabs.query({ active: true, windowId: own.id });
    tabId ??= front?.id;
  }
  await ask();
};
