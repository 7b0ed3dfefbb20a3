// The editor, from a script of its own.
import { scriptLoader } from '../script.js';

/** Null when the plain field has to do. */
export const loadEditor = scriptLoader('./editor.js', () => globalThis.posternEditor);
