// Commands for the log of GitHub Actions, which become annotations (GitHub's documentation of workflow commands, read
// 2026-11); what was not checked is a notice. A step shows ten of each level; what comes after them is in the log all the same.
import type { FileResult, NotChecked } from '../check/one.js';
import type { FindingType } from '../../types.js';
import { count, visible } from '../terminal.js';
import { fromRoot } from './place.js';
import { SAY_TYPE, findingsOf, guessOf, textOf, titleOf, type Report } from './report.js';

type Level = 'error' | 'warning' | 'notice';

const LEVEL: Record<FindingType, Level> = {
  ERROR: 'error', SECURITY_WARNING: 'error', WARNING: 'warning', SUGGESTION: 'notice',
};
const SHOWN = 10;

/** What may become an annotation, and the line that it is in the log without. */
interface Line {
  level: Level;
  isFinding: boolean;
  command: string;
  plain: string;
}

export function github(): Report {
  // The annotations wait for the end: only then is it known what could not be checked, which goes before them.
  const waiting: Line[] = [];
  let others = 0;
  // Of policies with findings, as what they were checked where that is a guess.
  const guesses = new Map<string, number>();
  const placed = fromRoot('GITHUB_WORKSPACE');
  const without = ({ isFinding, plain }: Line): string => {
    if (isFinding) others += 1;
    return plain;
  };
  const kept = (line: Line): string => {
    if (waiting.filter(({ level }) => level === line.level).length === SHOWN) return without(line);
    waiting.push(line);
    return '';
  };
  const notice = (path: string, { start, message }: NotChecked): Line => ({
    level: 'notice', isFinding: false,
    command: `::notice file=${property(placed(path))},line=${start.line},title=Not checked::${data(message)}\n`,
    plain: `${visible(path)}:${start.line}:${start.column} not checked: ${visible(message)}\n`,
  });
  const lines = (result: FileResult): string => result.notChecked.map((one) => kept(notice(result.path, one))).join('') + Array.from(findingsOf(result), ({ name, finding: { finding, places } }) => {
    const level = LEVEL[finding.findingType];
    const { start, end } = places[0]!;
    const place = { file: placed(result.path), line: start.line, endLine: end.line, ...end.line === start.line ? { col: start.column, endColumn: end.column } : {} };
    const properties = Object.entries({ ...place, title: finding.issueCode }).map(([key, value]) => `${key}=${property(String(value))}`);
    return kept({
      level, isFinding: true,
      command: `::${level} ${properties.join(',')}::${data(name === '' ? textOf(finding) : `${name}: ${textOf(finding)}`)}\n`,
      plain: `${visible(titleOf(result.path, name))}:${start.line}:${start.column} ${finding.issueCode}: ${visible(textOf(finding))}\n`,
    });
  }).join('');
  return {
    file: (result) => {
      for (const { type, findings } of result.policies) {
        const guess = findings.length === 0 ? null : guessOf(type);
        if (guess !== null) guesses.set(guess, (guesses.get(guess) ?? 0) + 1);
      }
      return lines(result);
    },
    end: ({ problems, stale }) => {
      const left = { error: SHOWN - problems.length, warning: SHOWN, notice: SHOWN };
      const annotations = waiting.map((line) => {
        left[line.level] -= 1;
        return left[line.level] < 0 ? without(line) : line.command;
      });
      return problems.map(({ path, message }) => `::error file=${property(placed(path))},title=Not checked::${data(message)}\n`).join('')
        + annotations.join('')
        + stale.map(({ file, message }) => `::warning file=${property(placed(file))},title=Suppression without use::${data(message)}\n`).join('')
        + Array.from(guesses, ([guess, number]) => `${count(number, 'policy was', 'policies were')} checked as ${guess}; ${SAY_TYPE}\n`).join('')
        + (others === 0 ? '' : `${count(others, 'finding has', 'findings have')} no annotation: GitHub shows ten of each level a step.\n`);
    },
  };
}

// Line feeds could be written as %0A, but other control characters would reach whoever reads the log.
const data = (text: string): string => visible(text).replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
