/**
 * Which server reads the texts, and the token that it may want.
 *
 *   await read()              -> Connection
 *   await write(connection)
 *   await follow()            turns hearsay.api to it, now and whenever it is changed
 *   onChange(callback)        called when it was changed, by this page too
 *   addressFrom("10.0.0.5:8484/")  -> "http://10.0.0.5:8484"; null where that is no address
 */
import { load, save } from "./private-data.js";
import "./content/api.js";

/**
 * @typedef {object} Connection
 * @property {string} server  Its address, without a last slash
 * @property {string} token  "" for none
 */

const { api } = globalThis.hearsay;

const KEY = "connection";

/** @type {Readonly<Connection>} */
export const DEFAULT = Object.freeze({ server: api.server, token: "" });

/** What a header can carry. @param {unknown} token */
export const isToken = (token) => typeof token === "string" && /^[\x21-\x7e]*$/.test(token);

/**
 * @param {string} text  As typed by a reader: the protocol and a last slash may be missing or there
 * @returns {string | null}
 */
export const addressFrom = (text) => {
  const typed = text.trim();
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!URL.canParse(full)) return null;
  const { protocol, host, username, password, pathname, search, hash } = new URL(full);
  // Chromium lets a name have spaces, which no name has.
  const plain = !(username || password || search || hash || host.includes("%"));
  if (!/^https?:$/.test(protocol) || !plain) return null;
  return `${protocol}//${host}${pathname.replace(/\/+$/, "")}`;
};

/** @returns {Promise<Partial<Connection>>} */
const kept = async () => {
  const { server, token } = (await load(KEY)) ?? {};
  /** @type {Partial<Connection>} */
  const connection = {};
  if (typeof server === "string" && addressFrom(server) === server) connection.server = server;
  if (isToken(token)) connection.token = token;
  return connection;
};

/** @returns {Promise<Connection>} */
export const read = async () => ({ ...DEFAULT, ...(await kept()) });

/** Two ends, so that the page which changes it hears of it too. */
const changed = new BroadcastChannel(KEY);
const changes = new BroadcastChannel(KEY);

/** @param {() => void} callback */
export const onChange = (callback) => changes.addEventListener("message", callback);

/** @param {Connection} connection */
export const write = async (connection) => {
  await save(KEY, connection);
  changed.postMessage(null);
};

let turned = Promise.resolve();

const turn = () => {
  turned = kept().then((connection) => {
    Object.assign(api, connection);
  });
};

let following = false;

/** Each call waits until the latest change has arrived. */
export const follow = () => {
  if (!following) {
    following = true;
    onChange(turn);
    turn();
  }
  return turned;
};
