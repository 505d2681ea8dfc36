/**
 * What only the extension's own pages and background may know.
 *
 *   await load(key)         undefined where nothing was kept
 *   await save(key, value)
 *
 * Every content script can read `storage.local`, and so can a page that breaks out of its bounds
 * inside the process that it shares with them. The extension's own database is out of their reach.
 */

const STORE = "kept";

/** @returns {Promise<IDBDatabase>} */
const opened = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("hearsay", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>}
 */
const run = async (mode, act) => {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

/** @param {string} key */
export const load = (key) => run("readonly", (store) => store.get(key));

/**
 * @param {string} key
 * @param {unknown} value
 */
export const save = (key, value) => run("readwrite", (store) => store.put(value, key));
