/**
 * Present mode: walks all marks on the stage, for a class that reads from a screen.
 *
 *   hearsay.present(overlay)                   starts it, or ends it where it runs
 *   hearsay.placesOf(painting)                 one for each attribution and hedge, as they stand
 *   hearsay.unshownPlaces(painting, analysis)  the same of those that the reader has switched off
 *   hearsay.sceneOf(place, painting, words)    what the stage shows of it
 *   hearsay.excerptScene(block, spans, drawn)  the sentence alone
 */

/**
 * @typedef {Target & {block: number}} Place  With the number of its mark's block
 */

{
  globalThis.hearsay ??= {};

  /**
   * @param {any} painting  hearsay.Painting
   * @param {Mark[]} marks
   * @returns {Place[]}
   */
  const placesIn = (painting, marks) => {
    /** @type {Target[]} */
    const targets = hearsay.targetsOf(marks);
    return targets
      .map((target) => ({ ...target, block: painting.numbers.get(target.mark.span.block) }))
      .sort((a, b) => a.block - b.block || a.mark.span.start - b.mark.span.start);
  };

  /** @param {any} painting  hearsay.Painting */
  const marksIn = (painting) => painting.placed.map((/** @type {Placed} */ { mark }) => mark);

  /** @param {any} painting  hearsay.Painting */
  hearsay.placesOf = (painting) => placesIn(painting, marksIn(painting));

  /**
   * @param {any} painting  hearsay.Painting
   * @param {Analysis} analysis
   */
  hearsay.unshownPlaces = (painting, analysis) => {
    const shown = new Set(marksIn(painting).map(hearsay.ownerOf));
    /** @type {Mark[]} */
    const marks = hearsay.marksOf(analysis, {});
    return placesIn(
      painting,
      marks.filter(
        (mark) => !shown.has(hearsay.ownerOf(mark)) && painting.numbers.has(mark.span.block),
      ),
    );
  };

  /**
   * What is drawn into the sentence: the parts of one attribution and the unsure words that touch
   * them, or a hedge and its scope.
   *
   * @param {Place} place
   * @param {any} painting  hearsay.Painting
   * @returns {Drawn[]}
   */
  const drawnOf = ({ mark, marks, block }, painting) => {
    const { id } = painting.blocks[block];
    const own = marks.filter(({ span }) => span.block === id);
    /** @type {Drawn[]} */
    const drawn = own.map(({ span, look }) => ({ ...span, look }));
    if (mark.part === "hedge") {
      const scope = mark.hedge.scope.filter((span) => span.block === id);
      drawn.push(...scope.map((span) => ({ ...span, look: "scope" })));
    } else {
      /** @type {Mark[]} */
      const hedges = marksIn(painting).filter(
        (/** @type {Mark} */ { part, span }) =>
          part === "hedge" &&
          span.block === id &&
          own.some((other) => hearsay.meet(other.span, span)),
      );
      drawn.push(...hedges.map(({ span, look }) => ({ ...span, look })));
    }
    return drawn.sort((a, b) => hearsay.looks.priority(a.look) - hearsay.looks.priority(b.look));
  };

  /**
   * @param {Place} place
   * @param {any} painting  hearsay.Painting
   * @param {any} words  hearsay.Words
   * @param {(Drawn & {block: string})[]} [below]  What else is drawn, below the marks
   */
  hearsay.sceneOf = (place, painting, words, below = []) => {
    const { mark, block: number } = place;
    const block = painting.blocks[number];
    const drawn = drawnOf(place, painting);
    const here = below.filter((span) => span.block === block.id);
    return {
      ...hearsay.excerptScene(block, [mark.span, ...drawn], [...here, ...drawn]),
      section: words.sections([mark])[0],
    };
  };

  /**
   * @param {Block} block
   * @param {Stretch[]} spans  What must be seen, the most important first
   * @param {Drawn[]} drawn
   */
  hearsay.excerptScene = (block, spans, drawn) => {
    const { start, end } = hearsay.excerptOf(block.text, spans);
    /** @type {Layer[]} */
    const layers = hearsay.layersOf({ start, end }, drawn);
    return {
      text: block.text.slice(start, end),
      layers: layers.map((layer) => ({
        ...layer,
        start: layer.start - start,
        end: layer.end - start,
      })),
      ranges: hearsay.rangeOf(block, start, end),
    };
  };

  /** @implements {Mode} */
  class Present {
    rules = true;
    /** @type {any} hearsay.Stage, from the first update on */
    #stage = null;
    /** @type {any} hearsay.Painting */
    #painting = null;
    /** @type {any} hearsay.Words */
    #words = null;
    /** @type {Place[]} */
    #places = [];
    #index = 0;

    /**
     * @param {any} ui  hearsay.Ui
     * @param {{from: Mark | null, onEnd: () => void}} options  `from`: where to begin; by default at
     *   the first mark in sight
     */
    constructor(ui, { from, onEnd }) {
      this.ui = ui;
      this.from = from;
      this.onEnd = onEnd;
    }

    /**
     * @param {any} painting  hearsay.Painting
     * @param {any} words  hearsay.Words
     */
    update(painting, words) {
      const current = this.#places[this.#index]?.mark ?? this.from;
      this.#painting = painting;
      this.#words = words;
      this.#places = hearsay.placesOf(painting);
      if (!this.#places.length) {
        this.onEnd();
        return;
      }
      this.#stage ??= new hearsay.Stage(this.ui, words, {
        label: "Hearsay: the marks, one by one",
        end: "End",
        onStep: (/** @type {1 | -1} */ direction) => this.step(direction),
        onGo: (/** @type {"first" | "last"} */ place) =>
          this.#show(place === "first" ? 0 : this.#places.length - 1),
        onEnd: this.onEnd,
      });
      this.#show(current ? this.#indexOf(current) : this.#firstInSight());
    }

    /** @param {Mark} mark */
    #indexOf(mark) {
      const { id } = hearsay.ownerOf(mark);
      return Math.max(
        this.#places.findIndex((place) => hearsay.ownerOf(place.mark).id === id),
        0,
      );
    }

    #firstInSight() {
      const index = this.#places.findIndex(({ mark, block }) => {
        const ranges = hearsay.rangeOf(
          this.#painting.blocks[block],
          mark.span.start,
          mark.span.end,
        );
        return ranges.some(
          (/** @type {Range} */ range) => hearsay.rectsOf(range).at(-1)?.bottom > 0,
        );
      });
      return Math.max(index, 0);
    }

    /** @param {1 | -1} direction */
    step(direction) {
      const { length } = this.#places;
      if (length) this.#show((this.#index + direction + length) % length);
    }

    /** @param {number} index */
    #show(index) {
      this.#index = index;
      const place = this.#places[index];
      this.#painting.point([place.mark]);
      this.#stage.show({
        ...hearsay.sceneOf(place, this.#painting, this.#words),
        number: index + 1,
        all: this.#places.length,
        verdict: null,
      });
    }

    /** @param {KeyboardEvent} event */
    onKey(event) {
      return Boolean(this.#stage?.onKey(event));
    }

    /** The stage lies above the page. */
    onClick() {
      return false;
    }

    end() {
      this.#painting?.point([]);
      this.#stage?.remove();
    }
  }

  /** @param {any} overlay  hearsay.Overlay */
  hearsay.present = (overlay) => overlay.run(Present);
}
