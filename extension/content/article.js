/**
 * Finds the article in a page: `hearsay.findArticle(document) -> Article` (see blocks.js), or
 * `hearsay.articleInSteps(document, earlier)`, a generator (see slices.js) that returns a Found.
 *
 * The element that holds its text is found by survey.js. Inside it, what its name, its links, its
 * form fields or its wording show to be something else is left out; headline and summary are looked
 * for before it.
 */

/**
 * @typedef {object} Found
 * @property {Article} article
 * @property {Element[]} mains  The elements that hold its text
 * @property {Set<ShadowRoot>} shadows  All open ones in the page
 */

{
  globalThis.hearsay ??= {};

  const { lowerWords, parentOf } = hearsay;
  const { NOTICES, STANDFIRST_NAMES } = hearsay.furniture;

  /** Of the article's prose, as much as a summary never has. */
  const SUMMARY_SHARE = 0.4;
  /** Characters of prose that a story has at least which stays when another comes beside it. */
  const STORY_LENGTH = 500;
  /** A block whose text is linked to more than this share is a link to elsewhere. */
  const LINK_SHARE = 0.9;
  /** Labels between the headline and the text (author, date) have so many words at most, … */
  const LABEL_WORDS = 8;
  /** … and are so many at most: more short lines are the text. */
  const LABELS = 5;

  const SENTENCE_END = /[.!?:。…]["'”’»)\]]*$/;

  /**
   * The headline among the blocks before the text: an `<h1>`, or else what the page's title says.
   *
   * @param {any} survey  hearsay.Survey
   * @param {Item[]} before
   * @param {string} pageTitle
   * @returns {Item | undefined}
   */
  const findHeadline = (survey, before, pageTitle) => {
    const title = new Set(lowerWords(pageTitle));
    /** @param {Item} item */
    const likeness = ({ block, prose }) => {
      const words = new Set(lowerWords(block.text));
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
      firstLevel.filter(({ element }) => !survey.isJunk(element)).at(-1) ?? firstLevel.at(-1);
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
     * @param {any} survey  hearsay.Survey
     * @param {Element} main
     * @param {string} pageTitle
     */
    constructor(survey, main, pageTitle) {
      this.survey = survey;
      this.main = main;
      this.pageTitle = pageTitle;
    }

    /** @returns {Generator<void, void>} */
    *read() {
      const { survey } = this;
      for (const item of survey.items) {
        yield;
        if (this.isInMain(item.block.element)) this.items.push(item);
      }
      const text = this.items.find(
        ({ element, prose }) => prose && !survey.isJunk(element) && !this.isStandfirst(element),
      );
      const { index: start } = text ?? this.items[0];
      this.headline = findHeadline(survey, survey.items.slice(0, start), this.pageTitle);
      const labels = survey.items
        .slice(this.headline ? this.headline.index + 1 : 0, start)
        .filter((/** @type {Item} */ item) => this.isLabel(item));
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
      /** @type {boolean | undefined} */
      let standfirst = this.standfirsts.get(element);
      if (standfirst === undefined) {
        const { prose } = this.survey;
        const small = prose.of(element) < SUMMARY_SHARE * prose.of(this.main);
        const name = (element.getAttribute("class") ?? "").toLowerCase();
        /** @type {boolean} */
        const own = small && STANDFIRST_NAMES.test(name);
        standfirst = own || this.isStandfirst(parentOf(element));
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
        lowerWords(block.text).length <= LABEL_WORDS &&
        !this.survey.isJunk(element)
      );
    }

    /** @param {Item} item */
    isLeftOut(item) {
      const { block, element, links, index } = item;
      return (
        (this.headline !== undefined && index < this.headline.index) ||
        this.survey.isJunk(element) ||
        (links > LINK_SHARE && block.kind !== "heading") ||
        NOTICES.some((/** @type {RegExp} */ notice) => notice.test(block.text)) ||
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
    const survey = body && new hearsay.Survey(body);
    if (survey) yield* survey.read();
    const main = survey && (yield* survey.main());
    const { shadows = new Set() } = survey ?? {};
    if (!main) return { article: joined([]), mains: [], shadows };
    const mains = [
      ...earlier.filter(
        (element) =>
          survey.prose.of(element) >= STORY_LENGTH &&
          !element.contains(main) &&
          !main.contains(element),
      ),
      main,
    ];
    const articles = [];
    for (const one of mains) articles.push(yield* new Extract(survey, one, title).article());
    return { article: joined(articles), mains, shadows };
  };

  /**
   * @param {Document} document
   * @returns {Article}
   */
  hearsay.findArticle = (document) => hearsay.atOnce(hearsay.articleInSteps(document)).article;
}
