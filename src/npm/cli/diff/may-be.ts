// Policies of which the files do not say whose they are. One that is new may be one that is gone, as long as nobody can tell
// that these are for others.
import { statementsOf } from '../access/finding.js';
import type { ChosenType } from '../check/type.js';
import { isJson } from '../source/embedded.js';
import { type Requests, Together } from './compare.js';
import type { Side } from './compared.js';
import { isSomebodys } from './standing.js';

/** The new policies that may allow no more than those that are gone did, each with a name of these; and the other way round. */
export class MayBe {
  private readonly all: Index;
  private readonly loose: Index;

  /** `others` are the identity policies that are on the other side only. */
  constructor(others: readonly Side[], private readonly typeOf: (side: Side) => ChosenType, private readonly requests: Requests) {
    const readable = others.filter(isReadable);
    this.all = new Index(readable);
    this.loose = new Index(readable.filter((one) => !isSomebodys(one)));
  }

  /** Why it cannot be told that a policy allows something that was not allowed on the other side; null where it can. */
  whyNot(side: Side): string | null {
    if (!isReadable(side)) return null;
    const others = (isSomebodys(side) ? this.loose : this.all).like(side);
    if (others.length === 0) return null;
    const isNewer = side.standings.isOlder === false;
    const type = this.typeOf(side);
    const compared = new Together(type, isNewer ? [others, [side]] : [[side], others], this.requests);
    if (compared.outcome(isNewer ? 'gained' : 'lost').result === 'FAIL') return null;
    const [first] = others as [Side];
    const it = `${first.found.name}, which is ${isNewer ? 'gone' : 'new'},`;
    return `Cannot tell, because the files do not say whose ${isSomebodys(side) ? `${it} ${isNewer ? 'was' : 'is'}, and that` : `it ${isNewer ? 'is' : 'was'}, and ${it}`} may be the same.`;
  }
}

const isReadable = ({ found }: Side): boolean => isJson(found.text) && statementsOf(found.text).length > 0;

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
