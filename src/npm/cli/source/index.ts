// Finds the policies in a file, whatever kind of file it is.
import { OF_ACCOUNT, listedInAccount, membersInAccount, policiesInAccount } from './account.js';
import { answersOf } from './answers.js';
import { policiesAnywhere, speaksOfPolicies } from './anywhere.js';
import { type Covered, covered, isBecauseOf, isFilledIn, mayHaveTags, policyTags, uncovered, unreadable, withoutDecided } from './braces.js';
import { type Met, isSeen } from './roles.js';
import { rolesInTemplate } from './roles-template.js';
import { rolesInBlocks } from './roles-terraform.js';
import { isTemplate, policiesInTemplate, policyIn } from './cloudformation.js';
import { inPartition, withOldBooleans } from './intrinsics.js';
import type { Partition } from '../../types.js';
import { SourceError, refuseLong } from './error.js';
import { type Found, type Seen, type Syntax, asItStands, isFound, looksLikePolicy } from './found.js';
import { readJson, refuseDeep } from './json.js';
import { isBrokenPolicy, isMeantForIam, isTextOfOtherLanguage } from './language.js';
import { isApi, mayBeApi, policiesInApi } from './openapi.js';
import { policiesInPlan, rolesInPlan } from './plan.js';
import { isServerless, policiesInServerless, rolesInServerless } from './serverless.js';
import { isJsonFile, syntaxOf } from './syntax.js';
import { blocksOfJson, policiesInBlocks, referenceOf, unusedNow } from './terraform.js';
import { type Given, withLocals } from './terraform-locals.js';
import { byFile, merged } from './terraform-module.js';
import { type Block } from './terraform-presence.js';
import { type Value, get, known } from './value.js';

export { isOfSomebody } from './account.js';
export { answersOf, isAnswer, jsonOf, mayHoldSeveral } from './answers.js';
export { SourceError } from './error.js';
export { type Attached, type Exclusive, type Holder, type Meant, type Member, type Met, type Referred, isAttached, isExclusive, isHolder, isKept, isListed, isMade, isMember, isReferred, isSeen, isUser } from './roles.js';
export { dependsOn, expressionAt, inWordsOf, shown, untold, valuesIn, withoutStandIns } from './expression.js';
export { Inlined } from './inlined.js';
export { type Files, type Moves, STAYING, isDefining, isNesting, isOfModule, mayDefine, scopeOf } from './defining.js';
export { Definitions, type Definition, type Site } from './definitions.js';
export { BETWEEN, type Holding, NEVER, PROVIDER } from './definitions-terraform.js';
export type { Granting } from './grants.js';
export { type Found, type PolicyKind, type Seen, type Unread, isFound, isUnread, perhaps } from './found.js';
export { type TextEdit, editsIn } from './edit.js';
export { extentOf } from './found.js';
export type { Deciders, Extent } from './value.js';
export { ofLambda } from './roles-template.js';
export { onlyOneIn } from './roles-terraform.js';
export { isOverride } from './terraform-module.js';
export { type Given } from './terraform-locals.js';
export { isHavingItself } from './terraform-table.js';
export { settled } from './unknown.js';
export { FURTHER_STATEMENTS, hasFurther, pointer } from './write.js';

/** Whether a file may hold policies by its name, so that it is worth being read. */
export const mayHoldPolicies = (fileName: string): boolean => /\.(json[c5]?|ya?ml|template|policy|tf|tofu|hcl|tfvars|tfstate)$/i.test(fileName);

/** The policies in a file that can be read; see `seenIn`. */
export async function policiesIn(text: string, fileName: string): Promise<Found[]> {
  return (await seenIn(text, fileName)).filter(isFound);
}

/**
 * The policies in a file, in its order, and the places of those of which nothing can be read; none where it holds no policy.
 *
 * A file that is a policy, broken or not, comes as it is. What a template, a plan or a module decides at deploy time is
 * named by `unknown`.
 *
 * @throws {SourceError} when a file that may hold policies is too long, too deep or cannot be read as what it is.
 */
export function seenIn(text: string, fileName: string, beside?: Beside): Seen[] | Promise<Seen[]> {
  const met = metIn(text, fileName, { ...beside, isAnywhere: true });
  return met instanceof Promise ? met.then((all) => all.filter(isSeen)) : met.filter(isSeen);
}

/** What a file does not say itself. */
export interface Beside {
  /** What a module of Terraform is given. */
  given?: Given | undefined;
  /** The partition that is asked about, where a template tells none. */
  partition?: Partition | undefined;
  /** Whether a template in which a key stands twice is refused. */
  isStrict?: boolean;
  /** Whether policies are looked for also where no format has them. */
  isAnywhere?: boolean;
}

/** The same, and what the file says of roles: their boundaries, and the managed policies that it attaches or makes. */
export function metIn(text: string, fileName: string, beside: Beside = {}): Met[] | Promise<Met[]> {
  const met = inFile(text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text, fileName.toLowerCase(), text, beside);
  const ready = (all: Met[]): Met[] => all.map((one) => (isSeen(one) ? withoutIndent(one) : one));
  return met instanceof Promise ? met.then(ready) : ready(met);
}

/** The same of the files of a module of Terraform of which some override others; for each file what stands in it. */
export async function metInModule(files: readonly { name: string; text: string }[]): Promise<Met[][]> {
  const { readHcl } = await import('./hcl.js');
  const read = [];
  for (const { name, text } of files) {
    const own = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
    refuseLong(own, 'hcl');
    read.push({ name, text: own, blocks: name.endsWith('.json') ? bounded(() => blocksOfJson(readJson(own))) : await readHcl(own) });
  }
  const { text, blocks, before, starts } = merged(read);
  refuseLong(text, 'hcl');
  return bounded(() => {
    // What nothing takes any more, because another file stands for who took it, is nobody's.
    const unused = unusedNow(before, blocks, text);
    return byFile(inBlocks(blocks, text).filter((one) => !isSeen(one) || !unused.has(referenceOf(one.name))), starts);
  });
}

/** The white space before a policy inside a file is that of the file. */
function withoutIndent(found: Seen): Seen {
  if (!isFound(found)) return found;
  const indent = found.text.length - found.text.trimStart().length;
  if (found.name === '' || indent === 0) return found;
  return { ...found, text: found.text.slice(indent), base: found.base + indent, place: (offset) => (offset < 0 ? null : found.place(offset + indent)) };
}

/** `text` has a space for a byte order mark, which the readers would stumble over; places stay the same. */
function inFile(text: string, name: string, original: string, beside: Beside): Met[] | Promise<Met[]> {
  const hcl = () => inHcl(text, beside.given).then(as('hcl'));
  // To YAML a space would be an indent; it knows the mark.
  const yaml = () => inYaml(original, name, beside).then(as('yaml'));
  const syntax = syntaxOf(text, name);
  if (syntax === 'hcl') return hcl();
  if (syntax === 'yaml') return yaml();
  // JSON is YAML as well, and tags take the places of values in it.
  if (isFilledIn(text, name)) return inYaml(original, name, beside).then(as('json'));
  return as(/\.(tf|tofu)\.json$/.test(name) ? 'hcl-json' : 'json')(bounded(() => inJson(text, name, original, beside)));
}

/** Says of policies in what their file is written. */
const as = (syntax: Syntax) => (met: Met[]): Met[] => met.map((one) => (isSeen(one) && isFound(one) ? { ...one, syntax } : one));

/** A stack that ran out says that a file is too deep. */
function bounded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new SourceError('The file is nested too deeply to be read.');
    throw error;
  }
}

/** The keys by which the states and plans of Terraform are told. */
const PLAN = ['planned_values', 'resource_changes', 'values', 'resources'];

function inJson(text: string, name: string, original: string, { given, partition, isStrict, isAnywhere }: Beside): Met[] {
  refuseLong(text, 'json');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // A broken policy has findings; what else is broken is told where it is.
    if ((/"Statement"\s*:/.test(text) || (isJsonFile(name) && /(?:\bStatement|'Statement')\s*:\s*[[{]/.test(text))) && !/"(Resources|planned_values|RoleDetailList)"\s*:/.test(text) && isBrokenPolicy(text)) return [plain(original)];
    readJson(text);
    return [];
  }
  if (typeof content !== 'object' || content === null) return isAnywhere === true && typeof content === 'string' ? policiesAnywhere(readJson(text), text) : [];
  const has = (keys: string[]) => keys.some((key) => Object.hasOwn(content, key));
  if (has(['Statement'])) {
    refuseDeep(text);
    if (isTextOfOtherLanguage(text)) return [];
    if (isMeantForIam(readJson(text))) return [plain(original)];
  }
  if (has(['Resources'])) {
    const root = readJson(text);
    if (isStrict === true && isTemplate(root)) refuseTwice(root);
    if (isTemplate(root)) return inTemplate(root, text, partition);
  }
  if (name.endsWith('.tf.json') || name.endsWith('.tofu.json')) return inBlocks(blocksOfJson(readJson(text)), text, given);
  if (has(['service']) && has(['provider'])) return inServerless(readJson(text));
  if (has(['openapi', 'swagger'])) return mayBeApi(text) ? policiesInApi(readJson(text), '', text) : [];
  if (has(PLAN) && has(['terraform_version', 'format_version'])) return inPlan(readJson(text));
  // Of a list what is so of its first item is so of all.
  const first: unknown = Array.isArray(content) ? content[0] : content;
  if (typeof first === 'object' && first !== null && OF_ACCOUNT.some((key) => Object.hasOwn(first, key))) {
    const met = inAccount(readJson(text), text);
    if (met.length > 0) return met;
  }
  // A version and nothing else that is known: a policy whose statements were forgotten or misspelt.
  const version = Object.entries(content).find(([key]) => key.toLowerCase() === 'version')?.[1] as unknown;
  if (/^20(08-10|12-10)-17$/.test(String(version)) && (has(['Version']) || /"statement"\s*:/i.test(text))) return [plain(original)];
  return isAnywhere === true && speaksOfPolicies(text) ? policiesAnywhere(readJson(text), text) : [];
}

const plain = (text: string): Found => asItStands(text, 0, { name: '', kind: null, resourceType: null });

const inAccount = (root: Value, text: string | null): Met[] => [...policiesInAccount(root, text), ...listedInAccount(root), ...membersInAccount(root)];

/** With the partition a policy is another text than it is in the file. */
function inTemplate(given: Value, text: string | null, partition: Partition | undefined): Met[] {
  const root = partition === undefined ? given : inPartition(given, partition);
  return [...policiesInTemplate(root, root === given ? text : null), ...rolesInTemplate(root)];
}

const inPlan = (root: Value): Met[] => [...policiesInPlan(root), ...rolesInPlan(root)];
function inBlocks(own: Block[], text: string, given?: Given): Met[] {
  const blocks = withLocals(own, text, given);
  return [...policiesInBlocks(blocks, text), ...rolesInBlocks(blocks, text)];
}
const inServerless = (root: Value): Met[] => (isServerless(root) ? [...policiesInServerless(root), ...rolesInServerless(root)] : []);

/** Other files of YAML are not read at all: many are of no interest, and some are templates of another language, and no YAML yet. */
async function inYaml(text: string, name: string, { partition, isStrict, isAnywhere }: Beside): Promise<Met[]> {
  const isOfAccount = OF_ACCOUNT_AS_YAML.test(text) && /Statement/.test(text);
  const mayHold = isOfAccount || /\bResources["']?\s*:|^\ufeff?["']?Statement["']?\s*:/m.test(text)
    || mayBeApi(text) || (/^\ufeff?["']?provider["']?\s*:/m.test(text) && /^\ufeff?["']?service["']?\s*:/m.test(text));
  const mayHoldAnywhere = isAnywhere === true && speaksOfPolicies(text);
  if (!mayHold && !mayHoldAnywhere) return [];
  refuseLong(text, 'yaml');
  const { readYaml } = await import('./yaml.js');
  const tagged = mayHaveTags(text, name) ? covered(text, name) : null;
  return bounded(() => {
    const roots = read();
    if (roots instanceof SourceError) return unreadable(tagged!, roots);
    // A tag that is all of a file may have a policy in it, in the language of the other tool.
    if (tagged !== null && mayHoldAnywhere && roots.every(({ kind }) => kind === 'unknown' || kind === 'plain')) return policyTags(tagged, speaksOfPolicies);
    const met = roots.flatMap((root) => inRoot(root));
    return tagged === null ? met : met.map((one) => (isSeen(one) ? withoutDecided(one, tagged) : one));
  });

  /** The values of its documents, none for what has nothing that says that it is meant for AWS, or why they are no YAML before they are filled in. */
  function read(): Value[] | SourceError {
    try {
      return tagged === null || tagged.tags.length === 0 ? readYaml(text) : readYaml(tagged.text).map((root) => uncovered(root, tagged));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // A mistake in a template with values alone is one of the template.
      if (isAnywhere === true && tagged !== null && isBecauseOf(tagged, error) && (!mayHold || isChosen(tagged))) return error;
      if (!mayHold) return [];
      throw error;
    }
  }

  function inRoot(root: Value): Met[] {
    if (isStrict === true && !isChosen(tagged) && (isTemplate(root) || isServerless(root))) refuseTwice(root);
    if (isTemplate(root)) return inTemplate(withOldBooleans(root), null, partition);
    if (isServerless(root)) return inServerless(root);
    if (isApi(root)) return policiesInApi(root, '', null);
    return answersOf(root).flatMap((one) => {
      const met = isOfAccount ? inAccount(one, null) : [];
      if (met.length > 0) return met;
      const own = inYamlPolicy(one);
      return own.length > 0 || !mayHoldAnywhere ? own : policiesAnywhere(one, null);
    });
  }
}

/** Whether another tool chooses between parts of a file or adds some: two of them may have one key, and alone they may be no YAML. */
const isChosen = (tagged: Covered | null): boolean => tagged !== null && (tagged.around.length > 0 || tagged.tags.some(({ isControl }) => isControl));

/** What the AWS CLI prints with `--output yaml`. */
const OF_ACCOUNT_AS_YAML = new RegExp(`^\\ufeff?(?:- |  )?["']?(?:${OF_ACCOUNT.join('|')})["']?\\s*:`, 'm');

/** Of a key that stands twice in one map the other value would be lost. A value with several aliases is looked at once. */
function refuseTwice(root: Value): void {
  const looked = new Set<Value>();
  const look = (value: Value): void => {
    if (looked.has(value)) return;
    looked.add(value);
    if (value.kind === 'list') value.items.forEach(look);
    if (value.kind !== 'map') return;
    const keys = new Set<string>();
    for (const { key, value: inside } of value.entries) {
      const name = known(key);
      if (name !== null && keys.has(name)) throw new SourceError(`The key ${JSON.stringify(name)} stands twice in one map, of which only one would count.`, key.start);
      keys.add(name ?? '');
      look(inside);
    }
  };
  look(root);
}

/** A policy written as YAML, as some tools have it. IAM takes none, so that functions in it are those of the template that takes it. */
function inYamlPolicy(root: Value): Seen[] {
  if (get(root, 'Version') === undefined || !looksLikePolicy(root) || !isMeantForIam(root)) return [];
  return policyIn(root, { name: '', kind: null, resourceType: null }, null);
}

async function inHcl(text: string, given?: Given): Promise<Met[]> {
  // A module may be given a role, which its files call nowhere else.
  if (!/polic|jsonencode|Statement|aws(?:cc)?_(?:iam|sso|ssoadmin|identitystore)_/i.test(text)) return [];
  refuseLong(text, 'hcl');
  const { readHcl } = await import('./hcl.js');
  const blocks = await readHcl(text);
  return bounded(() => inBlocks(blocks, text, given));
}

