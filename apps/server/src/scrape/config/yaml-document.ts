import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Alias, Document, Pair, Scalar, YAMLMap } from 'yaml';
import type { z } from 'zod';
import { ScrapeConfigError } from './config-problem.js';
import type { ConfigProblem } from './config-problem.js';

/** YAML with every scalar as the text it was written as: whether `1.10` or `on` is a number, a switch or a label's value is for the schema to say. */
export type YamlText = null | string | readonly YamlText[] | { readonly [key: string]: YamlText };

export interface YamlDocument {
  readonly root: YamlText;
  /** Of the key at the path, or of what stands around it where there is none. */
  placeOf(path: readonly PropertyKey[]): ConfigProblem['at'];
  /** What a schema found wrong with `root`, at the places in the file. */
  problems(error: z.ZodError): ConfigProblem[];
}

// Aliases of aliases can stand for more than any memory holds; the largest lists of targets stay far below.
const MAX_NODES = 500_000;

/** Throws ScrapeConfigError. */
export function readYaml(file: string, text: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const place = (offset: number): ConfigProblem['at'] => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) throw new ScrapeConfigError(document.errors.map(({ message, pos }) => ({ file, at: place(pos[0]), message })));
  const root = new TextReader(document, (offset, message) => new ScrapeConfigError([{ file, at: place(offset), message }])).read(document.contents);
  const placeOf = (path: readonly PropertyKey[]): ConfigProblem['at'] => place(offsetOf(document, path));
  return {
    root,
    placeOf,
    problems: (error) =>
      error.issues.flatMap((issue) => {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
        if (keys.length === 0) return [{ file, at: placeOf(issue.path), message: `${pathText(issue.path)}${issue.message}` }];
        return keys.map((key) => ({ file, at: placeOf([...issue.path, key]), message: `${pathText(issue.path)}there is no option ${JSON.stringify(key)}` }));
      }),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, part) => (typeof part === 'number' ? `${before}[${part}]` : `${before}${before === '' ? '' : '.'}${String(part)}`), '');
  return text === '' ? '' : `${text}: `;
}

/** Of the key of the deepest place on the path that the text has: what is missing is missing from what stands around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    const resolved = isAlias(node) ? node.resolve(document) : node;
    if (isMap(resolved)) {
      const pair = pairOf(resolved, String(part));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(resolved)) {
      node = resolved.items[Number(part)];
      offset = startOf(node) ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && scalarText(pair.key) === key);
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function scalarText(scalar: Scalar): string | null {
  if (scalar.value === null || scalar.value === undefined) return null;
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
}

class TextReader {
  private nodes = 0;
  private readonly open = new Set<unknown>();
  // To resolve an alias, the library walks the document.
  private readonly resolved = new Map<Alias, unknown>();

  constructor(
    private readonly document: Document,
    private readonly failure: (offset: number, message: string) => Error,
  ) {}

  read(node: unknown): YamlText {
    if (++this.nodes > MAX_NODES) throw this.failure(startOf(node) ?? 0, `The document stands for more than ${MAX_NODES} values.`);
    if (isAlias(node)) return this.within(node, () => this.read(this.resolve(node)));
    if (isScalar(node)) return scalarText(node);
    if (isSeq(node)) return this.within(node, () => node.items.map((item) => this.read(item)));
    if (isMap(node)) return this.within(node, () => this.readMap(node));
    return null;
  }

  private readMap(map: YAMLMap): YamlText {
    const own: [string, YamlText][] = [];
    const merged: [string, YamlText][] = [];
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? scalarText(key) : null;
      if (name === null) throw this.failure(startOf(key) ?? startOf(map) ?? 0, 'A key must be a text.');
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') merged.push(...this.mergedEntries(value));
      else own.push([name, this.read(value)]);
    }
    return Object.fromEntries([...merged, ...own]);
  }

  private resolve(alias: Alias): unknown {
    if (!this.resolved.has(alias)) this.resolved.set(alias, alias.resolve(this.document));
    return this.resolved.get(alias);
  }

  /** Of several maps that are merged in, the first that has a key gives its value. */
  private mergedEntries(value: unknown): [string, YamlText][] {
    const read = this.read(value);
    const maps = Array.isArray(read) ? [...(read as readonly YamlText[])].reverse() : [read];
    return maps.flatMap((map) => (typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.entries(map) : []));
  }

  /** A node that holds itself has no end. */
  private within<T>(node: unknown, read: () => T): T {
    if (this.open.has(node)) throw this.failure(startOf(node) ?? 0, 'An alias stands within what it stands for.');
    this.open.add(node);
    const value = read();
    this.open.delete(node);
    return value;
  }
}
