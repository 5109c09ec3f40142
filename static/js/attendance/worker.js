// The service worker of one attendance page: it answers only when the network does not, from what
// `offline.js` kept, and for half a day at most. Everything else passes by it.
const CACHES = "attendance-";
const PATIENCE = 4000;
const LASTS = 12 * 60 * 60 * 1000;
const NEVER_CHANGES = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === new URL(self.registration.scope).pathname) {
    event.respondWith(page(request, url.pathname));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(part(request));
  }
});

async function page(request, path) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const kept = await found(path);
    if (kept && Date.now() - Number(kept.headers.get("X-Kept-At")) < LASTS) return kept;
    throw error;
  }
}

async function part(request) {
  const kept = await found(request);
  if (kept && NEVER_CHANGES.test(new URL(request.url).pathname)) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function found(request) {
  for (const name of await caches.keys()) {
    const kept = name.startsWith(CACHES) && (await (await caches.open(name)).match(request));
    if (kept) return kept;
  }
  return null;
}
