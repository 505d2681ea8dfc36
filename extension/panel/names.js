/**
 * Which names are one: "Varga", "Dr. Varga" and "Ilse Varga"; "the FBI" and "the Federal Bureau of
 * Investigation"; "the doctor" and "a doctor at the clinic".
 *
 * The API resolves pronouns and most short names (`speaker`); this folds what is left, and only
 * where one full name fits.
 */

const TITLES = new Set(
  (
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov " +
    "governor president chancellor minister judge justice general gen colonel col captain capt"
  ).split(" "),
);

/** They stand for somebody; where the API names nobody, it could not tell for whom. */
const PRONOUNS = new Set(
  (
    "i me my we us our you your he him his she her it its they them their who whom whose which " +
    "that this these those"
  ).split(" "),
);

/** Words that an acronym leaves out. */
const SMALL = new Set(["of", "the", "and", "for", "in", "on", "to"]);

/** With one of them begins what tells of a noun which one it is: "a doctor at the clinic". */
const AFTER_NOUN = new Set(
  "of for in on at from with by near to who whom whose which that".split(" "),
);

/** @param {string} text */
export const isPronoun = (text) => PRONOUNS.has(text.toLowerCase());

/**
 * The words that make the name, in small letters: without articles, titles, remarks in brackets
 * and the possessive's ending.
 *
 * @param {string} name
 * @returns {string[]}
 */
export const partsOf = (name) => {
  const words = name
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/[’']s?(?=[\s,]|$)/g, "")
    .split(/[\s,.“”"]+/)
    .filter(Boolean);
  let first = 0;
  while (
    first < words.length - 1 &&
    (/^(?:the|an?)$/.test(words[first]) ||
      (TITLES.has(words[first]) && !AFTER_NOUN.has(words[first + 1])))
  )
    first += 1;
  return words.slice(first);
};

/**
 * @param {string[]} short
 * @param {string[]} full
 */
const isEndOf = (short, full) => {
  const before = full.slice(0, full.length - short.length);
  return (
    before.length > 0 &&
    // "The clinic" is not "a doctor at the clinic".
    !before.some((word, i) => i > 0 && AFTER_NOUN.has(word)) &&
    short.every((word, i) => word === full.at(i - short.length))
  );
};

/**
 * The noun of a description, with what stands before it: of "doctor at the clinic" "doctor".
 * @param {string[]} parts
 */
const nounOf = (parts) => {
  const end = parts.findIndex((word, index) => index > 0 && AFTER_NOUN.has(word));
  return end < 0 ? parts : parts.slice(0, end);
};

/**
 * Whether a name is all of a longer one's noun, or its end: "doctor" of "young doctor at the clinic".
 * @param {string[]} short
 * @param {string[]} full
 */
const isNounOf = (short, full) => {
  const noun = nounOf(full);
  return noun.length < full.length && short.every((word, i) => word === noun.at(i - short.length));
};

/** @param {string[]} parts  Without its small words; "" of a single one */
const initialsOf = (parts) => {
  const initials = parts.filter((word) => !SMALL.has(word)).map((word) => word[0]);
  return initials.length > 1 ? initials.join("") : "";
};

/**
 * @param {string[]} keys  Names, each as `partsOf(name).join(" ")`
 * @returns {(key: string) => string}  Gives the key of the full name
 */
export const folding = (keys) => {
  const names = [...new Set(keys)].map((key) => key.split(" "));
  const byLast = Map.groupBy(names, (parts) => parts.at(-1));
  const byNoun = Map.groupBy(names, (parts) => nounOf(parts).at(-1));
  const byInitials = Map.groupBy(names, initialsOf);
  /** @type {Map<string, string>} */
  const fuller = new Map();
  for (const parts of names) {
    const sameEnd = (byLast.get(parts.at(-1)) ?? []).filter((other) => isEndOf(parts, other));
    const spelled = parts.length === 1 ? (byInitials.get(parts[0]) ?? []) : [];
    const described = (byNoun.get(parts.at(-1)) ?? []).filter((other) => isNounOf(parts, other));
    const longer = [...new Set([...sameEnd, ...described, ...spelled])];
    // "Varga" is one person where there are "Ilse Varga" and "Anna Ilse Varga", and two where there
    // are "Ilse Varga" and "Tomas Varga".
    const fullest = longer.filter((one) => !longer.some((other) => isEndOf(one, other)));
    if (fullest.length === 1) fuller.set(parts.join(" "), fullest[0].join(" "));
  }
  return (key) => fuller.get(key) ?? key;
};
