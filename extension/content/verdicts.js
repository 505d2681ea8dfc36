/**
 * What pupils marked, held against what Hearsay marks, as values: no DOM here.
 *
 *   hearsay.targetsOf(marks)             -> Target[]   what there is to find
 *   hearsay.judge(targets, guesses, unshown)  -> Verdict[]  found, missed, and only the pupils'
 *   hearsay.scoreOf(verdicts)            -> Score
 *   hearsay.scoreWords(score)            "You found 7 of 12 claims …": of the pupils' marks, never
 *                                        of the article
 *
 * A guess is meant generously, for an exercise is about seeing that there is something, not about
 * where exactly it begins. A claim is found by a guess that shares a letter with any of its parts:
 * source, signal words or what is claimed. Unsure words are found by a guess that shares a letter
 * with them or with the words that they make unsure. One guess may find several, and several
 * guesses one. What finds nothing of its own kind is an extra; whether something of the other kind
 * stands there is told with it. Marks that a reader has switched off are not missed, but a guess that
 * finds nothing else may find one of them.
 */

/**
 * @typedef {"claim" | "unsure"} GuessKind
 *
 * @typedef {object} Guess
 * @property {GuessKind} kind
 * @property {string} block  Its id
 * @property {number} start  UTF-16 offset in the block's text
 * @property {number} end
 *
 * @typedef {object} Target
 * @property {GuessKind} kind
 * @property {Mark} mark  Where one goes to see it: the signal words, where there are any
 * @property {Mark[]} marks  All of it
 * @property {{block: string, start: number, end: number}[]} spans  A guess on any of them finds it
 *
 * @typedef {object} Verdict
 * @property {"found" | "missed" | "extra"} outcome
 * @property {GuessKind} kind
 * @property {Target | null} target  Of an extra: what of the other kind stands there
 * @property {Guess[]} guesses  None for what was missed, one for an extra
 * @property {boolean} near  Found, but by no guess on the very words that make something unsure
 * @property {boolean} unshown  Found, but the page does not show its mark
 *
 * @typedef {Record<GuessKind, {found: number, all: number}> & {unshown: number, extras: number}} Score
 *   `found` and `all`: of what the page shows
 */

{
  globalThis.hearsay ??= {};

  /** @type {Record<Mark["part"], number>} Where one goes to see an attribution, best first. */
  const PLACES = { cue: 0, source: 1, content: 2, hedge: 0 };

  /**
   * @param {Mark[]} marks
   * @returns {Target[]}
   */
  hearsay.targetsOf = (marks) => {
    /** @type {Map<object, Target>} */
    const targets = new Map();
    for (const mark of marks) {
      const owner = hearsay.ownerOf(mark);
      const spans = mark.part === "hedge" ? [mark.span, ...mark.hedge.scope] : [mark.span];
      const target = targets.get(owner);
      if (!target) {
        const kind = mark.part === "hedge" ? "unsure" : "claim";
        targets.set(owner, { kind, mark, marks: [mark], spans });
      } else {
        target.marks.push(mark);
        target.spans.push(...spans);
        if (PLACES[mark.part] < PLACES[target.mark.part]) target.mark = mark;
      }
    }
    return [...targets.values()];
  };

  /**
   * @param {Guess} guess
   * @param {Target["spans"][number]} span
   */
  const overlaps = (guess, { block, start, end }) =>
    block === guess.block && guess.start < end && start < guess.end;

  /**
   * @param {Guess} guess
   * @param {Target} target
   */
  const touches = (guess, target) => target.spans.some((span) => overlaps(guess, span));

  /**
   * @param {Target} target
   * @param {Guess[]} guesses
   * @param {boolean} unshown
   * @returns {Verdict}
   */
  const verdictOn = (target, guesses, unshown) => {
    const { kind } = target;
    const hits = guesses.filter((guess) => guess.kind === kind && touches(guess, target));
    const onWords = hits.some((guess) => overlaps(guess, target.mark.span));
    const near = kind === "unsure" && hits.length > 0 && !onWords;
    return {
      outcome: hits.length ? "found" : "missed",
      kind,
      target,
      guesses: hits,
      near,
      unshown,
    };
  };

  /**
   * @param {Target[]} targets
   * @param {Guess[]} guesses
   * @param {Target[]} [unshown]  What the page does not show
   * @returns {Verdict[]}  Of the targets in their order, then of the unshown, then of the extras
   */
  hearsay.judge = (targets, guesses, unshown = []) => {
    const verdicts = targets.map((target) => verdictOn(target, guesses, false));
    /** @type {Guess[]} */
    const found = verdicts.flatMap((verdict) => verdict.guesses);
    const others = guesses.filter((guess) => !found.includes(guess));
    const besides = unshown
      .map((target) => verdictOn(target, others, true))
      .filter(({ outcome }) => outcome === "found");
    const alone = others.filter(
      (guess) => !besides.some(({ guesses: hits }) => hits.includes(guess)),
    );
    /** @type {Verdict[]} */
    const extras = alone.map((guess) => ({
      outcome: "extra",
      kind: guess.kind,
      target: targets.find((other) => touches(guess, other)) ?? null,
      guesses: [guess],
      near: false,
      unshown: false,
    }));
    return [...verdicts, ...besides, ...extras];
  };

  /**
   * @param {Verdict[]} verdicts
   * @returns {Score}
   */
  hearsay.scoreOf = (verdicts) => {
    /** @param {GuessKind} kind */
    const count = (kind) => {
      const there = verdicts.filter(
        (verdict) => verdict.kind === kind && verdict.outcome !== "extra" && !verdict.unshown,
      );
      const found = there.filter(({ outcome }) => outcome === "found").length;
      return { found, all: there.length };
    };
    const extras = verdicts.filter(({ outcome }) => outcome === "extra").length;
    const unshown = verdicts.filter((verdict) => verdict.unshown).length;
    return { claim: count("claim"), unsure: count("unsure"), unshown, extras };
  };

  /**
   * @param {Score} score
   * @returns {{found: string, extras: string}}  `extras` is empty where there are none
   */
  hearsay.scoreWords = ({ claim, unsure, unshown, extras }) => {
    const parts = [];
    if (claim.all)
      parts.push(`${claim.found} of ${claim.all} ${claim.all === 1 ? "claim" : "claims"}`);
    if (unsure.all) {
      parts.push(`${unsure.found} of ${unsure.all} unsure ${unsure.all === 1 ? "word" : "words"}`);
    }
    const more = unshown ? `, and ${unshown} more of a kind that is not shown` : "";
    return {
      found: parts.length
        ? `You found ${parts.join(" and ")}${more}.`
        : "Hearsay marks nothing here.",
      extras: extras ? `${extras} ${extras === 1 ? "mark is" : "marks are"} yours alone.` : "",
    };
  };
}
