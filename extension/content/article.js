/**
 * Finds the article in a page: `hearsay.findArticle(document) -> Article` (see blocks.js), or
 * `hearsay.articleInSteps(document, earlier)`, a generator (see slices.js) that returns a Found.
 *
 * The page's text is cut into blocks. A block of prose counts for every element around it, any other
 * block (menu, teaser, button) against; the element with the best sum holds the article. Inside it,
 * what its name, its links, its form fields or its wording show to be something else is left out.
 *
 * The idea of scoring ancestors is that of Readability (Arc90, Mozilla); the sum with penalties is
 * the maximum subsequence of Pasternack and Roth (WWW 2009), over the tree instead of a sequence.
 * No rule knows a site; `make pages` measures them.
 */
{
  globalThis.hearsay ??= {};

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
  /** Characters of prose that a story has at least which stays when another comes beside it. */
  const STORY_LENGTH = 500;
  /** Characters that one teaser in a list of them has at most. */
  const TEASER_LENGTH = 600;
  /** A block whose text is linked to more than this share is a link to elsewhere. */
  const LINK_SHARE = 0.9;
  /** Labels between the headline and the text (author, date) have so many words at most, … */
  const LABEL_WORDS = 8;
  /** … and are so many at most: more short lines are the text. */
  const LABELS = 5;

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

  const JUNK_TAGS = new Set([
    "ASIDE",
    "FIGURE",
    "FIGCAPTION",
    "NAV",
    "FOOTER",
    "FORM",
    "HEADER",
    "TIME",
  ]);

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
    /** @type {ShadowRoot | null} */ (element.parentNode)?.host ??
    null;

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
   * @typedef {object} Found
   * @property {Article} article
   * @property {Element[]} mains  The elements that hold its text
   * @property {Set<ShadowRoot>} shadows  All open ones in the page
   *
   * @typedef {object} Item
   * @property {Block} block
   * @property {number} index  its place among the page's blocks
   * @property {Element} element  the smallest that holds the whole block
   * @property {number} links  the share of its text that is linked
   * @property {boolean} prose
   */

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
    if (links <= LINK_SHARE || wordsOf(block.text).length < 2) return false;
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
  class Page {
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
    const headline =
      firstLevel.filter(({ element }) => !page.isJunk(element)).at(-1) ?? firstLevel.at(-1);
    const sure = headline && likeness(headline) > 0.5;
    return !sure && likest && likeness(likest) > 0.7 ? likest : headline;
  };

  /**
   * The headings that no text follows, of their own level or below: what they headed was left out.
   *
   * @param {Item[]} items
   */
  const emptyHeadings = (items) => {
    /** @type {Item[]} */
    const empty = [];
    /** @type {Item[]} Headings above the place reached, outermost first. */
    let open = [];
    for (const item of items) {
      if (item.block.kind !== "heading") {
        open = [];
        continue;
      }
      const level = item.block.element.tagName;
      while (open.length && open[open.length - 1].block.element.tagName >= level) {
        empty.push(...open.splice(-1));
      }
      open.push(item);
    }
    return [...empty, ...open];
  };

  /** The article in a page, once its main element is known. */
  class Extract {
    /** @type {Item[]} */
    items = [];
    /** @type {Item | undefined} */
    headline;
    /** @type {Set<Item>} */
    labels = new Set();
    /** @type {Map<Element, boolean>} */
    standfirsts = new Map();

    /**
     * @param {Page} page
     * @param {Element} main
     * @param {string} pageTitle
     */
    constructor(page, main, pageTitle) {
      this.page = page;
      this.main = main;
      this.pageTitle = pageTitle;
    }

    /** @returns {Generator<void, void>} */
    *read() {
      const { page } = this;
      for (const item of page.items) {
        yield;
        if (this.isInMain(item.block.element)) this.items.push(item);
      }
      const text = this.items.find(
        ({ element, prose }) => prose && !page.isJunk(element) && !this.isStandfirst(element),
      );
      const { index: start } = text ?? this.items[0];
      this.headline = findHeadline(page, page.items.slice(0, start), this.pageTitle);
      const labels = page.items
        .slice(this.headline ? this.headline.index + 1 : 0, start)
        .filter((item) => this.isLabel(item));
      if (labels.length <= LABELS) this.labels = new Set(labels);
    }

    /** @param {Element | null} element */
    isInMain(element) {
      while (element && element !== this.main) element = parentOf(element);
      return element === this.main;
    }

    /**
     * Whether an element, or one around it, is the summary between headline and text.
     * @param {Element | null} element
     * @returns {boolean}
     */
    isStandfirst(element) {
      if (!element || element === this.main) return false;
      let standfirst = this.standfirsts.get(element);
      if (standfirst === undefined) {
        const { prose } = this.page;
        const small = prose.of(element) < PROTECTED_SHARE * prose.of(this.main);
        const name = (element.getAttribute("class") ?? "").toLowerCase();
        standfirst = (small && STANDFIRST_NAMES.test(name)) || this.isStandfirst(parentOf(element));
        this.standfirsts.set(element, standfirst);
      }
      return standfirst;
    }

    /**
     * Whether a block before the text may be the author's name, a date, a number of views.
     * @param {Item} item
     */
    isLabel({ block, element }) {
      return (
        block.kind !== "heading" &&
        !SENTENCE_END.test(block.text) &&
        wordsOf(block.text).length <= LABEL_WORDS &&
        !this.page.isJunk(element)
      );
    }

    /** @param {Item} item */
    isLeftOut(item) {
      const { block, element, links, index } = item;
      return (
        (this.headline !== undefined && index < this.headline.index) ||
        this.page.isJunk(element) ||
        (links > LINK_SHARE && block.kind !== "heading") ||
        NOTICES.some((notice) => notice.test(block.text)) ||
        this.labels.has(item)
      );
    }

    /** @returns {Generator<void, Article>} */
    *article() {
      yield* this.read();
      const { headline, main } = this;
      const heads = headline ? [headline] : [];
      const leftOut = [];
      const text = [];
      for (const item of this.items) {
        yield;
        if (item === headline) continue;
        if (this.isLeftOut(item)) leftOut.push(item);
        else if (this.isStandfirst(item.element)) heads.push(item);
        else text.push(item);
      }
      leftOut.push(...emptyHeadings(text));

      const roots = [main];
      if (headline && !this.isInMain(headline.element) && !headline.element.contains(main)) {
        roots.unshift(headline.element);
      }
      return { roots, headlines: nodesOf(heads), excluded: nodesOf(leftOut) };
    }
  }

  /**
   * @param {Item[]} items
   * @returns {Set<Node>}
   */
  const nodesOf = (items) =>
    new Set(items.flatMap(({ block }) => block.pieces.map(({ node }) => node)));

  /** @param {Article[]} articles  In one document */
  const joined = (articles) => {
    const roots = articles.flatMap((article) => article.roots);
    const outermost = roots.filter(
      (root, index) =>
        roots.indexOf(root) === index &&
        !roots.some((other) => other !== root && other.contains(root)),
    );
    outermost.sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    return {
      roots: outermost,
      headlines: new Set(articles.flatMap(({ headlines }) => [...headlines])),
      excluded: new Set(articles.flatMap(({ excluded }) => [...excluded])),
    };
  };

  /**
   * @param {Document} document
   * @param {Element[]} [earlier]  What held the article when it was looked for before: where more
   *   text has come beside it since, as another story below the first, it stays part of the article
   * @returns {Generator<void, Found>}
   */
  hearsay.articleInSteps = function* ({ body, title }, earlier = []) {
    const page = body && new Page(body);
    if (page) yield* page.read();
    const main = page && (yield* page.main());
    const { shadows = new Set() } = page ?? {};
    if (!main) return { article: joined([]), mains: [], shadows };
    const mains = [
      ...earlier.filter(
        (element) =>
          page.prose.of(element) >= STORY_LENGTH &&
          !element.contains(main) &&
          !main.contains(element),
      ),
      main,
    ];
    const articles = [];
    for (const one of mains) articles.push(yield* new Extract(page, one, title).article());
    return { article: joined(articles), mains, shadows };
  };

  /**
   * @param {Document} document
   * @returns {Article}
   */
  hearsay.findArticle = (document) => hearsay.atOnce(hearsay.articleInSteps(document)).article;
}
