/**
 * Paints marks again when a script of the page has cleared the highlights or style sheets, which it
 * shares with us: `hearsay.keepMended(mend, signal)`, where `mend` says whether anything was lost.
 *
 * A page that clears them whenever they are there wins: each time we come back later, and after some
 * times no more.
 */
{
  globalThis.hearsay ??= {};

  const LOOK_MS = 500;
  /** Losses one after the other after which the page is let have its way. */
  const ENOUGH = 8;

  /**
   * @param {() => boolean} mend
   * @param {AbortSignal} signal
   */
  hearsay.keepMended = (mend, signal) => {
    let losses = 0;
    let timer = 0;
    const look = () => {
      losses = mend() ? losses + 1 : Math.max(losses - 1, 0);
      if (losses < ENOUGH) timer = setTimeout(look, LOOK_MS * 2 ** losses);
    };
    timer = setTimeout(look, LOOK_MS);
    signal.addEventListener("abort", () => clearTimeout(timer));
  };
}
