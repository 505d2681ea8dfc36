/**
 * Whether a page is light or dark, where its text stands.
 *
 *   hearsay.toneOf(element)    -> "light" or "dark"
 */

{
  globalThis.hearsay ??= {};

  /**
   * Relative luminance of a computed colour (WCAG 2.2), with its opacity.
   *
   * The modern notations of CSS Color 4 give a lightness, whose cube is near enough.
   *
   * @param {string} color
   * @returns {{luminance: number, alpha: number}}
   */
  const readColor = (color) => {
    const [head, tail] = color.split("/");
    const numbers = (head.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const legacy = color.startsWith("rgb");
    const alpha = Number(tail?.match(/[\d.]+/)?.[0] ?? (legacy ? (numbers[3] ?? 1) : 1));
    if (/^(?:ok)?l(?:ab|ch)/.test(color)) {
      const lightness = color.startsWith("ok") ? numbers[0] : numbers[0] / 100;
      return { luminance: lightness ** 3, alpha };
    }
    const [red, green, blue] = numbers
      .slice(-3 - Number(legacy && numbers.length > 3))
      .map((value) => (legacy ? value / 255 : value))
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return { luminance: 0.2126 * red + 0.7152 * green + 0.0722 * blue, alpha };
  };

  /**
   * Whether the page behind an element is light or dark: by the nearest background colour that
   * covers what is behind it; where an image lies there, or nothing, by the colour of the text.
   *
   * @param {Element} element
   * @returns {Tone}
   */
  hearsay.toneOf = (element) => {
    /** @type {Element | undefined} */
    let at = element;
    for (; at; at = at.parentElement ?? /** @type {ShadowRoot} */ (at.getRootNode()).host) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") break;
      const { luminance, alpha } = readColor(style.backgroundColor);
      // Where black and white text have the same contrast: (L + 0.05)² = 0.05 · 1.05.
      if (alpha > 0.5) return luminance < 0.179 ? "dark" : "light";
    }
    return readColor(getComputedStyle(element).color).luminance > 0.4 ? "dark" : "light";
  };
}
