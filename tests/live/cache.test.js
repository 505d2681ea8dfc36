import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {Map<string, unknown>} */
let kept = new Map();

/** As browsers have it: every value is a copy. */
const session = {
  /** @param {string} key */
  get: async (key) => (kept.has(key) ? { [key]: structuredClone(kept.get(key)) } : {}),
  /** @param {Record<string, unknown>} items */
  set: async (items) => {
    for (const [key, value] of Object.entries(items)) kept.set(key, structuredClone(value));
  },
  /** @param {string[]} keys */
  remove: async (keys) => {
    for (const key of keys) kept.delete(key);
  },
};
Object.assign(globalThis, { chrome: { storage: { session } } });

const { keyOf, recall, remember } = await import("../../extension/cache.js");

const MEGABYTE = "x".repeat(1_000_000);

beforeEach(() => {
  kept = new Map();
});

test("a key is that of the server and of every block", async () => {
  const blocks = [
    { id: "b1", text: "One." },
    { id: "b2", text: "Two." },
  ];
  const key = await keyOf("http://127.0.0.1:8484", "1", blocks);
  assert.equal(key, await keyOf("http://127.0.0.1:8484", "1", structuredClone(blocks)));
  const others = [
    await keyOf("http://127.0.0.1:8585", "1", blocks),
    await keyOf("http://127.0.0.1:8484", "1", blocks.slice(1)),
    await keyOf("http://127.0.0.1:8484", "1", [{ id: "b1", text: "One.Two." }]),
  ];
  assert.equal(new Set([key, ...others]).size, 4);
});

test("what is remembered is recalled", async () => {
  await remember("a", { found: 1 });
  await remember("a", { found: 2 });
  assert.deepEqual(await recall("a"), { found: 2 });
  assert.equal(await recall("b"), undefined);
});

test("what was used least recently is forgotten first", async () => {
  for (const key of ["a", "b", "c", "d"]) await remember(key, MEGABYTE);
  assert.ok(await recall("a"));
  await remember("e", MEGABYTE);
  const left = await Promise.all(["a", "b", "c", "d", "e"].map((key) => recall(key)));
  assert.deepEqual(left.map(Boolean), [true, false, true, true, true]);
});

test("what is too large is not remembered, and takes up no room", async () => {
  await remember("a", MEGABYTE);
  await remember("huge", MEGABYTE.repeat(6));
  assert.equal(await recall("huge"), undefined);
  await remember("b", MEGABYTE);
  assert.ok(await recall("b"));
});

test("several at once do not lose each other", async () => {
  await Promise.all(["a", "b", "c"].map((key) => remember(key, key)));
  await Promise.all(["a", "b", "c", "d", "e"].map((key) => remember(key, MEGABYTE)));
  const left = await Promise.all(["a", "b", "c", "d", "e"].map((key) => recall(key)));
  assert.deepEqual(left.map(Boolean), [false, true, true, true, true]);
});
