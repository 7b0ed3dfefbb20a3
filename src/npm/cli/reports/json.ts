// One JSON document, or one line for each finding. Field names are those of ValidatePolicy; lines and columns are people's,
// both from 1.
import { catalogInfo } from 'postern';
import type { CheckedPolicy, FileFinding } from '../check/one.js';
import { json as written } from '../terminal.js';
import type { Report, Total } from './report.js';

/** Changes when a field goes away or means something else. */
const SCHEMA = '1';

export function json(): Report {
  let isFirst = true;
  return {
    begin: () => `{"schema": "${SCHEMA}", "version": "${POSTERN_VERSION}", "catalogDate": "${catalogInfo().date}", "files": [`,
    file: ({ path, policies, notChecked }) => {
      if (policies.length + notChecked.length === 0) return '';
      const text = `${isFirst ? '' : ','}\n${written({ file: path, policies: policies.map(policyOf), notChecked })}`;
      isFirst = false;
      return text;
    },
    end: (total) => `${isFirst ? '' : '\n'}], "summary": ${written(summaryOf(total))}}\n`,
  };
}

export function jsonl(): Report {
  return {
    file: ({ path, policies }) => policies.flatMap(({ name, type, findings }) =>
      findings.map((one) => `${written({ file: path, policy: name, ...about(type), ...findingOf(one) })}\n`)).join(''),
  };
}

function policyOf({ name, type, findings, suppressed, assumptions }: CheckedPolicy): object {
  return {
    policy: name, ...about(type),
    findings: findings.map(findingOf),
    suppressed: suppressed.map(({ finding, reason }) => ({ reason, ...findingOf(finding) })),
    assumptions,
  };
}

/** As what a policy was checked, and who says so. */
export const about = ({ type, from, options }: CheckedPolicy['type']): object => ({
  type, typeFrom: from, policyType: options.policyType, validatePolicyResourceType: options.validatePolicyResourceType ?? null,
});

function findingOf({ finding, places, fixes }: FileFinding): object {
  const { findingType, issueCode, findingDetails, help, learnMoreLink } = finding;
  return {
    findingType, issueCode, findingDetails, help, learnMoreLink,
    locations: places.map(({ start, end, path, pointer }) => ({ path, span: { start, end }, pointer })),
    fixes: fixes.map(({ title, applicability, edits }) =>
      ({ title, applicability, edits: edits.map(({ start, end, text }) => ({ start: start.offset, end: end.offset, text })) })),
  };
}

const summaryOf = ({ files, policies, findings, suppressed, fixed, fixable, fixableWithUnsafe, notChecked, problems, stale }: Total): object => ({
  files, policies, findings, suppressed, fixed, fixable, fixableWithUnsafe, notChecked,
  problems: problems.map(({ path, message }) => ({ file: path, message })),
  unusedSuppressions: stale.map(({ file, code, files, message }) => ({ file, code, files, message })),
});
