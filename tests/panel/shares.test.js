import assert from "node:assert/strict";
import { test } from "node:test";
import { percentages, percentOf, sharesOf } from "../../extension/panel/shares.js";
import { Words } from "../../extension/panel/text.js";
import { article } from "./article.js";

/** @param {ReturnType<typeof article>} given */
const words = ({ blocks, analysis }) =>
  Object.fromEntries(
    sharesOf(new Words(blocks), analysis.attributions).map(({ owner, words }) => [owner, words]),
  );

test("words are what has a letter or a digit", () => {
  /** @param {string} text */
  const count = (text) => new Words([{ id: "b1", text }]).total;
  assert.equal(count("Don’t worry: the well-known U.S. firm paid 10,000 dollars."), 9);
  assert.equal(count("The wall—old—leaks … – ! 50% of it"), 7);
  assert.equal(count("any\u00adone"), 1);
  assert.equal(count(""), 0);
});

test("a span takes in each word that it has a character of", () => {
  const { blocks, span } = article("One two.", "“Three four,” five");
  const all = new Words(blocks);
  assert.deepEqual(all.within(span("two")), [1, 2]);
  assert.deepEqual(all.within(span("“Three four,”")), [2, 4]);
  assert.deepEqual(all.within(span("hree fo")), [2, 4]);
  assert.deepEqual(all.within(span(",”")), [4, 4]);
});

test("every word belongs to one: the shares are the whole article", () => {
  const shares = words(
    article("Varga said the wall leaks.", "An official said it holds. Experts disagree.")
      .claim("Varga", "said", ["the wall leaks"])
      .claim("An official", "said", ["it holds"], { source_kind: "described" })
      .claim("Experts", "disagree", [], { source_kind: "vague" }),
  );
  assert.deepEqual(shares, { named: 3, described: 2, nobody: 0, writer: 7 });
});

test("words that several answer for count for the one that can be asked best", () => {
  const shares = words(
    article("Varga said that critics say the dam is said to leak.")
      .claim("critics", "say", ["the dam is said to leak"], { source_kind: "vague" })
      .claim("Varga", "said", ["critics say the dam is said to"])
      .claim(null, "is said", ["the dam", "to leak"]),
  );
  assert.deepEqual(shares, { named: 7, described: 0, nobody: 1, writer: 3 });
});

test("percentages are whole and sum to 100", () => {
  assert.deepEqual(percentages([1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(percentages([0, 0, 0]), [0, 0, 0]);
  assert.deepEqual(percentages([1, 499, 500]), [0, 50, 50]);
});

test("a few words are not nothing", () => {
  assert.equal(percentOf({ owner: "nobody", words: 1, percent: 0 }), "under 1%");
  assert.equal(percentOf({ owner: "nobody", words: 0, percent: 0 }), "0%");
  assert.equal(percentOf({ owner: "nobody", words: 31, percent: 31 }), "31%");
});
