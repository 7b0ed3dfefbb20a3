// The policies in a text as people paste it, by the engine's reader: with a fence of Markdown around it, as statements
// without the policy, as an escaped string.
import { findPolicies } from 'postern';
import { type Found, asItStands } from './found.js';

/** What was found, and what the engine says of a text in which there is nothing. */
export function pastedPolicies(text: string): { policies: Found[]; message: string } {
  const { policies: all, recognised } = findPolicies(text);
  // Organizations have policies of other languages, in the same answers.
  const policies = all.filter((one) => !/"PolicySummary"\s*:/.test(text) || /"Statement"/.test(one.text));
  const message = recognised.find(({ used }) => !used)?.message ?? '';
  return {
    message,
    policies: policies.map(({ text: own, name, span, verbatim }, index) => {
      const about = { name: name ?? (policies.length > 1 ? `[${index}]` : ''), kind: null, resourceType: null };
      const [start, end] = [span.start.offset, span.end.offset];
      if (verbatim) return asItStands(own, start, about);
      // Where each character stands is not told: all of it is the place.
      const place = (offset: number) => (offset < 0 || offset >= own.length ? null : { start, end });
      return { ...about, text: own, place, fixable: false, base: start, syntax: null, unknown: [], perhaps: [] };
    }),
  };
}
