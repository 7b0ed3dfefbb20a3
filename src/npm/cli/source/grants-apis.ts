// Who may call functions and APIs: what SAM and the Serverless Framework say in places of their own. Sources: their
// documentation, read 2026-11.
import { type Granting, grantingOf, grantsIn } from './grants.js';
import { callsIn, isFunction } from './intrinsics.js';
import { type Entry, type Extent, type Value, entriesOf, get, itemsOf, known } from './value.js';

/** What is as good as a resource: an address under which it is there, and what it gives. */
export interface Part {
  address: string;
  gives: Granting[];
}

const SECTIONS = ['Function', 'Api', 'HttpApi', 'StateMachine', 'GraphQLApi'];

/** What the `Globals` of a SAM template give to all of a type; each is there, whether they are named or not. */
export function partsOfGlobals(template: Value, prefix: string): Part[] {
  const globals = get(template, 'Globals');
  return SECTIONS.map((section) => {
    const address = `${prefix}Globals.${section}`;
    const entry = entriesOf(globals).find(({ key }) => known(key) === section);
    return { address, gives: entry === undefined ? [] : grantsIn(`AWS::Serverless::${section}`, entry.value, { address, ...head(entry) }) };
  });
}

/** The events of a function or state machine of SAM that let somebody call it. */
export const partsOfEvents = (type: string, properties: Value | undefined, of: string): Part[] => (/^AWS::Serverless::(?:Function|StateMachine)$/.test(type) ? entriesOf(get(properties, 'Events')) : []).map((entry): Part => {
  const address = `${of}.Events.${known(entry.key)}`;
  return { address, gives: grantsIn('SAM event', entry.value, { address, ...head(entry) }, [...isFunction(known(entry.key) ?? '') ? [entry] : [], ...callsIn(entry.value)]) };
});

const head = ({ key: { start, end } }: Entry): Extent => ({ start, end });

/** The functions of serverless.yml with their URLs and events, and the role that all of them have. */
export function partsOfServerless(root: Value): Part[] {
  const provider = get(root, 'provider');
  const functions = get(root, 'functions');
  const role = [get(get(provider, 'iam'), 'role'), get(provider, 'role')].filter((one) => one !== undefined && !isMade(one));
  return [
    { address: 'provider', gives: role.flatMap((one) => grantingOf('role', { address: 'provider', start: one!.start, end: one!.end }, [one!])) },
    ...entriesOf(get(get(provider, 'httpApi'), 'authorizers')).map((entry): Part => {
      const address = `provider.httpApi.authorizers.${known(entry.key)}`;
      return { address, gives: grantingOf('limit', { address, ...head(entry) }, entriesOf(entry.value).filter(({ key }) => OF_AUTHORIZERS.test(known(key) ?? '')).map(spanOf)) };
    }),
    ...(functions?.kind === 'list' ? itemsOf(functions) : [functions]).flatMap(entriesOf).flatMap(partsOfFunction),
  ];
}

/** What says who is let in. */
const OF_AUTHORIZERS = /^(?:type|issuerUrl|audience|functionName|functionArn|name)$/;

/** Whether the framework makes a role of its own. */
const isMade = (role: Value): boolean => role.kind === 'map' && ['name', 'path', 'statements', 'managedPolicies', 'permissionsBoundary', 'permissionBoundary', 'tags'].some((name) => get(role, name) !== undefined);

function partsOfFunction(entry: Entry): Part[] {
  const { key, value } = entry;
  const address = `functions.${known(key)}`;
  const [url, role, own] = ['url', 'role', 'iamRoleStatements'].map((name) => entriesOf(value).find((one) => known(one.key) === name));
  const isOpen = url !== undefined && !(url.value.kind === 'plain' && url.value.json === 'false') && known(get(url.value, 'authorizer')) !== 'aws_iam';
  return [
    { address, gives: [
      // Without a role of its own it has that of all.
      { address, ...head(role ?? own ?? entry), is: 'role', isPart: true, values: role !== undefined ? [spanOf(role)] : own !== undefined ? [head(own)] : [] },
      ...isOpen ? grantingOf('grant', { address, ...head(url) }, [spanOf(url)]) : [],
    ] },
    ...itemsOf(get(value, 'events')).flatMap(entriesOf).map((event): Part => {
      const called = ['path', 'method', 'route'].flatMap((name) => known(get(event.value, name)) ?? []);
      const text = known(event.value);
      const name = `${address}.${known(event.key)}${[...called.length === 0 && text !== null ? text.split(/\s+/).reverse() : called].map((one) => ` ${one}`).join('')}`;
      const guards = entriesOf(event.value).filter((one) => /^(?:authorizer|private)$/.test(known(one.key) ?? '') && !(one.value.kind === 'plain' && one.value.json === 'false'));
      return { address: name, gives: grantingOf('limit', { address: name, ...head(event) }, guards.map(spanOf)) };
    }),
  ];
}

const spanOf = ({ key, value }: Entry): Extent => ({ start: Math.min(key.start, value.start), end: value.end });
