/** Whose words the article consists of: in a sentence, as a bar to scale, and as a table. */
import { OWNER_WORDS, percentOf, sharesInWords } from "../shares.js";
import { counted } from "../text.js";

const { create } = globalThis.hearsay;

const NOTE =
  "Words that several answer for count once, for the one who can be asked best. Marks that are " +
  "switched off count too.";

/**
 * @param {Element} parent
 * @param {import("./page.js").Page} page
 */
export const showShares = (parent, { shares }) => {
  const total = shares.reduce((sum, { words }) => sum + words, 0);
  const segments = shares
    .filter(({ words }) => words > 0)
    .map(({ owner, words }) =>
      create("span", { class: `segment ${owner}`, style: `flex-grow: ${words}` }),
    );
  const rows = shares.map((share) =>
    create(
      "tr",
      {},
      create("td", {}, create("span", { class: `swatch ${share.owner}` })),
      create("th", { scope: "row" }, OWNER_WORDS[share.owner].name),
      create("td", { class: "number" }, counted(share.words, "word", "words")),
      create("td", { class: "number" }, percentOf(share)),
    ),
  );
  parent.replaceChildren(
    create("p", {}, sharesInWords(shares)),
    create("div", { class: "bar", "aria-hidden": "true" }, ...segments),
    create(
      "table",
      {},
      create("caption", { class: "said" }, `All ${counted(total, "word", "words")} of the text`),
      create("tbody", {}, ...rows),
    ),
    create("p", { class: "note" }, NOTE),
  );
};
