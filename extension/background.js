/**
 * What the browser wakes the extension for: the toolbar button, keys, messages, changes. Each
 * listener stands here, where it is heard however the background was started; what it does has a
 * file of its own.
 */
import { analyze } from "./analysis.js";
import * as badge from "./badge.js";
import { browser } from "./browser.js";
import * as commands from "./commands.js";
import { openLesson } from "./lesson.js";
import { openOptions } from "./pages.js";
import * as sites from "./sites.js";
import { toggle } from "./toolbar.js";

const { settings } = globalThis.hearsay;

browser.action.onClicked.addListener(toggle);
browser.commands.onCommand.addListener(commands.run);
browser.permissions.onRemoved.addListener(sites.keepInStep);
// An update ends what was registered before it.
browser.runtime.onInstalled.addListener(sites.keepInStep);
settings.onChange(badge.showAll);

/** @param {unknown} value */
const isBlocks = (value) =>
  Array.isArray(value) &&
  value.every((block) => typeof block?.id === "string" && typeof block?.text === "string");

/**
 * What a message asks for, by its type. Content scripts send them, and a page could have broken
 * into the process of its own: none of them names an address, a file or another tab.
 *
 * @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => unknown>}
 */
const ANSWERS = {
  analyze: ({ blocks }, { tab }) => {
    if (!isBlocks(blocks)) throw new TypeError("these are no blocks");
    return analyze(blocks, !tab?.incognito);
  },
  reading: async ({ reading }, { tab }) => {
    if (tab?.id !== undefined) await badge.show(tab.id, reading);
  },
  "open-options": () => openOptions(),
  "open-lesson": ({ article }) => openLesson(article),
};

browser.runtime.onMessage.addListener((message, sender, sendResponse) => {
  const answer = Object.hasOwn(ANSWERS, message?.type) && ANSWERS[message.type];
  if (!answer || sender.id !== browser.runtime.id) return false;
  // At once: a panel opens only while the browser still knows of the reader's click.
  const answered = (async () => answer(message, sender))();
  answered.then(sendResponse, (error) => {
    sendResponse({ problem: { kind: "bug", detail: String(error) } });
    throw error;
  });
  return true; // the answer comes later
});
