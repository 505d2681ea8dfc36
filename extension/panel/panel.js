/**
 * The reading, beside the page: who says what, and how sure they are.
 *
 * A side panel in Chromium, a sidebar in Firefox. It keeps nothing itself: the page's content
 * script tells what was read, the settings tell what of it is shown.
 */
import { glossaryLink } from "../glossary.js";
import { follow, tell } from "./follow.js";
import { showFilters } from "./views/filters.js";
import { makeHead } from "./views/head.js";
import { showHedges } from "./views/hedges.js";
import { Page } from "./views/page.js";
import { showPointed } from "./views/pointed.js";
import { makeOffers } from "./views/save.js";
import { showShares } from "./views/shares.js";
import { showSources } from "./views/sources.js";
import { showBusy, showOff, showProblem, startKeys } from "./views/state.js";

const { create, looks, settings, summaryOf } = globalThis.hearsay;

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** How long one reads a line, and each letter of a longer one. */
const READ_MS = { line: 4000, letter: 80 };
let saying = 0;

/** @param {string} text  Shown for a moment, and told by a screen reader */
const say = (text) => {
  byId("said").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(
    () => byId("said").replaceChildren(),
    Math.max(READ_MS.line, text.length * READ_MS.letter),
  );
};

/** @type {Snapshot | null} Null where Hearsay is off */
let reading = null;
/** @type {string | null} */
let pointed = null;
/** @type {Settings} */
let chosen = await settings.read();
const keys = await startKeys();

byId("glossary").append(glossaryLink());

const showOffers = makeOffers(byId("export"), say);
const showHead = makeHead(byId("head"), { onMode: (type) => tell({ type }), say });

/** @param {(hidden: Hidden) => Hidden} change */
const changeHidden = async (change) => {
  const { hidden } = await settings.read();
  await settings.write({ hidden: change(hidden) });
};

/** @param {string} id */
const onGo = (id) => tell({ type: "go", id });

/** @param {Page} page */
const copying = (page) => async (/** @type {Attribution} */ claim) => {
  await navigator.clipboard.writeText(page.words.citation(claim, page.reading));
  say("Copied, with its source.");
};

/** @param {import("./views/page.js").Read} read */
const showReading = (read) => {
  const page = new Page(read, chosen.hidden);
  const { state, warnings } = read;
  byId("warnings").replaceChildren(...warnings.map(({ detail }) => create("p", {}, `⚠ ${detail}`)));
  // Until all is read, nobody knows whose the rest is.
  byId("shares-section").hidden = state !== "done";
  if (state === "done") showShares(byId("shares"), page);
  const { claims, sourceless, hedges } = summaryOf(page.counts);
  byId("sources-tally").textContent = page.counts.claims
    ? `${claims}, ${sourceless}`
    : "No claims of others are shown.";
  byId("hedges-tally").textContent = page.counts.hedges ? hedges : "No unsure words are shown.";
  showSources(byId("sources"), page, { onGo, onCopy: copying(page) });
  showHedges(byId("hedges"), page, { onGo });
  showFilters(byId("filters"), read, chosen.hidden, changeHidden);
  showOffers(page);
  showPointed(pointed, { scroll: false });
};

const show = () => {
  showHead(reading);
  const state = byId("state");
  state.hidden = reading?.state === "done";
  if (!reading) showOff(state, keys);
  else if (reading.state === "busy") showBusy(state, reading.progress);
  else if (reading.problem) showProblem(state, reading.problem);
  const { labels } = reading ?? {};
  byId("reading").hidden = !labels || reading?.state === "problem";
  if (reading && labels) showReading({ ...reading, labels });
};

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The bar has the colours of the lines, which the reader can choose. */
const useInks = () => {
  document.documentElement.classList.toggle("dark", dark.matches);
  for (const look of ["source", "vague"]) {
    const { textDecorationColor } = getComputedStyle(byId(`ink-${look}`));
    document.documentElement.style.setProperty(`--${look}-ink`, textDecorationColor);
  }
};

document.adoptedStyleSheets = [looks.sampleStyles()];
looks.onChange(useInks);
dark.addEventListener("change", useInks);
useInks();

settings.onChange((/** @type {Settings} */ now) => {
  chosen = now;
  show();
});

await follow({
  onReading: (now) => {
    reading = now;
    show();
  },
  onPointed: (id) => {
    pointed = id;
    showPointed(pointed, { scroll: true });
  },
});
