/**
 * The page's own end of the overlay: what is typed, pasted, opened or handed over is marked by the
 * same code that marks a news page.
 *
 *   hearsay.openStory(story)   shows a Story of texts.js; the extension calls it too
 */
{
  const { api, ApiError } = hearsay;
  api.server = "";

  /** Time without a key stroke after which the text is analysed. */
  const PAUSE_MS = 250;
  const SAMPLE = "Hearsay’s sample article: a made-up story";
  /** In sessionStorage: for as long as this tab is open. */
  const TOKEN_KEY = "hearsay-token";
  const STORY_KEY = "hearsay-story";
  api.token = sessionStorage.getItem(TOKEN_KEY) ?? "";

  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const desk = byId("desk");
  const found = byId("found");
  const modes = byId("modes");
  /** What makes no sense without marks. */
  const ofMarks = /** @type {HTMLButtonElement[]} */ (
    ["previous", "next", "present", "guess"].map(byId)
  );
  const clear = byId("clear");
  const problemBox = byId("problem");
  const file = /** @type {HTMLInputElement} */ (byId("file"));

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const newOverlay = () =>
    new hearsay.Overlay({
      bar: false,
      // A lesson mode has the window to itself, and a touch of the text is no wish to type.
      onMode: (/** @type {boolean} */ running) => {
        editor.locked = running;
        document.documentElement.classList.toggle("lesson", running);
      },
    });
  let overlay = newOverlay();
  /** @type {{blocks: Block[], analysis: Analysis, labels: Labels} | null} What is on the screen. */
  let shown = null;
  /** Aborted when a newer text is to be analysed. */
  let current = new AbortController();
  let timer = 0;

  /** @type {Promise<Labels> | null} */
  let labels = null;
  const getLabels = () => {
    labels ??= api.labels().catch((/** @type {unknown} */ error) => {
      labels = null;
      throw error;
    });
    return /** @type {Promise<Labels>} */ (labels);
  };

  const editor = new hearsay.Editor({ field: byId("text"), origin: byId("origin") }, () => {
    clearTimeout(timer);
    timer = setTimeout(analyze, PAUSE_MS);
  });

  const showNothing = () => {
    shown = null;
    overlay.clear();
    found.replaceChildren();
    modes.hidden = true;
  };

  const paint = () => {
    if (!shown) return;
    const { blocks, analysis } = shown;
    const counts = overlay.show(blocks, analysis, shown.labels);
    const warnings = analysis.warnings.map(({ detail }) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = `⚠ ${detail}`;
      return paragraph;
    });
    const nothing = counts.painted === 0;
    // What is warned of explains why there is nothing.
    const line = nothing && warnings.length ? [] : [hearsay.countsLine(counts)];
    found.replaceChildren(...line, ...warnings);
    for (const button of ofMarks) button.disabled = nothing;
    modes.hidden = false;
  };

  /** @param {ProblemWords} words */
  const showProblem = ({ title, advice, detail, retry }) => {
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
      button.type = "button";
      button.textContent = "Try again";
      button.addEventListener("click", analyze);
      problemBox.append(button);
    }
    problemBox.hidden = false;
  };

  /**
   * The server's password is asked for here: this page has no options.
   *
   * @param {ProblemWords} words
   */
  const askForToken = ({ title }) => {
    const advice = "It is a password for the server: whoever runs the server knows it.";
    showProblem({ title, advice, retry: false });
    const input = document.createElement("input");
    input.type = "password";
    input.autocomplete = "off";
    input.required = true;
    const label = document.createElement("label");
    label.append("Access token", input);
    const button = document.createElement("button");
    button.textContent = "Use it";
    const form = document.createElement("form");
    form.append(label, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      api.token = input.value.trim();
      sessionStorage.setItem(TOKEN_KEY, api.token);
      analyze();
    });
    problemBox.append(form);
  };

  /** @param {Problem} problem */
  const tell = (problem) => {
    const words = hearsay.problemWords(problem);
    if (problem.kind === "token-missing" || problem.kind === "token-wrong") askForToken(words);
    else showProblem(words);
  };

  /**
   * The text outlives a reload, and ends with this tab.
   *
   * @param {Block[]} blocks
   */
  const remember = (blocks) => {
    sessionStorage.removeItem(STORY_KEY);
    if (!blocks.length) return;
    const { title = "", url = "", source } = editor.story ?? {};
    const plain = blocks.map(({ text, kind }) => ({ text, kind }));
    try {
      sessionStorage.setItem(STORY_KEY, JSON.stringify({ title, url, source, blocks: plain }));
    } catch {
      // Longer than a browser keeps.
    }
  };

  const analyze = async () => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const blocks = editor.blocks();
    remember(blocks);
    clear.hidden = !blocks.length;
    desk.classList.toggle("empty", !blocks.length);
    if (!blocks.length) {
      problemBox.hidden = true;
      showNothing();
      return;
    }
    if (!shown) found.replaceChildren("Reading the text …");
    try {
      const [analysis, words] = await Promise.all([api.analyze(blocks, signal), getLabels()]);
      if (signal.aborted) return;
      problemBox.hidden = true;
      shown = { blocks, analysis, labels: words };
      paint();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      showNothing();
      tell(/** @type {any} */ (error).problem);
    }
  };

  /** @param {Story} story */
  hearsay.openStory = async (story) => {
    // The buttons that one starts with give way to those for a text.
    const leavesFocus = document.activeElement?.classList.contains("start");
    showNothing();
    editor.show(story);
    window.scrollTo({ top: 0, behavior: "instant" });
    await analyze();
    const next = byId(shown && !ofMarks[0].disabled ? "present" : "clear");
    if (leavesFocus) next.focus({ preventScroll: true });
  };

  /** @param {File | null | undefined} chosen */
  const openFile = async (chosen) => {
    if (!chosen) return;
    try {
      await hearsay.openStory(await hearsay.storyOfFile(chosen));
    } catch (error) {
      if (!(error instanceof hearsay.TextFileError)) throw error;
      showProblem(/** @type {any} */ (error).words);
    }
  };

  byId("sample").addEventListener("click", async () => {
    const reply = await fetch("sample.txt");
    await hearsay.openStory(hearsay.storyOf(await reply.text(), SAMPLE));
  });
  byId("open").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    await openFile(file.files?.[0]);
    file.value = ""; // the same file again is a change, too
  });
  clear.addEventListener("click", () => {
    editor.clear();
    analyze();
    editor.focus();
  });
  byId("next").addEventListener("click", () => overlay.step(1));
  byId("previous").addEventListener("click", () => overlay.step(-1));
  byId("present").addEventListener("click", () => hearsay.present(overlay));
  byId("guess").addEventListener("click", () => hearsay.guess(overlay));

  // A file may be let go anywhere: beside the text the browser would leave the page to show it.
  /** @param {DragEvent} event */
  const bringsFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  window.addEventListener("dragover", (event) => {
    if (!bringsFile(event)) return;
    event.preventDefault();
    desk.classList.add("dropping");
  });
  window.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) desk.classList.remove("dropping");
  });
  window.addEventListener("drop", (event) => {
    desk.classList.remove("dropping");
    if (!bringsFile(event)) return;
    event.preventDefault();
    openFile(event.dataTransfer?.files[0]);
  });

  new hearsay.Handouts(
    {
      menu: byId("handouts"),
      button: byId("handout"),
      forms: byId("forms"),
      paper: byId("paper"),
    },
    () => {
      if (!shown) return null;
      const { title = "", url = "", source } = editor.story ?? {};
      return { ...shown, title, url, source };
    },
  );

  const useTone = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", () => {
    useTone();
    overlay.remove();
    overlay = newOverlay();
    paint();
  });
  useTone();

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hearsay.looks.sampleStyles()];
  getLabels().then(
    (value) => {
      const words = new hearsay.Words(value);
      byId("legend").append(hearsay.legendOf(words));
      const off = Object.entries(hearsay.settings.defaults.hidden).flatMap(([family, values]) =>
        values.map((/** @type {string} */ one) => `“${words.label(family, one).name}”`),
      );
      byId("not-shown").textContent =
        `Found, but not marked here: ${off.join(" and ")}. The extension’s panel has a switch for each kind.`;
    },
    (error) => {
      if (!(error instanceof ApiError)) throw error;
      tell(/** @type {any} */ (error).problem);
    },
  );

  const remembered = sessionStorage.getItem(STORY_KEY);
  if (remembered) hearsay.openStory(JSON.parse(remembered));
}
