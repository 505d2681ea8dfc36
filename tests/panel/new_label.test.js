/** A family of labels that the API adds is shown, switched off and exported without a change here. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** What the reader has chosen: the label "radio" of the new family is off. */
globalThis.browser = {
  storage: { local: { get: async () => ({ hidden: { medium: ["radio"] } }) } },
};
await import("../../extension/content/settings.js");
await import("../../extension/content/marks.js");
await import("../../extension/content/words.js");
const { annotationsOf, csvOf } = await import("../../extension/panel/export.js");
const { filtersOf } = await import("../../extension/panel/filters.js");
const { article } = await import("./article.js");

const { marksOf, settings, Words } = globalThis.hearsay;

const known = JSON.parse(
  readFileSync(new URL("../../backend/labels.json", import.meta.url), "utf-8"),
);

/** @param {string} value @param {string} name @param {boolean} [usual] */
const label = (value, name, usual) => ({ value, name, usual, definition: "", why: "", marks: [] });

const labels = {
  families: [
    ...known.families,
    {
      id: "medium",
      name: "Where it was said",
      labels: [label("press", "To the press", true), label("radio", "On the radio")],
    },
    {
      id: "strength",
      name: "How strongly",
      labels: [label("weak", "A little"), label("strong", "A lot")],
    },
  ],
};

const given = article("Ilse said it may rain. Ada said it might snow.")
  .claim("Ilse", "said", ["it may rain"], { medium: "press" })
  .claim("Ada", "said", ["it might snow"], { medium: "radio" })
  .hedge("may", "modal", [], "a1")
  .hedge("might", "modal", [], "a2");
const { blocks, analysis } = given;
const [ilse, ada] = analysis.attributions;
const [may, might] = analysis.hedges.map((hedge, i) => ({
  ...hedge,
  strength: ["weak", "strong"][i],
}));
analysis.hedges.splice(0, 2, may, might);

test("its marks can be switched off, and that is remembered", async () => {
  const { hidden } = await settings.read();
  assert.deepEqual(hidden, { ...settings.defaults.hidden, medium: ["radio"] });
  const shown = marksOf(analysis, hidden);
  assert.ok(shown.some(({ attribution }) => attribution === ilse));
  assert.ok(!shown.some(({ attribution }) => attribution === ada));
  const weak = marksOf(analysis, { strength: ["strong"] });
  assert.deepEqual(
    weak.filter(({ part }) => part === "hedge").map(({ hedge }) => hedge),
    [may],
  );
});

test("it has its switches, with counts", () => {
  const [medium, strength] = filtersOf(labels, { medium: ["radio"] }, analysis).slice(-2);
  /** @param {typeof medium} family */
  const told = ({ filters }) => filters.map(({ name, shown, count }) => [name, shown, count]);
  assert.deepEqual(told(medium), [
    ["To the press", true, 1],
    ["On the radio", false, 1],
  ]);
  assert.deepEqual(told(strength), [
    ["A little", true, 1],
    ["A lot", true, 1],
  ]);
});

test("the card tells what is unusual of it", () => {
  const words = new Words(labels);
  const facts = marksOf(analysis, {})
    .filter(({ part }) => ["source", "hedge"].includes(part))
    .map((mark) => words.sections([mark])[0].facts);
  assert.deepEqual(
    facts.map((names) => names.filter((name) => !["Retold"].includes(name))),
    [[], ["On the radio"], ["A little"], ["A lot"]],
  );
});

test("the table and the annotations have it", () => {
  const reading = { url: "https://news.example/", title: "Rain", blocks, analysis, labels };
  const exported = {
    reading: { ...reading, state: "done", progress: { done: 1, all: 1 }, problem: null },
    claims: analysis.attributions,
    hedges: analysis.hedges,
    nameOf: () => "",
  };
  const [head, first] = csvOf(exported).split("\r\n");
  assert.match(head, /"Where it was said","How strongly"/);
  assert.match(first, /"To the press",""/);
  const made = { version: "1", at: new Date(0), newId: () => "0" };
  const tags = annotationsOf(exported, made).first.items.map(({ body }) =>
    body.map(({ value }) => value).filter((value) => /^(Where|How strongly)/.test(value)),
  );
  assert.deepEqual(tags, [
    ["Where it was said: To the press"],
    ["How strongly: A little"],
    ["Where it was said: On the radio"],
    ["How strongly: A lot"],
  ]);
});
