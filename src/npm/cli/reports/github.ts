// Commands for the log of GitHub Actions, which become annotations (GitHub's documentation of workflow commands, read
// 2026-11); what was not checked is a notice. A step shows ten of each level; what comes after them is in the log all the same.
import type { NotChecked } from '../check/one.js';
import type { FindingType } from '../../types.js';
import { count, visible } from '../terminal.js';
import { fromRoot } from './place.js';
import { findingsOf, textOf, titleOf, type Report } from './report.js';

const LEVEL: Record<FindingType, 'error' | 'warning' | 'notice'> = {
  ERROR: 'error', SECURITY_WARNING: 'error', WARNING: 'warning', SUGGESTION: 'notice',
};
const SHOWN = 10;

export function github(): Report {
  const shown = { error: 0, warning: 0, notice: 0 };
  let others = 0;
  const placed = fromRoot('GITHUB_WORKSPACE');
  const notice = (path: string, { start, message }: NotChecked): string => {
    if (shown.notice === SHOWN) return `${visible(path)}:${start.line}:${start.column} not checked: ${visible(message)}\n`;
    shown.notice += 1;
    return `::notice file=${property(placed(path))},line=${start.line},title=Not checked::${data(message)}\n`;
  };
  return {
    file: (result) => result.notChecked.map((one) => notice(result.path, one)).join('') + Array.from(findingsOf(result), ({ name, finding: { finding, places } }) => {
      const level = LEVEL[finding.findingType];
      const { start, end } = places[0]!;
      if (shown[level] === SHOWN) {
        others += 1;
        return `${visible(titleOf(result.path, name))}:${start.line}:${start.column} ${finding.issueCode}: ${visible(textOf(finding))}\n`;
      }
      shown[level] += 1;
      const place = { file: placed(result.path), line: start.line, endLine: end.line, ...end.line === start.line ? { col: start.column, endColumn: end.column } : {} };
      const properties = Object.entries({ ...place, title: finding.issueCode }).map(([key, value]) => `${key}=${property(String(value))}`);
      return `::${level} ${properties.join(',')}::${data(name === '' ? textOf(finding) : `${name}: ${textOf(finding)}`)}\n`;
    }).join(''),
    end: ({ problems, stale }) => problems.map(({ path, message }) => `::error file=${property(placed(path))},title=Not checked::${data(message)}\n`).join('')
      + stale.map(({ file, message }) => `::warning file=${property(placed(file))},title=Suppression without use::${data(message)}\n`).join('')
      + (others === 0 ? '' : `${count(others, 'finding has', 'findings have')} no annotation: GitHub shows ten of each level a step.\n`),
  };
}

// Line feeds could be written as %0A, but other control characters would reach whoever reads the log.
const data = (text: string): string => visible(text).replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
