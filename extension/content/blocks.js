/**
 * Text of the page as a reader sees it, in blocks, with the way back to the DOM.
 *
 * Content scripts are classic files that share one object, `globalThis.hearsay`. This file gives
 *
 *   hearsay.blocksOf(article) -> Block[]
 *   hearsay.blocksInSteps(article) -> the same as a generator, see slices.js
 *   hearsay.rangeOf(block, start, end) -> Range[]
 *   hearsay.isRangeOf(ranges, block, start, end) -> boolean
 *   hearsay.textOf(ranges) -> string
 *
 * and article.js, which builds on it,
 *
 *   hearsay.findArticle(document) -> Article
 *
 * Nothing here changes a node of the page.
 */

/**
 * Where the article's text stands in the live page.
 *
 * @typedef {object} Article
 * @property {Element[]} roots  The elements that hold the text, in document order, none inside
 *   another; empty when the page has no article.
 * @property {Set<Node>} headlines  Text nodes inside the roots that are the headline or the
 *   standfirst: their blocks have the kind "headline".
 * @property {Set<Node>} excluded  Elements and Text nodes inside the roots that are no part of it.
 * @property {Set<ShadowRoot>} [shadows]  Gets the open shadow roots on the way.
 */

/**
 * A run of characters that the block's text has in common with one Text node: for every i,
 * `text[start + i]` is `node.data[nodeStart + i]`, but that any white space there is " " here.
 * Pieces are in order and do not overlap; a character in no piece is a line break of a `<br>`.
 *
 * @typedef {object} Piece
 * @property {Text} node
 * @property {number} nodeStart  UTF-16 offset in `node.data`
 * @property {number} start  UTF-16 offset in the block's text
 * @property {number} end
 * @property {boolean} joined  Nothing that a reader sees lies between the piece before and this
 *   one: one Range may run across both.
 */

/**
 * @typedef {object} Block
 * @property {string} id  "b1", "b2", … in document order
 * @property {string} text  Never empty, no white space at its ends, "\n" only for a `<br>` or in
 *   preformatted text
 * @property {"headline" | "paragraph" | "heading" | "quote" | "item" | "cell" | "preformatted"} kind
 * @property {Element} element  The innermost element that holds the whole block
 * @property {Piece[]} pieces
 */

{
  globalThis.hearsay ??= {};

  /** Elements that hold no text of the page, or show it as something else. */
  const SKIPPED = new Set(
    (
      "SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME FRAME OBJECT EMBED CANVAS AUDIO VIDEO IMG " +
      "PICTURE MAP INPUT SELECT TEXTAREA BUTTON DATALIST PROGRESS METER RT RP svg math"
    ).split(" "),
  );

  /** The names that style sheets give to text for screen readers alone. */
  const SCREEN_READER_NAME =
    /(?:^|\s)(?:(?:sr|screen-?reader)-?(?:only|text)|visually-?hidden|element-invisible|a11y-(?:hidden|text)|assistive-text|offscreen)(?=\s|$)/i;

  /** @type {Record<string, Block["kind"]>} What elements make of the blocks inside them. */
  const KINDS = {
    H1: "heading",
    H2: "heading",
    H3: "heading",
    H4: "heading",
    H5: "heading",
    H6: "heading",
    BLOCKQUOTE: "quote",
    LI: "item",
    DT: "item",
    DD: "item",
    TD: "cell",
    TH: "cell",
    PRE: "preformatted",
  };

  // Characters that take no room: soft hyphen, zero-width space, word joiner, byte order mark, marks
  // of direction; and the joiners, but where both neighbours are of a script (or emoji) they shape.
  const INVISIBLE =
    "[\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF]" +
    "|(?<![\\u0300-\\uFFFF])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\u0300-\\uFFFF])";
  const TOKEN = new RegExp(
    `(?:${INVISIBLE})+|(?<space>\\s)|(?<visible>(?:(?!${INVISIBLE})\\S)+)`,
    "g",
  );

  // By nodeType: a node in a frame is no instance of this window's classes.

  /**
   * @param {Node} node
   * @returns {node is Text}
   */
  const isText = (node) =>
    node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;

  /**
   * @param {Node} node
   * @returns {node is Element}
   */
  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

  /**
   * @param {Element} element
   * @returns {element is HTMLSlotElement}
   */
  const isSlot = (element) => element.tagName === "SLOT" && "assignedNodes" in element;

  /** @typedef {"collapse" | "preserve-breaks" | "preserve" | "break-spaces"} WhiteSpace  as in CSS */

  /**
   * Joins characters of Text nodes into one normalised text, and remembers where each came from.
   *
   * Unlike CSS it collapses no-break spaces too: to a reader they are spaces.
   */
  class Run {
    text = "";
    /** @type {Piece[]} */
    pieces = [];
    /**
     * White space that waits for a visible character after it; no node: a `<br>`.
     * @type {{char: string, node: Text | null, offset: number, joined: boolean}[]}
     */
    held = [];
    /** Something that a reader may see was left out since the last character. */
    gap = true;

    /** @param {(() => void) | null} paragraphEnds  called at an empty line; null: lines do not matter */
    constructor(paragraphEnds) {
      this.paragraphEnds = paragraphEnds;
    }

    /**
     * @param {Text} node
     * @param {number} from
     * @param {number} to
     * @param {WhiteSpace} mode
     */
    add(node, from, to, mode) {
      TOKEN.lastIndex = from;
      for (const { index, groups } of node.data.matchAll(TOKEN)) {
        if (index >= to) break;
        if (groups?.visible) {
          this.flush();
          this.append(groups.visible.slice(0, to - index), node, index, !this.gap);
          this.gap = false;
        } else if (groups?.space) {
          this.hold(groups.space, node, index, mode);
        }
      }
    }

    /**
     * @param {string} space
     * @param {Text} node
     * @param {number} offset
     * @param {WhiteSpace} mode
     */
    hold(space, node, offset, mode) {
      const joined = !this.gap;
      if (mode === "preserve" || mode === "break-spaces") {
        this.held.push({
          char: space === "\n" || space === "\t" ? space : " ",
          node,
          offset,
          joined,
        });
      } else if (mode === "preserve-breaks" && space === "\n") {
        this.held = this.held.filter(({ char }) => char === "\n");
        this.held.push({ char: "\n", node, offset, joined });
      } else if (!this.held.length) {
        this.held.push({ char: " ", node, offset, joined });
      }
      if (space === "\n" && mode !== "collapse") this.checkParagraph();
    }

    /** Takes a `<br>`. */
    breakLine() {
      this.held = this.held.filter(({ char }) => char === "\n");
      this.held.push({ char: "\n", node: null, offset: 0, joined: true });
      this.checkParagraph();
    }

    checkParagraph() {
      if (this.held.filter(({ char }) => char === "\n").length > 1) this.paragraphEnds?.();
    }

    /** Writes the white space that waited; a block does not begin with any. */
    flush() {
      if (!this.text && this.paragraphEnds) this.held = [];
      for (const { char, node, offset, joined } of this.held) {
        if (node) this.append(char, node, offset, joined);
        else this.text += char;
      }
      this.held = [];
    }

    /** Starts anew. */
    clear() {
      this.text = "";
      this.pieces = [];
      this.held = [];
      this.gap = true;
    }

    /**
     * @param {string} chars
     * @param {Text} node
     * @param {number} offset
     * @param {boolean} joined
     */
    append(chars, node, offset, joined) {
      const start = this.text.length;
      this.text += chars;
      const end = this.text.length;
      const last = this.pieces.at(-1);
      if (
        last?.node === node &&
        last.end === start &&
        last.nodeStart + last.end - last.start === offset
      ) {
        last.end = end;
      } else {
        this.pieces.push({ node, nodeStart: offset, start, end, joined });
      }
    }
  }

  /**
   * @param {CSSStyleDeclaration} style
   * @param {Element} element
   */
  const isForScreenReaders = (style, element) => {
    if (SCREEN_READER_NAME.test(element.getAttribute("class") ?? "")) return true;
    if (style.position !== "absolute" && style.position !== "fixed") return false;
    return (
      /^rect\((?:[01]px,? ?){4}\)$/.test(style.clip) ||
      /^inset\((?:50|100)%\)$/.test(style.clipPath) ||
      (style.overflowX !== "visible" &&
        (parseFloat(style.width) <= 1 || parseFloat(style.height) <= 1)) ||
      parseFloat(style.left) < -999 ||
      parseFloat(style.top) < -999
    );
  };

  /**
   * A floated or otherwise boxed first letter that the rest of its word follows.
   * @param {Element} element
   */
  const isDropCap = (element) => {
    const text = element.textContent?.trim() ?? "";
    return (
      text.length < 4 &&
      /\p{L}$/u.test(text) &&
      /^\p{L}/u.test(element.nextSibling?.textContent ?? "")
    );
  };

  /** @param {CSSStyleDeclaration} style */
  const whiteSpaceOf = (style) => /** @type {WhiteSpace} */ (style.whiteSpaceCollapse);

  /** @typedef {{element: Element, kind: Block["kind"]}} Holder */

  /** Walks the article in the order a reader sees it and cuts it into blocks. */
  class BlockBuilder {
    /** @type {Block[]} */
    blocks = [];
    run = new Run(() => this.close());

    /** @param {Article} article */
    constructor(article) {
      this.article = article;
      /** @type {Holder} What holds the text that comes. */
      this.holder = { element: article.roots[0], kind: "paragraph" };
      /** @type {Holder} What holds the text of the run. */
      this.runHolder = this.holder;
    }

    /** Ends the block. */
    close() {
      const { text, pieces } = this.run;
      if (text) {
        const { element, kind } = this.runHolder;
        this.blocks.push({ id: `b${this.blocks.length + 1}`, text, kind, element, pieces });
      }
      this.run.clear();
    }

    /** @param {Element} root */
    *addRoot(root) {
      const style = getComputedStyle(root);
      // What hides the article as a whole (a page that fades in, a dialog above it) is no part of it.
      const shown = style.visibility === "visible";
      this.holder = { element: root, kind: "paragraph" };
      yield* this.enter(root, "paragraph", style, shown);
      this.close();
    }

    /**
     * @param {Element} element
     * @param {Block["kind"]} kind
     * @param {CSSStyleDeclaration} style
     * @param {boolean} heedVisibility  false where the article itself is invisible
     * @returns {Generator<void, void>}
     */
    *enter(element, kind, style, heedVisibility) {
      if (kind === "cell" && element.tagName === "P") kind = "paragraph";
      else if (kind === "paragraph" || kind === "cell") kind = KINDS[element.tagName] ?? kind;

      const outer = this.holder;
      const flows = /^(?:inline|contents|ruby)/.test(style.display) || isDropCap(element);
      if (!flows) {
        this.close();
        this.holder = { element, kind };
      }
      const mode = whiteSpaceOf(style);
      const visible = !heedVisibility || style.visibility === "visible";
      const { shadowRoot } = element;
      const slotted = isSlot(element) ? element.assignedNodes() : [];
      if (shadowRoot) this.article.shadows?.add(shadowRoot);
      const otherTree = shadowRoot || slotted.length;
      if (otherTree) this.run.gap = true;
      for (const child of slotted.length ? slotted : (shadowRoot ?? element).childNodes) {
        if (isText(child)) {
          if (visible) this.addText(child, mode);
        } else if (isElement(child)) {
          yield* this.addElement(child, kind, heedVisibility);
        }
      }
      if (otherTree) this.run.gap = true;
      if (!flows) {
        this.close();
        this.holder = outer;
      }
    }

    /**
     * @param {Element} element
     * @param {Block["kind"]} kind
     * @param {boolean} heedVisibility
     * @returns {Generator<void, void>}
     */
    *addElement(element, kind, heedVisibility) {
      if (element.tagName === "BR") {
        this.run.breakLine();
        return;
      }
      if (element.tagName === "WBR") return;
      if (SKIPPED.has(element.tagName) || element.ariaHidden === "true") {
        this.run.gap = true;
        return;
      }
      const style = getComputedStyle(element);
      if (this.article.excluded.has(element)) {
        if (!style.display.startsWith("inline")) this.close();
        this.run.gap = true;
      } else if (style.display === "none" || isForScreenReaders(style, element)) {
        this.run.gap = true;
      } else {
        yield;
        yield* this.enter(element, kind, style, heedVisibility);
      }
    }

    /**
     * @param {Text} node
     * @param {WhiteSpace} mode
     */
    addText(node, mode) {
      if (this.article.excluded.has(node)) {
        this.run.gap = true;
        return;
      }
      if (!this.run.text) {
        this.runHolder = this.article.headlines.has(node)
          ? { element: this.holder.element, kind: "headline" }
          : this.holder;
      }
      this.run.add(node, 0, node.length, mode);
    }
  }

  /**
   * @param {Article} article
   * @returns {Generator<void, Block[]>}
   */
  hearsay.blocksInSteps = function* (article) {
    const builder = new BlockBuilder(article);
    for (const root of article.roots) yield* builder.addRoot(root);
    return builder.blocks;
  };

  /**
   * @param {Article} article
   * @returns {Block[]}
   */
  hearsay.blocksOf = (article) => hearsay.atOnce(hearsay.blocksInSteps(article));

  /**
   * The index of the first piece that ends after an offset.
   *
   * @param {Piece[]} pieces
   * @param {number} offset
   */
  const firstPiece = (pieces, offset) => {
    let low = 0;
    for (let high = pieces.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (pieces[middle].end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /**
   * Whether ranges still begin and end where `rangeOf` would put them now.
   *
   * @param {Range[]} ranges
   * @param {Block} block
   * @param {number} start
   * @param {number} end
   */
  hearsay.isRangeOf = (ranges, { pieces }, start, end) => {
    const first = pieces[firstPiece(pieces, start)];
    const last = pieces[firstPiece(pieces, end - 1)];
    const { startContainer, startOffset } = ranges[0];
    const { endContainer, endOffset } = ranges[ranges.length - 1];
    return (
      startContainer === first?.node &&
      startOffset === first.nodeStart + Math.max(start - first.start, 0) &&
      endContainer === last?.node &&
      endOffset === last.nodeStart + Math.min(end, last.end) - last.start
    );
  };

  /**
   * The DOM ranges of a part of a block's text: one, or several where something that is no part of
   * the text lies between. Ranges are live: they move with the page's changes.
   *
   * @param {Block} block
   * @param {number} start  UTF-16 offset in the block's text
   * @param {number} end
   * @returns {Range[]}  empty where the page has changed so much that there is no such place
   */
  hearsay.rangeOf = (block, start, end) => {
    const { pieces } = block;
    /** @type {Range[]} */
    const ranges = [];
    for (
      let index = firstPiece(pieces, start);
      index < pieces.length && pieces[index].start < end;
      index++
    ) {
      const piece = pieces[index];
      const from = piece.nodeStart + Math.max(start - piece.start, 0);
      const to = piece.nodeStart + Math.min(end, piece.end) - piece.start;
      if (to > piece.node.length || !piece.node.isConnected) return [];
      let range = ranges.at(-1);
      if (!range || !piece.joined) {
        range = new Range();
        range.setStart(piece.node, from);
        ranges.push(range);
      }
      range.setEnd(piece.node, to);
    }
    return ranges;
  };

  /**
   * The text that stands in the ranges now, normalised as a block's text is: equal to
   * `block.text.slice(start, end)` as long as the page shows what was analysed.
   *
   * @param {Range[]} ranges
   */
  hearsay.textOf = (ranges) => ranges.map(textOfRange).join("");

  /** @param {Range} range */
  const textOfRange = (range) => {
    const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer } = range;
    const run = new Run(null);
    const walker = document.createTreeWalker(
      commonAncestorContainer,
      NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    );
    walker.currentNode = startContainer;
    /** @type {Node | null} */
    let node = startContainer;
    while (node) {
      if (isText(node)) {
        const from = node === startContainer ? startOffset : 0;
        const to = node === endContainer ? endOffset : node.length;
        const parent = node.parentElement;
        if (parent) run.add(node, from, to, whiteSpaceOf(getComputedStyle(parent)));
      } else if (isElement(node) && node.tagName === "BR") {
        run.breakLine();
      }
      node = node === endContainer ? null : walker.nextNode();
    }
    run.flush();
    return run.text;
  };
}
