// SARIF 2.1.0, within the limits of GitHub's code scanning (GitHub's documentation of SARIF support, read 2026-11): at most
// 25,000 results in a run, each run with a category of its own, and 10 MB of a packed file.
import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import { catalogInfo } from 'postern';
import { allChecks } from '../access/checks.js';
import type { FileFinding } from '../check/one.js';
import type { ChosenType } from '../check/type.js';
import type { Check, FindingType } from '../../types.js';
import { json } from '../terminal.js';
import { about } from './json.js';
import { fromRoot } from './place.js';
import { inFile } from '../failure.js';
import { Fingerprints, findingsOf, guessOf, textOf, type Report, type Total } from './report.js';

const RESULTS = 25_000;
/** A file may have 20 runs, but more results than these would not fit into 10 MB. */
const RUNS = 4;
/** So many policies of a run are named that were not checked. */
const NOT_CHECKED = 1000;
/** Places of one result. */
const PLACES = 100;

const LEVEL: Record<FindingType, 'error' | 'warning' | 'note'> = {
  ERROR: 'error', SECURITY_WARNING: 'error', WARNING: 'warning', SUGGESTION: 'note',
};

export function sarif(): Report {
  const fingerprints = new Fingerprints();
  const placed = fromRoot('GITHUB_WORKSPACE', 'CI_PROJECT_DIR');
  const checks = new Map(allChecks().map((check) => [check.issueCode, check]));
  let [runs, results, lost] = [0, 0, 0];
  /** What was not checked, in the first run that ends after it. */
  let notChecked: object[] = [];
  let unnamed = 0;
  /** Those of the run, in the order of their first results. */
  let rules = new Map<string, number>();
  const open = (): string => {
    runs += 1;
    rules = new Map();
    results = 0;
    return `${runs > 1 ? ',' : ''}\n{"columnKind": "utf16CodeUnits", "automationDetails": {"id": "postern/${runs > 1 ? `${runs}/` : ''}"}, "results": [`;
  };
  const close = (total?: Total): string => {
    const driver = {
      name: 'Postern', version: POSTERN_VERSION, semanticVersion: POSTERN_VERSION, properties: { catalogDate: catalogInfo().date },
      rules: Array.from(rules.keys(), (code) => ruleOf(code, checks.get(code))),
    };
    const problems = total?.problems ?? [];
    const invocation = {
      executionSuccessful: problems.length === 0,
      toolExecutionNotifications: [
        ...problems.map(({ path, message }) => ({ level: 'error', message: { text: inFile(path, message) } })),
        ...(total?.stale ?? []).map(({ file, message }) => ({ level: 'warning', message: { text: message }, locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(placed(file)) } } }] })),
        ...notChecked,
        ...unnamed > 0 ? [{ level: 'note', message: { text: `${unnamed} more policies were not checked.` } }] : [],
        ...lost > 0 ? [{ level: 'warning', message: { text: `${lost} more findings are not in this file: it has ${RUNS} runs of ${RESULTS} results.` } }] : [],
      ],
    };
    [notChecked, unnamed] = [[], 0];
    return `\n], "tool": ${json({ driver })}, "invocations": [${json(invocation)}]}`;
  };
  const one = (path: string, name: string, type: ChosenType, finding: FileFinding): string => {
    let before = '';
    if (results === RESULTS) {
      if (runs === RUNS) {
        lost += 1;
        return '';
      }
      before = close() + open();
    }
    const code = finding.finding.issueCode;
    if (!rules.has(code)) rules.set(code, rules.size);
    const text = json(resultOf(path, name, type, finding, rules.get(code)!, fingerprints.of(path, name, finding.finding)));
    results += 1;
    return `${before}${results > 1 ? ',' : ''}\n${text}`;
  };
  return {
    begin: () => `{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [${open()}`,
    file: (result) => {
      fingerprints.nextFile();
      const path = placed(result.path);
      const room = NOT_CHECKED - notChecked.length;
      notChecked.push(...result.notChecked.slice(0, room).map(({ start, end, message }) => ({
        level: 'note', message: { text: `Not checked: ${message}` },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: region(start, end) } }],
      })));
      unnamed += Math.max(0, result.notChecked.length - room);
      return Array.from(findingsOf(result), ({ name, type, finding }) => one(path, name, type, finding)).join('');
    },
    end: (total) => `${close(total)}\n]}\n`,
  };
}

function resultOf(path: string, name: string, type: ChosenType, { finding, places, fixes }: FileFinding, ruleIndex: number, fingerprint: string): object {
  const artifactLocation = { uri: uriOf(path) };
  return {
    ruleId: finding.issueCode, ruleIndex, level: LEVEL[finding.findingType],
    message: { text: textOf(finding) },
    locations: places.slice(0, 1).map(({ start, end }) => ({
      physicalLocation: { artifactLocation, region: region(start, end) },
      ...name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name }] },
    })),
    ...places.length > 1 && { relatedLocations: places.slice(1, PLACES).map(({ start, end }) => ({ physicalLocation: { artifactLocation, region: region(start, end) } })) },
    partialFingerprints: { 'posternFinding/v1': fingerprint },
    ...guessOf(type) !== null && { properties: about(type) },
    ...fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: title },
        artifactChanges: [{ artifactLocation, replacements: edits.map(({ start, end, text }) => ({ deletedRegion: region(start, end), insertedContent: { text } })) }],
      })),
    },
  };
}

type Point = { line: number; column: number };
const region = (start: Point, end: Point): object =>
  ({ startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column });

function ruleOf(code: string, check: Check | undefined): object {
  if (check === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: check.title },
    fullDescription: { text: check.why },
    helpUri: check.learnMoreLink,
    help: { text: check.example === '' ? check.why : `${check.why}\n\nAn example of what is found:\n${check.example}` },
    defaultConfiguration: { level: LEVEL[check.findingType] },
    properties: { tags: ['iam', 'aws', ...check.findingType === 'SECURITY_WARNING' ? ['security'] : []] },
  };
}

/** A path below the folder is a relative reference, as code scanning wants it. */
const uriOf = (path: string): string =>
  (isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/'));
