/** The inks and lines of the marks, and how a text looks with them. */
import { byId } from "./dom.js";

const { create, looks, settings } = globalThis.hearsay;

/** @type {Record<string, [name: string, meant: string]>} */
const PALETTES = {
  standard: ["Standard", "blue, plum and ochre"],
  distinct: ["Easy to tell apart", "also with most kinds of colour blindness"],
  strong: ["Strong", "for a projector in a bright room"],
  grey: ["Grey", "the lines alone tell the marks apart; good for printing"],
};

/** @type {Record<Line, string>} */
const LINES = {
  solid: "straight",
  double: "double",
  dashed: "dashes",
  dotted: "dots",
  wavy: "wave",
};

/** Looks that share a line, by what stands before the choice. @type {[name: string, MarkLook[]][]} */
const ROWS = [
  ["Source", ["source"]],
  ["Nobody to ask", ["vague", "unstated"]],
  ["Signal words", ["cue"]],
  ["Claim", ["content"]],
  ["Unsure words", ["hedge"]],
];

/** @typedef {string | [MarkLook, ...any[]]} Sample  Text, or what is marked in it */

/** @type {Sample[]} */
const SAMPLES = [
  ["source", "Mayor Ida Lunt"],
  " ",
  ["cue", "said"],
  " that ",
  ["content", "the bridge ", ["hedge", "might"], " open in May"],
  ". ",
  ["vague", "Critics"],
  " ",
  ["cue", "fear"],
  " ",
  ["content", "a delay"],
  ". ",
  ["content", "The plans"],
  " ",
  ["hedge", ["unstated", "are said"], " to"],
  " ",
  ["content", "be ready"],
  ".",
];

/**
 * @param {Sample} sample
 * @returns {Node | string}
 */
const drawn = (sample) => {
  if (typeof sample === "string") return sample;
  const [look, ...parts] = sample;
  return create("span", { class: `look-${look}` }, ...parts.map(drawn));
};

/** @param {Partial<LookSettings>} patch */
const write = async (patch) => {
  const { looks: before } = await settings.read();
  await settings.write({ looks: { ...before, ...patch } });
};

/** @param {string} palette */
const paletteChoice = (palette) => {
  const [name, meant] = PALETTES[palette];
  const radio = create("input", {
    type: "radio",
    name: "palette",
    value: palette,
    onchange: () => write({ palette }),
  });
  return create(
    "label",
    {},
    radio,
    create("span", {}, name, " ", create("span", { class: "note" }, meant)),
  );
};

/** @param {[name: string, MarkLook[]]} row */
const lineChoice = ([name, of]) => {
  const select = create(
    "select",
    {
      name: of[0],
      onchange: async () => {
        const { looks: before } = await settings.read();
        const chosen = Object.fromEntries(of.map((look) => [look, select.value]));
        await write({ lines: { ...before.lines, ...chosen } });
      },
    },
    ...looks.lines.map((/** @type {Line} */ line) =>
      create("option", { value: line }, LINES[line]),
    ),
  );
  return create("label", {}, create("span", {}, name), select);
};

/** A claim's line is thin and may be like a source's, in which it never stands. */
const alike = () => {
  const rows = ROWS.filter(([, [look]]) => look !== "content");
  for (const [index, [name, [look]]] of rows.entries()) {
    const [other] =
      rows.slice(index + 1).find(([, of]) => looks.lineOf(of[0]) === looks.lineOf(look)) ?? [];
    if (other)
      return `“${name}” and “${other}” have the same line: only their colours tell them apart.`;
  }
  return "";
};

const show = async () => {
  const { looks: chosen } = await settings.read();
  const palette = looks.palettes.includes(chosen.palette)
    ? chosen.palette
    : settings.defaults.looks.palette;
  for (const radio of byId("palettes").querySelectorAll("input")) {
    radio.checked = radio.value === palette;
  }
  for (const select of byId("lines").querySelectorAll("select")) {
    select.value = looks.lineOf(select.name);
  }
  byId("alike").textContent = alike();
};

export const startLooks = async () => {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, looks.sampleStyles()];
  byId("palettes").append(...looks.palettes.map(paletteChoice));
  byId("lines").append(...ROWS.map(lineChoice));
  byId("previews").append(
    ...[
      ["light", "On a light page"],
      ["dark", "On a dark page"],
    ].map(([tone, name]) =>
      create(
        "figure",
        {},
        create("figcaption", { class: "note" }, name),
        create("p", { class: `preview ${tone}` }, ...SAMPLES.map(drawn)),
      ),
    ),
  );
  byId("looks-reset").addEventListener("click", () =>
    settings.write({ looks: settings.defaults.looks }),
  );
  looks.onChange(show);
  await show();
};
