// Lets /check/ work without a network: what that page asks of this site is kept, and given from there when there is none.
const kept = () => caches.open(registration.scope);

const answer = async (request) => {
  const cache = await kept();
  try {
    const fresh = await fetch(request);
    // The page keeps the search's files itself, all or none, so that those kept are of one time.
    if (fresh.ok && !request.url.endsWith(".bin")) await cache.put(request, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
});
