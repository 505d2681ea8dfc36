/**
 * What marks mean, and what was found, as elements.
 *
 *   hearsay.countsLine(counts)
 *   hearsay.legendOf(words)
 *   hearsay.sectionOf(section, index)
 */
{
  globalThis.hearsay ??= {};

  const { create } = hearsay;

  const keys = () =>
    create(
      "p",
      { class: "keys" },
      create("kbd", {}, "Alt"),
      " ",
      create("kbd", {}, "Shift"),
      " ",
      create("kbd", {}, "J"),
      " next mark, ",
      create("kbd", {}, "K"),
      " previous, ",
      create("kbd", {}, "C"),
      " copy it, ",
      create("kbd", {}, "Esc"),
      " close",
    );

  /**
   * What was found, each number with its line.
   *
   * @param {Counts} counts
   */
  hearsay.countsLine = (counts) => {
    const { claims, sourceless, hedges } = hearsay.summaryOf(counts);
    /**
     * @param {MarkLook} look
     * @param {string} text
     */
    const tally = (look, text) =>
      create("span", { class: "count" }, create("span", { class: `look-${look}` }, text));
    return create(
      "div",
      { class: "counts" },
      tally("source", claims),
      counts.sourceless > 0 && tally("unstated", sourceless),
      tally("hedge", hedges),
    );
  };

  /** @param {any} words  hearsay.Words */
  hearsay.legendOf = (words) => {
    /** @type {{look: MarkLook, sample: string, name: string}[]} */
    const rows = words.legend();
    const items = rows.map(({ look, sample, name }) =>
      create(
        "li",
        {},
        create("span", { class: "sample" }, create("span", { class: `look-${look}` }, sample)),
        create("span", { class: "name" }, name),
      ),
    );
    return create("div", { class: "legend" }, create("ul", { role: "list" }, ...items), keys());
  };

  /**
   * @param {Section} section
   * @param {number} index
   */
  hearsay.sectionOf = ({ look, part, title, note, label, facts }, index) => {
    const also = index > 0;
    const names = also ? [label.name, ...facts] : facts;
    return create(
      "div",
      { class: also ? "section also" : "section" },
      create("p", { class: "part" }, create("span", { class: `look-${look}` }, part)),
      create("p", { class: look === "hedge" ? "title" : "title who" }, title),
      note && create("p", { class: "note" }, note),
      // Of what a mark stands in, the name is enough: pointing there tells the rest.
      !also &&
        create(
          "p",
          { class: "meaning" },
          label.name !== title && create("b", {}, `${label.name}. `),
          label.definition,
        ),
      !also && create("p", { class: "why" }, label.why),
      names.length > 0 &&
        create(
          "ul",
          { class: "facts", role: "list" },
          ...names.map((name) => create("li", {}, name)),
        ),
    );
  };
}
