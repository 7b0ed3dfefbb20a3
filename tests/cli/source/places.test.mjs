// Places in strings of every spelling: each character of a value is found where the file has it, or its escape.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Document, Scalar, parse } from 'yaml';
import { policiesIn } from './bundle.mjs';

/** Numbers that look random and are the same each time. */
function* numbers(seed) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}
const WORDS = ['s3:Get', '*', ' ', '  ', '\n', "'", '"', '\\', 'é', '😀', '${aws:username}', '#', ': ', '- ', '%7B', '\t', '\u0085', 'arn:aws', '{', ']', ',', '&', '!', '\u2028', '\x07', '|', '>'];
const random = numbers(7);
const next = (most) => Math.floor(random.next().value * most);
const texts = Array.from({ length: 600 }, () => Array.from({ length: 1 + next(8) }, () => WORDS[next(WORDS.length)]).join(''));

/** What is wrong with the places of the Sid of a file's one policy. */
async function wrongIn(file, name, value, escapes) {
  const [found, ...others] = await policiesIn(file, name);
  if (found === undefined || others.length > 0) return [`${others.length} policies`];
  const { Statement: [{ Sid }] } = JSON.parse(found.text);
  if (Sid !== value) return [`reads ${JSON.stringify(Sid)}`];
  const wrong = [];
  // JSON's own escapes of the text have the place of the character that they stand for.
  const start = found.text.indexOf('"Sid":"') + 7;
  const written = Array.from({ length: value.length }, (_, unit) => JSON.stringify(value[unit]).slice(1, -1));
  let at = start;
  let last = -1;
  for (let unit = 0; unit < value.length; unit += 1) {
    // A lone half of a pair would be escaped; in the text the pair stands as it is.
    const length = /[\ud800-\udfff]/.test(value[unit]) ? 1 : written[unit].length;
    const place = found.place(at);
    const slice = file.slice(place.start, place.end);
    const isLineEnd = /\s/.test(value[unit]);
    if (slice[0] !== value[unit] && !isLineEnd && !escapes.test(slice) && slice !== '') wrong.push(`unit ${unit} (${JSON.stringify(value[unit])}) is at ${JSON.stringify(slice)}`);
    if (place.start < last) wrong.push(`unit ${unit} is before the one before it`);
    last = place.start;
    at += length;
  }
  return wrong;
}

test('strings of YAML in each of its styles', async () => {
  const wrong = [];
  for (const [index, value] of texts.entries()) {
    for (const type of ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED']) {
      const sid = new Scalar(value);
      sid.type = type;
      const document = new Document({ Resources: { R: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: {
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } } } } });
      document.setIn(['Resources', 'R', 'Properties', 'PolicyDocument', 'Statement', 0, 'Sid'], sid);
      const file = document.toString({ lineWidth: 20 + (index % 30) });
      // Not always the one that was written: the printer adds a line break before some folded texts.
      const { Sid } = parse(file).Resources.R.Properties.PolicyDocument.Statement[0];
      wrong.push(...(await wrongIn(file, 'a.yaml', Sid, /^(\\|'')/)).map((what) => `${type} ${JSON.stringify(value)}: ${what}`));
    }
  }
  assert.deepEqual(wrong.slice(0, 10), []);
});

test('strings of HCL and JSON', async () => {
  const wrong = [];
  for (const value of texts) {
    const quoted = JSON.stringify(value);
    const hcl = quoted.replaceAll('${', () => '$${').replaceAll(/\\u00([0-9a-f]{2})/g, '\\u00$1');
    const module = `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*", Sid = ${hcl} }] })\n}\n`;
    wrong.push(...(await wrongIn(module, 'a.tf', value, /^(\\|\$\$)/)).map((what) => `HCL ${quoted}: ${what}`));
    const template = `{"Resources": {"R": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement": [{"Effect":"Allow","Action":{"Ref":"A"},"Resource":"*","Sid":${quoted}}]}}}}}`;
    wrong.push(...(await wrongIn(template, 'a.json', value, /^\\/)).map((what) => `JSON ${quoted}: ${what}`));
  }
  assert.deepEqual(wrong.slice(0, 10), []);
});
