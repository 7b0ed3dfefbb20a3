// Registers the service worker, and tells of a new version of the page. Without a worker the page works as well.
import { scriptAddress } from './trusted.js';

/** Calls `onNewVersion` with what changes to it, once one is there and waits. */
export function workOffline(onNewVersion: (change: () => void) => void): void {
  // None from a disk, on plain http, and where the browser is told to have none.
  if (!('serviceWorker' in navigator) || location.protocol === 'file:') return;
  const workers = navigator.serviceWorker;
  const offer = (worker: ServiceWorker | null) => {
    // Without a worker in charge this one is the first, and nothing is new.
    if (worker === null || workers.controller === null) return;
    onNewVersion(() => {
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      worker.postMessage('take over');
    });
  };
  const register = async () => {
    try {
      const registration = await workers.register(scriptAddress('./sw.js'), { updateViaCache: 'none' });
      offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => { if (worker.state === 'installed') offer(worker); });
      });
    } catch {
      // Refused by the browser, or the file is missing.
    }
  };
  // After the page's own files, so that it competes with none of them.
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register(), { once: true });
}
