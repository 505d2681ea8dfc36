/**
 * @param {string} id
 * @returns {any}  The element of the page
 */
export const byId = (id) => document.getElementById(id);
