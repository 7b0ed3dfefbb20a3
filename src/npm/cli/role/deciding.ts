// Which of what only the deployment knows decides whether something works: the values in the statements that have a say in it.
import { diagnoseRole } from 'postern';
import type { Want } from '../../types.js';
import { placeOf, statementPointer } from '../access/finding.js';
import { type OpenStatement, openStatements } from '../access/worst.js';
import { type Found, dependsOn, hasFurther, shown, valuesIn } from '../source/index.js';
import { plain } from './scopes.js';

/** A policy of which something is known only at deploy time. */
export interface OpenPolicy {
  found: Found;
  source: string;
  /** What decides whether whoever is asked about has it. */
  terms: readonly string[];
}

/** In more statements than these nobody looks for the one that decides. */
const MOST = 100;

/** A policy that leaves nothing out, and one beside it with a statement that has a say where the answer is another one then. */
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

/** What each of the wants depends on, for people. `others` decides all of them, and `all` is told where nothing else is. */
export function deciding(policies: readonly OpenPolicy[], { wants }: { wants: readonly Want[] }, others: readonly string[], all: readonly string[]): (want: number) => string {
  const open = policies.map((policy) => ({ policy, statements: openStatements(policy.found) }));
  const whole = open.filter(({ statements }) => statements === null).map(({ policy }) => policy);
  const single = open.flatMap(({ policy, statements }) => (statements ?? []).map((statement) => ({ policy, statement })));
  const untold = dependsOn([...valuesOf(policies), ...others, ...all]);
  if (single.length > MOST) return () => untold;
  const resultsWith = (more: object[]): string[] => diagnoseRole({ wants, documents: [{ Version: '2012-10-17', Statement: [EVERYTHING, ...more] }] }).capabilities.map(({ result }) => result);
  const before = resultsWith([]);
  // What would be refused if the statement denied is what it is about.
  const about = single.map((one) => ({ ...one, after: resultsWith([{ ...one.statement.reach, Effect: 'Deny' }]) }));
  return (want) => {
    const own = about.filter(({ after }) => after[want] !== before[want]).flatMap(({ policy, statement }) => partsOf(policy, statement));
    const named = [...others, ...whole.flatMap(partsOfWhole), ...own];
    return named.length === 0 ? untold : dependsOn(named);
  };
}

const valuesOf = (policies: readonly OpenPolicy[]): string[] => policies.flatMap(({ found, source }) => valuesIn(found, source));

/** The values of a policy of which more is open than single statements, or what it is called where these are not all. */
function partsOfWhole({ found, source }: OpenPolicy): string[] {
  const values = valuesIn(found, source);
  return values.length === 0 || hasFurther(found) ? [...values, plain(found.name)] : values;
}

/** The values in a statement and what decides whether it is there, or where it stands. */
function partsOf({ found, source, terms }: OpenPolicy, { index, isPerhaps }: OpenStatement): string[] {
  const pointer = statementPointer(found.text, index);
  const [whole, sid] = [pointer, `${pointer}/Sid`].map((at) => placeOf(at, found.text));
  const isIn = ({ start, end }: { start: number; end: number }, offset: number): boolean => start <= offset && offset < end;
  // What a statement is called decides nothing.
  const values = valuesIn(found, source, (offset) => isIn(whole!, offset) && (sid!.steps === null || !isIn(sid!, offset)));
  if (!isPerhaps) return values;
  const deciders = ['/Statement', pointer].flatMap((at) => found.terms?.[at] ?? []).map((one) => shown(source.slice(one.start, one.end)));
  const [name, isOne] = [plain(found.name), !found.perhaps.includes('/Statement')];
  const whether = [...new Set([...terms, ...deciders])];
  return [...values, ...whether.length > 0 ? whether : [isOne ? `statement ${index + 1} of ${name}` : name]];
}
