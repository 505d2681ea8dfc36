/**
 * Guess first: the marks are hidden, pupils mark what they take for somebody else's claim or for
 * unsure words, and see then what they found, what they missed, and what only they marked.
 *
 *   hearsay.guess(overlay)    starts it, or ends it where it runs
 *
 * One marks with a pen, by touching a sentence or a word, by dragging over words, or with the keys
 * that move a caret of its own (word-caret.js). What comes after is walked by verdict-walk.js. Guesses
 * live as long as this mode does: they are sent nowhere and kept nowhere.
 */

{
  globalThis.hearsay ??= {};

  const { create, withKeys } = hearsay;

  /** @type {Record<GuessKind, {name: string, key: string, touch: string, click: string}>} */
  const PENS = {
    claim: {
      name: "Somebody’s claim",
      key: "C",
      touch: "Who says it? Touch each sentence that tells what somebody else says or thinks.",
      click:
        "Who says it? Click each sentence that tells what somebody else says or thinks, or drag over the words.",
    },
    unsure: {
      name: "Unsure words",
      key: "U",
      touch: "How sure are they? Touch the words that leave it open whether something is true.",
      click:
        "How sure are they? Click the words that leave it open whether something is true, or drag over them.",
    },
  };

  const KINDS = /** @type {GuessKind[]} */ (Object.keys(PENS));

  /** Where only a finger points, what is said is about fingers. */
  const COARSE = "(hover: none)";

  const BOTH_LINES =
    "Lines above the words are yours, lines below are Hearsay’s. Hearsay can be wrong: where you differ, read the sentence again.";

  /**
   * @param {number} number
   * @param {string} one
   * @param {string} many
   */
  const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  /** @param {() => void} onEnd */
  const endButton = (onEnd) =>
    create(
      "button",
      { type: "button", onclick: onEnd },
      "End",
      create("kbd", { class: "by-key", "aria-hidden": "true" }, "Esc"),
    );

  /** @implements {Mode} */
  class GuessFirst {
    #guessing = true;
    #guesses = new hearsay.PupilMarks();
    /** @type {GuessKind} */
    #pen = "claim";
    #caret = new hearsay.WordCaret(this.#guesses);
    /** @type {any} hearsay.Painting */
    #painting = null;
    /** @type {any} hearsay.Words */
    #words = null;
    /** @type {any} hearsay.VerdictWalk, while there is one */
    #walk = null;
    #content = create("div", { class: "sheet" });
    #said = create("div", { class: "said", role: "status" });
    #bar = create(
      "div",
      { class: "guess", role: "group", "aria-label": "Guess first", hidden: true },
      this.#content,
      this.#said,
    );
    #takeAway;
    #focusedBefore;

    /**
     * @param {any} ui  hearsay.Ui
     * @param {{onEnd: () => void}} options
     */
    constructor(ui, { onEnd }) {
      this.ui = ui;
      this.onEnd = onEnd;
      this.#takeAway = ui.add(this.#bar, hearsay.stageSheet + hearsay.looks.strongSheet(".guess"));
      this.#focusedBefore = this.#bar.getRootNode().activeElement ?? document.activeElement;
      // What is selected on the page stays so while a button is pressed.
      this.#bar.addEventListener("mousedown", (/** @type {Event} */ event) =>
        event.preventDefault(),
      );
    }

    /** Once they are seen again, marks explain themselves as ever. */
    get rules() {
      return this.#guessing || this.#walk !== null;
    }

    /**
     * @param {any} painting  hearsay.Painting
     * @param {any} words  hearsay.Words
     */
    update(painting, words) {
      const begins = !this.#painting;
      this.#painting = painting;
      this.#words = words;
      this.#guesses.blocks = painting.blocks;
      this.#caret.clear();
      if (this.#guessing) painting.hideMarks();
      this.#paint();
      if (this.#walk) this.#leaveWalk();
      if (!this.#guessing) this.#result();
      if (!begins) return;
      this.#bar.hidden = false;
      this.#ask();
      this.#focus();
    }

    #paint() {
      for (const kind of KINDS) {
        this.#painting.paint(hearsay.guessLooks[kind], this.#guesses.ranges(kind));
      }
      this.#painting.paint("guess-caret", this.#caret.ranges());
    }

    // Guessing

    /** @param {string} [announcement] */
    #ask(announcement) {
      const { touch, click } = PENS[this.#pen];
      const all = this.#guesses.all;
      const numbers = KINDS.map(
        (kind) => all.filter((/** @type {Guess} */ guess) => guess.kind === kind).length,
      );
      const task = matchMedia(COARSE).matches ? touch : click;
      this.#fill(
        create("div", { class: "task" }, create("h2", {}, "Guess first"), create("p", {}, task)),
        create(
          "div",
          { class: "pens", role: "group", "aria-label": "Pen" },
          ...KINDS.map((kind) => this.#penButton(kind)),
        ),
        create(
          "p",
          { class: "tally" },
          `You marked ${counted(numbers[0], "claim", "claims")} and ${counted(numbers[1], "unsure word", "unsure words")}.`,
        ),
        create(
          "div",
          { class: "do" },
          create(
            "button",
            { type: "button", disabled: !all.length, onclick: () => this.#takeBack() },
            "Take back",
          ),
          create(
            "button",
            { type: "button", class: "main", onclick: () => this.#reveal() },
            "Reveal",
          ),
          endButton(this.onEnd),
        ),
        create(
          "p",
          {
            class: "reader by-key",
            tabindex: "0",
            role: "application",
            "aria-label":
              "The text. Arrow keys move by word, up and down by sentence, with Shift they select. C marks a claim, U unsure words, Backspace takes back, Enter reveals.",
          },
          ...withKeys(
            "`←` `→` word, `↑` `↓` sentence, `Shift` to select, `C` `U` mark, `⌫` take back, `Enter` reveal",
          ),
        ),
      );
      this.#say(announcement ?? hearsay.sentences(["Guess first", task]));
    }

    /** @param {GuessKind} kind */
    #penButton(kind) {
      const { name, key } = PENS[kind];
      return create(
        "button",
        {
          type: "button",
          class: "pen",
          "aria-pressed": String(kind === this.#pen),
          onclick: () => this.#use(kind),
        },
        create("span", { class: `look-${hearsay.guessLooks[kind]}` }, name),
        create("kbd", { class: "by-key", "aria-hidden": "true" }, key),
      );
    }

    /**
     * Takes a pen; what is selected is marked with it.
     * @param {GuessKind} kind
     */
    #use(kind) {
      this.#pen = kind;
      if (this.#markSelection()) return;
      const { place } = this.#caret;
      if (place) this.#markAt(place.block, place.stretch, place.selected);
      else this.#ask();
    }

    /** @returns {boolean}  Whether words of the article were selected */
    #markSelection() {
      for (const view of this.#painting.views) {
        const selection = view.getSelection();
        if (!selection || selection.isCollapsed) continue;
        /** @type {{block: number, stretch: Stretch}[]} */
        const found = this.#guesses.within(selection.getRangeAt(0));
        if (!found.length) continue;
        selection.removeAllRanges();
        for (const { block, stretch } of found) this.#guesses.add(this.#pen, block, stretch);
        const texts = found.map(({ block, stretch: { start, end } }) =>
          this.#guesses.blocks[block].text.slice(start, end),
        );
        this.#changed(`${PENS[this.#pen].name}: ${texts.join(" ")}`);
        return true;
      }
      return false;
    }

    /**
     * Marks a place, or takes back what was marked there with this pen. Of a claim a word means
     * its sentence, unless it was selected.
     *
     * @param {number} block
     * @param {Stretch} stretch
     * @param {boolean} selected
     */
    #markAt(block, stretch, selected) {
      const there = this.#guesses.on(block, stretch, this.#pen);
      const { text } = this.#guesses.blocks[block];
      if (there.length) {
        this.#guesses.remove(there);
        this.#changed(`Taken back: ${text.slice(stretch.start, stretch.end)}`);
        return;
      }
      const whole = this.#pen === "claim" && !selected;
      const meant = (whole && this.#guesses.sentenceOf(block, stretch)) || stretch;
      this.#guesses.add(this.#pen, block, meant);
      this.#changed(`${PENS[this.#pen].name}: ${text.slice(meant.start, meant.end)}`);
    }

    #takeBack() {
      const last = this.#guesses.all.at(-1);
      if (!last) return;
      this.#guesses.remove([last]);
      this.#changed(`Taken back: ${this.#guesses.textOf(last)}`);
    }

    /** @param {string} announcement */
    #changed(announcement) {
      this.#paint();
      this.#ask(announcement);
    }

    /** @param {MouseEvent} event */
    onClick(event) {
      if (!this.#guessing || !this.#painting) return false;
      if (this.#markSelection()) return true;
      const place = this.#guesses.at(event);
      if (!place) return false;
      // A double click is one click that the browser takes for a selection too.
      if (event.detail < 2) this.#markAt(place.block, place.word, false);
      return true;
    }

    /**
     * @param {"word" | "sentence"} unit
     * @param {1 | -1} direction
     * @param {boolean} selecting
     */
    #moveCaret(unit, direction, selecting) {
      if (!this.#caret.move(unit, direction, selecting)) return;
      this.#paint();
      hearsay.bringInto(this.#caret.ranges(), {
        top: 80,
        bottom: this.#bar.getBoundingClientRect().top - 40,
      });
      /** @type {{block: number, stretch: Stretch}} */
      const { block, stretch } = this.#caret.place;
      const whole = unit === "sentence" && !selecting;
      const heard = (whole && this.#guesses.sentenceOf(block, stretch)) || stretch;
      const marked = this.#guesses
        .on(block, stretch)
        .map((/** @type {Guess} */ { kind }) => PENS[kind].name);
      const { text } = this.#guesses.blocks[block];
      this.#say([text.slice(heard.start, heard.end), ...marked].join(", "));
    }

    // Revealed

    #reveal() {
      this.#guessing = false;
      this.#caret.clear();
      this.#painting.showMarks();
      this.#paint();
      this.#result();
      this.#focus(0);
    }

    #result() {
      /** @type {Verdict[]} */
      const verdicts = hearsay.judge(hearsay.placesOf(this.#painting), this.#guesses.all);
      const score = hearsay.scoreOf(verdicts);
      const { found, extras } = hearsay.scoreWords(score);
      /**
       * @param {string} text
       * @param {Verdict[]} walked
       */
      const walk = (text, walked) =>
        walked.length > 0 &&
        create("button", { type: "button", onclick: () => this.#look(walked) }, text);
      const missed = verdicts.filter(({ outcome }) => outcome === "missed");
      const alone = verdicts.filter(({ outcome }) => outcome === "extra");
      this.#fill(
        create(
          "div",
          { class: "task" },
          create("h2", {}, hearsay.sentences([found, extras])),
          create("p", {}, BOTH_LINES),
        ),
        create(
          "div",
          { class: "do" },
          walk(`Look at all ${verdicts.length}`, verdicts),
          walk(`${missed.length} missed`, missed),
          walk(`${alone.length} yours alone`, alone),
          create("button", { type: "button", onclick: () => this.#restart() }, "Start again"),
          endButton(this.onEnd),
        ),
      );
      this.#bar.querySelector(".do button")?.classList.add("main");
      this.#say(hearsay.sentences([found, extras, BOTH_LINES]));
    }

    #restart() {
      this.#guessing = true;
      this.#guesses.all = [];
      this.#painting.hideMarks();
      this.#paint();
      this.#ask();
      this.#focus();
    }

    /** @param {Verdict[]} verdicts */
    #look(verdicts) {
      this.#walk = new hearsay.VerdictWalk(this.ui, verdicts, {
        painting: this.#painting,
        words: this.#words,
        onEnd: () => this.#leaveWalk(),
      });
    }

    #leaveWalk() {
      this.#walk.remove();
      this.#walk = null;
    }

    // Around both

    /** @param {KeyboardEvent} event */
    onKey(event) {
      if (this.#walk) return this.#walk.onKey(event);
      if (!this.#painting) return false;
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (altKey || ctrlKey || metaKey) return false;
      if (key === "Escape") {
        if (this.ui.cardShown) return false;
        this.onEnd();
        return true;
      }
      if (!this.#guessing) return false;
      const button = this.#bar.getRootNode().activeElement?.tagName === "BUTTON";
      if (key === "ArrowRight" || key === "ArrowLeft") {
        this.#moveCaret("word", key === "ArrowRight" ? 1 : -1, shiftKey);
      } else if (key === "ArrowDown" || key === "ArrowUp") {
        this.#moveCaret("sentence", key === "ArrowDown" ? 1 : -1, shiftKey);
      } else if (key === "Backspace" || key === "Delete") this.#takeBackAtCaret();
      else if (key === "Enter" && !button) this.#reveal();
      else {
        const kind = KINDS.find((one) => PENS[one].key === key.toUpperCase());
        if (!kind) return false;
        this.#use(kind);
      }
      return true;
    }

    #takeBackAtCaret() {
      const { place } = this.#caret;
      const there = place ? this.#guesses.on(place.block, place.stretch) : [];
      if (!there.length) {
        this.#takeBack();
        return;
      }
      this.#guesses.remove(there);
      this.#changed(`Taken back: ${this.#guesses.textOf(there[0])}`);
    }

    /** @param {1 | -1} direction */
    step(direction) {
      this.#walk?.step(direction);
    }

    /** @param {Node[]} children */
    #fill(...children) {
      const focused = this.#indexOfFocus();
      this.#content.replaceChildren(...children);
      if (focused >= 0) this.#focus(focused);
    }

    /** @returns {HTMLElement[]} */
    #stops() {
      return [...this.#bar.querySelectorAll("button, [tabindex]")];
    }

    /** @param {number} [index]  By default of the last stop: the reader, while one guesses */
    #focus(index = -1) {
      const stop = this.#stops().at(index) ?? this.#stops()[0];
      stop.focus({ preventScroll: true });
    }

    #indexOfFocus() {
      return this.#stops().indexOf(this.#bar.getRootNode().activeElement);
    }

    /** @param {string} text */
    #say(text) {
      this.#said.textContent = text;
    }

    end() {
      this.#walk?.remove();
      this.#takeAway();
      if (this.#focusedBefore instanceof HTMLElement) {
        this.#focusedBefore.focus({ preventScroll: true });
      }
      if (!this.#painting) return;
      this.#guesses.all = [];
      this.#caret.clear();
      this.#paint();
      if (this.#guessing) this.#painting.showMarks();
    }
  }

  /** @param {any} overlay  hearsay.Overlay */
  hearsay.guess = (overlay) => overlay.run(GuessFirst);
}
