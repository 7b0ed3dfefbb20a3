// How a comparison is told. The formats of platforms are those of check: what changed is a finding like others.
import { catalogInfo } from 'postern';
import { KINDS } from '../../policy-type.js';
import type { AccessCheck } from '../../types.js';
import { NONE_MENDED } from '../check/mended.js';
import type { CheckedPolicy, FileFinding, FileResult } from '../check/one.js';
import { newTotal } from '../check/total.js';
import type { Problem } from '../files/find.js';
import { github } from '../reports/github.js';
import { titleOf, type Report } from '../reports/report.js';
import { sarif } from '../reports/sarif.js';
import { count, json as written, visible, type Paint } from '../terminal.js';
import { accessFinding } from '../access/finding.js';
import type { Change, Compared, NotCompared } from './compared.js';

export interface DiffReport {
  begin(): string;
  policy(compared: Compared): string;
  /** What is not compared in a file, which has this path now. */
  notCompared(path: string, all: readonly NotCompared[]): string;
  end(problems: readonly Problem[]): string;
}

export interface DiffSetting {
  paint: Paint;
  /** Set where the old side is no file that a reader has: its name for people, as "HEAD". */
  revision: string | null;
}

export const DIFF_REPORTS = {
  human, json,
  sarif: (setting: DiffSetting) => ofCheck(sarif(), setting),
  github: (setting: DiffSetting) => ofCheck(github(), setting),
} satisfies Record<string, (setting: DiffSetting) => DiffReport>;

export type DiffReportName = keyof typeof DIFF_REPORTS;

const RELATIONS: Record<Compared['relation'], string> = {
  equal: 'allows exactly the same', wider: 'allows more', narrower: 'allows less', different: 'allows more and less', unknown: 'cannot be told for sure',
};

function human({ paint, revision }: DiffSetting): DiffReport {
  const seen = { all: 0, gained: 0, lost: 0, unknown: 0 };
  const line = (compared: Compared, { direction, isKnown, side, finding }: Change): string => {
    const { line: row, column } = finding.places[0]!.start;
    const place = `${side === 'older' && revision !== null ? `${revision}:` : ''}${compared[side]!.path}:${row}:${column}`;
    const word = isKnown ? direction : `${direction}? unknown`;
    const style = !isKnown ? 'yellow' : direction === 'gained' ? 'magenta' : 'cyan';
    return `${paint('bold', visible(place))} ${paint(style, word)}\n  ${visible(finding.finding.findingDetails)}\n`;
  };
  return {
    begin: () => '',
    policy: (compared) => {
      seen.all += 1;
      for (const direction of ['gained', 'lost'] as const) if (compared[direction].result === 'FAIL') seen[direction] += 1;
      if (compared.gained.result === 'UNKNOWN' || compared.lost.result === 'UNKNOWN') seen.unknown += 1;
      if (compared.changes.length === 0) return '';
      const title = titleOf((compared.newer ?? compared.older)!.path, compared.name);
      const as = compared.type === null ? '' : `compared as ${KINDS[compared.type.type].noun}${compared.type.from === 'guess' ? ' (guessed)' : ''}: `;
      const head = `${title}: ${as}${RELATIONS[compared.relation]}`;
      const notes = compared.notes.map((note) => `  ${paint('dim', `note: ${visible(note)}`)}\n`);
      return `${paint('dim', visible(head))}\n${compared.changes.map((one) => line(compared, one)).join('')}${notes.join('')}\n`;
    },
    // Standard error says of each why, and of one that was another expression before both.
    notCompared: (_, all) => {
      const { size } = new Set(all.map(({ policy }) => policy));
      seen.all += size;
      seen.unknown += size;
      return '';
    },
    end: () => {
      if (seen.all === 0) return '';
      const parts = [
        `${count(seen.gained, 'policy allows', 'policies allow')} more`, `${seen.lost} ${seen.lost === 1 ? 'allows' : 'allow'} less`,
        ...seen.unknown > 0 ? [`${seen.unknown} cannot be told`] : [],
      ];
      return `Of ${count(seen.all, 'policy', 'policies')}: ${parts.join(', ')}.\n`;
    },
  };
}

function json(): DiffReport {
  let isFirst = true;
  const others: object[] = [];
  return {
    begin: () => `{"schema": "1", "version": "${POSTERN_VERSION}", "catalogDate": "${catalogInfo().date}", "policies": [`,
    policy: (compared) => {
      const text = `${isFirst ? '' : ','}\n${written(policyOf(compared))}`;
      isFirst = false;
      return text;
    },
    notCompared: (_, all) => {
      others.push(...all.map(({ policy, side, path, why, finding: { places: [place] } }) => ({ policy, side: sideOf(side), file: path, span: { start: place!.start, end: place!.end }, message: why })));
      return '';
    },
    end: (problems) => `${isFirst ? '' : '\n'}], "notCompared": ${written(others)}, "problems": ${written(problems.map(({ path, message }) => ({ file: path, message })))}}\n`,
  };
}

const sideOf = (side: Change['side']): string => (side === 'older' ? 'old' : 'new');

function policyOf({ name, type, older, newer, relation, gained, lost, notes, changes }: Compared): object {
  const check = (direction: Change['direction'], { result, message, unknown }: AccessCheck): object => ({
    result, message, unknown,
    reasons: changes.filter((one) => one.direction === direction && one.reason !== null).map(({ side, finding, reason }) => {
      const [{ start, end, pointer }] = finding.places as [FileResult['policies'][0]['findings'][0]['places'][0]];
      const { witness, before, deniedBy, isKnown, statementIndex, statementId, actions } = reason!;
      const location = { side: sideOf(side), file: (side === 'older' ? older : newer)!.path, span: { start, end }, pointer };
      return { description: finding.finding.findingDetails, statementIndex, statementId, actions, location, witness, before, deniedBy, isKnown };
    }),
  });
  return {
    policy: name, old: older?.path ?? null, new: newer?.path ?? null, type: type?.type ?? null, typeFrom: type?.from ?? null, relation, notes,
    gained: check('gained', gained), lost: check('lost', lost),
  };
}

/** By a format of check. */
function ofCheck(report: Report, { revision }: DiffSetting): DiffReport {
  const total = newTotal();
  const fileOf = (path: string, policies: readonly Pick<CheckedPolicy, 'name' | 'findings'>[]): string => report.file({
    path, absolute: path, notChecked: [], problem: null, isOther: false, isNamed: false, mended: NONE_MENDED, before: null, after: null,
    policies: policies.map((one) => ({ ...one, type: UNTOLD, suppressed: [], assumptions: [] })),
  });
  return {
    begin: () => report.begin?.() ?? '',
    policy: ({ name, older, newer, changes }) => {
      const told = changes.map((change) => {
        // Lines of an old revision are none of the file's that a platform shows.
        if (change.side === 'newer' || revision === null || newer === null) return { path: (change.side === 'newer' ? newer : older)!.path, finding: change.finding };
        const { issueCode, findingDetails } = change.finding.finding;
        return { path: newer.path, finding: accessFinding(issueCode as Parameters<typeof accessFinding>[0], findingDetails, '', newer.found, newer.lines) };
      });
      return pathsOf(told).map((path) => fileOf(path, [{ name, findings: told.filter((one) => one.path === path).map(({ finding }) => finding) }])).join('');
    },
    notCompared: (now, all) => {
      const told = all.map((one) => (one.side === 'newer' || revision === null ? one : { ...one, path: now, finding: { ...one.finding, places: [START] } }));
      return pathsOf(told).map((path) => fileOf(path, told.filter((one) => one.path === path).map(({ policy, finding }) => ({ name: policy, findings: [finding] })))).join('');
    },
    end: (problems) => report.end?.({ ...total, problems: [...problems] }) ?? '',
  };
}

const pathsOf = (all: readonly { path: string }[]): string[] => [...new Set(all.map(({ path }) => path))];

/** These formats tell the type of a policy only where it is a guess, and what is compared has one that `check` tells. */
const UNTOLD: CheckedPolicy['type'] = { type: 'identity', from: 'file', options: KINDS.identity.options };

/** Of what stands there no more the file is named. */
const START: FileFinding['places'][0] = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 }, path: [], pointer: '' };
