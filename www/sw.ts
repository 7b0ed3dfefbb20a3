// The service worker: keeps the files of one build, so that the page works without a network. It asks for nothing
// outside its list, answers nothing outside it, and takes the place of an older one only when the page says so.
//
// The page's security policy does not bind it, so it must stay this short.

// scripts/page.mjs puts the files of the build with a hash of each, and a name for all of them, in the place of these.
declare const PRECACHE: Record<string, string>;
declare const BUILD: string;
declare const self: {
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
  skipWaiting(): Promise<void>;
  location: { href: string };
};

interface Extendable { waitUntil(work: Promise<unknown>): void }
interface Events {
  install: Extendable;
  activate: Extendable;
  message: { data: unknown };
  fetch: { request: Request; respondWith(answer: Promise<Response>): void };
}

const PREFIX = `postern ${new URL('./', self.location.href).pathname} `;
const CACHE = PREFIX + BUILD;
const addresses = new Map(Object.entries(PRECACHE).map(([name, hash]) => [new URL(name, self.location.href).href, hash]));

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(forget()));
self.addEventListener('message', (event) => { if (event.data === 'take over') void self.skipWaiting(); });
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const address = url.split(/[?#]/, 1)[0]!;
  if (method === 'GET' && addresses.has(address)) event.respondWith(answer(address, event.request));
});

/** Takes the files past the browser's cache, and only those that this worker was built with. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([...addresses].map(async ([address, hash]) => {
    const response = await fetch(address, { cache: 'no-cache' });
    const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
    if (!response.ok || btoa(String.fromCharCode(...new Uint8Array(digest))) !== hash) throw new Error(`${address} is not the file of this build.`);
    await cache.put(address, response);
  }));
}

async function forget(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(address: string, request: Request): Promise<Response> {
  return await (await caches.open(CACHE)).match(address) ?? fetch(request);
}

export {};
