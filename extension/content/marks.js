/**
 * The API's reply as marks: one for each span that is painted, with what it is part of.
 *
 *   hearsay.marksOf(analysis, hidden)  -> Mark[]; `hidden` as in settings.js, its default too
 *   hearsay.countsOf(marks)            -> Counts
 *   hearsay.holderOf(hedge, attributions) -> the attribution whose source holds back, or null
 *   hearsay.labelIn(one, family)       -> what an attribution or a hedge has of a family of labels
 */

/**
 * What POST /v1/analyze answers (GET /v1/openapi.json describes it).
 *
 * @typedef {{block: string, start: number, end: number, text: string}} Span  Offsets in UTF-16 units
 *
 * @typedef {object} Attribution
 * @property {string} id
 * @property {Span | null} cue
 * @property {Span | null} source
 * @property {Span[]} content
 * @property {"named" | "described" | "vague" | "unstated"} source_kind
 * @property {string | null} speaker  The source's fullest name in the article
 * @property {"neutral" | "endorsing" | "distancing"} stance
 * @property {"statement" | "belief" | "knowledge" | "intention"} attitude
 * @property {"direct" | "indirect" | "mixed"} quote
 * @property {boolean} negated
 *
 * @typedef {object} Hedge
 * @property {string} id
 * @property {Span} cue
 * @property {string} kind
 * @property {Span[]} scope
 * @property {string | null} attribution  The attribution in whose content the hedge stands
 *
 * @typedef {object} Analysis
 * @property {Attribution[]} attributions
 * @property {Hedge[]} hedges
 * @property {{code: string, detail: string}[]} warnings
 */

/**
 * @typedef {object} AttributionMark
 * @property {"source" | "cue" | "content"} part
 * @property {MarkLook} look
 * @property {Span} span
 * @property {Attribution} attribution
 *
 * @typedef {object} HedgeMark
 * @property {"hedge"} part
 * @property {MarkLook} look
 * @property {Span} span
 * @property {Hedge} hedge
 * @property {Attribution | null} within  The attribution that the hedge belongs to
 *
 * @typedef {AttributionMark | HedgeMark} Mark
 *
 * @typedef {object} Counts
 * @property {number} claims  Attributions
 * @property {number} sourceless  Those of them whose source is vague or unstated
 * @property {number} hedges
 *
 * @typedef {string | boolean} LabelValue
 */

{
  globalThis.hearsay ??= {};

  /**
   * Which labels there are, the API tells (GET /v1/labels); a family's name is also the name of
   * what holds its value. Only the kind of a hedge has another.
   *
   * @param {Attribution | Hedge} one
   * @param {string} family
   * @returns {LabelValue | undefined}  Of a family that has no label for it, undefined
   */
  hearsay.labelIn = (one, family) =>
    /** @type {Record<string, any>} */ (one)[family === "hedge" ? "kind" : family];

  /**
   * @param {Attribution} attribution
   * @returns {Mark[]}
   */
  const attributionMarks = (attribution) => {
    const { source, cue, content, source_kind: kind } = attribution;
    /** @type {Mark[]} */
    const marks = content.map((span) => ({ part: "content", look: "content", span, attribution }));
    if (cue) {
      const look = kind === "unstated" ? "unstated" : "cue";
      marks.push({ part: "cue", look, span: cue, attribution });
    }
    if (source) {
      const look = kind === "vague" ? "vague" : "source";
      marks.push({ part: "source", look, span: source, attribution });
    }
    return marks;
  };

  /**
   * Who holds back: whoever's cue it is (“police *believe*”), or else whose claim it stands in.
   *
   * @param {Hedge} hedge
   * @param {Attribution[]} attributions
   * @returns {Attribution | null}  Null where it is the writer
   */
  hearsay.holderOf = ({ cue, attribution: id }, attributions) =>
    attributions.find(
      (one) =>
        one.source !== null &&
        one.cue?.block === cue.block &&
        one.cue.start < cue.end &&
        cue.start < one.cue.end,
    ) ??
    attributions.find((one) => one.id === id) ??
    null;

  /**
   * @param {Hedge} hedge
   * @param {Attribution | null} within
   * @returns {Mark}
   */
  const hedgeMark = (hedge, within) => ({
    part: "hedge",
    look: "hedge",
    span: hedge.cue,
    hedge,
    within,
  });

  /**
   * @param {Analysis} analysis
   * @param {Hidden} [hidden]
   * @returns {Mark[]}
   */
  hearsay.marksOf = ({ attributions, hedges }, hidden = hearsay.settings.defaults.hidden) => {
    const families = Object.entries(hidden);
    /** @param {Attribution | Hedge} one */
    const isShown = (one) =>
      !families.some(([family, values]) => values?.includes(hearsay.labelIn(one, family)));
    return [
      ...attributions.filter(isShown).flatMap(attributionMarks),
      ...hedges
        .filter(isShown)
        .map((hedge) => hedgeMark(hedge, hearsay.holderOf(hedge, attributions))),
    ];
  };

  /**
   * What a mark is part of: marks of one attribution share it.
   * @param {Mark} mark
   */
  hearsay.ownerOf = (mark) => (mark.part === "hedge" ? mark.hedge : mark.attribution);

  /**
   * @param {Mark[]} marks
   * @returns {Counts}
   */
  hearsay.countsOf = (marks) => {
    const attributions = new Set();
    const hedges = new Set();
    for (const mark of marks) {
      if (mark.part === "hedge") hedges.add(mark.hedge);
      else attributions.add(mark.attribution);
    }
    const sourceless = [...attributions].filter(({ source_kind: kind }) =>
      ["vague", "unstated"].includes(kind),
    );
    return { claims: attributions.size, sourceless: sourceless.length, hedges: hedges.size };
  };
}
