/** Where in a query an error is: offsets in UTF-16, `to` beyond the last character. */
export interface ErrorPosition {
  readonly from: number;
  readonly to: number;
}

const LINE_AND_COLUMN = /(?:^|[\s(])(\d+):(\d+)(?::|\))/;
const WORD = /[a-zA-Z0-9_:]+/y;

/** The place that an error, a warning or an info of Prometheus names as `line:column`, from 1 and with columns in bytes of UTF-8; null when it names none in this query. */
export function errorPosition(query: string, message: string): ErrorPosition | null {
  const found = LINE_AND_COLUMN.exec(message);
  if (found === null) return null;
  const [line, column] = [Number(found[1]), Number(found[2])];
  const lines = query.split('\n');
  const text = lines[line - 1];
  if (text === undefined) return null;
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const inLine = charactersIn(text, column - 1);
  return inLine === null ? null : wordAt(query, before + inLine);
}

/** How many UTF-16 units of the line its first `bytes` are; null when it is shorter. */
function charactersIn(line: string, bytes: number): number | null {
  const encoded = new TextEncoder().encode(line);
  return bytes < 0 || bytes > encoded.length ? null : new TextDecoder().decode(encoded.subarray(0, bytes)).length;
}

/** The word that begins there or one character, so that there is something to underline; at the very end the character before. */
function wordAt(query: string, at: number): ErrorPosition {
  if (at >= query.length) return { from: Math.max(0, query.length - 1), to: query.length };
  WORD.lastIndex = at;
  return { from: at, to: at + Math.max(1, WORD.exec(query)?.[0].length ?? 1) };
}
