/** Elements of the panel, made once and kept. */

const { create, layersOf } = globalThis.hearsay;

/**
 * Makes a parent's children agree with a list: what stays keeps its element, and with it what is
 * open, focused or scrolled to.
 *
 * @template Item
 * @param {Element} parent
 * @param {Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => any} make  An element, whose `update(item)` takes what is new
 */
export const keep = (parent, items, keyOf, make) => {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const before = new Map([...parent.children].map((/** @type {any} */ one) => [one.key, one]));
  const children = items.map((item) => {
    const key = keyOf(item);
    const element = before.get(key) ?? Object.assign(make(item), { key });
    before.delete(key);
    element.update(item);
    return element;
  });
  for (const gone of before.values()) gone.remove();
  for (const [index, child] of children.entries()) {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index]);
  }
  // An element that is moved loses the focus.
  if (focused?.isConnected && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
  }
};

/**
 * Something to open and close, whose inside is made when it is first seen.
 *
 * @template Item
 * @param {object} parts
 * @param {string} parts.className
 * @param {boolean} parts.open  At first
 * @param {(summary: HTMLElement, item: Item) => void} parts.head  Fills the summary
 * @param {(inside: HTMLElement, item: Item) => void} parts.body  Fills the rest
 * @param {(item: Item, id: string) => boolean} [parts.holds]  Whether a claim or hedge is in it
 * @returns {any}  A `details` element with `update(item)`, `holds(id)` and `reveal()`
 */
export const disclosure = ({ className, open, head, body, holds = () => false }) => {
  const summary = create("summary");
  const inside = create("div", { class: "inside" });
  const details = create("details", { class: className, open }, summary, inside);
  /** @type {Item | undefined} */
  let latest;
  /** @type {Item | undefined} */
  let drawn;
  const draw = () => {
    if (!details.open || !latest || drawn === latest) return;
    drawn = latest;
    body(inside, latest);
  };
  details.addEventListener("toggle", draw);
  return Object.assign(details, {
    /** @param {Item} item */
    update: (item) => {
      latest = item;
      head(summary, item);
      draw();
    },
    /** @param {string} id */
    holds: (id) => latest !== undefined && holds(latest, id),
    reveal: () => {
      details.open = true;
      draw(); // "toggle" comes later
    },
  });
};

/**
 * The article's words with their lines, as on the page.
 *
 * @param {string} text
 * @param {Stretch} stretch  Of that text
 * @param {Drawn[]} drawn  In that text
 * @returns {Node[]}
 */
export const drawnText = (text, stretch, drawn) =>
  layersOf(stretch, drawn).map((/** @type {Layer} */ { start, end, looks }) =>
    looks.reduceRight(
      (inner, look) => create("span", { class: `look-${look}` }, inner),
      /** @type {any} */ (document.createTextNode(text.slice(start, end))),
    ),
  );
