/**
 * Who says what: every source of an article once, with its claims.
 */
import { folding, isPronoun, partsOf } from "./names.js";
import { capitalised } from "./text.js";

/**
 * @typedef {Attribution["source_kind"]} SourceKind
 *
 * @typedef {object} Source
 * @property {string} key  The same in every reading of the same article
 * @property {string | null} name  Null where nobody is named, nor described
 * @property {SourceKind} kind
 * @property {string[]} forms  What else the article calls it: "Varga", "she"
 * @property {Attribution[]} claims  In the order of the text
 * @property {number} words  Of its claims
 */

/** From who can be asked best to who cannot be asked. @type {SourceKind[]} */
export const KINDS = ["named", "described", "vague", "unstated"];

/** How the keys of sources begin that have a name, or a description. */
const NAME = "name:";

/**
 * A key for what the source is called. It ends with the colon where there is no name: pronouns that
 * stand for nobody known share one.
 *
 * @param {Attribution} attribution
 */
const keyOf = ({ source, speaker, source_kind: kind }) => {
  if (kind === "unstated" || !source) return `${kind}:`;
  if (kind === "vague") return `vague:${partsOf(source.text).join(" ")}`;
  if (!speaker && isPronoun(source.text)) return "pronoun:";
  return NAME + partsOf(speaker ?? source.text).join(" ");
};

/** @param {Attribution[]} claims */
const kindOf = (claims) => {
  const kinds = new Set(claims.map(({ source_kind: kind }) => kind));
  return /** @type {SourceKind} */ (KINDS.find((kind) => kinds.has(kind)));
};

/**
 * @param {string} key
 * @param {Attribution[]} claims
 */
const nameOf = (key, claims) => {
  if (key.endsWith(":")) return null;
  const names = claims.map(({ speaker, source }) => speaker ?? source?.text ?? "");
  // Of "Varga" and "Ilse Varga" the one that the others were folded into.
  const full = names.find((name) => key === NAME + partsOf(name).join(" "));
  return capitalised(full ?? names[0]);
};

/**
 * @param {string | null} name
 * @param {Attribution[]} claims
 */
const formsOf = (name, claims) => {
  const texts = new Set(claims.map(({ source }) => (source?.text ?? "").replace(/[\s,;:]+$/, "")));
  const own = name === null ? "" : partsOf(name).join(" ");
  /** @type {Map<string, string>} */
  const forms = new Map();
  for (const text of texts) {
    const form = isPronoun(text) ? text.toLowerCase() : text;
    const parts = partsOf(form).join(" ");
    if (parts !== own) forms.set(parts, form);
  }
  return [...forms.values()];
};

/**
 * By kind; in each those with the most words first.
 * @param {Source[]} sources
 */
const sorted = (sources) =>
  sources.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.words - a.words);

/**
 * @param {import("./text.js").Words} words
 * @param {Attribution[]} claims
 */
const wordsOf = (words, claims) => words.count(claims.flatMap(({ content }) => content));

/**
 * @param {import("./text.js").Words} words
 * @param {Attribution[]} attributions  In the order of the text
 * @returns {Source[]}  By kind; in each those with the most words first
 */
export const sourcesOf = (words, attributions) => {
  const keyed = attributions.map((claim) => ({ claim, key: keyOf(claim) }));
  const names = keyed.filter(({ key }) => key.startsWith(NAME)).map(({ key }) => key);
  const fullKey = folding(names.map((key) => key.slice(NAME.length)));
  const groups = Map.groupBy(keyed, ({ key }) =>
    key.startsWith(NAME) ? NAME + fullKey(key.slice(NAME.length)) : key,
  );
  return sorted(
    [...groups].map(([key, items]) => {
      const claims = items.map(({ claim }) => claim);
      const name = nameOf(key, claims);
      return {
        key,
        name,
        kind: kindOf(claims),
        forms: formsOf(name, claims),
        claims,
        words: wordsOf(words, claims),
      };
    }),
  );
};

/**
 * The sources with some of their claims alone. Their names stay what the whole article makes them.
 *
 * @param {import("./text.js").Words} words
 * @param {Source[]} sources
 * @param {(claim: Attribution) => boolean} isShown
 * @returns {Source[]}
 */
export const shownSources = (words, sources, isShown) =>
  sorted(
    sources
      .map((source) => ({ ...source, claims: source.claims.filter(isShown) }))
      .filter(({ claims }) => claims.length > 0)
      .map((source) => ({ ...source, words: wordsOf(words, source.claims) })),
  );
