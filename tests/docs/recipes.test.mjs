// Does what the recipes say: writes their files, runs their commands in the order of the page, and compares what is printed and
// the exit code. UPDATE=1 writes what is printed into the recipes: read it before you commit it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { ROOT } from '../../scripts/env.mjs';

const RECIPES = join(ROOT, 'docs', 'recipes');
const folder = mkdtempSync(join(tmpdir(), 'postern-recipes-'));
after(() => rmSync(folder, { recursive: true }));

// `npx --no postern` is the package that was built.
const tools = join(folder, 'tools');
mkdirSync(tools);
writeFileSync(join(tools, 'npx'), `#!/bin/sh\n[ "$1 $2" = "--no postern" ] || exit 99\nshift 2\nexec '${process.execPath}' '${join(ROOT, 'dist/cli.cjs')}' "$@"\n`, { mode: 0o755 });
const { FORCE_COLOR: _, ...others } = process.env;
const env = { ...others, NO_COLOR: '1', PATH: `${tools}${delimiter}${process.env.PATH}` };

const run = (program, args, cwd) => new Promise((resolve) => {
  execFile(program, args, { cwd, env }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, printed: stdout + stderr }));
});

const DO = {
  sh: (text, cwd) => run('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${text}`], cwd),
  js: (text, cwd) => {
    writeFileSync(join(cwd, 'recipe.mjs'), text);
    return run(process.execPath, ['recipe.mjs'], cwd);
  },
};

for (const name of readdirSync(RECIPES).filter((one) => one !== 'index.md')) {
  test(`${name} does what it says`, async () => {
    const path = join(RECIPES, name);
    const lines = readFileSync(path, 'utf8').split('\n');
    const fences = new MarkdownIt().parse(lines.join('\n'), {}).filter(({ type }) => type === 'fence');
    const cwd = join(folder, name);
    mkdirSync(join(cwd, 'node_modules'), { recursive: true });
    symlinkSync(ROOT, join(cwd, 'node_modules', 'postern'));
    const wrong = [];
    const stale = [];
    const changes = [];
    let count = 0;
    for (const [i, { info, content, map }] of fences.entries()) {
      const [language, ...more] = info.split(' ');
      const [file] = more.filter((word) => !word.includes('='));
      if (file !== undefined) {
        mkdirSync(dirname(join(cwd, file)), { recursive: true });
        writeFileSync(join(cwd, file), content);
      } else if (language in DO) {
        count += 1;
        const { code, printed } = await DO[language](content, cwd);
        const exit = Number(/\bexit=(\d)/.exec(info)?.[1] ?? 0);
        if (code !== exit) wrong.push(`Line ${map[0] + 1}: exit code ${code}, not ${exit}.\n${printed}`);
        const next = fences[i + 1]?.info === 'text' ? fences[i + 1] : null;
        if (printed === (next?.content ?? '')) continue;
        stale.push(`Line ${map[1] + 1}: it prints\n${printed}`);
        const [from, to] = next?.map ?? [map[1], map[1]];
        changes.push([from, to, printed === '' ? [] : [...next === null ? [''] : [], '```text', ...printed.trimEnd().split('\n'), '```']]);
      } else if (language !== 'text') wrong.push(`Line ${map[0] + 1}: what is ${info} for?`);
    }
    assert.ok(count > 0, 'A recipe has something to run.');
    if (process.env.UPDATE !== undefined) {
      for (const [from, to, text] of changes.reverse()) lines.splice(from, to - from, ...text);
      writeFileSync(path, lines.join('\n'));
      stale.length = 0;
    }
    assert.deepEqual([...wrong, ...stale], []);
  });
}
