/**
 * An article taken to the lesson view: the page of the reader's own server, where it is shown,
 * presented and printed without the rest of the web page.
 *
 *   await openLesson(article)   -> {opened: true} or {problem}
 *
 * The article goes from the extension into that page; the server fetches nothing.
 */
import { browser } from "./browser.js";
import { follow } from "./connection.js";
import "./content/api.js";

/**
 * @typedef {object} LessonArticle  A Story of the page's texts.js
 * @property {string} title
 * @property {string} url
 * @property {{text: string, kind: string}[]} blocks
 */

const { api, ApiError } = globalThis.hearsay;

/** How long a tab is given to show the page, and how often it is asked. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Takes from a message what belongs to an article, and nothing else.
 *
 * @param {any} article
 * @returns {LessonArticle}
 */
const articleFrom = (article) => {
  const { title, url, blocks } = article ?? {};
  /** @param {any} block */
  const isBlock = (block) => typeof block?.text === "string" && typeof block.kind === "string";
  if (![title, url].every((value) => typeof value === "string")) throw new TypeError("no article");
  if (!Array.isArray(blocks) || !blocks.every(isBlock)) throw new TypeError("no blocks");
  return { title, url, blocks: blocks.map(({ text, kind }) => ({ text, kind })) };
};

/**
 * Runs in the tab, among the page's own scripts.
 *
 * @param {string} origin
 * @param {LessonArticle} article
 * @returns {boolean}  Whether it is our page, and has taken the article
 */
const handOver = (origin, article) => {
  const name = document.querySelector('meta[name="application-name"]')?.getAttribute("content");
  if (location.origin !== origin || name !== "Hearsay" || !globalThis.hearsay?.openStory) {
    return false;
  }
  globalThis.hearsay.openStory(article);
  return true;
};

/**
 * A new tab shows an empty page first, on which no script may run.
 *
 * @param {number} tabId
 * @param {[origin: string, article: LessonArticle]} args
 */
const handedOver = async (tabId, args) => {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    try {
      const [{ result }] = await browser.scripting.executeScript({
        target: { tabId },
        world: "MAIN",
        func: handOver,
        args,
      });
      if (result) return true;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
};

/** @param {unknown} given */
export const openLesson = async (given) => {
  const article = articleFrom(given);
  await follow();
  const { server } = api;
  try {
    await api.labels(); // whether it is our server that answers
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: /** @type {any} */ (error).problem };
  }
  const tab = await browser.tabs.create({ url: `${server}/` });
  const { origin } = new URL(server);
  const opened = await handedOver(/** @type {number} */ (tab.id), [origin, article]);
  return opened ? { opened } : { problem: { kind: "stranger", server } };
};
