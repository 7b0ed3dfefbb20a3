// Files of YAML that another tool fills in first: their policies are read as in any YAML, nothing is said of what the tool decides,
// and what cannot be read is told, however the file was reached.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TYPO, folder, policy, postern, statement } from './run.mjs';

const TEXT = JSON.stringify(TYPO);

/** Of a file, what is found in each policy, and why others are not checked; the same named, in a folder and by a glob. */
async function told(name, content) {
  const cwd = folder({ [name]: content });
  const all = await Promise.all([[name], ['.'], [`*.${name.split('.').at(-1)}`]].map(async (words) => {
    const { code, stdout, stderr } = await postern(['check', ...words, '--format', 'json', '--no-config'], { cwd });
    const { files } = JSON.parse(stdout);
    assert.doesNotMatch(stdout + stderr, /[\ufdd0\ufdd1]/);
    return {
      code, policies: files.flatMap(({ policies }) => policies.map((one) => `${one.policy}: ${one.findings.map(({ issueCode }) => issueCode)}`)),
      notChecked: files.flatMap(({ notChecked }) => notChecked.map(({ start, message }) => `${start.line}: ${message}`)), isNone: /holds? no policy/.test(stderr),
    };
  }));
  assert.deepEqual(all[1], all[0], name);
  assert.deepEqual(all[2], all[0], name);
  return all[0];
}

async function mistakes(cases) {
  const wrong = [];
  for (const [what, content, policies, notChecked = []] of cases) {
    const seen = await told('a.yaml', content);
    const code = policies.some((one) => !/: $/.test(one)) ? 1 : 0;
    try { assert.deepEqual(seen, { code, policies, notChecked, isNone: policies.length + notChecked.length === 0 }); } catch { wrong.push(`${what}: ${JSON.stringify(seen)}`); }
  }
  return wrong;
}

test('a policy in a file with braces is read as in any YAML', async () => {
  assert.deepEqual(await mistakes([
    ['a playbook', `- hosts: all\n  tasks:\n    - iam_policy:\n        iam_name: "{{ role }}"\n        policy_json: '${TEXT}'\n`, ['[0].tasks[0].iam_policy.policy_json: INVALID_ACTION']],
    ['a chart', `{{- if .Values.policy }}\nkind: Policy\nmetadata:\n  name: {{ include "x" . }}-policy\n  labels:\n    {{- include "labels" . | nindent 4 }}\nspec:\n  policyDocument: |\n    ${TEXT}\n{{- end }}\n`, ['spec.policyDocument: INVALID_ACTION']],
    ['a workflow', `on: push\njobs:\n  a:\n    steps:\n      - with:\n          role-to-assume: \${{ secrets.ROLE }}\n          inline-session-policy: >-\n            ${TEXT}\n`, ['jobs.a.steps[0].with.inline-session-policy: INVALID_ACTION']],
    ['a comment', `# {{ not a template }}\nkind: ConfigMap\ndata:\n  p.json: |\n    ${TEXT}\n`, ['data.p.json: INVALID_ACTION']],
    ['ERB', `a: <%= ENV["A"] %>\n<% if b %>\nc: '${TEXT}'\n<% end %>\n`, ['c: INVALID_ACTION']],
    ['statements', 'policy: {{ .Values.x }}\nStatement:\n  - Effect: Allow\n    Action: s3:GetObjekt\n    Resource: "*"\n', [': MISSING_VERSION,INVALID_ACTION']],
    ['braces within braces', `a: "{{ x {{ y }}"\nb: '${TEXT}'\nc: "}}"\n`, ['b: INVALID_ACTION']],
    ['a length in a shell, which is no comment', `a: "{{ x }} \${#a}"\nb: '${TEXT}'\nc: "#}"\n`, ['b: INVALID_ACTION']],
    ['braces that open nothing', `a: "Use {{ to start"\nb: '${TEXT}'\n`, ['b: INVALID_ACTION']],
    ['a template of CloudFormation', 'Resources:\n{% for r in roles %}\n  {{ r }}Role:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: s3:GetObjekt, Resource: !Sub "arn:aws:s3:::{{ r }}-${AWS::Region}"}]}\n{% endfor %}\n',
      ['Resources.{{ r }}Role.PolicyDocument: INVALID_ACTION']],
  ]), []);
});

test('what the tool puts into a policy is unknown, and never a finding', async () => {
  const map = (Action, Resource, more = '') => `p:\n  Version: "2012-10-17"\n  Statement:\n    - Effect: Allow\n      Action: ${Action}\n      Resource: ${Resource}\n${more}`;
  const json = (text) => `p: '${text}'\n`;
  assert.deepEqual(await mistakes([
    ['values', map('"{{ action }}"', 'arn:aws:s3:::{{ bucket }}/*'), ['p: ']], ['without quotes', map('{{ action }}', '[{{ a }}, "{{ b }}"]'), ['p: ']], ['an effect', map('s3:GetObjekt', '"*"').replace('Allow', '"{{ effect }}"'), ['p: ']],
    ['a key', map('s3:GetObject', '"*"', '      Condition:\n        StringEquals:\n          "{{ key }}": x\n'), ['p: ']], ['beside a mistake', map('s3:GetObjekt', '"{{ arn }}"'), ['p: INVALID_ACTION']], ['ERB', map('<%= action %>', '<%= arn %>'), ['p: ']],
    ['in a string', json(JSON.stringify(policy(statement({ Action: '{{ action }}', Resource: 'arn:aws:s3:::{{ bucket }}/*' })))), ['p: ']],
    ['a list in a string', json('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{ actions | to_json }},"Resource":"*"}]}'), ['p: ']],
    ['a condition in a value', json('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{% if a %}s3:A{% else %}s3:B{% endif %}","Resource":"*"}]}'), ['p: ']],
  ]), []);
});

test('a policy whose statements the tool decides is not checked, and that is said', async () => {
  const why = (name, tag) => `the file alone does not tell what ${name} is: ${tag}`;
  const yaml = (tag) => `the file is YAML only when another tool has filled it in: ${tag}`;
  const json = (text) => `p: '{"Version":"2012-10-17","Statement":${text}}'\n`;
  const map = (statements) => `p:\n  Version: "2012-10-17"\n  Statement:${statements}`;
  const one = '\n    - Effect: Allow\n      Action: s3:GetObjekt\n      Resource: "*"\n';
  assert.deepEqual(await mistakes([
    ['all of them', json('{{ statements | to_json }}'), [], [`1: ${why('p', '{{ statements | to_json }}')}`]],
    ['a loop', json('[{% for b in bs %}{"Effect":"Allow","Action":"s3:GetObjekt","Resource":"*"}{% endfor %}]'), [], [`1: ${why('p', '{% for b in bs %}')}`]],
    ['a loop over lines', `p: |\n  {\n    "Version": "2012-10-17", "Statement": [\n    {{- range .Values.b }}\n    {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}\n    {{- end }}\n    ]\n  }\n`, [], [`1: ${why('p', '{{- range .Values.b }}')}`]],
    ['of a map', map(` {{ toJson .Values.x }}\n`), [], [`3: ${why('p', '{{ toJson .Values.x }}')}`]], ['on the next line', map(`\n    {{- toYaml .Values.x | nindent 4 }}\n`), [], [`4: ${why('p', '{{- toYaml .Values.x | nindent 4 }}')}`]],
    ['a choice', map(`\n    {{- if .Values.x }}${one}    {{- end }}\n`), [], [`2: ${why('p', '{{- if .Values.x }}')}`]], ['one in comments', map(`\n    # {{- if .Values.x }}${one}    # {{- end }}\n`), [], [`2: ${why('p', '{{- if .Values.x }}')}`]],
    ['no YAML', `{{ if .Values.a }} a: [ {{ end }}\np: |\n  ${TEXT}\n`, [': INVALID_ACTION'], []], ['no YAML, as maps', `a: [ {{ x }}\n${map(one)}`, [], [`4: ${yaml('{{ x }}')}`]],
    ['a template of CloudFormation that is no YAML', `Resources:\n  A: [\n{% if x %}\n  B: {Type: AWS::IAM::Policy}\n${map(one)}`, [], [`7: ${yaml('{% if x %}')}`]],
  ]), []);
  const cwd = folder({ 'a.yaml': `Resources:\n  A: {Type: AWS::X::Y, Password: "{{resolve:ssm:x}}"\n${map(one)}` });
  const mistake = await postern(['check', '.', '--no-config'], { cwd });
  assert.deepEqual([mistake.code, mistake.stderr.slice(0, 38)], [2, 'postern: a.yaml:3:1: This is not YAML:'], 'a mistake beside a value is one of the template');
});

test('a file of another tool without a policy says nothing of one', async () => {
  const files = {
    'deployment.yaml': 'metadata:\n  name: {{ include "x" . }}\n  labels:\n    {{- include "l" . | nindent 4 }}\nspec:\n  {{- if not .Values.a }}\n  replicas: {{ .Values.r }}\n  {{- end }}\n  tolerations: [{key: a, effect: NoSchedule}]\n',
    'comments.yaml': '{{/*\nNeeds "Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]\n*/}}\n# "Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]\n{{ if x }} a: [ {{ end }}\n',
    'play.yml': '- debug: msg="Statement {{ x }} Effect Action Allow"\n- iam_policy:\n    policy_json: "{{ lookup(\'template\', \'p.json.j2\') }}"\n', 'jinja.yml': '{% if x %}\na: 1\n{% else %}\na: 2\n{% endif %}\nb: {% raw %}{{ x }}{% endraw %}\n',
    'workflow.yml': 'jobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: |\n          echo "Statement: Effect: Allow Action: ${{ github.sha }}"; echo ${#a[@]}\n', 'alerts.yaml': 'annotations:\n  summary: "Statement {{ $labels.x }} Action Deny: {{ $value }}"\n',
    'dashboard.yaml': 'data:\n  d.json: |-\n    {"title": "{{ $x }}", "panels": [{"Statement": "SELECT Effect, Action FROM x WHERE Allow"}]}\n', 'dict.yml': 'x: "{{ {\'Statement\': {\'a\': {\'b\': 1}}, \'Effect\': \'Allow\', \'Action\': 2} | combine(y) }}"\n',
    'database.yml': '<% if x %>\na: &a\n  pool: <%= ENV.fetch("T") { 5 } %>\nb:\n  <<: *a\n<% end %>\n', 'other-cloud.yaml': `a: {{ x }}\np: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/*"}]}'\n`,
    'other-broken.yaml': `a: [ {{ x }}\np: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/*"}]}'\n`, 'sql.yml': 'Statement: "{{ ref(1) }}"\nEffect: "Allow"\nAction: z\n',
  };
  const { code, stdout, stderr } = await postern(['check', '.', '--no-config'], { cwd: folder({ ...files, 'policy.json': JSON.parse(TEXT.replace('GetObjekt', 'GetObject')) }) });
  assert.deepEqual([code, /\d not checked/.test(stdout), stderr.includes('not checked')], [0, false, false]);
  assert.match(stderr, new RegExp(`^postern: ${Object.keys(files).length} files hold no policy`));
});

test('a file of another name is read as well, and --fix writes beside what the tool fills in', async () => {
  const chart = `{{- if .Values.x }}\nname: {{ .Values.name }}\npolicy: |\n  ${TEXT}\n{{- end }}\n`;
  const play = `a: "{{ x }}"\np:\n  Version: "2012-10-17"\n  Statement:\n    - Effect: Allow\n      Action: s3:GetObjekt\n      Resource: "arn:aws:s3:::{{ bucket }}/*"\n`;
  const cwd = folder({ 'a.yaml.tpl': chart, 'b.yaml': play, 'c.tpl': `{{ if x }} a: [ {{ end }}\n${TEXT}\n` });
  for (const name of ['a.yaml.tpl', 'b.yaml', 'c.tpl']) assert.match((await postern(['check', name, '--no-config'], { cwd })).stdout, /error INVALID_ACTION/, name);
  await postern(['check', 'a.yaml.tpl', 'b.yaml', '--fix', '--unsafe', '--no-config'], { cwd });
  assert.deepEqual(['a.yaml.tpl', 'b.yaml'].map((name) => readFileSync(join(cwd, name), 'utf8')), [chart, play].map((text) => text.replace('GetObjekt', 'GetObject')));
});
