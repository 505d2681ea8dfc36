/**
 * Notices when a page's text may have changed, at little cost to pages that change all the time.
 *
 *   const live = new hearsay.Live(look)   `look` reads the page -> Promise<whether anything was new>
 *   live.watch({roots, mains})            what to watch from now on
 *   live.isSettled(block)                 whether its text has stood for a moment
 *   live.stop()
 *
 * Records of changes are sifted first: those of text count in the article, and outside it where a
 * paragraph's worth comes or goes; those of looks (class, style) count where the height of the page
 * or of the article has changed afterwards. A look is taken once the page has settled, or after a second of unrest; one
 * that finds nothing new makes the next wait, so that all of them take a small share of the time.
 * What is short and changes time and again (a counter, a clock) counts no more after some looks, until
 * it has stood for a while.
 */
{
  globalThis.hearsay ??= {};

  /** How long nothing must change. */
  const SETTLE_MS = 300;
  /** How long changes may go on before a look is taken nevertheless. */
  const UNREST_MS = 1000;
  /** A look that took so long is not taken again before so many times that have passed, … */
  const REST = 4;
  /** … which doubles with every look in vain, up to this. */
  const LONGEST_REST = 32;
  /** Looks before each of which a short text has changed, after which it is a ticker, … */
  const TICKS = 3;
  /** … until it has stood for so long. */
  const TICKER_MS = 10_000;
  /** Characters from which text outside the article may be more of it. */
  const PARAGRAPH = 60;

  const WATCHED = {
    childList: true,
    characterData: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class", "style", "hidden", "open", "aria-hidden"],
  };

  /** @param {Node} node */
  const lengthOf = (node) => node.textContent?.trim().length ?? 0;

  hearsay.Live = class {
    #look;
    #observer = new MutationObserver((records) => this.#onRecords(records));
    #life = new AbortController();
    /** @type {WeakSet<Node>} */
    #roots = new WeakSet();
    /** @type {Document[]} */
    #documents = [];
    /** @type {Element[]} */
    #mains = [];
    #heights = "";
    /** When the text in a node changed. @type {WeakMap<Node, number>} */
    #changed = new WeakMap();
    /** Short texts that have changed since the last look. @type {Set<Node>} */
    #short = new Set();
    /** Looks after they had changed. @type {WeakMap<Node, number>} */
    #ticks = new WeakMap();
    #unsettled = false;
    /** Since when there is something to look at; 0: there is nothing. */
    #since = 0;
    /** Text has changed, not looks alone. */
    #textChanged = false;
    #looking = false;
    #timer = 0;
    #restUntil = 0;
    #rest = REST;

    /** @param {() => Promise<boolean>} look */
    constructor(look) {
      this.#look = look;
      const { signal } = this.#life;
      const changed = () => this.#notice(true);
      // The article may be another one, although nothing of the page has changed yet.
      globalThis.navigation?.addEventListener("currententrychange", changed, { signal });
      window.addEventListener("popstate", changed, { signal });
      document.addEventListener("visibilitychange", () => this.#schedule(), { signal });
      /** Of a style sheet, or of a frame. @param {Event} event */
      const loaded = ({ target }) => {
        if (/^(?:LINK|I?FRAME)$/.test(/** @type {Node} */ (target).nodeName)) changed();
      };
      document.addEventListener("load", loaded, { capture: true, signal });
    }

    /**
     * @param {{roots: (Document | ShadowRoot)[], mains: Element[]}} what  Trees of nodes, and the
     *   elements that hold the article
     */
    watch({ roots, mains }) {
      for (const root of roots) {
        if (this.#roots.has(root)) continue;
        this.#roots.add(root);
        this.#observer.observe(root, WATCHED);
      }
      this.#documents = roots.filter((root) => "documentElement" in root);
      this.#mains = mains;
      this.#heights = this.#measure();
    }

    stop() {
      this.#observer.disconnect();
      this.#life.abort();
      clearTimeout(this.#timer);
    }

    /** What changes when text is shown or hidden. */
    #measure() {
      const heights = this.#documents.map(({ documentElement }) => documentElement?.scrollHeight);
      const mains = this.#mains.map((main) => main.getBoundingClientRect().height);
      return [...heights, ...mains].join();
    }

    /** @param {MutationRecord[]} records */
    #onRecords(records) {
      for (const record of records) {
        if (record.type === "attributes") {
          // Where there is no article yet, its height tells nothing.
          if (record.target.hasChildNodes()) this.#notice(!this.#mains.length);
        } else if (this.#isText(record)) {
          if (this.#hasStood(record.target, TICKER_MS)) this.#ticks.delete(record.target);
          this.#changed.set(record.target, performance.now());
          if (!this.#isTicker(record.target)) this.#notice(true);
        }
      }
    }

    /** @param {Block} block */
    isSettled({ pieces }) {
      const nodes = pieces.flatMap(({ node }) => [node, node.parentNode ?? node]);
      const changing = nodes.filter(
        (node) => !this.#hasStood(node, this.#ticksOften(node) ? TICKER_MS : SETTLE_MS),
      );
      // Another look will be needed; for what is not there any more its change has called already.
      this.#unsettled ||= changing.some((node) => !this.#ticksOften(node));
      return !changing.length && nodes.every((node) => node.isConnected);
    }

    /**
     * @param {Node} node
     * @param {number} duration
     */
    #hasStood(node, duration) {
      return (this.#changed.get(node) ?? -Infinity) <= performance.now() - duration;
    }

    /** @param {Node} node */
    #ticksOften(node) {
      return (this.#ticks.get(node) ?? 0) >= TICKS;
    }

    /**
     * Whether a node is a ticker; if it may be one, it is remembered.
     * @param {Node} target
     */
    #isTicker(target) {
      if (lengthOf(target) >= PARAGRAPH) return false;
      this.#short.add(target);
      return this.#ticksOften(target);
    }

    /** @param {MutationRecord} record */
    #isText({ target, addedNodes, removedNodes }) {
      const changed = [...addedNodes, ...removedNodes];
      const nodes = changed.length ? changed : [target];
      // Of a shadow tree too: its host may be inside.
      const inside =
        this.#mains.some((main) => main.contains(target)) ||
        target.getRootNode() !== target.ownerDocument;
      return nodes.some((node) => {
        if (node.nodeName === "HEARSAY-OVERLAY" || node.nodeName === "SCRIPT") return false;
        if (/^(?:STYLE|LINK|I?FRAME)$/.test(node.nodeName)) return true;
        return lengthOf(node) >= (inside ? 1 : PARAGRAPH);
      });
    }

    /** @param {boolean} textChanged */
    #notice(textChanged) {
      this.#since ||= performance.now();
      this.#textChanged ||= textChanged;
      this.#schedule();
    }

    #schedule() {
      clearTimeout(this.#timer);
      if (!this.#since || this.#looking || document.hidden) return;
      const now = performance.now();
      const settled = Math.min(now + SETTLE_MS, this.#since + UNREST_MS);
      const due = Math.max(settled, this.#restUntil);
      this.#timer = setTimeout(() => this.#take(), Math.max(due - now, 0));
    }

    async #take() {
      const textChanged = this.#textChanged;
      this.#since = 0;
      this.#textChanged = false;
      if (!textChanged && this.#measure() === this.#heights) return;
      this.#looking = true;
      this.#unsettled = false;
      const suspects = this.#short;
      this.#short = new Set();
      const begin = performance.now();
      const news = await this.#look();
      const end = performance.now();
      this.#looking = false;
      if (this.#unsettled) this.#since ||= end;
      this.#textChanged ||= this.#unsettled;
      for (const node of suspects) this.#ticks.set(node, (this.#ticks.get(node) ?? 0) + 1);
      this.#rest = news ? REST : Math.min(2 * this.#rest, LONGEST_REST);
      this.#restUntil = end + this.#rest * (end - begin);
      if (!this.#life.signal.aborted) this.#schedule();
    }
  };
}
