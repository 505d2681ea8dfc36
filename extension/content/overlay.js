/**
 * The overlay on a page: paints an analysis, and lets a reader point at marks or walk them.
 *
 *   const overlay = new hearsay.Overlay({bar, onRemove, onRetry, onPoint})
 *   overlay.busy(text)
 *   overlay.keepQuiet()
 *   overlay.show(blocks, analysis, labels)   paints, in place of what was painted, at once
 *   await overlay.update(blocks, analysis, labels, progress)
 *                                            the same in slices; what stands as it did stays
 *   overlay.problem(problem)
 *   overlay.mend()                           paints again what a script of the page has cleared
 *   overlay.step(1)                          goes to the next mark; -1: to the one before
 *   overlay.go(id)                           goes to an attribution or a hedge
 *   overlay.run(Mode)                        starts a lesson mode; the one that runs ends
 *   overlay.remove()                         every trace
 */

/**
 * @typedef {object} OverlayOptions
 * @property {boolean} [bar]  Counts, legend and buttons in the window (default); false for a page
 *   that has its own, which also keeps its marks when Escape is pressed
 * @property {() => void} [onRemove]
 * @property {() => void} [onRetry]
 * @property {() => void} [onOptions]  Opens the extension's options
 * @property {(id: string | null) => void} [onPoint]  Told which attribution or hedge the card
 *   explains, and null when it closes
 * @property {(running: boolean) => void} [onMode]  Told when a lesson mode starts, and when it ends
 */

/**
 * @typedef {Counts & {painted: number, mismatched: number}} Painted
 */

/**
 * A lesson mode: hearsay.Present, hearsay.Guess.
 *
 * @typedef {object} Mode
 * @property {(painting: any, words: any, analysis: Analysis) => void} update  Called once something is painted, and
 *   whenever that changes
 * @property {boolean} rules  Whether the overlay leaves pointer and marks to it
 * @property {(event: KeyboardEvent) => boolean} onKey  Whether the key was one of the mode's
 * @property {(event: MouseEvent) => boolean} onClick  Whether the click was meant for the mode
 * @property {(direction: 1 | -1) => void} step
 * @property {() => void} end
 *
 * @typedef {new (ui: any, options: {from: Mark | null, onEnd: () => void}) => Mode} ModeClass
 */

{
  globalThis.hearsay ??= {};

  /** How long a pointer rests on a mark before the card opens, and off it before the card closes. */
  const DWELL_MS = 120;
  const LINGER_MS = 280;

  /** @type {Record<string, 1 | -1>} */
  const STEP_KEYS = { j: 1, k: -1 };

  /**
   * The letter of a key, whatever Alt makes of it (on a Mac Alt+Shift+J types "Ô").
   * @param {KeyboardEvent} event
   */
  const letterOf = ({ key, code }) =>
    /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace("Key", "").toLowerCase();

  /**
   * What Alt+Shift and a letter do beside that: the lesson modes are in files of their own.
   * @type {Record<string, (overlay: any) => void>}
   */
  const MODE_KEYS = {
    o: (overlay) => hearsay.present(overlay),
    g: (overlay) => hearsay.guess(overlay),
  };

  /** @param {Placed[]} placed */
  const marksIn = (placed) => placed.map(({ mark }) => mark);

  /** @param {EventTarget | undefined} target */
  const isField = (target) => {
    const element = /** @type {HTMLElement | undefined} */ (target);
    return element?.isContentEditable || element?.matches?.("input, textarea, select");
  };

  hearsay.Overlay = class {
    /** @type {any} A hearsay.Painting, while something is painted */
    #painting = null;
    /** @type {any} hearsay.Words, in the labels that came with it */
    #words = null;
    /** What was last to be shown. @type {[Block[], Analysis, Labels, number?] | null} */
    #shown = null;
    /** Updates come one after the other. @type {Promise<unknown>} */
    #updates = Promise.resolve();
    /** @type {Settings} */
    #settings = hearsay.settings.defaults;
    #settingsRead;
    #ignoreSettings;
    /** What the bar sums up, if it does. */
    #summary = "";
    /** Windows of the documents that are painted on. @type {WeakSet<Window>} */
    #heard = new WeakSet();
    /** @type {Placed | null} What the card explains. */
    #current = null;
    /** @type {Placed | null} What it explained last: from there one walks on. */
    #last = null;
    /** @type {Range | null} */
    #anchor = null;
    /** The card stays when the pointer leaves: it was opened by a click, a touch or a key. */
    #pinned = false;
    #pointer = { x: 0, y: 0 };
    #frame = 0;
    #timer = 0;
    #life = new AbortController();
    /** @type {Mode | null} While one runs */
    #mode = null;

    /** @param {OverlayOptions} [options] */
    constructor({
      bar = true,
      onRemove = () => {},
      onRetry = () => {},
      onOptions,
      onPoint = () => {},
      onMode = () => {},
    } = {}) {
      this.hasBar = bar;
      this.onRemove = onRemove;
      this.onPoint = onPoint;
      this.onMode = onMode;
      this.ui = new hearsay.Ui(hearsay.toneOf(document.body ?? document.documentElement), {
        onNext: () => this.step(1),
        onPrevious: () => this.step(-1),
        onPresent: () => hearsay.present(this),
        onGuess: () => hearsay.guess(this),
        onClose: () => this.remove(),
        onRetry,
        onOptions,
      });
      this.ui.barShown = bar;
      this.ui.onCardHover((/** @type {boolean} */ inside) => {
        clearTimeout(this.#timer);
        if (!inside && !this.#pinned) this.#close(LINGER_MS);
      });
      this.#listen(window);
      this.#settingsRead = hearsay.settings.read().then((/** @type {Settings} */ settings) => {
        this.#settings = settings;
        // A page that shows at once did so with the defaults.
        if (this.#painting && this.#shown) this.update(...this.#shown);
      });
      this.#ignoreSettings = hearsay.settings.onChange((/** @type {Settings} */ settings) => {
        this.#settings = settings;
        if (this.#shown) this.update(...this.#shown);
      });
    }

    /** @param {Window} view */
    #listen(view) {
      if (this.#heard.has(view)) return;
      this.#heard.add(view);
      // Before the page's own listeners, which may keep an event to themselves.
      const options = { capture: true, signal: this.#life.signal };
      const passive = { ...options, passive: true };
      view.addEventListener("pointermove", (event) => this.#onMove(event), passive);
      view.addEventListener("click", (event) => this.#onClick(event), options);
      view.addEventListener("keydown", (event) => this.#onKey(event), options);
      view.addEventListener("scroll", () => this.#onScroll(), passive);
      view.addEventListener("resize", () => this.#onScroll(), passive);
    }

    /** Shows nothing, until there is something to say. */
    keepQuiet() {
      this.clear();
      this.ui.barShown = false;
    }

    /** @param {string} text */
    busy(text) {
      this.#summary = "";
      this.ui.barShown = this.hasBar && !this.#mode;
      this.ui.showBusy(text);
    }

    /**
     * @param {Problem} problem
     * @param {boolean} [keep]  Whether what is painted stays
     */
    problem(problem, keep = false) {
      this.#leave();
      this.#summary = "";
      if (!keep) this.clear();
      this.ui.showProblem(hearsay.problemWords(problem));
    }

    /**
     * @param {Block[]} blocks
     * @param {Analysis} analysis
     * @param {Labels} labels
     * @returns {Painted}
     */
    show(blocks, analysis, labels) {
      this.clear();
      this.#shown = [blocks, analysis, labels];
      return hearsay.atOnce(this.#paint(blocks, analysis, labels));
    }

    /**
     * @param {Block[]} blocks
     * @param {Analysis} analysis
     * @param {Labels} labels
     * @param {number} [progress]  The share of the text that is analysed, if not all is
     * @returns {Promise<Painted>}
     */
    update(blocks, analysis, labels, progress) {
      this.#shown = [blocks, analysis, labels, progress];
      const update = this.#updates.then(async () => {
        await this.#settingsRead;
        return hearsay.inSlices(this.#paint(blocks, analysis, labels, progress));
      });
      this.#updates = update.catch(() => {}); // whoever asked for it is told
      return update;
    }

    /**
     * @param {Block[]} blocks
     * @param {Analysis} analysis
     * @param {Labels} labels
     * @param {number} [progress]
     * @returns {Generator<void, Painted>}
     */
    *#paint(blocks, analysis, labels, progress) {
      this.#words = new hearsay.Words(labels);
      const first = !this.#painting;
      this.#painting ??= new hearsay.Painting();
      const painting = this.#painting;
      const marks = hearsay.marksOf(analysis, this.#settings.hidden);
      const changed = yield* painting.update(blocks, marks);
      const counts = hearsay.countsOf(marksIn(painting.placed));
      const painted = {
        ...counts,
        painted: painting.placed.length,
        mismatched: painting.mismatched,
      };
      if (painting !== this.#painting) return painted; // cleared in the meantime
      for (const view of painting.views) this.#listen(view);
      this.#current = this.#again(this.#current);
      this.#last = this.#again(this.#last);
      if (!this.#current && this.ui.cardShown) this.#hide();
      const summary = JSON.stringify([counts, analysis.warnings, progress]);
      if (this.hasBar && summary !== this.#summary) {
        this.#summary = summary;
        this.ui.showSummary(counts, this.#words, analysis.warnings, progress);
      }
      if (changed || first) this.#updateMode();
      return painted;
    }

    /**
     * A mark as it stands now.
     * @param {Placed | null} old
     * @returns {Placed | null}  null where it is gone
     */
    #again(old) {
      /** @type {Placed[]} */
      const placed = this.#painting.placed;
      return placed.find(({ mark }) => mark.span === old?.mark.span) ?? null;
    }

    mend() {
      return Boolean(this.#painting?.mend());
    }

    /** Removes what is painted; the overlay stays, for what comes next. */
    clear() {
      this.#hide();
      this.#painting?.remove();
      this.#painting = null;
      this.#last = null;
      this.#shown = null;
    }

    remove() {
      this.#leave();
      this.clear();
      this.#ignoreSettings();
      this.#life.abort();
      cancelAnimationFrame(this.#frame);
      this.ui.remove();
      this.onRemove();
    }

    /**
     * Starts a lesson mode, as soon as something is painted; where it runs already, it ends.
     * @param {ModeClass} Mode
     */
    run(Mode) {
      const running = this.#mode instanceof Mode;
      const from = this.#lastInSight?.mark ?? null;
      this.#leave();
      if (running) return;
      this.#hide();
      this.#mode = new Mode(this.ui, { from, onEnd: () => this.#leave() });
      this.onMode(true);
      this.#updateMode();
    }

    #updateMode() {
      if (!this.#mode || !this.#painting || !this.#shown) return;
      this.ui.barShown = false;
      const [, analysis] = this.#shown;
      this.#mode.update(this.#painting, this.#words, analysis);
    }

    #leave() {
      const mode = this.#mode;
      if (!mode) return;
      this.#mode = null;
      // First what it hid comes back: the focus returns to where it was.
      this.ui.barShown = this.hasBar;
      this.onMode(false);
      mode.end();
    }

    /**
     * Goes to the next place that has a mark, or the one before; from the last to the first. Each
     * attribution is one stop, at its cue. Begins where the card was last, if that is in sight.
     *
     * @param {1 | -1} direction
     */
    step(direction) {
      if (this.#mode?.rules) {
        this.#mode.step(direction);
        return;
      }
      const { placed = [] } = this.#painting ?? {};
      const stop = hearsay.nextStop(placed, this.#lastInSight, direction);
      if (stop) this.#visit(stop);
    }

    /** Where the card was last, if that is in sight. @returns {Placed | null} */
    get #lastInSight() {
      return this.#last && hearsay.isInSight(this.#last.ranges[0]) ? this.#last : null;
    }

    /**
     * Goes to an attribution (its cue) or a hedge. If a filter keeps its marks away, the place alone
     * is shown.
     *
     * @param {string} id
     */
    go(id) {
      if (this.#mode?.rules) return;
      const stop = hearsay.stopsByOwner(this.#painting?.placed ?? []).get(id);
      const [range] = stop?.ranges ?? this.#rangesOf(id);
      if (!range) return;
      this.#hide();
      if (stop) this.#visit(stop);
      else hearsay.bringIntoSight(range);
      this.ui.flash(hearsay.rectsOf(range));
    }

    /**
     * Where an attribution or hedge stands, painted or not.
     * @param {string} id
     * @returns {Range[]}
     */
    #rangesOf(id) {
      if (!this.#shown) return [];
      const [blocks, { attributions, hedges }] = this.#shown;
      const claim = attributions.find((one) => one.id === id);
      const hedge = hedges.find((one) => one.id === id);
      const span = hedge?.cue ?? claim?.cue ?? claim?.content[0];
      const block = span && blocks.find((one) => one.id === span.block);
      return block ? hearsay.rangeOf(block, span.start, span.end) : [];
    }

    /** @param {Placed} stop */
    #visit(stop) {
      const anchor = stop.ranges[0];
      hearsay.bringIntoSight(anchor);
      this.#pinned = true;
      const around = this.#painting.around(stop);
      this.#open(around, anchor, stop);
      this.ui.say(hearsay.spoken(this.#words.sections(marksIn(around))));
    }

    /** @param {PointerEvent} event */
    #onMove(event) {
      if (event.pointerType === "touch" || event.target === this.ui.host) return;
      this.#pointer = hearsay.pointOf(event);
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#aim();
      });
    }

    #aim() {
      if (this.#pinned || !this.#painting || this.#mode?.rules) return;
      const { x, y } = this.#pointer;
      const [innermost] = this.#painting.at(x, y);
      if (innermost === this.#current) {
        clearTimeout(this.#timer);
        return;
      }
      if (!innermost) {
        this.#close(LINGER_MS);
        return;
      }
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#openAt(x, y), DWELL_MS);
    }

    /** @param {MouseEvent} event */
    #onClick(event) {
      if (event.target === this.ui.host) return;
      if (this.#mode?.onClick(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      const { x, y } = hearsay.pointOf(event);
      this.#pinned = this.#openAt(x, y);
      if (!this.#pinned) this.#hide();
    }

    /**
     * @param {number} x
     * @param {number} y
     * @returns {boolean}  Whether there is a mark
     */
    #openAt(x, y) {
      /** @type {Placed[]} */
      const found = this.#painting?.at(x, y) ?? [];
      if (!found.length) return false;
      const [innermost] = found;
      const covering = innermost.ranges.find((range) =>
        hearsay
          .rectsOf(range)
          .some((/** @type {DOMRect} */ rect) => rect.top <= y && y <= rect.bottom),
      );
      this.#open(found, covering ?? innermost.ranges[0], innermost, y);
      return true;
    }

    /**
     * @param {Placed[]} found
     * @param {Range} anchor
     * @param {Placed} current
     * @param {number} [y]  Which line of the anchor is meant
     */
    #open(found, anchor, current, y) {
      clearTimeout(this.#timer);
      this.#current = current;
      this.#last = current;
      this.#anchor = anchor;
      this.#painting.point([current.mark]);
      this.onPoint(hearsay.ownerOf(current.mark).id);
      const sections = this.#words.sections(marksIn(found));
      this.ui.showCard(sections, this.#lines, this.#lineOf(anchor, y));
    }

    /** Of the mark that the card explains. @returns {DOMRect[]} */
    get #lines() {
      return this.#current?.ranges.flatMap(hearsay.rectsOf) ?? [];
    }

    /**
     * @param {Range} range
     * @param {number} [y]
     * @returns {DOMRect}
     */
    #lineOf(range, y) {
      /** @type {DOMRect[]} */
      const lines = hearsay.rectsOf(range);
      const meant = lines.find(({ top, bottom }) => y !== undefined && top <= y && y <= bottom);
      return meant ?? lines[0] ?? new DOMRect();
    }

    #onScroll() {
      if (!this.#current || !this.#anchor) return;
      if (!this.#pinned || !hearsay.isInSight(this.#anchor)) this.#hide();
      else this.ui.moveCard(this.#lines, this.#lineOf(this.#anchor));
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
      const chord = altKey && shiftKey && !ctrlKey && !metaKey;
      const direction = STEP_KEYS[letterOf(event)];
      const startMode = MODE_KEYS[letterOf(event)];
      if (chord && direction) {
        this.step(direction);
      } else if (chord && startMode) {
        startMode(this);
      } else if (this.#mode?.onKey(event)) {
        // Done.
      } else if (chord && letterOf(event) === "c" && this.ui.cardShown) {
        this.ui.copy();
      } else if (key === "Escape" && this.ui.cardShown) {
        this.#hide();
      } else if (key === "Escape" && this.hasBar && !isField(event.composedPath()[0])) {
        this.remove();
      } else {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    }

    /** @param {number} delay */
    #close(delay) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#hide(), delay);
    }

    #hide() {
      clearTimeout(this.#timer);
      if (this.#current) this.onPoint(null);
      this.#current = null;
      this.#anchor = null;
      this.#pinned = false;
      this.#painting?.point([]);
      this.ui.hideCard();
    }
  };
}
