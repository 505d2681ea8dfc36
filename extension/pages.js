/**
 * The extension's own pages, opened.
 *
 *   await openPanel(windowId)   -> whether it is open now
 *   await openOptions()
 */
import { browser } from "./browser.js";

/**
 * Chromium's side panel or Firefox's sidebar. Both open only in answer to a click or a key, and
 * Firefox takes none that a web page's process tells of.
 *
 * @param {number} windowId
 * @returns {Promise<boolean>}
 */
export const openPanel = async (windowId) => {
  const { sidePanel, sidebarAction } = /** @type {any} */ (browser);
  try {
    if (sidePanel) await sidePanel.open({ windowId });
    else await sidebarAction.open();
    return true;
  } catch (error) {
    console.info(`The panel did not open: ${error}`);
    return false;
  }
};

export const openOptions = () => browser.runtime.openOptionsPage();
