// The parser of HCL, a file of its own in the package that is loaded for files of Terraform only: tree-sitter and its
// grammar are modules of WebAssembly.
import { Language, type Node, Parser } from 'web-tree-sitter';
import grammar from '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm';
import runtime from 'web-tree-sitter/web-tree-sitter.wasm';

export type { Node };

let ready: Promise<Parser> | undefined;

/**
 * In milliseconds. Files of Terraform take a few; the parser takes the square of the length for some texts that are none, such
 * as thousands of blank lines within an expression, and nothing but the time tells which.
 */
const LONGEST = 10_000;

/** Texts in which no end was found; some are read several times. */
const ENDLESS = new Set<string>();

/** What `use` makes of the tree of a text, which does not outlive the call; null where the parser does not come to an end. */
export async function withTree<T>(source: string, use: (root: Node) => T): Promise<T | null> {
  ready ??= started();
  if (ENDLESS.has(source)) return null;
  const parser = await ready;
  const end = performance.now() + LONGEST;
  const tree = parser.parse(source, null, { progressCallback: () => performance.now() > end });
  if (tree === null) {
    parser.reset();
    ENDLESS.add(source);
    return null;
  }
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

async function started(): Promise<Parser> {
  // Nothing is fetched: the bytes stand in the file.
  await Parser.init({ wasmBinary: runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return parser;
}
