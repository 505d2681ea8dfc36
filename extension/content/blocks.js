/**
 * Text of the page as a reader sees it, cut into blocks; ranges.js has the way back to the page.
 *
 *   hearsay.blocksOf(article)        -> Block[]
 *   hearsay.blocksInSteps(article)   -> the same as a generator, see slices.js
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
 * @typedef {object} Block
 * @property {string} id  "b1", "b2", … in document order
 * @property {string} text  Never empty, no white space at its ends, "\n" only for a `<br>` or in
 *   preformatted text
 * @property {"headline" | "paragraph" | "heading" | "quote" | "item" | "cell" | "preformatted"} kind
 * @property {Element} element  The innermost element that holds the whole block
 * @property {Piece[]} pieces  Where its text stands, see text-run.js
 */

{
  globalThis.hearsay ??= {};

  const { whiteSpaceOf } = hearsay;
  /** @type {(node: Node) => node is Text} */
  const isText = hearsay.isText;
  /** @type {(node: Node) => node is Element} */
  const isElement = hearsay.isElement;

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

  /**
   * @param {Element} element
   * @returns {element is HTMLSlotElement}
   */
  const isSlot = (element) => element.tagName === "SLOT" && "assignedNodes" in element;
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

  /** @typedef {{element: Element, kind: Block["kind"]}} Holder */

  /** Walks the article in the order a reader sees it and cuts it into blocks. */
  class BlockBuilder {
    /** @type {Block[]} */
    blocks = [];
    run = new hearsay.TextRun(() => this.close());

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
}
