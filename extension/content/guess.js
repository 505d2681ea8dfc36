/**
 * Guess first: the marks are hidden, pupils mark what they take for somebody else's claim or for
 * unsure words, and see then what they found, what they missed, and what only they marked.
 *
 *   hearsay.guess(overlay)    starts it, or ends it where it runs
 *
 * One marks with a pen, by touching a sentence or a word, by dragging over words, or with the keys
 * that move a caret of its own (word-caret.js). What to do and what was found stands in a bar
 * (guess-bar.js); verdict-walk.js walks that. Guesses live as long as this mode does: they are sent
 * nowhere and kept nowhere.
 */

{
  globalThis.hearsay ??= {};

  const KINDS = /** @type {GuessKind[]} */ (Object.keys(hearsay.pens));

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
    /** What was found, shown or not. @type {Analysis | null} */
    #analysis = null;
    /** @type {any} hearsay.VerdictWalk, while there is one */
    #walk = null;
    #bar;
    #focusedBefore;

    /**
     * @param {any} ui  hearsay.Ui
     * @param {{onEnd: () => void}} options
     */
    constructor(ui, { onEnd }) {
      this.ui = ui;
      this.onEnd = onEnd;
      this.#bar = new hearsay.GuessBar(ui, {
        onPen: (/** @type {GuessKind} */ kind) => this.#use(kind),
        onTakeBack: () => this.#takeBack(),
        onReveal: () => this.#reveal(),
        onLook: (/** @type {Verdict[]} */ verdicts) => this.#look(verdicts),
        onRestart: () => this.#restart(),
        onEnd,
      });
      this.#focusedBefore = this.#bar.focused ?? document.activeElement;
    }

    /** Once they are seen again, marks explain themselves as ever. */
    get rules() {
      return this.#guessing || this.#walk !== null;
    }

    /**
     * @param {any} painting  hearsay.Painting
     * @param {any} words  hearsay.Words
     * @param {Analysis} analysis
     */
    update(painting, words, analysis) {
      const begins = !this.#painting;
      this.#painting = painting;
      this.#words = words;
      this.#analysis = analysis;
      this.#guesses.blocks = painting.blocks;
      this.#caret.clear();
      if (this.#guessing) painting.hideMarks();
      this.#paint();
      if (this.#walk) this.#leaveWalk();
      if (!this.#guessing) this.#result();
      if (!begins) return;
      this.#ask();
      this.#bar.focusReader();
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
      this.#bar.ask(this.#pen, this.#guesses.all, announcement);
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
        this.#changed(`${hearsay.pens[this.#pen].name}: ${texts.join(" ")}`);
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
      this.#changed(`${hearsay.pens[this.#pen].name}: ${text.slice(meant.start, meant.end)}`);
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
        bottom: this.#bar.top - 40,
      });
      /** @type {{block: number, stretch: Stretch}} */
      const { block, stretch } = this.#caret.place;
      const whole = unit === "sentence" && !selecting;
      const heard = (whole && this.#guesses.sentenceOf(block, stretch)) || stretch;
      const marked = this.#guesses
        .on(block, stretch)
        .map((/** @type {Guess} */ { kind }) => hearsay.pens[kind].name);
      const { text } = this.#guesses.blocks[block];
      this.#bar.say([text.slice(heard.start, heard.end), ...marked].join(", "));
    }

    // Revealed

    #reveal() {
      this.#guessing = false;
      this.#caret.clear();
      this.#painting.showMarks();
      this.#paint();
      this.#result();
      this.#bar.focusFirst();
    }

    #result() {
      const targets = hearsay.placesOf(this.#painting);
      const unshown = hearsay.unshownPlaces(this.#painting, this.#analysis);
      this.#bar.result(hearsay.judge(targets, this.#guesses.all, unshown));
    }

    #restart() {
      this.#guessing = true;
      this.#guesses.all = [];
      this.#painting.hideMarks();
      this.#paint();
      this.#ask();
      this.#bar.focusReader();
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
      if (key === "ArrowRight" || key === "ArrowLeft") {
        this.#moveCaret("word", key === "ArrowRight" ? 1 : -1, shiftKey);
      } else if (key === "ArrowDown" || key === "ArrowUp") {
        this.#moveCaret("sentence", key === "ArrowDown" ? 1 : -1, shiftKey);
      } else if (key === "Backspace" || key === "Delete") this.#takeBackAtCaret();
      else if (key === "Enter" && !this.#bar.onButton) this.#reveal();
      else {
        const kind = KINDS.find((one) => hearsay.pens[one].key === key.toUpperCase());
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

    end() {
      this.#walk?.remove();
      this.#bar.remove();
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
