import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "../../extension/content/marks.js";
import { annotationsOf, csvOf, fileName } from "../../extension/panel/export.js";
import { article } from "./article.js";

const labels = JSON.parse(
  readFileSync(new URL("../../backend/labels.json", import.meta.url), "utf-8"),
);

/** @param {ReturnType<typeof article>} given */
const exported = ({ blocks, analysis }, title = "The dam") => ({
  reading: {
    url: "https://news.example/dam?a=1",
    title,
    state: "done",
    progress: { done: 1, all: 1 },
    problem: null,
    blocks,
    analysis,
    labels,
    warnings: [],
  },
  claims: analysis.attributions,
  hedges: analysis.hedges,
  nameOf: ({ speaker, source }) => speaker ?? source?.text ?? "No source given",
});

const dam = () =>
  article("The dam 🌊", "“It may leak,” Ilse said, “soon.” The wall is said to be old.")
    .claim("Ilse", "said", ["“It may leak,”", "“soon.”"], { quote: "direct" })
    .claim(null, "is said", ["The wall", "to be old"])
    .hedge("may", "modal", ["It", "leak"], "a1")
    .hedge("is said to", "hearsay");

/** Reads CSV by RFC 4180. @param {string} text */
const parse = (text) => {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") rows.push([]);
  }
  rows.pop();
  const [head, ...body] = rows;
  return body.map((row) => Object.fromEntries(row.map((value, i) => [head[i], value])));
};

test("the table has a row for each claim and each unsure word, in the order of the text", () => {
  const rows = parse(csvOf(exported(dam())));
  assert.deepEqual(
    rows.map((row) => [row.Mark, row.Text, row.Whose, row.Block, row["From character"]]),
    [
      ["Claim", "“It may leak,” … “soon.”", "Ilse", "2", "11"],
      ["Unsure words", "may", "Ilse", "2", "15"],
      ["Claim", "The wall … to be old", "No source given", "2", "45"],
      ["Unsure words", "is said to", "The writer", "2", "54"],
    ],
  );
  assert.equal(rows[0]["Whose words"], "Word for word");
  assert.equal(rows[0]["Kind of source"], "Named source");
  assert.equal(rows.find(({ Text }) => Text === "may")["How sure"], "Maybe");
  assert.equal(rows.find(({ Text }) => Text === "may")["What is unsure"], "It … leak");
});

test("every family of labels of claims has a column", () => {
  const [row] = parse(csvOf(exported(dam())));
  const families = labels.families.filter(({ id }) => id !== "attribution");
  for (const { name } of families) assert.ok(name in row, name);
});

test("what stands in the table is text, whatever it holds", () => {
  for (const text of ['say "no", they', "two\nlines", "a,b", "naïve, “yes” 🌊"]) {
    const [row] = parse(csvOf(exported(article(text).hedge(text, "modal"))));
    assert.equal(row.Text, text);
  }
});

test("nothing in the table is a formula", () => {
  for (const text of [
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "＝1",
  ]) {
    const rows = parse(csvOf(exported(article(`x ${text}`).hedge(text, "modal"), text)));
    assert.equal(rows[0].Text, `'${text}`);
    assert.equal(rows[0].Page, `'${text}`);
  }
  const [row] = parse(csvOf(exported(article("half-built").hedge("half-built", "modal"))));
  assert.equal(row.Text, "half-built");
});

const made = () => {
  let ids = 0;
  return { version: "9.8", at: new Date("2026-11-23T08:00:00Z"), newId: () => `id-${++ids}` };
};

test("annotations are a collection as the W3C model has it", () => {
  const collection = annotationsOf(exported(dam()), made());
  assert.equal(collection["@context"], "http://www.w3.org/ns/anno.jsonld");
  assert.equal(collection.type, "AnnotationCollection");
  assert.equal(collection.total, 4);
  const { first } = collection;
  assert.equal(first.type, "AnnotationPage");
  assert.equal(first.partOf, collection.id);
  assert.equal(first.items.length, 4);
  const ids = [collection.id, first.id, ...first.items.map(({ id }) => id)];
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^urn:uuid:/);
  for (const { type, motivation, generated, generator, body, target } of first.items) {
    assert.equal(type, "Annotation");
    assert.equal(motivation, "describing");
    assert.equal(generated, "2026-11-23T08:00:00.000Z");
    assert.deepEqual(generator, { type: "Software", name: "Hearsay 9.8" });
    for (const one of body) {
      assert.deepEqual(Object.keys(one), ["type", "purpose", "value", "format", "language"]);
      assert.equal(one.type, "TextualBody");
      assert.ok(["tagging", "describing"].includes(one.purpose));
      assert.ok(one.value);
    }
    for (const one of [target].flat()) {
      assert.equal(one.type, "SpecificResource");
      assert.equal(one.source, "https://news.example/dam?a=1");
      const [quote, position, ...more] = one.selector;
      assert.deepEqual(Object.keys(quote), ["type", "exact", "prefix", "suffix"]);
      assert.equal(quote.type, "TextQuoteSelector");
      assert.deepEqual(Object.keys(position), ["type", "start", "end"]);
      assert.equal(position.type, "TextPositionSelector");
      assert.deepEqual(more, []);
    }
  }
});

test("both selectors of an annotation lead to its words", () => {
  const given = dam();
  const text = given.blocks.map((block) => block.text).join("\n\n");
  const { items } = annotationsOf(exported(given), made()).first;
  const selected = items
    .flatMap(({ target }) => target)
    .map(({ selector: [quote, { start, end }] }) => {
      assert.equal([...text].slice(start, end).join(""), quote.exact);
      assert.equal(text.split(quote.prefix + quote.exact + quote.suffix).length, 2);
      return quote.exact;
    });
  assert.deepEqual(selected, [
    "“It may leak,”",
    "“soon.”",
    "may",
    "The wall",
    "to be old",
    "is said to",
  ]);
});

test("what surrounds a quote is cut between characters", () => {
  const text = `x🌊${"y".repeat(31)}HERE${"z".repeat(31)}🌊x`;
  const { items } = annotationsOf(exported(article(text).hedge("HERE", "modal")), made()).first;
  const { prefix, suffix } = items[0].target.selector[0];
  assert.equal(prefix, "y".repeat(31));
  assert.equal(suffix, "z".repeat(31));
});

test("an annotation tells in words what the label, the source and the signal words are", () => {
  const { items } = annotationsOf(exported(dam()), made()).first;
  const values = items.map(({ body }) => body.map(({ value }) => value));
  assert.ok(values[0].includes("Kind of source: Named source"));
  assert.ok(values[0].includes("Who says it: Ilse. In the text: “Ilse”. Signal words: “said”."));
  const may = values.find((bodies) => bodies.includes("How sure: Maybe"));
  assert.ok(may?.includes("Whose: Ilse. What is unsure: “It … leak”."));
});

test("a file is called after the page", () => {
  assert.equal(fileName("The dam: “safe”?", "csv"), "hearsay-the-dam-safe.csv");
  assert.equal(fileName("…", "jsonld"), "hearsay.jsonld");
  assert.ok(fileName("very long ".repeat(30), "csv").length < 70);
});
