/**
 * Which labels are shown. What labels there are, the API tells: a new one has its switch here at
 * once.
 */

const { labelIn } = globalThis.hearsay;

/**
 * @typedef {{value: LabelValue, name: string, definition: string, shown: boolean, count: number}} Filter
 * @typedef {{id: string, name: string, filters: Filter[]}} FilterFamily
 */

/** The family of the parts of an attribution: parts are no kinds, and no part goes without. */
const PARTS = "attribution";

/**
 * The families of which an attribution or a hedge has one label each.
 *
 * @param {Labels} labels
 */
export const kindsIn = ({ families }) => families.filter(({ id }) => id !== PARTS);

/**
 * @param {Labels} labels
 * @param {Hidden} hidden
 * @param {Analysis} analysis
 * @returns {FilterFamily[]}
 */
export const filtersOf = (labels, hidden, { attributions, hedges }) =>
  kindsIn(labels).map(({ id, name, labels: values }) => ({
    id,
    name,
    filters: values.map(({ value, name, definition }) => ({
      value,
      name,
      definition,
      shown: !hidden[id]?.includes(value),
      count: [...attributions, ...hedges].filter((one) => labelIn(one, id) === value).length,
    })),
  }));

/**
 * @param {Hidden} hidden
 * @param {string} family
 * @param {LabelValue} value
 * @param {boolean} shown
 * @returns {Hidden}
 */
export const withFilter = (hidden, family, value, shown) => {
  const others = (hidden[family] ?? []).filter((one) => one !== value);
  return { ...hidden, [family]: shown ? others : [...others, value] };
};
