// What a run found in all, and the exit code that follows.
import type { Total } from '../reports/report.js';
import type { FindingType } from '../../types.js';
import { pick } from './fix.js';
import type { FileResult } from './one.js';
import { fails, type FailOn } from './settings.js';

export const newTotal = (): Total => ({
  files: 0, policies: 0, findings: { ERROR: 0, SECURITY_WARNING: 0, WARNING: 0, SUGGESTION: 0 }, suppressed: 0, fixed: 0, fixedAlong: 0, fixable: 0, fixableWithUnsafe: 0, byHand: 0, notChecked: 0, problems: [], stale: [],
});

export function add(total: Total, { policies, notChecked, mended }: FileResult): void {
  total.files += 1;
  total.fixed += mended.all;
  total.fixedAlong += mended.along;
  total.notChecked += notChecked.length;
  for (const { findings, suppressed } of policies) {
    total.policies += 1;
    total.suppressed += suppressed.length;
    for (const { finding, fixes: offered, byHand } of findings) {
      total.findings[finding.findingType] += 1;
      if (pick(offered, 'safe') !== undefined) total.fixable += 1;
      if (pick(offered, 'unsafe') !== undefined) total.fixableWithUnsafe += 1;
      else if (byHand !== null) total.byHand += 1;
    }
  }
}

export function exitCode({ problems, findings }: Total, failOn: FailOn, isExitZero: boolean): number {
  if (problems.length > 0) return 2;
  const isFound = (Object.entries(findings) as [FindingType, number][]).some(([type, many]) => many > 0 && fails(type, failOn));
  return isFound && !isExitZero ? 1 : 0;
}
