// What src/npm/types.d.ts declares and says of it, read by TypeScript itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../env.mjs';

const require = createRequire(import.meta.url);
/** The TypeScript of the generator of schemas: that of the page and the lint has no stable way to be asked for a tree. */
const ts = createRequire(require.resolve('ts-json-schema-generator'))('typescript');

/** `calls` and `types` by name, in their order, and `related`, the type of the options of each kind of `buildRelated`. */
export function declarations() {
  const path = join(ROOT, 'src', 'npm', 'types.d.ts');
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const calls = new Map();
  const types = new Map();
  for (const node of file.statements) {
    if (ts.isFunctionDeclaration(node)) {
      const name = node.name.text;
      const call = calls.get(name) ?? { name, ...docOf(node), signatures: [] };
      call.signatures.push(codeOf(node, file));
      calls.set(name, call);
    } else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) {
      const name = node.name.text;
      types.set(name, { name, ...docOf(node), ...ts.isTypeAliasDeclaration(node) ? { code: codeOf(node, file) } : membersOf(node, file) });
    }
  }
  const related = types.get('RelatedOptions').members.map(({ name, code: [{ type }] }) => [name, type]);
  return { calls, types, related: new Map(related) };
}

/** A declaration's documentation: paragraphs, its example, and what it throws. */
function docOf(node) {
  const docs = node.jsDoc?.at(-1);
  const tags = docs?.tags ?? [];
  const tag = (name) => textOf(tags.find(({ tagName }) => tagName.text === name)?.comment);
  const thrown = tags.find((one) => ts.isJSDocThrowsTag(one));
  return {
    about: textOf(docs?.comment).split(/\n{2,}/).filter((paragraph) => paragraph !== ''),
    example: tag('example'),
    throws: textOf(thrown?.comment),
    isDeprecated: tags.some(({ tagName }) => tagName.text === 'deprecated'),
  };
}

const textOf = (comment) => (typeof comment === 'string' ? comment : ts.getTextOfJSDocComment(comment) ?? '').trim();

function membersOf(node, file) {
  const parent = node.heritageClauses?.map((clause) => codeOf(clause, file)) ?? [];
  return {
    parent: parent.flat(),
    members: node.members.map((member) => ({
      name: ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(file),
      isOptional: member.questionToken !== undefined,
      code: codeOf(member.type, file),
      ...docOf(member),
    })).filter(({ isDeprecated }) => !isDeprecated),
  };
}

/** The text of a node without what all declarations have, as parts of which those that name a type are marked. */
function codeOf(node, file) {
  const names = [];
  const visit = (one) => {
    if (ts.isTypeReferenceNode(one) && ts.isIdentifier(one.typeName)) names.push(one.typeName);
    if (ts.isExpressionWithTypeArguments(one) && ts.isIdentifier(one.expression)) names.push(one.expression);
    ts.forEachChild(one, visit);
  };
  visit(node);
  const { text } = file;
  const parts = [];
  // What is exported, the page says; and that an optional member may be undefined, its question mark.
  let at = node.getStart(file) + /^(?:export (?:function )?)?/.exec(node.getText(file))[0].length;
  const end = node.getEnd() - /(?:;| \| undefined)?$/.exec(node.getText(file))[0].length;
  for (const name of names.sort((a, b) => a.getStart(file) - b.getStart(file))) {
    parts.push({ text: text.slice(at, name.getStart(file)), type: null }, { text: name.text, type: name.text });
    at = name.getEnd();
  }
  return [...parts, { text: text.slice(at, end), type: null }].filter((part) => part.text !== '');
}
