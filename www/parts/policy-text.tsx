// A field for a policy: a plain one, until the editor is there and where it cannot come.
import type { Ref } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { TOO_LARGE } from '../ask.js';
import type { Editor, EditorScript, Mark } from '../editor/contract.js';
import { loadEditor } from '../editor/load.js';
import { unread } from './unread.js';

/** What a view does with the field besides giving it a text. */
export interface TextHandle {
  /** Puts the caret there, into sight, and the focus into the field. */
  goTo(offset: number): void;
  focus(): void;
}

interface Props {
  id: string;
  /** The label and accessible name. */
  name: string;
  text: string;
  /** Null while they are not known: those that are drawn stay. */
  marks: Mark[] | null;
  /** `isWhole` when the text came at once, by pasting, and not key by key. */
  onChange: (text: string, isWhole: boolean) => void;
  onMove?: (line: number, column: number) => void;
  /** Told of a text that is too large to be taken. */
  onRefuse: (characters: number) => void;
  handle?: Ref<TextHandle>;
  /** The id of what describes the field, and the same as a text. */
  describedBy?: string;
  description?: string;
  rows?: number;
}

/** Line ends as the editor and every browser's fields have them, so that places in the text mean the same to all. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

export function PolicyText(props: Props) {
  const { id, name, text, marks, handle, describedBy, description = '', rows = 14 } = props;
  const [script, setScript] = useState<EditorScript | null | 'loading'>('loading');
  useEffect(() => void loadEditor().then(setScript), []);

  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<Editor | null>(null);
  const hasEditor = script !== null && script !== 'loading';
  // The editor is made once and calls what the view wants by now.
  const latest = useRef(props);
  latest.current = props;
  const caret = useRef<number | null>(null);
  // Also in the drawing that takes the plain field away: the focus may have come into it since the last one.
  if (plain.current !== null && document.activeElement === plain.current) caret.current = plain.current.selectionStart;

  useLayoutEffect(() => {
    if (!hasEditor || host.current === null) return undefined;
    const made = script.mount(host.current, {
      name: latest.current.name, description: latest.current.description ?? '', text: latest.current.text,
      onChange: (next, isWhole) => {
        if (next.length > TOO_LARGE) {
          made.setText(latest.current.text);
          latest.current.onRefuse(next.length);
        } else latest.current.onChange(next, isWhole);
      },
      onMove: (line, column) => latest.current.onMove?.(line, column),
    });
    editor.current = made;
    made.setMarks(latest.current.marks ?? []);
    if (caret.current !== null) made.goTo(caret.current); // It goes on where the plain field was left.
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [hasEditor]);
  useLayoutEffect(() => editor.current?.setText(text), [text]);
  useLayoutEffect(() => { if (marks !== null) editor.current?.setMarks(marks); }, [marks]);
  useLayoutEffect(() => editor.current?.setWords(name, description), [name, description]);

  useImperativeHandle(handle ?? null, () => ({
    focus: () => (editor.current ?? plain.current)?.focus(),
    goTo(offset) {
      if (editor.current !== null) editor.current.goTo(offset);
      else if (plain.current !== null) goToIn(plain.current, offset);
    },
  }), []);

  return (
    <div class="policy-text">
      {hasEditor
        ? <span class="label" onClick={() => editor.current?.focus()} aria-hidden="true">{name}</span>
        : <label for={id}>{name}</label>}
      {hasEditor
        ? <div class="editor" ref={host} translate={false} />
        : (
          <textarea
            id={id} ref={(element) => { plain.current = element; unread(element); }} class="editor" value={text} rows={rows}
            spellcheck={false} autocapitalize="off" autocomplete="off" wrap="soft" aria-describedby={describedBy}
            onInput={(event) => {
              const field = event.currentTarget;
              if (field.value.length > TOO_LARGE) {
                props.onRefuse(field.value.length);
                field.value = text;
              } else props.onChange(field.value, event.inputType === 'insertFromPaste');
            }}
            onSelect={(event) => tell(event.currentTarget, props.onMove)}
          />
        )}
      {script === null && <p class="help">Plain editor in use: the file editor.js is missing or was blocked.</p>}
    </div>
  );
}

function tell(field: HTMLTextAreaElement, onMove: Props['onMove']): void {
  const before = field.value.slice(0, field.selectionStart).split('\n');
  onMove?.(before.length, before.at(-1)!.length + 1);
}

/** Browsers bring a caret into sight when something is typed, not when it is set. */
function goToIn(field: HTMLTextAreaElement, offset: number): void {
  field.focus();
  field.setSelectionRange(offset, offset);
  const lines = field.value.split('\n').length;
  const line = field.value.slice(0, offset).split('\n').length;
  field.scrollTop = (line / lines) * field.scrollHeight - field.clientHeight / 2;
}
