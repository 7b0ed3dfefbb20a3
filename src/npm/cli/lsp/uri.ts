// What editors call a text.
import { fileURLToPath } from 'node:url';

/** The path of a file; null of a text that is none here. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : null;
  } catch {
    return null; // On another host, or with escapes that are none.
  }
}

/** The path, or what comes nearest to it, by which the format of a text is told. */
export function nameOf(uri: string): string {
  const path = pathOf(uri);
  if (path !== null) return path;
  const name = uri.replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
