/**
 * The extension's end in the page: the toolbar button turns the overlay on and off.
 *
 *   hearsay.toggle()
 */
{
  globalThis.hearsay ??= {};
  const { runtime } = globalThis.browser ?? chrome;

  /** @type {any} A hearsay.Overlay, while there is one */
  let overlay = null;

  /**
   * @returns {{blocks: Block[], problem?: Problem}}
   */
  const read = () => {
    if (document.contentType === "application/pdf") return { blocks: [], problem: { kind: "pdf" } };
    if (document.querySelector('meta[name="application-name"][content="Hearsay"]')) {
      return { blocks: [], problem: { kind: "own-page" } };
    }
    const blocks = hearsay.blocksOf(hearsay.findArticle(document));
    return blocks.length ? { blocks } : { blocks, problem: { kind: "no-article" } };
  };

  /**
   * @param {Block[]} blocks
   * @returns {Promise<{analysis: Analysis, labels: Labels} | {problem: Problem}>}
   */
  const ask = (blocks) =>
    runtime.sendMessage({ type: "analyze", blocks: blocks.map(({ id, text }) => ({ id, text })) });

  /** @param {any} started  A hearsay.Overlay */
  const mark = async (started) => {
    const { blocks, problem } = read();
    if (problem) {
      started.problem(problem);
      return;
    }
    started.busy("Reading the article …");
    const answer = await ask(blocks);
    if (overlay !== started) return;
    if ("problem" in answer) {
      started.problem(answer.problem);
      return;
    }
    const { painted, mismatched } = started.show(blocks, answer.analysis, answer.labels);
    console.info(
      `Hearsay: ${painted} marks painted; ${mismatched} left out, where the page's text differs.`,
    );
  };

  const run = async () => {
    const started = new hearsay.Overlay({
      onRemove: () => {
        overlay = null;
      },
      onRetry: () => {
        started.remove();
        run();
      },
    });
    overlay = started;
    try {
      await mark(started);
    } catch (error) {
      if (overlay === started) started.problem({ kind: "bug", detail: String(error) });
      throw error;
    }
  };

  hearsay.toggle = () => {
    if (overlay) overlay.remove();
    else run();
  };

  // Injected by the first press.
  hearsay.toggle();
}
