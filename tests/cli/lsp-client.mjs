// Drives the language server as an editor does: over its protocol, in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import protocol from 'vscode-languageserver-protocol/node';
import { ROOT } from '../../scripts/env.mjs';

/** `folders` are those of the workspace, as URIs; `capabilities` those of the editor. */
export async function started({ folders = [], capabilities: own = {} } = {}) {
  const server = spawn(process.execPath, ['-e', `require(${JSON.stringify(join(ROOT, 'dist/lsp.cjs'))}).run()`], { stdio: ['pipe', 'pipe', 'pipe'] });
  const complaints = [];
  server.stderr.on('data', (text) => complaints.push(String(text)));
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout), new protocol.StreamMessageWriter(server.stdin));
  const told = new Map();
  const last = new Map();
  const wishes = [];
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    last.set(params.uri, params.diagnostics);
    for (const wish of wishes.splice(0)) if (!wish()) wishes.push(wish);
    const key = `${params.uri} ${params.version}`;
    const waiting = told.get(key);
    if (typeof waiting !== 'function') told.set(key, params.diagnostics);
    else {
      told.delete(key);
      waiting(params.diagnostics);
    }
  });
  const registered = [];
  connection.onRequest('client/registerCapability', ({ registrations }) => { registered.push(...registrations); });
  connection.listen();
  const { capabilities } = await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: null, capabilities: own, workspaceFolders: folders.length === 0 ? null : folders.map((uri) => ({ uri, name: uri })),
  });
  await connection.sendNotification('initialized', {});
  return {
    connection, capabilities, complaints, registered,
    kill: () => server.kill(),
    /** What is told of a version of a text, each time once; undefined is the version of what is not open. */
    diagnostics: (uri, version) => new Promise((resolve) => {
      const key = `${uri} ${version}`;
      const known = told.get(key);
      told.delete(key);
      if (Array.isArray(known)) resolve(known);
      else told.set(key, resolve);
    }),
    /** What is told of a file as soon as it is as it should be. */
    toldOf: (uri, is) => new Promise((resolve) => {
      const wish = () => {
        const told = last.get(uri);
        if (told === undefined || !is(told)) return false;
        resolve(told);
        return true;
      };
      if (!wish()) wishes.push(wish);
    }),
    open: (uri, text, languageId = 'json') => connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    /** What is offered where `‸` stands in a text. */
    async complete(uri, marked) {
      const at = marked.indexOf('‸');
      const before = marked.slice(0, at);
      const text = before + marked.slice(at + 1);
      await this.open(uri, text);
      const position = { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
      const items = await connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
      await this.close(uri);
      return { items, text, position };
    },
    async stop() {
      await connection.sendRequest('shutdown');
      const ended = once(server, 'exit');
      await connection.sendNotification('exit');
      return ended;
    },
  };
}
