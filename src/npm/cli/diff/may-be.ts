// Policies of which the files do not say whose they are. One that is new may be one that is gone, as long as nobody can tell
// that these are for others. So may one of somebody who is made in one module only and of somebody who was made in another one,
// and one of a group that is new and of those who are in it.
import { statementsOf } from '../access/finding.js';
import type { ChosenType } from '../check/type.js';
import { put } from '../multimap.js';
import { type Requests, together } from './compare.js';
import { type Change, type Side, deniesOnly, isReadable } from './compared.js';
import { shownName } from './loose.js';
import { haversOf, isElsewhere, isSomebodys } from './standing.js';
import type { Open } from './together.js';

/** The new policies that may allow no more than those that are gone did, each with a name of these; and the other way round. */
export class MayBe {
  private readonly identity: Side[];
  private readonly all: Index;
  private readonly loose: Index;
  private readonly elsewhere: Index;

  /** `others` are the policies that are on the other side only. */
  constructor(others: readonly Side[], private readonly typeOf: (side: Side) => ChosenType, private readonly requests: Requests) {
    const readable = others.filter(isReadable);
    this.identity = readable.filter((one) => this.isIdentity(one));
    this.all = new Index(this.identity);
    this.loose = new Index(this.identity.filter((one) => !isSomebodys(one)));
    this.elsewhere = new Index(readable.filter(isElsewhere));
  }

  /** Where and why it cannot be told that a policy allows something that was not allowed on the other side, or denies it. */
  whyNot(side: Side): Open {
    const why = isReadable(side) ? this.why(side) : null;
    return why === null ? {} : { [directionOf(side)]: why };
  }

  private why(side: Side): string | null {
    const isNewer = !side.standings.isOlder;
    const it = (one: Side): string => `${shownName(one)}, which is ${isNewer ? 'gone' : 'new'},`;
    const [was, is] = isNewer ? ['was', 'is'] : ['is', 'was'];
    const [loose] = this.isIdentity(side) ? this.asMuch(side, (isSomebodys(side) ? this.loose : this.all).like(side)) : [];
    if (loose !== undefined) return `Cannot tell, because the files do not say whose ${isSomebodys(side) ? `${it(loose)} ${was}, and that` : `it ${is}, and ${it(loose)}`} may be the same.`;
    const moved = isElsewhere(side) ? this.elsewhere.same(side).find((one) => isOfAnother(one, side) && this.typeOf(one).type === this.typeOf(side).type) : undefined;
    if (moved !== undefined) return `Cannot tell, because ${it(moved)} may be the same in another module or template: the files do not say that it ${was} somebody else's.`;
    const ofGroup = this.isIdentity(side) ? this.ofMembers(side) : null;
    return ofGroup === null ? null : `Cannot tell, because those who ${isNewer ? 'have' : 'had'} it by a group that is on one side only ${isNewer ? 'had' : 'have'} ${it(ofGroup)} and that may be the same.`;
  }

  /** One of those that all who have a policy had, where it or they are had by a group. */
  private ofMembers(side: Side): Side | null {
    const own = this.haversOf(side);
    let first: Side | null = null;
    for (const name of own.all) {
      const others = (this.byHaver.get(ofScope(name, side)) ?? []).filter((one) => own.isByGroup || this.haversOf(one).isByGroup).slice(0, MOST_LIKE);
      const [found] = this.asMuch(side, others);
      if (found === undefined) return null;
      first ??= found;
    }
    return first;
  }

  private ofHavers: Map<string, Side[]> | undefined;

  /** The policies of each who has some. */
  private get byHaver(): Map<string, Side[]> {
    if (this.ofHavers !== undefined) return this.ofHavers;
    const all = this.ofHavers = new Map<string, Side[]>();
    for (const one of this.identity) {
      for (const name of this.haversOf(one).all) put(all, ofScope(name, one), one);
    }
    return all;
  }

  private readonly havers = new Map<Side, ReturnType<typeof haversOf>>();

  private haversOf(side: Side): ReturnType<typeof haversOf> {
    const known = this.havers.get(side) ?? haversOf(side);
    this.havers.set(side, known);
    return known;
  }

  private isIdentity(side: Side): boolean {
    return this.typeOf(side).type === 'identity';
  }

  /** Others, as long as they say as much as a policy together. */
  private asMuch(side: Side, others: Side[]): Side[] {
    if (others.length === 0) return [];
    const compared = together(this.typeOf(side), side.standings.isOlder ? [[side], others] : [others, [side]], this.requests);
    return compared.outcome(directionOf(side)).result === 'FAIL' ? [] : others;
  }
}

/** What one side alone has is gained there, or lost; what only denies the other way round. */
const directionOf = (side: Side): Change['direction'] => (side.standings.isOlder === deniesOnly(side.found.text) ? 'gained' : 'lost');

const ofScope = (name: string, { standings, file }: Side): string => `${standings.scopeAt(file)}\0${name}`;

const isOfAnother = (one: Side, other: Side): boolean => one.standings.scopeAt(one.file) !== other.standings.scopeAt(other.file);

/** Policies by what they say, for a few that are like another one. */
class Index {
  private readonly byKey = new Map<string, Side[]>();

  constructor(all: readonly Side[]) {
    for (const one of all) {
      for (const key of keysOf(one)) {
        const others = this.byKey.get(key);
        if (others === undefined) this.byKey.set(key, [one]);
        else if (others.length < MOST_LIKE) others.push(one);
      }
    }
  }

  /** A few that say the same. */
  same(side: Side): Side[] {
    return this.byKey.get(keysOf(side)[0]!) ?? [];
  }

  /** One that says the same, or else a few that may say as much. */
  like(side: Side): Side[] {
    const [same, ...services] = keysOf(side) as [string, ...string[]];
    return this.byKey.get(same)?.slice(0, 1) ?? [...new Set(services.flatMap((key) => this.byKey.get(key) ?? []))].slice(0, MOST_LIKE);
  }
}

/** So many policies are held against one. */
const MOST_LIKE = 20;

/** The text of a policy, and the services of its actions. */
function keysOf({ found: { text } }: Side): string[] {
  const actions = statementsOf(text).flatMap((one) => [one['Action']].flat()).filter((one): one is string => typeof one === 'string');
  return [`=${JSON.stringify(statementsOf(text))}`, ...new Set(actions.map((one) => one.split(':')[0]!.toLowerCase()))];
}
