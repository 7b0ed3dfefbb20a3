// editor.js: CodeMirror with what a policy needs, in a shadow root.
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, closeHoverTooltips, highlightSpecialChars, keymap, lineNumbers, type ViewUpdate } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Editor, EditorOptions, Mark } from './contract.js';
import { HANG, TAB } from './hang.js';
import { LOOK } from './look.js';

/** On changes that the page makes, of which it needs not be told. */
const fromPage = Annotation.define<true>();

/** CodeMirror's four severities stand for the four types of finding; what is read and drawn is ours. */
const SEVERITY = { ERROR: 'error', SECURITY_WARNING: 'warning', WARNING: 'info', SUGGESTION: 'hint' } as const;

/** Makes characters seen that are none to look at, each by an element of its own. */
const SPECIAL = highlightSpecialChars();
const NONE: Extension = [];
const special = new Compartment();
/** With more of them on one line the editor stands still. No text that somebody reads has so many. */
const MOST_SPECIAL = 1000;

function showSpecial(parts: Iterable<string>): Extension {
  let count = 0;
  for (const part of parts) {
    for (const _ of part.matchAll(/(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu)) if (++count > MOST_SPECIAL) return NONE;
  }
  return SPECIAL;
}

export function mount(host: HTMLElement, { text, onChange, onMove, ...given }: EditorOptions): Editor {
  let { name, description } = given;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const changed = (update: ViewUpdate) => {
    const { transactions, state } = update;
    if (update.docChanged && !transactions.every((transaction) => transaction.annotation(fromPage))) {
      const isWhole = transactions.some((transaction) => {
        return ['input.paste', 'input.drop', 'undo', 'redo'].some((event) => transaction.isUserEvent(event));
      });
      onChange(state.doc.toString(), isWhole);
    }
    if (update.selectionSet || update.docChanged) {
      const { from } = state.selection.main;
      const line = state.doc.lineAt(from);
      onMove(line.number, from - line.from + 1);
    }
  };
  const extensions: Extension[] = [
    lineNumbers(), lintGutter(), history(), special.of(showSpecial([text])), bracketMatching(), indentOnInput(), json(),
    indentUnit.of('    '), EditorState.tabSize.of(TAB), EditorView.lineWrapping, syntaxHighlighting(classHighlighter), HANG, LOOK,
    keymap.of([
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      ...historyKeymap,
      ...defaultKeymap, // Without a binding for Tab, which moves on to what comes next on the page.
    ]),
    // CodeMirror itself switches spelling, correction and translation off; these two are newer than it.
    EditorView.contentAttributes.of(() => ({
      'aria-label': name, 'aria-description': description, tabindex: '0', writingsuggestions: 'false', 'data-gramm': 'false',
    })),
    EditorView.domEventHandlers({ beforeinput: replaceByHand }),
    EditorView.updateListener.of(changed),
    EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
      const wanted = docChanged ? showSpecial(newDoc.iter()) : special.get(startState)!;
      return wanted === special.get(startState) ? null : { effects: special.reconfigure(wanted) };
    }),
  ];
  const view = new EditorView({ root, parent: root, state: EditorState.create({ doc: text, extensions }) });
  // A tooltip that the mouse opened has to go while the focus is anywhere.
  const escaped = (event: KeyboardEvent) => {
    if (event.key === 'Escape') view.dispatch({ effects: closeHoverTooltips });
  };
  document.addEventListener('keydown', escaped);

  return {
    setWords(...next) {
      if (next[0] === name && next[1] === description) return;
      [name, description] = next;
      view.dispatch({}); // Has the attributes asked for again.
    },
    setText(next) {
      const change = difference(view.state.doc.toString(), next);
      if (change === null) return;
      view.dispatch({ changes: change, annotations: [fromPage.of(true), isolateHistory.of('full')] });
    },
    setMarks(marks) {
      view.dispatch(setDiagnostics(view.state, marks.map((mark) => diagnostic(view.state, mark))));
    },
    goTo(offset) {
      const anchor = Math.min(offset, view.state.doc.length);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy() {
      document.removeEventListener('keydown', escaped);
      view.destroy();
    },
  };
}

/**
 * Where a selection is typed over, Chromium keeps its colours by a style attribute of its own, which the page's policy
 * refuses with an error on the console. So the editor makes that change, and the browser none.
 */
function replaceByHand(event: InputEvent, view: EditorView): boolean {
  const { inputType, data } = event;
  if (inputType !== 'insertText' || data === null || view.composing || !event.cancelable) return false;
  // The browser's own selection: of one that was made a moment ago the editor may not have heard.
  const root = view.root as DocumentOrShadowRoot & { getSelection?: () => Selection | null };
  const { anchorNode, anchorOffset, focusNode, focusOffset } = root.getSelection?.() ?? {};
  if (!view.contentDOM.contains(anchorNode ?? null) || !view.contentDOM.contains(focusNode ?? null)) return false;
  const ends = [view.posAtDOM(anchorNode!, anchorOffset), view.posAtDOM(focusNode!, focusOffset)];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  if (from === to && !data.includes('\n')) return false;
  event.preventDefault();
  const insert = view.state.toText(data);
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.type', scrollIntoView: true });
  return true;
}

/** The smallest change from one text to the other, so that the caret and what is around it stay where they are. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/** A finding about several lines is underlined on the first: a wave under a whole statement hides what is in it. */
function diagnostic(state: EditorState, { from, to, type, message, actions }: Mark) {
  const start = Math.min(from, state.doc.length);
  const end = Math.min(to, state.doc.lineAt(start).to);
  return { from: start, to: Math.max(start, end), severity: SEVERITY[type], message, actions };
}
