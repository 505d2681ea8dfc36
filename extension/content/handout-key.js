/**
 * The key of a handout: a number for each claim and each unsure word, and what it is.
 *
 *   hearsay.keyEntries(marksIn, words, order)  -> Entry[], in the order of the text
 *   hearsay.keyOf(entries, labels)             -> its HTML
 */

/**
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

  const { escaped } = hearsay;

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
  hearsay.keyEntries = (marksIn, words, order) => {
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
          labels: words.labelsOf(owner),
        };
      })
      .sort(
        (a, b) => (numbers.get(a.block) ?? 0) - (numbers.get(b.block) ?? 0) || a.start - b.start,
      )
      .map((entry, index) => ({ ...entry, number: index + 1 }));
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
  hearsay.keyOf = (entries, { families }) => {
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
}
