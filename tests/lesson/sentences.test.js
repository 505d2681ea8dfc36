import assert from "node:assert/strict";
import { test } from "node:test";
import "../../extension/content/sentences.js";

const { hearsay } = globalThis;

/** @param {string} text */
const sentences = (text) =>
  hearsay.sentencesIn(text).map(({ start, end }) => text.slice(start, end));

/**
 * @param {string} text
 * @param {...string} words  Of which the excerpt is asked for, the most important first
 */
const excerpt = (text, ...words) => {
  const spans = words.map((word) => {
    const start = text.indexOf(word);
    return { start, end: start + word.length };
  });
  const { start, end } = hearsay.excerptOf(text, spans);
  return text.slice(start, end);
};

test("sentences are cut without the spaces between them", () => {
  assert.deepEqual(sentences("It may rain. “No,” she said.  It snowed!"), [
    "It may rain.",
    "“No,” she said.",
    "It snowed!",
  ]);
  assert.deepEqual(sentences(""), []);
});

test("a title or a single letter with a full stop ends no sentence", () => {
  assert.deepEqual(sentences("Dr. Varga met J. Smith. They spoke."), [
    "Dr. Varga met J. Smith.",
    "They spoke.",
  ]);
});

test("an excerpt is the whole sentences that the spans are in", () => {
  const text = "First. The wall leaks, she said. Nobody knows. Last.";
  assert.equal(excerpt(text, "said"), "The wall leaks, she said.");
  assert.equal(excerpt(text, "said", "Nobody"), "The wall leaks, she said. Nobody knows.");
  assert.equal(excerpt(text, "Nobody", "First"), "First. The wall leaks, she said. Nobody knows.");
});

test("an excerpt grows from the first span only as far as a class can take it in", () => {
  const long = `Then ${"some word ".repeat(13)}came.`;
  const text = `“${long} ${long} ${long} That is all,” she said. Last.`;
  assert.equal(excerpt(text, "said", "“Then"), `${long} ${long} That is all,” she said.`);
});

test("one sentence longer than that is shown whole", () => {
  const text = `${"word ".repeat(100)}end.`;
  assert.equal(excerpt(text, "end"), text);
});

test("layers have no gaps, and name what covers them from the outside in", () => {
  const drawn = [
    { start: 0, end: 8, look: "content" },
    { start: 4, end: 20, look: "hedge" },
  ];
  assert.deepEqual(hearsay.layersOf({ start: 2, end: 10 }, drawn), [
    { start: 2, end: 4, looks: ["content"] },
    { start: 4, end: 8, looks: ["content", "hedge"] },
    { start: 8, end: 10, looks: ["hedge"] },
  ]);
  assert.deepEqual(hearsay.layersOf({ start: 0, end: 3 }, []), [{ start: 0, end: 3, looks: [] }]);
});
