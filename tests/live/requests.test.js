import assert from "node:assert/strict";
import { test } from "node:test";
import "../../extension/content/requests.js";

const { requestsOf } = globalThis.hearsay;

/**
 * @param {number} count
 * @param {number} length  Of each
 */
const paragraphs = (count, length) =>
  Array.from({ length: count }, (_, index) => ({
    id: `b${index + 1}`,
    text: "x".repeat(length),
    kind: index % 10 === 9 ? "heading" : "paragraph",
  }));

const unread = () => false;

test("an article of usual length is one request", () => {
  const blocks = paragraphs(90, 300);
  assert.deepEqual(requestsOf(blocks, unread), [blocks]);
});

test("a long one is cut into large parts, before headings, with each block once", () => {
  const blocks = paragraphs(200, 300);
  const parts = requestsOf(blocks, unread);
  assert.deepEqual(parts.flat(), blocks);
  assert.ok(parts.length > 3);
  for (const part of parts.slice(1)) assert.equal(part[0].kind, "heading");
  for (const part of parts.slice(0, -1)) assert.ok(part.length * 300 >= 10_000);
});

test("without headings it is cut all the same, and no part is a crumb", () => {
  const blocks = paragraphs(130, 300).map((block) => ({ ...block, kind: "paragraph" }));
  const sizes = requestsOf(blocks, unread).map((part) => part.length * 300);
  assert.ok(sizes.length > 1);
  for (const size of sizes) assert.ok(size >= 3_000 && size <= 17_000, `${sizes}`);
});

test("what is read is not asked again, and the cuts stay where they are", () => {
  const blocks = paragraphs(200, 300);
  const [first, second, ...others] = requestsOf(blocks, unread);
  const read = new Set([...first, second[3]].map(({ id }) => id));
  const rest = requestsOf(blocks, ({ id }) => read.has(id));
  assert.deepEqual(rest, [second.filter((block) => block !== second[3]), ...others]);
  assert.deepEqual(
    requestsOf(blocks, () => true),
    [],
  );
});

test("one block may be longer than a part", () => {
  const blocks = paragraphs(3, 40_000);
  assert.deepEqual(
    requestsOf(blocks, unread).map((part) => part.length),
    [1, 1, 1],
  );
});
