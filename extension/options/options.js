/** The options: each section of the page has a file of its own. */
import { startKeys } from "./keys.js";
import { startLabels } from "./labels.js";
import { startLooks } from "./looks.js";
import { startReset } from "./reset.js";
import { startServer } from "./server.js";
import { startSites } from "./sites.js";

startReset();
await Promise.all([startServer(), startLooks(), startLabels(), startSites(), startKeys()]);
