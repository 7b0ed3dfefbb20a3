// Compiles exported programs, all of one tool in one run of the TypeScript compiler.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, folder } from './cases.mjs';

/** Writes the texts into a folder and compiles them strictly; `types` leads names of modules to files of types. The paths
 *  of the JavaScript, in the order of the texts. */
export function compiled(name, texts, types = {}) {
  const home = folder(name);
  mkdirSync(join(home, 'src'));
  texts.forEach((text, i) => writeFileSync(join(home, 'src', `p${i}.ts`), text));
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noUnusedLocals: true, exactOptionalPropertyTypes: false, target: 'es2022', module: 'commonjs',
      moduleResolution: 'bundler', skipLibCheck: true, types: [], outDir: 'out', rootDir: 'src', paths: types,
    },
    include: ['src'],
  }));
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['--project', join(home, 'tsconfig.json')], { encoding: 'utf8' });
  } catch (error) {
    throw new Error(`tsc: ${error.stdout.slice(0, 4000)}`);
  }
  writeFileSync(join(home, 'out', 'package.json'), '{"type": "commonjs"}');
  return texts.map((_, i) => join(home, 'out', `p${i}.js`));
}
