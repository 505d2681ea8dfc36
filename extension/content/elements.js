/**
 * Elements, for any page that has the CSS of hearsay.looks.
 *
 *   hearsay.create(tag, properties, ...children)
 *   hearsay.emblem()
 *   hearsay.iconButton(name, label, onclick)
 *   hearsay.withCode(text)  hearsay.withKeys(text)
 */
{
  globalThis.hearsay ??= {};

  const SVG = "http://www.w3.org/2000/svg";

  /** Strokes of the icons, on a grid of 24. */
  const ICONS = {
    previous: "M15 5l-7 7 7 7",
    next: "M9 5l7 7-7 7",
    legend: "M4 7h9M4 12h16M4 17q2-3 4 0t4 0 4 0 4 0",
    present: "M3 5h18v11H3zM12 16v4M8 20h8",
    guess: "M5 19l1-5L16 4l4 4L10 18zM14 6l4 4",
    copy: "M9 8V4h11v12h-4M4 8h12v12H4z",
    close: "M6 6l12 12M18 6L6 18",
  };

  /**
   * @param {string} tag
   * @param {Record<string, any>} [properties]  `class`, `on…` handlers and attributes
   * @param {(Node | string | null | undefined | false)[]} children
   * @returns {any}
   */
  const create = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (typeof value === "boolean") element.toggleAttribute(name, value);
      else element.setAttribute(name, value);
    }
    element.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
    return element;
  };
  hearsay.create = create;

  /**
   * @param {number} size  Of the grid
   * @param {Record<string, string>[]} paths  Attributes of each
   */
  const drawing = (size, paths) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.setAttribute("aria-hidden", "true");
    for (const attributes of paths) {
      const path = document.createElementNS(SVG, "path");
      for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
      svg.append(path);
    }
    return svg;
  };

  const STROKE = {
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };

  /** @param {keyof typeof ICONS} name */
  const icon = (name) => drawing(24, [{ ...STROKE, d: ICONS[name] }]);

  /** The drawing of icons/icon.svg. */
  hearsay.emblem = () => {
    const stroke = { ...STROKE, stroke: "var(--paper)", "stroke-width": "11" };
    const svg = drawing(128, [
      {
        fill: "currentColor",
        d: "M24 12h80a16 16 0 0 1 16 16v52a16 16 0 0 1-16 16H66l-26 23a4 4 0 0 1-6.7-3V96H24A16 16 0 0 1 8 80V28a16 16 0 0 1 16-16z",
      },
      { ...stroke, d: "M32 40h64" },
      {
        ...stroke,
        d: "M32 68c8-13 13.3-13 21.3 0s13.3 13 21.3 0 13.3-13 21.3 0",
      },
    ]);
    svg.setAttribute("class", "emblem");
    return svg;
  };

  /**
   * @param {keyof typeof ICONS} name
   * @param {string} label
   * @param {() => void} onclick
   */
  hearsay.iconButton = (name, label, onclick) =>
    create("button", { type: "button", title: label, "aria-label": label, onclick }, icon(name));

  /** Puts what stands between back ticks into `code` elements. @param {string} text */
  hearsay.withCode = (text) =>
    text.split("`").map((part, index) => (index % 2 ? create("code", {}, part) : part));

  /** The same, of keys. @param {string} text */
  hearsay.withKeys = (text) =>
    text.split("`").map((part, index) => (index % 2 ? create("kbd", {}, part) : part));
}
