// What people want from Session Manager, in a word each, and the capability of the engine behind it. The page and the
// command line share it.

/** Whose policies are looked at. */
export type Side = 'node' | 'operator';

export type UseName = 'shell' | 'port' | 'kms' | 's3' | 'logs';

/** By side; absent where that side needs nothing for it. */
export const CAPABILITIES: Record<UseName, Partial<Record<Side, string>>> = {
  shell: { node: 'node.channel', operator: 'operator.start-shell' },
  // To the node it is a session like any other.
  port: { node: 'node.channel', operator: 'operator.port-forward' },
  kms: { node: 'node.session-kms', operator: 'operator.session-kms' },
  s3: { node: 'node.s3-logs' },
  logs: { node: 'node.cw-logs' },
};

/** What every node needs besides, whatever it is used for. */
export const HEARTBEAT = 'node.heartbeat';

/** Values that matter to every request, since policies can ask for them whatever it is about. */
export const OF_EVERY: readonly string[] = ['region', 'accountId'];

/** The value from which a key of the request follows. */
export const OF_KEYS: ReadonlyMap<string, string> = new Map([['aws:RequestedRegion', 'region'], ['aws:PrincipalAccount', 'accountId'], ['kms:CallerAccount', 'accountId']]);
