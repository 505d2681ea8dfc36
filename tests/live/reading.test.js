import assert from "node:assert/strict";
import { test } from "node:test";
import "../../extension/content/reading.js";

const { Reading } = globalThis.hearsay;

const LABELS = { families: [] };

/** @param {string[]} texts */
const page = (...texts) => texts.map((text) => ({ id: "", text, kind: "paragraph", pieces: [] }));

/** @param {number} number  The block's, from 1 @param {number} [start] */
const span = (number, start = 0) => ({ block: `b${number}`, start, end: start + 1, text: "x" });

/**
 * An attribution, as the API gives it, whose parts are in these blocks of the request.
 * @param {string} id
 * @param {number[]} numbers
 */
const claim = (id, ...numbers) => ({
  id,
  cue: null,
  source: null,
  content: numbers.map((one) => span(one)),
});

/**
 * @param {object[]} attributions
 * @param {object[]} [hedges]
 */
const answer = (attributions, hedges = []) => ({
  analysis: { attributions, hedges, warnings: [] },
  labels: LABELS,
});

/** @param {any} reading */
const unread = (reading) => reading.unread.map((/** @type {any} */ { text }) => text);

/** Each claim as its id and the texts of its blocks. @param {any} reading */
const claims = (reading) => {
  const texts = new Map(reading.blocks.map((/** @type {any} */ { id, text }) => [id, text]));
  return reading.attributions.map((/** @type {any} */ { id, content }) => [
    id,
    ...content.map((/** @type {any} */ { block }) => texts.get(block)),
  ]);
};

test("blocks keep their ids wherever the page puts them", () => {
  const reading = new Reading();
  reading.renew(page("one", "two", "three"));
  const before = reading.blocks.map((/** @type {any} */ { id }) => id);
  reading.renew(page("new", "three", "two", "one"));
  const [one, two, three] = before;
  const after = reading.blocks.map((/** @type {any} */ { id }) => id);
  assert.deepEqual(after.slice(1), [three, two, one]);
  assert.ok(!before.includes(after[0]));
});

test("answers are merged in the order of the text, with ids of their own", () => {
  const reading = new Reading();
  reading.renew(page("one", "two", "three"));
  const [one, two, three] = reading.blocks;
  const hedge = { id: "h1", cue: span(1), scope: [], attribution: "a1" };
  reading.add([three], answer([claim("a1", 1)], [hedge]));
  assert.deepEqual(unread(reading), ["one", "two"]);
  reading.add([one, two], answer([claim("a1", 2), claim("a2", 1)], [hedge]));
  assert.deepEqual(unread(reading), []);
  assert.deepEqual(claims(reading), [
    ["a3", "one"],
    ["a2", "two"],
    ["a1", "three"],
  ]);
  const within = reading.hedges.map((/** @type {any} */ { id, attribution }) => [id, attribution]);
  assert.deepEqual(within, [
    ["h2", "a2"],
    ["h1", "a1"],
  ]);
});

test("what is gone is forgotten, and what reached into it is read again", () => {
  const reading = new Reading();
  reading.renew(page("one", "two", "three", "four"));
  reading.add(reading.blocks, answer([claim("a1", 1, 2), claim("a2", 3), claim("a3", 2)]));
  reading.renew(page("one", "changed", "three", "four"));
  assert.deepEqual(claims(reading), [["a2", "three"]]);
  assert.deepEqual(unread(reading), ["one", "changed"]);
});

test("an answer about blocks that went while it came is taken for the rest", () => {
  const reading = new Reading();
  reading.renew(page("one", "two", "three"));
  const sent = reading.blocks;
  reading.renew(page("one", "three"));
  reading.add(sent, answer([claim("a1", 1), claim("a2", 2), claim("a3", 3)]));
  assert.deepEqual(claims(reading), [
    ["a1", "one"],
    ["a3", "three"],
  ]);
  assert.deepEqual(unread(reading), []);
});

test("another article begins anew, even with a line in common", () => {
  const line = "All rights reserved.";
  const reading = new Reading();
  reading.renew(page("x".repeat(500), line));
  reading.add(reading.blocks, answer([claim("a1", 1), claim("a2", 2)]));
  assert.equal(reading.renew(page("y".repeat(500), line)), true);
  assert.deepEqual(claims(reading), []);
  assert.deepEqual(unread(reading), ["y".repeat(500), line]);
  assert.equal(reading.blocks[0].id, "b1");
});

test("an article that grows much is the same one", () => {
  const reading = new Reading();
  reading.renew(page("one"));
  reading.add(reading.blocks, answer([claim("a1", 1)]));
  assert.equal(reading.renew(page("one", "x".repeat(5000))), false);
  assert.deepEqual(claims(reading), [["a1", "one"]]);
});

test("a span in a block that nobody knows is left as it is", () => {
  const reading = new Reading();
  reading.renew(page("one"));
  reading.add(reading.blocks, answer([claim("a1", 7)]));
  assert.equal(reading.attributions[0].content[0].block, "b7");
  assert.deepEqual(unread(reading), []);
});
