/**
 * What is shown, as files for other tools: a table (CSV, RFC 4180), and annotations (W3C Web
 * Annotation Data Model, JSON-LD).
 *
 * Places are told in characters (Unicode code points, as the W3C model wants it), from 0, in the
 * article's text as Hearsay reads it: its blocks (headline, paragraphs, …), each without white space
 * at its ends, with an empty line (two line feeds) between them.
 */
import { kindsIn } from "./filters.js";

const { labelIn } = globalThis.hearsay;

/**
 * @typedef {object} Exported
 * @property {Snapshot & {labels: Labels}} reading
 * @property {Attribution[]} claims  Those to be exported
 * @property {Hedge[]} hedges  Likewise
 * @property {(claim: Attribution) => string} nameOf  Who says it
 *
 * @typedef {{title: string, of: (item: Item) => string | number}} Column
 *
 * @typedef {{claim: Attribution} | {hedge: Hedge, within: Attribution | undefined}} Item
 */

const BETWEEN_BLOCKS = "\n\n";
const BETWEEN_PARTS = " … ";

/** @param {string} text */
const codePoints = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Where spans stand in the whole article. */
class Places {
  /** @type {Map<string, {text: string, number: number, offset: number}>} */
  #blocks = new Map();

  /** @param {{id: string, text: string}[]} blocks */
  constructor(blocks) {
    let offset = 0;
    for (const [index, { id, text }] of blocks.entries()) {
      this.#blocks.set(id, { text, number: index + 1, offset });
      offset += codePoints(text) + BETWEEN_BLOCKS.length;
    }
  }

  /** @param {string} id */
  block(id) {
    const block = this.#blocks.get(id);
    if (!block) throw new Error(`the article has no block ${id}`);
    return block;
  }

  /** @param {Span} span */
  of({ block, start, end }) {
    const { text, number, offset } = this.block(block);
    const from = offset + codePoints(text.slice(0, start));
    return { number, start: from, end: from + codePoints(text.slice(start, end)) };
  }
}

/**
 * Claims and hedges, in the order of the text.
 *
 * @param {Exported} exported
 * @param {Places} places
 * @returns {Item[]}
 */
const itemsOf = ({ reading, claims, hedges }, places) => {
  const byId = new Map(reading.analysis.attributions.map((one) => [one.id, one]));
  /** @type {Item[]} */
  const items = [
    ...claims.map((claim) => ({ claim })),
    ...hedges.map((hedge) => ({ hedge, within: byId.get(hedge.attribution ?? "") })),
  ];
  const starts = new Map(items.map((item) => [item, places.of(markedIn(item)[0]).start]));
  return items.sort((a, b) => Number(starts.get(a)) - Number(starts.get(b)));
};

/**
 * What an item is about: the words of a claim, or where there are none, those that signal it.
 *
 * @param {Item} item
 * @returns {Span[]}
 */
const markedIn = (item) => {
  if ("hedge" in item) return [item.hedge.cue];
  const { content, cue, source } = item.claim;
  return content.length ? content : [cue, source].filter((span) => span !== null).slice(0, 1);
};

/** @param {Span[]} spans */
const joined = (spans) => spans.map(({ text }) => text).join(BETWEEN_PARTS);

/**
 * An item's labels: the name of each family, and the name of its label there, "" where it has none.
 *
 * @param {Item} item
 * @param {Labels} labels
 * @returns {[family: string, label: string][]}
 */
const labelsOf = (item, labels) =>
  kindsIn(labels).map(({ id, name, labels: values }) => {
    const own = labelIn("hedge" in item ? item.hedge : item.claim, id);
    const label = values.find(({ value }) => value === own);
    return [name, label?.name ?? String(own ?? "")];
  });

// ── The table ──

/**
 * A spreadsheet takes a field that begins so for a formula, and can be made to send away what
 * stands beside it (https://owasp.org/www-community/attacks/CSV_Injection). An apostrophe before it
 * tells the spreadsheet that this is text.
 */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** @param {string | number} value */
const field = (value) => {
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
};

/**
 * @param {Exported} exported
 * @param {Places} places
 * @returns {Column[]}
 */
const columnsOf = ({ reading, nameOf }, places) => {
  const { labels, title, url } = reading;
  /** @param {(claim: Attribution) => string} tell @returns {Column["of"]} */
  const ofClaim = (tell) => (item) => ("claim" in item ? tell(item.claim) : "");
  /** @param {(hedge: Hedge) => string} tell @returns {Column["of"]} */
  const ofHedge = (tell) => (item) => ("hedge" in item ? tell(item.hedge) : "");
  return [
    { title: "Mark", of: (item) => ("claim" in item ? "Claim" : "Unsure words") },
    { title: "Text", of: (item) => joined(markedIn(item)) },
    {
      title: "Whose",
      of: (item) => {
        const claim = "claim" in item ? item.claim : item.within;
        return claim ? nameOf(claim) : "The writer";
      },
    },
    { title: "Source, as written", of: ofClaim(({ source }) => source?.text ?? "") },
    { title: "Signal words", of: ofClaim(({ cue }) => cue?.text ?? "") },
    ...kindsIn(labels).map(({ name }, index) => ({
      title: name,
      of: (/** @type {Item} */ item) => labelsOf(item, labels)[index][1],
    })),
    { title: "What is unsure", of: ofHedge(({ scope }) => joined(scope)) },
    { title: "Block", of: (item) => places.of(markedIn(item)[0]).number },
    { title: "From character", of: (item) => places.of(markedIn(item)[0]).start },
    { title: "Page", of: () => title },
    { title: "Address", of: () => url },
  ];
};

/**
 * @param {Exported} exported
 * @returns {string}
 */
export const csvOf = (exported) => {
  const places = new Places(exported.reading.blocks);
  const columns = columnsOf(exported, places);
  const rows = [
    columns.map(({ title }) => field(title)),
    ...itemsOf(exported, places).map((item) => columns.map((column) => field(column.of(item)))),
  ];
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
};

// ── The annotations ──

const CONTEXT = "http://www.w3.org/ns/anno.jsonld";

/** How many characters a quote selector has before and after what it quotes. */
const AFFIX = 32;

const POSITIONS =
  "Positions count Unicode characters from 0 in the article’s text as Hearsay reads it: its blocks " +
  "(headline, paragraphs, …) with two line feeds between them.";

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
const slice = (text, from, to) => {
  // Not through the middle of a character.
  const whole = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;
  return text.slice(Math.max(0, from), to).replace(whole, "");
};

/**
 * @param {Snapshot} reading
 * @param {Places} places
 * @returns {(span: Span) => object}
 */
const targeting =
  ({ url }, places) =>
  (span) => {
    const { text } = places.block(span.block);
    const { start, end } = places.of(span);
    return {
      type: "SpecificResource",
      source: url,
      selector: [
        {
          type: "TextQuoteSelector",
          exact: text.slice(span.start, span.end),
          prefix: slice(text, span.start - AFFIX, span.start),
          suffix: slice(text, span.end, span.end + AFFIX),
        },
        { type: "TextPositionSelector", start, end },
      ],
    };
  };

/**
 * @param {"tagging" | "describing"} purpose
 * @param {string} value
 */
const body = (purpose, value) => ({
  type: "TextualBody",
  purpose,
  value,
  format: "text/plain",
  language: "en",
});

/**
 * @param {Exported} exported
 * @param {Item} item
 */
const bodiesOf = ({ reading: { labels }, nameOf }, item) => {
  const tags = labelsOf(item, labels)
    .filter(([, label]) => label)
    .map(([family, label]) => body("tagging", `${family}: ${label}`));
  if ("hedge" in item) {
    const { hedge, within } = item;
    const scope = joined(hedge.scope);
    const whose = within ? nameOf(within) : "the writer";
    return [
      body("tagging", "Unsure words"),
      ...tags,
      body("describing", `Whose: ${whose}.${scope && ` What is unsure: “${scope}”.`}`),
    ];
  }
  const { claim } = item;
  const { source, cue } = claim;
  const told = [
    `Who says it: ${nameOf(claim)}.`,
    source && `In the text: “${source.text}”.`,
    cue && `Signal words: “${cue.text}”.`,
  ];
  return [body("tagging", "Claim"), ...tags, body("describing", told.filter(Boolean).join(" "))];
};

/**
 * One collection with one page of annotations, one for each claim and each hedge.
 *
 * @param {Exported} exported
 * @param {object} made
 * @param {string} made.version  Of the extension
 * @param {Date} made.at
 * @param {() => string} made.newId  Gives a new UUID each time
 */
export const annotationsOf = (exported, { version, at, newId }) => {
  const { reading } = exported;
  const places = new Places(reading.blocks);
  const target = targeting(reading, places);
  const generated = at.toISOString();
  const items = itemsOf(exported, places).map((item) => {
    const targets = markedIn(item).map(target);
    return {
      id: `urn:uuid:${newId()}`,
      type: "Annotation",
      motivation: "describing",
      generated,
      generator: { type: "Software", name: `Hearsay ${version}` },
      body: bodiesOf(exported, item),
      target: targets.length === 1 ? targets[0] : targets,
    };
  });
  const collection = `urn:uuid:${newId()}`;
  return {
    "@context": CONTEXT,
    id: collection,
    type: "AnnotationCollection",
    label: `Hearsay: who says what in “${reading.title}”, and how sure. ${POSITIONS}`,
    total: items.length,
    first: {
      id: `urn:uuid:${newId()}`,
      type: "AnnotationPage",
      partOf: collection,
      startIndex: 0,
      items,
    },
  };
};

/**
 * @typedef {object} FileForm
 * @property {string} id
 * @property {string} name
 * @property {string} advice  What it is for
 * @property {string} type  Its media type
 * @property {string} ending  Of its name
 * @property {(exported: Exported, version: string) => string} write
 */

/** Every file that can be made of what is shown: a further one is added here. @type {FileForm[]} */
export const FILE_FORMS = [
  {
    id: "table",
    name: "Table",
    advice: "One row for each claim and each unsure word (CSV), for any spreadsheet.",
    type: "text/csv;charset=utf-8",
    ending: "csv",
    // The mark at its start tells Excel that this is UTF-8.
    write: (exported) => `\ufeff${csvOf(exported)}`,
  },
  {
    id: "annotations",
    name: "Annotations",
    advice: "For annotation tools: a W3C Web Annotation collection (JSON-LD).",
    type: "application/ld+json",
    ending: "jsonld",
    write: (exported, version) => {
      const made = { version, at: new Date(), newId: () => crypto.randomUUID() };
      return JSON.stringify(annotationsOf(exported, made), null, 2);
    },
  },
];

/**
 * @param {string} title  Of the page
 * @param {string} ending  Of the file's name
 */
export const fileName = (title, ending) => {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${["hearsay", ...words].join("-").slice(0, 60).replace(/-+$/, "")}.${ending}`;
};
