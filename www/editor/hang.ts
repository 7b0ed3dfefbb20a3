// A line that wraps goes on to the right of where it began.
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** Indents beyond this are treated as this one. */
const DEEPEST = 24;
/** How far a line that wraps is set back behind its beginning. */
const HUNG = 2;
export const TAB = 4;

// The depth is a class, because the page's policy allows no style attributes.
const LINES = Array.from({ length: DEEPEST + 1 }, (_, depth) => Decoration.line({ class: `cm-in${depth}` }));

const classes = ViewPlugin.fromClass(class {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = decorate(view);
  }

  update(update: ViewUpdate) {
    if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
  }
}, { decorations: (plugin) => plugin.decorations });

function decorate({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); line.from <= to; line = state.doc.line(line.number + 1)) {
      const depth = Math.min(depthOf(line.text), DEEPEST);
      if (line.from > last) builder.add(line.from, line.from, LINES[depth]!);
      last = line.from;
      if (line.number === state.doc.lines) break;
    }
  }
  return builder.finish();
}

/** The columns before what is written. Tabs stop where they should only from a whole number of them, so a line that
 *  begins with one hangs by the width of a tab. */
function depthOf(line: string): number {
  const columns = [.../^[ \t]*/.exec(line)![0]].reduce((at, one) => (one === '\t' ? at - at % TAB + TAB : at + 1), 0);
  return line.startsWith('\t') ? columns + TAB - HUNG : columns;
}

/** On a narrow screen there is no room to hang far. */
const hang = (depth: number) => `min(${depth + HUNG}ch, var(--hang-most, ${DEEPEST}ch))`;

export const HANG = [
  classes,
  EditorView.theme(Object.fromEntries(LINES.map((_, depth) => [
    `.cm-in${depth}`, { paddingLeft: `calc(.25rem + ${hang(depth)})`, textIndent: `calc(-1 * ${hang(depth)})` },
  ]))),
];
