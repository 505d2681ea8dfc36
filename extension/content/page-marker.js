/**
 * Reads the page and marks it, and keeps up with it: finds the article, asks the API about what it
 * does not know yet, shows what it found; and looks again whenever the page has changed.
 *
 *   const marker = new hearsay.PageMarker({overlay, ask, onChange, quiet})
 *   marker.start()
 *   marker.speak()     says that there is no article, where it was quiet about that
 *   marker.retry()     after a problem
 *   marker.snapshot()  -> Snapshot, see reading.js
 *   marker.stop()
 */

/**
 * @typedef {{analysis: Analysis, labels: Labels} | {problem: Problem}} Answer
 *
 * @typedef {object} PageMarkerOptions
 * @property {any} overlay  A hearsay.Overlay
 * @property {(blocks: {id: string, text: string}[]) => Promise<Answer>} ask
 * @property {() => void} onChange  Called whenever the snapshot has changed
 * @property {boolean} [quiet]  Says nothing on a page without an article, until one is there: the
 *   reader has not asked for this page
 */

{
  globalThis.hearsay ??= {};

  const BUSY = "Reading the article …";
  /** Characters of an article in a frame: most frames are ads and widgets. */
  const FRAME_LENGTH = 400;

  /** Whether the page is one of Hearsay's server, which has an overlay of its own. */
  hearsay.isOwnPage = () =>
    document.querySelector('meta[name="application-name"][content="Hearsay"]') !== null;

  /**
   * What keeps the page from being read, whatever is in it.
   * @returns {Problem | null}
   */
  const obstacle = () => {
    if (document.contentType === "application/pdf") return { kind: "pdf" };
    return hearsay.isOwnPage() ? { kind: "own-page" } : null;
  };

  /** @param {Block[]} blocks */
  const idsOf = (blocks) => blocks.map(({ id }) => id);

  /** @param {Block[]} blocks */
  const lengthOf = (blocks) => blocks.reduce((sum, { text }) => sum + text.length, 0);

  /**
   * How far a reader is from a part of the article: what is below comes before what is above.
   * @param {Block[]} part
   */
  const distanceOf = (part) => {
    const [first, last] = [part[0], part[part.length - 1]];
    const rects = [first, last].map((block) => {
      const [range] = hearsay.rangeOf(block, block.text.length - 1, block.text.length);
      return range ? hearsay.rectsOf(range)[0] : undefined;
    });
    const [top, bottom] = [rects[0]?.top ?? 0, rects[1]?.bottom ?? 0];
    if (bottom < 0) return Number.MAX_SAFE_INTEGER + bottom;
    return Math.max(top - window.innerHeight, 0);
  };

  hearsay.PageMarker = class {
    #reading = new hearsay.Reading();
    #overlay;
    #ask;
    #onChange;
    #quiet;
    #life = new AbortController();
    /** @type {any} hearsay.Live */
    #live = null;
    /** Elements that hold the article, in each document. @type {Map<Document, Element[]>} */
    #mains = new Map();
    /** Ids of blocks whose text is still changing. @type {Set<string>} */
    #unsettled = new Set();
    #asking = false;
    /** More than one request is under way, or was, since all was read last. */
    #long = false;

    /** @param {PageMarkerOptions} options */
    constructor({ overlay, ask, onChange, quiet = false }) {
      this.#overlay = overlay;
      this.#ask = ask;
      this.#onChange = onChange;
      this.#quiet = quiet;
    }

    /** Whether it keeps quiet about a page without an article. */
    get isQuiet() {
      return this.#quiet && this.#reading.problem?.kind === "no-article";
    }

    speak() {
      this.#quiet = false;
      return this.retry();
    }

    get #stopped() {
      return this.#life.signal.aborted;
    }

    async start() {
      const problem = obstacle();
      if (problem) {
        this.#fail(problem);
        return;
      }
      if (!this.#quiet) this.#overlay.busy(BUSY);
      this.#live = new hearsay.Live(() => this.#guarded(() => this.#look()));
      hearsay.keepMended(() => this.#overlay.mend(), this.#life.signal);
      await this.#guarded(() => this.#look());
    }

    async retry() {
      this.#enter("busy");
      this.#overlay.busy(BUSY);
      await this.#guarded(() => this.#look());
    }

    /**
     * Tells the reader of a fault of our own.
     *
     * @template Result
     * @param {() => Promise<Result>} work
     */
    async #guarded(work) {
      try {
        return await work();
      } catch (error) {
        this.#fail({ kind: "bug", detail: String(error) });
        throw error;
      }
    }

    /** @returns {Generator<void, Block[]>} */
    *#blocks() {
      const blocks = [];
      const roots = [];
      /** @type {Map<Document, Element[]>} */
      const allMains = new Map();
      for (const inner of hearsay.documentsIn(document)) {
        const earlier = this.#mains.get(inner);
        const { article, mains, shadows } = yield* hearsay.articleInSteps(inner, earlier);
        roots.push(inner, ...shadows);
        /** @type {Block[]} */
        const found = yield* hearsay.blocksInSteps(article);
        if (inner !== document && lengthOf(found) < FRAME_LENGTH) continue;
        allMains.set(inner, mains);
        blocks.push(...found);
      }
      this.#mains = allMains;
      if (!this.#stopped) this.#live.watch({ roots, mains: [...allMains.values()].flat() });
      return blocks;
    }

    /**
     * Takes the page as it is now.
     * @returns {Promise<boolean>}  Whether anything was new
     */
    async #look() {
      /** @type {Block[]} */
      const blocks = await hearsay.inSlices(this.#blocks());
      if (this.#stopped) return false;
      const reading = this.#reading;
      const before = idsOf(reading.blocks).join();
      const readBefore = reading.read;
      const replaced = reading.renew(blocks);
      /** @type {Block[]} */
      const unread = reading.unread;
      const unsettled = unread.filter((block) => !this.#live.isSettled(block));
      this.#unsettled = new Set(idsOf(unsettled));
      if (!blocks.length) {
        this.#fail({ kind: "no-article" });
        return Boolean(before);
      }
      const found = !before;
      if (replaced || found) {
        this.#overlay.clear();
        this.#overlay.busy(BUSY);
        this.#enter("busy");
      }
      await this.#show();
      if (this.#stopped) return false;
      if (idsOf(blocks).join() !== before) this.#onChange();
      if (this.#waiting.length && reading.state !== "problem") this.#askForMore();
      else if (!this.#asking && reading.state === "busy") this.#enter("done");
      return this.#waiting.length > 0 || reading.read < readBefore;
    }

    /** The blocks to ask about. @returns {Block[]} */
    get #waiting() {
      /** @type {Block[]} */
      const unread = this.#reading.unread;
      return unread.filter(({ id }) => !this.#unsettled.has(id));
    }

    /** Asks about one part of the article after the other, until all of it is read. */
    async #askForMore() {
      if (this.#asking || this.#stopped) return;
      this.#asking = true;
      try {
        await this.#guarded(() => this.#askForAll());
      } finally {
        this.#asking = false;
      }
    }

    async #askForAll() {
      const reading = this.#reading;
      while (this.#waiting.length) {
        const waiting = new Set(this.#waiting);
        /** @type {Block[][]} */
        const parts = hearsay.requestsOf(
          reading.blocks,
          (/** @type {Block} */ block) => !waiting.has(block),
        );
        if (parts.length > 1) this.#long = true;
        const [{ part }] = parts
          .map((part) => ({ part, distance: distanceOf(part) }))
          .sort((a, b) => a.distance - b.distance);
        this.#enter("busy");
        const answer = await this.#ask(
          part.map(({ text }, index) => ({ id: `b${index + 1}`, text })),
        );
        if (this.#stopped) return;
        if ("problem" in answer) {
          this.#fail(answer.problem);
          return;
        }
        reading.add(part, answer);
        const { painted, mismatched } = await this.#show();
        if (this.#stopped) return;
        this.#onChange();
        if (this.#waiting.length) continue;
        console.info(
          `Hearsay: ${painted} marks painted; ${mismatched} left out, where the page's text differs.`,
        );
      }
      this.#long = false;
      if (reading.state === "busy") this.#enter("done");
    }

    /**
     * Paints what is known.
     * @returns {Promise<{painted: number, mismatched: number}>}
     */
    async #show() {
      const { blocks, analysis, labels } = this.#reading;
      const waiting = this.#waiting;
      if (!labels) return { painted: 0, mismatched: 0 };
      const share = 1 - lengthOf(waiting) / lengthOf(blocks);
      const progress = this.#long && waiting.length ? share : undefined;
      return this.#overlay.update(blocks, analysis, labels, progress);
    }

    /**
     * @param {ReadingState} state
     * @param {Problem | null} [problem]
     */
    #enter(state, problem = null) {
      this.#reading.state = state;
      this.#reading.problem = problem;
      this.#onChange();
    }

    /** @param {Problem} problem */
    #fail(problem) {
      if (this.#stopped) return;
      this.#enter("problem", problem);
      if (this.isQuiet) this.#overlay.keepQuiet();
      else this.#overlay.problem(problem, problem.kind !== "no-article");
    }

    /** @returns {Snapshot} */
    snapshot() {
      return this.#reading.snapshot();
    }

    stop() {
      if (this.#stopped) return;
      this.#life.abort();
      this.#live?.stop();
      this.#enter("off");
    }
  };
}
