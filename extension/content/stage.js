/**
 * The stage: one mark at a time, large enough for the last row of a classroom. The page is dimmed
 * but for the sentence; below, the sentence stands again in large type, with what it shows.
 *
 *   const stage = new hearsay.Stage(ui, words, {label, end, onStep, onGo, onEnd})
 *   stage.show(scene)
 *   stage.step(1)          asks for the next scene
 *   stage.onKey(event)     whether the key was one of the stage's
 *   stage.remove()
 *
 *   hearsay.bringInto(ranges, room)  scrolls to a place
 *
 * A modal dialog in the overlay's own shadow tree: nothing else can be reached meanwhile, and
 * nothing of the page changes. Its dark part is a drawing with a hole where the sentence stands.
 */

/**
 * @typedef {object} Scene
 * @property {number} number  From 1
 * @property {number} all
 * @property {string} text  The sentence, or some
 * @property {Layer[]} layers  Of that text; offsets from its start
 * @property {Section | null} section
 * @property {{outcome: Verdict["outcome"], name: string, note: string} | null} verdict
 * @property {Range[]} ranges  Where the sentence stands on the page
 *
 * @typedef {object} StageActions
 * @property {string} label  What this is, for a screen reader
 * @property {string} end  The last button's words
 * @property {(direction: 1 | -1) => void} onStep
 * @property {(place: "first" | "last") => void} onGo
 * @property {() => void} onEnd
 */

{
  globalThis.hearsay ??= {};

  const { create } = hearsay;

  /** Around the lines of the sentence, in heights of a line: wavy lines lie outside its box. */
  const MARGIN = 0.32;
  /** A finger that moves so far to the side means the next mark, in CSS px. */
  const SWIPE = 48;
  /** The size of type for a sentence of at most so many characters. @type {[number, string][]} */
  const SIZES = [
    [120, "large"],
    [220, "medium"],
    [Number.POSITIVE_INFINITY, "small"],
  ];
  /** In a smaller window the legend takes room that the sentence needs, in CSS px. */
  const LEGEND_ROOM = { width: 1000, height: 900 };

  /** @type {Record<string, 1 | -1>} Page keys are those of a clicker. */
  const STEPS = {
    ArrowRight: 1,
    ArrowDown: 1,
    PageDown: 1,
    n: 1,
    ArrowLeft: -1,
    ArrowUp: -1,
    PageUp: -1,
    p: -1,
  };

  /** @type {Record<string, "first" | "last">} */
  const ENDS = { Home: "first", End: "last" };

  /**
   * Boxes of a range's lines in this window.
   *
   * @param {Range} range
   * @returns {DOMRect[]}
   */
  const linesOf = (range) =>
    hearsay.rectsOf(range).filter((/** @type {DOMRect} */ { width }) => width > 0);

  /**
   * The box around all lines.
   *
   * @param {Range[]} ranges
   */
  const boxOf = (ranges) => {
    const lines = ranges.flatMap(linesOf);
    return {
      top: Math.min(...lines.map(({ top }) => top)),
      bottom: Math.max(...lines.map(({ bottom }) => bottom)),
    };
  };

  /**
   * Scrolls until the ranges stand in the middle of a part of the window.
   *
   * @param {Range[]} ranges
   * @param {{top: number, bottom: number}} room  Of the window, in CSS px
   */
  hearsay.bringInto = (ranges, room) => {
    const inView = () => {
      const { top, bottom } = boxOf(ranges);
      return top >= room.top && bottom <= room.bottom;
    };
    if (!ranges.length || inView()) return;
    // First every scroller around it, then the window to the lines themselves.
    const { parentElement } = ranges[0].startContainer;
    parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
    const { top, bottom } = boxOf(ranges);
    const spare = Math.max(room.bottom - room.top - (bottom - top), 0);
    window.scrollBy({ top: top - room.top - spare / 2, behavior: "instant" });
  };

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {Element[]} children
   */
  const draw = (tag, attributes, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /** @type {Record<Verdict["outcome"], string>} Strokes on a grid of 24. */
  const SIGNS = {
    found: "M4 13l5 5L20 6",
    missed: "M12 4a8 8 0 1 0 0.01 0z",
    extra: "M12 4v16M4 12h16",
  };

  /** @param {NonNullable<Scene["verdict"]>} verdict */
  const verdictOf = ({ outcome, name, note }) => {
    const sign = draw(
      "svg",
      { viewBox: "0 0 24 24", "aria-hidden": "true" },
      draw("path", {
        d: SIGNS[outcome],
        fill: "none",
        stroke: "currentColor",
        "stroke-width": "3.5",
      }),
    );
    return [
      create("p", { class: `verdict ${outcome}` }, sign, name),
      note && create("p", { class: "note" }, note),
    ];
  };

  /**
   * @param {string} text
   * @param {Layer[]} layers
   */
  const excerptOf = (text, layers) =>
    create(
      "p",
      { class: `excerpt ${SIZES.find(([length]) => text.length <= length)?.[1]}` },
      ...layers.map(({ start, end, looks }) => {
        const part = text.slice(start, end);
        if (!looks.length) return create("span", { class: "rest" }, part);
        return looks.reduceRight(
          (inner, look) => create("span", { class: `look-${look}` }, inner),
          /** @type {any} */ (part),
        );
      }),
    );

  hearsay.Stage = class {
    #hole = draw("path", { fill: "black" });
    #scene = create("div", { class: "scene", role: "group" });
    #next;
    #position = create("p", { class: "position" });
    #said = create("div", { class: "said", role: "status" });
    #legend;
    #legendButton;
    #panel;
    #dialog;
    #takeAway;
    #actions;
    /** @type {Range[]} */
    #ranges = [];
    #frame = 0;
    #resizes = new ResizeObserver(() => this.#reach());
    #swipe = { x: 0, y: 0 };

    /**
     * @param {any} ui  hearsay.Ui
     * @param {any} words  hearsay.Words
     * @param {StageActions} actions
     */
    constructor(ui, words, actions) {
      this.#actions = actions;
      const { label, end, onStep, onEnd } = actions;
      this.#legend = hearsay.legendOf(words);
      this.#legend.id = "stage-legend";
      this.#legendButton = create(
        "button",
        {
          type: "button",
          "aria-controls": "stage-legend",
          onclick: () => this.#showLegend(this.#legend.hidden),
        },
        "What the lines mean",
      );
      this.#next = hearsay.iconButton("next", "Next", () => onStep(1));
      this.#panel = create(
        "div",
        { class: "panel" },
        this.#scene,
        this.#legend,
        create(
          "div",
          { class: "foot" },
          hearsay.iconButton("previous", "Previous", () => onStep(-1)),
          this.#position,
          this.#next,
          create(
            "p",
            { class: "hint" },
            create("span", { class: "by-key" }, ...hearsay.withKeys("`←` `→` or a clicker")),
            create("span", { class: "by-touch" }, "Swipe for the next"),
          ),
          this.#legendButton,
          create(
            "button",
            { type: "button", onclick: onEnd },
            end,
            create("kbd", { class: "by-key", "aria-hidden": "true" }, "Esc"),
          ),
        ),
      );
      this.#dialog = create(
        "dialog",
        { class: "stage", "aria-label": label },
        this.#drawing(),
        this.#panel,
        this.#said,
      );
      // A browser's own way to close it: the Back gesture, where there is one.
      this.#dialog.addEventListener("cancel", (/** @type {Event} */ event) => {
        event.preventDefault();
        onEnd();
      });
      this.#listenForSwipes();
      this.#resizes.observe(this.#scene);
      const { innerWidth, innerHeight } = window;
      this.#takeAway = ui.add(
        this.#dialog,
        hearsay.stageSheet + hearsay.looks.strongSheet(".stage"),
      );
      this.#dialog.showModal();
      this.#showLegend(innerWidth >= LEGEND_ROOM.width && innerHeight >= LEGEND_ROOM.height);
      this.#next.focus();
      this.#follow();
    }

    #drawing() {
      const all = { width: "100%", height: "100%" };
      return draw(
        "svg",
        { class: "dim", "aria-hidden": "true" },
        draw("mask", { id: "hole" }, draw("rect", { ...all, fill: "white" }), this.#hole),
        draw("rect", { ...all, class: "night", mask: "url(#hole)" }),
      );
    }

    /** @param {boolean} shown */
    #showLegend(shown) {
      this.#legend.hidden = !shown;
      this.#legendButton.setAttribute("aria-expanded", String(shown));
      this.#place();
    }

    #listenForSwipes() {
      this.#dialog.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
        this.#swipe = { x: event.clientX, y: event.clientY };
      });
      this.#dialog.addEventListener("pointerup", (/** @type {PointerEvent} */ event) => {
        const { clientX, clientY, pointerType } = event;
        const aside = clientX - this.#swipe.x;
        if (pointerType !== "touch" || Math.abs(aside) < SWIPE) return;
        if (Math.abs(clientY - this.#swipe.y) > Math.abs(aside) / 2) return;
        this.#actions.onStep(aside < 0 ? 1 : -1);
      });
    }

    /** Keeps the hole where the sentence is, whatever moves it: scrolling, a late picture, a zoom. */
    #follow() {
      const path = this.#ranges
        .flatMap(linesOf)
        .map(({ left, top, width, height }) => {
          const margin = height * MARGIN;
          const x = left - margin;
          return `M${x} ${top - margin}h${width + 2 * margin}v${height + 2 * margin}H${x}z`;
        })
        .join("");
      if (this.#hole.getAttribute("d") !== path) this.#hole.setAttribute("d", path);
      this.#frame = requestAnimationFrame(() => this.#follow());
    }

    /** @param {Scene} scene */
    show({ number, all, text, layers, section, verdict, ranges }) {
      this.#ranges = ranges;
      const position = `${number} of ${all}`;
      this.#position.textContent = position;
      this.#scene.replaceChildren(
        excerptOf(text, layers),
        create(
          "div",
          {},
          ...(verdict ? verdictOf(verdict) : []),
          section && hearsay.sectionOf(section, 0),
        ),
      );
      this.#scene.setAttribute("aria-label", position);
      this.#scene.scrollTop = 0;
      this.#reach();
      this.#place();
      this.#said.textContent = hearsay.sentences([
        position,
        verdict?.name,
        verdict?.note,
        text,
        section && hearsay.spoken([section]),
      ]);
    }

    /** What scrolls must be within reach of the keyboard. */
    #reach() {
      const { scrollHeight, clientHeight } = this.#scene;
      if (scrollHeight > clientHeight) this.#scene.tabIndex = 0;
      else this.#scene.removeAttribute("tabindex");
    }

    /**
     * The panel lies below; above, where the page ends so that its last lines cannot be raised
     * beyond the panel, and it covers less of them there.
     */
    #place() {
      if (!this.#ranges.length) return;
      this.#panel.classList.remove("above");
      const { top, height } = this.#panel.getBoundingClientRect();
      const upper = { top: 24, bottom: top - 24 };
      const lower = { top: height + 24, bottom: window.innerHeight - 24 };
      hearsay.bringInto(this.#ranges, upper);
      const covered = boxOf(this.#ranges).bottom - top;
      if (covered <= 0) return;
      hearsay.bringInto(this.#ranges, lower);
      const above = height - boxOf(this.#ranges).top < covered;
      this.#panel.classList.toggle("above", above);
      if (!above) hearsay.bringInto(this.#ranges, upper);
    }

    /** @param {1 | -1} direction */
    step(direction) {
      this.#actions.onStep(direction);
    }

    /**
     * @param {KeyboardEvent} event
     * @returns {boolean}
     */
    onKey(event) {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (altKey || ctrlKey || metaKey) return false;
      const { onStep, onGo, onEnd } = this.#actions;
      const direction = STEPS[key];
      if (direction) onStep(direction);
      else if (ENDS[key]) onGo(ENDS[key]);
      else if (key === "Escape") onEnd();
      else if (key === "l") this.#showLegend(this.#legend.hidden);
      // On any other button the space bar presses that.
      else if (key === " " && this.#dialog.getRootNode().activeElement === this.#next) {
        onStep(shiftKey ? -1 : 1);
      } else return false;
      return true;
    }

    remove() {
      cancelAnimationFrame(this.#frame);
      this.#resizes.disconnect();
      this.#dialog.close();
      this.#takeAway();
    }
  };
}
