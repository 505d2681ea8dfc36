/**
 * Analyses of this browser session, so that a second visit to an article costs none.
 *
 *   const key = await keyOf(server, edition, blocks)
 *   await recall(key)            -> what was remembered of it, or undefined
 *   await remember(key, value)
 *
 * They are found by the content that was analysed and by who analysed it (another model, or another
 * rule, is another edition of the server), and kept in `storage.session`: in memory, out of web pages'
 * reach, and gone when the browser closes or the extension is reloaded.
 */
import { browser } from "./browser.js";

/** All of them together; browsers allow 10 MB. */
const MAX_BYTES = 5_000_000;
/** Name of the item that lists the others. */
const INDEX = "analyses";

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {number} size  Bytes
 */

/**
 * @param {string} server
 * @param {string} edition  Of the server
 * @param {{id: string, text: string}[]} blocks
 */
export const keyOf = async (server, edition, blocks) => {
  const content = JSON.stringify([server, edition, ...blocks.map(({ id, text }) => [id, text])]);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  const digits = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `analysis-${digits.join("")}`;
};

/** Changes of the index come one after the other. @type {Promise<unknown>} */
let changes = Promise.resolve();

/**
 * @param {(index: Entry[]) => Promise<Entry[]>} change  Gets the entries, least recently used first
 */
const changeIndex = (change) => {
  const done = changes.then(async () => {
    const { [INDEX]: index } = await browser.storage.session.get(INDEX);
    const changed = await change(/** @type {Entry[] | undefined} */ (index) ?? []);
    await browser.storage.session.set({ [INDEX]: changed });
  });
  changes = done.catch(() => {}); // whoever asked for it is told
  return done;
};

/** @param {string} key */
export const recall = async (key) => {
  const { [key]: value } = await browser.storage.session.get(key);
  if (value !== undefined) {
    await changeIndex(async (index) => [
      ...index.filter((entry) => entry.key !== key),
      ...index.filter((entry) => entry.key === key),
    ]);
  }
  return value;
};

/**
 * @param {string} key
 * @param {unknown} value
 */
export const remember = (key, value) =>
  changeIndex(async (index) => {
    const entry = { key, size: new TextEncoder().encode(JSON.stringify(value)).length };
    const kept = [...index.filter((other) => other.key !== key), entry];
    let size = kept.reduce((sum, other) => sum + other.size, 0);
    const forgotten = [];
    while (size > MAX_BYTES && kept.length) {
      const [oldest] = kept.splice(0, 1);
      forgotten.push(oldest.key);
      size -= oldest.size;
    }
    await browser.storage.session.remove(forgotten);
    if (kept.length) await browser.storage.session.set({ [key]: value });
    return kept;
  });
