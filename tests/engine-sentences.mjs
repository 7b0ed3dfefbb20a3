// The sentences in which the engine may name options, for the tests of those who call options otherwise.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/env.mjs';

const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'dist/options.schema.json'), 'utf8'));
const RELATED = Object.keys(SCHEMA.$defs).filter((name) => /(?:Document|Policy|Guard|Endpoints)Options$/.test(name));

/** The texts between quotes in files of Rust, with the types of the options that they may be about. */
export function* sentences() {
  for (const room of ['session', 'export', 'diagnose']) {
    for (const name of readdirSync(join(ROOT, 'src', room), { recursive: true }).filter((one) => one.endsWith('.rs') && !/paste|tests?\b/.test(one))) {
      const [part] = name.split(/[./\\]/);
      const own = room === 'export' ? ['SetupOptions', 'ExportTarget'] : room === 'diagnose' ? ['Want'] : { node: ['NodeOptions', 'SetupOptions'], operator: ['OperatorOptions', 'SetupOptions'], related: RELATED }[part]
        ?? ['NodeOptions', 'OperatorOptions', 'SetupOptions', ...RELATED];
      const text = readFileSync(join(ROOT, 'src', room, name), 'utf8').replace(/^\s*\/\/.*$/gm, '').split('#[cfg(test)]')[0];
      for (const [, literal] of text.matchAll(/"((?:[^"\\\n]|\\[^]|\\\n)*)"/g)) {
        const sentence = literal.replace(/\\\n\s*/g, '').replaceAll('\\"', '"');
        if (sentence.length > 20 && sentence.includes(' ')) yield { sentence, own, file: `${room}/${name}` };
      }
    }
  }
}
