// What the files of Terragrunt give to modules and to one another: inputs, those of included files too, dependencies on the
// outputs of other units, and configurations that are read. Source: Terragrunt's documentation of its blocks and
// functions, read 2026-11.
import { posix } from 'node:path';
import { type Defined, grantOf } from './definitions-terraform.js';
import { type Granting, inputsOfAccess } from './grants.js';
import type { Block } from './terraform-presence.js';
import { type Value, entriesOf, get, itemsOf, known } from './value.js';

interface FileOfTerragrunt {
  path: string;
  text: string;
  blocks: readonly Block[];
}

/** What they define, where `modules` are the folders of modules that can be read; and the units whose module is none of these. */
export function definedInTerragrunt(files: readonly FileOfTerragrunt[], modules: ReadonlySet<string>): { defined: Defined[]; grants: [path: string, one: Granting][] } {
  const linking = new Linking(files, modules);
  const defined = files.flatMap((file) => linking.of(file));
  const included = new Set(defined.flatMap(({ name, files: read = [] }) => (name.startsWith('include.') ? read : [])));
  const elsewhere = files.filter(({ path }) => !included.has(path)).flatMap((file) => linking.elsewhere(file).map((one) => [file, one] as const));
  const units = [...new Set(elsewhere.map(([file]) => file))];
  return {
    defined: [...defined, ...elsewhere.map(([, one]) => one)],
    grants: units.map(({ path, blocks, text }) => [path, { address: UNIT, is: 'module', isPart: false, values: [], ...headOf(blocks, text) }]),
  };
}

/** By what the module of a unit is called. */
const UNIT = 'terraform';

/** The first line of what says where the module is, or of the file. */
function headOf(blocks: readonly Block[], text: string): { start: number; end: number } {
  const start = blocks.find(({ type }) => type === 'terraform')?.body.start ?? 0;
  return { start, end: start + (text.slice(start).split('\n')[0]?.length ?? 0) };
}

class Linking {
  private readonly byPath: ReadonlyMap<string, FileOfTerragrunt>;
  private readonly byName = new Map<string, string[]>();

  constructor(files: readonly FileOfTerragrunt[], private readonly modules: ReadonlySet<string>) {
    this.byPath = new Map(files.map((file) => [file.path, file]));
    for (const { path } of files) {
      const others = this.byName.get(posix.basename(path));
      if (others === undefined) this.byName.set(posix.basename(path), [path]);
      else others.push(path);
    }
  }

  /** What a unit gives a module that is not among the files, and where that is. */
  elsewhere(file: FileOfTerragrunt): Defined[] {
    const parts = [...blocksOf(file, 'include').flatMap(({ body }) => get(body, 'path') ?? []).flatMap((at) => this.filesNamed(file.text.slice(at.start, at.end), file.path)).flatMap((one) => this.byPath.get(one) ?? []), file];
    const sources = parts.flatMap(sourcesOf);
    if (sources.length === 0 || parts.some((one) => this.modulesOf(one, file.path).length > 0)) return [];
    return parts.flatMap((one) => {
      const inputs = inputsOf(one);
      const given = [...sourcesOf(one), ...inputs === undefined ? [] : inputsOfAccess(inputs), ...blocksOf(one, 'terraform').flatMap(({ body }) => itemsOf(get(body, 'extra_arguments')))];
      return given.map(({ start, end }): Defined => ({ scope: file.path, name: grantOf({ is: 'module', address: UNIT }), text: one.text.slice(start, end), from: one.path }));
    });
  }

  of(file: FileOfTerragrunt): Defined[] {
    const { path, text } = file;
    const slice = ({ start, end }: Value): string => text.slice(start, end);
    const included = blocksOf(file, 'include').map(({ labels: [label = ''], body }) => ({ label, at: get(body, 'path') })).map(({ label, at }) => (
      { label, text: at === undefined ? '' : slice(at), files: at === undefined ? [] : this.filesNamed(slice(at), path) }
    ));
    const parts = [...included.flatMap(({ files }) => files.flatMap((one) => this.byPath.get(one) ?? [])), file];
    const modules = [...new Set(parts.flatMap((one) => this.modulesOf(one, path)))];
    return [
      ...included.map(({ label, text: own, files }): Defined => ({ scope: path, name: `include.${label}`, text: own, from: path, files })),
      ...blocksOf(file, 'dependency').flatMap(({ labels: [label = ''], body }): Defined[] => {
        const at = get(body, 'config_path');
        return at === undefined ? [] : [{ scope: path, name: `dependency.${label}`, text: slice(at), from: path, unit: unitAt(slice(at), path) }];
      }),
      // What has outputs: a module here, or one from elsewhere, which its inputs may change.
      ...modules.map((module): Defined => ({ scope: path, name: OUTPUTS, text: '', from: path, module })),
      ...modules.length > 0 ? [] : parts.flatMap((one) => [...sourcesOf(one), inputsOf(one)].flatMap((value): Defined[] => (
        value === undefined ? [] : [{ scope: path, name: OUTPUTS, text: one.text.slice(value.start, value.end), from: one.path }]
      ))),
      ...modules.flatMap((module) => [
        { scope: module, name: 'there:', text: `${path} `, from: path, isCall: true, by: path },
        ...parts.flatMap((one) => givenBy(one, module)).map((one) => ({ ...one, by: path })),
      ]),
    ];
  }

  /** The modules of a configuration for a unit: where its path is not all known, all that may be meant. */
  private modulesOf(file: FileOfTerragrunt, unit: string): string[] {
    return sourcesOf(file).flatMap((value) => {
      const source = (known(value) ?? file.text.slice(value.start, value.end).replace(/^"|"$/g, '')).replace(/(?<!:)\/\//, '/');
      if (/^(?:git::|git@|https?:|tfr:|s3::|github\.com)/.test(source)) return [];
      const end = endOf(source);
      if (end !== null) return Array.from(this.modules).filter((one) => one === end || one.endsWith(`/${end}`));
      return [unit, file.path].map((one) => posix.join(posix.dirname(one), source)).filter((one) => this.modules.has(one)).slice(0, 1);
    });
  }

  /** The configurations that an expression for a path may mean. */
  private filesNamed(expression: string, path: string): string[] {
    const above = parentsOf(posix.dirname(path)).slice(1);
    const [, name] = /^find_in_parent_folders\(\s*(?:"([^"]*)"\s*)?\)$/.exec(expression.trim()) ?? [null];
    if (name !== null) return above.flatMap((folder) => (name === undefined ? ['terragrunt.hcl', 'root.hcl'] : [name]).map((one) => posix.join(folder, one))).filter((one) => this.byPath.has(one)).slice(0, 1);
    const given = expression.replace(/^"|"$/g, '');
    const end = endOf(given);
    if (end === null) return [posix.join(posix.dirname(path), given)];
    return (this.byName.get(posix.basename(end)) ?? []).filter((one) => one === end || one.endsWith(`/${end}`));
  }
}

/** What `dependency.NAME.outputs` are, in the scope of the unit. */
export const OUTPUTS = 'unit.outputs';

const blocksOf = ({ blocks }: FileOfTerragrunt, wanted: string): Block[] => blocks.filter(({ type }) => type === wanted);
const sourcesOf = (file: FileOfTerragrunt): Value[] => blocksOf(file, 'terraform').flatMap(({ body }) => get(body, 'source') ?? []);
const inputsOf = ({ blocks }: FileOfTerragrunt): Value | undefined => get(blocks.find(({ type }) => type === '')?.body, 'inputs');

/** The known end of a path that begins with an interpolation, without the steps up; null where all of it is known. */
function endOf(path: string): string | null {
  const at = path.lastIndexOf('}');
  return at < 0 ? null : path.slice(at + 1).replace(/^[/.]+/, '');
}

function unitAt(expression: string, path: string): string {
  const given = expression.replace(/^"|"$/g, '').replace(/\$\{\s*get_(?:original_)?terragrunt_dir\(\)\s*\}\/?/g, '');
  const at = posix.join(posix.dirname(path), given);
  return at.endsWith('.hcl') ? at : posix.join(at, 'terragrunt.hcl');
}

/** The variables of a module that a configuration gives a value; any of them where it does not stand there which. */
function givenBy({ path, text, blocks }: FileOfTerragrunt, module: string): Defined[] {
  const give = (name: string, { start, end }: Value): Defined => ({ scope: module, name, text: text.slice(start, end), from: path, isCall: true });
  const inputs = inputsOf({ path, text, blocks });
  const extra = blocks.filter(({ type }) => type === 'terraform').flatMap(({ body }) => itemsOf(get(body, 'extra_arguments')));
  return [
    ...inputs === undefined ? [] : inputs.kind === 'map' ? entriesOf(inputs).map(({ key, value }) => give(known(key) === null ? '*' : `var.${known(key)}`, value)) : [give('*', inputs)],
    ...extra.flatMap((one) => entriesOf(get(one, 'env_vars'))).flatMap(({ key, value }) => (known(key)?.startsWith('TF_VAR_') === true ? [give(`var.${known(key)!.slice('TF_VAR_'.length)}`, value)] : [])),
    ...extra.flatMap((one) => ['arguments', 'required_var_files', 'optional_var_files'].flatMap((name) => get(one, name) ?? [])).filter(({ start, end }) => /-var\b|-var-file|tfvars/.test(text.slice(start, end))).map((one) => give('*', one)),
  ];
}

/** A folder, and all above it. */
function parentsOf(folder: string): string[] {
  const all = [folder];
  for (let at = folder; at !== posix.dirname(at) && all.length < MOST_PARENTS; all.push(at)) at = posix.dirname(at);
  return all;
}

/** No path is deeper. */
const MOST_PARENTS = 100;

/** The files that an expression of Terragrunt reads, by what it says of their names. */
export function filesReadIn(expression: string, folder: string): string[] {
  if (!expression.includes('find_in_parent_folders(') && !expression.includes('read_terragrunt_config(')) return [];
  const above = (name: string): string[] => parentsOf(folder).map((one) => posix.join(one, name));
  const found = Array.from(expression.matchAll(/\bfind_in_parent_folders\(\s*(?:"([^"]*)")?/g), ([, name]) => (name === undefined ? ['terragrunt.hcl', 'root.hcl'] : [name])).flat().flatMap(above);
  const read = Array.from(expression.matchAll(/\bread_terragrunt_config\(\s*"((?:[^"\\$]|\$\{[^"{}]*\})*)"/g), ([, path]) => path!)
    .flatMap((path) => (endOf(path) === null ? [posix.join(folder, path)] : above(endOf(path)!)));
  return [...new Set([...found, ...read])];
}
