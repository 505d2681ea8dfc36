/** A switch for each label: on or off, on the page and here. */
import { filtersOf, withFilter } from "../filters.js";
import { counted } from "../text.js";
import { disclosure, keep } from "./dom.js";

const { create, settings } = globalThis.hearsay;

/**
 * @typedef {import("../filters.js").Filter} Filter
 * @typedef {import("../filters.js").FilterFamily} FilterFamily
 * @typedef {(family: FilterFamily["id"], value: Filter["value"], shown: boolean) => void} OnSwitch
 */

/**
 * @param {FilterFamily["id"]} family
 * @param {Filter} filter
 * @param {OnSwitch} onSwitch
 */
const filterElement = (family, { value, definition }, onSwitch) => {
  const box = create("input", {
    type: "checkbox",
    onchange: () => onSwitch(family, value, box.checked),
  });
  const name = create("span", { class: "name" });
  const count = create("span", { class: "tally" });
  return Object.assign(create("label", { title: definition }, box, name, count), {
    /** @param {Filter} filter */
    update: (filter) => {
      box.checked = filter.shown;
      name.textContent = filter.name;
      count.textContent = String(filter.count);
    },
  });
};

/**
 * @param {FilterFamily} family
 * @param {OnSwitch} onSwitch
 */
const familyElement = ({ id }, onSwitch) => {
  const legend = create("legend");
  const list = create("div");
  return Object.assign(create("fieldset", {}, legend, list), {
    /** @param {FilterFamily} family */
    update: ({ name, filters }) => {
      legend.textContent = name;
      keep(
        list,
        filters,
        ({ value }) => String(value),
        (filter) => filterElement(id, filter, onSwitch),
      );
    },
  });
};

/**
 * @param {(change: (hidden: Hidden) => Hidden) => void} onChange
 */
const allElement = (onChange) => {
  const list = create("div", { class: "families" });
  /** @type {OnSwitch} */
  const onSwitch = (family, value, shown) =>
    onChange((hidden) => withFilter(hidden, family, value, shown));
  const reset = create(
    "button",
    { type: "button", onclick: () => onChange(() => settings.defaults.hidden) },
    "As at first",
  );
  return disclosure({
    className: "switches",
    open: false,
    head: (summary, /** @type {FilterFamily[]} */ families) => {
      const all = families.flatMap(({ filters }) => filters);
      const off = all.filter(({ shown }) => !shown).map(({ name }) => name);
      summary.replaceChildren(
        create("span", { class: "name" }, counted(all.length, "label", "labels")),
        create("span", { class: "tally" }, off.length ? `${off.length} off` : "all on"),
        create("span", { class: "forms" }, off.length ? `Off: ${off.join(", ")}` : ""),
      );
    },
    body: (inside, /** @type {FilterFamily[]} */ families) => {
      if (!list.isConnected) inside.append(list, reset);
      keep(
        list,
        families,
        ({ id }) => id,
        (family) => familyElement(family, onSwitch),
      );
    },
  });
};

/**
 * @param {Element} parent
 * @param {import("./page.js").Read} reading
 * @param {Hidden} hidden
 * @param {(change: (hidden: Hidden) => Hidden) => void} onChange
 */
export const showFilters = (parent, { labels, analysis }, hidden, onChange) => {
  keep(
    parent,
    [filtersOf(labels, hidden, analysis)],
    () => "switches",
    () => allElement(onChange),
  );
};
