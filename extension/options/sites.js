/** The sites that are always on, each with a button that ends it. */
import * as sites from "../sites.js";
import { byId } from "./dom.js";

const { create } = globalThis.hearsay;

/** @param {string} pattern */
const nameOf = (pattern) => new URL(pattern.slice(0, -1)).host;

/** @param {string} pattern */
const row = (pattern) => {
  const name = nameOf(pattern);
  const http = pattern.startsWith("http:") ? " (without https)" : "";
  return create(
    "li",
    {},
    create("span", {}, name, http),
    create(
      "button",
      {
        type: "button",
        "aria-label": `Remove ${name}`,
        onclick: async () => {
          await sites.turnOff(pattern);
          byId("sites-said").textContent = `${name} is marked only when you press the button.`;
          byId("sites").querySelector("button")?.focus();
        },
      },
      "Remove",
    ),
  );
};

const show = async () => {
  const patterns = await sites.list();
  const rows = patterns.length
    ? patterns.map(row)
    : [create("li", { class: "note" }, "No site yet.")];
  byId("sites").replaceChildren(...rows);
};

export const startSites = async () => {
  sites.onChange(show);
  await show();
};
