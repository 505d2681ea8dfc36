/**
 * What the overlay adds to the window: a card, a bar with counts and a legend, words for a screen
 * reader. All of it stands in a closed shadow tree under one element, which is removed with it.
 *
 *   const ui = new hearsay.Ui(tone, {onNext, onPrevious, onClose, onRetry})
 *   ui.showBusy(text)  ui.showSummary(counts, words, warnings, progress)  ui.showProblem(words)
 *   ui.showCard(sections, lines, meant)  ui.hideCard()  ui.flash(rects)  ui.say(text)  ui.remove()
 *   ui.add(element, css)                 a part with a sheet of its own; a function removes both
 */

/**
 * @typedef {object} UiActions
 * @property {() => void} onNext
 * @property {() => void} onPrevious
 * @property {() => void} onPresent
 * @property {() => void} onGuess
 * @property {() => void} onClose
 * @property {() => void} onRetry
 * @property {() => void} [onOptions]  Opens the extension's options, where there are any
 */

{
  globalThis.hearsay ??= {};

  const { create, emblem, iconButton } = hearsay;

  /** Between the card and what it explains, in CSS px. */
  const GAP = 8;
  /** No card is lower: it could not be read, even if one scrolls in it. */
  const LOWEST = 140;
  /** As long as the animation of .ring in ui-sheet.js. */
  const RING_MS = 1200;
  const NOTHING = "Nothing to mark in this text.";

  /**
   * Where the card stands: below what it explains, or above. Where neither side has room for all of
   * it, it is as high as the larger one, and scrolls.
   *
   * @param {number} wanted  Its height
   * @param {{top: number, bottom: number}[]} free  What it leaves free, if it can; else the next
   * @param {number} room  Height of the window
   * @returns {{top: number, height: number}}
   */
  const placeOf = (wanted, free, room) => {
    const sides = free.map(({ top, bottom }) => {
      const below = { from: Math.max(bottom, 0) + GAP, to: room - GAP, atEnd: false };
      const above = { from: GAP, to: Math.min(top, room) - GAP, atEnd: true };
      if (below.to - below.from >= wanted) return below;
      return above.to - above.from >= Math.min(wanted, below.to - below.from) ? above : below;
    });
    const good = sides.find(({ from, to }) => to - from >= Math.min(wanted, LOWEST));
    const { from, to, atEnd } = good ?? sides[sides.length - 1];
    const height = Math.min(wanted, Math.max(to - from, LOWEST));
    const top = atEnd ? to - height : Math.min(from, room - GAP - height);
    return { top: Math.max(GAP, top), height };
  };

  /**
   * Puts text where the reader can paste it; the page may forbid that.
   *
   * @param {string} text
   * @returns {Promise<string>}  What to tell the reader
   */
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return "Copied, with its source.";
    } catch {
      return "This page forbids it. Hearsay’s panel can copy.";
    }
  };

  hearsay.Ui = class {
    #card = create("div", { class: "card", role: "note", hidden: true });
    #bar = create("div", { class: "bar" });
    #said = create("div", { class: "said", role: "status" });
    #shadow;
    #root;
    #actions;

    /**
     * @param {Tone} tone
     * @param {UiActions} actions
     */
    constructor(tone, actions) {
      this.#actions = actions;
      this.host = create("hearsay-overlay", { popover: "manual" });
      const shadow = this.host.attachShadow({ mode: "closed" });
      this.#shadow = shadow;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(hearsay.uiSheet);
      shadow.adoptedStyleSheets = [sheet, hearsay.looks.sampleStyles()];
      this.#root = create(
        "div",
        { class: `root ${tone}`, role: "region", "aria-label": "Hearsay" },
        this.#card,
        this.#bar,
        this.#said,
      );
      shadow.append(this.#root);
      // What happens in here is none of the page's shortcuts.
      for (const type of ["keydown", "keyup", "keypress", "click", "pointerdown", "pointerup"]) {
        this.host.addEventListener(type, (/** @type {Event} */ event) => event.stopPropagation());
      }
      shadow.addEventListener("keydown", (/** @type {Event} */ event) =>
        this.#onKey(/** @type {KeyboardEvent} */ (event)),
      );
      document.documentElement.append(this.host);
      // The top layer lies above every z-index of the page.
      this.host.showPopover();
    }

    /**
     * @param {Element} element
     * @param {string} css
     * @returns {() => void}  Takes both away again
     */
    add(element, css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.#shadow.adoptedStyleSheets = [...this.#shadow.adoptedStyleSheets, sheet];
      this.#root.append(element);
      return () => {
        element.remove();
        this.#shadow.adoptedStyleSheets = this.#shadow.adoptedStyleSheets.filter(
          (/** @type {CSSStyleSheet} */ other) => other !== sheet,
        );
      };
    }

    /** Whether the bar is seen; a page that has its own does without. @param {boolean} shown */
    set barShown(shown) {
      this.#bar.hidden = !shown;
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowRight" || event.key === "n") this.#actions.onNext();
      else if (event.key === "ArrowLeft" || event.key === "p") this.#actions.onPrevious();
      else return;
      event.preventDefault();
    }

    /**
     * @param {string} kind  Class of the bar
     * @param {(Node | false)[]} children
     */
    #fillBar(kind, ...children) {
      this.#bar.className = `bar ${kind}`;
      this.#bar.replaceChildren(.../** @type {Node[]} */ (children.filter(Boolean)));
    }

    /** @param {string} text */
    showBusy(text) {
      const { onClose } = this.#actions;
      this.#fillBar(
        "busy",
        create(
          "div",
          { class: "row" },
          emblem(),
          create("p", { class: "message" }, text),
          iconButton("close", "Stop", onClose),
        ),
      );
      this.say(text);
    }

    /**
     * @param {Counts} counts
     * @param {any} words  hearsay.Words
     * @param {{detail: string}[]} warnings
     * @param {number} [progress]  The share of the text that is read, if not all is
     */
    showSummary(counts, words, warnings, progress) {
      const { onPrevious, onNext, onPresent, onGuess, onClose } = this.#actions;
      const unfinished = progress !== undefined;
      const legend = hearsay.legendOf(words);
      // Summaries follow each other while more is read: the reader loses no place.
      const open = this.#bar.querySelector("#legend")?.checkVisibility() ?? false;
      const focused = this.#bar.querySelector(":focus")?.getAttribute("aria-label");
      legend.hidden = !open;
      legend.id = "legend";
      const legendButton = iconButton("legend", "What the lines mean", () => {
        legend.hidden = !legend.hidden;
        legendButton.setAttribute("aria-expanded", String(!legend.hidden));
      });
      legendButton.setAttribute("aria-expanded", String(open));
      legendButton.setAttribute("aria-controls", "legend");
      const anything = counts.claims + counts.hedges > 0;
      const message = create(
        "p",
        { class: "message" },
        unfinished ? "Reading the article …" : NOTHING,
      );
      this.#fillBar(
        "summary",
        unfinished &&
          create("progress", { "aria-label": "Read so far", max: "1", value: String(progress) }),
        legend,
        ...warnings.map(({ detail }) => create("p", { class: "warning" }, `⚠ ${detail}`)),
        create(
          "div",
          { class: "row" },
          emblem(),
          anything ? hearsay.countsLine(counts) : message,
          create(
            "div",
            { class: "steps" },
            anything && iconButton("previous", "Previous mark (Alt+Shift+K)", onPrevious),
            anything && iconButton("next", "Next mark (Alt+Shift+J)", onNext),
          ),
          create(
            "div",
            { class: "tools" },
            anything && iconButton("present", "Present to a class (Alt+Shift+O)", onPresent),
            anything && iconButton("guess", "Guess first (Alt+Shift+G)", onGuess),
            legendButton,
            iconButton("close", "Close", onClose),
          ),
        ),
      );
      if (focused) {
        const buttons = [...this.#bar.querySelectorAll("button")];
        buttons.find((button) => button.ariaLabel === focused)?.focus();
      }
      if (unfinished) return; // it would be said over and over
      this.say(
        hearsay.sentences([
          anything ? Object.values(hearsay.summaryOf(counts)).join(", ") : NOTHING,
          ...warnings.map(({ detail }) => detail),
          anything && "Alt+Shift+J goes to the next mark",
        ]),
      );
    }

    /** @param {ProblemWords} words */
    showProblem({ title, advice, detail, retry, options }) {
      const { onRetry, onOptions, onClose } = this.#actions;
      this.#fillBar(
        "problem",
        create("h2", { class: "title" }, title),
        create("p", {}, ...hearsay.withCode(advice)),
        detail && create("p", { class: "detail" }, detail),
        create(
          "div",
          { class: "actions" },
          retry && create("button", { type: "button", onclick: onRetry }, "Try again"),
          options &&
            onOptions &&
            create("button", { type: "button", onclick: onOptions }, "Options"),
          create("button", { type: "button", onclick: onClose }, "Close"),
        ),
      );
      this.say(hearsay.sentences([title, advice.replaceAll("`", ""), detail]));
    }

    get cardShown() {
      return !this.#card.hidden;
    }

    /**
     * @param {Section[]} sections
     * @param {DOMRect[]} lines  Of what it explains, which it does not cover
     * @param {DOMRect} meant  The one of them that is pointed at
     */
    showCard(sections, lines, meant) {
      this.#card.replaceChildren(
        ...sections.map((section, index) => {
          const element = hearsay.sectionOf(section, index);
          if (section.citation) element.append(this.#copyButton(section.citation));
          return element;
        }),
      );
      this.#card.hidden = false;
      this.#card.scrollTop = 0;
      this.moveCard(lines, meant);
    }

    /** @param {NonNullable<Section["citation"]>} citation */
    #copyButton(citation) {
      const done = create("span", { class: "done" });
      const button = iconButton("copy", "Copy this claim with its source", async () => {
        const told = await copied(citation({ title: document.title, url: location.href }));
        done.textContent = told;
        this.say(told);
      });
      return create("div", { class: "copy" }, done, button);
    }

    /** Copies the claim that the card explains. */
    copy() {
      this.#card.querySelector(".copy button")?.click();
    }

    /**
     * @param {DOMRect[]} lines
     * @param {DOMRect} meant
     */
    moveCard(lines, meant) {
      const { style } = this.#card;
      style.maxHeight = "";
      const { width, height: wanted } = this.#card.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const left = Math.max(
        GAP,
        Math.min(meant.left, (clientWidth || window.innerWidth) - width - GAP),
      );
      const bar = this.#bar.getBoundingClientRect();
      const besideBar = !bar.height || left + width <= bar.left || bar.right <= left;
      const floor = besideBar ? window.innerHeight : bar.top;
      const room = Math.min(floor, clientHeight || floor);
      const whole = {
        top: Math.min(meant.top, ...lines.map((line) => line.top)),
        bottom: Math.max(meant.bottom, ...lines.map((line) => line.bottom)),
      };
      const { top, height } = placeOf(wanted, [whole, meant], room);
      if (height < wanted) style.maxHeight = `${height}px`;
      style.top = `${top}px`;
      style.left = `${left}px`;
    }

    hideCard() {
      this.#card.hidden = true;
    }

    /** @param {(inside: boolean) => void} listener */
    onCardHover(listener) {
      this.#card.addEventListener("pointerenter", () => listener(true));
      this.#card.addEventListener("pointerleave", () => listener(false));
    }

    /**
     * Draws the eye to a place, for a moment.
     * @param {DOMRect[]} lines
     */
    flash(lines) {
      for (const { left, top, width, height } of lines) {
        const ring = create("div", { class: "ring" });
        Object.assign(ring.style, {
          left: `${left}px`,
          top: `${top}px`,
          width: `${width}px`,
          height: `${height}px`,
        });
        this.#card.before(ring);
        setTimeout(() => ring.remove(), RING_MS);
      }
    }

    /** @param {string} text  For screen readers */
    say(text) {
      this.#said.textContent = text;
    }

    remove() {
      this.host.remove();
    }
  };
}
