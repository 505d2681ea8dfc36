/**
 * The page's own end of the overlay: what is typed or pasted is marked as one types, by the same
 * code that marks a news page.
 */
{
  const { api, ApiError } = hearsay;
  api.server = "";

  /** Time without a key stroke after which the text is analysed. */
  const PAUSE_MS = 250;

  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const desk = byId("desk");
  const text = byId("text");
  const found = byId("found");
  const steps = byId("steps");
  const clear = byId("clear");
  const problemBox = byId("problem");

  const dark = matchMedia("(prefers-color-scheme: dark)");
  let overlay = new hearsay.Overlay({ bar: false });
  /** @type {{blocks: Block[], analysis: Analysis} | null} What is on the screen. */
  let shown = null;
  /** Aborted when a newer text is to be analysed. */
  let current = new AbortController();
  let timer = 0;

  /** @type {Promise<Labels> | null} */
  let labels = null;
  const getLabels = () => {
    labels ??= api.labels().catch((error) => {
      labels = null;
      throw error;
    });
    return labels;
  };

  const readText = () =>
    hearsay.blocksOf({ roots: [text], headlines: new Set(), excluded: new Set() });

  const showNothing = () => {
    shown = null;
    overlay.clear();
    found.replaceChildren();
    steps.hidden = true;
  };

  const paint = async () => {
    if (!shown) return;
    const { blocks, analysis } = shown;
    const counts = overlay.show(blocks, analysis, await getLabels());
    const warnings = analysis.warnings.map(({ detail }) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = `⚠ ${detail}`;
      return paragraph;
    });
    found.replaceChildren(hearsay.countsLine(counts), ...warnings);
    steps.hidden = counts.claims + counts.hedges === 0;
  };

  /** @param {Problem} problem */
  const showProblem = (problem) => {
    showNothing();
    const { title, advice, detail, retry } = hearsay.problemWords(problem);
    const heading = document.createElement("h2");
    heading.textContent = title;
    const paragraphs = [hearsay.withCode(advice), detail ? [detail] : []].map((parts) => {
      const paragraph = document.createElement("p");
      paragraph.append(...parts);
      return paragraph;
    });
    problemBox.replaceChildren(heading, ...paragraphs);
    if (retry) {
      const button = document.createElement("button");
      button.textContent = "Try again";
      button.addEventListener("click", analyze);
      problemBox.append(button);
    }
    problemBox.hidden = false;
  };

  const analyze = async () => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const blocks = readText();
    clear.hidden = !blocks.length;
    desk.classList.toggle("empty", !blocks.length);
    if (!blocks.length) {
      problemBox.hidden = true;
      showNothing();
      return;
    }
    try {
      const [analysis] = await Promise.all([api.analyze(blocks, signal), getLabels()]);
      if (signal.aborted) return;
      problemBox.hidden = true;
      shown = { blocks, analysis };
      await paint();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      showProblem(error.problem);
    }
  };

  /** @param {string} value */
  const setText = (value) => {
    text.textContent = value;
    return analyze();
  };

  text.addEventListener("input", () => {
    // An emptied editor keeps a line break, behind which no placeholder would show.
    if (!text.textContent?.trim()) text.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(analyze, PAUSE_MS);
  });

  byId("sample").addEventListener("click", async () => {
    const reply = await fetch("sample.txt");
    await setText(await reply.text());
  });
  clear.addEventListener("click", () => {
    setText("");
    text.focus();
  });
  byId("next").addEventListener("click", () => overlay.step(1));
  byId("previous").addEventListener("click", () => overlay.step(-1));

  const useTone = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", () => {
    useTone();
    overlay.remove();
    overlay = new hearsay.Overlay({ bar: false });
    paint();
  });
  useTone();

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hearsay.looks.sampleSheet());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  getLabels().then(
    (value) => byId("legend").append(hearsay.legendOf(new hearsay.Words(value))),
    (error) => {
      if (!(error instanceof ApiError)) throw error;
      showProblem(error.problem);
    },
  );
}
