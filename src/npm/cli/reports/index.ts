import { accessAnalyzer } from './access-analyzer.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { human } from './human.js';
import { json, jsonl } from './json.js';
import { junit } from './junit.js';
import type { Report, Setting } from './report.js';
import { sarif } from './sarif.js';

/** The formats in which a check can be reported, by their names on the command line. */
export const REPORTS = {
  human, json, jsonl, sarif, github, gitlab, junit, 'access-analyzer': accessAnalyzer,
} satisfies Record<string, (setting: Setting) => Report>;

export type ReportName = keyof typeof REPORTS;
