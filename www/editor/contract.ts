// What editor.js, a script of its own that is loaded when a view needs it, offers to the page.
import type { FindingType } from '../engine.js';

/** A place to underline, in UTF-16 code units of the text. */
export interface Mark {
  from: number;
  to: number;
  type: FindingType;
  message: string;
  /** What the tooltip offers to do. */
  actions: { name: string; apply: () => void }[];
}

export interface EditorOptions {
  /** The accessible name. */
  name: string;
  /** The accessible description: what stands below the field is outside of the shadow root and cannot be referred to. */
  description: string;
  text: string;
  /** The text has changed. `isWhole` when it came at once, by pasting or undoing, and not key by key. */
  onChange: (text: string, isWhole: boolean) => void;
  /** Where the caret is now, or the selection begins; both count from 1. */
  onMove: (line: number, column: number) => void;
}

export interface Editor {
  setWords(name: string, description: string): void;
  /** Makes the text this one, as a single step for Undo. */
  setText(text: string): void;
  setMarks(marks: Mark[]): void;
  /** Puts the caret there, into sight. */
  goTo(offset: number): void;
  focus(): void;
  destroy(): void;
}

export interface EditorScript {
  /** Puts an editor into a shadow root of the host, where the page's security policy lets it bring its style. */
  mount(host: HTMLElement, options: EditorOptions): Editor;
}

declare global {
  var posternEditor: EditorScript | undefined;
}
