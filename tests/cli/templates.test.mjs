// Policies that another tool fills in before anybody reads them, by the names of their files and by the tags in them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, postern } from './run.mjs';

const json = (resource, action = 's3:GetObject', more = '') => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "${action}",\n      "Resource": ${resource}${more}\n    }\n  ]\n}\n`;
const ALLOWED = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjekt","Resource":"*"}]}';

/** What a check says of each of these files, named one by one: the codes of its findings, what was not checked, or what was wrong. */
async function told(files) {
  const cwd = folder(files);
  const said = {};
  for (const name of Object.keys(files)) {
    const { code, stdout, stderr } = await postern(['check', '--no-config', name], { cwd });
    const codes = Array.from(stdout.matchAll(/^.*:(\d+:\d+) error (\w+)$/gm), ([, place, issue]) => `${place} ${issue}`);
    said[name] = [code, ...codes, ...Array.from(stderr.matchAll(/not checked|is JSON only|is YAML only/g), ([word]) => word)].join(' ');
  }
  return said;
}

test('a template that is named is checked as far as it can be read, and the rest is not known', async () => {
  const files = {
    'a.json.tftpl': [json('${jsonencode([for a in arns : "${a}/*"])}', 's3:GetObjekt'), '1 6:17 INVALID_ACTION'],
    'b.json.tftpl': [json('[\n%{ for a in arns ~}\n        "${a}",\n%{ endfor ~}\n        "*"\n      ]'), '0 not checked'],
    'c.json.tpl': [json('"arn:aws:s3:::${bucket}/$${aws:username}/*"', 's3:GetObjekt'), '1 6:17 INVALID_ACTION'],
    'd.json.tftpl': [json('[%{ for a in arns }"${a}",%{ endfor } "*"]'), '0'],
    'e.json.erb': [json('<%= @arns.to_json %>', 's3:GetObjekt'), '1 6:17 INVALID_ACTION'],
    'f.json.j2': [json('[\n{% for a in arns %}\n        "{{ a }}",\n{% endfor %}\n        "*"\n      ]'), '0 not checked'],
    'g.json.mustache': [json('{{{resources}}}', 's3:GetObjekt'), '1 6:17 INVALID_ACTION'],
    'h.json': [json('{{ arns | tojson }}', 's3:GetObjekt'), '1 6:17 INVALID_ACTION'],
    'j.tftpl': [`\${jsonencode(${json('arn')})}\n`, '0 not checked'], 'k.tftpl': ['${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*" }] })}', '0 not checked'],
    'i.tpl': [json('"*"', '${action}'), '0'],
  };
  assert.deepEqual(await told(Object.fromEntries(Object.entries(files).map(([name, [text]]) => [name, text]))), Object.fromEntries(Object.entries(files).map(([name, [, wanted]]) => [name, wanted])));
});

test('what is no template stays a mistake', async () => {
  const files = {
    'a.json': [json('$'), '1 7:19 JSON_SYNTAX_ERROR'], 'b.json': [json('${jsonencode(arns)}'), '1 7:19 JSON_SYNTAX_ERROR'],
    'c.json': [json('"*"').replace('    {', '    {{').replace('    }\n', '    }}\n'), '1 4:6 JSON_SYNTAX_ERROR'],
    'd.json.tftpl': [json('"${a}"', 's3:GetObject', '"'), '0 not checked is JSON only'],
    'e.json.tftpl': [json('*'), '1 7:19 JSON_SYNTAX_ERROR'],
  };
  const said = await told(Object.fromEntries(Object.entries(files).map(([name, [text]]) => [name, text])));
  assert.deepEqual(said, Object.fromEntries(Object.entries(files).map(([name, [, wanted]]) => [name, wanted])));
});

test('a policy within a text of YAML is found however its file was reached', async () => {
  const files = {
    'map.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n  policy.json: |\n    {{- if .Values.on }}\n    ${ALLOWED}\n    {{- end }}\n`,
    'flow.yml': `jobs:\n  a:\n    steps:\n      - run: |\n          aws iam put-role-policy --role-name r --policy-name p --policy-document '${ALLOWED}'\n        env: {A: "\${{ secrets.A }}"}\n`,
    'comment.yaml': `# Such as ${ALLOWED}\nkind: ConfigMap\n`,
    'other.yaml': `data:\n  run: tool '{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*"}]}'\n`,
  };
  const cwd = folder(files);
  const places = {};
  for (const [name, text] of Object.entries(files)) {
    const [named, stdin] = [await postern(['check', '--no-config', name], { cwd }), await postern(['check', '--no-config', '-'], { cwd, input: text })];
    places[name] = [named, stdin].map(({ stdout }) => Array.from(stdout.matchAll(/:(\d+:\d+) error (\w+)/g), ([, place, issue]) => `${place} ${issue}`).join());
  }
  const [inMap, inFlow] = [['map.yaml', 6], ['flow.yml', 5]].map(([name, line]) => `${line}:${files[name].split('\n')[line - 1].indexOf('"s3:GetObjekt"') + 1} INVALID_ACTION`);
  assert.deepEqual({ ...places, 'comment.yaml': places['comment.yaml'][0], 'other.yaml': places['other.yaml'][0] }, { 'map.yaml': [inMap, inMap], 'flow.yml': [inFlow, inFlow], 'comment.yaml': '', 'other.yaml': '' });
});
