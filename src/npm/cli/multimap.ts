// Maps that have several values under a key.

export function put<K, T>(map: Map<K, T[]>, key: K, ...values: T[]): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, values);
  else for (const value of values) before.push(value);
}
