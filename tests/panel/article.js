/** Articles for the tests: texts, and what the API could have found in them. */

/** @param {...string} texts */
export const article = (...texts) => {
  const blocks = texts.map((text, index) => ({ id: `b${index + 1}`, text, kind: "paragraph" }));
  /** @type {Attribution[]} */
  const attributions = [];
  /** @type {Hedge[]} */
  const hedges = [];

  /**
   * Where the words stand first.
   * @param {string} words
   * @returns {Span}
   */
  const span = (words) => {
    for (const { id, text } of blocks) {
      const start = text.indexOf(words);
      if (start >= 0) return { block: id, start, end: start + words.length, text: words };
    }
    throw new Error(`the article has no ${words}`);
  };

  return {
    blocks,
    span,

    /**
     * @param {string | null} source
     * @param {string | null} cue
     * @param {string[]} content
     * @param {Partial<Attribution>} [rest]
     */
    claim(source, cue, content, rest = {}) {
      attributions.push({
        id: `a${attributions.length + 1}`,
        source: source === null ? null : span(source),
        cue: cue === null ? null : span(cue),
        content: content.map(span),
        source_kind: source === null ? "unstated" : "named",
        speaker: null,
        stance: "neutral",
        attitude: "statement",
        quote: "indirect",
        negated: false,
        ...rest,
      });
      return this;
    },

    /**
     * @param {string} cue
     * @param {string} kind
     * @param {string[]} scope
     * @param {string | null} [attribution]
     */
    hedge(cue, kind, scope = [], attribution = null) {
      hedges.push({
        id: `h${hedges.length + 1}`,
        cue: span(cue),
        kind,
        scope: scope.map(span),
        attribution,
      });
      return this;
    },

    /** @returns {Analysis} */
    get analysis() {
      return { attributions, hedges, warnings: [] };
    },
  };
};
