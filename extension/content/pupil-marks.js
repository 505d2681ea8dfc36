/**
 * What pupils have marked in the blocks of a page, and the way from a place on it to words.
 *
 *   const guesses = new hearsay.PupilMarks()
 *   guesses.blocks = blocks               guesses stay in those whose text is the same
 *   guesses.all                           -> Guess[] (verdicts.js), in the order they were made
 *   guesses.at(event)  guesses.within(range)        places
 *   guesses.add(kind, place…)  guesses.remove(guesses)  guesses.on(place…)
 *   guesses.ranges(kind)                  what to paint
 *
 *   hearsay.guessLooks                    the look of each kind of guess
 */
{
  globalThis.hearsay ??= {};

  const { meet } = hearsay;

  /** How far outside a word's box a finger or a pointer still means it, in CSS px. */
  const SLACK = 3;

  /** @type {Record<GuessKind, GuessLook>} */
  hearsay.guessLooks = { claim: "guess-claim", unsure: "guess-unsure" };

  hearsay.PupilMarks = class {
    /** @type {Guess[]} In the order in which they were made. */
    all = [];
    /** @type {Block[]} */
    #blocks = [];
    /** @type {Map<Block, Stretch[]>} */
    #words = new Map();
    /** @type {Map<Block, Stretch[]>} */
    #sentences = new Map();
    /** @type {Map<Node, number[]>} Numbers of the blocks that a Text node has a piece of. */
    #byNode = new Map();

    /** @param {Block[]} blocks  Guesses stay in those whose text is the same */
    set blocks(blocks) {
      const texts = new Map(this.#blocks.map(({ id, text }) => [id, text]));
      const ids = new Map(blocks.map(({ id, text }) => [text, id]));
      this.all = this.all.flatMap((guess) => {
        const block = ids.get(texts.get(guess.block) ?? "");
        return block ? [{ ...guess, block }] : [];
      });
      this.#blocks = blocks;
      this.#words.clear();
      this.#sentences.clear();
      this.#byNode.clear();
      for (const [number, { pieces }] of blocks.entries()) {
        for (const { node } of pieces) {
          this.#byNode.set(node, [...(this.#byNode.get(node) ?? []), number]);
        }
      }
    }

    get blocks() {
      return this.#blocks;
    }

    /** @param {number} number @returns {Stretch[]} */
    words(number) {
      return this.#cut(this.#words, number, hearsay.wordsIn);
    }

    /** @param {number} number @returns {Stretch[]} */
    sentences(number) {
      return this.#cut(this.#sentences, number, hearsay.sentencesIn);
    }

    /**
     * @param {number} number
     * @param {Stretch} stretch
     * @returns {Stretch | undefined}  The first sentence that it touches
     */
    sentenceOf(number, stretch) {
      return this.sentences(number).find((sentence) => meet(sentence, stretch));
    }

    /**
     * @param {Map<Block, Stretch[]>} known
     * @param {number} number
     * @param {(text: string) => Stretch[]} cut
     */
    #cut(known, number, cut) {
      const block = this.#blocks[number];
      const found = known.get(block) ?? cut(block.text);
      known.set(block, found);
      return found;
    }

    /**
     * The word at a point of the window, or of the frame, that the event is from.
     *
     * @param {MouseEvent} event
     * @returns {{block: number, word: Stretch} | null}
     */
    at({ clientX: x, clientY: y, view }) {
      const page = view?.document ?? document;
      const roots = new Set([...this.#byNode.keys()].map((node) => node.getRootNode()));
      const shadowRoots = [...roots].filter((root) => "host" in root);
      const caret = page.caretPositionFromPoint(x, y, {
        shadowRoots: /** @type {ShadowRoot[]} */ (shadowRoots),
      });
      if (!caret) return null;
      for (const number of this.#byNode.get(caret.offsetNode) ?? []) {
        const block = this.#blocks[number];
        for (const word of this.words(number)) {
          // A caret snaps to the nearest letter: what counts is the box of the word.
          const boxes = hearsay
            .rangeOf(block, word.start, word.end)
            .flatMap((/** @type {Range} */ range) => [...range.getClientRects()]);
          const hit = boxes.some(
            (/** @type {DOMRect} */ { left, right, top, bottom }) =>
              x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK,
          );
          if (hit) return { block: number, word };
        }
      }
      return null;
    }

    /**
     * What a selection covers, in whole words.
     *
     * @param {Range} range
     * @returns {{block: number, stretch: Stretch}[]}
     */
    within(range) {
      const found = [];
      for (const [number, { pieces }] of this.#blocks.entries()) {
        const covered = pieces.flatMap(({ node, nodeStart, start, end }) => {
          if (!range.intersectsNode(node)) return [];
          const from = node === range.startContainer ? range.startOffset - nodeStart : 0;
          const to = node === range.endContainer ? range.endOffset - nodeStart : end - start;
          const part = { start: start + Math.max(from, 0), end: Math.min(start + to, end) };
          return part.start < part.end ? [part] : [];
        });
        if (!covered.length) continue;
        const all = { start: covered[0].start, end: covered[covered.length - 1].end };
        const words = this.words(number).filter((word) => meet(word, all));
        const [first, last] = [words[0], words.at(-1)];
        if (last) found.push({ block: number, stretch: { start: first.start, end: last.end } });
      }
      return found;
    }

    /**
     * One guess for each sentence that it touches; what overlaps or adjoins a guess of its kind in
     * the same sentence becomes one with it.
     *
     * @param {GuessKind} kind
     * @param {number} number
     * @param {Stretch} stretch
     */
    add(kind, number, stretch) {
      const { id, text } = this.#blocks[number];
      for (const sentence of this.sentences(number).filter((one) => meet(one, stretch))) {
        let start = Math.max(stretch.start, sentence.start);
        let end = Math.min(stretch.end, sentence.end);
        this.all = this.all.filter((guess) => {
          if (guess.kind !== kind || guess.block !== id || !meet(guess, sentence)) return true;
          const gap = text.slice(Math.min(end, guess.end), Math.max(start, guess.start));
          if (/[\p{L}\p{N}]/u.test(gap)) return true;
          start = Math.min(start, guess.start);
          end = Math.max(end, guess.end);
          return false;
        });
        this.all.push({ kind, block: id, start, end });
      }
    }

    /**
     * @param {number} number
     * @param {Stretch} stretch
     * @param {GuessKind} [kind]  By default of any kind
     * @returns {Guess[]}
     */
    on(number, stretch, kind) {
      const { id } = this.#blocks[number];
      return this.all.filter(
        (guess) => guess.block === id && meet(guess, stretch) && (!kind || guess.kind === kind),
      );
    }

    /** @param {Guess[]} guesses */
    remove(guesses) {
      this.all = this.all.filter((guess) => !guesses.includes(guess));
    }

    /** @param {{block: string, start: number, end: number}} span */
    textOf({ block, start, end }) {
      return this.#blocks.find(({ id }) => id === block)?.text.slice(start, end) ?? "";
    }

    /**
     * @param {GuessKind} kind
     * @returns {Range[]}
     */
    ranges(kind) {
      const byId = new Map(this.#blocks.map((block) => [block.id, block]));
      return this.all
        .filter((guess) => guess.kind === kind)
        .flatMap(({ block, start, end }) => hearsay.rangeOf(byId.get(block), start, end));
    }
  };
}
