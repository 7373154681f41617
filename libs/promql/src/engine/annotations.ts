import type { Position } from '../ast.js';
import { lineAndColumn } from '../parser/parse-error.js';
import type { Notes } from '../functions/function-kinds.js';

/** Warnings and infos of one query. Each text is said once, with the place that said it last, as Prometheus does. */
export class Annotations {
  readonly #warnings = new Map<string, Position>();
  readonly #infos = new Map<string, Position>();

  at(position: Position): Notes {
    return { warn: (text) => void this.#warnings.set(text, position), info: (text) => void this.#infos.set(text, position) };
  }

  warnings(query: string): string[] {
    return texts('PromQL warning', this.#warnings, query);
  }

  infos(query: string): string[] {
    return texts('PromQL info', this.#infos, query);
  }
}

function texts(prefix: string, notes: ReadonlyMap<string, Position>, query: string): string[] {
  return [...notes].map(([text, position]) => `${prefix}: ${text} (${lineAndColumn(query, position.from)})`);
}
