// Loads a script of the page once, when something on the page first asks for it.
import { scriptAddress } from './trusted.js';

/** Gives what the script leaves behind; null when its file is missing or blocked. Never rejects. */
export function scriptLoader<T>(address: string, made: () => T | undefined): () => Promise<T | null> {
  let loading: Promise<T | null> | undefined;
  return () => loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = scriptAddress(address);
    script.onload = () => resolve(made() ?? null);
    script.onerror = () => {
      loading = undefined; // Who asks next may have more luck.
      resolve(null);
    };
    document.head.append(script);
  });
}
