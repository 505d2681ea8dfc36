/** How sure: unsure words by kind, the writer's own apart from the speakers'. */
import { hedgeGroupsOf } from "../hedges.js";
import { around, counted } from "../text.js";
import { disclosure, keep } from "./dom.js";

const { create } = globalThis.hearsay;

/** Characters of the text on each side of an unsure word. */
const REACH = 48;

/**
 * @typedef {import("./page.js").Page} Page
 * @typedef {import("../hedges.js").HedgeGroup} HedgeGroup
 * @typedef {{page: Page, group: HedgeGroup}} GroupItem
 * @typedef {{onGo: (id: string) => void}} HedgeActions
 */

/** @type {{whose: "writer" | "speakers", title: string, note: string}[]} */
const PARTS = [
  {
    whose: "writer",
    title: "The writer’s own",
    note: "Here the writer holds back.",
  },
  {
    whose: "speakers",
    title: "In what others say",
    note: "Here the one who is quoted or retold holds back, not the writer.",
  },
];

/**
 * @param {Hedge} hedge
 * @param {HedgeActions} actions
 */
const hedgeElement = ({ id }, { onGo }) => {
  const words = create("span", { class: "words" });
  const facts = create("span", { class: "facts" });
  const go = create(
    "button",
    { type: "button", class: "go", onclick: () => onGo(id) },
    words,
    facts,
  );
  return Object.assign(create("li", { class: "mark", "data-id": id }, go), {
    /** @param {{page: Page, hedge: Hedge}} item */
    update: ({ page, hedge }) => {
      const { cue } = hedge;
      const [before, after] = around(page.textOf(cue.block), cue, REACH);
      words.replaceChildren(before, create("span", { class: "look-hedge" }, cue.text), after);
      const claim = page.holderOf(hedge);
      facts.replaceChildren(...(claim ? [page.nameOf(claim)] : []));
    },
  });
};

/**
 * @param {HedgeActions} actions
 */
const groupElement = (actions) => {
  const why = create("p", { class: "note" });
  const list = create("ol", { class: "marks", role: "list" });
  return disclosure({
    className: "group",
    open: false,
    head: (summary, /** @type {GroupItem} */ { page, group: { kind, hedges } }) =>
      summary.replaceChildren(
        create("span", { class: "name" }, page.words.label("hedge", kind).name),
        create("span", { class: "tally" }, counted(hedges.length, "place", "places")),
      ),
    holds: (/** @type {GroupItem} */ { group }, id) =>
      group.hedges.some((hedge) => hedge.id === id),
    body: (inside, /** @type {GroupItem} */ { page, group: { kind, hedges } }) => {
      if (!list.isConnected) inside.append(why, list);
      why.replaceChildren(page.words.label("hedge", kind).why);
      keep(
        list,
        hedges.map((hedge) => ({ page, hedge })),
        ({ hedge }) => hedge.id,
        ({ hedge }) => hedgeElement(hedge, actions),
      );
    },
  });
};

/**
 * @param {typeof PARTS[number]} part
 * @param {HedgeActions} actions
 */
const partElement = ({ title, note }, actions) => {
  const tally = create("span", { class: "tally" });
  const list = create("div", { class: "groups" });
  const heading = create("h3", {}, title, " ", tally);
  return Object.assign(
    create("div", { class: "kind" }, heading, create("p", { class: "note" }, note), list),
    {
      /** @param {{page: Page, groups: HedgeGroup[]}} item */
      update: ({ page, groups }) => {
        tally.textContent = String(groups.reduce((sum, { hedges }) => sum + hedges.length, 0));
        keep(
          list,
          groups.map((group) => ({ page, group })),
          ({ group }) => group.kind,
          () => groupElement(actions),
        );
      },
    },
  );
};

/**
 * @param {Element} parent
 * @param {Page} page
 * @param {HedgeActions} actions
 */
export const showHedges = (parent, page, actions) => {
  const kinds = page.words.families
    .get("hedge")
    .labels.map((/** @type {Label} */ { value }) => value);
  const isSpeakers = (/** @type {Hedge} */ hedge) => page.holderOf(hedge) !== null;
  const groups = hedgeGroupsOf(page.hedges, kinds, isSpeakers);
  keep(
    parent,
    PARTS.map((part) => ({ page, part, groups: groups[part.whose] })).filter(
      ({ groups }) => groups.length > 0,
    ),
    ({ part }) => part.whose,
    ({ part }) => partElement(part, actions),
  );
};
