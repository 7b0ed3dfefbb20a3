// What the engine says of the text in Validate: what it is, and the findings.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Question } from '../ask.js';
import { typeOf } from '../../src/npm/policy-type.js';
import { core, type Finding, type Recognised, type ValidateOptions } from '../engine.js';
import type { Frame } from '../frame.js';
import { useReply } from '../parts/reply.js';
import { TYPES, type TypeName } from '../policy-types.js';
import type { ValidateState } from './validate.state.js';

export interface Checked {
  /** The type that the text was checked as. */
  type: TypeName;
  /** The type that the text seems to have; null while there is none. */
  guess: TypeName | null;
  /** What the text was recognised as, in the engine's words. */
  seen: Recognised | null;
  /** Null while there is no answer, and of a text that is known to be no JSON. */
  findings: Finding[] | null;
  /** The text that they belong to. */
  text: string;
  /** Whether that is the text on the page. */
  isCurrent: boolean;
  /** The engine's message on the resource type. */
  mistake: string | undefined;
}

type Recognise = Question<'findPolicies'>;
type Validate = Question<'validatePolicy'>;

export function useChecked(state: ValidateState, frame: Frame): Checked {
  const { text, isWhole, resourceType, attachment } = state;
  const isAsked = frame.core === 'ready' && text.trim() !== '';
  const recognise = useMemo<Recognise | null>(
    () => (isAsked ? ['findPolicies', text] : null), [isAsked, text]);
  const seen = useReply(recognise, text.length, isWhole);

  // A text that is broken for a moment, as while it is typed, is taken to be what it was before.
  const lastGuess = useRef<TypeName | null>(null);
  const recognised = seen.value?.recognised ?? [];
  const guess = !isAsked ? null : typeOf(recognised) ?? lastGuess.current;
  useEffect(() => void (lastGuess.current = guess), [guess]);
  const type = state.type ?? guess ?? 'identity';

  // The findings are asked for as soon as it is known what the text is, so both stand for one text.
  const checked = seen.question === null || !isAsked ? null : seen.question[1];
  const options = optionsFor(type, resourceType.trim(), attachment);
  const validate = useMemo<Validate | null>(
    () => (checked === null ? null : ['validatePolicy', checked, options]), [checked, JSON.stringify(options)]);
  const found = useReply(validate, checked?.length ?? 0, true);

  // Where JSON breaks off in a template leads astray.
  const isOther = found.value?.[0]?.issueCode === 'JSON_SYNTAX_ERROR' && recognised[0]?.kind === 'not-used';
  const { failure } = found;
  const isMistake = failure?.path === 'options.validatePolicyResourceType';
  const failed = [seen.failure, isMistake ? null : failure].find((one) => one !== null)?.message ?? null;
  useEffect(() => frame.answered(failed), [failed]);
  return {
    type, guess,
    seen: isAsked ? recognised[0] ?? null : null,
    findings: isAsked && !isOther ? found.value : null,
    text: (found.question?.[1] as string | undefined) ?? '',
    isCurrent: isAsked && seen.isCurrent && found.isCurrent && found.value !== null,
    mistake: isMistake ? core().inFields(failure.message, [{ path: 'validatePolicyResourceType', label: 'Resource type' }]) : undefined,
  };
}

function optionsFor(type: TypeName, resourceType: string, attachment: ValidateState['attachment']): ValidateOptions {
  const options = { ...TYPES[type].options };
  if (type === 'resource' && resourceType !== '') options.validatePolicyResourceType = resourceType;
  if (type === 'identity' && attachment !== '') options.identityPolicy = attachment;
  return options;
}

/** How many kinds of check look at policies of this type. */
export function checksFor(type: TypeName): number {
  const { policyType } = TYPES[type].options;
  return core().listChecks().filter(({ policyTypes }) => policyTypes.includes(policyType!)).length;
}
