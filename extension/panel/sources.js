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

/**
 * A key for what the source is called; pronouns that stand for nobody known share one.
 *
 * @param {Attribution} attribution
 */
const keyOf = ({ source, speaker, source_kind: kind }) => {
  if (kind === "unstated" || !source) return "unstated:";
  if (kind === "vague") return `vague:${partsOf(source.text).join(" ")}`;
  if (!speaker && isPronoun(source.text)) return "pronoun:";
  return `name:${partsOf(speaker ?? source.text).join(" ")}`;
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
  if (key === "unstated:" || key === "pronoun:") return null;
  const names = claims.map(({ speaker, source }) => speaker ?? source?.text ?? "");
  // Of "Varga" and "Ilse Varga" the one that the others were folded into.
  const full = names.find((name) => key === `name:${partsOf(name).join(" ")}`);
  return capitalised(full ?? names[0]);
};

/**
 * @param {string | null} name
 * @param {Attribution[]} claims
 */
const formsOf = (name, claims) => {
  /** @type {Map<string, string>} */
  const forms = new Map();
  for (const { source } of claims) {
    if (!source) continue;
    const text = source.text.replace(/[\s,;:]+$/, "");
    const form = isPronoun(text) ? text.toLowerCase() : text;
    const parts = partsOf(form).join(" ");
    if (name === null || parts !== partsOf(name).join(" ")) forms.set(parts, form);
  }
  return [...forms.values()];
};

/**
 * @param {import("./text.js").Words} words
 * @param {Attribution[]} attributions  Those to be shown, in the order of the text
 * @returns {Source[]}  By kind; in each those with the most words first
 */
export const sourcesOf = (words, attributions) => {
  const fullKey = folding(
    attributions
      .map(keyOf)
      .filter((key) => key.startsWith("name:"))
      .map((key) => key.slice("name:".length)),
  );
  /** @type {Map<string, Attribution[]>} */
  const claimsByKey = new Map();
  for (const attribution of attributions) {
    const [family, name] = keyOf(attribution).split(/:(.*)/s);
    const key = `${family}:${family === "name" ? fullKey(name) : name}`;
    const claims = claimsByKey.get(key);
    if (claims) claims.push(attribution);
    else claimsByKey.set(key, [attribution]);
  }
  const sources = [...claimsByKey].map(([key, claims]) => {
    const name = nameOf(key, claims);
    return {
      key,
      name,
      kind: kindOf(claims),
      forms: formsOf(name, claims),
      claims,
      words: words.count(claims.flatMap(({ content }) => content)),
    };
  });
  return sources.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.words - a.words);
};
