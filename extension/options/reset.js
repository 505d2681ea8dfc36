/** Everything as it was when Hearsay was installed. */
import { DEFAULT, read, write } from "../connection.js";
import { clear, giveBack } from "../sites.js";
import { byId } from "./dom.js";

const { settings } = globalThis.hearsay;

const reset = async () => {
  const { server } = await read();
  await Promise.all([settings.reset(), write(DEFAULT), clear()]);
  await giveBack(server);
  byId("reset-said").textContent = "Everything is as at first.";
};

export const startReset = () => {
  const sure = byId("sure");
  byId("reset").addEventListener("click", () => {
    sure.returnValue = "";
    sure.showModal();
  });
  sure.addEventListener("close", () => {
    if (sure.returnValue === "yes") reset();
  });
};
