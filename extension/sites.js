/**
 * Sites on which every page is marked without a press of the button.
 *
 *   patternOf(url)         "https://news.example/*"; null for what is no page of a site
 *   await isOn(url)
 *   await turnOn(url)      asks the reader for leave to read the site: first thing in a click
 *   await turnOff(url)     gives that leave back
 *   await list()           the patterns, in alphabetical order
 *   await clear()          turns all of them off
 *   await askFor(pattern)  asks the reader for leave to reach a host: first thing in a click
 *   await giveBack(url)    leave to reach a host, if nothing needs it any more
 *   await keepInStep()     after leave was taken elsewhere, and after an update
 *   onChange(callback)
 *
 * The list is Hearsay's own. Leave to read a site that was given for another purpose (a server on
 * another address, a switch in the browser) turns nothing on.
 */
import { browser } from "./browser.js";
import { read } from "./connection.js";
import { load, save } from "./private-data.js";
import { CONTENT_SCRIPTS, UNASKED } from "./scripts.js";

const KEY = "sites";

/** Of the registered content scripts. */
const ID = "sites";

/** Two ends, so that the page which changes the list hears of it too. */
const changed = new BroadcastChannel(KEY);
const changes = new BroadcastChannel(KEY);

/**
 * @param {string} url
 * @returns {string | null}
 */
export const patternOf = (url) => {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  // Patterns have no port.
  return /^https?:$/.test(protocol) && hostname ? `${protocol}//${hostname}/*` : null;
};

/** @returns {Promise<string[]>} */
export const list = async () => (await load(KEY)) ?? [];

/** @param {string} url */
export const isOn = async (url) => {
  const pattern = patternOf(url);
  return pattern !== null && (await list()).includes(pattern);
};

/** @param {string[]} matches */
const registerFor = async (matches) => {
  const { scripting } = browser;
  const registered = await scripting.getRegisteredContentScripts({ ids: [ID] });
  if (!matches.length) {
    if (registered.length) await scripting.unregisterContentScripts({ ids: [ID] });
    return;
  }
  // From the root: Firefox takes a path to start from the page that gives it, as the panel's.
  const js = [UNASKED, ...CONTENT_SCRIPTS].map((path) => `/${path}`);
  const script = { id: ID, js, matches };
  if (registered.length) await scripting.updateContentScripts([script]);
  else await scripting.registerContentScripts([script]);
};

/** @param {Iterable<string>} patterns */
const replace = async (patterns) => {
  const sites = [...new Set(patterns)].sort();
  await save(KEY, sites);
  await registerFor(sites);
  changed.postMessage(null);
};

/**
 * @param {string} pattern
 * @returns {Promise<boolean>}  Whether the reader agreed, and whoever manages the browser lets them
 */
export const askFor = async (pattern) => {
  try {
    return await browser.permissions.request({ origins: [pattern] });
  } catch (error) {
    console.info(`The browser did not ask: ${error}`);
    return false;
  }
};

/**
 * @param {string} url
 * @returns {Promise<boolean>}  Whether the reader agreed
 */
export const turnOn = async (url) => {
  const pattern = patternOf(url);
  if (!pattern) return false;
  // Nothing is awaited before this: the browser asks only while it still knows of the click.
  const agreed = await askFor(pattern);
  if (agreed) await replace([...(await list()), pattern]);
  return agreed;
};

/** @param {string} url  Of a page, or a pattern of the list */
export const turnOff = async (url) => {
  const pattern = patternOf(url);
  await replace((await list()).filter((site) => site !== pattern));
  await giveBack(url);
};

export const clear = async () => {
  const sites = await list();
  await replace([]);
  await Promise.all(sites.map(giveBack));
};

/** @param {string} url  Of a page or a server, or a pattern of the list */
export const giveBack = async (url) => {
  const pattern = patternOf(url);
  const { host_permissions: required = [] } = browser.runtime.getManifest();
  const { server } = await read();
  const needed = [...required, patternOf(server), ...(await list())];
  if (pattern && !needed.includes(pattern)) {
    await browser.permissions.remove({ origins: [pattern] });
  }
};

export const keepInStep = async () => {
  const sites = await list();
  const allowed = await Promise.all(
    sites.map((pattern) => browser.permissions.contains({ origins: [pattern] })),
  );
  await replace(sites.filter((_, index) => allowed[index]));
};

/** @param {() => void} callback */
export const onChange = (callback) => changes.addEventListener("message", callback);
