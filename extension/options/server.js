/** Which server reads the texts: its address and token, tested as soon as they are saved. */
import { addressFrom, DEFAULT, isToken, onChange, read, write } from "../connection.js";
import { askFor, giveBack, patternOf } from "../sites.js";
import { byId } from "./dom.js";

const { api, ApiError, create, problemWords, withCode } = globalThis.hearsay;

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;

const NOT_ALLOWED =
  "When the browser asked, this was not allowed, so the address stays as it was before. Press “Save " +
  "and test” again, and choose “Allow”.";

/**
 * @param {"good" | "bad" | "busy"} kind
 * @param {string} title
 * @param {(string | undefined)[]} paragraphs  With back ticks around what is to be typed
 */
const tell = (kind, title, ...paragraphs) => {
  const outcome = byId("outcome");
  outcome.className = `outcome ${kind}`;
  outcome.replaceChildren(
    create("h3", {}, title),
    ...paragraphs.filter(Boolean).map((words) => create("p", {}, ...withCode(words))),
  );
};

/** Whom the reader lets read along with another address than this computer's. */
const warn = () => {
  const address = addressFrom(byId("address").value);
  const { protocol, hostname } = address ? new URL(address) : { protocol: "", hostname: "" };
  const far = address !== null && !LOOPBACK.test(hostname);
  const open = protocol === "http:" ? ", and can be read on the way: it is no https address" : "";
  byId("sent-to").hidden = !far;
  byId("sent-to").textContent = far
    ? `This is another computer: the text of every page that you mark will be sent to ${hostname}${open}.`
    : "";
};

const test = async () => {
  tell("busy", "Testing …");
  try {
    const { version, model } = await api.test();
    tell(
      "good",
      "Hearsay answers",
      `The model ${model.name} ${model.version} reads the texts, by version ${version} of the API.`,
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { title, advice, detail } = problemWords(/** @type {any} */ (error).problem);
    tell("bad", title, advice, detail);
  }
};

/**
 * @param {string} id  Of the field that is wrong
 * @param {string} title
 * @param {string} advice
 */
const refuse = (id, title, advice) => {
  byId(id).setAttribute("aria-invalid", "true");
  byId(id).focus();
  tell("bad", title, advice);
};

/** @param {import("../connection.js").Connection} connection */
const save = async (connection) => {
  const { server: before } = await read();
  await write(connection);
  await giveBack(before);
  Object.assign(api, connection);
  fill(connection);
  await test();
};

/** @param {import("../connection.js").Connection} connection */
const fill = ({ server, token }) => {
  byId("address").value = server;
  byId("token").value = token;
  warn();
};

/** @param {Event} event */
const submit = async (event) => {
  event.preventDefault();
  const server = addressFrom(byId("address").value);
  const token = byId("token").value.trim();
  for (const id of ["address", "token"]) byId(id).removeAttribute("aria-invalid");
  byId("outcome").replaceChildren();
  if (!server) {
    refuse("address", "This is no address of a server", `One looks like \`${DEFAULT.server}\`.`);
  } else if (!isToken(token)) {
    refuse("token", "This is no access token", "It has no spaces and no letters with accents.");
  } else {
    // Nothing is awaited before this: the browser asks only while it still knows of the click.
    const agreed = await askFor(`${patternOf(server)}`);
    const { host } = new URL(server);
    if (agreed) await save({ server, token });
    else tell("bad", `Hearsay may not reach ${host}`, NOT_ALLOWED);
  }
};

export const startServer = async () => {
  byId("server").addEventListener("submit", submit);
  byId("server").addEventListener("reset", (/** @type {Event} */ event) => {
    event.preventDefault();
    save(DEFAULT);
  });
  byId("address").addEventListener("input", warn);
  onChange(async () => fill(await read()));
  fill(await read());
};
