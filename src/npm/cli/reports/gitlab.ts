// GitLab's code quality report (GitLab's documentation of Code Quality, read 2026-11).
import type { FindingType } from '../../types.js';
import { json } from '../terminal.js';
import { fromRoot } from './place.js';
import { Fingerprints, SAY_TYPE, findingsOf, guessOf, textOf, type Report } from './report.js';

const SEVERITY: Record<FindingType, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  ERROR: 'critical', SECURITY_WARNING: 'major', WARNING: 'minor', SUGGESTION: 'info',
};

/** What stands for the code of a finding. */
const NOT_CHECKED = 'NOT_CHECKED';
const STALE = 'SUPPRESSION_WITHOUT_USE';

export function gitlab(): Report {
  const fingerprints = new Fingerprints();
  const placed = fromRoot('CI_PROJECT_DIR');
  let isFirst = true;
  const entry = (value: object): string => {
    const line = `${isFirst ? '' : ','}\n${json(value)}`;
    isFirst = false;
    return line;
  };
  return {
    begin: () => '[',
    file: (result) => {
      fingerprints.nextFile();
      const path = placed(result.path);
      // GitLab has no other place for it, and tells whoever reviews a change of what is new.
      const notChecked = result.notChecked.map(({ policy, start, message }) => entry({
        description: `Not checked: ${message}`,
        check_name: NOT_CHECKED,
        fingerprint: fingerprints.of(path, policy, { issueCode: NOT_CHECKED, locations: [{ pointer: '' }] }),
        severity: 'info',
        location: { path, lines: { begin: start.line } },
      }));
      return notChecked.join('') + Array.from(findingsOf(result), ({ name, type, finding: { finding, places } }) => (
        entry({
          description: name === '' ? textOf(finding) : `${name}: ${textOf(finding)}`,
          check_name: finding.issueCode,
          fingerprint: fingerprints.of(path, name, finding),
          severity: SEVERITY[finding.findingType],
          location: { path, lines: { begin: places[0]!.start.line } },
          ...guessOf(type) === null ? {} : { content: { body: `Checked as ${guessOf(type)}; ${SAY_TYPE}` } },
        })
      )).join('');
    },
    end: ({ stale }) => {
      fingerprints.nextFile();
      const entries = stale.map(({ file, code, files, message }) => entry({
        description: message,
        check_name: STALE,
        fingerprint: fingerprints.of(placed(file), files, { issueCode: `${STALE} ${code}`, locations: [{ pointer: '' }] }),
        severity: 'info',
        location: { path: placed(file), lines: { begin: 1 } },
      }));
      return `${entries.join('')}${isFirst ? '' : '\n'}]\n`;
    },
  };
}
