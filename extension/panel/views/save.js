/** To take away: the article for a lesson, and what is shown here for other tools. */
import { browser } from "../../browser.js";
import { FILE_FORMS, fileName } from "../export.js";

const { create, handout, handoutForms, handoutName, problemWords, sentences, titleOf } =
  globalThis.hearsay;

/**
 * @typedef {import("./page.js").Page} Page
 *
 * @typedef {object} Offer  A file that can be had
 * @property {string} name
 * @property {string} advice
 * @property {(page: Page) => {name: string, type: string, text: string}} make
 */

/** Browsers read a file that is to be saved after the click. */
const KEPT_MS = 60_000;

/** @param {ReturnType<Offer["make"]>} file */
const save = ({ name, type, text }) => {
  const href = URL.createObjectURL(new Blob([text], { type }));
  create("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
};

/** @returns {Offer[]} */
const dataOffers = () =>
  FILE_FORMS.map(({ name, advice, type, ending, write }) => ({
    name,
    advice,
    make: (page) => {
      const { reading, claims, hedges } = page;
      const nameOf = (/** @type {Attribution} */ claim) => page.nameOf(claim);
      return {
        name: fileName(titleOf(reading), ending),
        type,
        text: write({ reading, claims, hedges, nameOf }, browser.runtime.getManifest().version),
      };
    },
  }));

/** @returns {Offer[]} */
const paperOffers = () =>
  handoutForms.map((/** @type {{id: HandoutForm, name: string, advice: string}} */ form) => ({
    name: `Handout: ${form.name.toLowerCase()}`,
    advice: form.advice,
    make: (/** @type {Page} */ { reading, hidden }) => ({
      name: handoutName(titleOf(reading), form.id),
      type: "text/html;charset=utf-8",
      text: handout(reading, form.id, { hidden }),
    }),
  }));

/**
 * @param {string} name
 * @param {string} advice
 * @param {() => void} onclick
 */
const itemOf = (name, advice, onclick) =>
  create(
    "li",
    {},
    create("button", { type: "button", onclick }, name),
    create("span", { class: "note" }, advice),
  );

/**
 * @param {string} title
 * @param {Node[]} items
 */
const listOf = (title, items) =>
  create(
    "div",
    { class: "kind" },
    create("h3", {}, title),
    create("ul", { class: "offers", role: "list" }, ...items),
  );

/**
 * @param {Page} page
 * @param {(text: string) => void} say
 */
const openLesson = async ({ reading }, say) => {
  const { url, blocks } = reading;
  const article = { title: titleOf(reading), url, blocks };
  const { problem } = await browser.runtime.sendMessage({ type: "open-lesson", article });
  if (!problem) return;
  /** @type {ProblemWords} */
  const { title, advice } = problemWords(problem);
  say(sentences([title, advice.replaceAll("`", "")]));
};

/**
 * @param {Element} parent
 * @param {(text: string) => void} say
 * @returns {(page: Page) => void}  Offers what there is of this one
 */
export const makeOffers = (parent, say) => {
  /** @type {Page} */
  let current;
  /** @param {Offer[]} offers */
  const files = (offers) =>
    offers.map(({ name, advice, make }) =>
      itemOf(name, advice, () => {
        const file = make(current);
        save(file);
        say(`Saved as ${file.name}`);
      }),
    );
  const lesson = itemOf("Lesson view", "The article alone, large, on Hearsay’s own page.", () =>
    openLesson(current, say),
  );
  const data = listOf("For other tools", files(dataOffers()));
  parent.append(listOf("For a lesson", [lesson, ...files(paperOffers())]), data);
  return (page) => {
    current = page;
    data.hidden = page.claims.length + page.hedges.length === 0;
  };
};
