/** What there is to say where no reading is: how to start it, how far it is, what went wrong. */
import { browser } from "../../browser.js";

const { create, problemWords, withCode } = globalThis.hearsay;

const WHERE =
  "It works on articles on the web. Browsers keep extensions out of their own pages, of new tabs, " +
  "and of extension stores.";

/** @returns {Promise<string>}  The keys that start Hearsay, "" for none */
export const startKeys = async () => {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === "_execute_action")?.shortcut ?? "";
};

/**
 * @param {Element} parent
 * @param {string} keys
 */
export const showOff = (parent, keys) => {
  const pressed = keys ? [", or ", create("kbd", {}, keys), ","] : [];
  parent.replaceChildren(
    create("h2", {}, "Hearsay is off in this tab"),
    create("p", {}, "Press Hearsay’s button in the toolbar", ...pressed, " to mark the article."),
    create("p", { class: "note" }, WHERE),
  );
};

/**
 * @param {Element} parent
 * @param {Snapshot["progress"]} progress
 */
export const showBusy = (parent, { done, all }) => {
  const bar = create("progress", {
    "aria-label": "Read so far",
    ...(all && { value: done, max: all }),
  });
  parent.replaceChildren(
    create("h2", {}, "Reading the article …"),
    bar,
    create("p", { class: "note" }, all ? `${done} of ${all} paragraphs` : ""),
  );
};

/**
 * @param {Element} parent
 * @param {Problem} problem
 */
export const showProblem = (parent, problem) => {
  /** @type {ProblemWords} */
  const { title, advice, detail, retry } = problemWords(problem);
  parent.replaceChildren(
    create("h2", {}, title),
    create("p", {}, ...withCode(advice)),
    ...(detail ? [create("p", { class: "note" }, detail)] : []),
    ...(retry ? [create("p", { class: "note" }, "The page has a button to try again.")] : []),
  );
};
