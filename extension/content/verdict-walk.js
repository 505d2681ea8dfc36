/**
 * Walks what pupils found, what they missed, and what only they marked, one by one on the stage.
 *
 *   const walk = new hearsay.VerdictWalk(ui, verdicts, {painting, words, onEnd})
 *   walk.onKey(event)  walk.step(direction)  walk.remove()
 */
{
  globalThis.hearsay ??= {};

  /** @type {Record<Verdict["outcome"], string>} */
  const OUTCOMES = {
    found: "You found it",
    missed: "You missed it",
    extra: "Only you marked this",
  };

  const NEAR = "You marked what is unsure. The words with the wavy line below make it so.";
  const UNSHOWN = "Hearsay sees it too, but marks of this kind are switched off.";

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

  /** @param {Verdict} verdict */
  const spanOf = ({ outcome, target, guesses }) =>
    outcome === "extra" || !target ? guesses[0] : target.mark.span;

  hearsay.VerdictWalk = class {
    #verdicts;
    #painting;
    #words;
    #stage;
    #index = 0;

    /**
     * @param {any} ui  hearsay.Ui
     * @param {Verdict[]} verdicts  At least one, in any order
     * @param {{painting: any, words: any, onEnd: () => void}} options  hearsay.Painting and
     *   hearsay.Words
     */
    constructor(ui, verdicts, { painting, words, onEnd }) {
      /** @type {Map<string, number>} */
      const numbers = painting.numbers;
      this.#verdicts = verdicts.toSorted((a, b) => {
        const [one, other] = [spanOf(a), spanOf(b)];
        const blocks = (numbers.get(one.block) ?? 0) - (numbers.get(other.block) ?? 0);
        return blocks || one.start - other.start;
      });
      this.#painting = painting;
      this.#words = words;
      this.#stage = new hearsay.Stage(ui, words, {
        label: "Hearsay: your marks and its own",
        end: "Back",
        onStep: (/** @type {1 | -1} */ direction) => this.step(direction),
        onGo: (/** @type {"first" | "last"} */ place) => this.#show(place === "first" ? 0 : -1),
        onEnd,
      });
      this.#show(0);
    }

    /** @param {1 | -1} direction */
    step(direction) {
      this.#show(this.#index + direction);
    }

    /** @param {number} index  One past either end is the other end */
    #show(index) {
      const { length } = this.#verdicts;
      this.#index = (index + length) % length;
      this.#stage.show({
        ...this.#sceneOf(this.#verdicts[this.#index]),
        number: this.#index + 1,
        all: length,
      });
    }

    /** @param {Verdict} verdict */
    #sceneOf({ outcome, kind, target, near, unshown, guesses }) {
      const notes = [near && NEAR, unshown && UNSHOWN].filter(Boolean);
      const verdict = { outcome, name: OUTCOMES[outcome], note: notes.join(" ") };
      const drawn = guesses.map((guess) => ({ ...guess, look: hearsay.guessLooks[guess.kind] }));
      if (outcome === "extra") {
        const [guess] = guesses;
        const block = this.#painting.blocks[this.#painting.numbers.get(guess.block)];
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

    /** @param {KeyboardEvent} event */
    onKey(event) {
      return this.#stage.onKey(event);
    }

    remove() {
      this.#stage.remove();
      this.#painting.point([]);
    }
  };
}
