/**
 * To whom the article's words belong: to sources, by how well these could be asked, or to nobody
 * but the writer.
 */

import { capitalised } from "./text.js";

/**
 * @typedef {"named" | "described" | "nobody" | "writer"} Owner  "nobody": a source that is vague or
 *   not stated
 * @typedef {{owner: Owner, words: number, percent: number}} Share
 */

/** From the one whose words they are least, where several answer for the same words. */
const OWNERS = /** @type {Owner[]} */ (["writer", "nobody", "described", "named"]);

/** @type {Record<Attribution["source_kind"], Owner>} */
const OWNER_OF = {
  named: "named",
  described: "described",
  vague: "nobody",
  unstated: "nobody",
};

/**
 * Rounds so that the sum is 100: the largest remainders are rounded up.
 *
 * @param {number[]} numbers
 * @returns {number[]}
 */
export const percentages = (numbers) => {
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (!sum) return numbers.map(() => 0);
  const exact = numbers.map((number) => (number * 100) / sum);
  const rounded = exact.map(Math.floor);
  const missing = 100 - rounded.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - rounded[index] }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, missing)) rounded[index] += 1;
  return rounded;
};

/**
 * @param {import("./text.js").Words} words
 * @param {Attribution[]} attributions
 * @returns {Share[]}  From the named sources to the writer; their words are all of the article's
 */
export const sharesOf = (words, attributions) => {
  /** For each word its owner, as a place in OWNERS. */
  const owners = new Uint8Array(words.total);
  for (const { source_kind: kind, content } of attributions) {
    const owner = OWNERS.indexOf(OWNER_OF[kind]);
    for (const span of content) {
      const [from, to] = words.within(span);
      for (let word = from; word < to; word += 1) owners[word] = Math.max(owners[word], owner);
    }
  }
  const counts = OWNERS.map(() => 0);
  for (const owner of owners) counts[owner] += 1;
  const percents = percentages(counts);
  return OWNERS.map((owner, i) => ({ owner, words: counts[i], percent: percents[i] })).toReversed();
};

/** @type {Record<Owner, {name: string, from: string}>} */
export const OWNER_WORDS = {
  named: { name: "Sources with a name", from: "from sources with a name" },
  described: { name: "Described, not named", from: "from sources described, not named" },
  nobody: { name: "Vague, or no source given", from: "from nobody one could ask" },
  writer: { name: "The writer alone", from: "from the writer alone" },
};

/** @param {Share} share */
export const percentOf = ({ words, percent }) =>
  words > 0 && percent === 0 ? "under 1%" : `${percent}%`;

/**
 * The shares in words.
 * @param {Share[]} shares
 */
export const sharesInWords = (shares) => {
  const writer = shares.find(({ owner, words }) => owner === "writer" && words > 0);
  const others = shares.filter(({ owner, words }) => owner !== "writer" && words > 0);
  const [first, ...rest] = others.map((share) => [percentOf(share), OWNER_WORDS[share.owner].from]);
  const told = first && [`${first[0]} comes ${first[1]}`, ...rest.map((pair) => pair.join(" "))];
  return [
    writer && `${percentOf(writer)} of the text is the writer’s alone.`,
    told && `${capitalised(told.join(", "))}.`,
  ]
    .filter(Boolean)
    .join(" ");
};
