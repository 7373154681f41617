import type { Position } from '../ast.js';
import { QueryError } from '../query-error.js';

const utf8 = new TextEncoder();

/** `line:column` as Prometheus counts them: from 1, columns in bytes of UTF-8. */
export function lineAndColumn(query: string, offset: number): string {
  if (query === '') return 'unknown position';
  const lines = query.slice(0, offset).split('\n');
  return `${lines.length}:${utf8.encode(lines.at(-1)!).length + 1}`;
}

export function parseError(query: string, position: Position, message: string): QueryError {
  return new QueryError('bad_data', `${lineAndColumn(query, position.from)}: parse error: ${message}`, position);
}
