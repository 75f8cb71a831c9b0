// Stands between the site and a lost network. It keeps the page that says so, with its stylesheet
// and icons, and nothing else: what a person was shown never enters a cache.
'use strict';
const CACHE = 'luring-{{ version }}';
const PAGE = '{{ page }}';
const KEPT = {{ kept|safe }};

const kept = async (address) => {
  const cache = await caches.open(CACHE);
  return (await cache.match(address, { ignoreVary: true })) ?? Response.error();
};

addEventListener('install', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  // Asked for without cookies, as a stranger: the page is the same for everybody.
  await cache.addAll(KEPT.map((address) => new Request(address, { credentials: 'omit', cache: 'no-cache' })));
  await skipWaiting();
})()));

addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  // The page is asked for while this script still wakes up: a slow telephone loses no time by it.
  await registration.navigationPreload?.enable();
  await clients.claim();
})()));

const pageFromServer = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return kept(PAGE);
  }
};

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.destination === 'document') event.respondWith(pageFromServer(event));
  else if (request.method === 'GET' && KEPT.includes(new URL(request.url).pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});
