// The configurations of the open files, as `postern check` reads them: the nearest one from the file upwards, within its folder of
// the workspace. A file that changed is read anew; while one is broken, what it said before holds.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { findNodeAtLocation } from 'jsonc-parser';
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { NAME, type ReadConfig, configIn, placesAbove, readConfig } from '../check/config.js';
import type { Config } from '../check/settings.js';
import { readFound } from '../files/read.js';
import { treeOf } from '../source/json.js';

export const isConfig = (path: string | null): boolean => path !== null && basename(path) === NAME;

interface Known extends ReadConfig {
  stamp: string | null;
  /** The last one without a mistake. */
  good: Config | null;
}

export class Configs {
  readonly #known = new Map<string, Known>();

  /** `onRead` is called with each file that was read or that is gone. */
  constructor(readonly folders: readonly string[], readonly onRead: (path: string, mistakes: readonly string[]) => void) {}

  async for(path: string | null): Promise<Config | null> {
    if (path === null) return null;
    const [own = null] = this.folders.filter((folder) => !relative(folder, path).startsWith('..')).sort((a, b) => b.length - a.length);
    const nearest = placesAbove(dirname(path), own).find((place) => existsSync(place));
    return nearest === undefined ? null : this.#read(nearest);
  }

  /** Looks again at all that were read; one that was not there is found when it is asked for. */
  async refresh(): Promise<void> {
    for (const path of this.#known.keys()) await this.#read(path);
  }

  mistakesIn(path: string): readonly string[] {
    return this.#known.get(path)?.mistakes ?? [];
  }

  async #read(path: string): Promise<Config | null> {
    const before = this.#known.get(path);
    const stamp = stampOf(path);
    if (before?.stamp === stamp) return before.good;
    if (stamp === null) {
      this.#known.delete(path);
      this.onRead(path, []);
      return null;
    }
    const read = await readConfig(path);
    const good = read.config ?? before?.good ?? null;
    this.#known.set(path, { ...read, stamp, good });
    this.onRead(path, read.mistakes);
    return good;
  }
}

function stampOf(path: string): string | null {
  const about = statSync(path, { throwIfNoEntry: false });
  return about === undefined ? null : `${about.mtimeMs} ${about.size} ${about.ino}`;
}

/** What is wrong with a configuration in an editor, or with the file as it is. */
export const diagnosticsOfConfig = (path: string, document: TextDocument): Diagnostic[] => diagnosticsFor(configIn(path, document.getText()).mistakes, document);

export async function diagnosticsOfFile(path: string, uri: string, mistakes: readonly string[]): Promise<Diagnostic[]> {
  const text = mistakes.length === 0 ? '' : await readFound(path).catch(() => '');
  return diagnosticsFor(mistakes, TextDocument.create(uri, 'json', 0, text));
}

function diagnosticsFor(mistakes: readonly string[], document: TextDocument): Diagnostic[] {
  return mistakes.map((mistake) => {
    const [, line, column, message = mistake] = /^(\d+):(\d+): (.*)$/s.exec(mistake) ?? [];
    const range = line === undefined ? placeOf(mistake, document) : at(Number(line) - 1, Number(column) - 1);
    return { range, severity: DiagnosticSeverity.Error, source: 'postern', message };
  });
}

const at = (line: number, character: number): Range => ({ start: { line, character }, end: { line, character } });

/** Of what `suppressions[0].code` names, or of what is around it where that is missing. */
function placeOf(mistake: string, document: TextDocument): Range {
  const root = treeOf(document.getText());
  const steps = Array.from(/^[\w.[\]]*/.exec(mistake)![0].matchAll(/\w+/g), ([step]) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0 && root !== undefined; length -= 1) {
    const node = findNodeAtLocation(root, steps.slice(0, length));
    if (node !== undefined) return { start: document.positionAt(node.offset), end: document.positionAt(node.offset + node.length) };
  }
  return at(0, 0);
}
