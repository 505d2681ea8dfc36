/**
 * The glossary: every label of the API, with its examples drawn as on a page.
 *
 * Each label has an address: glossary.html#hedge-modal, #source_kind-vague, and so on.
 */
{
  const { api, ApiError } = hearsay;
  api.server = "";

  /** @typedef {Label & {term: string, examples: string[]}} FullLabel */
  /** @typedef {{id: string, name: string, question: string, labels: FullLabel[]}} FullFamily */

  /** How the words of an example are drawn. @type {Record<string, Record<string, MarkLook>>} */
  const LOOKS = {
    attribution: { source: "source", cue: "cue", content: "content" },
    source_kind: { named: "source", described: "source", vague: "vague", unstated: "unstated" },
    quote: { direct: "content", indirect: "content", mixed: "content" },
    hedge: {},
  };

  /**
   * @param {string} family
   * @param {FullLabel} label
   * @returns {MarkLook}
   */
  const lookOf = (family, { value }) =>
    LOOKS[family]?.[String(value)] ?? (family === "hedge" ? "hedge" : "cue");

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  const create = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /**
   * @param {string} example
   * @param {string} words  Marked in it
   * @param {MarkLook} look
   */
  const exampleOf = (example, words, look) => {
    const at = example.indexOf(words);
    const mark = create("mark", { class: `look-${look}` }, words);
    return create("li", {}, example.slice(0, at), mark, example.slice(at + words.length));
  };

  /**
   * @param {string} family
   * @param {FullLabel} label
   */
  const labelOf = (family, label) => {
    const id = `${family}-${label.value}`;
    const look = lookOf(family, label);
    return create(
      "article",
      { id, "aria-labelledby": `${id}-name` },
      create(
        "h3",
        { id: `${id}-name` },
        label.name,
        create("a", { href: `#${id}`, "aria-label": `Link to ${label.name}` }, "#"),
      ),
      create("p", {}, label.definition),
      create("p", { class: "why" }, label.why),
      create(
        "ul",
        { role: "list", "aria-label": "Examples" },
        ...label.examples.map((example, index) => exampleOf(example, label.marks[index], look)),
      ),
      create("p", { class: "term" }, "Researchers call it: ", create("i", {}, label.term)),
    );
  };

  /** @param {FullFamily} family */
  const familyOf = ({ id, name, question, labels }) =>
    create(
      "section",
      { id, "aria-labelledby": `${id}-name` },
      create("h2", { id: `${id}-name` }, name),
      create("p", { class: "question" }, question),
      create("div", { class: "labels" }, ...labels.map((label) => labelOf(id, label))),
    );

  const contents = /** @type {HTMLElement} */ (document.getElementById("contents"));
  const place = /** @type {HTMLElement} */ (document.getElementById("families"));

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const useTone = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", useTone);
  useTone();

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hearsay.looks.sampleStyles()];

  const fill = async () => {
    try {
      const { families } = /** @type {{families: FullFamily[]}} */ (await api.labels());
      contents.append(...families.map(({ id, name }) => create("a", { href: `#${id}` }, name)));
      place.append(...families.map(familyOf));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { title, advice } = hearsay.problemWords(/** @type {any} */ (error).problem);
      place.append(
        create("p", { role: "alert" }, hearsay.sentences([title, advice.replaceAll("`", "")])),
      );
    }
    place.removeAttribute("aria-busy");
    // The browser looked for the place before it was there.
    if (location.hash) location.replace(location.hash);
  };
  fill();
}
