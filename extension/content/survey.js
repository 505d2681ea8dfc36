/**
 * A page surveyed: its blocks, what each element holds of them, and what of it is no article.
 *
 *   const survey = new hearsay.Survey(body)
 *   yield* survey.read()         (see slices.js)
 *   survey.items                 the page's blocks, and what is known of each
 *   survey.prose.of(element)     characters of prose inside it
 *   survey.isJunk(element)
 *   yield* survey.main()         -> the element that holds the article's text, or null
 *
 *   hearsay.parentOf(element)    the element around it, as a reader sees the page
 *   hearsay.lowerWords(text)     -> string[]
 *
 * A block of prose counts for every element around it, any other block (menu, teaser, button)
 * against; the element with the best sum holds the article.
 *
 * The idea of scoring ancestors is that of Readability (Arc90, Mozilla); the sum with penalties is
 * the maximum subsequence of Pasternack and Roth (WWW 2009), over the tree instead of a sequence.
 */

/**
 * @typedef {object} Item
 * @property {Block} block
 * @property {number} index  Its place among the page's blocks
 * @property {Element} element  The smallest that holds the whole block
 * @property {number} links  The share of its text that is linked
 * @property {boolean} prose
 */

{
  globalThis.hearsay ??= {};

  const { nameOf, TAGS, PLAIN_NAMES, NAMES } = hearsay.furniture;

  /** Characters from which a block can be prose; captions and teasers are shorter. */
  const PROSE_LENGTH = 60;
  /** What a block that is no prose costs beside its length: menus have many and short ones. */
  const BLOCK_COST = 20;
  /** An inner element is preferred to an outer one that has hardly more prose. */
  const INNER_SHARE = 0.95;
  /** No element that holds so much of the page's prose is left out for its name, … */
  const PROTECTED_SHARE = 0.4;
  /** … not even for a name that says plainly that it is no article (comments may be longer than it). */
  const PROTECTED_SHARE_PLAIN = 0.8;
  /** Characters that the box around a form (a newsletter's) has at most. */
  const FORM_BOX_LENGTH = 400;
  /** Characters that one teaser in a list of them has at most. */
  const TEASER_LENGTH = 600;
  /** A title is linked to more than this share. */
  const LINK_SHARE = 0.9;

  const SENTENCE = /[.!?。…]["'”’»)\]]*(?:\s|$)/;

  /**
   * @param {string} text
   * @returns {string[]}
   */
  hearsay.lowerWords = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /**
   * The element around an element as a reader sees the page: across slots and open shadow roots.
   * @param {Element} element
   * @returns {Element | null}
   */
  const parentOf = (element) =>
    element.assignedSlot ??
    element.parentElement ??
    /** @type {ShadowRoot | null} */ (element.parentNode)?.host ??
    null;

  hearsay.parentOf = parentOf;

  /** A sum for each element over what stands inside it. */
  class Sums {
    /** @type {Map<Element, number>} */
    sums = new Map();

    /**
     * @param {Element} element
     * @param {number} amount
     */
    add(element, amount) {
      for (let at = /** @type {Element | null} */ (element); at; at = parentOf(at)) {
        this.sums.set(at, this.of(at) + amount);
      }
    }

    /** @param {Element} element */
    of(element) {
      return this.sums.get(element) ?? 0;
    }
  }

  /**
   * The smallest element that holds a whole block.
   * @param {Block} block
   */
  const elementOf = ({ pieces, element }) => {
    const range = new Range();
    range.setStart(pieces[0].node, 0);
    range.setEnd(pieces[pieces.length - 1].node, 0);
    const { commonAncestorContainer: common } = range;
    return common.nodeType === Node.ELEMENT_NODE
      ? /** @type {Element} */ (common)
      : (common.parentElement ?? element);
  };

  /**
   * Whether a block is a link to another page, long enough for a title.
   * @param {Item} item
   */
  const isTitleLink = ({ block, links }) => {
    if (links <= LINK_SHARE || hearsay.lowerWords(block.text).length < 2) return false;
    const link = block.pieces[0].node.parentElement?.closest("a");
    if (!link) return false;
    const { host, pathname } = link.ownerDocument.location;
    return link.host !== host || link.pathname !== pathname;
  };

  /**
   * @param {Block} block
   * @param {number} index
   * @returns {Item}
   */
  const itemOf = (block, index) => {
    const linked = block.pieces
      .filter(({ node }) => node.parentElement?.closest("a[href]"))
      .reduce((sum, { start, end }) => sum + end - start, 0);
    const links = linked / block.text.length;
    const prose =
      block.text.length > PROSE_LENGTH &&
      links < 0.5 &&
      block.kind !== "heading" &&
      SENTENCE.test(block.text);
    return { block, index, element: elementOf(block), links, prose };
  };

  /** What is known of a page's blocks and of the elements around them. */
  hearsay.Survey = class {
    length = new Sums();
    prose = new Sums();
    blocks = new Sums();
    titleLinks = new Sums();
    /** Elements found to be no article by what they hold. @type {Set<Element>} */
    boxes = new Set();
    /** @type {Map<Element, boolean>} */
    junk = new Map();

    /** @type {Item[]} */
    items = [];

    /** @param {HTMLElement} body */
    constructor(body) {
      this.body = body;
    }

    /** @type {Set<ShadowRoot>} */
    shadows = new Set();

    /** @returns {Generator<void, void>} */
    *read() {
      const { body, shadows } = this;
      const whole = { roots: [body], headlines: new Set(), excluded: new Set(), shadows };
      for (const block of yield* hearsay.blocksInSteps(whole)) {
        yield;
        const item = itemOf(block, this.items.length);
        this.items.push(item);
        const { prose } = item;
        this.length.add(block.element, block.text.length);
        this.blocks.add(block.element, 1);
        if (isTitleLink(item)) this.titleLinks.add(block.element, 1);
        if (prose) this.prose.add(block.element, block.text.length);
      }
      yield* this.markForms();
      yield* this.markTeasers();
    }

    /** Marks the boxes around form fields: newsletters, searches, comments to be written. */
    *markForms() {
      for (const field of this.body.querySelectorAll(
        "input:not([type=hidden], [type=checkbox]), textarea",
      )) {
        yield;
        let box = null;
        let around = parentOf(field);
        while (around && around !== this.body && this.length.of(around) < FORM_BOX_LENGTH) {
          box = around;
          around = parentOf(around);
        }
        if (box) this.boxes.add(box);
      }
    }

    /** Marks lists of teasers: three or more alike, each a title that is a link and a little text. */
    *markTeasers() {
      /** @type {Map<Element, Map<string, Element[]>>} */
      const lists = new Map();
      for (const [element, links] of this.titleLinks.sums) {
        yield;
        const list = parentOf(element);
        if (!list || this.blocks.of(element) <= links || this.length.of(element) > TEASER_LENGTH)
          continue;
        const alike = lists.get(list) ?? new Map();
        lists.set(list, alike);
        const look = `${element.tagName} ${element.getAttribute("class")}`;
        const teasers = alike.get(look) ?? [];
        alike.set(look, teasers);
        teasers.push(element);
      }
      for (const alike of lists.values()) {
        for (const teasers of alike.values()) {
          if (teasers.length > 2) for (const teaser of teasers) this.boxes.add(teaser);
        }
      }
    }

    /**
     * Whether an element, or one around it, is no part of an article.
     * @param {Element | null} element
     * @returns {boolean}
     */
    isJunk(element) {
      if (!element || element === this.body) return false;
      let junk = this.junk.get(element);
      if (junk === undefined) {
        junk = this.isJunk(parentOf(element)) || this.isFurniture(element);
        this.junk.set(element, junk);
      }
      return junk;
    }

    /**
     * @param {Element} element
     * @returns {boolean}
     */
    isFurniture(element) {
      const share = this.prose.of(element) / this.prose.of(this.body);
      if (share > PROTECTED_SHARE_PLAIN) return false;
      const name = nameOf(element);
      if (PLAIN_NAMES.test(name)) return true;
      if (share > PROTECTED_SHARE) return false;
      return this.boxes.has(element) || TAGS.has(element.tagName) || NAMES.test(name);
    }

    /**
     * The element that holds the article's text.
     * @returns {Generator<void, Element | null>}
     */
    *main() {
      const score = new Sums();
      for (const { block, element, prose } of this.items) {
        yield;
        const { text } = block;
        if (!this.isJunk(element))
          score.add(element, prose ? text.length : -text.length - BLOCK_COST);
      }
      let best = 0;
      for (const sum of score.sums.values()) best = Math.max(best, sum);
      /** @type {Element | null} */
      let main = null;
      for (const [element, sum] of score.sums) {
        // Inner elements come before those around them.
        if (
          best &&
          sum >= INNER_SHARE * best &&
          (!main || this.length.of(element) < this.length.of(main))
        ) {
          main = element;
        }
      }
      // One block is not all, even where it is the only prose.
      while (main && main !== this.body && this.blocks.of(main) < 2) main = parentOf(main);
      return main;
    }
  };
}
