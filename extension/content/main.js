/**
 * The extension's end in the page: the toolbar button turns the overlay on and off, and the
 * extension's other parts (the panel, the badge) hear of what is read, and ask for it.
 *
 *   hearsay.toggle()
 *
 * Said to them, by runtime.sendMessage:
 *
 *   {type: "reading", reading: Snapshot}   at each change, and with the state "off" at the end
 *   {type: "pointed", id: string | null}   the attribution or hedge that the card explains
 *
 * Heard from them, by tabs.sendMessage; all but the first only while the overlay is there:
 *
 *   {type: "get-reading"}                  answered with a Snapshot, or null without the overlay
 *   {type: "go", id}                       goes to an attribution or hedge, and explains it
 *   {type: "step", direction}              to the next mark (1) or the one before (-1)
 *   {type: "present"}, {type: "guess"}     start these modes
 *
 * On a site that is always on the scripts come with the page, and may come after a press has already
 * brought them: the second time this file does nothing.
 */
globalThis.hearsay ??= {};

if (!hearsay.toggle) {
  const { runtime } = globalThis.browser ?? chrome;

  /** The extension's other parts hear of changes no more often than this. */
  const TELL_MS = 200;

  /** @type {{overlay: any, marker: any} | null} While Hearsay is on */
  let on = null;

  /** @param {object} message */
  const tell = async (message) => {
    try {
      await runtime.sendMessage(message);
    } catch {
      // Nobody listens.
    }
  };

  /** Whether the extension was updated or switched off, and has left this behind in the page. */
  const isLeftBehind = () => !runtime.id;

  /**
   * The browser may stop the background in the middle, and a second message starts it anew.
   *
   * @param {{id: string, text: string}[]} blocks
   * @returns {Promise<Answer>}
   */
  const ask = async (blocks) => {
    const send = () => runtime.sendMessage({ type: "analyze", blocks });
    try {
      return await send();
    } catch {
      return isLeftBehind() ? { problem: { kind: "left-behind" } } : send();
    }
  };

  /**
   * Takes away what an older edition of these scripts has left in the page: an update lets it stand,
   * and nobody hears what is pressed in it. Our own web page has an overlay that is no such thing.
   */
  const clearLeftovers = () => {
    if (hearsay.isOwnPage()) return;
    for (const host of document.querySelectorAll("hearsay-overlay")) host.remove();
    for (const { defaultView: view } of hearsay.documentsIn(document)) {
      for (const name of hearsay.looks.highlights) view.CSS.highlights.delete(name);
    }
  };

  /**
   * Calls at once, and then no more often than every TELL_MS: the last call is never lost.
   * @param {() => void} call
   */
  const atMostOften = (call) => {
    let waiting = false;
    let due = 0;
    return () => {
      if (waiting) return;
      waiting = true;
      setTimeout(
        () => {
          waiting = false;
          due = performance.now() + TELL_MS;
          call();
        },
        Math.max(0, due - performance.now()),
      );
    };
  };

  /** @param {boolean} [quiet] */
  const start = (quiet) => {
    const overlay = new hearsay.Overlay({
      onRemove: () => {
        on = null;
        marker.stop();
      },
      onRetry: () => marker.retry(),
      onOptions: () => tell({ type: "open-options" }),
      onPoint: (/** @type {string | null} */ id) => tell({ type: "pointed", id }),
    });
    const tellReading = atMostOften(() => tell({ type: "reading", reading: marker.snapshot() }));
    const marker = new hearsay.PageMarker({ overlay, ask, onChange: tellReading, quiet });
    on = { overlay, marker };
    marker.start();
    // Left behind, and cleared away by a newer edition: it leaves the keys and the marks to that.
    const watch = new MutationObserver(() => {
      if (overlay.ui.host.isConnected) return;
      watch.disconnect();
      if (isLeftBehind()) overlay.remove();
    });
    watch.observe(document.documentElement, { childList: true });
  };

  runtime.onMessage.addListener((message, _sender, answer) => {
    if (message.type === "get-reading") answer(on?.marker.snapshot() ?? null);
    if (!on) return;
    const { overlay } = on;
    if (message.type === "go") overlay.go(message.id);
    else if (message.type === "step") overlay.step(message.direction);
    else if (message.type === "present") hearsay.present?.(overlay);
    else if (message.type === "guess") hearsay.guess?.(overlay);
  });

  hearsay.toggle = () => {
    if (on?.marker.isQuiet) on.marker.speak();
    else if (on) on.overlay.remove();
    else start();
  };

  clearLeftovers();
  // The first press has brought this, or the page of a site that is always on.
  start(hearsay.unasked);
}
