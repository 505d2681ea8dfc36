/**
 * Marks painted over the page's text, and found again under the pointer.
 *
 *   new hearsay.Painting(blocks, marks)   finds each mark's place; nothing is seen yet
 *   painting.show()                       paints, by the CSS Custom Highlight API
 *   painting.at(x, y)                     the marks at a point, innermost first
 *   painting.point(marks)                 lights up what belongs together with these
 *   painting.hideMarks()  painting.showMarks()    what else is painted stays
 *   painting.paint(look, ranges)          paints these, and nothing else any more, in this look
 *   painting.remove()
 *
 * No node of the page changes: the registry of highlights and the adopted style sheets are all that
 * is touched, and both are given back.
 */

/**
 * A mark and where it stands.
 *
 * @typedef {object} Placed
 * @property {Mark} mark
 * @property {Range[]} ranges
 * @property {number} block  Index of its block
 */

{
  globalThis.hearsay ??= {};

  /** How far outside a letter's box a pointer still means it, in CSS px. */
  const SLACK = 2;

  /**
   * Relative luminance of a computed colour (WCAG 2.2), with its opacity.
   *
   * The modern notations of CSS Color 4 give a lightness, whose cube is near enough.
   *
   * @param {string} color
   * @returns {{luminance: number, alpha: number}}
   */
  const readColor = (color) => {
    const [head, tail] = color.split("/");
    const numbers = (head.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const legacy = color.startsWith("rgb");
    const alpha = Number(tail?.match(/[\d.]+/)?.[0] ?? (legacy ? (numbers[3] ?? 1) : 1));
    if (/^(?:ok)?l(?:ab|ch)/.test(color)) {
      const lightness = color.startsWith("ok") ? numbers[0] : numbers[0] / 100;
      return { luminance: lightness ** 3, alpha };
    }
    const [red, green, blue] = numbers
      .slice(-3 - Number(legacy && numbers.length > 3))
      .map((value) => (legacy ? value / 255 : value))
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return { luminance: 0.2126 * red + 0.7152 * green + 0.0722 * blue, alpha };
  };

  /**
   * Whether the page behind an element is light or dark: by the nearest background colour that
   * covers what is behind it; where an image lies there, or nothing, by the colour of the text.
   *
   * @param {Element} element
   * @returns {Tone}
   */
  hearsay.toneOf = (element) => {
    /** @type {Element | undefined} */
    let at = element;
    for (; at; at = at.parentElement ?? /** @type {ShadowRoot} */ (at.getRootNode()).host) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") break;
      const { luminance, alpha } = readColor(style.backgroundColor);
      // Where black and white text have the same contrast: (L + 0.05)² = 0.05 · 1.05.
      if (alpha > 0.5) return luminance < 0.179 ? "dark" : "light";
    }
    return readColor(getComputedStyle(element).color).luminance > 0.4 ? "dark" : "light";
  };

  /**
   * @param {Range} range
   * @param {number} x
   * @param {number} y
   */
  const covers = (range, x, y) =>
    [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK,
    );

  /** @param {Placed} placed */
  const lengthOf = ({ mark }) => mark.span.end - mark.span.start;

  /** @param {Node} node */
  const rootOf = (node) => /** @type {Document | ShadowRoot} */ (node.getRootNode());

  hearsay.Painting = class {
    /** @type {Placed[]} In the order of the text. */
    placed = [];
    /** Marks whose text the page does not show: they are not painted. */
    mismatched = 0;
    /** @type {Map<Document | ShadowRoot, {range: Range, placed: Placed}[]>} By the start of ranges. */
    #index = new Map();
    /** @type {Map<Node, Tone>} */
    #tones = new Map();
    #sheet = new CSSStyleSheet();

    /**
     * @param {Block[]} blocks
     * @param {Mark[]} marks
     */
    constructor(blocks, marks) {
      this.#sheet.replaceSync(hearsay.looks.highlightSheet());
      this.blocks = blocks;
      this.numbers = new Map(blocks.map(({ id }, number) => [id, number]));
      for (const mark of marks) {
        const block = this.numbers.get(mark.span.block);
        const ranges = this.#rangesOf(mark.span);
        if (block !== undefined && ranges) this.placed.push({ mark, ranges, block });
        else this.mismatched++;
      }
      this.placed.sort((a, b) => a.block - b.block || a.mark.span.start - b.mark.span.start);
      for (const placed of this.placed) {
        for (const range of placed.ranges) {
          const root = rootOf(range.startContainer);
          const entries = this.#index.get(root) ?? [];
          entries.push({ range, placed });
          this.#index.set(root, entries);
        }
      }
    }

    /**
     * @param {Span} span
     * @returns {Range[] | null}  null where the page does not show the span's text
     */
    #rangesOf(span) {
      const block = this.blocks[this.numbers.get(span.block) ?? -1];
      if (!block) return null;
      const ranges = hearsay.rangeOf(block, span.start, span.end);
      return ranges.length && hearsay.textOf(ranges) === span.text ? ranges : null;
    }

    /**
     * @param {Range[]} ranges
     * @param {Look} look
     */
    #add(ranges, look) {
      for (const range of ranges) {
        const parent = /** @type {Element} */ (range.startContainer.parentElement);
        const tone = this.#tones.get(parent) ?? hearsay.toneOf(parent);
        this.#tones.set(parent, tone);
        const name = hearsay.looks.highlight(look, tone);
        let highlight = CSS.highlights.get(name);
        if (!highlight) {
          highlight = new Highlight();
          highlight.priority = hearsay.looks.priority(look);
          CSS.highlights.set(name, highlight);
        }
        highlight.add(range);
      }
    }

    show() {
      for (const root of new Set([document, ...this.#index.keys()])) {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
      }
      this.showMarks();
    }

    showMarks() {
      for (const { mark, ranges } of this.placed) this.#add(ranges, mark.look);
    }

    hideMarks() {
      this.#delete(hearsay.looks.names);
    }

    /**
     * @param {GuessLook} look  None of the marks': those are painted where they stand
     * @param {Range[]} ranges
     */
    paint(look, ranges) {
      this.#delete([look]);
      this.#add(ranges, look);
    }

    /**
     * @param {number} x  CSS px from the left of the window
     * @param {number} y
     * @returns {Placed[]}  Shortest, that is innermost, first
     */
    at(x, y) {
      const shadowRoots = [...this.#index.keys()].filter((root) => root instanceof ShadowRoot);
      const caret = document.caretPositionFromPoint(x, y, { shadowRoots });
      const entries = caret && this.#index.get(rootOf(caret.offsetNode));
      if (!entries) return [];
      let after = 0;
      for (let high = entries.length; after < high; ) {
        const middle = (after + high) >> 1;
        if (entries[middle].range.comparePoint(caret.offsetNode, caret.offset) < 0) high = middle;
        else after = middle + 1;
      }
      // Blocks do not overlap, so what covers the point is of the last block that begins before it.
      const found = new Set();
      for (let index = after - 1; index >= 0; index--) {
        const { range, placed } = entries[index];
        if (placed.block !== entries[after - 1].placed.block) break;
        if (covers(range, x, y)) found.add(placed);
      }
      return [...found].sort((a, b) => lengthOf(a) - lengthOf(b));
    }

    /**
     * All marks that cover the first letter of one, innermost first.
     *
     * @param {Placed} placed
     */
    around({ block, mark }) {
      const { start } = mark.span;
      return this.placed
        .filter(
          (other) =>
            other.block === block && other.mark.span.start <= start && start < other.mark.span.end,
        )
        .sort((a, b) => lengthOf(a) - lengthOf(b));
    }

    /**
     * Lights up every part of what the marks belong to; with none, nothing is lit any more.
     *
     * @param {Mark[]} marks
     */
    point(marks) {
      this.#delete(["linked", "scope"]);
      const owners = new Set(marks.map(hearsay.ownerOf));
      for (const { mark, ranges } of this.placed) {
        const owner = hearsay.ownerOf(mark);
        if (!owners.has(owner)) continue;
        this.#add(ranges, mark.part === "hedge" ? "scope" : "linked");
        if (mark.part !== "hedge") continue;
        for (const span of mark.hedge.scope) this.#add(this.#rangesOf(span) ?? [], "scope");
      }
    }

    /** @param {Look[]} looks */
    #delete(looks) {
      for (const look of looks) {
        for (const tone of ["light", "dark"]) {
          CSS.highlights.delete(hearsay.looks.highlight(look, tone));
        }
      }
    }

    remove() {
      this.#delete(hearsay.looks.all);
      for (const root of new Set([document, ...this.#index.keys()])) {
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
      }
    }
  };
}
