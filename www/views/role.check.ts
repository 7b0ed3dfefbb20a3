// What the engine says of the role: what was pasted, whose it is, what works, and what is missing.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Question } from '../ask.js';
import { PosternFailure, core, type CapabilityName, type Diagnosis, type Explanation, type RoleInput, type Want } from '../engine.js';
import type { Frame } from '../frame.js';
import { loadMore } from '../more/load.js';
import { useReply } from '../parts/reply.js';
import { COMMON, HEARTBEAT, OF_EVERY, USES, type Side } from '../uses.js';
import type { RoleState } from './role.state.js';

/** A row of the table to be: what is asked for, and what it is called. */
export interface Asked {
  row: string;
  capability: string;
  /** What its own values are called by in the state: the use or the capability. */
  owner: string;
}

export interface CheckedRole {
  side: Side;
  /** Whose the texts seem to be; null when they do not tell. */
  guess: Side | null;
  asked: Asked[];
  /** Null while there is no answer, and where nothing was pasted. */
  diagnosis: Diagnosis | null;
  isCurrent: boolean;
  /** The place in `state.policies` of each text that the engine was given. */
  given: number[];
  /** The engine's messages on values, by their names in the state. */
  mistakes: Record<string, string>;
  /** What the error message means. */
  explained: Explained;
  /** Values that the error message names, which hold where nobody has given others. */
  hints: Record<string, string>;
}

type Diagnose = Question<'diagnoseRole'>;

export function useCheckedRole(state: RoleState, frame: Frame): CheckedRole {
  const isReady = frame.core === 'ready';
  const { policies, around, message, isWhole } = state;
  const given = useMemo(() => policies.flatMap(({ text }, i) => (text.trim() === '' ? [] : [i])), [policies]);
  const texts = useMemo(() => textsOf(state, given), [policies, around]);
  const size = useMemo(() => JSON.stringify(texts).length, [texts]);
  const isAsked = isReady && (given.length > 0 || around.trustPolicy.trim() !== '');
  const capabilities = useMemo(() => (isReady ? core().listCapabilities() : []), [isReady]);
  // So that it is there when something is pasted.
  useEffect(() => { if (isReady) void loadMore(); }, [isReady]);

  // Without wants, it tells whose the texts are, and what of a trust policy is asked.
  const telling = useMemo<Diagnose | null>(() => (isAsked ? ['diagnoseRole', texts] : null), [isAsked, texts]);
  const told = useReply(telling, size, isWhole, diagnosed);
  const explained = useExplanations(isReady && message.trim() !== '' ? message : '');
  const explanations = Array.isArray(explained) ? explained : NONE;
  const guess = told.value === null ? null : told.value.side ?? sideOfMessage(explanations, capabilities);
  const lastGuess = useRef<Side | null>(null);
  if (guess !== null) lastGuess.current = guess;
  const side = state.side ?? guess ?? (given.length > 0 ? lastGuess.current : null) ?? sideOfMessage(explanations, capabilities) ?? 'node';

  const asked = useMemo(() => askedFor(state, side, explanations, capabilities, told.value), [state.uses, state.more, side, explanations, capabilities, told.value]);
  const hints = useMemo(() => (explanations.length === 0 ? {} : valuesIn(message)), [explanations, message]);
  const { wants, mistakes, isChecked } = useWants(asked, state.values, hints, capabilities);
  // As soon as it is known whose the texts are, so that both answers stand for the same texts.
  const input = told.question?.[1];
  const next = useMemo<Diagnose | null>(
    () => (input === undefined || !isAsked || told.value === null ? null : ['diagnoseRole', { ...input, wants }]),
    [input, isAsked, told.value === null, JSON.stringify(wants)]);
  // While a value is looked at, the answer without it stays.
  const diagnose = useRef(next);
  if (isChecked || next === null) diagnose.current = next;
  const found = useReply(diagnose.current, size, true, diagnosed);
  const failed = (told.failure ?? found.failure)?.message ?? null;
  useEffect(() => frame.answered(failed), [failed]);
  return {
    side, guess, asked, given, mistakes, explained, hints,
    diagnosis: isAsked ? found.value : null,
    isCurrent: isAsked && isChecked && told.isCurrent && found.isCurrent && found.value !== null,
  };
}

/** Asks the engine of more.js, which decides requests. */
async function diagnosed([, input]: Diagnose): Promise<Diagnosis> {
  const more = await loadMore();
  if (more === null) throw new PosternFailure({ code: 'NOT_READY', message: 'The file more.js is missing or blocked, so no role can be looked at.', path: null });
  return more.diagnoseRole(input);
}

const NONE: Explanation[] = [];

/** What a message means, or why that is not known; null while there is no answer. */
export type Explained = Explanation[] | Error | null;

function useExplanations(message: string): Explained {
  const [answer, setAnswer] = useState<{ message: string; explained: Explained }>({ message: '', explained: null });
  useEffect(() => {
    let isOver = message === '';
    if (!isOver) void explain(message).catch((reason: Error) => reason).then((explained) => isOver || setAnswer({ message, explained }));
    return () => { isOver = true; };
  }, [message]);
  return message === '' ? NONE : answer.message === message ? answer.explained : null;
}

async function explain(message: string): Promise<Explanation[]> {
  const more = await loadMore();
  if (more === null) throw new Error('The file more.js is missing or blocked, so this cannot be told.');
  return more.explainError(message);
}

/** The texts as the engine takes them, without the empty ones, named as the page names them. */
function textsOf({ policies, around }: RoleState, given: number[]): Omit<RoleInput, 'wants'> {
  const documents = given.map((i) => ({ name: `Policy ${i + 1}`, text: policies[i]!.text }));
  const filled = Object.entries(around).filter(([, text]) => text.trim() !== '')
    .map(([name, text]) => [name, name === 'scps' ? [text] : text]);
  return { documents, ...Object.fromEntries(filled) };
}

function sideOfMessage(explanations: Explanation[], capabilities: CapabilityName[]): Side | null {
  const ids = explanations.flatMap((explanation) => explanation.capabilities);
  const sides = capabilities.filter(({ id }) => ids.includes(id)).map(({ side }) => side);
  if (sides.includes('node')) return 'node';
  return sides.includes('operator') ? 'operator' : null;
}

/** Whether something may be asked of the policies of a side. A node's role has a trust policy too. */
export const isAskedOf = (side: Side) => (one: CapabilityName) => one.side === side || (side === 'node' && one.side === 'trust');

/** What was ticked, and what an error message takes away, where it is about this side. */
function askedFor(state: RoleState, side: Side, explanations: Explanation[], capabilities: CapabilityName[], told: Diagnosis | null): Asked[] {
  const trusts = capabilities.filter((one) => one.side === 'trust').map(({ id }) => id);
  const isTrustAsked = state.more.some((id) => trusts.includes(id));
  const trust = isTrustAsked || told === null ? [] : told.capabilities.map(({ id }) => id).filter((id) => trusts.includes(id));
  const known = capabilities.filter(isAskedOf(side));
  // Of the policies of a role nothing can be said where only its trust policy is there.
  const isTrustAlone = told?.policies === 0;
  const asked = isTrustAlone ? [] : USES.flatMap(({ id, row, capability }): Asked[] => {
    const name = capability[side];
    return state.uses.includes(id) && name !== undefined ? [{ row, capability: name, owner: id }] : [];
  });
  if (side === 'node' && asked.length > 0) asked.unshift({ ...HEARTBEAT, owner: HEARTBEAT.capability });
  const others = [...state.more, ...explanations.flatMap((explanation) => explanation.capabilities), ...trust];
  for (const { id, title } of known.filter((one) => others.includes(one.id) && !(isTrustAlone && one.side !== 'trust'))) {
    if (!asked.some(({ capability }) => capability === id)) asked.push({ row: title, capability: id, owner: id });
  }
  return asked;
}

/** The name in the state of a value of something that is asked for. */
export const valueName = (owner: string, value: string): string => (COMMON.includes(value) ? value : `${owner}.${value}`);

/** What a message seems to name: a Region, an account. The engine decides whether it is one. */
function valuesIn(message: string): Record<string, string> {
  const found = { region: /(?<![\w-])[a-z]{2}(?:-[a-z]+)+-\d(?![\w-])/.exec(message), accountId: /(?<!\w)\d{12}(?!\w)/.exec(message) };
  return Object.fromEntries(Object.entries(found).flatMap(([name, match]) => (match === null ? [] : [[name, match[0]]])));
}

/** The wants with the values that the engine takes; its message on each of the others, and whether it has looked at all. */
function useWants(
  asked: Asked[], given: Record<string, string>, hints: Record<string, string>, capabilities: CapabilityName[],
): { wants: Want[]; mistakes: Record<string, string>; isChecked: boolean } {
  const [refused, setRefused] = useState<Record<string, { value: string; message: string }>>({});
  const own = useMemo(() => Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== '')), [given]);
  const values: Record<string, string> = useMemo(() => ({ ...hints, ...own }), [hints, own]);
  // A value that was refused is left out while it stands there.
  const isWrong = (key: string): boolean => Object.hasOwn(refused, key) && refused[key]!.value === values[key];
  const wants = useMemo(() => wantsFor(asked, values, capabilities, isWrong), [asked, values, capabilities, refused]);
  // Takes no time without policies, and refuses a wrong value.
  const check = useMemo<Diagnose | null>(
    () => (wants.some((want) => Object.keys(want).length > 1) ? ['diagnoseRole', { documents: [], wants }] : null), [JSON.stringify(wants)]);
  const { failure, question, isCurrent } = useReply(check, 0, true, diagnosed);
  const [, i, name] = /^input\.wants\[(\d+)\]\.(\w+)$/.exec(failure?.path ?? '') ?? [];
  const key = i === undefined || name === undefined || question !== check ? null : valueName(asked[Number(i)]!.owner, name);
  useEffect(() => {
    if (key !== null && !isWrong(key)) setRefused({ ...refused, [key]: { value: values[key]!, message: failure!.message } });
  }, [failure, key]);
  // Of a value that nobody gave there is no field to say it at.
  const mistakes = Object.fromEntries(Object.keys(own).filter(isWrong).map((key) => [key, refused[key]!.message]));
  // Any other refusal is told where the role is asked about.
  return { wants, mistakes, isChecked: check === null || (isCurrent && key === null) };
}

function wantsFor(asked: Asked[], values: Record<string, string>, capabilities: CapabilityName[], isWrong: (key: string) => boolean): Want[] {
  if (capabilities.length === 0) return [];
  return asked.map(({ capability, owner }) => {
    const names = new Set([...OF_EVERY, ...capabilities.find(({ id }) => id === capability)?.values ?? []]);
    const taken = [...names].map((name) => [name, valueName(owner, name)] as const)
      .filter(([, key]) => Object.hasOwn(values, key) && !isWrong(key))
      .map(([name, key]) => [name, values[key]!.trim()]);
    return { capability, ...Object.fromEntries(taken) };
  });
}
