/**
 * What is known of the page, as plain data: its blocks, and what the API found in them. It outlives
 * the page's changes: what was analysed once and still stands there is not analysed again.
 *
 *   const reading = new hearsay.Reading()
 *   reading.renew(blocks)             takes the page's blocks as they are now
 *   reading.unread                    those of them that are not analysed yet
 *   reading.add(sent, answer)         takes what the API found in some of them
 *   reading.snapshot()                everything, as a message to the extension's other parts
 *
 * A block is known by its text: it keeps its id for as long as a block with this text stands in the
 * page, wherever the page puts it.
 */

/**
 * @typedef {object} Snapshot
 * @property {string} url
 * @property {string} title
 * @property {ReadingState} state
 * @property {{done: number, all: number}} progress  Blocks
 * @property {Problem | null} problem
 * @property {{id: string, text: string, kind: Block["kind"]}[]} blocks  In document order
 * @property {Analysis} analysis  In document order; ids are unique
 * @property {Labels | null} labels
 * @property {{code: string, detail: string}[]} warnings
 *
 * @typedef {"busy" | "done" | "problem" | "off"} ReadingState
 */

{
  globalThis.hearsay ??= {};

  /** With less of its text left than this, an article has given way to another. */
  const SAME_ARTICLE_SHARE = 0.2;

  /** @param {Attribution} attribution */
  const attributionSpans = ({ cue, source, content }) =>
    [cue, source, ...content].filter((span) => span !== null);

  /** @param {Hedge} hedge */
  const hedgeSpans = ({ cue, scope }) => [cue, ...scope];

  /** @param {{text: string}[]} blocks */
  const lengthOf = (blocks) => blocks.reduce((sum, { text }) => sum + text.length, 0);

  /**
   * @template Found
   * @param {Found[]} found
   * @param {(one: Found) => Span} spanOf
   * @param {(a: Span, b: Span) => number} compare
   */
  const inOrder = (found, spanOf, compare) =>
    found
      .map((one) => ({ one, span: spanOf(one) }))
      .sort((a, b) => compare(a.span, b.span))
      .map(({ one }) => one);

  hearsay.Reading = class {
    /** @type {ReadingState} */
    state = "busy";
    /** @type {Problem | null} */
    problem = null;
    /** @type {Labels | null} */
    labels = null;
    /** @type {Block[]} As the page shows them, in document order */
    blocks = [];
    /** @type {Attribution[]} In document order */
    attributions = [];
    /** @type {Hedge[]} In document order */
    hedges = [];
    /** @type {Map<string, string>} Details of warnings, by their codes */
    #warnings = new Map();
    /** Ids of the blocks that are analysed. @type {Set<string>} */
    #read = new Set();
    /** Ids given so far. */
    #given = { block: 0, attribution: 0, hedge: 0 };

    /** @param {{id: string}} block */
    isRead = ({ id }) => this.#read.has(id);

    /** How many of the blocks are analysed. */
    get read() {
      return this.#read.size;
    }

    get unread() {
      return this.blocks.filter((block) => !this.isRead(block));
    }

    /** @returns {Analysis} */
    get analysis() {
      const { attributions, hedges } = this;
      const warnings = [...this.#warnings].map(([code, detail]) => ({ code, detail }));
      return { attributions, hedges, warnings };
    }

    /**
     * Takes the page's blocks as they are now. What is known of blocks that are gone is forgotten;
     * where a claim reaches from such a block into another one, that one is to be analysed again.
     * When hardly any of the text is left, this is another article, and all is forgotten.
     *
     * @param {Block[]} blocks  Their ids are replaced
     * @returns {boolean}  Whether this is another article
     */
    renew(blocks) {
      /** @type {Map<string, Block[]>} */
      const byText = Map.groupBy(this.blocks, ({ text }) => text);
      const kept = blocks.map((block) => ({ block, known: byText.get(block.text)?.shift() }));
      const keptLength = lengthOf(kept.flatMap(({ known }) => known ?? []));
      const replaced =
        this.blocks.length > 0 && keptLength < SAME_ARTICLE_SHARE * lengthOf(this.blocks);
      if (replaced) this.#forget();
      for (const { block, known } of kept) {
        block.id = known && !replaced ? known.id : `b${++this.#given.block}`;
      }
      this.blocks = blocks;
      const here = new Set(blocks.map(({ id }) => id));
      this.#drop(new Set([...this.#read].filter((id) => !here.has(id))));
      this.#sort();
      return replaced;
    }

    #forget() {
      this.attributions = [];
      this.hedges = [];
      this.#warnings.clear();
      this.#read.clear();
      this.#given = { block: 0, attribution: 0, hedge: 0 };
    }

    /**
     * Drops what was found in blocks that are gone, and what hangs together with it.
     * @param {Set<string>} gone  Ids
     */
    #drop(gone) {
      /** @param {Span[]} spans */
      const stands = (spans) => {
        const whole = !spans.some(({ block }) => gone.has(block));
        if (!whole) for (const { block } of spans) gone.add(block);
        return whole;
      };
      for (let before = 0; before !== gone.size; ) {
        before = gone.size;
        this.attributions = this.attributions.filter((one) => stands(attributionSpans(one)));
        this.hedges = this.hedges.filter((one) => stands(hedgeSpans(one)));
      }
      for (const id of gone) this.#read.delete(id);
    }

    /**
     * Takes what the API found. Blocks that have gone in the meantime are passed over.
     *
     * @param {{id: string}[]} sent  The blocks that it was asked about
     * @param {{analysis: Analysis, labels: Labels}} answer  It knows them as "b1", "b2", …
     */
    add(sent, { analysis, labels }) {
      this.labels = labels;
      for (const { code, detail } of analysis.warnings) this.#warnings.set(code, detail);
      const idOf = new Map(sent.map(({ id }, index) => [`b${index + 1}`, id]));
      /**
       * @template {Span | null} Placed
       * @param {Placed} span
       * @returns {Placed}
       */
      const placed = (span) => span && { ...span, block: idOf.get(span.block) ?? span.block };
      /** @type {Map<string, string>} */
      const renamed = new Map();
      const attributions = analysis.attributions.map((one) => {
        const id = `a${++this.#given.attribution}`;
        renamed.set(one.id, id);
        const [cue, source, content] = [
          placed(one.cue),
          placed(one.source),
          one.content.map(placed),
        ];
        return { ...one, id, cue, source, content };
      });
      const hedges = analysis.hedges.map((one) => {
        const id = `h${++this.#given.hedge}`;
        const attribution = renamed.get(one.attribution ?? "") ?? null;
        return { ...one, id, cue: placed(one.cue), scope: one.scope.map(placed), attribution };
      });
      this.attributions.push(...attributions);
      this.hedges.push(...hedges);
      for (const { id } of sent) this.#read.add(id);
      const here = new Set(this.blocks.map(({ id }) => id));
      this.#drop(new Set(sent.flatMap(({ id }) => (here.has(id) ? [] : id))));
      this.#sort();
    }

    #sort() {
      const numbers = new Map(this.blocks.map(({ id }, number) => [id, number]));
      /** @param {Span} a @param {Span} b */
      const compare = (a, b) =>
        (numbers.get(a.block) ?? 0) - (numbers.get(b.block) ?? 0) || a.start - b.start;
      /** @param {Attribution} one */
      const first = (one) => attributionSpans(one).sort(compare)[0];
      this.attributions = inOrder(this.attributions, first, compare);
      this.hedges = inOrder(this.hedges, ({ cue }) => cue, compare);
    }

    /** @returns {Snapshot} */
    snapshot() {
      const { state, problem, labels, blocks, analysis } = this;
      return {
        url: location.href,
        title: document.title,
        state,
        progress: { done: blocks.length - this.unread.length, all: blocks.length },
        problem,
        blocks: blocks.map(({ id, text, kind }) => ({ id, text, kind })),
        analysis,
        labels,
        warnings: analysis.warnings,
      };
    }
  };
}
