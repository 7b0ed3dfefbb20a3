// Resources that allow access where they have no policy of their own: one that is gone limits them no more, and one that is new
// may only limit them. Sources: documentation of VPC endpoints, AWS KMS, Amazon EFS and API Gateway, read 2026-11.
import type { Side } from './compared.js';
import { isStillThere } from './standing.js';

const OPEN: ReadonlySet<string | null> = new Set(['AWS::EC2::VPCEndpoint', 'AWS::KMS::Key', 'AWS::EFS::FileSystem', 'AWS::ApiGateway::RestApi']);

/** Whether a policy is on one side only, and what it is on has on the other side the one that AWS gives it, or another one. */
export function isByDefault(older: Side | null, newer: Side | null): boolean {
  const only = older === null ? newer : newer === null ? older : null;
  return only !== null && OPEN.has(only.found.resourceType) && isStillThere(only);
}
