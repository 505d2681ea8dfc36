import assert from "node:assert/strict";
import { test } from "node:test";
import "../../extension/content/marks.js";
import "../../extension/content/verdicts.js";

const { hearsay } = globalThis;

const TEXT = "The wall may leak, Varga said. Nobody saw it.";

/** @param {string} words */
const span = (words) => {
  const start = TEXT.indexOf(words);
  return { block: "b1", start, end: start + words.length, text: words };
};

const ANALYSIS = {
  attributions: [
    {
      id: "a1",
      cue: span("said"),
      source: span("Varga"),
      content: [span("The wall may leak")],
      source_kind: "named",
      speaker: null,
      stance: "neutral",
      attitude: "statement",
      quote: "indirect",
      negated: false,
    },
  ],
  hedges: [{ id: "h1", cue: span("may"), kind: "modal", scope: [span("leak")], attribution: "a1" }],
  warnings: [],
};

const targets = () => hearsay.targetsOf(hearsay.marksOf(ANALYSIS, {}));

/**
 * @param {"claim" | "unsure"} kind
 * @param {string} words
 */
const guess = (kind, words) => ({ kind, ...span(words) });

/** @param {...any} guesses */
const outcomes = (...guesses) =>
  hearsay.judge(targets(), guesses).map(({ kind, outcome }) => `${kind} ${outcome}`);

test("an attribution and a hedge are one target each, with all their words", () => {
  const [claim, unsure] = targets();
  assert.equal(claim.mark.part, "cue");
  assert.deepEqual(claim.spans.map(({ text }) => text).sort(), [
    "The wall may leak",
    "Varga",
    "said",
  ]);
  assert.equal(unsure.mark.part, "hedge");
  assert.deepEqual(
    unsure.spans.map(({ text }) => text),
    ["may", "leak"],
  );
});

test("a claim is found by any of its parts", () => {
  for (const words of ["said", "Varga", "wall", "The wall may leak, Varga said."]) {
    assert.deepEqual(outcomes(guess("claim", words)), ["claim found", "unsure missed"], words);
  }
});

test("unsure words are found by themselves or by what they make unsure", () => {
  const [, exact] = hearsay.judge(targets(), [guess("unsure", "may")]);
  assert.deepEqual([exact.outcome, exact.near], ["found", false]);
  const [, near] = hearsay.judge(targets(), [guess("unsure", "leak")]);
  assert.deepEqual([near.outcome, near.near], ["found", true]);
});

test("what finds nothing of its kind is the pupil's alone, with what else stands there", () => {
  assert.deepEqual(outcomes(guess("unsure", "said")), [
    "claim missed",
    "unsure missed",
    "unsure extra",
  ]);
  const [, , other] = hearsay.judge(targets(), [guess("unsure", "said")]);
  assert.equal(other.target.kind, "claim");
  const [, , alone] = hearsay.judge(targets(), [guess("claim", "Nobody saw it")]);
  assert.equal(alone.target, null);
});

test("a guess in another block finds nothing", () => {
  const elsewhere = { ...guess("claim", "said"), block: "b2" };
  assert.deepEqual(outcomes(elsewhere), ["claim missed", "unsure missed", "claim extra"]);
});

test("guesses that find the same count once", () => {
  const verdicts = hearsay.judge(targets(), [guess("claim", "said"), guess("claim", "Varga")]);
  assert.deepEqual(hearsay.scoreOf(verdicts), {
    claim: { found: 1, all: 1 },
    unsure: { found: 0, all: 1 },
    unshown: 0,
    extras: 0,
  });
});

test("the score in words tells what the pupils found, and never rates the article", () => {
  const none = { found: 0, all: 0 };
  assert.deepEqual(
    hearsay.scoreWords({
      claim: { found: 7, all: 12 },
      unsure: { found: 1, all: 1 },
      unshown: 0,
      extras: 2,
    }),
    {
      found: "You found 7 of 12 claims and 1 of 1 unsure word.",
      extras: "2 marks are yours alone.",
    },
  );
  assert.deepEqual(
    hearsay.scoreWords({ claim: none, unsure: { found: 0, all: 3 }, unshown: 0, extras: 1 }),
    {
      found: "You found 0 of 3 unsure words.",
      extras: "1 mark is yours alone.",
    },
  );
  assert.deepEqual(hearsay.scoreWords({ claim: none, unsure: none, unshown: 0, extras: 0 }), {
    found: "Hearsay marks nothing here.",
    extras: "",
  });
});

test("what is switched off is never missed, but found where nothing else is", () => {
  const [claim, unsure] = targets();
  /** @param {...any} guesses */
  const judged = (...guesses) =>
    hearsay
      .judge([claim], guesses, [unsure])
      .map(({ kind, outcome, unshown }) => [kind, outcome, unshown].join());
  assert.deepEqual(judged(), ["claim,missed,false"]);
  assert.deepEqual(judged(guess("unsure", "may")), ["claim,missed,false", "unsure,found,true"]);
  assert.deepEqual(judged(guess("claim", "may")), ["claim,found,false"]);
  assert.deepEqual(judged(guess("unsure", "Nobody")), ["claim,missed,false", "unsure,extra,false"]);
});

test("what is switched off counts apart from what the page shows", () => {
  const [claim, unsure] = targets();
  const score = hearsay.scoreOf(hearsay.judge([claim], [guess("unsure", "may")], [unsure]));
  assert.deepEqual(score, {
    claim: { found: 0, all: 1 },
    unsure: { found: 0, all: 0 },
    unshown: 1,
    extras: 0,
  });
  assert.deepEqual(hearsay.scoreWords(score), {
    found: "You found 0 of 1 claim, and 1 more of a kind that is not shown.",
    extras: "",
  });
});
