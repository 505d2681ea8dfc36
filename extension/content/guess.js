/**
 * Guess first: the marks are hidden, pupils mark what they take for somebody else's claim or for
 * unsure words, and see then what they found, what they missed, and what only they marked.
 *
 *   hearsay.guess(overlay)    starts it, or ends it where it runs
 *
 * One marks with a pen, by touching a sentence or a word, by dragging over words, or with the keys
 * that move a caret of its own from word to word. Guesses live as long as this mode does: they are
 * sent nowhere and kept nowhere.
 */

/**
 * @typedef {{block: number, anchor: number, focus: number}} Caret  From one word of a block to
 *   another, which may be the same
 */

{
  globalThis.hearsay ??= {};

  const { create, meet, withKeys } = hearsay;

  /** @type {Record<GuessKind, {look: GuessLook, name: string, key: string, touch: string, click: string}>} */
  const PENS = {
    claim: {
      look: "guess-claim",
      name: "Somebody’s claim",
      key: "C",
      touch: "Who says it? Touch each sentence that tells what somebody else says or thinks.",
      click:
        "Who says it? Click each sentence that tells what somebody else says or thinks, or drag over the words.",
    },
    unsure: {
      look: "guess-unsure",
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

  /** @type {Record<Verdict["outcome"], string>} */
  const OUTCOMES = {
    found: "You found it",
    missed: "You missed it",
    extra: "Only you marked this",
  };

  const NEAR = "What you marked is what these words make unsure.";

  /**
   * What to ask about a guess where Hearsay marks nothing of its kind.
   * @type {Record<GuessKind, {alone: string, other: string}>}
   */
  const EXTRAS = {
    claim: {
      alone:
        "Hearsay sees no claim of somebody else here. Which words show that somebody else says it? If there are some, Hearsay missed them.",
      other: "Hearsay sees unsure words here, but no claim of somebody else.",
    },
    unsure: {
      alone:
        "Hearsay sees no unsure words here. Do these words leave it open whether something is true? If they do, Hearsay missed them.",
      other: "Hearsay sees somebody else’s claim here, but no unsure words.",
    },
  };

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
    /** @type {Caret | null} */
    #caret = null;
    /** @type {any} hearsay.Painting */
    #painting = null;
    /** @type {any} hearsay.Words */
    #words = null;
    /** @type {any} hearsay.Stage, while verdicts are walked */
    #stage = null;
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
      return this.#guessing || this.#stage !== null;
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
      this.#caret = null;
      if (this.#guessing) painting.hideMarks();
      this.#paint();
      if (this.#stage) this.#leaveStage();
      if (!this.#guessing) this.#result();
      if (!begins) return;
      this.#bar.hidden = false;
      this.#ask();
      this.#focus();
    }

    #paint() {
      for (const kind of KINDS) this.#painting.paint(PENS[kind].look, this.#guesses.ranges(kind));
      this.#painting.paint("guess-caret", this.#caretRanges());
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
      const { look, name, key } = PENS[kind];
      return create(
        "button",
        {
          type: "button",
          class: "pen",
          "aria-pressed": String(kind === this.#pen),
          onclick: () => this.#use(kind),
        },
        create("span", { class: `look-${look}` }, name),
        create("kbd", { class: "by-key", "aria-hidden": "true" }, key),
      );
    }

    /**
     * Takes a pen; what is selected is marked with it.
     * @param {GuessKind} kind
     */
    #use(kind) {
      this.#pen = kind;
      const caret = this.#caret;
      if (this.#markSelection()) return;
      if (caret) this.#markAt(caret.block, this.#caretStretch(caret), caret.anchor !== caret.focus);
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
      const sentence = this.#guesses
        .sentences(block)
        .find((/** @type {Stretch} */ one) => meet(one, stretch));
      const meant = (whole && sentence) || stretch;
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

    // The caret

    /** @param {Caret} caret */
    #caretStretch({ block, anchor, focus }) {
      const words = this.#guesses.words(block);
      const [first, last] = [Math.min(anchor, focus), Math.max(anchor, focus)];
      return { start: words[first].start, end: words[last].end };
    }

    /** @returns {Range[]} */
    #caretRanges() {
      if (!this.#caret) return [];
      const { start, end } = this.#caretStretch(this.#caret);
      return hearsay.rangeOf(this.#guesses.blocks[this.#caret.block], start, end);
    }

    /** The first word in sight. @returns {Caret | null} */
    #firstCaret() {
      for (const [block, { text }] of this.#guesses.blocks.entries()) {
        /** @type {Range[]} */
        const ranges = hearsay.rangeOf(this.#guesses.blocks[block], 0, text.length);
        if (!ranges.some((range) => hearsay.rectsOf(range).at(-1)?.bottom > 0)) continue;
        if (this.#guesses.words(block).length) return { block, anchor: 0, focus: 0 };
      }
      return null;
    }

    /**
     * @param {"word" | "sentence"} unit
     * @param {1 | -1} direction
     * @param {boolean} selecting
     */
    #moveCaret(unit, direction, selecting) {
      const caret = this.#caret;
      const next = caret ? this.#beside(caret, unit, direction) : this.#firstCaret();
      if (!next) return;
      if (caret && selecting) {
        if (next.block !== caret.block) return;
        next.anchor = caret.anchor;
      }
      this.#caret = next;
      this.#paint();
      hearsay.bringInto(this.#caretRanges(), {
        top: 80,
        bottom: this.#bar.getBoundingClientRect().top - 40,
      });
      const { text } = this.#guesses.blocks[next.block];
      const stretch = this.#caretStretch(next);
      const whole = unit === "sentence" && !selecting;
      const sentence = this.#guesses
        .sentences(next.block)
        .find((/** @type {Stretch} */ one) => meet(one, stretch));
      const heard = (whole && sentence) || stretch;
      const marked = this.#guesses
        .on(next.block, stretch)
        .map((/** @type {Guess} */ { kind }) => PENS[kind].name);
      this.#say([text.slice(heard.start, heard.end), ...marked].join(", "));
    }

    /**
     * The first word of the next sentence or the one before; or the next word or the one before.
     *
     * @param {Caret} caret
     * @param {"word" | "sentence"} unit
     * @param {1 | -1} direction
     * @returns {Caret | null}
     */
    #beside({ block, focus }, unit, direction) {
      const starts = this.#startsIn(block, unit);
      const index =
        direction > 0
          ? starts.findIndex((start) => start > focus)
          : starts.findLastIndex((start) => start < focus);
      if (index >= 0) return { block, anchor: starts[index], focus: starts[index] };
      for (let other = block + direction; this.#guesses.blocks[other]; other += direction) {
        const start = this.#startsIn(other, unit).at(direction > 0 ? 0 : -1);
        if (start !== undefined) return { block: other, anchor: start, focus: start };
      }
      return null;
    }

    /**
     * @param {number} block
     * @param {"word" | "sentence"} unit
     * @returns {number[]}  Numbers of words
     */
    #startsIn(block, unit) {
      /** @type {Stretch[]} */
      const words = this.#guesses.words(block);
      if (unit === "word") return [...words.keys()];
      return this.#guesses
        .sentences(block)
        .map((/** @type {Stretch} */ sentence) => words.findIndex((word) => meet(word, sentence)))
        .filter((/** @type {number} */ index) => index >= 0);
    }

    // Revealed

    #verdicts() {
      /** @type {Place[]} */
      const places = hearsay.placesOf(this.#painting);
      return hearsay.judge(places, this.#guesses.all);
    }

    #reveal() {
      this.#guessing = false;
      this.#caret = null;
      this.#painting.showMarks();
      this.#paint();
      this.#result();
      this.#focus(0);
    }

    #result() {
      /** @type {Verdict[]} */
      const verdicts = this.#verdicts();
      const score = hearsay.scoreOf(verdicts);
      const { found, extras } = hearsay.scoreWords(score);
      /**
       * @param {string} text
       * @param {Verdict[]} walked
       */
      const walk = (text, walked) =>
        walked.length > 0 &&
        create("button", { type: "button", onclick: () => this.#walk(walked) }, text);
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
    #walk(verdicts) {
      /** @type {Map<string, number>} */
      const numbers = this.#painting.numbers;
      /** @param {Verdict} verdict */
      const spanOf = ({ outcome, target, guesses }) =>
        outcome === "extra" || !target ? guesses[0] : target.mark.span;
      const ordered = verdicts.toSorted((a, b) => {
        const [one, other] = [spanOf(a), spanOf(b)];
        const blocks = (numbers.get(one.block) ?? 0) - (numbers.get(other.block) ?? 0);
        return blocks || one.start - other.start;
      });
      let index = 0;
      /** @param {number} next */
      const show = (next) => {
        index = (next + ordered.length) % ordered.length;
        this.#stage.show({
          ...this.#sceneOf(ordered[index]),
          number: index + 1,
          all: ordered.length,
        });
      };
      this.#stage = new hearsay.Stage(this.ui, this.#words, {
        label: "Hearsay: your marks and its own",
        end: "Back",
        onStep: (/** @type {1 | -1} */ direction) => show(index + direction),
        onGo: (/** @type {"first" | "last"} */ place) => show(place === "first" ? 0 : -1),
        onEnd: () => this.#leaveStage(),
      });
      show(0);
    }

    /** @param {Verdict} verdict */
    #sceneOf({ outcome, kind, target, near, guesses }) {
      const verdict = { outcome, name: OUTCOMES[outcome], note: near ? NEAR : "" };
      /** @type {Drawn[]} */
      const drawn = guesses.map((guess) => ({ ...guess, look: PENS[guess.kind].look }));
      if (outcome === "extra") {
        const [guess] = guesses;
        const block = this.#guesses.blocks[this.#painting.numbers.get(guess.block)];
        verdict.note = target ? EXTRAS[kind].other : EXTRAS[kind].alone;
        this.#painting.point([]);
        return {
          ...hearsay.excerptScene(block, [guess], drawn),
          section: target && this.#words.sections([target.mark])[0],
          verdict,
        };
      }
      const place = /** @type {Place} */ (target);
      this.#painting.point([place.mark]);
      return { ...hearsay.sceneOf(place, this.#painting, this.#words, drawn), verdict };
    }

    #leaveStage() {
      this.#stage.remove();
      this.#stage = null;
      this.#painting.point([]);
    }

    // Around both

    /** @param {KeyboardEvent} event */
    onKey(event) {
      if (this.#stage) return this.#stage.onKey(event);
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
      const there = this.#caret
        ? this.#guesses.on(this.#caret.block, this.#caretStretch(this.#caret))
        : [];
      if (!there.length) {
        this.#takeBack();
        return;
      }
      this.#guesses.remove(there);
      this.#changed(`Taken back: ${this.#guesses.textOf(there[0])}`);
    }

    /** @param {1 | -1} direction */
    step(direction) {
      this.#stage?.step(direction);
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
      this.#stage?.remove();
      this.#takeAway();
      if (this.#focusedBefore instanceof HTMLElement) {
        this.#focusedBefore.focus({ preventScroll: true });
      }
      if (!this.#painting) return;
      this.#guesses.all = [];
      this.#caret = null;
      this.#paint();
      if (this.#guessing) this.#painting.showMarks();
    }
  }

  /** @param {any} overlay  hearsay.Overlay */
  hearsay.guess = (overlay) => overlay.run(GuessFirst);
}
