// The policy that a definition of an API carries, as API Gateway takes it. What else stands there, such as the credentials of
// an integration, is no policy. Source: developer guide of API Gateway, x-amazon-apigateway-policy, read 2026-11.
import { findNodeAtLocation } from 'jsonc-parser';
import { embedded, verbatim } from './embedded.js';
import { type About, type Seen, asItStands, perhaps, policiesOf } from './found.js';
import { treeOf } from './json.js';
import { type Opened, type Value, branchOf, get, valuesAt } from './value.js';

/** Where a definition has the policy of API Gateway. */
export const OF_API = 'x-amazon-apigateway-policy';

const ABOUT = { kind: 'resource', resourceType: 'AWS::ApiGateway::RestApi' } as const;

/** Where resources of Terraform and of templates have definitions of REST APIs. APIs of HTTP have no policies. */
const BODIES = new Map([['aws_api_gateway_rest_api', 'body'], ['AWS::ApiGateway::RestApi', 'Body'], ['AWS::Serverless::Api', 'DefinitionBody']]);

/** The definitions in a resource, each with its name and what decides whether it is that one. */
export function bodiesOf(type: string, properties: Value | undefined, at: string, opened: Opened): ReturnType<typeof valuesAt> {
  const path = BODIES.get(type);
  return path === undefined || properties === undefined ? [] : valuesAt(properties, path, at, opened);
}

/** Whether a text may be such a definition, or a value is one. */
export const mayBeApi = (text: string): boolean => text.includes(OF_API);
export const isApi = (root: Value): boolean => (get(root, 'openapi') ?? get(root, 'swagger')) !== undefined;

/** The policy in a definition; `source` as `policiesOf` has it, and `read` makes of the policy what its functions give. */
export function policiesInApi(body: Value, name: string, source: string | null, read = (policy: Value): Value => policy): Seen[] {
  const about: About = { ...ABOUT, name: name === '' ? OF_API : `${name}.${OF_API}` };
  if (body.kind === 'encoded') return policiesInApi(body.value, name, null);
  if (body.kind === 'either') return body.values.flatMap((value, i) => policiesInApi(value, name, null).map((one) => perhaps(one, [branchOf(body, i)])));
  if (body.kind === 'text') return inText(body, about);
  const policy = get(body, OF_API);
  const own = policy === undefined ? undefined : read(policy);
  return policiesOf(own, about, own === policy ? source : null);
}

/** Of JSON in a string. Of YAML there it is told that it is not read. */
function inText(body: Extract<Value, { kind: 'text' }>, about: About): Seen[] {
  const { start, end } = body;
  const unread: Seen[] = [{ name: about.name, kind: about.kind, start, end, why: `${about.name} is YAML inside of a string` }];
  const written = embedded(body);
  if (written === null) return body.pieces.some(({ text }) => text !== null && mayBeApi(text)) ? unread : [];
  const tree = treeOf(written.text);
  const policy = tree === undefined ? undefined : findNodeAtLocation(tree, [OF_API]);
  if (policy?.type !== 'object') return [];
  const text = written.text.slice(policy.offset, policy.offset + policy.length);
  const piece = verbatim(body);
  if (piece !== null) return [asItStands(text, piece.start + policy.offset, about)];
  const before = `/${OF_API}`;
  const inner = (pointers: readonly string[]): string[] => pointers.filter((one) => one.startsWith(`${before}/`)).map((one) => one.slice(before.length));
  return [{ ...about, ...written, text, place: (offset) => (offset < 0 || offset >= text.length ? null : written.place(policy.offset + offset)), unknown: inner(written.unknown), perhaps: inner(written.perhaps), fixable: false, base: 0, syntax: null }];
}
