// What a change of a policy lets somebody do, and what it takes away, each with a request that shows it.
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { EVERYTHING } from '../../src/npm/access-types.js';
import type { AccessCheck, AccessComparison, AccessReason } from '../engine.js';
import { compareAccess, refused, REST } from './engine.js';

interface Props {
  before: string;
  after: string;
  /** Whether it is another policy than the one above, and no change of it. */
  isOther: boolean;
}

const COMPARING = 'Comparing what they allow.';
/** More statements are only counted. */
const MOST = 5;

/** `less`: a request that the old policy denies, whatever others allow, and the new does not. */
type Compared = AccessComparison & {
  less?: { action: string; resource: string } | undefined;
  /** The entries of a statement's Action that make the difference by themselves, by reason. */
  entries?: Map<AccessReason, string[]>;
};

type Statement = { Effect?: unknown; Action?: unknown; Principal?: unknown; NotPrincipal?: unknown };

export function Access({ before, after, isOther }: Props) {
  const [answer, setAnswer] = useState<Compared | string>(COMPARING);
  useEffect(() => {
    let isOver = false;
    // What was said of other texts must not stand under these.
    setAnswer(COMPARING);
    const timer = setTimeout(async () => {
      const found = await compared(before, after, isOther);
      if (isOver) return;
      setAnswer(found);
      if (typeof found === 'string') return;
      const entries = await entriesIn(found, before, after, () => isOver);
      if (!isOver) setAnswer({ ...found, entries });
    }, REST);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [before, after]);
  if (typeof answer === 'string') return <p class="help">{answer}</p>;
  const { relation, gained, lost, less, entries } = answer;
  const ofResource = [before, after].some((text) => statementsIn(text)?.some(namesSomebody));
  const deniesLess = less !== undefined && (
    <p>{isOther ? 'The other policy' : 'It'} denies less: {isOther ? 'further' : 'other'} policies of the same role or resource may now allow, for example, <code>{less.action}</code> on <code>{less.resource}</code>.</p>
  );
  if (relation === 'equal') return <><p>{isOther ? 'Both policies allow' : 'It allows'} exactly the same.</p>{deniesLess}</>;
  const assumptions = [...new Set([...gained.assumptions, ...lost.assumptions])];
  return (
    <>
      <Direction check={gained} word="More" entries={entries} ofResource={ofResource} {...isOther ? OTHER.gained : CHANGE.gained} />
      <Direction check={lost} word="Less" entries={entries} ofResource={ofResource} {...isOther ? OTHER.lost : CHANGE.lost} />
      {deniesLess}
      {assumptions.map((text) => <p key={text} class="help">{text}</p>)}
    </>
  );
}

/** What is said where there is such access, where there is none, and where that is not known; and whose the statements are. */
interface Words {
  lead: string;
  nothing: string;
  unknown: string;
  own: string;
  denied: string;
}

const CHANGE: Record<'gained' | 'lost', Words> = {
  gained: {
    lead: 'It lets somebody do more, for example:', nothing: 'It lets nobody do more.', unknown: 'Whether it lets somebody do more cannot be told:',
    own: '', denied: ' of the other, which denies it',
  },
  lost: {
    lead: 'It takes something away, for example:', nothing: 'It takes nothing away.', unknown: 'Whether it takes something away cannot be told:',
    own: '', denied: ' of the other, which denies it',
  },
};

const [ABOVE, OTHERS] = [' of the one above', ' of the other policy'];
const OTHER: typeof CHANGE = {
  gained: {
    lead: 'The other policy allows more than the one above, for example:', nothing: 'The other policy allows nothing more than the one above.',
    unknown: 'Whether the other policy allows more than the one above cannot be told:', own: OTHERS, denied: `${ABOVE}, which denies it`,
  },
  lost: {
    lead: 'It does not allow all that the one above allows, for example:', nothing: 'It allows all that the one above allows.',
    unknown: 'Whether it allows all that the one above allows cannot be told:', own: ABOVE, denied: `${OTHERS}, which denies it`,
  },
};

interface DirectionProps extends Words {
  check: AccessCheck;
  /** What there is of access. */
  word: 'More' | 'Less';
  entries: Compared['entries'];
  /** Whether the policies are those of a resource, so that it matters who asks. */
  ofResource: boolean;
}

function Direction({ check, word, entries, ofResource, ...words }: DirectionProps) {
  const { result, message, reasons } = check;
  if (result === 'PASS') return <p>{words.nothing}</p>;
  if (result === 'UNKNOWN') return <p>{words.unknown} {[message, ...check.unknown].join(' ')}</p>;
  const more = reasons.length - MOST;
  return (
    <>
      <p><strong>{words.lead}</strong></p>
      <ul class="dots">
        {reasons.slice(0, MOST).map((reason) => <li key={`${reason.policyIndex} ${reason.statementIndex}`}>{inWords(reason, ofResource, words)}{byWayOf(word, entries?.get(reason) ?? [], reason)}</li>)}
        {more > 0 && <li>and by {more === 1 ? '1 more statement' : `${more} more statements`}.</li>}
      </ul>
    </>
  );
}

/** `ssm:StartSession on arn:..., when aws:ResourceTag/Team is web (statement 2).` */
function inWords({ policyIndex, statementIndex, witness, isKnown, deniedBy }: AccessReason, ofResource: boolean, { own, denied }: Words) {
  const { principal, action, resource, context } = witness;
  const keys = Object.entries(context).map(([key, value]) => `${key} is ${value === null ? 'absent' : [value].flat().join(' and ')}`);
  // Beside what is compared stands a policy that allows everything; there the Deny of the other side has made the difference.
  const at = policyIndex === 0 ? statementIndex : deniedBy.find((one) => one.policyIndex === 0)?.statementIndex;
  return (
    <>
      <code>{action}</code> on <code>{resource}</code>{keys.length > 0 && `, when ${keys.join(' and ')}`}{ofResource && `, by ${principal}`}
      {at !== undefined && ` (statement ${at + 1}${policyIndex === 0 ? own : denied})`}
      {isKnown ? '.' : '. No request that is known today is concerned.'}
    </>
  );
}

/** One request is only an example where several entries, or a pattern, make the difference. */
function byWayOf(word: string, entries: string[], { witness }: AccessReason) {
  if (entries.length === 0 || (entries.length === 1 && entries[0]!.toLowerCase() === witness.action.toLowerCase())) return null;
  const rest = entries.length - MOST_ENTRIES;
  return (
    <> {word} is allowed by way of {entries.slice(0, MOST_ENTRIES).map((entry, i) => <Fragment key={entry}>{i > 0 && ', '}<code>{entry}</code></Fragment>)}{rest > 0 && ` and ${rest} more`}.</>
  );
}

/** How many entries are named, and of how many each is compared. */
const MOST_ENTRIES = 6;
const MOST_COMPARED = 50;

/** The entries of each statement's Action with which alone it allows what the other side does not; of many that takes a while. */
async function entriesIn({ gained, lost }: Compared, before: string, after: string, isOver: () => boolean): Promise<Map<AccessReason, string[]>> {
  const found = new Map<AccessReason, string[]>();
  for (const [{ reasons }, text, other] of [[gained, after, before], [lost, before, after]] as const) {
    const own = statementsIn(text) ?? [];
    const denies = own.filter(({ Effect }) => Effect === 'Deny');
    const isMore = async (statement: object) => {
      const answer = await compareAccess(other.trim() === '' ? [] : [other], [{ ...JSON.parse(text) as object, Statement: [...denies, statement] }]).catch(refused);
      return 'gained' in answer && answer.gained.result === 'FAIL';
    };
    for (const reason of reasons.slice(0, MOST)) {
      const statement = reason.policyIndex === 0 ? own[reason.statementIndex] : undefined;
      const entries = [statement?.Action ?? []].flat().filter((one): one is string => typeof one === 'string');
      const changed: string[] = [];
      for (const entry of entries.length > MOST_COMPARED ? [] : entries) {
        if (isOver()) return found;
        if (entries.length === 1 || await isMore({ ...statement, Action: entry })) changed.push(entry);
      }
      found.set(reason, changed);
    }
  }
  return found;
}

async function compared(before: string, after: string, isOther: boolean): Promise<Compared | string> {
  const [old, next] = [statementsIn(before), statementsIn(after)];
  if (old === null || next === null) return 'What they allow is compared once both are policies.';
  const statements = [...old, ...next];
  // Alone a Deny allows nothing, whatever it denies.
  const isGuard = statements.length > 0 && statements.every(({ Effect }) => Effect === 'Deny');
  const everything = EVERYTHING[statements.some(namesSomebody) ? 'RESOURCE_POLICY' : 'IDENTITY_POLICY'];
  const beside = isGuard ? [everything] : [];
  const side = (text: string) => [...text.trim() === '' ? [] : [text], ...beside];
  const [denials, denialsNow] = [old, next].map((all) => all.filter(({ Effect }) => Effect === 'Deny'));
  const ofDenials = (Statement: object[]) => [...Statement.length === 0 ? [] : [{ Version: '2012-10-17', Statement }], everything];
  try {
    const answer = await compareAccess(side(before), side(after));
    if (isGuard || JSON.stringify(denials) === JSON.stringify(denialsNow)) return answer;
    const { gained } = await compareAccess(ofDenials(denials!), ofDenials(denialsNow!));
    return { ...answer, less: gained.reasons[0]?.witness };
  } catch (reason) {
    const message = refused(reason).message.replace(/^(existing|proposed)(\[\d\])?/, (_, side) => `The ${(isOther ? ['policy above', 'other policy'] : ['old policy', 'new policy'])[side === 'existing' ? 0 : 1]!}`);
    return `What they allow cannot be compared. ${message}`;
  }
}

const namesSomebody = ({ Principal, NotPrincipal }: Statement) => Principal !== undefined || NotPrincipal !== undefined;

/** Null where the text is no policy; none of an empty text, which allows nothing. */
function statementsIn(text: string): Statement[] | null {
  if (text.trim() === '') return [];
  try {
    const policy = JSON.parse(text) as { Statement?: unknown } | null;
    const all = [policy?.Statement].flat();
    return all.every((one) => typeof one === 'object' && one !== null) ? all as Statement[] : null;
  } catch {
    return null;
  }
}
