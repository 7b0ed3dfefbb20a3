// Where policies stand on the two sides of a comparison: whether they are there, and for whom, which other resources of
// their template or module say.
import { type Attached, BETWEEN, type Deciders, type Definition, type Definitions, type Given, Inlined, type Member, type Met, NEVER, PROVIDER, type Seen, isAttached, isHavingItself, isHolder, isMade, isMember, isUser } from '../source/index.js';
import { put } from '../multimap.js';
import { beginnings } from '../role/whose.js';
import { canonical } from '../source/meaning.js';
import type { Changed } from './changed.js';
import { AS_WRITTEN, CALLED, CHOSEN, INSTANCE, type Placed, type Standing, isSaying } from './standing.js';

/** What the files of a template or module say. */
interface Scope {
  attached: Map<string, { one: Attached; path: string }[]>;
  made: Map<string, string[]>;
  users: Map<string, string[]>;
  members: { one: Member; path: string }[];
  /** What makes somebody, by the name. */
  makers: Map<string, string>;
  /** All of these. */
  holders: Set<string>;
}

/** That somebody has what a group has, or a permission set. */
export interface Membership {
  one: Member;
  /** The file that says so. */
  path: string;
  /** What is had, and by whom. */
  what: string;
  by: readonly string[];
  /** What, where and by whom, and on what that hangs. */
  whose: Map<string, Set<string>>;
}

/** All of a module or template: who has what, on what that hangs, and who has what somebody has. */
interface InScope {
  all: Membership[];
  whose: Map<string, Set<string>>;
  members: Map<string, string[]>;
}

/** Those of one side. */
export class Standings {
  private readonly scopes = new Map<string, Scope>();

  constructor(private readonly changed: Changed, private readonly side: 'older' | 'newer') {}

  get isOlder(): boolean {
    return this.side === 'older';
  }

  private get definitions(): Definitions {
    return this.changed[this.side];
  }

  private get other(): Definitions {
    return this.changed[this.side === 'older' ? 'newer' : 'older'];
  }

  /** Of a file that may say whose the policies of others are. */
  add(path: string, text: string, met: readonly Met[]): void {
    this.texts.set(path, text);
    const scope = this.scope(path);
    for (const one of met) {
      if (isMade(one)) for (const name of one.makes) put(scope.made, name, ...one.makes);
      if (isUser(one)) put(scope.users, one.uses, one.user);
      if (isMember(one)) scope.members.push({ one, path });
      if (isHolder(one)) scope.holders.add(one.holder);
      if (isHolder(one)) for (const name of one.called.slice(1)) scope.makers.set(name, one.holder);
      if (isAttached(one) && one.isGiven !== true) for (const name of one.by) put(scope.attached, name, { one, path });
    }
  }

  private scope(path: string): Scope {
    const key = this.definitions.scopeAt(path);
    const scope = this.scopes.get(key) ?? { attached: new Map(), made: new Map(), users: new Map(), members: [], makers: new Map(), holders: new Set() };
    this.scopes.set(key, scope);
    return scope;
  }

  of({ name, of = [] }: Pick<Seen, 'name' | 'of'>, path: string): Standing {
    const scope = this.scope(path);
    const users = [...new Set([...of, ...beginnings(name).flatMap((one) => scope.users.get(one) ?? [])])];
    const own = this.addressOf(name, path);
    const places = [...own === null ? [] : [this.there(own, path)]];
    const ofUsers = users.map((one) => this.addressOf(one, path)).filter((one) => one !== null).map((one) => this.there(one, path));
    // Of several that take it one is enough.
    if (ofUsers.length > 0 && !ofUsers.includes('')) places.push(ofUsers.every(isNever) ? NEVER : ofUsers.filter((one) => !isNever(one)).sort().join(' or '));
    const made = [name, ...users].flatMap(beginnings).flatMap((one) => [one, ...scope.made.get(one) ?? []]);
    const attached = [...new Set(made.flatMap((one) => scope.attached.get(one) ?? []))];
    const whose = this.renamedIn(path, this.withProvider(path, [
      ...attached.flatMap(({ one, path: at }) => this.held(one, at)),
      ...[own, ...users].flatMap((one) => (one === null ? [] : this.whose(one, path))),
      ...users.flatMap((one) => this.taking(one, path)),
      ...[own, ...users].flatMap((one) => (one === null ? [] : this.chosen(one, path))),
      ...own === null ? [] : this.instances(own, path),
      ...[own, ...users].some((one) => one !== null && this.isKept(one, path)) ? [] : [[AS_WRITTEN, ''] as Held],
      ...this.whose('', path),
      ...this.callsOf(path),
    ]));
    if (own !== null && this.isExchanged(own, path)) whose.set(own, new Set(['']));
    for (const [one, terms] of [...whose].filter(([one]) => this.isExchanged(one, path))) {
      whose.delete(one);
      whose.set(`${one}${this.mark}`, terms);
    }
    return {
      whose, there: places.filter((one) => one !== '').join(' and '), isNever: places.some(isNever),
      holder: own !== null && this.definitions.holders.get(path)?.some(({ address }) => address === own) === true ? own : null,
      resources: [own, ...users].flatMap((one) => (one === null ? [] : this.addressOf(one, path) ?? [])).map((one) => this.renamed(one, path)),
    };
  }

  /** Who has what others have, by a file. */
  membershipsOf(path: string): Membership[] {
    return this.inScope(path).all.filter((one) => one.path === path);
  }

  /** Who has in a file's module or template what somebody has. */
  membersIn(holder: string, path: string): string[] {
    return this.inScope(path).members.get(holder) ?? [];
  }

  /** Of all of the file's module or template, who has what and on what that hangs. */
  membersBeside(path: string): Pick<Standing, 'whose'> {
    return this.inScope(path);
  }

  /** Of each scope, once all files were added. */
  private readonly ofScopes = new Map<string, InScope>();

  private inScope(path: string): InScope {
    const key = this.definitions.scopeAt(path);
    const before = this.ofScopes.get(key);
    if (before !== undefined) return before;
    const all = this.membershipsIn(path);
    const whose = byHolder(all.flatMap((one) => [...one.whose].flatMap(([holder, terms]) => [...terms].map((term): Held => [holder, term]))));
    const members = new Map<string, string[]>();
    for (const { what, by } of all) put(members, what, ...by);
    const known = { all, whose, members };
    this.ofScopes.set(key, known);
    return known;
  }

  private membershipsIn(path: string): Membership[] {
    const { members, makers } = this.scope(path);
    return members.flatMap(({ one, path: at }): Membership[] => {
      const there = this.there(one.name, at);
      const has = one.has.map(({ called, start, end }) => (called === null ? this.expression(at, start, end) : makers.get(called) ?? called));
      return isNever(there) ? [] : [{ one, path: at, what: this.renamed(has[0]!, at), by: has.slice(1).map((name) => this.renamed(name, at)), whose: this.renamedIn(at, [[has.join('\0'), there], ...this.callsOf(at)]) }];
    });
  }

  /** Whom a policy is attached to, and on what that hangs; nothing where it never is. */
  private held({ name, to, terms, cases }: Attached, path: string): Held[] {
    const address = this.addressOf(name, path);
    const there = address === null ? '' : this.there(address, path);
    if (isNever(there) || to?.length === 0) return [];
    const whose = address === null ? [] : this.whose(address, path).map(([holder]) => holder);
    const when = cases !== undefined ? [there, this.casesOf(path, cases)].filter((one) => one !== '').join(' and ') : there === '' && terms !== undefined ? this.decider(path, terms.start, terms.end) : there;
    const { makers } = this.scope(path);
    const named = to ?? whose.filter(isSaying);
    const names = named.map((one) => makers.get(one) ?? one);
    // Which instance of somebody it is only the expression says.
    const isClear = to === null ? named.length > 0 && named.every((one) => IS_HOLDER.test(one)) : (to.every((one) => !one.includes('.')) || !whose.some((one) => /[[\0]|\b(?:each|count)\./.test(one)));
    return isClear ? names.map((one) => [one, when]) : [[[names.join(), ...whose].join(' '), when]];
  }

  /** What has a policy that it takes as an attribute of its own, or takes over from others, and on what that hangs. */
  private taking(user: string, path: string): Held[] {
    const there = isHavingItself(user.split('.')[0]!) || this.scope(path).holders.has(user) ? this.there(user, path) : NEVER;
    return isNever(there) ? [] : [[user, there]];
  }

  /** The texts of the files, in which their expressions stand. */
  private readonly texts = new Map<string, string>();

  /** An expression with a mark where it may have another value on the other side. */
  expression(path: string, start: number, end: number): string {
    const text = canonical(this.texts.get(path)?.slice(start, end) ?? '');
    return `${this.renamed(text, path)}${this.changed.differs(text, { path, start }) ? this.mark : ''}`;
  }

  /** Whether an expression of a file may have another value on the other side. */
  differs(expression: string, path: string, start: number): boolean {
    return this.changed.differs(this.inlined(expression, path), { path, start });
  }

  /** What decides of something, as `expression`, in the one way in which all that are the same are written. */
  decider(path: string, start: number, end: number): string {
    const text = this.texts.get(path)?.slice(start, end) ?? '';
    return `${this.meaningOf(canonical(text), path, start)}${this.changed.differs(text, { path, start }) ? this.mark : ''}`;
  }

  /** The cases of choices that something is, in a text that is the same on both sides where they are. */
  casesOf(path: string, cases: Deciders): string {
    return cases.map(({ start, end, branch }) => `${this.decider(path, start, end)}${(branch ?? 0) === 0 ? '' : ` #${branch}`}`).join(' and ');
  }

  /** An expression of a file in the one way in which all that are the same are written, by the names of the newer side. */
  meaningOf(expression: string, path: string, start: number): string {
    return this.renamed(this.definitions.meaningOf(this.inlined(expression, path), { path, start }), path);
  }

  /** A local that both sides have keeps its name where it may be something else on the other one. */
  private readonly locals = new Inlined((name, path) => {
    const { key, text } = this.definitions.local(name, path);
    return text !== null && (this.other.of(key).text === null || !this.changed.isOther([key], path)) ? text : null;
  });

  private inlined(expression: string, path: string): string {
    return expression.includes('local.') ? this.locals.in(expression.replace(/^\s*\$\{([^{}]*)\}\s*$/, '$1').trim(), path) : expression;
  }

  /** The texts of all that an expression of a file leads to, as far as they are read. */
  textBehind(expression: string, path: string, start: number): string {
    return this.definitions.textsBehind(expression, { path, start })?.join('\n') ?? expression;
  }

  /** Whether an expression of a file is another value for each instance of its block, or each time of a loop. */
  isOfEach(expression: string, path: string, start: number): boolean {
    return /\b(?:each|count)\.(?:key|value|index)\b/.test(expression) || this.definitions.isOfLoop(expression, { path, start });
  }

  /** What sets an expression apart from the same one on the other side. */
  get mark(): string {
    return `\0${this.side}`;
  }

  /** Whom a resource says that it is for, and others of it. */
  private whose(address: string, path: string): Held[] {
    const key = this.definitions.ofResource(path, address, 'whose');
    const { calls = [], ofCalls = [] } = this.definitions.of(key);
    const mark = this.changed.isOther(ofCalls, path) ? this.mark : '';
    const { makers } = this.scope(path);
    const each = (text: string): string[] => {
      const [own = '', ...marks] = text.split('\0');
      return own.split(BETWEEN).map((one) => [one.replace(/(?<![\w-]\[)"([\w+=,.@-]+)"/g, (all, name: string) => makers.get(name) ?? all), ...marks].join('\0'));
    };
    return [...this.marked([key], path).flatMap(each), ...calls.map((one) => `${one}${mark}`)].map((one) => [one, '']);
  }

  /** Which instances of a policy are taken by whom, as it is written, where they do not say the same. */
  private chosen(address: string, path: string): Held[] {
    if (this.definitions.of(this.definitions.ofResource(path, address, 'varies')).text === null) return [];
    return this.marked([this.definitions.ofResource(path, address, 'chosen')], path).flatMap((text) => text.split('\n')).map((one) => [`${CHOSEN}${one}`, '']);
  }

  /** With the provider that Terraform takes where none is named, so that one less is another one; each with a mark where it works with another account or Region. */
  private withProvider(path: string, all: Held[]): Held[] {
    const named: Held[] = all.some(([one]) => one.startsWith(PROVIDER)) ? all : [...all, [`${PROVIDER}aws`, '']];
    return named.map(([one, terms]) => [one.startsWith(PROVIDER) && Array.from(one.matchAll(/\baws(?:cc)?(?:\.[\w-]+)?/g)).some(([called]) => this.isOtherProvider(path, called)) ? `${one}${this.mark}` : one, terms]);
  }

  private isOtherProvider(path: string, called: string): boolean {
    const { older, newer } = this.changed;
    const [before, after] = [older, newer].map((side) => side.of(side.ofProvider(path, called))) as [Definition, Definition];
    return (before.text ?? '') !== (after.text ?? '') || this.changed.isAnyOther([before, after].flatMap(({ refers, ofCalls = [] }) => [...refers, ...ofCalls]));
  }

  /** Whether `ignore_changes` leaves its policy as it is deployed. */
  private isKept(address: string, path: string): boolean {
    const { text } = this.definitions.of(this.definitions.ofResource(path, address, 'kept'));
    return /\b(?:all|policy|inline_policy|assume_role_policy|managed_policy_arns)\b/.test(text ?? '');
  }

  /** A name with the instances of whom it names, or with their number, where there are several and it names all: by itself, or each for his own. */
  allOf(name: string, path: string): string {
    // In one word, as a name is.
    if (/^(?:resources\.)?Resources\./.test(name)) return [name, ...this.instances(name, path).map(([one]) => one.replaceAll(' ', '_'))].join(BETWEEN);
    const [, address, each] = /^\s*(aws_\w+\.[\w-]+)(?:(?: \1)?\[each\.key\] (.+))?$/.exec(name) ?? [];
    if (address === undefined || (each !== undefined && each !== this.definitions.instancesOf(address, { path, start: 0 }))) return name;
    const number = this.numberOf(address, path);
    return number > 1 ? `${address} times ${number}` : address;
  }

  private numberOf(address: string, path: string): number {
    return Number(this.definitions.of(this.definitions.ofResource(path, address, 'instances')).text ?? 1);
  }

  /** The further instances of somebody; those of a loop of a template by what it is over. */
  private instances(address: string, path: string): Held[] {
    const [text = '', mark = ''] = (this.marked([this.definitions.ofResource(path, address, 'instances')], path)[0] ?? '').split(/(?=\0)/);
    const all = /^\d+$/.test(text) ? Array.from({ length: Math.max(0, Number(text) - 1) }, (_, i) => String(i + 1)) : text.split(BETWEEN).filter((one) => one !== '');
    return all.map((one) => [`${INSTANCE}${one}${mark}`, '']);
  }

  /** Whether a text speaks of somebody who is called now as somebody else was before: to whoever knows them by their names he is another one. */
  private isExchanged(text: string, path: string): boolean {
    const all = this.isOlder ? undefined : this.changed.exchanged.get(this.scopeAt(path));
    return all !== undefined && this.madeIn(text, path).some((one) => all.has(one));
  }

  /**
   * The calls of the module in which a file is. A module that is new or gone is as good as what calls it, where that is in any
   * case: its policies stood there before, or do so now.
   */
  private callsOf(path: string): Held[] {
    const scope = this.scopeAt(path);
    const calls = this.definitions.calling(scope);
    const first = this.other.isThere(path) ? -1 : calls.findIndex(({ terms }) => terms === '');
    return calls.filter((_, i) => i !== first || first < 0).map(({ name, terms }) => [`${CALLED}${this.isOlder ? name : this.changed.calls.wasOf(scope, name)}`, terms]);
  }

  /** Whether all whom a text names that this side makes are made no more on the other one. */
  isGone(holder: string, path: string): boolean {
    const named = this.madeIn(holder, path);
    return named.length > 0 && named.map((one) => this.other.of(this.other.ofResource(path, one, 'there'))).every(({ text }) => text === null || isNever(text));
  }

  /** Whether something that a text names is made here, so that what it may do is read. */
  isMadeHere(text: string, path: string): boolean {
    return this.madeIn(text, path).length > 0;
  }

  /** Whether all who have by a membership what others have are made no more on the other side. */
  isLeftByAll({ by, path }: Membership): boolean {
    return by.every((one) => this.isGone(one, path));
  }

  /** The resources of this side that a text names. What a data source looks up is made by none of them. */
  private madeIn(text: string, path: string): string[] {
    return [text, ...Array.from(text.matchAll(NAMED), ([one]) => one).filter((one) => !one.startsWith('data.')).flatMap((one) => [one, `Resources.${one}`, `resources.Resources.${one}`])]
      .filter((one) => this.definitions.of(this.definitions.ofResource(path, one, 'there')).text !== null);
  }

  /** Whether all that a text names are others of these. */
  namesOnly(text: string, path: string, all: ReadonlyMap<string, unknown>): boolean {
    const named = this.madeIn(text, path).map((one) => this.renamed(one, path)).filter((one) => one !== text);
    return named.length > 0 && named.every((one) => all.has(one));
  }

  /** Whether a text is a name that stands there, and not that of something which this side defines. */
  isPlain(text: string, path: string): boolean {
    return /^"?[\w+=,@-]+"?$/.test(text) && this.definitions.references(text, { path, start: 0 }).every((key) => this.definitions.of(key).text === null);
  }

  /** Whether something that a policy of this side names stands in a module, by where that is now. */
  isNamingWhatIs(scope: string, { standing: { whose, resources }, file }: Placed): boolean {
    const named = [...resources, ...Array.from(whose.keys()).flatMap((one) => this.madeIn(one, file))];
    return named.some((one) => this.other.of(`${scope}\0there:${one}`).text !== null);
  }

  /** What bounds all whom a policy names; null where that is not known, or where one of them is there in some cases only. */
  boundsOf({ standing: { whose, resources }, file }: Placed): string | null {
    const named = [...resources, ...Array.from(whose.keys()).flatMap((one) => this.madeIn(one, file))];
    const all = named.flatMap((one) => (['there', 'bounds'] as const).map((what) => ({ what, ...this.definitions.of(this.definitions.ofResource(file, one, what)) })));
    const isKnown = all.every(({ what, text, refers }) => text === null || text === '' || (what === 'bounds' && refers.every((key) => this.definitions.of(key).text === null)));
    return isKnown ? all.map(({ text }) => text).join('\0') : null;
  }

  /** Whether the other side has the module or template of a file too. */
  isOnBoth(path: string): boolean {
    return this.other.isThere(path);
  }

  /** Whether another module calls that of a file. */
  isCalled(path: string): boolean {
    return this.definitions.callsOf(path).length > 0;
  }

  /** What the module of a file is given for its variables. */
  givenTo(path: string): Given {
    return this.definitions.givenTo(path);
  }

  /** A name of this side as that of what it is on the newer one. */
  renamed(name: string, path: string): string {
    return this.definitions.renamedIn(name, path);
  }

  private renamedIn(path: string, all: readonly Held[]): Map<string, Set<string>> {
    return byHolder(all.map(([holder, terms]): Held => [this.renamed(holder, path), terms]));
  }

  /** Where the names of a file count. */
  scopeAt(path: string): string {
    return this.definitions.scopeAt(path);
  }

  /** By the longest beginning of a name that is a resource on either side. */
  private addressOf(name: string, path: string): string | null {
    const { older, newer } = this.changed;
    return beginnings(name).find((one) => [older, newer].some((side) => side.of(side.ofResource(path, one, 'there')).text !== null)) ?? null;
  }

  private there(address: string, path: string): string {
    return this.marked([this.definitions.ofResource(path, address, 'there')], path).join(' ');
  }

  /** What keys stand for, with a mark where that may be another value on the other side. */
  private marked(keys: readonly string[], path: string): string[] {
    return keys.map((key) => [key, this.definitions.of(key)] as const).filter(([, { text }]) => text !== null && text !== '')
      .map(([, { text, refers }]) => `${text}${this.changed.isOther(refers, path) ? this.mark : ''}`);
  }
}

type Held = [holder: string, terms: string];

/** Somebody who is named, or one of his instances, and nothing else. */
const IS_HOLDER = /^aws_iam_(?:role|user|group)\.[\w-]+(?:\[(?:"[^"$]*"|\d+)\])?$/;
/** What may name a resource. */
const NAMED = /(?:resources\.)?Resources\.\w+|\bdata\.\w+\.[\w-]+|\b[a-z]\w*_\w+\.[\w-]+|\b[A-Za-z0-9]+\b/g;

function byHolder(all: readonly Held[]): Map<string, Set<string>> {
  const held = new Map<string, Set<string>>();
  for (const [holder, terms] of all) if (holder !== '') held.set(holder, (held.get(holder) ?? new Set()).add(terms));
  return held;
}

const isNever = (there: string): boolean => there === NEVER;
