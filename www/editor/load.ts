// Loads editor.js once, when the first view asks for it.
import { scriptAddress } from '../trusted.js';
import type { EditorScript } from './contract.js';

let loading: Promise<EditorScript | null> | undefined;

/** The editor; null when its file is missing or blocked, and the plain field has to do. Never rejects. */
export function loadEditor(): Promise<EditorScript | null> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = scriptAddress('./editor.js');
    script.onload = () => resolve(globalThis.posternEditor ?? null);
    script.onerror = () => {
      loading = undefined; // The next view that needs it may have more luck.
      resolve(null);
    };
    document.head.append(script);
  });
  return loading;
}
