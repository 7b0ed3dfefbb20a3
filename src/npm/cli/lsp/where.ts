// Where a policy is around the caret: in the places of templates, modules and files of the Serverless Framework that the tables
// of `source` have, or in what clearly is one in any other file.
import { OF_ORGANIZATIONS, TEMPLATE, isTemplate } from '../source/cloudformation.js';
import { areOfOtherCloud, isOfIamVersion, isOfOtherCloud, isOfOtherLanguage, listOf } from '../source/language.js';
import { OF_API } from '../source/openapi.js';
import { STATEMENTS, isServerless } from '../source/serverless.js';
import { isOfIam, placesOf } from '../source/terraform-table.js';
import { type Value, get, known } from '../source/value.js';
import type { FileSyntax } from '../source/syntax.js';
import type { Caret, Step } from './caret/outline.js';
import { type Wanted, hasOnlyElements, inDocument, inPolicy, inStatements, isStatement } from './place.js';

/** What may stand at the caret; null where no policy is around it, or where it says nothing of the place. */
export function wantedAt({ steps, isKey }: Caret, root: Value, name: string, syntax: FileSyntax): Wanted | null {
  const path = withoutFunctions(steps);
  if (path === null) return null;
  if (syntax === 'hcl' || /\.(?:tf|tofu)\.json$/.test(name)) return inModule(path, isKey);
  if (isServerless(root)) return inServerless(path, isKey);
  if (isTemplate(root) || TEMPLATES.some((key) => get(root, key) !== undefined)) return inTemplate(path, isKey);
  return inAny(path, isKey, syntax === 'json' && !OF_OTHER_TOOLS.test(name));
}

/** What only templates have. */
const TEMPLATES = ['AWSTemplateFormatVersion', 'Transform'];

/** Files of other tools, which may begin as a policy does. */
const OF_OTHER_TOOLS = /(?:^|\/)(?:package|package-lock|composer|postern|manifest|tsconfig[\w.-]*|jsconfig|launch|settings|tasks|extensions|angular|nx|turbo|vercel|deno|biome|renovate|cdk|tree|\.[\w.-]*rc)\.jsonc?$/i;

/** The steps without those through functions that give what they are given; null in an argument of another kind. */
function withoutFunctions(steps: readonly Step[]): Step[] | null {
  const path: Step[] = [];
  for (let i = 0; i < steps.length; i += 1) {
    const { key } = steps[i]!;
    const next = steps[i + 1]?.key;
    if (key === 'Ref') return null;
    if (typeof key === 'string' && /^Fn::/.test(key)) {
      if (!isGiven(key, next)) return null;
      if (typeof next === 'number') i += 1;
    } else if (!(typeof key === 'number' && typeof path.at(-1)?.key === 'number')) path.push(steps[i]!);
  }
  return path;
}

/** Of a choice the values, of a text with names in it the text, of a loop what it makes. */
function isGiven(name: string, argument: string | number | undefined): boolean {
  if (name.startsWith('Fn::ForEach::')) return argument === 2;
  if (name === 'Fn::If') return typeof argument === 'number' && argument > 0;
  return name === 'Fn::ToJsonString' ? typeof argument === 'string' : name === 'Fn::Sub' && (typeof argument !== 'number' || argument === 0);
}

/** `[]` for places in lists, as the tables have them; without them where the syntax has none. */
const asPath = (path: readonly Step[]): string => path.reduce((all, { key }) => (typeof key === 'number' ? `${all}[]` : all === '' ? key : `${all}.${key}`), '');
const withoutLists = (path: string): string => path.replaceAll('[]', '');

interface Place {
  path: string;
  kind: string | null;
  isStatements: boolean;
}

/** The first of some places that leads to the caret. */
function inPlaces(path: readonly Step[], isKey: boolean, places: readonly Place[], hasLists: boolean): Wanted | null {
  for (let length = 1; length < path.length; length += 1) {
    const before = asPath(path.slice(0, length));
    const place = places.find((one) => (hasLists ? one.path === before : withoutLists(one.path) === withoutLists(before)));
    if (place === undefined) continue;
    const own = path.slice(length);
    const wanted = place.isStatements ? inStatements(own, isKey, place.kind) : inPolicy(own, isKey, place.kind);
    if (wanted !== null) return wanted;
  }
  return null;
}

function inTemplate(path: readonly Step[], isKey: boolean): Wanted | null {
  const [resources, name, properties, ...own] = path;
  const ofApi = path.findIndex(({ key }) => key === OF_API);
  if (ofApi >= 0) return inPolicy(path.slice(ofApi + 1), isKey, 'resource');
  if (resources?.key !== 'Resources' || properties?.key !== 'Properties' || name === undefined) return null;
  return inResource(known(get(properties.within, 'Type')), own, isKey);
}

/** The properties of a resource; of one whose type is not told yet those of every one. */
function inResource(type: string | null, path: readonly Step[], isKey: boolean): Wanted | null {
  if (type === 'AWS::Organizations::Policy') {
    const given = known(get(path[0]?.within, 'Type')) ?? '';
    return Object.hasOwn(OF_ORGANIZATIONS, given) ? inPlaces(path, isKey, [{ path: 'Content', kind: OF_ORGANIZATIONS[given]!, isStatements: false }], true) : null;
  }
  const all = type === null ? Object.values(TEMPLATE).flat() : Object.hasOwn(TEMPLATE, type) ? TEMPLATE[type]! : [];
  // SAM takes a document beside names and templates of policies, so that one stands in the list.
  return inPlaces(path, isKey, all.map(([place, kind, , form]) => ({ path: place, kind, isStatements: form === 'statements' })), true);
}

const OF_SERVERLESS = STATEMENTS.map(([path, kind]): Place => ({ path, kind, isStatements: true }));

function inServerless(path: readonly Step[], isKey: boolean): Wanted | null {
  const own = path.filter(({ key }, index) => typeof key === 'string' || index > 1);
  if (own[0]?.key === 'functions' && own[2]?.key === 'iamRoleStatements') return inStatements(own.slice(3), isKey, 'identity');
  if (own[0]?.key !== 'resources') return inPlaces(own, isKey, OF_SERVERLESS, true);
  if (own[1]?.key === 'extensions' && own[3]?.key === 'Properties') return inResource(null, own.slice(4), isKey);
  return inTemplate(own.slice(1), isKey);
}

function inModule(given: readonly Step[], isKey: boolean): Wanted | null {
  // A block that is made for each of some values has its body in `content`.
  const isDynamic = (index: number) => index > 2 && given[index]?.key === 'dynamic' && typeof given[index + 1]?.key === 'string';
  const path = given.filter(({ key }, index) => !isDynamic(index) && !(key === 'content' && isDynamic(index - 2)) && !(typeof key === 'number' && index < 4));
  const [block, type, , ...own] = path;
  if (block?.key === 'data' && type?.key === 'aws_iam_policy_document') return inDocument(own, isKey);
  if (block?.key !== 'resource' || typeof type?.key !== 'string') return inAny(path, isKey, false);
  if (!isOfIam(type.key) || own.length === 0) return null;
  const places = placesOf(type.key, own[0]!.within).map(({ path: place, kind }) => ({ path: place, kind, isStatements: false }));
  return inPlaces(own, isKey, places, false) ?? inAny(own, isKey, false);
}

/** In any map that clearly is a policy. `isPolicyFile`: whether a file of nothing but elements of a policy is one. */
function inAny(path: readonly Step[], isKey: boolean, isPolicyFile: boolean): Wanted | null {
  for (const [index, { within, key }] of path.entries()) {
    if (key === OF_API) return inPolicy(path.slice(index + 1), isKey, 'resource');
    if (within.kind === 'map' && (isPolicy(within) || (index === 0 && hasOnlyElements(within) && !isOfSomethingElse(within) && (isPolicyFile || get(within, 'Statement') !== undefined)))) {
      return inPolicy(path.slice(index), isKey, null);
    }
    const isAlone = index === 0 || (index === 1 && typeof path[0]!.key === 'number');
    if (isAlone && within.kind === 'map' && isStatement(within) && !isOfOtherLanguage(within) && !areOfOtherCloud(within)) return inStatements(path.slice(index), isKey, null);
  }
  return null;
}

/** Whether it is of another language or of another cloud. A version that begins as IAM's do may be one that is typed. */
function isOfSomethingElse(map: Value): boolean {
  const statements = get(map, 'Statement');
  const isTyped = /^(?:2|20.*)?$/.test(known(get(map, 'Version')) ?? '-');
  return (statements !== undefined && isOfOtherLanguage(statements)) || (!isTyped && isOfOtherCloud(map));
}

/** By its version, or by a statement of it. */
const isPolicy = (map: Value): boolean => !isOfSomethingElse(map) && (isOfIamVersion(map) || listOf(get(map, 'Statement')).some(isStatement));
