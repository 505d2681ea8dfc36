/**
 * How sure: the unsure words of an article by kind, the writer's own apart from those in what
 * others are reported to have said.
 */

/**
 * @typedef {{kind: string, hedges: Hedge[]}} HedgeGroup
 *
 * @param {Hedge[]} hedges  Those to be shown, in the order of the text
 * @param {string[]} kinds  In the order to be shown
 * @param {(hedge: Hedge) => boolean} isSpeakers  Is the hedge a speaker's?
 * @returns {{writer: HedgeGroup[], speakers: HedgeGroup[]}}
 */
export const hedgeGroupsOf = (hedges, kinds, isSpeakers) => {
  /** @param {(hedge: Hedge) => boolean} belongs */
  const groups = (belongs) =>
    kinds
      .map((kind) => ({ kind, hedges: hedges.filter((one) => one.kind === kind && belongs(one)) }))
      .filter((group) => group.hedges.length > 0);
  return { writer: groups((hedge) => !isSpeakers(hedge)), speakers: groups(isSpeakers) };
};
