// Whose a policy is that files hold or attach, and what bounds those who have it.
import { mayBeOfAccount } from './printed.js';
import { plain } from './scopes.js';
import { type Attached, type Holder, type Meant, type Met, type Seen, isAttached, isHolder, isMade, isUser } from '../source/index.js';

/** Whether all who are asked about have a policy; perhaps where only some have it, or the deployment decides. */
export type Whose = 'yes' | 'perhaps' | 'no';

type Place = Pick<Seen, 'name' | 'of'>;

export interface Asking {
  /** The name of who is asked about. */
  role?: string | undefined;
  /** What makes each managed policy that nothing in the files speaks of. */
  ofNobody?: ReadonlySet<string>;
  /** Those in other files than the one that was named. */
  elsewhere?: ReadonlySet<Holder>;
}

export class Owners {
  /** The names of each policy that the files make, by each of them. */
  private readonly made = new Map<string, string[]>();
  private readonly holders = new Map<string, Holder>();
  private readonly attached = new Map<string, Attached[]>();
  /** The resources whose policy stands in another file, by its name there. */
  private readonly users = new Map<string, string[]>();
  private readonly bounding: ReadonlySet<string>;
  /** What several files or documents call the same: nobody knows which of them is meant. */
  private readonly twice = new Set<string>();
  /** Those who are asked about: whoever has this name, or all. */
  readonly chosen: readonly Holder[];
  private readonly isNameless: boolean;
  /** Whether the files say of any policy whose it is. */
  private isTellingWhose = false;
  private readonly chosenBy = new Map<string, Holder[]>();

  private readonly role: string | undefined;
  private readonly ofNobody: ReadonlySet<string>;

  constructor(met: readonly Met[], { role, ofNobody = new Set(), elsewhere = new Set() }: Asking = {}) {
    [this.role, this.ofNobody] = [role, ofNobody];
    const all: Holder[] = [];
    for (const one of met) {
      if (isHolder(one)) {
        all.push(one);
        if (this.holders.has(one.holder)) this.twice.add(one.holder);
        this.holders.set(one.holder, one);
      }
      if (isMade(one)) {
        for (const name of one.makes) {
          if (this.made.has(name)) this.twice.add(name);
          this.made.set(name, one.makes);
        }
      }
      if (isAttached(one) && isTold(one)) this.isTellingWhose = true;
      if (isUser(one)) this.users.set(one.uses, [...this.users.get(one.uses) ?? [], one.user]);
      if (!isAttached(one)) continue;
      for (const name of one.by) {
        const before = this.attached.get(name);
        if (before === undefined) this.attached.set(name, [one]);
        else before.push(one);
      }
    }
    this.bounding = new Set(all.flatMap(({ boundary }) => boundary?.by ?? []));
    const named = all.filter((one) => !elsewhere.has(one) && ([one.holder, plain(one.holder)].includes(role ?? '') || one.called.includes(role ?? '') || one.mayBe?.includes(role ?? '') === true));
    const [groups, others] = [all.filter(({ isGroup }) => isGroup === true), all.filter(({ isGroup }) => isGroup !== true)];
    const inAccount = named.filter(({ isOfAccount }) => isOfAccount === true);
    this.chosen = inAccount.length > 0 ? inAccount : role !== undefined ? named : others.length > 0 ? others : groups;
    this.isNameless = this.chosen.some(({ called }) => called.length < 2);
    for (const one of this.chosen) for (const name of new Set([one.holder, ...one.called])) this.chosenBy.set(name, [...this.chosenBy.get(name) ?? [], one]);
  }

  /** Those who have policies. */
  get all(): Holder[] {
    return [...this.holders.values()];
  }

  /** Those to whom the files attach policies by a name, and whom they do not make. */
  get named(): string[] {
    return [...new Set([...this.attached.values()].flat().flatMap(({ to }) => to ?? []))].filter((one) => !this.holders.has(one) && !one.includes('.'));
  }

  isMade(name: string): boolean {
    return this.made.has(name);
  }

  /** Whether a policy is attached to nobody, where the files say of others whose they are. */
  isOfNobody(name: string): boolean {
    return this.isSayingWhose && this.isUnattached(name);
  }

  isUnattached(name: string): boolean {
    return beginnings(name).some((one) => this.ofNobody.has(one) && this.attached.get(one)?.some(isTold) !== true);
  }

  /** Whether the files have somebody with policies, or give policies to somebody. */
  get isSayingWhose(): boolean {
    return this.holders.size > 0 || this.isTellingWhose;
  }

  /** Of a policy that stands in the files. */
  ofSeen(place: Place): Whose {
    return most(this.placesOf(place).map((one) => this.ofPlace(one)));
  }

  /** Of a policy that is attached. */
  ofAttached({ to, isPerhaps }: Attached): Whose {
    const whose = this.ofThem(to);
    return whose === 'yes' && isPerhaps === true ? 'perhaps' : whose;
  }

  /** Of a policy that is attached several times: what each has by one of them all have. */
  ofAll(attached: readonly Attached[]): Whose {
    const sure = attached.flatMap(({ to, isPerhaps }) => (isPerhaps === true ? [] : to ?? []));
    return sure.length > 0 && this.ofThem(sure) === 'yes' ? 'yes' : most(attached.map((one) => this.ofAttached(one)));
  }

  /** What attaches a policy in a case only, of which the files say on what it hangs. */
  termsOf(place: Place): Attached[] {
    return [...new Set(this.placesOf(place).flatMap((name) => this.madeAt(name)).flatMap((one) => this.attached.get(one) ?? []))].filter(({ isPerhaps, terms }) => isPerhaps === true && terms !== undefined);
  }

  /** Whether a policy stands in the files for nothing but to bound roles. */
  isBoundaryOnly({ name }: Place): boolean {
    const made = this.madeAt(name);
    return made.some((one) => this.bounding.has(one)) && !made.some((one) => this.attached.get(one)?.some(isTold));
  }

  /** Whether a policy of the files is the one that is meant. */
  isMeant({ by }: Meant, { name, of }: Place): boolean {
    return [name, ...of ?? []].flatMap((one) => this.madeAt(one)).some((one) => by.includes(one));
  }

  /** What makes a policy of the files, each by all names that it has there. */
  makersOf(place: Place): readonly (readonly string[])[] {
    const names = [...this.placesOf(place), place.name].flatMap(beginnings);
    return [...new Set(names.map((one) => this.made.get(one)).filter((one) => one !== undefined))];
  }

  /** What bounds those who are asked about: null for nothing, and several where it differs. */
  get boundaries(): readonly (Meant | null)[] | null {
    const different = new Map(this.chosen.map(({ boundary }) => [boundary === null ? '' : boundary.policy ?? boundary.by[0] ?? `at ${boundary.start}`, boundary]));
    const all = [...different.values()];
    return all.every((one) => one === null) ? null : all;
  }

  /** The resources that take a policy, or the policy itself. */
  private placesOf({ name, of }: Place): readonly string[] {
    const users = of === undefined || of.length === 0 ? beginnings(name).flatMap((one) => this.users.get(one) ?? []) : of;
    return users.length === 0 ? [name] : users;
  }

  /** By its name, which begins with that of the resource. */
  private ofPlace(name: string): Whose {
    const whose = this.ofPlaceOnce(name);
    return whose === 'yes' && beginnings(name).some((one) => this.twice.has(one)) ? 'perhaps' : whose;
  }

  private ofPlaceOnce(name: string): Whose {
    const holder = beginnings(name).find((one) => this.holders.has(one));
    if (holder !== undefined) {
      const whose = this.ofThem([holder]);
      return whose === 'yes' && this.holders.get(holder)!.isLoose === true ? 'perhaps' : whose;
    }
    const all = [...new Set(this.madeAt(name).flatMap((one) => this.attached.get(one) ?? []))];
    if (all.some(({ isNever }) => isNever === true)) return 'no';
    const told = all.filter(isTold);
    if (told.length > 0) return this.ofAll(told);
    if (this.isOfNobody(name)) return 'no';
    // What nobody is said to have may be had by whoever is asked about, or by nobody.
    return this.isSayingWhose || all.some(({ isPerhaps }) => isPerhaps === true) ? 'perhaps' : 'yes';
  }

  private ofThem(to: readonly string[] | null): Whose {
    if (to === null) return this.holders.size > 0 ? 'perhaps' : 'yes';
    if (this.chosen.length === 0) return this.holders.size > 0 && this.role !== undefined ? 'perhaps' : 'yes';
    const having = new Set(to.flatMap((one) => this.chosenBy.get(one) ?? [])).size;
    if (having === this.chosen.length) return 'yes';
    // Somebody of whom the files do not tell who it is, or a group, or a name that may be that of a role whose name is not known.
    const isOpen = (one: string): boolean => {
      const holder = this.holders.get(one);
      if (holder === undefined) return this.isNameless || one.includes('.');
      return holder.isGroup === true || (this.chosen.some(({ isOfAccount }) => isOfAccount === true) && mayBeOfAccount(holder));
    };
    return having > 0 || to.some(isOpen) ? 'perhaps' : 'no';
  }

  private madeAt(name: string): string[] {
    return beginnings(name).flatMap((one) => this.made.get(one) ?? []);
  }
}

/** Whether it is said to whom a policy is attached. */
const isTold = ({ to }: Attached): boolean => to === null || to.length > 0;

const most = (all: readonly Whose[]): Whose => (all.includes('yes') ? 'yes' : all.includes('perhaps') ? 'perhaps' : 'no');

/** A name and what it begins with, with and without indices: `a.b[0].c`, `a.b[0]`, `a`, `a.b.c`, `a.b`. */
export function beginnings(name: string): string[] {
  const all = [name, name.replace(/\[(?:"[^"]*"|\d+)\]/g, '')].flatMap((whole) => {
    const steps = whole.split('.');
    return steps.map((_, i) => steps.slice(0, steps.length - i).join('.'));
  });
  return [...new Set(all)];
}
