/**
 * An article on paper: one HTML file that needs nothing else, for a class without screens.
 *
 *   hearsay.handoutForms                          [{id, name, advice}]: marked, to mark, key
 *   hearsay.handout(reading, form, {date})        -> the file's text
 *   hearsay.handoutParts(reading, form, options)  -> {title, main}: the same without its head
 *   hearsay.handoutName(title, form)              -> a name for it
 *   hearsay.titleOf(reading)                      -> the article's headline, else the page's title
 *
 * Values in, a string out: no DOM here. Whatever an article holds stays text. On paper there is no
 * colour to rely on, so the lines alone carry the meaning, in black.
 */

/**
 * An article and what was found in it. A Snapshot of reading.js is one.
 *
 * @typedef {object} Reading
 * @property {string} title  "" where nobody gave one
 * @property {string} url  "" where there is none
 * @property {string} [source]  Where the text is from, if not from `url`
 * @property {{id: string, text: string, kind: Block["kind"]}[]} blocks
 * @property {Analysis} analysis
 * @property {Labels} labels
 *
 * @typedef {"marked" | "to-mark" | "key"} HandoutForm
 *
 * @typedef {object} HandoutOptions
 * @property {Date} [date]  Of the source line; today
 * @property {Hidden} [hidden]  As in settings.js
 */

{
  globalThis.hearsay ??= {};

  const { escaped, written } = hearsay;

  /** @type {{id: HandoutForm, name: string, advice: string}[]} */
  hearsay.handoutForms = [
    { id: "marked", name: "Marked", advice: "The article with every line, to talk about." },
    {
      id: "to-mark",
      name: "To mark",
      advice: "No lines, wide margins: pupils draw them.",
    },
    { id: "key", name: "Key", advice: "The lines with numbers, and what each one is." },
  ];

  /**
   * The address of an article, without what follows a reader about; null if it is none that a
   * reader could open.
   *
   * @param {string} address
   * @returns {URL | null}
   */
  const addressOf = (address) => {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol)) return null;
    url.username = "";
    url.password = "";
    url.hash = "";
    for (const name of [...url.searchParams.keys()]) {
      if (/^(?:utm_|(?:fbclid|gclid|msclkid|mc_[ce]id|igshid)$)/i.test(name)) {
        url.searchParams.delete(name);
      }
    }
    return url;
  };

  /** @param {Date} date */
  const dateOf = (date) => {
    const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
    const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(date);
    return `<time datetime="${day}">${words}</time>`;
  };

  /** @param {Pick<Reading, "title" | "blocks">} reading */
  hearsay.titleOf = ({ title, blocks }) =>
    blocks.find(({ kind }) => kind === "headline")?.text.replaceAll("\n", " ") ||
    title ||
    "Article";

  /**
   * @param {string} title
   * @param {HandoutForm} form
   */
  hearsay.handoutName = (title, form) => {
    const plain = title.normalize("NFKD").replace(/\p{M}|['’]/gu, "");
    const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    let name = "";
    for (const word of words) {
      if (name.length + word.length > 60) break;
      name += name ? `-${word}` : word;
    }
    return `${name || "article"}-${form}.html`;
  };

  /** @type {Partial<Record<Block["kind"], string>>} */
  const TAGS = { heading: "h2", quote: "blockquote", preformatted: "pre" };

  /**
   * @param {Reading} reading
   * @param {(block: Reading["blocks"][number]) => string} inside
   */
  const body = ({ blocks }, inside) => {
    const headline = blocks.find(({ kind }) => kind === "headline");
    let inList = false;
    let html = "";
    for (const block of blocks) {
      if (block === headline) continue;
      const isItem = block.kind === "item";
      if (isItem !== inList) html += isItem ? "<ul>" : "</ul>";
      inList = isItem;
      const tag = isItem ? "li" : (TAGS[block.kind] ?? "p");
      const standfirst = block.kind === "headline" ? " standfirst" : "";
      html += `<${tag} class="block${standfirst}">${inside(block)}</${tag}>`;
    }
    return inList ? `${html}</ul>` : html;
  };

  /** @param {any} words  hearsay.Words */
  const legendOf = (words) => {
    /** @type {{look: MarkLook, sample: string, name: string}[]} */
    const rows = words.legend();
    const items = rows.map(
      ({ look, sample, name }) =>
        `<li><span class="look-${look}">${escaped(sample)}</span> ${escaped(name)}</li>`,
    );
    return `<ul class="legend">${items.join("")}</ul>`;
  };

  const DOUBT =
    "A program drew these lines, and it makes mistakes. Which of them would you change?";

  const TASK =
    '<p class="fields"><span>Name</span><span>Class</span><span>Date</span></p>' +
    "<h2>Who says it, and how sure are they?</h2>" +
    "<p>Draw these lines under the words where you find them:</p>";

  const MARGIN =
    "<p>In the margin, write who says it, and whether you could ask them. " +
    "Where nobody can be asked, write a question mark.</p>";

  /**
   * @param {Reading} reading
   * @param {HandoutForm} form
   * @param {HandoutOptions} [options]
   * @returns {{title: string, main: string}}  `main` is HTML
   */
  hearsay.handoutParts = (reading, form, { date = new Date(), hidden } = {}) => {
    const { url, source, blocks, analysis, labels } = reading;
    const words = new hearsay.Words(labels);
    const title = hearsay.titleOf(reading);
    const marks = form === "to-mark" ? [] : hearsay.marksOf(analysis, hidden);
    /** @type {Map<string, Mark[]>} */
    const marksIn = Map.groupBy(marks, (/** @type {Mark} */ { span }) => span.block);
    const order = blocks.map(({ id }) => id);
    const entries = form === "key" ? hearsay.keyEntries(marksIn, words, order) : [];
    const entriesIn = Map.groupBy(entries, ({ block }) => block);

    /** @param {Reading["blocks"][number]} block */
    const inside = ({ id, text }) =>
      hearsay.drawnText(
        text,
        marksIn.get(id) ?? [],
        Map.groupBy(entriesIn.get(id) ?? [], ({ after }) => after),
      );

    const address = addressOf(url);
    const from = address
      ? `${escaped(address.host)}: <a href="${escaped(address.href)}" rel="noreferrer">${escaped(address.href)}</a>`
      : escaped(source ?? "");
    const line = [from, `read on ${dateOf(date)}`].filter(Boolean).join(" · ");
    const headline = blocks.find(({ kind }) => kind === "headline");
    const { name } = hearsay.handoutForms.find(
      (/** @type {{id: HandoutForm}} */ { id }) => id === form,
    );
    const legend = legendOf(words);
    const main = `<main class="handout ${form}">
<header>
<h1>${headline ? inside(headline) : written(title)}</h1>
<p class="source">${line}</p>
</header>
${form === "to-mark" ? `<section class="task">${TASK}${legend}${MARGIN}</section>` : legend}
<article class="article">
${body(reading, inside)}
</article>
${form === "key" ? `<section class="key">${hearsay.keyOf(entries, labels)}</section>` : ""}
${form === "to-mark" ? "" : `<footer>${DOUBT}</footer>`}
</main>`;
    return { title: `${title} (${name})`, main };
  };

  /**
   * @param {Reading} reading
   * @param {HandoutForm} form
   * @param {HandoutOptions} [options]
   * @returns {string}
   */
  hearsay.handout = (reading, form, options) => {
    const { title, main } = hearsay.handoutParts(reading, form, options);
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>
${hearsay.handoutSheet()}</style>
</head>
<body>
${main}
</body>
</html>
`;
  };
}
