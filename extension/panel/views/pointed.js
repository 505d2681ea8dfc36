/** Shows where in the panel the mark stands that the reader points at on the page. */

/** @type {any} What was opened to show it, and is closed again when the reader points elsewhere */
let opened = null;

/** @param {string} id */
const find = (id) => document.querySelector(`[data-id="${CSS.escape(id)}"]`);

/**
 * @param {string | null} id  Of an attribution or hedge
 * @param {{scroll: boolean}} options
 */
export const showPointed = (id, { scroll }) => {
  for (const old of document.querySelectorAll(".mark[aria-current]")) {
    old.removeAttribute("aria-current");
  }
  if (id === null) return;
  /** @type {any[]} */
  const all = [...document.querySelectorAll("details")];
  const holder = all.find((details) => details.holds(id));
  if (!holder) return;
  if (opened && opened !== holder) {
    opened.open = false;
    opened = null;
  }
  if (!holder.open) {
    holder.reveal();
    opened = holder;
  }
  const mark = find(id);
  mark?.setAttribute("aria-current", "true");
  if (scroll) mark?.scrollIntoView({ block: "nearest" });
};
