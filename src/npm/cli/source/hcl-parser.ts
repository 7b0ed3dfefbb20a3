// The parser of HCL, a file of its own in the package that is loaded for files of Terraform only: tree-sitter and its
// grammar are modules of WebAssembly.
import { Language, type Node, Parser } from 'web-tree-sitter';
import grammar from '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm';
import runtime from 'web-tree-sitter/web-tree-sitter.wasm';

export type { Node };

let ready: Promise<Parser> | undefined;

/** What `use` makes of the tree of a text, which does not outlive the call. */
export async function withTree<T>(source: string, use: (root: Node) => T): Promise<T> {
  ready ??= started();
  const tree = (await ready).parse(source);
  if (tree === null) throw new Error('tree-sitter has no language.');
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
