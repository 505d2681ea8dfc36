/**
 * An article on paper: one HTML file that needs nothing else, for a class without screens.
 *
 *   hearsay.handoutForms                          [{id, name, advice}]: marked, to mark, key
 *   hearsay.handout(reading, form, {date})        -> the file's text
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
 *
 * @typedef {object} Entry  What one number in the key explains
 * @property {number} number
 * @property {string} block
 * @property {number} start  Of what it explains
 * @property {number} after  The place in the block's text that the number follows
 * @property {Attribution | Hedge} owner
 * @property {MarkLook} look
 * @property {string} words  From the text
 * @property {string} who  Says it; of a hedge, ""
 * @property {string} called  What the text calls them here, where that is another name
 * @property {string} note  Of a hedge, whose caution it is
 * @property {Label[]} labels
 */

{
  globalThis.hearsay ??= {};

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

  /** @type {Record<string, string>} */
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);

  /** @param {string} text  A line break of the article stays one. */
  const written = (text) => escaped(text).replaceAll("\n", "<br>");

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

  /**
   * A block's text with its marks, as elements in elements. A mark that crosses another's end is
   * drawn in two pieces.
   *
   * @param {string} text
   * @param {Mark[]} marks  In this block
   * @param {Map<number, Entry[]>} numbers  By the place that they follow
   */
  const drawn = (text, marks, numbers) => {
    /** Longer marks first, so that few are cut. @type {Mark[]} */
    const waiting = marks.toSorted(
      ({ span: a, look: one }, { span: b, look: other }) =>
        a.start - b.start ||
        b.end - a.end ||
        hearsay.looks.priority(one) - hearsay.looks.priority(other),
    );
    /** @type {Mark[]} */
    const open = [];
    const places = marks.flatMap(({ span }) => [span.start, span.end]);
    const stops = [...new Set([...places, ...numbers.keys(), text.length])].sort((a, b) => a - b);
    let html = "";
    let at = 0;
    /** @param {Mark} mark */
    const begin = (mark) => {
      open.push(mark);
      html += `<span class="look-${mark.look}">`;
    };
    for (const stop of stops) {
      html += written(text.slice(at, stop));
      at = stop;
      const first = open.findIndex(({ span }) => span.end <= stop);
      const closed = first < 0 ? [] : open.splice(first);
      html += "</span>".repeat(closed.length);
      for (const { number } of numbers.get(stop) ?? []) {
        html += `<sup><a id="m${number}" href="#n${number}">${number}</a></sup>`;
      }
      for (const mark of closed) if (mark.span.end > stop) begin(mark);
      while (waiting.length && waiting[0].span.start <= stop) {
        begin(/** @type {Mark} */ (waiting.shift()));
      }
    }
    return html;
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

  /** A whole quotation need not be repeated to be known again. @param {string} text */
  const shortened = (text) =>
    text.length > 60 ? `${text.slice(0, 50).replace(/\s*\S*$/, "")} …` : text;

  /**
   * Where the number of a mark stands: behind it, and not in the middle of another line.
   *
   * @param {Mark} mark
   * @param {Mark[]} others  In its block
   */
  const afterOf = (mark, others) => {
    let place = mark.span.end;
    for (const { part, span } of others.toSorted((a, b) => a.span.start - b.span.start)) {
      if (part !== "content" && span.start < place && place < span.end) place = span.end;
    }
    return place;
  };

  /**
   * @param {Map<string, Mark[]>} marksIn  By the id of their block
   * @param {any} words  hearsay.Words
   * @param {string[]} order  Ids of the blocks
   * @returns {Entry[]}
   */
  const entriesOf = (marksIn, words, order) => {
    /** @type {Map<Attribution | Hedge, Mark[]>} */
    const byOwner = new Map();
    for (const mark of [...marksIn.values()].flat()) {
      const owner = hearsay.ownerOf(mark);
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), mark]);
    }
    const numbers = new Map(order.map((id, index) => [id, index]));
    return [...byOwner]
      .map(([owner, own]) => {
        const mark =
          own.find(({ part }) => part === "cue") ??
          own.find(({ part }) => part !== "source") ??
          own[0];
        const { block, start, text } = mark.span;
        const [{ title, note }] = words.sections([mark]);
        const isHedge = mark.part === "hedge";
        const source = isHedge ? null : mark.attribution.source;
        return {
          number: 0,
          block,
          start,
          after: afterOf(mark, marksIn.get(block) ?? []),
          owner,
          look: mark.look,
          words: shortened(text),
          who: isHedge ? "" : title,
          called: source && source.text !== title ? source.text : "",
          note,
          labels: isHedge
            ? [words.label("hedge", mark.hedge.kind)]
            : words.labelsOf(mark.attribution),
        };
      })
      .sort(
        (a, b) => (numbers.get(a.block) ?? 0) - (numbers.get(b.block) ?? 0) || a.start - b.start,
      )
      .map((entry, index) => ({ ...entry, number: index + 1 }));
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

  /** @param {Entry} entry */
  const entryOf = ({ number, look, words, who, called, note, labels }) => {
    const named = labels.map(({ name }) => name).filter((name) => name !== who);
    const names = escaped(named.join(", "));
    const told = who
      ? `<b>${escaped(who)}</b>${called && `, here “${escaped(called)}”`}: ${names}`
      : `<b>${names}.</b> ${escaped(note)}`;
    return (
      `<li id="n${number}"><a href="#m${number}">${number}</a>` +
      `<span class="look-${look}">${escaped(words)}</span> ${told}</li>`
    );
  };

  /**
   * The numbers, and each label that they name once, with where it stands in the text.
   *
   * @param {Entry[]} entries
   * @param {Labels} labels
   */
  const keyOf = (entries, { families }) => {
    const meanings = families
      .flatMap((family) => family.labels)
      .map((label) => ({
        label,
        found: entries.filter(({ labels }) => labels.includes(label)),
      }))
      .filter(({ found }) => found.length)
      .map(
        ({ label: { name, definition, why }, found }) =>
          `<div><dt>${escaped(name)} <span>${found.map(({ number }) => number).join(", ")}</span></dt>` +
          `<dd>${escaped(definition)} <i>${escaped(why)}</i></dd></div>`,
      );
    if (!entries.length) return "<h2>Key</h2><p>Nothing is marked in this text.</p>";
    return (
      `<h2>Key</h2><ol class="entries">${entries.map(entryOf).join("")}</ol>` +
      `<h2>What these names mean</h2><dl>${meanings.join("")}</dl>`
    );
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

  const SHEET = `
@page {
  margin: 17mm 16mm 18mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; }
}
.handout, .handout * { box-sizing: border-box; }
.handout {
  max-width: 46rem;
  margin: 0 auto;
  padding: 2rem 1.4rem 3rem;
  color: #111;
  background: #fff;
  color-scheme: light;
  counter-reset: paragraph;
  font: 1.06rem/1.7 Charter, "Iowan Old Style", Georgia, ui-serif, serif;
  overflow-wrap: break-word;
}
.handout :is(h1, h2, p, ul, ol, dl, dd, blockquote, pre) { margin: 0; padding: 0; font: inherit; }
.handout :is(ul, ol) { list-style: none; }
.handout :is(header, footer, .task, .key, .legend) { font: 0.88rem/1.5 system-ui, sans-serif; }
.handout h1 { font: 700 1.75rem/1.25 system-ui, sans-serif; text-wrap: balance; }
.handout h2 { margin-top: 1.4em; font: 700 1.1em/1.4 system-ui, sans-serif; break-after: avoid; }
.handout a { color: inherit; }
.handout .source { margin-top: 0.5em; color: #555; overflow-wrap: anywhere; }
.handout .legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35em 1.8em;
  margin: 1em 0 0;
  padding: 0.7em 1em 0.9em;
  border: 1px solid #999;
  border-radius: 6px;
  break-inside: avoid;
}
.handout .legend li { color: #444; line-height: 1.8; white-space: nowrap; }
.handout .legend span { margin-inline-end: 0.45em; color: #111; }
.handout .article { margin-top: 1.2rem; padding-inline-start: 2.1rem; }
.handout .block { position: relative; margin-top: 0.75em; orphans: 2; widows: 2; }
.handout h2.block { margin-top: 1.3em; line-height: 1.7; }
.handout blockquote.block { padding-inline-start: 1em; border-inline-start: 3px solid #999; }
.handout .standfirst { font-weight: 600; }
.handout pre { white-space: pre-wrap; font: 0.9em/1.7 ui-monospace, monospace; }
.handout :is(p, blockquote, pre, li).block::before {
  counter-increment: paragraph;
  content: counter(paragraph);
  position: absolute;
  right: 100%;
  width: 2.6rem;
  padding-inline-end: 0.9rem;
  color: #777;
  font: 0.75rem/2.3 system-ui, sans-serif;
  text-align: end;
}
.handout blockquote.block::before { margin-inline-end: 3px; }
.handout li.block { list-style: disc inside; }
.handout sup { line-height: 0; }
.handout sup a {
  padding: 0 0.15em;
  font: 700 0.62rem/1 system-ui, sans-serif;
  text-decoration: none;
}
.handout .task { margin-top: 1.2rem; }
.handout .fields { display: flex; gap: 1.2em; }
.handout .fields span { flex: 1; padding-bottom: 0.3em; border-bottom: 1px solid #555; color: #555; }
.handout .fields span:first-child { flex: 2; }
.handout .task p + .legend { margin: 0.6em 0 0.7em; }
.handout.to-mark .article { position: relative; padding-inline-end: 32%; line-height: 2.25; }
.handout.to-mark .article::after {
  content: "";
  position: absolute;
  inset-block: 0;
  inset-inline-end: 29.5%;
  border-inline-end: 1px solid #999;
}
.handout.to-mark .block { margin-top: 0.5em; }
.handout.to-mark .block::before { line-height: 3.4; }
.handout .key { margin-top: 2rem; line-height: 1.55; }
.handout :is(.entries, dl) { columns: 17rem; column-gap: 2rem; }
.handout .entries [class^="look-"] { line-height: 2.2; }
.handout .entries li { padding: 0 0 0.5em 2em; text-indent: -2em; break-inside: avoid; }
.handout .entries a { display: inline-block; min-width: 2em; font-weight: 700; text-indent: 0; text-decoration: none; }
.handout dl div { padding-bottom: 0.7em; break-inside: avoid; }
.handout dt { font-weight: 700; }
.handout dt span { margin-inline-start: 0.5em; color: #555; font-weight: 400; }
.handout footer { margin-top: 2rem; padding-top: 0.7em; border-top: 1px solid #999; }
@media print {
  .handout { max-width: none; padding: 0; font-size: 11.5pt; line-height: 1.75; }
  .handout :is(header, footer, .task, .key, .legend) { font-size: 9.5pt; }
  .handout h1 { font-size: 18pt; }
  .handout :is(.source, .legend li, .fields span, dt span, .block::before) { color: #333; }
  .handout [class^="look-"] { background: none; text-decoration-color: #000; }
  .handout .look-content { text-decoration-color: #666; text-decoration-thickness: 0.6pt; }
  .handout .key { break-before: page; margin-top: 0; font-size: 9pt; line-height: 1.5; }
  .handout .key h2:first-child { margin-top: 0; }
}
`;

  /**
   * @param {Reading} reading
   * @param {HandoutForm} form
   * @param {HandoutOptions} [options]
   * @returns {string}
   */
  hearsay.handout = (reading, form, { date = new Date(), hidden } = {}) => {
    const { url, source, blocks, analysis, labels } = reading;
    const words = new hearsay.Words(labels);
    const title = hearsay.titleOf(reading);
    const marks = form === "to-mark" ? [] : hearsay.marksOf(analysis, hidden);
    /** @type {Map<string, Mark[]>} */
    const marksIn = Map.groupBy(marks, (/** @type {Mark} */ { span }) => span.block);
    const order = blocks.map(({ id }) => id);
    const entries = form === "key" ? entriesOf(marksIn, words, order) : [];
    const entriesIn = Map.groupBy(entries, ({ block }) => block);

    /** @param {Reading["blocks"][number]} block */
    const inside = ({ id, text }) =>
      drawn(
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
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)} (${escaped(name)})</title>
<style>
body { margin: 0; background: #fff; }
${hearsay.looks.sampleSheet()}
${SHEET}</style>
</head>
<body>
<main class="handout ${form}">
<header>
<h1>${headline ? inside(headline) : written(title)}</h1>
<p class="source">${line}</p>
</header>
${form === "to-mark" ? `<section class="task">${TASK}${legend}${MARGIN}</section>` : legend}
<article class="article">
${body(reading, inside)}
</article>
${form === "key" ? `<section class="key">${keyOf(entries, labels)}</section>` : ""}
${form === "to-mark" ? "" : `<footer>${DOUBT}</footer>`}
</main>
</body>
</html>
`;
  };
}
