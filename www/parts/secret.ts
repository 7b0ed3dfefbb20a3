// Texts that should not be pasted anywhere. In a policy that can be read the engine finds them; this is for all else.

const SECRETS: [RegExp, string][] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, 'an access key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
];

/** What a text seems to hold that a policy does not need, in words; null for nothing known. */
export function secretIn(text: string): string | null {
  return SECRETS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
