// What a policy means, in the engine's sentences.
import { core } from '../engine.js';

/** Of Session Manager, what the policy allows and denies; none for one that IAM would refuse, which means nothing. */
export function sentences(text: string): string[] {
  const { PosternError, describePolicy } = core();
  try {
    return describePolicy(text);
  } catch (reason) {
    if (reason instanceof PosternError) return [];
    throw reason;
  }
}
