// What the language server offers where policies are typed, in each syntax. ‸ is the caret; the text around it is as unfinished
// as it is while somebody types.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../../scripts/env.mjs';
import { started } from './lsp-client.mjs';

describe('completion', () => {
  let client;
  before(async () => { client = await started(); });
  after(() => client.kill());

  const offered = async (name, text) => client.complete(`file:///work/${name}`, text);

  /** The line of the caret when the item was chosen. */
  function chosen({ items, text, position }, label) {
    const { textEdit: { range: { start, end }, newText }, filterText } = items.find((one) => one.label === label);
    const line = text.split('\n')[position.line];
    assert.deepEqual([start.line, end.line], [position.line, position.line]);
    assert.ok(start.character <= position.character && position.character <= end.character, `${label}: the caret is in ${JSON.stringify([start, end])}`);
    const typed = line.slice(start.character, position.character);
    assert.ok(filterText.toLowerCase().startsWith(typed.toLowerCase()), `${label}: an editor finds ${JSON.stringify(typed)} in ${filterText}`);
    return (line.slice(0, start.character) + newText + line.slice(end.character)).trim();
  }

  /** [text, what is offered, as labels or as [label, the line when it is chosen], and what is not]. */
  async function holds(name, cases) {
    const wrong = [];
    for (const [text, wanted, unwanted = []] of cases) {
      const result = await offered(name, text);
      const labels = result.items.map(({ label }) => label);
      for (const one of wanted) {
        const [label, line] = Array.isArray(one) ? one : [one];
        if (!labels.includes(label)) wrong.push(`${text}\n  does not offer ${label}, but ${labels.slice(0, 5).join(' ') || 'nothing'}`);
        else if (line !== undefined && chosen(result, label) !== line) wrong.push(`${text}\n  ${label} gives ${chosen(result, label)}`);
      }
      for (const label of unwanted) if (labels.includes(label)) wrong.push(`${text}\n  offers ${label}`);
      if (wanted.length === 0 && unwanted.length === 0 && labels.length > 0) wrong.push(`${text}\n  offers ${labels.slice(0, 5).join(' ')}`);
      if (new Set(labels).size < labels.length) wrong.push(`${text}\n  offers something twice`);
    }
    assert.deepEqual(wrong, []);
  }

  const statement = (text) => `{"Version": "2012-10-17", "Statement": [{${text}}]}`;

  test('in a policy in JSON', () => holds('policy.json', [
    ['{"‸"}', [['Statement', '{"Statement": }'], 'Version', 'Id']],
    ['{‸', [['Version', '{"Version":']]],
    ['{"Version":"2012-10-17","S‸"}', [['Statement', '{"Version":"2012-10-17","Statement": }']], ['Version']],
    ['{"Version": "‸"', [['2012-10-17', '{"Version": "2012-10-17"']]],
    ['{"Version": "20‸", "Statement": []}', [['2012-10-17', '{"Version": "2012-10-17", "Statement": []}']]],
    ['{"Version": ‸, "Statement": []}', [['2012-10-17', '{"Version": "2012-10-17", "Statement": []}']]],
    ['{"Version":"2012-10-17","Statement":[{"‸', [['Effect', '{"Version":"2012-10-17","Statement":[{"Effect":']]],
    [statement('"Effect":"Allow","‸"'), ['Action', 'Principal'], ['Effect']],
    [statement('"Effect":"Allow","Act‸": "s3:*"'), [['Action', statement('"Effect":"Allow","Action": "s3:*"')]]],
    [statement('"Effect": "‸"'), [['Allow', statement('"Effect": "Allow"')], 'Deny']],
    [statement('"Effect": ‸'), [['Deny', statement('"Effect": "Deny"')]]],
    [statement('"Effect": "Allow" ‸'), []],
    [statement('"Effect": "Allow", // ‸\n'), []],
    [statement('"Effect": "Allow", /* ‸ */'), []],
    [statement('"Effect": "Allow", // what it does\n ‸'), ['Action']],
    [statement('"Action": "ssm:Start‸"'), [['ssm:StartSession', statement('"Action": "ssm:StartSession"')]], ['s3:GetObject', 'ssm:']],
    [statement('"Action": ["ssm:‸"]'), [['ssm:StartSession', statement('"Action": ["ssm:StartSession"]')]]],
    [statement('"Action": ["ss‸"]'), [['ssm:', statement('"Action": ["ssm:"]')], 'ssm:StartSession']],
    [statement('"Action": ["a:b", ‸]'), [['s3:', statement('"Action": ["a:b", "s3:"]')]]],
    // Without its quote, and with what was there before behind it.
    [statement('"Action": ["ssm:‸], "Resource": "*"'), [['ssm:StartSession', statement('"Action": ["ssm:StartSession"], "Resource": "*"')]]],
    ['{"Statement": [{"Effect": "Allow", "Action": ["ssm:‸\n  "Resource": "*"\n}]}', [['ssm:StartSession', '{"Statement": [{"Effect": "Allow", "Action": ["ssm:StartSession"']]],
    ['{"Statement": {"Effect": "Allow", "Action": "ssm:‸', ['ssm:StartSession']],
    [statement('"Action": "ssm:StartSession", "Resource": "‸"'), ['*', ['arn:aws:ec2:*:*:instance/*', statement('"Action": "ssm:StartSession", "Resource": "arn:aws:ec2:*:*:instance/*"')]]],
    [statement('"Resource": ["‸"], "Action": ["s3:GetObject"]'), ['arn:aws:s3:::*/*'], ['arn:aws:ec2:*:*:instance/*']],
    [statement('"Action": ["ssm:StartSession"\n "Resource": "‸"'), ['arn:aws:ec2:*:*:instance/*']],
    [statement('"Principal": {"‸"}'), [['Service', statement('"Principal": {"Service": }')], 'AWS', 'Federated', 'CanonicalUser']],
    [statement('"Principal": "‸"'), [['*', statement('"Principal": "*"')]]],
    [statement('"Principal": {"Service": ["ss‸"]}'), [['ssm.amazonaws.com', statement('"Principal": {"Service": ["ssm.amazonaws.com"]}')]]],
    [statement('"Condition": {"‸"}'), ['Bool', 'Null', 'NotIpAddress', 'StringLikeIfExists', ['ForAnyValue:StringLike', statement('"Condition": {"ForAnyValue:StringLike": }')], 'ForAllValues:ArnLikeIfExists'], ['NullIfExists', 'ForAnyValue:Null']],
    [statement('"Condition": {"Bool": {"‸"}}, "Action": "ssm:StartSession"'), ['ssm:SessionDocumentAccessCheck', 'aws:SourceIp', ['aws:PrincipalTag/${TagKey}', statement('"Condition": {"Bool": {"aws:PrincipalTag/TagKey": }}, "Action": "ssm:StartSession"')]]],
    [statement('"Condition": {"Bool": {"aws:SecureTransport": "‸"}}'), ['true', 'false']],
    [statement('"Condition": {"ArnEquals": {"iam:PolicyARN": ["‸"]}}'), ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']],
    ['{"Version": "2012-10-17", // what it is\n "Statement": [{"Effect": "‸"}]}', ['Allow']],
    ['[{"Effect": "Allow", "‸"}]', ['Action']],
    ['{"a": {"policies": [{"Version": "2012-10-17", "Statement": {"Action": "ssm:‸"}}]}}', ['ssm:StartSession']],
  ]));

  const template = (properties, type = 'AWS::IAM::ManagedPolicy') => `{"Resources": {"R": {"Type": "${type}", "Properties": {${properties}}}}}`;

  test('in a template in JSON, whatever functions it has', () => holds('stack.template.json', [
    [template('"PolicyDocument": {"‸"}'), ['Statement']],
    [template('"PolicyDocument": {"Statement": [{"Effect": "Allow", "‸"}]}'), ['Action'], ['Principal']],
    [template('"PolicyDocument": {"Statement": [{"Condition": {"‸"}}]}'), ['StringEquals']],
    [template('"PolicyDocument": {"Statement": [{"Action": ["ssm:‸'), ['ssm:StartSession']],
    [template('"PolicyDocument": {"Statement": [{"Resource": {"Fn::Sub": "arn:${AWS::Partition}:s3:::a"}, "Action": ["ssm:‸"]}, {"Resource": {"Ref": "B"}}]}'), ['ssm:StartSession']],
    [template('"PolicyDocument": {"Statement": [{"Action": "s3:GetObject", "Resource": {"Fn::Sub": "‸"}}]}'), ['arn:aws:s3:::*/*']],
    [template('"PolicyDocument": {"Statement": [{"Action": "s3:GetObject", "Resource": {"Fn::Sub": ["‸", {}]}}]}'), ['arn:aws:s3:::*/*']],
    [template('"PolicyDocument": {"Statement": [{"Fn::If": ["Prod", {"Effect": "‸"}, {"Ref": "AWS::NoValue"}]}]}'), ['Allow']],
    [template('"PolicyDocument": {"Fn::If": ["Prod", {"Statement": [{"Action": {"Fn::If": ["Prod", ["ssm:‸"], []]}}]}]}'), ['ssm:StartSession']],
    [template('"InlinePolicy": {"Fn::ToJsonString": {"Statement": [{"Effect": "‸"}]}}', 'AWS::SSO::PermissionSet'), ['Allow']],
    [template('"AssumeRolePolicyDocument": {"Statement": [{"‸"}]}', 'AWS::IAM::Role'), ['Principal'], ['Resource']],
    [template('"Policies": [{"PolicyName": "x", "PolicyDocument": {"Statement": {"Effect": "‸"}}}]', 'AWS::IAM::Role'), ['Allow']],
    [template('"Policies": ["a", {"Statement": [{"Effect": "‸"}]}]', 'AWS::Serverless::Function'), ['Allow']],
    [template('"Statement": {"Effect": "‸"}', 'AWS::Events::EventBusPolicy'), ['Allow']],
    [template('"Body": {"x-amazon-apigateway-policy": {"Statement": [{"Effect": "‸"}]}}', 'AWS::ApiGateway::RestApi'), ['Allow']],
    ['{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"R": {"Properties": {"PolicyDocument": {"Statement": [{"Effect": "‸"', ['Allow']],
    // What is no policy of IAM, and what functions take.
    [template('"PolicyDocument": {"Statement": [{"Effect": "‸"}]}', 'AWS::IoT::Policy'), []],
    [template('"PolicyDocument": {"Statement": [{"Resource": {"Ref": "‸"}}]}'), []],
    [template('"PolicyDocument": {"Statement": [{"Resource": {"Fn::GetAtt": ["‸"]}}]}'), []],
    [template('"PolicyDocument": {"Statement": [{"Fn::If": ["‸"]}]}'), []],
    [template('"‸": {}'), []],
    [template('"PolicyName": "‸"'), []],
    ['{"Resources": {"R": {"Type": "AWS::IAM::Role", "‸"}}}', []],
  ]));

  const yaml = (lines, type = 'AWS::IAM::ManagedPolicy', key = 'PolicyDocument') => `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  R:\n    Type: ${type}\n    Properties:\n      ${key}:\n${lines}`;
  const statements = (...lines) => yaml(`        Version: "2012-10-17"\n        Statement:\n${lines.map((line) => `          ${line}\n`).join('')}`);

  test('in a template in YAML', () => holds('stack.yaml', [
    [yaml('        ‸\n'), [['Statement', 'Statement:'], 'Version'], ['Effect']],
    [yaml('        Version: "2012-10-17"\n        Sta‸\n'), [['Statement', 'Statement:']], ['Version']],
    [yaml('        Version: ‸\n'), [['2012-10-17', 'Version: "2012-10-17"']]],
    [statements('- ‸'), [['Effect', '- Effect:'], 'Action'], ['Principal']],
    [statements('- Eff‸'), [['Effect', '- Effect:']]],
    [statements('- Effect: Allow', '  ‸'), [['Action', 'Action:']], ['Effect']],
    [statements('- Effect: Allow', '  Act‸', '  Resource: "*"'), [['Action', 'Action:']], ['Effect', 'Resource']],
    [statements('- Effect: ‸'), [['Allow', '- Effect: Allow'], 'Deny']],
    [statements("- Effect: 'A‸"), [['Allow', "- Effect: 'Allow'"]]],
    [statements('- Effect: Allow', '  Action: ssm:‸'), [['ssm:StartSession', 'Action: ssm:StartSession']], ['s3:']],
    [statements('- Effect: Allow', '  Action: ssm:‸', '  Resource: "*"'), [['ssm:StartSession', 'Action: ssm:StartSession']]],
    [statements('- Action: s‸ # what'), [['s3:', '- Action: s3: # what']]],
    [statements('- Action: "ssm:‸"'), [['ssm:StartSession', '- Action: "ssm:StartSession"']]],
    [statements('- Action:', '    - ssm:‸'), [['ssm:StartSession', '- ssm:StartSession']]],
    [statements('- Action:', '  - ssm:‸', '  Resource: "*"'), [['ssm:StartSession', '- ssm:StartSession']]],
    [statements('- Action:', '    - ‸'), [['s3:', '- s3:'], 'ssm:StartSession']],
    [statements('- Action:', '    - s3:GetObject', '    - ssm:Sta‸', '    - a:b'), [['ssm:StartSession', '- ssm:StartSession']]],
    [statements('- Action:', '    ssm:‸'), ['ssm:StartSession']],
    [statements('- Action: [ssm:‸]'), [['ssm:StartSession', '- Action: [ssm:StartSession]']]],
    [statements('- Action: [ssm:‸', '  Resource: "*"'), [['ssm:StartSession', '- Action: [ssm:StartSession']]],
    [statements('- Action: ["s3:GetObject", "ssm:‸"]'), [['ssm:StartSession', '- Action: ["s3:GetObject", "ssm:StartSession"]']]],
    [statements('- Action: [', '    s3:GetObject,', '    ‸', '  ]'), ['s3:']],
    [statements('- {Effect: Allow, ‸}'), [['Action', '- {Effect: Allow, Action: }']]],
    [statements('- {Effect: ‸}'), [['Allow', '- {Effect: Allow}']]],
    [statements('- Resource: ‸', '  Action: s3:GetObject'), [['*', '- Resource: "*"'], ['arn:aws:s3:::*/*', '- Resource: arn:aws:s3:::*/*']]],
    [statements('- Action:', '  - s3:GetObject', '  Resource: ‸'), ['arn:aws:s3:::*/*']],
    [statements('- Action: [s3:GetObject', '  Resource: ‸'), ['arn:aws:s3:::*/*']],
    [statements('- Action: s3:GetObject', '  Resource: !Sub ‸'), ['arn:aws:s3:::*/*']],
    [statements('- Action: s3:GetObject', '  Resource: !Sub "a‸"'), [['arn:aws:s3:::*/*', 'Resource: !Sub "arn:aws:s3:::*/*"']]],
    [statements('- Action: s3:GetObject', '  Resource:', '    Fn::Sub: ‸'), ['arn:aws:s3:::*/*']],
    [statements('- Action: s3:GetObject', '  Resource:', '    - !Sub arn:aws:s3:::${Bucket}', '    - ‸'), ['arn:aws:s3:::*/*']],
    [statements('- !If', '  - Prod', '  - Effect: ‸', '  - !Ref AWS::NoValue'), ['Allow']],
    [statements('- Action: &all ‸'), ['s3:']],
    [statements('- Action: &all', '    - ssm:‸'), ['ssm:StartSession']],
    [statements('- Action: !If [Prod, [ssm:‸], []]'), ['ssm:StartSession']],
    [statements('- Condition:', '    ‸'), [['StringEquals', 'StringEquals:'], ['ForAnyValue:StringLike', 'ForAnyValue:StringLike:']]],
    [statements('- Action: ssm:StartSession', '  Condition:', '    Bool:', '      ssm:‸'), [['ssm:SessionDocumentAccessCheck', 'ssm:SessionDocumentAccessCheck:']]],
    [statements('- Condition:', '    StringEquals: {‸}', '  Action: ssm:StartSession'), [['aws:PrincipalTag/${TagKey}', 'StringEquals: {aws:PrincipalTag/TagKey: }'], 'ssm:resourceTag/${TagKey}']],
    [statements('- Condition:', '    Bool:', '      aws:SecureTransport: ‸'), [['true', 'aws:SecureTransport: "true"']]],
    [yaml('        Statement:\n          - Principal:\n              ‸\n', 'AWS::IAM::Role', 'AssumeRolePolicyDocument'), [['Service', 'Service:'], 'AWS']],
    [yaml('        Statement:\n          - Principal: {Service: ‸}\n', 'AWS::IAM::Role', 'AssumeRolePolicyDocument'), [['ec2.amazonaws.com', '- Principal: {Service: ec2.amazonaws.com}']]],
    [yaml('        - PolicyName: a\n          PolicyDocument:\n            Statement:\n            - Effect: ‸\n', 'AWS::IAM::Role', 'Policies'), ['Allow']],
    [yaml('        - AWSLambdaBasicExecutionRole\n        - Version: "2012-10-17"\n          Statement:\n            - Effect: Allow\n              Action: ssm:‸\n', 'AWS::Serverless::Function', 'Policies'), ['ssm:StartSession']],
    [yaml('        Fn::Sub: |\n          {"Version": "2012-10-17",\n           "Statement": [{"Effect": "‸"}]}\n', 'AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'), ['Allow']],
    [yaml('        {"Statement": [{"Effect": "‸', 'AWS::SNS::TopicPolicy'), ['Allow']],
    [`--- \nother: 1\n---\n${statements('- Effect: ‸')}`, ['Allow']],
    [`service: a\nprovider:\n  name: aws\n---\n${statements('- Effect: ‸')}`, ['Allow']],
    ['service: a\nprovider:\n  name: aws\n---\n|\n  {"Version": "2012-10-17", "Statement": [{"Effect": "‸"}]}\n', ['Allow']],
    [`${statements('- Effect: Allow')}---\nservice: a\nprovider:\n  iamRoleStatements:\n    - Effect: ‸\n`, ['Allow']],
    [statements('- Effect: ‸').replaceAll('\n', '\r\n'), ['Allow']],
    // Elsewhere.
    [statements('- Sid: ‸'), []],
    [statements('- Effect: Allow # ‸'), []],
    [statements('# ‸'), []],
    [statements('- Effect: Allow', '    ‸'), []],
    [statements('- Resource: !Ref ‸'), []],
    [statements('- Resource: !GetAtt ‸'), []],
    [yaml('        Statement:\n          - Effect: ‸\n', 'AWS::IoT::Policy'), []],
    [yaml('        ‸\n', 'AWS::IAM::ManagedPolicy', 'Description'), []],
    ['AWSTemplateFormatVersion: "2010-09-09"\n‸', []],
    ['Resources:\n  R:\n    Type: AWS::IAM::Role\n    ‸\n', []],
  ]));

  test('in a policy in YAML and in serverless.yml', async () => {
    await holds('policy.yml', [
      ['Version: "2012-10-17"\n‸', [['Statement', 'Statement:']], ['Version']],
      ['Version: "2012-10-17"\nStatement:\n- Effect: Allow\n  Action: ssm:‸\n', ['ssm:StartSession']],
      ['Version: "2012-10-17"\nStatement:\n  Effect: ‸\n', ['Allow']],
      ['a:\n  Version: "2012-10-17"\n  Statement:\n    - ‸\n', ['Effect']],
      ['version: "3"\nservices:\n  a:\n    ‸\n', []], ['‸', []], ['a: ‸', []], ['Statement: ‸', []],
    ]);
    const service = (text) => `service: a\nprovider:\n  name: aws\n${text}`;
    await holds('serverless.yml', [
      [service('  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: ssm:‸\n'), ['ssm:StartSession']],
      [service('  iam:\n    role:\n      statements:\n        - ‸\n'), ['Effect']],
      [service('  iamRoleStatements:\n    - Effect: Allow\n      Action:\n        - ssm:‸\n'), ['ssm:StartSession']],
      [service('functions:\n  f:\n    iamRoleStatements:\n      - Effect: ‸\n'), ['Allow']],
      [service('resources:\n  Resources:\n    R:\n      Type: AWS::IAM::ManagedPolicy\n      Properties:\n        PolicyDocument:\n          Statement:\n            - Effect: ‸\n'), ['Allow']],
      [service('  ‸\n'), []], [service('functions:\n  f:\n    ‸\n'), []], [service('  iam:\n    role:\n      ‸\n'), []],
    ]);
  });

  const data = (text) => `data "aws_iam_policy_document" "a" {\n${text}\n}\n`;
  const resource = (text, type = 'aws_iam_policy', attribute = 'policy') => `resource "${type}" "a" {\n  ${attribute} = ${text}\n}\n`;

  test('in a module of Terraform', () => holds('main.tf', [
    [data('  ‸'), [['statement', 'statement'], ['version', 'version ='], 'source_policy_documents']],
    [data('  statement {\n    ‸\n  }'), [['actions', 'actions ='], ['condition', 'condition'], 'principals', 'not_resources']],
    [data('  statement {\n    actions = ["s3:*"]\n    res‸\n  }'), [['resources', 'resources =']], ['actions']],
    [data('  statement {\n    effect = "‸"\n  }'), [['Allow', 'effect = "Allow"'], 'Deny']],
    [data('  statement {\n    effect = ‸\n  }'), [['Allow', 'effect = "Allow"']]],
    [data('  statement {\n    actions = ["ssm:‸"]\n  }'), [['ssm:StartSession', 'actions = ["ssm:StartSession"]']], ['s3:']],
    [data('  statement {\n    actions = ["ssm:‸], resources = ["*"]\n  }'), [['ssm:StartSession', 'actions = ["ssm:StartSession"], resources = ["*"]']]],
    [data('  statement {\n    actions = ["ssm:‸\n    resources = ["*"]\n  }'), [['ssm:StartSession', 'actions = ["ssm:StartSession"']]],
    [data('  statement {\n    actions = [\n      "s3:GetObject",\n      ‸\n    ]\n  }'), [['ssm:', '"ssm:"'], 'ssm:StartSession']],
    [data('  statement {\n    not_actions = ["‸"]\n  }'), ['s3:']],
    [data('  statement {\n    actions   = ["ssm:StartSession"]\n    resources = ["‸"]\n  }'), ['*', ['arn:aws:ec2:*:*:instance/*', 'resources = ["arn:aws:ec2:*:*:instance/*"]']]],
    [data('  statement {\n    actions = ["ssm:StartSession"\n    resources = ["‸"]\n  }'), ['arn:aws:ec2:*:*:instance/*']],
    [data('  statement {\n    principals {\n      ‸\n    }\n  }'), [['type', 'type ='], 'identifiers']],
    [data('  statement {\n    principals {\n      type = "‸"\n    }\n  }'), [['Service', 'type = "Service"'], 'AWS', '*']],
    [data('  statement {\n    principals {\n      type        = "Service"\n      identifiers = ["‸"]\n    }\n  }'), ['ec2.amazonaws.com']],
    [data('  statement {\n    condition {\n      ‸\n    }\n  }'), ['test', 'variable', 'values']],
    [data('  statement {\n    condition {\n      test = "‸"\n    }\n  }'), [['StringEquals', 'test = "StringEquals"'], 'ForAnyValue:StringLike']],
    [data('  statement {\n    actions = ["ssm:StartSession"]\n    condition {\n      test     = "Bool"\n      variable = "‸"\n    }\n  }'), ['ssm:SessionDocumentAccessCheck', ['aws:PrincipalTag/${TagKey}', 'variable = "aws:PrincipalTag/TagKey"']]],
    [data('  statement {\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport"\n      values   = ["‸"]\n    }\n  }'), ['true']],
    [data('  dynamic "statement" {\n    for_each = var.all\n    content {\n      actions = ["ssm:‸"]\n    }\n  }'), ['ssm:StartSession']],
    [data('  statement {\n    actions = var.all ? ["ssm:‸"] : []\n  }'), ['ssm:StartSession']],
    [data('  statement {\n    actions = concat(var.more, ["ssm:‸"])\n  }'), ['ssm:StartSession']],
    [resource('jsonencode({\n    ‸\n  })'), [['Statement', 'Statement ='], 'Version']],
    [resource('jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect = "Allow"\n      ‸\n    }]\n  })'), [['Action', 'Action =']], ['Effect', 'Principal']],
    [resource('jsonencode({ Statement = [{ Effect = "Allow", Action = ["ssm:‸"] }] })'), [['ssm:StartSession', 'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ssm:StartSession"] }] })']]],
    [resource('jsonencode({ Statement = [{ Action = "ssm:StartSession", Resource = aws_s3_bucket.a.arn, Condition = { Bool = { "‸" } } }] })'), ['ssm:SessionDocumentAccessCheck']],
    [resource('jsonencode({ Statement = [{ Condition = {\n ‸\n } }] })'), [['StringEquals', 'StringEquals ='], ['ForAnyValue:StringLike', '"ForAnyValue:StringLike" =']]],
    [resource('jsonencode({ "Statement" : [{ "Effect" : "‸" }] })'), ['Allow']],
    [resource('jsonencode(merge(local.a, { Statement = [{ Effect = "‸" }] }))'), ['Allow']],
    [resource('jsonencode({ Statement = [{ Effect = "‸'), ['Allow']],
    [resource('"${jsonencode({ Statement = [{ Effect = "‸" }] })}"'), ['Allow']],
    [`${data('  statement {\n    actions = [')}\n${resource('jsonencode({ ‸ })')}`, ['Statement']],
    [`${resource('"${jsonencode({ Statement = [] })}"')}${data('  ‸')}`, ['statement']],
    [resource('jsonencode({ Statement = [{ ‸ }] })', 'aws_iam_role', 'assume_role_policy'), ['Principal'], ['Resource']],
    [`resource "aws_iam_role" "a" {\n  inline_policy {\n    policy = jsonencode({ Statement = [{ Effect = "‸" }] })\n  }\n}\n`, ['Allow']],
    [`locals {\n  a = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "ssm:‸" }] })\n}\n`, ['ssm:StartSession']],
    [`module "a" {\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "‸" }] })\n}\n`, ['Allow']],
    [resource('<<EOF\n{"Statement": [{"Effect": "Allow", "Action": ["ssm:‸"], "Resource": "${aws_s3_bucket.a["b"].arn}/*"}]}\nEOF'), ['ssm:StartSession']],
    [resource('<<-EOF\n    {"Statement": [{"Action": "s3:GetObject", "Resource": "${var.a}", "Condition": {"‸"}}]}\n  EOF'), [['Bool', '{"Statement": [{"Action": "s3:GetObject", "Resource": "${var.a}", "Condition": {"Bool": }}]}']]],
    // Elsewhere.
    [data('  statement {\n    actions = [var.‸]\n  }'), []],
    [data('  statement {\n    actions = ["${var.‸}"]\n  }'), []],
    [data('  statement {\n    actions = [local.a["‸"]]\n  }'), []],
    [data('  statement {\n    actions = split(",", "‸")\n  }'), []],
    [data('  statement {\n    sid = "‸"\n  }'), []],
    [resource('templatefile("policy.json.tpl", {\n ‸\n })'), []],
    [data('  statement {\n    actions = [for one in keys({ "‸" }) : one]\n  }'), []],
    [resource('jsonencode({ Statement = [{ Effect = "Allow", Action = "Update:*", Resource = "LogicalResourceId/A", ‸ }] })', 'aws_cloudformation_stack', 'policy_body'), []],
    [data('  # ‸'), []],
    [data('  statement {\n    /* ‸ */\n  }'), []],
    ['data "aws_iam_policy_document" "‸" {\n}\n', []],
    ['resource "aws_iam_policy" "a" {\n  ‸\n}\n', []],
    ['‸', []],
    [resource('"‸"'), []],
    [resource('jsonencode({ ‸ })', 'aws_ecr_lifecycle_policy'), []],
    [resource('jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "‸" }] })', 'aws_iot_policy'), []],
    ['variable "a" {\n  type = ‸\n}\n', []],
  ]));

  test('in the JSON of Terraform', () => holds('main.tf.json', [
    ['{"data": {"aws_iam_policy_document": {"a": {"‸"}}}}', [['statement', '{"data": {"aws_iam_policy_document": {"a": {"statement": }}}}']]],
    ['{"data": {"aws_iam_policy_document": {"a": {"statement": [{"actions": ["ssm:‸"]}]}}}}', ['ssm:StartSession']],
    ['{"data": {"aws_iam_policy_document": {"a": {"statement": [{"actions": ["ssm:‸', ['ssm:StartSession']],
    ['{"data": {"aws_iam_policy_document": {"a": {"statement": {"condition": {"test": "‸"}}}}}}', ['StringEquals']],
    ['{"data": {"aws_iam_policy_document": {"a": [{"statement": [{"condition": [{"variable": "‸"}], "actions": ["ssm:StartSession"]}]}]}}}', ['ssm:SessionDocumentAccessCheck']],
    ['{"‸"}', []], ['{"data": {"‸"}}', []], ['{"resource": {"aws_iam_policy": {"a": {"‸"}}}}', []],
  ]));

  test('nothing in files of other tools', async () => {
    for (const [name, text] of [
      ['package.json', '{"‸"}'], ['package.json', '{"name": "a", "‸"}'], ['tsconfig.json', '{"‸": 1}'], ['.eslintrc.json', '{"‸"}'], ['settings.json', '{"Version": "1.0", "‸"}'],
      ['a.json', '{"a": "‸"}'], ['a.json', '["‸"]'], ['a.json', '"‸"'], ['a.json', '{"Version": "1", "‸"}'], ['a.json', '{"Statement": [{"query": "‸"}], "x": 1}'], ['a.json', '{"Version": "2012-10-17"} // ‸'],
      // The languages of stack policies and of other clouds.
      ['a.json', '{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "‸"}]}'], ['a.json', '{"a": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "‸"}]}}'],
      ['a.json', '{"Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:a", "‸"}]}'], ['a.json', '[{"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:a", "‸"}]'],
      ['k8s.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  ‸\n'], ['ci.yml', 'on: push\njobs:\n  a:\n    steps:\n      - ‸\n'], ['compose.yaml', 'services:\n  a:\n    image: ‸\n'],
      ['openapi.yaml', 'openapi: 3.0.0\npaths:\n  /a:\n    get:\n      ‸\n'], ['notes.txt', 'Effect: ‸'],
    ]) {
      await holds(name, [[text, []]]);
    }
  });

  test('keys of the actions come before those of every request, and operators before what is made of them', async () => {
    const sorted = (items) => items.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ label }) => label);
    const keys = sorted((await offered('a.json', statement('"Action": "ssm:StartSession", "Condition": {"Bool": {"‸"}}'))).items);
    const [own, global] = [keys.findLastIndex((key) => key.startsWith('ssm:')), keys.findIndex((key) => key === 'aws:SourceIp')];
    assert.ok(own >= 0 && own < global, keys.join());
    const operators = sorted((await offered('a.json', statement('"Condition": {"‸"}'))).items);
    const places = ['StringLike', 'StringLikeIfExists', 'ForAnyValue:ArnLike', 'ForAllValues:ArnLike'].map((one) => operators.indexOf(one));
    assert.deepEqual(places, places.toSorted((a, b) => a - b));
  });

  test('the services that Session Manager needs come before those whose principals nobody listed', async () => {
    const { items } = await offered('a.json', statement('"Principal": {"Service": "‸"}'));
    const needed = Array.from(readFileSync(join(ROOT, 'src/data/capabilities.txt'), 'utf8').matchAll(/\tservice:(\S+)/g), ([, service]) => service);
    assert.deepEqual(items.filter(({ sortText }) => sortText.startsWith('0')).map(({ label }) => label).sort(), [...new Set(needed)].sort());
    assert.ok(items.every(({ sortText, detail }) => sortText.startsWith('0') || /, if its principal has the usual form$/.test(detail)));
  });

  test('behind a service the caret stays between the quotes', async () => {
    const marked = statement('"Action": ["ss‸"]');
    const { items, position } = await offered('a.json', marked);
    assert.equal(items.find(({ label }) => label === 'ssm:').textEdit.range.end.character, position.character);
    assert.equal(items.find(({ label }) => label === 'ssm:StartSession').textEdit.range.end.character, position.character + 1);
  });

  test('survives texts that nobody types', async () => {
    for (const [name, text] of [
      ['a.json', `${'['.repeat(100_000)}‸`], ['a.json', `${'{"a":'.repeat(100_000)}"‸`], ['a.json', `${'}'.repeat(100_000)}‸`], ['a.tf', `a = ${'['.repeat(100_000)}‸`], ['a.tf', `a = "${'${'.repeat(50_000)}‸`],
      ['a.tf', `${'a {\n'.repeat(50_000)}‸`], ['a.tf', `a = ${'<<E\n'.repeat(50_000)}‸`], ['a.yaml', `${'- '.repeat(50_000)}‸`], ['a.yaml', `a: ${'['.repeat(50_000)}‸`], ['a.yaml', `${Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}‸`],
      ['a.yaml', `a: ${' '.repeat(100_000)}‸`], ['a.yaml', `${'a '.repeat(50_000)}‸`], ['a.yaml', `a: ${'!'.repeat(50_000)} ‸`], ['a.yaml', `a: ${'!a '.repeat(50_000)}‸`], ['a.json', `{"Version": "2012-10-17", "Statement": ["${'a'.repeat(100_000)}‸`],
    ]) {
      const { items } = await offered(name, text);
      assert.deepEqual(items, [], name);
    }
    assert.deepEqual(client.complaints, []);
  });
});
