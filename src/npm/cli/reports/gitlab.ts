// GitLab's code quality report (GitLab's documentation of Code Quality, read 2026-11).
import type { FindingType } from '../../types.js';
import { Fingerprints, findingsOf, textOf, type Report } from './report.js';

const SEVERITY: Record<FindingType, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  ERROR: 'critical', SECURITY_WARNING: 'major', WARNING: 'minor', SUGGESTION: 'info',
};

export function gitlab(): Report {
  const fingerprints = new Fingerprints();
  let isFirst = true;
  return {
    begin: () => '[',
    file: (result) => {
      fingerprints.nextFile();
      return Array.from(findingsOf(result), ({ name, finding: { finding, places } }) => {
        const text = JSON.stringify({
          description: name === '' ? textOf(finding) : `${name}: ${textOf(finding)}`,
          check_name: finding.issueCode,
          fingerprint: fingerprints.of(result.path, name, finding),
          severity: SEVERITY[finding.findingType],
          location: { path: result.path, lines: { begin: places[0]!.start.line } },
        });
        const line = `${isFirst ? '' : ','}\n${text}`;
        isFirst = false;
        return line;
      }).join('');
    },
    end: () => `${isFirst ? '' : '\n'}]\n`,
  };
}
