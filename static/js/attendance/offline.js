// Keeps this one page and what it is made of on the device, so that it opens again without network.
export const CACHES = "attendance-";

/** Register the worker of this page, and keep the page as it is now. */
export async function keepPage({ user, worker }) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const page = location.pathname;
  try {
    await navigator.serviceWorker.register(worker, { scope: page });
    const mine = `${CACHES}${user}`;
    await forgetOthers(mine);
    if (navigator.onLine) await keep(await caches.open(mine), page);
  } catch {
    // The device keeps nothing: entries are still queued while the page stays open.
  }
}

async function keep(cache, page) {
  const response = await fetch(page);
  if (!response.ok || response.redirected) return;
  const headers = new Headers(response.headers);
  headers.set("X-Kept-At", String(Date.now()));
  await cache.put(page, new Response(await response.blob(), { headers }));
  const parts = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"));
  const urls = [...new Set(parts.map((url) => url.pathname + url.search))];
  await Promise.all(urls.map((url) => cache.add(url).catch(() => null)));
}

/** Pages that somebody else opened on this computer. */
async function forgetOthers(mine) {
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHES) && name !== mine) await caches.delete(name);
  }
}
