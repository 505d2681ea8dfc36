/** Files to take away: what is shown for other tools, and the article on paper. */
import { browser } from "../../browser.js";
import { FILE_FORMS, fileName } from "../export.js";

const { create, handout, handoutForms, handoutName, titleOf } = globalThis.hearsay;

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
    name: form.name,
    advice: form.advice,
    make: () => ({
      name: handoutName(titleOf(reading), form.id),
      type: "text/html;charset=utf-8",
      text: handout(reading, form.id, { hidden }),
    }),
  }));

/**
 * @param {string} title
 * @param {Offer[]} offers
 * @param {(text: string) => void} say
 */
const listOf = (title, offers, say) =>
  create(
    "div",
    { class: "kind" },
    create("h3", {}, title),
    create(
      "ul",
      { class: "offers", role: "list" },
      ...offers.map(({ name, advice, make }) =>
        create(
          "li",
          {},
          create(
            "button",
            {
              type: "button",
              onclick: () => {
                const file = make();
                save(file);
                say(`Saved as ${file.name}`);
              },
            },
            name,
          ),
          create("span", { class: "note" }, advice),
        ),
      ),
    ),
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
    ...(anything ? [listOf("What is shown here", dataOffers(page), say)] : []),
    listOf("The article on paper", paperOffers(page, hidden), say),
  );
};
