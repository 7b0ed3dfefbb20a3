// The notices that the licences of other people's work ask for, of all that stands in the package and the page.
//
// What is shipped is asked of the tools that put it there: cargo for the crates of the module, esbuild for the npm
// packages of a script. Their licences are read from their own files, so nothing is written down a second time. A
// crate or package without such a file stops the build. cargo-about does this for crates alone, and would be one more
// program to compile.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, ask } from './env.mjs';

const LINE = '-'.repeat(72);

/** The notices of the module: its crates, Rust's standard library and the service data. */
export function noticesOfModule() {
  return [
    ...notices(shippedCrates()),
    section("Rust's standard library", readFileSync(join(ROOT, 'scripts/LICENSE.rust-std'), 'utf8')),
    section('Service data', readFileSync(join(ROOT, 'src/data/LICENSE.iam-data'), 'utf8')),
  ].join('\n');
}

/** The notices of the npm packages of which esbuild put something into a file. */
export function noticesOfScripts(metafiles) {
  return notices(shippedPackages(metafiles)).join('\n');
}

/**
 * The crates of Cargo.lock that become part of the module, as `{name, version, license, folder}`: those that the crate
 * and its dependencies need at run time on wasm32. Macros and build scripts stay behind.
 */
export function shippedCrates() {
  const { packages, resolve } = JSON.parse(ask('cargo', ['metadata', '--format-version', '1', '--locked',
    '--filter-platform', 'wasm32-unknown-unknown']));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const about = new Map(packages.map((one) => [one.id, one]));
  const isMacro = (id) => about.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const found = new Set();
  const follow = (id) => {
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (found.has(pkg) || isMacro(pkg) || !kinds.some(({ kind }) => kind === null)) continue;
      found.add(pkg);
      follow(pkg);
    }
  };
  follow(resolve.root);
  return [...found].map((id) => {
    const { name, version, license, manifest_path: manifest } = about.get(id);
    return { name, version, license, folder: dirname(manifest) };
  });
}

/** The npm packages among the inputs of esbuild's metafiles, as `{name, version, license, folder}`. */
export function shippedPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.entries(output.inputs)));
  const folders = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].map((path) => {
    const folder = join(ROOT, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, license, folder };
  });
}

/** A section for each licence text, headed by all that have it to the letter. */
function notices(shipped) {
  const headings = new Map();
  for (const one of shipped.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = licenseOf(one);
    headings.set(text, [...headings.get(text) ?? [], `${one.name} ${one.version}`]);
  }
  return [...headings].map(([text, names]) => section(names.join(', '), text));
}

/** Where the MIT license may be chosen, its text; else each text that a crate or package has. */
function licenseOf({ name, license, folder }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|unlicense)/i.test(file)).sort();
  const isChoice = license?.split(/ OR |\//).includes('MIT');
  const mit = files.filter((file) => /mit/i.test(file));
  const chosen = isChoice && mit.length > 0 ? mit : files;
  if (chosen.length === 0) throw new Error(`${name} is shipped, but ${folder} has no file with its licence.`);
  return chosen.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trimEnd()).join('\n\n');
}

const section = (heading, text) => `${LINE}\n${heading}\n\n${text.trimEnd()}\n`;
