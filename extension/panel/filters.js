/**
 * Which labels are shown. What labels there are, the API tells: a new one has its switch here at
 * once.
 */

/**
 * @typedef {string | boolean} Value
 * @typedef {{value: Value, name: string, definition: string, shown: boolean, count: number}} Filter
 * @typedef {{id: Family | "hedge", name: string, filters: Filter[]}} FilterFamily
 */

/** The family of the parts of an attribution: parts are no kinds, and no part goes without. */
const PARTS = "attribution";

/**
 * @param {Labels} labels
 * @returns {any[]}  The families whose labels can be shown or not
 */
const kindsIn = ({ families }) => families.filter(({ id }) => id !== PARTS);

/** The families of which an attribution has one label each. @param {Labels} labels */
export const claimFamilies = (labels) => kindsIn(labels).filter(({ id }) => id !== "hedge");

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
    filters: values.map((/** @type {Label} */ { value, name, definition }) => ({
      value,
      name,
      definition,
      shown: !hidden[/** @type {Family} */ (id)]?.includes(value),
      count:
        id === "hedge"
          ? hedges.filter(({ kind }) => kind === value).length
          : attributions.filter((one) => one[/** @type {Family} */ (id)] === value).length,
    })),
  }));

/**
 * @param {Hidden} hidden
 * @param {Family | "hedge"} family
 * @param {Value} value
 * @param {boolean} shown
 * @returns {Hidden}
 */
export const withFilter = (hidden, family, value, shown) => {
  const others = (hidden[family] ?? []).filter((one) => one !== value);
  return { ...hidden, [family]: shown ? others : [...others, value] };
};
