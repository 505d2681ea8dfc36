/**
 * On a site that is always on: the reader has not asked for this page, of which main.js takes notice.
 *
 *   hearsay.unasked
 */
globalThis.hearsay ??= {};

hearsay.unasked = true;
