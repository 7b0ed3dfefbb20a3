// Policies that only deny, and of which the files do not say whose they are. What one of them denies no more another one may
// deny of the same now, as where one was split, or a statement went from one to the other.
import type { ChosenType } from '../check/type.js';
import { listed } from '../terminal.js';
import { type Requests, together } from './compare.js';
import { type Side, deniesOnly, isReadable } from './compared.js';
import { isOfNobody, isUnnamed } from './standing.js';
import type { Open, Two } from './together.js';

/** Of those of the policies that have changed where they may deny the same together. */
export function looseIn(all: readonly Two[], typeOf: (side: Side) => ChosenType, requests: Requests): Map<Two, Open> {
  const told = new Map<Two, Open>();
  const groups = new Map<string, { type: ChosenType; twos: Two[] }>();
  for (const two of all) {
    const sides = two.filter((side) => side !== null);
    if (sides.length === 0 || two[0]?.found.text === two[1]?.found.text || !sides.every(isLoose)) continue;
    const types = sides.map(typeOf);
    const [type] = types as [ChosenType];
    if (!OF_WHOEVER.has(type.type) || types.some((one) => one.type !== type.type)) continue;
    const group = groups.get(type.type) ?? { type, twos: [] };
    groups.set(type.type, group);
    group.twos.push(two);
  }
  for (const { type, twos } of groups.values()) {
    if (twos.length < 2 || twos.length > MOST_LOOSE) continue;
    const compared = together(type, [0, 1].map((i) => twos.flatMap((two) => two[i] ?? [])) as [Side[], Side[]], requests);
    for (const two of twos) {
      const others = twos.filter((one) => one !== two).map(([older, newer]) => shownName((newer ?? older)!));
      const why = (how: string): string => `Cannot tell, because the files do not say whose it is, and together with ${listed(others.slice(0, MOST_TOLD))} it denies ${how}.`;
      told.set(two, { ...compared.outcome('gained').result === 'FAIL' ? {} : { gained: why('no less than before') }, ...compared.outcome('lost').result === 'FAIL' ? {} : { lost: why('no more than before') } });
    }
  }
  return told;
}

/** What is denied to whomever a policy is for. */
const OF_WHOEVER: ReadonlySet<string> = new Set(['identity', 'scp', 'rcp']);
/** So many have changed at once. */
const MOST_LOOSE = 200;
/** So many are named. */
const MOST_TOLD = 4;

/** The name of a policy; of a file that is one its path. */
export const shownName = ({ found: { name }, path }: Side): string => (name === '' ? path : name);

const isLoose = (side: Side): boolean => isReadable(side) && deniesOnly(side.found.text) && (isOfNobody(side) || (side.found.kind !== 'identity' && isUnnamed(side.standing)));
