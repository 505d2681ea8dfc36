import assert from "node:assert/strict";
import { test } from "node:test";
import { folding, partsOf } from "../../extension/panel/names.js";
import { shownSources, sourcesOf } from "../../extension/panel/sources.js";
import { Words } from "../../extension/panel/text.js";
import { article } from "./article.js";

/** @param {ReturnType<typeof article>} given */
const sources = ({ blocks, analysis }) => sourcesOf(new Words(blocks), analysis.attributions);

/** @param {string[]} names */
const folded = (...names) => {
  const keys = names.map((name) => partsOf(name).join(" "));
  const full = folding(keys);
  return keys.map(full);
};

test("a name is told without its title, article, brackets and possessive", () => {
  for (const name of ["Varga", "Dr. Varga", "the Varga’s", "VARGA", "Sen. Varga (D-Conn.)"])
    assert.deepEqual(partsOf(name), ["varga"], name);
  assert.deepEqual(partsOf("The Hague"), ["hague"]);
  assert.deepEqual(partsOf("the"), ["the"]);
});

test("a surname is folded into the one full name that ends with it", () => {
  assert.deepEqual(folded("Varga", "Ilse Varga"), ["ilse varga", "ilse varga"]);
  assert.deepEqual(folded("Varga", "Ilse Varga", "Anna Ilse Varga")[0], "anna ilse varga");
});

test("a surname that two people have is nobody's", () => {
  assert.equal(folded("Varga", "Ilse Varga", "Tomas Varga")[0], "varga");
});

test("a noun alone is folded into the one description that has it", () => {
  assert.equal(folded("the doctor", "A doctor at the clinic")[0], "doctor at the clinic");
  assert.equal(
    folded("the doctor", "a young doctor at the clinic")[0],
    "young doctor at the clinic",
  );
  assert.equal(folded("the doctor", "a doctor at the clinic", "a doctor from Berlin")[0], "doctor");
  assert.equal(folded("the clinic", "a doctor at the clinic")[0], "clinic");
});

test("what somebody is the president of stays with the title", () => {
  assert.deepEqual(partsOf("the president of France"), ["president", "of", "france"]);
});

test("a first word is no short name: the Trump campaign is not Trump", () => {
  assert.equal(folded("Trump", "Trump campaign")[0], "trump");
});

test("an acronym is folded into what it stands for", () => {
  assert.equal(
    folded("the FBI", "the Federal Bureau of Investigation")[0],
    "federal bureau of investigation",
  );
  assert.equal(folded("the FBI", "Frank B. Ives Jr")[0], "fbi");
});

test("every source stands once, with its claims in the order of the text", () => {
  const found = sources(
    article(
      "Ilse Varga said the wall leaks. The company denied it.",
      "She said nobody reads reports. Varga wants leave, Redl said.",
    )
      .claim("Ilse Varga", "said", ["the wall leaks"], { speaker: "Ilse Varga" })
      .claim("The company", "denied", ["it"], { source_kind: "described" })
      .claim("She", "said", ["nobody reads reports"], { speaker: "Ilse Varga" })
      .claim("Varga", "wants", ["leave"])
      .claim("Redl", "said", ["Varga wants leave"]),
  );
  assert.deepEqual(
    found.map(({ name, kind, forms, claims, words }) => ({
      name,
      kind,
      forms,
      claims: claims.map(({ id }) => id),
      words,
    })),
    [
      {
        name: "Ilse Varga",
        kind: "named",
        forms: ["she", "Varga"],
        claims: ["a1", "a3", "a4"],
        words: 7,
      },
      { name: "Redl", kind: "named", forms: [], claims: ["a5"], words: 3 },
      { name: "The company", kind: "described", forms: [], claims: ["a2"], words: 1 },
    ],
  );
});

test("words that two claims of one source share are counted once", () => {
  const [source] = sources(
    article("“Nobody reads reports,” Varga said, and knew that nobody cares.")
      .claim("Varga", "said", ["“Nobody reads reports,”"])
      .claim("Varga", "knew", ["reads reports", "that nobody cares"]),
  );
  assert.equal(source.words, 6);
});

test("a source is as well known as where it is known best", () => {
  const [source, ...others] = sources(
    article("Ilse Varga said so. The engineer denied that.")
      .claim("Ilse Varga", "said", ["so"])
      .claim("The engineer", "denied", ["that"], {
        speaker: "Ilse Varga",
        source_kind: "described",
      }),
  );
  assert.deepEqual([source.kind, source.claims.length, others], ["named", 2, []]);
});

test("vague sources and claims without one stand apart, last", () => {
  const found = sources(
    article("Critics say it leaks. Some think not. It is said to be old. The critics deny it.")
      .claim("Critics", "say", ["it leaks"], { source_kind: "vague" })
      .claim("Some", "think", ["not"], { source_kind: "vague" })
      .claim(null, "is said", ["It"])
      .claim("The critics", "deny", ["it"], { source_kind: "vague" }),
  );
  assert.deepEqual(
    found.map(({ name, kind, claims }) => [name, kind, claims.length]),
    [
      ["Critics", "vague", 2],
      ["Some", "vague", 1],
      [null, "unstated", 1],
    ],
  );
});

test("pronouns that stand for nobody known share a place without a name", () => {
  const found = sources(
    article("They said so. It is a report which says that.")
      .claim("They", "said", ["so"], { source_kind: "described" })
      .claim("which", "says", ["that"], { source_kind: "named" }),
  );
  assert.deepEqual(
    found.map(({ name, forms, claims }) => [name, forms, claims.length]),
    [[null, ["they", "which"], 2]],
  );
});

test("a source keeps its full name when the claim that tells it is not shown", () => {
  const { blocks, analysis } = article("Ilse Varga wants leave. Varga said so. Redl agreed.")
    .claim("Ilse Varga", "wants", ["leave"], { speaker: "Ilse Varga", attitude: "intention" })
    .claim("Varga", "said", ["so"])
    .claim("Redl", "agreed", []);
  const words = new Words(blocks);
  const [, , redl] = analysis.attributions;
  const shown = shownSources(
    words,
    sourcesOf(words, analysis.attributions),
    (claim) => claim !== redl && claim.attitude !== "intention",
  );
  assert.deepEqual(
    shown.map(({ name, claims, words }) => [name, claims.map(({ id }) => id), words]),
    [["Ilse Varga", ["a2"], 1]],
  );
});

test("a named source that stands nowhere does not make names of those not stated", () => {
  const found = sources(
    article("So it was said. It leaks, it was told.")
      .claim(null, "was said", ["So"], { source_kind: "named" })
      .claim(null, "was told", ["It leaks"]),
  );
  assert.deepEqual(
    found.map(({ name, kind, claims }) => [name, kind, claims.length]),
    [
      [null, "named", 1],
      [null, "unstated", 1],
    ],
  );
});
