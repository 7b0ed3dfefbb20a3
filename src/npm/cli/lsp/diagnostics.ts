// Findings as diagnostics of the protocol.
import type { Finding, FindingType } from 'postern';
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { asItStands } from '../source/found.js';
import { type Found, extentOf } from '../source/index.js';
import type { Checked } from './policies.js';

const SEVERITY: Record<FindingType, DiagnosticSeverity> = {
  ERROR: DiagnosticSeverity.Error,
  SECURITY_WARNING: DiagnosticSeverity.Warning,
  WARNING: DiagnosticSeverity.Warning,
  SUGGESTION: DiagnosticSeverity.Information,
};

export function diagnosticsOf(document: TextDocument, { policies, refused, notChecked, problem }: Checked): Diagnostic[] {
  const whole = asItStands(document.getText(), 0, { name: '', kind: null, resourceType: null });
  const diagnostics = [...refused.map((one) => diagnosticOf(document, whole, one)), ...policies.flatMap(({ found, findings }) => findings.map((finding) => diagnosticOf(document, found, finding)))];
  for (const { start, end, message } of notChecked) {
    diagnostics.push({
      range: { start: document.positionAt(start), end: document.positionAt(end) }, severity: DiagnosticSeverity.Information, source: 'postern', message,
    });
  }
  if (problem !== null) {
    const position = document.positionAt(problem.offset);
    diagnostics.push({
      range: { start: position, end: position }, severity: DiagnosticSeverity.Warning, source: 'postern', message: problem.message,
    });
  }
  return diagnostics;
}

export function diagnosticOf(document: TextDocument, found: Found, finding: Finding): Diagnostic {
  const { findingType, findingDetails, help, issueCode, learnMoreLink, locations } = finding;
  const ranges = locations.map(({ span }) => rangeOf(document, found, span.start.offset, span.end.offset));
  const [range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, ...others] = ranges;
  return {
    range,
    severity: SEVERITY[findingType],
    source: 'postern',
    code: issueCode,
    ...(learnMoreLink === '' ? {} : { codeDescription: { href: learnMoreLink } }),
    message: help === null ? findingDetails : `${findingDetails}\n${help}`,
    relatedInformation: others.map((other) => ({ location: { uri: document.uri, range: other }, message: 'Together with this.' })),
  };
}

/** Where a span of a policy stands in the text. */
export function rangeOf(document: TextDocument, found: Found, start: number, end: number): Range {
  const extent = extentOf(found, start, end);
  return { start: document.positionAt(extent.start), end: document.positionAt(extent.end) };
}
