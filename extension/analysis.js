/**
 * The way from the page to the API.
 *
 *   await analyze(blocks)   -> {analysis, labels} or {problem}
 *
 * The fetch is made by the background and not by the page: there the page's own rules would hold,
 * and browsers keep pages of the web away from servers on the reader's computer.
 */
import { follow } from "./connection.js";
import "./content/api.js";

const { api, ApiError } = globalThis.hearsay;

/** @param {{id: string, text: string}[]} blocks */
export const analyze = async (blocks) => {
  await follow();
  try {
    const [analysis, labels] = await Promise.all([api.analyze(blocks), api.labels()]);
    return { analysis, labels };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: /** @type {any} */ (error).problem };
  }
};
