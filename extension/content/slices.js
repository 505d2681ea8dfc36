/**
 * Long work in short pieces, so that the page scrolls and answers in between.
 *
 * Work that may be long is a generator, which yields wherever it may pause:
 *
 *   hearsay.atOnce(steps)            runs it to its end -> what it returns
 *   await hearsay.inSlices(steps)    the same, letting the page go on every few milliseconds
 */
{
  globalThis.hearsay ??= {};

  /** A frame has 16 ms at most, and the page's own work is to fit in it too. */
  const SLICE_MS = 8;

  /** Firefox before 142 and Safari have no scheduler. */
  const pause = () =>
    globalThis.scheduler?.yield
      ? globalThis.scheduler.yield()
      : new Promise((resolve) => setTimeout(resolve));

  /**
   * @template Result
   * @param {Generator<void, Result>} steps
   * @returns {Result}
   */
  hearsay.atOnce = (steps) => {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  };

  /**
   * @template Result
   * @param {Generator<void, Result>} steps
   * @returns {Promise<Result>}
   */
  hearsay.inSlices = async (steps) => {
    for (;;) {
      const end = performance.now() + SLICE_MS;
      while (performance.now() < end) {
        const { done, value } = steps.next();
        if (done) return value;
      }
      await pause();
    }
  };
}
