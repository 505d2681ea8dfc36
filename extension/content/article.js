/**
 * Finds the article in a page: `hearsay.findArticle(document) -> Article` (see blocks.js).
 *
 * The page's text is cut into blocks. A block of prose counts for every element around it, any other
 * block (menu, teaser, button) against; the element with the best sum holds the article. Inside it,
 * what its name, its links, its form fields or its wording show to be something else is left out.
 *
 * The idea of scoring ancestors is that of Readability (Arc90, Mozilla); the sum with penalties is
 * the maximum subsequence of Pasternack and Roth (WWW 2009), over the tree instead of a sequence.
 * No rule knows a site; `python -m tests.pages` measures them all.
 */
{
  const hearsay = (globalThis.hearsay ??= {});

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
  /** A block whose text is linked to more than this share is a link to elsewhere. */
  const LINK_SHARE = 0.9;
  /** Labels that stand between the headline and the text (author, date) are at most so many words. */
  const LABEL_WORDS = 8;

  /** @param {string} words  alternatives, separated by white space */
  const anyOf = (words) => new RegExp(`\\b(?:${words.trim().split(/\s+/).join("|")})\\b`);

  /** Words in class, id, role or itemprop of what is no article, wherever it stands. */
  const PLAIN_NAMES = anyOf(`
    comments? disqus related nav navigation menu sidebar footer copyright complementary contentinfo
  `);

  /** The same, of things that stand inside the article, or may be part of an honest name. */
  const JUNK_NAMES = anyOf(`
    captions? figcaption photos? credits? syndicat\\w* attribution
    bylines? authors? bio contributors? avatar timestamp dateline date published meta counters?
    share sharing sharebar sharedaddy social socials addthis follow print
    recirc\\w* recommend\\w* more-from read-next next-prev also-like trending popular most-read most-viewed
    newsletters? subscri\\w* sign-?up signin login search
    ads? advert\\w* adv dfp sponsor\\w* promo promos promoted promotion outbrain taboola
    respond replies
    breadcrumbs? tags? taglist tagbox categories pagination pager toolbar
    footnotes? disclaimer disclosure cookies? consent banner modal popup tooltip dialog
    gallery slideshow carousel video player
  `);

  const JUNK_TAGS = new Set(["ASIDE", "FIGURE", "FIGCAPTION", "NAV", "FOOTER", "FORM", "HEADER"]);

  /** Words in the class of a standfirst, the summary between headline and text. */
  const STANDFIRST_NAMES = anyOf(`
    lead standfirst dek deck sub-?title sub-?head(?:line)? summary excerpt teaser key-?points
  `);

  /** Wordings of lines that the site, not the author, put into the text. */
  const NOTICES = [
    /^\W*(?:related(?: \w+)?|(?:read|see|watch|listen)(?: (?:more|also|next|now))?|also|more):/i,
    /^\W*(?:you (?:may|might) also like|click here|subscribe\b|sign up\b|follow \S+ on\b)/i,
    /^\W*(?:advert(?:isement)?|comments?|don['’]t miss|share(?: this)?|tags|topics|loading)\W*(?:\n|$)/i,
    /^\W*(?:copyright\b|©|this (?:post|article|story) (?:may contain|contains) affiliate)/i,
    /\bcontributed to this (?:report|story|article)\W*$/i,
    /[([](?:images?|photos?|pictures?|credits?)(?: by\b|:)[^)\]]*[)\]]$/i,
    /^https?:\/\/\S+$/,
  ];

  const SENTENCE = /[.!?。…]["'”’»)\]]*(?:\s|$)/;
  const SENTENCE_END = /[.!?:。…]["'”’»)\]]*$/;

  /** @param {string} text */
  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /** @param {Element} element */
  const nameOf = (element) =>
    ["class", "id", "role", "itemprop"]
      .map((attribute) => element.getAttribute(attribute) ?? "")
      .join(" ")
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .replaceAll("_", "-")
      .toLowerCase();

  /**
   * The element around an element as a reader sees the page: across slots and open shadow roots.
   * @param {Element} element
   * @returns {Element | null}
   */
  const parentOf = (element) =>
    element.assignedSlot ??
    element.parentElement ??
    (element.parentNode instanceof ShadowRoot ? element.parentNode.host : null);

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
   * @typedef {object} Item
   * @property {Block} block
   * @property {number} links  the share of its text that is linked
   * @property {boolean} prose
   */

  /**
   * @param {Block} block
   * @returns {Item}
   */
  const itemOf = (block) => {
    const linked = block.pieces
      .filter(({ node }) => node.parentElement?.closest("a[href]"))
      .reduce((sum, { start, end }) => sum + end - start, 0);
    const links = linked / block.text.length;
    const prose =
      block.text.length > PROSE_LENGTH && links < 0.5 && block.kind !== "heading" && SENTENCE.test(block.text);
    return { block, links, prose };
  };

  /** What is known of a page's blocks and of the elements around them. */
  class Page {
    length = new Sums();
    prose = new Sums();
    blocks = new Sums();
    linkBlocks = new Sums();
    /** Elements found to be no article by what they hold. @type {Set<Element>} */
    boxes = new Set();
    /** @type {Map<Element, boolean>} */
    junk = new Map();

    /** @param {HTMLElement} body */
    constructor(body) {
      this.body = body;
      this.items = hearsay
        .blocksOf({ roots: [body], headlines: new Set(), excluded: new Set() })
        .map(itemOf);
      for (const { block, links, prose } of this.items) {
        this.length.add(block.element, block.text.length);
        this.blocks.add(block.element, 1);
        if (links > LINK_SHARE) this.linkBlocks.add(block.element, 1);
        if (prose) this.prose.add(block.element, block.text.length);
      }
      this.markForms();
      this.markTeasers();
    }

    /** Marks the boxes around form fields: newsletters, searches, comments to be written. */
    markForms() {
      for (const field of this.body.querySelectorAll("input:not([type=hidden], [type=checkbox]), textarea")) {
        let box = null;
        let around = parentOf(field);
        while (around && around !== this.body && this.length.of(around) < FORM_BOX_LENGTH) {
          box = around;
          around = parentOf(around);
        }
        if (box) this.boxes.add(box);
      }
    }

    /** Marks lists of teasers: three or more alike, each a line that is a link and a little text. */
    markTeasers() {
      /** @type {Map<Element, Map<string, Element[]>>} */
      const lists = new Map();
      for (const [element, links] of this.linkBlocks.sums) {
        const list = parentOf(element);
        if (!list || this.blocks.of(element) <= links || this.length.of(element) > TEASER_LENGTH) continue;
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
        junk = this.isJunk(parentOf(element)) || this.looksLikeJunk(element);
        this.junk.set(element, junk);
      }
      return junk;
    }

    /** @param {Element} element */
    looksLikeJunk(element) {
      const share = this.prose.of(element) / this.prose.of(this.body);
      if (share > PROTECTED_SHARE_PLAIN) return false;
      const name = nameOf(element);
      if (PLAIN_NAMES.test(name)) return true;
      if (share > PROTECTED_SHARE) return false;
      return this.boxes.has(element) || JUNK_TAGS.has(element.tagName) || JUNK_NAMES.test(name);
    }

    /**
     * The element that holds the article's text.
     * @returns {Element | null}
     */
    main() {
      const score = new Sums();
      for (const { block, prose } of this.items) {
        const { element, text } = block;
        if (!this.isJunk(element)) score.add(element, prose ? text.length : -text.length - BLOCK_COST);
      }
      const best = Math.max(0, ...score.sums.values());
      /** @type {Element | null} */
      let main = null;
      for (const [element, sum] of score.sums) {
        // Inner elements come before those around them.
        if (best && sum >= INNER_SHARE * best && (!main || this.length.of(element) < this.length.of(main))) {
          main = element;
        }
      }
      // One block is not all, even where it is the only prose.
      while (main && main !== this.body && this.blocks.of(main) < 2) main = parentOf(main);
      return main;
    }
  }

  /**
   * The headline among the blocks before the text: an `<h1>`, or else what the page's title says.
   *
   * @param {Page} page
   * @param {Item[]} before
   * @param {string} pageTitle
   * @returns {Item | undefined}
   */
  const findHeadline = (page, before, pageTitle) => {
    const title = new Set(wordsOf(pageTitle));
    /** @param {Item} item */
    const likeness = ({ block, prose }) => {
      const words = new Set(wordsOf(block.text));
      if (prose || words.size < 3) return 0;
      const shared = [...words].filter((word) => title.has(word)).length;
      return Math.min(shared / words.size, (1.5 * shared) / title.size); // titles name the site, too
    };
    const likest = before.reduce(
      (best, item) => (likeness(item) > likeness(best) ? item : best),
      before[0],
    );
    const firstLevel = before.filter(({ block }) => block.element.closest("h1"));
    const headline = firstLevel.filter(({ block }) => !page.isJunk(block.element)).at(-1) ?? firstLevel.at(-1);
    const sure = headline && likeness(headline) > 0.5;
    return !sure && likest && likeness(likest) > 0.7 ? likest : headline;
  };

  /**
   * @param {Document} document
   * @returns {Article}
   */
  hearsay.findArticle = (document) => {
    /** @type {Article} */
    const article = { roots: [], headlines: new Set(), excluded: new Set() };
    const page = new Page(document.body);
    const main = page.main();
    if (!main) return article;

    /** @type {Map<Element, boolean>} */
    const standfirsts = new Map();
    /** @param {Element | null} element @returns {boolean} */
    const isStandfirst = (element) => {
      if (!element || element === main) return false;
      let standfirst = standfirsts.get(element);
      if (standfirst === undefined) {
        const small = page.prose.of(element) < PROTECTED_SHARE * page.prose.of(main);
        const name = (element.getAttribute("class") ?? "").toLowerCase();
        standfirst = (small && STANDFIRST_NAMES.test(name)) || isStandfirst(parentOf(element));
        standfirsts.set(element, standfirst);
      }
      return standfirst;
    };
    /** @param {Element | null} element */
    const isInMain = (element) => {
      while (element && element !== main) element = parentOf(element);
      return element === main;
    };

    const inside = page.items.filter(({ block }) => isInMain(block.element));
    const isText = (/** @type {Item} */ { block, prose }) =>
      prose && !page.isJunk(block.element) && !isStandfirst(block.element);
    const textStart = page.items.indexOf(inside.find(isText) ?? inside[0]);
    const before = page.items.slice(0, textStart);
    const headline = findHeadline(page, before, document.title);
    if (headline) article.headlines.add(headline.block.element);
    const headlineAt = headline ? page.items.indexOf(headline) : -1;

    /** @type {Set<Item>} */
    const dropped = new Set();
    for (const item of inside) {
      const { element, kind, text } = item.block;
      const at = page.items.indexOf(item);
      if (item === headline) continue;
      if (
        at < headlineAt ||
        page.isJunk(element) ||
        (item.links > LINK_SHARE && kind !== "heading") ||
        NOTICES.some((notice) => notice.test(text)) ||
        (at < textStart && !SENTENCE_END.test(text) && wordsOf(text).length <= LABEL_WORDS && textStart - headlineAt < 6)
      ) {
        dropped.add(item);
      } else if (isStandfirst(element)) {
        article.headlines.add(element);
      }
    }
    // A heading belongs to the text after it: without any, it was that of something left out.
    /** @type {Item[]} */
    const open = [];
    for (const item of [...inside, null]) {
      if (item && (dropped.has(item) || article.headlines.has(item.block.element))) continue;
      const level = item?.block.kind === "heading" ? item.block.element.tagName : null;
      if (item && !level) {
        open.length = 0;
      } else {
        while (open.length && (!level || open[open.length - 1].block.element.tagName >= level)) {
          dropped.add(/** @type {Item} */ (open.pop()));
        }
        if (item) open.push(item);
      }
    }
    for (const { block } of dropped) for (const { node } of block.pieces) article.excluded.add(node);

    article.roots = [main];
    if (headline && !isInMain(headline.block.element)) article.roots.unshift(headline.block.element);
    return article;
  };
}
