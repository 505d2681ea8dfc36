/** Which labels are not marked: the panel has the switches, here they go back to the usual. */
import { glossaryLink } from "../glossary.js";
import { byId } from "./dom.js";

const { settings } = globalThis.hearsay;

/** @param {Settings} settings */
const show = ({ hidden }) => {
  const { length } = Object.values(hidden).flat();
  const usual = JSON.stringify(hidden) === JSON.stringify(settings.defaults.hidden);
  const kinds = length === 1 ? "One kind is" : `${length || "No"} kinds are`;
  byId("labels-off").textContent = `${kinds} off now${usual ? ", as usual" : ""}.`;
};

export const startLabels = async () => {
  byId("glossary").append(glossaryLink());
  byId("labels-reset").addEventListener("click", () =>
    settings.write({ hidden: settings.defaults.hidden }),
  );
  settings.onChange(show);
  show(await settings.read());
};
