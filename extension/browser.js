/**
 * The browser's extension API, for every module of the extension: one place to put another.
 *
 * Firefox calls it `browser`, Chromium `chrome`; both return promises.
 */
export const browser = globalThis.browser ?? chrome;
