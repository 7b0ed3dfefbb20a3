// Links that hold texts: version, gzip, base64url in the fragment of an address. Gzip's checksum tells a damaged link.
import { SLICES, follow, type Address, type States, type View } from './state.js';

/** The name in the fragment under which the texts stand. */
const NAME = 'with';
const VERSION = 1;
/** The most characters of a link that holds texts. Longer ones are cut by chats and mail programs. */
const MOST_PACKED = 8000;
/** The most characters of the texts, also of those that a link claims to hold. */
const MOST_TEXT = 100_000;

export const hasTexts = ({ given }: Address) => given.has(NAME);

/** The part of a link that holds what JSON can hold; null when it is too long for a link. */
export async function pack(texts: unknown): Promise<string | null> {
  const json = JSON.stringify(texts);
  if (json.length > MOST_TEXT) return null;
  const packed = await bytesOf(new Blob([json]).stream().pipeThrough(new CompressionStream('gzip')), MOST_PACKED);
  if (packed === null) return null;
  const text = btoa(String.fromCharCode(VERSION, ...packed)).replace(/[+/=]/g, (one) => ({ '+': '-', '/': '_' })[one] ?? '');
  return text.length > MOST_PACKED ? null : `${NAME}=${text}`;
}

/** The states with what a link holds; null for a link that is damaged or of another version. */
export async function readLink(states: States, address: Address): Promise<States | null> {
  try {
    const texts = await unpack(address.given.get(NAME) ?? '');
    return withTexts(follow(states, address), address.view, texts);
  } catch {
    return null;
  }
}

function withTexts<V extends View>(states: States, view: V, texts: unknown): States | null {
  const state = SLICES[view].fromLink(states[view], texts);
  return state && { ...states, [view]: state };
}

/** What a link holds; null, which no view takes, for what is no packed text, of another version or too long. */
async function unpack(text: string): Promise<unknown> {
  if (text.length > MOST_PACKED || !/^[\w-]+$/.test(text)) return null;
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes.charCodeAt(0) !== VERSION) return null;
  const packed = Uint8Array.from(bytes.slice(1), (one) => one.charCodeAt(0));
  // A small text may unpack to a huge one, so it is counted while it comes.
  const json = await bytesOf(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')), 3 * MOST_TEXT);
  return json && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
}

/** Null when there are more than `most`; the rest is then not read. */
async function bytesOf(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    parts.push(value as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
