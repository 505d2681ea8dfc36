/** Who says what: the sources by kind, each with its claims. */
import { KINDS } from "../sources.js";
import { counted } from "../text.js";
import { disclosure, drawnText, keep } from "./dom.js";
import { quoted } from "./page.js";

const { create, iconButton } = globalThis.hearsay;

/** As many other names of a source as one takes in at a glance. */
const MANY_FORMS = 4;
const COPY_LABEL = "Copy this claim with its source";

/** @type {Record<import("../sources.js").SourceKind, MarkLook>} */
const LOOKS = { named: "source", described: "source", vague: "vague", unstated: "unstated" };

/**
 * @typedef {import("./page.js").Page} Page
 * @typedef {import("../sources.js").Source} Source
 * @typedef {{page: Page, source: Source}} SourceItem
 * @typedef {{page: Page, claim: Attribution}} ClaimItem
 *
 * @typedef {object} SourceActions
 * @property {(id: string) => void} onGo
 * @property {(claim: Attribution) => void} onCopy
 */

/**
 * @param {ClaimItem} item
 * @returns {(Node | string)[]}
 */
const wordsOf = ({ page, claim }) =>
  claim.content.flatMap((span, index) => [
    ...(index ? [" … "] : []),
    ...drawnText(page.textOf(span.block), span, page.unsureIn(span)),
  ]);

/**
 * The words that signal the claim, and what is unusual about it.
 *
 * @param {ClaimItem} item
 * @returns {Node[]}
 */
const factsOf = ({ page, claim }) => {
  const look = claim.source_kind === "unstated" ? "unstated" : "cue";
  const cue = claim.cue && create("span", { class: `look-${look}` }, claim.cue.text);
  /** @type {Label[]} */
  const labels = page.words.labelsOf(claim);
  // The kind stands above, and that a claim is retold is seen by its words.
  const told = labels.filter(({ value }) => ![claim.source_kind, "indirect"].includes(`${value}`));
  return [cue, ...told.map(({ name }) => create("span", {}, name))].filter(Boolean);
};

/**
 * @param {ClaimItem} item
 * @param {SourceActions} actions
 */
const claimElement = ({ claim: { id } }, { onGo, onCopy }) => {
  const words = create("span", { class: "words" });
  const facts = create("span", { class: "facts" });
  const go = create(
    "button",
    { type: "button", class: "go", onclick: () => onGo(id) },
    words,
    facts,
  );
  /** @type {Attribution} */
  let current;
  const copy = iconButton("copy", COPY_LABEL, () => onCopy(current));
  copy.className = "icon";
  return Object.assign(create("li", { class: "mark", "data-id": id }, go, copy), {
    /** @param {ClaimItem} item */
    update: (item) => {
      current = item.claim;
      words.replaceChildren(...wordsOf(item));
      facts.replaceChildren(...factsOf(item).flatMap((fact, i) => (i ? [" · ", fact] : [fact])));
    },
  });
};

/** @param {Source} source */
const tallyOf = ({ claims, words }) =>
  `${counted(claims.length, "claim", "claims")}, ${counted(words, "word", "words")}`;

/**
 * Words are not summed: two sources can answer for the same ones.
 * @param {Source[]} sources
 */
const tallyOfAll = (sources) => {
  const claims = sources.reduce((sum, source) => sum + source.claims.length, 0);
  const known = sources.some(({ kind }) => kind !== "unstated");
  const all = known ? [counted(sources.length, "source", "sources")] : [];
  return [...all, counted(claims, "claim", "claims")].join(", ");
};

/** @param {SourceItem} item */
const headOf = ({ page, source }) => {
  const { name, kind, forms } = source;
  const title = page.titleOf(source);
  const also = quoted(forms.slice(0, MANY_FORMS)) + (forms.length > MANY_FORMS ? " …" : "");
  const note = name === null ? "Hearsay cannot tell who is meant." : `also ${also}`;
  return [
    create("span", { class: "name" }, create("span", { class: `look-${LOOKS[kind]}` }, title)),
    create("span", { class: "tally" }, tallyOf(source)),
    forms.length && create("span", { class: "forms" }, note),
  ].filter(Boolean);
};

/**
 * @param {SourceActions} actions
 * @returns {any}  A list, with `update(item)`
 */
const claimList = (actions) => {
  const list = create("ol", { class: "marks", role: "list" });
  return Object.assign(list, {
    /** @param {SourceItem} item */
    update: ({ page, source }) =>
      keep(
        list,
        source.claims.map((claim) => ({ page, claim })),
        ({ claim }) => claim.id,
        (item) => claimElement(item, actions),
      ),
  });
};

/**
 * @param {SourceItem} first
 * @param {SourceActions} actions
 */
const sourceElement = ({ source: { kind } }, actions) => {
  // Where there is no source, there is nothing to open.
  if (kind === "unstated") return claimList(actions);
  const list = claimList(actions);
  return disclosure({
    className: "source",
    // Where nobody can be asked, one looks at what is claimed.
    open: kind === "vague",
    head: (summary, item) => summary.replaceChildren(...headOf(item)),
    body: (inside, /** @type {SourceItem} */ item) => {
      if (!list.isConnected) inside.append(list);
      list.update(item);
    },
    holds: (/** @type {SourceItem} */ { source }, id) =>
      source.claims.some((claim) => claim.id === id),
  });
};

/**
 * @param {string} kind
 * @param {SourceActions} actions
 */
const kindElement = (kind, actions) => {
  const name = create("span");
  const tally = create("span", { class: "tally" });
  const why = create("p", { class: "note" });
  const list = create("div", { class: "sources" });
  const heading = create("h3", {}, name, tally);
  return Object.assign(create("div", { class: `kind ${kind}` }, heading, why, list), {
    /** @param {{page: Page, sources: Source[]}} item */
    update: ({ page, sources }) => {
      const label = page.words.label("source_kind", kind);
      name.textContent = label.name;
      tally.textContent = tallyOfAll(sources);
      why.textContent = label.why;
      keep(
        list,
        sources.map((source) => ({ page, source })),
        ({ source }) => source.key,
        (item) => sourceElement(item, actions),
      );
    },
  });
};

/**
 * @param {Element} parent
 * @param {Page} page
 * @param {SourceActions} actions
 */
export const showSources = (parent, page, actions) => {
  const kinds = KINDS.map((kind) => ({
    page,
    kind,
    sources: page.sources.filter((source) => source.kind === kind),
  }));
  keep(
    parent,
    kinds.filter(({ sources }) => sources.length > 0),
    ({ kind }) => kind,
    ({ kind }) => kindElement(kind, actions),
  );
};
