/**
 * Marks painted over the page's text, and found again under the pointer.
 *
 *   const painting = new hearsay.Painting()
 *   painting.update(blocks, marks)        paints these in place of what was painted, as a generator
 *                                         (see slices.js): what stands as it did is left alone
 *   painting.hideMarks()  painting.showMarks()
 *   painting.at(x, y)                     the marks at a point, innermost first
 *   painting.point(marks)                 lights up what belongs together with these
 *   painting.paint(look, ranges)          paints something else
 *   painting.mend()                       paints again what a script of the page has cleared
 *   painting.remove()
 *
 * No node of the page changes: by the CSS Custom Highlight API the registries of highlights and the
 * adopted style sheets are all that is touched, and both are given back.
 *
 * Whenever anything in the page changes, Chromium places every painted range anew. So where there are
 * many, only those near the window are painted, and the others when the reader gets near them.
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
  /** Marks up to which all are painted, wherever they stand: with so many a change costs 3 ms. */
  const FEW = 400;

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

  /**
   * Whether nothing has changed between two updates.
   *
   * @param {Placed} a
   * @param {Placed} b
   */
  const isSame = (a, b) =>
    a.block === b.block &&
    a.ranges === b.ranges &&
    hearsay.ownerOf(a.mark) === hearsay.ownerOf(b.mark);

  /** @param {Node} node */
  const rootOf = (node) => /** @type {Document | ShadowRoot} */ (node.getRootNode());

  /**
   * @param {Node} root
   * @returns {root is ShadowRoot}
   */
  const isShadow = (root) => root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && "host" in root;

  /** @type {PointerLook[]} */
  const POINTED = ["linked", "scope"];

  hearsay.Painting = class {
    /** @type {Block[]} */
    blocks = [];
    /** @type {Map<string, number>} Indices of blocks, by their ids */
    numbers = new Map();
    /** @type {Placed[]} In the order of the text. */
    placed = [];
    /** Marks whose text the page does not show: they are not painted. */
    mismatched = 0;
    /** @type {Map<Document | ShadowRoot, {range: Range, placed: Placed}[]>} By the start of ranges. */
    #index = new Map();
    /** @type {Map<Range, {layer: any, name: string}>} Of the marks that are near */
    #painted = new Map();
    /** @type {any} hearsay.Nearness, of the elements around marks */
    #nearness = new hearsay.Nearness((/** @type {Set<Element>} */ elements) =>
      this.#onNearness(elements),
    );
    /** @type {Map<Document, any>} A hearsay.Layer each */
    #layers = new Map();
    #marksSeen = true;
    #removed = false;
    /** @type {Map<Node, Tone>} */
    #tones = new Map();
    #css = hearsay.looks.highlightSheet();
    #ignoreLooks = hearsay.looks.onChange(() => this.#restyle());

    /**
     * @param {Block[]} blocks
     * @param {Mark[]} marks  A span that was painted is known again by the same object
     * @returns {Generator<void, boolean>}  Whether any mark has come, gone or moved
     */
    *update(blocks, marks) {
      for (const owner of this.#layers.keys()) {
        if (!owner.defaultView) this.#layers.delete(owner); // its frame is gone
      }
      const numbers = new Map(blocks.map(({ id }, number) => [id, number]));
      const before = new Map(this.placed.map(({ mark, ranges }) => [mark.span, ranges]));
      /** @type {Placed[]} */
      const placed = [];
      for (const mark of marks) {
        yield;
        const { span } = mark;
        const number = numbers.get(span.block);
        if (number === undefined) continue;
        const block = blocks[number];
        const known = before.get(span);
        const ranges =
          known && hearsay.isRangeOf(known, block, span.start, span.end)
            ? known
            : placeOf(block, span);
        if (ranges) placed.push({ mark, ranges, block: number });
      }
      placed.sort((a, b) => a.block - b.block || a.mark.span.start - b.mark.span.start);
      const changed =
        placed.length !== this.placed.length ||
        placed.some((one, number) => !isSame(one, this.placed[number]));
      const index = yield* indexOf(placed);
      this.blocks = blocks;
      this.numbers = numbers;
      this.placed = placed;
      this.mismatched = marks.length - placed.length;
      this.#index = index;
      this.#tones.clear(); // the page may have changed its colours
      yield* this.#repaint();
      return changed;
    }

    /** @returns {Generator<void, void>} */
    *#repaint() {
      const elements = this.placed.map((one) => this.#elementOf(one));
      this.#nearness.watch(new Set(this.placed.length > FEW ? elements : []));
      const ranges = new Set();
      for (const one of this.placed) {
        yield;
        for (const range of one.ranges) ranges.add(range);
        this.#paintPlaced(one);
      }
      for (const range of this.#painted.keys()) {
        yield;
        if (!ranges.has(range)) this.#unpaint(range);
      }
    }

    /** @param {Placed} placed */
    #elementOf({ block }) {
      return this.blocks[block].element;
    }

    /** @param {Set<Element>} elements */
    #onNearness(elements) {
      for (const one of this.placed) {
        if (elements.has(this.#elementOf(one))) this.#paintPlaced(one);
      }
    }

    /**
     * Paints a mark as it is to be seen now, or not at all where it is far.
     * @param {Placed} placed
     */
    #paintPlaced(placed) {
      const { mark, ranges } = placed;
      const far = this.#nearness.isFar(this.#elementOf(placed));
      for (const range of ranges) {
        const layer = this.#layerOf(range);
        if (far || !layer) {
          this.#unpaint(range);
          continue;
        }
        const name = hearsay.looks.highlight(mark.look, this.#toneOf(range));
        if (this.#painted.get(range)?.name === name) continue;
        layer.add(name, mark.look, range);
        this.#unpaint(range);
        this.#painted.set(range, { layer, name });
      }
    }

    /** @param {Range} range */
    #unpaint(range) {
      const painted = this.#painted.get(range);
      if (!painted) return;
      painted.layer.delete(painted.name, range);
      this.#painted.delete(range);
    }

    /** @param {Range} range */
    #toneOf({ startContainer: { parentElement } }) {
      if (!parentElement) return "light";
      const tone = this.#tones.get(parentElement) ?? hearsay.toneOf(parentElement);
      this.#tones.set(parentElement, tone);
      return tone;
    }

    /**
     * @param {Range} range
     * @returns {any}  A hearsay.Layer, null where its document, or the painting, is gone
     */
    #layerOf({ startContainer }) {
      const owner = startContainer.ownerDocument;
      if (!owner?.defaultView || this.#removed) return null;
      let layer = this.#layers.get(owner);
      if (!layer) {
        layer = new hearsay.Layer(owner, this.#css);
        if (!this.#marksSeen) this.#seeMarks(layer, false);
        this.#layers.set(owner, layer);
      }
      const root = rootOf(startContainer);
      if (isShadow(root)) layer.adopt(root);
      return layer;
    }

    /**
     * @param {Range[]} ranges
     * @param {Look} look
     */
    #add(ranges, look) {
      for (const range of ranges) {
        const name = hearsay.looks.highlight(look, this.#toneOf(range));
        this.#layerOf(range)?.add(name, look, range);
      }
    }

    /** @param {Look[]} looks */
    #clear(looks) {
      for (const layer of this.#layers.values()) {
        for (const look of looks) for (const name of namesOf(look)) layer.clear(name);
      }
    }

    /**
     * @param {any} layer
     * @param {boolean} seen
     */
    #seeMarks(layer, seen) {
      for (const look of hearsay.looks.names) {
        for (const name of namesOf(look)) layer.see(name, seen);
      }
    }

    showMarks() {
      this.#marksSeen = true;
      for (const layer of this.#layers.values()) this.#seeMarks(layer, true);
    }

    hideMarks() {
      this.#marksSeen = false;
      for (const layer of this.#layers.values()) this.#seeMarks(layer, false);
    }

    /**
     * @param {GuessLook} look  None of the marks': those are painted where they stand
     * @param {Range[]} ranges
     */
    paint(look, ranges) {
      this.#clear([look]);
      this.#add(ranges, look);
    }

    /**
     * @param {number} x  CSS px from the left of the window
     * @param {number} y
     * @returns {Placed[]}  Shortest, that is innermost, first
     */
    at(x, y) {
      const place = hearsay.documentAt(x, y);
      const shadowRoots = [...this.#index.keys()].filter(isShadow);
      const caret = place.document.caretPositionFromPoint(place.x, place.y, { shadowRoots });
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
        if (covers(range, place.x, place.y)) found.add(placed);
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
      this.#clear(POINTED);
      const owners = new Set(marks.map(hearsay.ownerOf));
      for (const { mark, ranges } of this.placed) {
        const owner = hearsay.ownerOf(mark);
        if (!owners.has(owner)) continue;
        this.#add(ranges, mark.part === "hedge" ? "scope" : "linked");
        if (mark.part !== "hedge") continue;
        for (const span of mark.hedge.scope) {
          const block = this.blocks[this.numbers.get(span.block) ?? -1];
          this.#add((block && placeOf(block, span)) ?? [], "scope");
        }
      }
    }

    /** The windows of the documents that are painted on. */
    get views() {
      return [...this.#layers.values()].map((layer) => layer.window);
    }

    /** Takes the looks that the reader has chosen. */
    #restyle() {
      this.#css = hearsay.looks.highlightSheet();
      for (const layer of this.#layers.values()) layer.sheet.replaceSync(this.#css);
    }

    /** @returns {boolean}  Whether anything was lost */
    mend() {
      return [...this.#layers.values()].map((layer) => layer.mend()).includes(true);
    }

    remove() {
      this.#removed = true;
      this.#nearness.stop();
      this.#ignoreLooks();
      for (const layer of this.#layers.values()) layer.remove();
    }
  };

  /**
   * @param {Look} look
   * @returns {string[]}
   */
  const namesOf = (look) => [
    hearsay.looks.highlight(look, "light"),
    hearsay.looks.highlight(look, "dark"),
  ];

  /**
   * @param {Block} block
   * @param {Span} span
   * @returns {Range[] | null}  null where the page does not show the span's text
   */
  const placeOf = (block, span) => {
    const ranges = hearsay.rangeOf(block, span.start, span.end);
    return ranges.length && hearsay.textOf(ranges) === span.text ? ranges : null;
  };

  /**
   * @param {Placed[]} placed
   * @returns {Generator<void, Map<Document | ShadowRoot, {range: Range, placed: Placed}[]>>}
   */
  const indexOf = function* (placed) {
    const index = new Map();
    for (const one of placed) {
      yield;
      for (const range of one.ranges) {
        const root = rootOf(range.startContainer);
        const entries = index.get(root) ?? [];
        entries.push({ range, placed: one });
        index.set(root, entries);
      }
    }
    return index;
  };
}
