// What the AWS CLI printed, as the engine takes it: each answer a JSON text of its own, however many stand in one file.
import { readJson } from '../source/json.js';
import { refuseLong } from '../source/error.js';
import { SourceError, answersOf, isAnswer, jsonOf, mayHoldSeveral } from '../source/index.js';
import { asDetails, valuesIn } from './details.js';

export interface Answers {
  /** The answers, one after another; empty where there are none. */
  json: string;
  /** The text with spaces for them; empty where nothing else stands there. */
  rest: string;
}

/** Takes the answers of AWS out of a text of JSON or YAML. */
export async function answersIn(text: string): Promise<Answers> {
  if (!mayBeYamlOfAws(text)) return { json: asAnswers(text), rest: '' };
  refuseLong(text, 'yaml');
  const { readYaml } = await import('../source/yaml.js');
  const answers: string[] = [];
  let [rest, isAll] = [text, true];
  for (const root of readYaml(text)) {
    const parts = answersOf(root);
    if (parts.some(isAnswer)) {
      answers.push(...parts.map((one) => asDetails(jsonOf(one))));
      rest = rest.slice(0, root.start) + rest.slice(root.start, root.end).replace(/[^\r\n]/g, ' ') + rest.slice(root.end);
    } else if (root.kind !== 'plain' || root.json !== 'null') isAll = false;
  }
  return { json: answers.join('\n'), rest: isAll ? '' : rest };
}

/** Whether a text may hold what `--output yaml` prints of policies and roles. */
export const mayBeYamlOfAws = (head: string): boolean => (
  !/^\ufeff?\s*[{["]/.test(head)
  && /^\ufeff?(?:- |  )?["']?(?:(?:Role|User|Group)(?:DetailList|PolicyList)|Attached(?:Managed)?Policies|PolicyDocument|PolicyVersion|PolicyNames|AssumeRolePolicyDocument|Role|Roles|User|Group|Policy|Versions)["']?\s*:/m.test(head)
);

/** JSON texts that follow one another, with each object that holds several answers taken apart. Whatever stands between them stays. */
function asAnswers(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const [start, end] of valuesIn(text)) {
    pieces.push(text.slice(from, start), valueApart(text.slice(start, end)));
    from = end;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}

function valueApart(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return asDetails(text); // The engine says what is wrong with it.
  }
  const all = (Array.isArray(value) ? value : [value]) as unknown[];
  const isWorth = all.some((one) => typeof one === 'object' && one !== null && mayHoldSeveral(Object.keys(one)));
  return isWorth ? apart(text) : asDetails(text);
}

function apart(text: string): string {
  try {
    const root = readJson(text);
    const parts = answersOf(root);
    return parts.length === 1 ? asDetails(text) : parts.map((one) => asDetails(jsonOf(one))).join('\n');
  } catch (reason) {
    if (reason instanceof SourceError) return text;
    throw reason;
  }
}

/** A text that stands beside the policies of a role, such as its boundary, as JSON where it is YAML. */
export async function jsonOfYaml(text: string): Promise<string> {
  if (/^\ufeff?\s*[{["]/.test(text) || !/^\ufeff?(?:- |  )?["']?(?:Statement|(?=\w*Policy)\w+|Document|Content|Role|VpcEndpoints)["']?\s*:/m.test(text)) return text;
  refuseLong(text, 'yaml');
  const { readYaml } = await import('../source/yaml.js');
  try {
    const roots = readYaml(text).filter(({ kind }) => kind !== 'plain');
    return roots.length > 0 && roots.every(({ kind }) => kind === 'map' || kind === 'list') ? roots.flatMap(answersOf).map(jsonOf).join('\n') : text;
  } catch (reason) {
    if (reason instanceof SourceError) return text; // The engine says that it is no policy.
    throw reason;
  }
}
