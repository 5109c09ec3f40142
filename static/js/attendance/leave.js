// At sign-out nothing of attendance stays on the device: neither what was entered nor the page kept.
import { CACHES } from "./offline.js";
import { clear, unsentOnThisDevice } from "./queue.js";

/** Warn of what was not sent, and take everything away when the person signs out all the same. */
export function leaving(form) {
  const warning = document.querySelector("[data-unsent]");
  if (warning) warning.hidden = !unsentOnThisDevice();
  form.addEventListener(
    "submit",
    async (event) => {
      event.preventDefault();
      await forget();
      form.submit();
    },
    { once: true },
  );
}

async function forget() {
  clear();
  try {
    const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
    await Promise.all(names.map((name) => caches.delete(name)));
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((worker) => worker.unregister()));
  } catch {
    // The device keeps no page: there is nothing to take away.
  }
}
