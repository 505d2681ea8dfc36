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
 * @property {() => {name: string, type: string, text: string}} make
 */

/** Browsers read a file that is to be saved after the click. */
const KEPT_MS = 60_000;

/** @param {ReturnType<Offer["make"]>} file */
const save = ({ name, type, text }) => {
  const href = URL.createObjectURL(new Blob([text], { type }));
  create("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
};

/**
 * @param {Page} page
 * @returns {Offer[]}
 */
const dataOffers = (page) => {
  const { reading, claims, hedges } = page;
  const { version } = browser.runtime.getManifest();
  const exported = {
    reading,
    claims,
    hedges,
    nameOf: (/** @type {Attribution} */ claim) => page.nameOf(claim),
  };
  return FILE_FORMS.map(({ name, advice, type, ending, write }) => ({
    name,
    advice,
    make: () => ({
      name: fileName(titleOf(reading), ending),
      type,
      text: write(exported, version),
    }),
  }));
};

/**
 * @param {Page} page
 * @param {Hidden} hidden
 * @returns {Offer[]}
 */
const paperOffers = ({ reading }, hidden) =>
  handoutForms.map((/** @type {{id: HandoutForm, name: string, advice: string}} */ form) => ({
    name: `Handout: ${form.name.toLowerCase()}`,
    advice: form.advice,
    make: () => ({
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
const offerElement = (name, advice, onclick) =>
  create(
    "li",
    {},
    create("button", { type: "button", onclick }, name),
    create("span", { class: "note" }, advice),
  );

/**
 * @param {Offer[]} offers
 * @param {(text: string) => void} say
 */
const offerElements = (offers, say) =>
  offers.map(({ name, advice, make }) =>
    offerElement(name, advice, () => {
      const file = make();
      save(file);
      say(`Saved as ${file.name}`);
    }),
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
 * @param {Element} parent
 * @param {Page} page
 * @param {Hidden} hidden
 * @param {(text: string) => void} say
 */
export const showOffers = (parent, page, hidden, say) => {
  const anything = page.claims.length + page.hedges.length > 0;
  parent.replaceChildren(
    listOf("For a lesson", [
      offerElement("Lesson view", "The article alone, large, on Hearsay’s own page.", () =>
        openLesson(page, say),
      ),
      ...offerElements(paperOffers(page, hidden), say),
    ]),
    ...(anything ? [listOf("For other tools", offerElements(dataOffers(page), say))] : []),
  );
};
