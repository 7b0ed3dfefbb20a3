// Makes www/dist/docs, the documentation, beside the page: from the rule pages of tests/, the types of the package, the schema
// of its options, the help of its command line, and what docs/ has in Markdown.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { callPages, places } from './docs/calls.mjs';
import { checkPages } from './docs/checks.mjs';
import { commandPages } from './docs/commands.mjs';
import { declarations } from './docs/declarations.mjs';
import { OUT, docFiles } from './docs/files.mjs';
import { framed } from './docs/frame.mjs';
import { homePage } from './docs/home.mjs';
import { listPages } from './docs/lists.mjs';
import { guidePages, recipePages } from './docs/markdown.mjs';
import { optionPages, pageOf, rootsOf } from './docs/options.mjs';
import { raw } from './docs/html.mjs';
import { sources } from './docs/sources.mjs';
import { ROOT } from './env.mjs';

export async function docs() {
  const known = await sources();
  const declared = declarations();
  const roots = rootsOf(declared);
  const placeOf = places(declared, new Map(roots.map((root) => [root.type, pageOf(root)])));
  const parts = [
    recipePages(), guidePages(listPages(known)), checkPages(known), callPages(declared, placeOf),
    optionPages(known, roots, declared.types, placeOf), commandPages(known),
  ];
  const pages = [homePage(parts), ...parts.flat()];
  const files = new Set([...pages.map(({ path }) => path), 'docs.css']);
  if (files.size <= pages.length) throw new Error('Two pages of the documentation have one address.');
  mkdirSync(OUT, { recursive: true });
  for (const name of docFiles()) if (!files.has(name)) rmSync(join(OUT, name));
  const frame = { gate: raw(known.gate), version: known.version, date: known.date };
  let bytes = 0;
  for (const page of pages) {
    const text = framed(page, frame);
    mkdirSync(dirname(join(OUT, page.path)), { recursive: true });
    writeFileSync(join(OUT, page.path), text);
    bytes += Buffer.byteLength(text);
  }
  cpSync(join(ROOT, 'www', 'docs.css'), join(OUT, 'docs.css'));
  console.log(`  docs: ${pages.length} pages, ${bytes} bytes`);
}
