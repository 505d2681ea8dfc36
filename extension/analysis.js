/**
 * The way from the page to the API.
 *
 *   await analyze(blocks, keep)   -> {analysis, labels} or {problem}
 *
 * The fetch is made by the background and not by the page: there the page's own rules would hold,
 * and browsers keep pages of the web away from servers on the reader's computer.
 */
import { keyOf, recall, remember } from "./cache.js";
import { follow } from "./connection.js";
import "./content/api.js";

const { api, ApiError } = globalThis.hearsay;

// Before the first text comes.
follow();

/**
 * @param {{id: string, text: string}[]} blocks
 * @param {boolean} keep  Whether the answer may be remembered until the browser closes
 */
export const analyze = async (blocks, keep) => {
  await follow();
  try {
    const key = await keyOf(api.server, await api.edition(), blocks);
    const known = await recall(key);
    if (known) return known;
    const [analysis, labels] = await Promise.all([api.analyze(blocks), api.labels()]);
    if (keep) await remember(key, { analysis, labels });
    return { analysis, labels };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: /** @type {any} */ (error).problem };
  }
};
