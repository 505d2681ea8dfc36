/**
 * What the views show: a reading, less what the reader has switched off.
 */

import { sharesOf } from "../shares.js";
import { shownSources, sourcesOf } from "../sources.js";
import { capitalised, Words } from "../text.js";

/**
 * @typedef {import("../sources.js").Source} Source
 * @typedef {Snapshot & {labels: Labels}} Read  A reading of which something is analysed
 */

/** @param {string[]} forms */
export const quoted = (forms) => forms.map((form) => `“${form}”`).join(", ");

export class Page {
  /** @type {Map<string, string>} */
  #texts;
  /** @type {Map<string, Drawn[]>} By the block's id */
  #unsure;
  /** @type {Map<Attribution, Source>} */
  #sourceOf = new Map();

  /**
   * @param {Read} reading
   * @param {Hidden} hidden
   */
  constructor(reading, hidden) {
    const { blocks, analysis, labels } = reading;
    this.reading = reading;
    this.hidden = hidden;
    /** @type {any} hearsay.Words */
    this.words = new globalThis.hearsay.Words(labels);
    const { marksOf, ownerOf, countsOf } = globalThis.hearsay;
    const marks = marksOf(analysis, hidden);
    const shown = new Set(marks.map(ownerOf));
    /** @type {Counts} */
    this.counts = countsOf(marks);
    this.claims = analysis.attributions.filter((one) => shown.has(one));
    this.hedges = analysis.hedges.filter((one) => shown.has(one));
    this.#texts = new Map(blocks.map(({ id, text }) => [id, text]));
    this.#unsure = Map.groupBy(
      this.hedges.map(({ cue }) => ({ ...cue, look: "hedge" })),
      ({ block }) => block,
    );
    const counter = new Words(blocks);
    // Switching marks off changes nothing of whose words these are.
    this.shares = sharesOf(counter, analysis.attributions);
    const all = sourcesOf(counter, analysis.attributions);
    this.sources = shownSources(counter, all, (claim) => shown.has(claim));
    for (const source of all) for (const claim of source.claims) this.#sourceOf.set(claim, source);
  }

  /** @param {string} block */
  textOf(block) {
    return this.#texts.get(block) ?? "";
  }

  /** Unsure words that stand wholly in a span. @param {Span} span */
  unsureIn({ block, start, end }) {
    const all = this.#unsure.get(block) ?? [];
    return all.filter((one) => start <= one.start && one.end <= end);
  }

  /**
   * The attribution whose source holds back, or null where it is the writer.
   *
   * @param {Hedge} hedge
   * @returns {Attribution | null}
   */
  holderOf(hedge) {
    return globalThis.hearsay.holderOf(hedge, this.reading.analysis.attributions);
  }

  /**
   * What a source is called where it stands for itself.
   *
   * @param {Source} source
   * @returns {string}
   */
  titleOf({ name, kind, forms }) {
    if (name !== null) return name;
    return forms.length ? capitalised(quoted(forms)) : this.words.label("source_kind", kind).name;
  }

  /** Who makes a claim, by the fullest name. @param {Attribution} claim */
  nameOf(claim) {
    const source = this.#sourceOf.get(claim);
    return source ? this.titleOf(source) : this.words.who(claim);
  }
}
