// How the editor looks: the page's own colours, which reach into a shadow root as custom properties.
import { EditorView } from '@codemirror/view';

const PICTURES = {
  error: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  warning: 'M8 1 2 3v5c0 3.5 2.5 6 6 7 3.5-1 6-3.5 6-7V3z',
  info: 'M8 1.5 15.5 15H.5z',
  hint: 'M8 1a5 5 0 0 0-2.5 9.300V12h5v-1.700A5 5 0 0 0 8 1zM5.5 13h5v2h-5z',
};

/** A shape that takes the colour of its type, and the system's where colours are forced. */
const picture = (name: keyof typeof PICTURES) => {
  const svg = `%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='${PICTURES[name]}'/%3E%3C/svg%3E`;
  return {
    content: '""', display: 'block', width: '.875em', height: '.875em', marginBlockStart: '.3125em',
    background: `var(--${name}-mark)`, mask: `url("data:image/svg+xml,${svg}") center / contain no-repeat`,
    forcedColorAdjust: 'none',
  };
};

const wave = (name: string, style: string) => ({
  backgroundImage: 'none', paddingBottom: 0,
  textDecoration: `underline ${style} var(--${name}-mark) 2px`, textUnderlineOffset: '.25em', textDecorationSkipInk: 'none',
});

export const LOOK = EditorView.theme({
  '&': {
    '--error-mark': 'var(--error)', '--warning-mark': 'var(--security)', '--info-mark': 'var(--warning)',
    '--hint-mark': 'var(--suggestion)',
    color: 'var(--text)', backgroundColor: 'transparent', fontSize: '.875rem',
    // A long text scrolls in it, and at its ends the page goes on.
    maxHeight: 'var(--editor-most, none)',
  },
  '&.cm-focused': { outline: 'none' }, // The page draws the focus around the whole.
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5', overflow: 'hidden auto' },
  // A long name is broken where the line ends: moved down as a whole, it would leave a line with nothing but its indent.
  '.cm-content': { padding: '.75rem 0', minHeight: 'var(--editor-height, 12rem)', caretColor: 'var(--text)', wordBreak: 'break-all' },
  '.cm-line': { padding: '0 .75rem 0 .25rem' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: 'none', userSelect: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 .5rem 0 .25rem', minWidth: '2rem', fontSize: '.8125em', lineHeight: '1.85' },
  '.cm-gutter-lint': { width: '1.25rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 .375rem' },
  '.cm-lint-marker': { width: '.875em', height: '1.5em' },
  '.cm-lint-marker-error': picture('error'),
  '.cm-lint-marker-warning': picture('warning'),
  '.cm-lint-marker-info': picture('info'),
  '.cm-lint-marker-hint': picture('hint'),
  '.cm-lintRange-error': wave('error', 'wavy'),
  '.cm-lintRange-warning': wave('warning', 'wavy'),
  '.cm-lintRange-info': wave('info', 'wavy'),
  '.cm-lintRange-hint': wave('hint', 'dotted'),
  '.cm-lintPoint::after': { borderBottomColor: 'var(--error)' },
  '.cm-tooltip': {
    maxWidth: 'min(34rem, calc(100vw - 2rem))', padding: '.25rem', border: '1px solid var(--border)', borderRadius: '6px',
    backgroundColor: 'var(--page)', color: 'var(--text)', fontFamily: 'var(--sans)', fontSize: '.875rem',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip ul.cm-tooltip-lint': { padding: 0, margin: 0 },
  '.cm-diagnostic': { padding: '.25rem .5rem', borderLeft: '4px solid', marginLeft: 0, whiteSpace: 'pre-wrap' },
  '.cm-diagnosticAction': {
    display: 'block', minHeight: '1.75rem', margin: '.375rem 0 .125rem', padding: '0 .625rem', border: '1px solid var(--border)',
    borderRadius: '6px', backgroundColor: 'var(--page)', color: 'var(--text)', font: 'inherit', fontWeight: '600', textAlign: 'start',
  },
  '.cm-diagnostic-error': { borderColor: 'var(--error-mark)' },
  '.cm-diagnostic-warning': { borderColor: 'var(--warning-mark)' },
  '.cm-diagnostic-info': { borderColor: 'var(--info-mark)' },
  '.cm-diagnostic-hint': { borderColor: 'var(--hint-mark)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--border)', borderRadius: '2px' },
  // What is unmatched is the engine's to say: the editor may not have read the text to its end.
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-specialChar': { color: 'var(--error)' },
  '.tok-propertyName': { color: 'var(--key)' },
  '.tok-string': { color: 'var(--string)' },
  '.tok-number, .tok-bool, .tok-null': { color: 'var(--literal)' },
  '.tok-punctuation': { color: 'var(--muted)' },
  '@media (forced-colors: active)': { '.cm-lint-marker': { '--error-mark': 'CanvasText', '--warning-mark': 'CanvasText', '--info-mark': 'CanvasText', '--hint-mark': 'CanvasText' } },
});
