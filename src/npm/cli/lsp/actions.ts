// The fixes of findings as code actions, where they can be written into the text.
import { applyFixes } from 'postern';
import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { editsIn, type TextEdit as FileEdit } from '../source/index.js';
import { diagnosticOf } from './diagnostics.js';
import type { Checked, CheckedPolicy } from './policies.js';

export function actionsFor(document: TextDocument, { policies }: Checked, range: Range, only: string[] | undefined): CodeAction[] {
  const isAsked = (kind: string) => only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  return [
    ...(isAsked(CodeActionKind.QuickFix) ? policies.flatMap((policy) => quickFixes(document, policy, range)) : []),
    // Only where it is asked for by name: editors run it when a text is saved.
    ...(only !== undefined && isAsked(CodeActionKind.SourceFixAll) ? fixAll(document, policies) : []),
  ];
}

function quickFixes(document: TextDocument, { found, findings }: CheckedPolicy, asked: Range): CodeAction[] {
  const [start, end] = [document.offsetAt(asked.start), document.offsetAt(asked.end)];
  return findings.flatMap((finding) => {
    if (finding.fixes.length === 0) return [];
    const diagnostic = diagnosticOf(document, found, finding);
    if (document.offsetAt(diagnostic.range.end) < start || document.offsetAt(diagnostic.range.start) > end) return [];
    return finding.fixes.flatMap(({ title, applicability, edits }, index): CodeAction[] => {
      const own = editsIn(found, document.getText(), edits);
      return own === null ? [] : [{
        title: applicability === 'safe' ? title : `${title} (changes what is allowed)`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: index === 0 && applicability === 'safe',
        edit: { changes: { [document.uri]: own.map((edit) => textEdit(document, edit.start, edit.end, edit.text)) } },
      }];
    });
  });
}

/** All safe fixes at once. */
function fixAll(document: TextDocument, policies: CheckedPolicy[]): CodeAction[] {
  const edits = policies.flatMap(({ found, findings }): FileEdit[] => {
    const fixes = findings.flatMap(({ fixes: [first] }) => (first?.applicability === 'safe' ? [first] : []));
    if (!found.fixable) return fixes.flatMap((fix) => editsIn(found, document.getText(), fix.edits) ?? []);
    const text = applyFixes(found.text, fixes);
    return text === found.text ? [] : [{ start: found.base, end: found.base + found.text.length, text }];
  });
  if (edits.length === 0) return [];
  const changes = { [document.uri]: apart(edits).map(({ start, end, text }) => textEdit(document, start, end, text)) };
  return [{ title: 'Apply the safe fixes of Postern', kind: `${CodeActionKind.SourceFixAll}.postern`, edit: { changes } }];
}

/** Of edits of one value, which several policies may share, the first. */
function apart(edits: readonly FileEdit[]): FileEdit[] {
  return edits.filter((one, i) => edits.slice(0, i).every((other) => one.end <= other.start || other.end <= one.start));
}

function textEdit(document: TextDocument, start: number, end: number, newText: string): TextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText };
}
