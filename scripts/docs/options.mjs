// The options of each builder, from the JSON Schema that the package has, with the flag of each on the command line.
import { linkFrom } from './frame.mjs';
import { html, sentences } from './html.mjs';

/** Which options have a page: the name of the page, the type, the call, and the command whose flags they are. */
export function rootsOf({ related: options }) {
  const related = Array.from(options, ([kind, type]) => ({ name: kind, type, call: 'buildRelated', command: `build related ${kind}` }));
  return [
    { name: 'node', type: 'NodeOptions', call: 'buildNodePolicy', command: 'build node' },
    { name: 'operator', type: 'OperatorOptions', call: 'buildOperatorPolicy', command: 'build operator' },
    ...related,
    { name: 'setup', type: 'SetupOptions', call: 'exportSetup', command: 'build setup' },
    { name: 'export', type: 'ExportTarget', call: 'exportPolicy', command: 'export' },
  ];
}

export const pageOf = ({ name }) => `options/${name}.html`;

export function optionPages({ schema, flagName }, roots, types, placeOf) {
  const definitions = schema.$defs;
  return [{
    path: 'options/index.html', part: 'options', title: 'Options', about: 'What the builders of Postern take, in JavaScript and as flags of the command line.',
    body: html`<h1>Options</h1>
<p class="lead">What each builder takes, in JavaScript and as flags. <code>postern/options.schema.json</code> has the same as JSON Schema.</p>
<dl>
${roots.map((root) => html`<dt><a href="${root.name}.html"><code>postern ${root.command}</code></a></dt><dd>${sentences(types.get(root.type).about[0])}</dd>
`)}</dl>`,
  }, ...roots.map((root) => {
    const path = pageOf(root);
    const from = (text) => (placeOf(text) === undefined ? undefined : linkFrom(path, placeOf(text)));
    const [about, ...more] = types.get(root.type).about;
    return {
      path, part: 'options', title: `Options of postern ${root.command}`, about: about.replaceAll('`', '').replace(/\s+/g, ' '),
      body: html`<h1>Options of <code>${root.command}</code></h1>
<p class="lead">${sentences(about, from)}</p>
${more.map((paragraph) => html`<p>${sentences(paragraph, from)}</p>
`)}<p>In JavaScript they are <code>${root.type}</code>, for <a href="../calls/${root.call}.html"><code>${root.call}</code></a>; on the command line they follow <a href="../commands/${root.command.split(' ')[0]}.html"><code>postern ${root.command}</code></a>.</p>
<dl>
${within(definitions[root.type], [], { definitions, flagName, roots, from, isFlag: true })}</dl>`,
    };
  })];
}

/** An entry for each option, and after it for those that it is made of. */
function within({ properties, required = [] }, path, known) {
  const { definitions, flagName, roots, from, isFlag } = known;
  return Object.entries(properties).map(([name, value]) => {
    const at = [...path, name];
    const root = roots.find(({ type }) => type === nameOf(value));
    const schema = definitions[nameOf(value)] ?? value;
    const members = root === undefined ? schema.properties : undefined;
    const each = definitions[nameOf(schema.additionalProperties)]?.properties;
    const words = [value, ...[value.items, ...value.anyOf ?? []]].map((one) => definitions[nameOf(one)] ?? one).find((one) => one?.enum !== undefined);
    const flag = root === undefined ? flagOf(flagName(at), schema, each) : `--${flagName(at)}.…`;
    return html`<dt id="${at.join('.')}"><code>${at.join('.')}</code> <span class="help">${root === undefined ? takes(schema, definitions) : html`the <a href="${root.name}.html">options of ${root.command}</a>`}${required.includes(name) && ', needed'}</span></dt>
<dd>
${value.description !== undefined && html`<p>${sentences(value.description, from)}</p>
`}${words !== undefined && html`<p>${words.enum.length > 1 && 'One of '}${listed(words.enum)}.${words !== value && words.description !== undefined && html` ${sentences(words.description, from)}`}</p>
`}${isFlag && members === undefined && html`<p class="help"><code>${flag}</code></p>
`}</dd>
${members !== undefined && within(schema, at, known)}${each !== undefined && within({ properties: each }, [...at, 'NAME'], { ...known, isFlag: false })}`;
  });
}

const nameOf = (schema) => schema?.$ref?.split('/').at(-1);

const listed = (values) => values.map((value, i) => html`${i > 0 && (i === values.length - 1 ? ' or ' : ', ')}<code>${value}</code>`);

function flagOf(name, { type, additionalProperties }, each) {
  if (each !== undefined) return `--${name} JSON`;
  if (typeof additionalProperties === 'object') return `--${name} KEY=VALUE`;
  return type === 'boolean' ? `--${name}, --no-${name}` : `--${name}`;
}

/** What an option takes, in words. */
function takes(schema, definitions) {
  if (schema.anyOf !== undefined) {
    const [list, ones] = [schema.anyOf.some(({ type }) => type === 'array'), schema.anyOf.filter(({ type }) => type !== 'array')];
    return [...ones.map((one) => takes(definitions[nameOf(one)] ?? one, definitions)), ...list ? ['a list of them'] : []].join(', or ');
  }
  if (schema.enum !== undefined) return 'a word';
  if (schema.properties !== undefined) return 'an object';
  if (typeof schema.additionalProperties === 'object') {
    return definitions[nameOf(schema.additionalProperties)] === undefined ? 'an object of names and values' : 'an object by name';
  }
  const kinds = { string: 'a text', boolean: 'true or false', integer: 'a whole number', number: 'a number', array: 'a list of texts' };
  const range = schema.minimum === undefined ? '' : ` from ${schema.minimum} to ${schema.maximum}`;
  return `${[schema.type].flat().map((kind) => kinds[kind]).join(' or ')}${range}`;
}
