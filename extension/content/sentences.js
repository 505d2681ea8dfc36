/**
 * Sentences and words of a block's text, as values: no DOM here.
 *
 *   hearsay.meet(a, b)                    whether two stretches share a letter
 *   hearsay.sentencesIn(text)             -> Stretch[]
 *   hearsay.wordsIn(text)                 -> Stretch[]
 *   hearsay.excerptOf(text, spans)        -> Stretch   whole sentences around the spans
 *   hearsay.layersOf(stretch, drawn)      -> Layer[]   cut where what is drawn begins and ends
 */

/**
 * @typedef {{start: number, end: number}} Stretch  Of a block's text, in UTF-16 units
 *
 * @typedef {Stretch & {look: string}} Drawn
 *
 * @typedef {object} Layer
 * @property {number} start
 * @property {number} end
 * @property {string[]} looks  Of all that covers it, in the order given: the first lies outermost
 */

{
  globalThis.hearsay ??= {};

  const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });
  const WORDS = new Intl.Segmenter("en", { granularity: "word" });

  /**
   * @param {Stretch} a
   * @param {Stretch} b
   */
  hearsay.meet = (a, b) => a.start < b.end && b.start < a.end;

  /** What ends in a full stop but ends no sentence: titles, and single capitals as in “J. Smith”. */
  const ABBREVIATION =
    /(?:^|[\s(“"‘'])(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|No|vs|\p{Lu})\.\s*$/u;

  /** Characters that a class can take in at one look. */
  const ROOM = 320;

  /**
   * @param {string} text
   * @returns {Stretch[]}  Without the white space between them
   */
  hearsay.sentencesIn = (text) => {
    /** @type {Stretch[]} */
    const sentences = [];
    let open = false;
    for (const { index, segment } of SENTENCES.segment(text)) {
      const end = index + segment.trimEnd().length;
      const last = sentences.at(-1);
      if (open && last) last.end = end;
      else if (end > index) {
        sentences.push({ start: index + segment.length - segment.trimStart().length, end });
      }
      open = ABBREVIATION.test(segment);
    }
    return sentences;
  };

  /**
   * @param {string} text
   * @returns {Stretch[]}  Without what is no word: spaces, punctuation
   */
  hearsay.wordsIn = (text) =>
    [...WORDS.segment(text)]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ index, segment }) => ({ start: index, end: index + segment.length }));

  /**
   * Whole sentences: those of the first span, and of the others as far as there is room.
   *
   * @param {string} text
   * @param {Stretch[]} spans  At least one
   * @returns {Stretch}
   */
  hearsay.excerptOf = (text, spans) => {
    /** @type {Stretch[]} */
    const sentences = hearsay.sentencesIn(text);
    /** @param {Stretch} span  The first and the last sentence that it touches */
    const touched = ({ start, end }) => {
      const first = sentences.findIndex((sentence) => sentence.end > start);
      const last = sentences.findLastIndex((sentence) => sentence.start < end);
      return { first: Math.max(first, 0), last: Math.max(last, 0) };
    };
    let { first, last } = touched(spans[0]);
    const wanted = spans.map(touched);
    const lowest = Math.min(...wanted.map((span) => span.first));
    const highest = Math.max(...wanted.map((span) => span.last));
    /**
     * @param {number} from
     * @param {number} to
     */
    const fits = (from, to) => sentences[to].end - sentences[from].start <= ROOM;
    for (;;) {
      if (first > lowest && fits(first - 1, last)) first -= 1;
      else if (last < highest && fits(first, last + 1)) last += 1;
      else return { start: sentences[first].start, end: sentences[last].end };
    }
  };

  /**
   * @param {Stretch} stretch
   * @param {Drawn[]} drawn  The outermost first
   * @returns {Layer[]}  Without gaps, from the stretch's start to its end
   */
  hearsay.layersOf = ({ start, end }, drawn) => {
    const inside = drawn
      .map((span) => ({
        ...span,
        start: Math.max(span.start, start),
        end: Math.min(span.end, end),
      }))
      .filter((span) => span.start < span.end);
    const cuts = new Set([start, end, ...inside.flatMap((span) => [span.start, span.end])]);
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(1).map((to, index) => {
      const from = edges[index];
      const covering = inside.filter((span) => span.start <= from && to <= span.end);
      return { start: from, end: to, looks: covering.map(({ look }) => look) };
    });
  };
}
