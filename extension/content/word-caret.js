/**
 * A caret that keys move from word to word, and from sentence to sentence, through the blocks of a
 * page: beside the page's own, which stands only where one can type.
 *
 *   const caret = new hearsay.WordCaret(pupilMarks)
 *   caret.move(unit, direction, selecting)   -> boolean: whether it stands somewhere else, or more
 *   caret.place                              -> {block, stretch, selected} | null
 *   caret.ranges()                           what to paint
 *   caret.clear()                            it stands nowhere, and begins at the first word in sight
 */

/**
 * @typedef {{block: number, anchor: number, focus: number}} Standing  From one word of a block to
 *   another, which may be the same
 *
 * @typedef {"word" | "sentence"} Unit
 */

{
  globalThis.hearsay ??= {};

  const { meet } = hearsay;

  hearsay.WordCaret = class {
    /** @type {Standing | null} */
    #at = null;
    #marks;

    /** @param {any} marks  hearsay.PupilMarks, which knows the words and sentences of each block */
    constructor(marks) {
      this.#marks = marks;
    }

    clear() {
      this.#at = null;
    }

    /** @returns {{block: number, stretch: Stretch, selected: boolean} | null} */
    get place() {
      if (!this.#at) return null;
      const { block, anchor, focus } = this.#at;
      const words = this.#marks.words(block);
      const [first, last] = [Math.min(anchor, focus), Math.max(anchor, focus)];
      const stretch = { start: words[first].start, end: words[last].end };
      return { block, stretch, selected: anchor !== focus };
    }

    /** @returns {Range[]} */
    ranges() {
      if (!this.place) return [];
      const { block, stretch } = this.place;
      return hearsay.rangeOf(this.#marks.blocks[block], stretch.start, stretch.end);
    }

    /**
     * @param {Unit} unit
     * @param {1 | -1} direction
     * @param {boolean} selecting
     */
    move(unit, direction, selecting) {
      const next = this.#at ? this.#beside(this.#at, unit, direction) : this.#first();
      if (!next) return false;
      if (this.#at && selecting) {
        if (next.block !== this.#at.block) return false;
        next.anchor = this.#at.anchor;
      }
      this.#at = next;
      return true;
    }

    /** The first word in sight. @returns {Standing | null} */
    #first() {
      for (const [block, { text }] of this.#marks.blocks.entries()) {
        /** @type {Range[]} */
        const ranges = hearsay.rangeOf(this.#marks.blocks[block], 0, text.length);
        if (!ranges.some((range) => hearsay.rectsOf(range).at(-1)?.bottom > 0)) continue;
        if (this.#marks.words(block).length) return { block, anchor: 0, focus: 0 };
      }
      return null;
    }

    /**
     * The first word of the next sentence or the one before; or the next word or the one before.
     *
     * @param {Standing} standing
     * @param {Unit} unit
     * @param {1 | -1} direction
     * @returns {Standing | null}
     */
    #beside({ block, focus }, unit, direction) {
      const starts = this.#startsIn(block, unit);
      const index =
        direction > 0
          ? starts.findIndex((start) => start > focus)
          : starts.findLastIndex((start) => start < focus);
      if (index >= 0) return { block, anchor: starts[index], focus: starts[index] };
      for (let other = block + direction; this.#marks.blocks[other]; other += direction) {
        const start = this.#startsIn(other, unit).at(direction > 0 ? 0 : -1);
        if (start !== undefined) return { block: other, anchor: start, focus: start };
      }
      return null;
    }

    /**
     * @param {number} block
     * @param {Unit} unit
     * @returns {number[]}  Numbers of words
     */
    #startsIn(block, unit) {
      /** @type {Stretch[]} */
      const words = this.#marks.words(block);
      if (unit === "word") return [...words.keys()];
      return this.#marks
        .sentences(block)
        .map((/** @type {Stretch} */ sentence) => words.findIndex((word) => meet(word, sentence)))
        .filter((/** @type {number} */ index) => index >= 0);
    }
  };
}
