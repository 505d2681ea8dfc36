import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "../../extension/content/marks.js";
import { filtersOf, withFilter } from "../../extension/panel/filters.js";
import { hedgeGroupsOf } from "../../extension/panel/hedges.js";
import { around } from "../../extension/panel/text.js";
import { article } from "./article.js";

const labels = JSON.parse(
  readFileSync(new URL("../../backend/labels.json", import.meta.url), "utf-8"),
);

const given = () =>
  article("It may rain. Varga said it might snow and probably hail. It could thaw.")
    .claim("Varga", "said", ["it might snow and probably hail"], { attitude: "intention" })
    .hedge("may", "modal")
    .hedge("might", "modal", [], "a1")
    .hedge("probably", "likelihood", [], "a1")
    .hedge("could", "modal");

test("the writer's own unsure words stand apart from the speakers', by kind", () => {
  const { attributions, hedges } = given().analysis;
  const { writer, speakers } = hedgeGroupsOf(
    hedges,
    ["likelihood", "modal"],
    (hedge) => globalThis.hearsay.holderOf(hedge, attributions) !== null,
  );
  /** @param {typeof writer} groups */
  const told = (groups) => groups.map(({ kind, hedges }) => [kind, hedges.map(({ id }) => id)]);
  assert.deepEqual(told(writer), [["modal", ["h1", "h4"]]]);
  assert.deepEqual(told(speakers), [
    ["likelihood", ["h3"]],
    ["modal", ["h2"]],
  ]);
});

test("whoever's cue the unsure words are holds back, or else whose claim they stand in", () => {
  const { attributions, hedges } = article("Okafor said witnesses believed it may rain. It might.")
    .claim("Okafor", "said", ["witnesses believed it may rain"])
    .claim("witnesses", "believed", ["it may rain"])
    .claim(null, "It might", ["rain"])
    .hedge("believed", "belief", [], "a1")
    .hedge("may", "modal", [], "a1")
    .hedge("might", "modal").analysis;
  const holders = hedges.map((hedge) => globalThis.hearsay.holderOf(hedge, attributions)?.id);
  assert.deepEqual(holders, ["a2", "a1", undefined]);
});

test("every label that the API has can be switched, but for the parts of an attribution", () => {
  const families = filtersOf(labels, { hedge: ["modal"], negated: [true] }, given().analysis);
  assert.deepEqual(
    families.map(({ id }) => id),
    labels.families.map(({ id }) => id).filter((id) => id !== "attribution"),
  );
  const all = families.flatMap(({ id, filters }) => filters.map((one) => ({ family: id, ...one })));
  assert.deepEqual(
    all.filter(({ shown }) => !shown).map(({ family, value }) => [family, value]),
    [
      ["negated", true],
      ["hedge", "modal"],
    ],
  );
  /** @param {string} family @param {unknown} value */
  const count = (family, value) =>
    all.find((one) => one.family === family && one.value === value)?.count;
  assert.deepEqual(
    [count("hedge", "modal"), count("attitude", "intention"), count("negated", false)],
    [3, 1, 1],
  );
});

test("a switch changes its label alone", () => {
  const hidden = { hedge: ["approximation"], attitude: ["intention"] };
  assert.deepEqual(withFilter(hidden, "hedge", "modal", false), {
    hedge: ["approximation", "modal"],
    attitude: ["intention"],
  });
  assert.deepEqual(withFilter(hidden, "hedge", "approximation", true).hedge, []);
  assert.deepEqual(withFilter(hidden, "negated", true, false).negated, [true]);
  assert.deepEqual(hidden.hedge, ["approximation"]);
});

test("words around a span are cut between words", () => {
  const { blocks, span } = article("One two three four five six seven.");
  const text = blocks[0].text;
  assert.deepEqual(around(text, span("four"), 8), ["…\u00a0three ", " five\u00a0…"]);
  assert.deepEqual(around(text, span("four"), 100), ["One two three ", " five six seven."]);
  assert.deepEqual(around(text, span("One"), 6), ["", " two\u00a0…"]);
});
