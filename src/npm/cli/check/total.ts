// What a run found in all, and the exit code that follows.
import type { Total } from '../reports/report.js';
import type { FindingType } from '../../types.js';
import type { FileResult } from './one.js';
import { fails, type FailOn } from './settings.js';

export const newTotal = (): Total => ({
  files: 0, policies: 0, findings: { ERROR: 0, SECURITY_WARNING: 0, WARNING: 0, SUGGESTION: 0 }, suppressed: 0, fixed: 0, fixable: 0, fixableUnsafely: 0, byHand: 0, notChecked: 0, problems: [], stale: [],
});

export function add(total: Total, { policies, notChecked, fixes }: FileResult): void {
  total.files += 1;
  total.fixed += fixes;
  total.notChecked += notChecked.length;
  for (const { findings, suppressed } of policies) {
    total.policies += 1;
    total.suppressed += suppressed.length;
    for (const { finding, fixes: offered, byHand } of findings) {
      total.findings[finding.findingType] += 1;
      if (offered.some(({ applicability }) => applicability === 'safe')) total.fixable += 1;
      else if (offered.length > 0) total.fixableUnsafely += 1;
      else if (byHand !== null) total.byHand += 1;
    }
  }
}

export function exitCode({ problems, findings }: Total, failOn: FailOn, isExitZero: boolean): number {
  if (problems.length > 0) return 2;
  const isFound = (Object.entries(findings) as [FindingType, number][]).some(([type, many]) => many > 0 && fails(type, failOn));
  return isFound && !isExitZero ? 1 : 0;
}
