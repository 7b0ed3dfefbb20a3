// The answers of IAM Access Analyzer's ValidatePolicy as its API gives them, for programs that read those: one for each
// policy, each on a line of its own. Places are the API's, in the policy's own text.
import { json } from '../terminal.js';
import type { Report } from './report.js';

export function accessAnalyzer(): Report {
  return {
    file: ({ policies }) => policies.map(({ findings }) => `${json({
      findings: findings.map(({ finding: { findingDetails, findingType, issueCode, learnMoreLink, locations } }) => ({
        findingDetails, findingType, issueCode, learnMoreLink, locations: locations.map(({ path, span }) => ({ path, span })),
      })),
    })}\n`).join(''),
  };
}
