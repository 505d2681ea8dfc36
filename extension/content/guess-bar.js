/**
 * The bar of guess first: what to do, the pens, and in the end what was found.
 *
 *   const bar = new hearsay.GuessBar(ui, {onPen, onTakeBack, onReveal, onLook, onRestart, onEnd})
 *   bar.ask(pen, guesses, announcement)   while one guesses
 *   bar.result(verdicts)                  once that is over
 *   bar.say(text)                         to a screen reader
 *   bar.focusReader()                     for keys; or bar.focusFirst()
 *   bar.top  bar.onButton  bar.focused    where in the window it begins, and where the focus is
 *   bar.remove()
 *
 *   hearsay.pens                          what each kind of guess is called, and its key
 */

/**
 * @typedef {object} GuessBarActions
 * @property {(kind: GuessKind) => void} onPen
 * @property {() => void} onTakeBack
 * @property {() => void} onReveal
 * @property {(verdicts: Verdict[]) => void} onLook
 * @property {() => void} onRestart
 * @property {() => void} onEnd
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
  hearsay.pens = PENS;

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

  hearsay.GuessBar = class {
    #actions;
    #content = create("div", { class: "sheet" });
    #said = create("div", { class: "said", role: "status" });
    #bar = create(
      "div",
      { class: "guess", role: "group", "aria-label": "Guess first", hidden: true },
      this.#content,
      this.#said,
    );
    #takeAway;

    /**
     * @param {any} ui  hearsay.Ui
     * @param {GuessBarActions} actions
     */
    constructor(ui, actions) {
      this.#actions = actions;
      this.#takeAway = ui.add(this.#bar, hearsay.stageSheet + hearsay.looks.strongSheet(".guess"));
      // What is selected on the page stays so while a button is pressed.
      this.#bar.addEventListener("mousedown", (/** @type {Event} */ event) =>
        event.preventDefault(),
      );
    }

    /** What has the focus in the overlay, if anything. */
    get focused() {
      return this.#bar.getRootNode().activeElement;
    }

    get top() {
      return this.#bar.getBoundingClientRect().top;
    }

    /** Whether a key would press one of its buttons. */
    get onButton() {
      return this.focused?.tagName === "BUTTON";
    }

    /**
     * @param {GuessKind} pen
     * @param {Guess[]} guesses
     * @param {string} [announcement]  By default what to do
     */
    ask(pen, guesses, announcement) {
      const { touch, click } = PENS[pen];
      const task = matchMedia(COARSE).matches ? touch : click;
      const [claims, unsure] = KINDS.map(
        (kind) => guesses.filter((guess) => guess.kind === kind).length,
      );
      const { onTakeBack, onReveal } = this.#actions;
      this.#fill(
        create(
          "div",
          { class: "task" },
          create("h2", {}, "Guess first"),
          create(
            "p",
            { class: "tally" },
            `You marked ${counted(claims, "claim", "claims")} and ${counted(unsure, "unsure word", "unsure words")}.`,
          ),
          create("p", {}, task),
        ),
        create(
          "div",
          { class: "pens", role: "group", "aria-label": "Pen" },
          ...KINDS.map((kind) => this.#penButton(kind, kind === pen)),
        ),
        create(
          "div",
          { class: "do" },
          create(
            "button",
            { type: "button", disabled: !guesses.length, onclick: onTakeBack },
            "Take back",
          ),
          create("button", { type: "button", class: "main", onclick: onReveal }, "Reveal"),
          this.#endButton(),
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
      this.say(announcement ?? hearsay.sentences(["Guess first", task]));
    }

    /**
     * @param {GuessKind} kind
     * @param {boolean} pressed
     */
    #penButton(kind, pressed) {
      const { name, key } = PENS[kind];
      return create(
        "button",
        {
          type: "button",
          class: "pen",
          "aria-pressed": String(pressed),
          onclick: () => this.#actions.onPen(kind),
        },
        create("span", { class: `look-${hearsay.guessLooks[kind]}` }, name),
        create("kbd", { class: "by-key", "aria-hidden": "true" }, key),
      );
    }

    #endButton() {
      return create(
        "button",
        { type: "button", onclick: this.#actions.onEnd },
        "End",
        create("kbd", { class: "by-key", "aria-hidden": "true" }, "Esc"),
      );
    }

    /** @param {Verdict[]} verdicts */
    result(verdicts) {
      const { found, extras } = hearsay.scoreWords(hearsay.scoreOf(verdicts));
      const { onLook, onRestart } = this.#actions;
      /**
       * @param {string} text
       * @param {Verdict[]} walked
       */
      const walk = (text, walked) =>
        walked.length > 0 &&
        create("button", { type: "button", onclick: () => onLook(walked) }, text);
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
          create("button", { type: "button", onclick: onRestart }, "Start again"),
          this.#endButton(),
        ),
      );
      this.#bar.querySelector(".do button")?.classList.add("main");
      this.say(hearsay.sentences([found, extras, BOTH_LINES]));
    }

    /**
     * The focus stays on the button that had it, as far as there is one in its place.
     * @param {Node[]} children
     */
    #fill(...children) {
      const index = this.#stops.indexOf(this.focused);
      this.#content.replaceChildren(...children);
      this.#bar.hidden = false;
      if (index >= 0) (this.#stops.at(index) ?? this.#stops[0]).focus({ preventScroll: true });
    }

    /** @returns {HTMLElement[]} */
    get #stops() {
      return [...this.#bar.querySelectorAll("button, [tabindex]")];
    }

    /** Where there are no keys it is not shown: then the pen that is in use. */
    focusReader() {
      const stop = this.#stops.at(-1);
      const pen = this.#bar.querySelector("[aria-pressed=true]");
      (stop?.checkVisibility() ? stop : pen).focus({ preventScroll: true });
    }

    focusFirst() {
      this.#stops[0].focus({ preventScroll: true });
    }

    /** @param {string} text */
    say(text) {
      this.#said.textContent = text;
    }

    remove() {
      this.#takeAway();
    }
  };
}
