/**
 * What a reader has chosen, for every part of Hearsay: pages that are marked, the extension's own
 * pages, and the web page of the server.
 *
 *   hearsay.settings.defaults
 *   await hearsay.settings.read()          -> Settings
 *   await hearsay.settings.write(patch)    the settings named in it
 *   await hearsay.settings.reset()
 *   hearsay.settings.onChange(callback)    called with the new Settings, wherever they were changed;
 *                                          returns a function that ends this
 *
 * Every process that shows a web page can read and write what is kept here. So the address of the
 * server and its access token are not: they are in connection.js.
 */

/**
 * @typedef {Partial<Record<string, LabelValue[]>>} Hidden  Values whose marks are not shown, by the
 *   family of their label
 *
 * @typedef {object} LookSettings
 * @property {string} palette  One of hearsay.looks.palettes
 * @property {Partial<Record<MarkLook, Line>>} lines  Where they differ from the usual ones
 *
 * @typedef {object} Settings
 * @property {Hidden} hidden
 * @property {LookSettings} looks
 */

{
  globalThis.hearsay ??= {};

  /**
   * Plans and wishes are no claims about the world, and "about 40" is seldom a doubt: a reader who
   * sees them marked soon trusts no mark.
   *
   * @type {Settings}
   */
  const defaults = {
    hidden: { attitude: ["intention"], hedge: ["approximation"] },
    looks: { palette: "standard", lines: {} },
  };

  /**
   * @param {unknown} value
   * @returns {Record<string, unknown>}  Empty where `value` is no object
   */
  const members = (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? /** @type {Record<string, unknown>} */ (value)
      : {};

  /**
   * @param {unknown} value
   * @returns {Hidden}
   */
  const hiddenFrom = (value) => {
    const given = Object.entries(members(value)).flatMap(([family, values]) => {
      if (!Array.isArray(values)) return [];
      return [[family, values.filter((one) => ["string", "boolean"].includes(typeof one))]];
    });
    return { ...defaults.hidden, ...Object.fromEntries(given) };
  };

  /**
   * @param {unknown} value
   * @returns {LookSettings}
   */
  const looksFrom = (value) => {
    const { palette, lines } = members(value);
    return {
      palette: typeof palette === "string" ? palette : defaults.looks.palette,
      lines: members(lines),
    };
  };

  /**
   * Whatever was kept, by an older version or by chance, comes out as settings.
   *
   * @param {unknown} kept
   * @returns {Settings}
   */
  const settingsFrom = (kept) => {
    const { hidden, looks } = members(kept);
    return { hidden: hiddenFrom(hidden), looks: looksFrom(looks) };
  };

  /**
   * @typedef {object} Store
   * @property {() => Promise<unknown>} load
   * @property {(patch: Partial<Settings>) => Promise<void>} save
   * @property {() => Promise<void>} clear
   * @property {(listener: () => void) => () => void} listen
   */

  const NAMES = Object.keys(defaults);

  /**
   * @param {any} area  The extension's `storage.local`
   * @param {any} runtime
   * @returns {Store}
   */
  const extensionStore = (area, runtime) => ({
    load: () => area.get(NAMES),
    save: (patch) => area.set(patch),
    clear: () => area.remove(NAMES),
    listen: (listener) => {
      /** @param {Record<string, unknown>} changes */
      const heard = (changes) => {
        if (NAMES.some((name) => name in changes)) listener();
      };
      area.onChanged.addListener(heard);
      return () => {
        // What an update has left behind in a page hears nothing any more, and cannot say so.
        if (runtime.id) area.onChanged.removeListener(heard);
      };
    },
  });

  /** @returns {Store} */
  const pageStore = () => {
    const KEY = "hearsay";
    /** @type {Set<() => void>} */
    const listeners = new Set();
    const tell = () => {
      for (const listener of listeners) listener();
    };
    // Tells of other windows alone.
    window.addEventListener("storage", ({ key }) => {
      if (key === KEY || key === null) tell();
    });
    const load = async () => {
      try {
        return members(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
      } catch {
        return {}; // not ours, or the reader lets no page keep anything
      }
    };
    return {
      load,
      save: async (patch) => {
        localStorage.setItem(KEY, JSON.stringify({ ...(await load()), ...patch }));
        tell();
      },
      clear: async () => {
        localStorage.removeItem(KEY);
        tell();
      },
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  };

  const browser = globalThis.browser ?? globalThis.chrome;
  const area = browser?.storage?.local;
  const store = area ? extensionStore(area, browser.runtime) : pageStore();

  const read = async () => settingsFrom(await store.load());

  hearsay.settings = {
    defaults,

    read,

    /** @param {Partial<Settings>} patch */
    write: (patch) => store.save(patch),

    reset: () => store.clear(),

    /** @param {(settings: Settings) => void} callback */
    onChange: (callback) => store.listen(async () => callback(await read())),
  };
}
