// `postern lsp`: a language server over standard input and output, for policies wherever they stand.
import { pathToFileURL } from 'node:url';
import {
  type Connection, type DataCallback, type Disposable, CodeActionKind, DidChangeWatchedFilesNotification, ProposedFeatures, StreamMessageReader,
  StreamMessageWriter, TextDocumentSyncKind, TextDocuments, createConnection,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { actionsFor } from './lsp/actions.js';
import { NAME } from './check/config.js';
import { completions } from './lsp/completion.js';
import { Configs, diagnosticsOfConfig, diagnosticsOfFile, isConfig } from './lsp/config.js';
import { diagnosticsOf } from './lsp/diagnostics.js';
import { hoverAt } from './lsp/hover.js';
import { type Checked, checked } from './lsp/policies.js';
import { pathOf } from './lsp/uri.js';

/** How long a text must rest before it is checked, in milliseconds. */
const REST = 150;

/** The command: answers until the client says `exit` or goes away. Who does not speak the protocol at all is told so. */
export function run(): Promise<number> {
  return new Promise((resolve) => {
    const messages = new Messages((why, isFirst) => {
      process.stderr.write(isFirst ? `postern: Standard input does not speak the Language Server Protocol: ${why}. Editors start "postern lsp"; docs/editors.md tells how.\n`
        : `postern: A message was passed over: ${why}.\n`);
      if (!isFirst) return;
      resolve(2);
      process.stdin.destroy();
    });
    const connection = createConnection(ProposedFeatures.all, messages, new StreamMessageWriter(process.stdout));
    serve(connection);
    connection.onExit(() => resolve(0));
    connection.listen();
  });
}

/** What comes in. What is no message is passed over: the library fails at it when nobody listens any more. */
class Messages extends StreamMessageReader {
  #isFirst = true;
  #isRefused = false;
  readonly #onOther: (why: string, isFirst: boolean) => void;

  constructor(onOther: (why: string, isFirst: boolean) => void) {
    super(process.stdin);
    this.#onOther = onOther;
    this.onError(({ message }) => { this.#passOver(message.replace(/\s+/g, ' ').replace(/\.$/, '')); });
    // What came before the end is read one turn later.
    process.stdin.once('end', () => setImmediate(() => { if (this.#isFirst) this.#passOver('it ends before the first message'); }));
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message: unknown) => {
      const { jsonrpc, method, id } = (message ?? {}) as Record<string, unknown>;
      if (jsonrpc !== '2.0' || (typeof method !== 'string' && id === undefined)) {
        this.#passOver('it is JSON, and no message of JSON-RPC 2.0');
        return;
      }
      this.#isFirst = false;
      callback(message as Parameters<DataCallback>[0]);
    });
  }

  #passOver(why: string): void {
    if (!this.#isRefused) this.#onOther(why, this.#isFirst);
    this.#isRefused = this.#isFirst;
  }
}

function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const results = new Map<string, Promise<Checked>>();
  const waiting = new Map<string, NodeJS.Timeout>();
  let configs = new Configs([], tellOfConfig);
  let watches = false;

  /** What is known of a text as it is now; it is checked once for each version of it and of its configuration. */
  async function current(uri: string): Promise<[TextDocument, Checked] | null> {
    const config = await configs.for(pathOf(uri));
    let running = results.get(uri);
    let known = await running;
    // Somebody else may have asked for the text as it is now while this was waited for.
    while (results.get(uri) !== running) {
      running = results.get(uri);
      known = await running;
    }
    // It may have been closed meanwhile, and opened again as another one.
    const document = documents.get(uri);
    if (document === undefined) return null;
    if (known?.version === document.version && known.config === config) return [document, known];
    const result = checked(document, config);
    results.set(uri, result);
    return [document, await result];
  }

  async function publish(uri: string): Promise<void> {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    const [path, config] = [pathOf(uri), documents.get(uri)];
    if (path !== null && isConfig(path) && config !== undefined) {
      await connection.sendDiagnostics({ uri, version: config.version, diagnostics: diagnosticsOfConfig(path, config) });
      return;
    }
    const now = await current(uri);
    // Another change may have come meanwhile, or the text may be closed.
    if (now === null || documents.get(uri)?.version !== now[1].version) return;
    await connection.sendDiagnostics({ uri, version: now[1].version, diagnostics: diagnosticsOf(...now) });
  }

  /** Of a configuration that is open the text in the editor is told of. */
  function tellOfConfig(path: string, mistakes: readonly string[]): void {
    if (documents.all().some(({ uri }) => pathOf(uri) === path)) return;
    const uri = pathToFileURL(path).href;
    void diagnosticsOfFile(path, uri, mistakes).then((diagnostics) => connection.sendDiagnostics({ uri, diagnostics }));
  }

  async function readConfigsAnew(): Promise<void> {
    await configs.refresh();
    await Promise.all(documents.all().map(({ uri }) => publish(uri)));
  }

  connection.onInitialize(({ workspaceFolders, rootUri, capabilities }) => {
    const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
    configs = new Configs(folders.flatMap((uri) => pathOf(uri) ?? []), tellOfConfig);
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return {
      serverInfo: { name: 'postern' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['"', "'", ':'] },
      },
    };
  });
  connection.onInitialized(() => {
    // Without it a configuration is looked at when a text beside it is checked again.
    if (watches) connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: `**/${NAME}` }] }).catch(() => undefined);
  });
  connection.onDidChangeWatchedFiles(readConfigsAnew);
  documents.onDidSave(({ document: { uri } }) => { if (isConfig(pathOf(uri))) void readConfigsAnew(); });
  documents.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.set(uri, setTimeout(() => { void publish(uri); }, REST));
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    results.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    const path = pathOf(uri);
    if (path !== null && isConfig(path)) tellOfConfig(path, configs.mistakesIn(path));
  });
  connection.onCodeAction(async ({ textDocument: { uri }, range, context }) => {
    const now = await current(uri);
    return now === null ? [] : actionsFor(...now, range, context.only);
  });
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const now = await current(uri);
    return now === null ? null : hoverAt(...now, position);
  });
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    return document === undefined ? [] : completions(document, position);
  });
  documents.listen(connection);
}
