import { FRAMING_HEADERS } from '#contracts';
import type { HeaderEdit } from '#faults';
import { headerName } from './head-facts.js';

export const FAULT_HEADER = 'X-Faultline-Fault';
const FRAMING: ReadonlySet<string> = new Set(FRAMING_HEADERS);

/**
 * The head with the edits made in their order, and a line that names the faults of `announced`. Every line that is not touched keeps its bytes and
 * its place. What frames the message stays whatever an edit says: the relay has read the body's length from it.
 */
export function editedHead(head: Buffer, edits: readonly HeaderEdit[], announced: readonly string[]): Buffer {
  const [firstLine = '', ...lines] = head.toString('latin1').slice(0, -4).split('\r\n');
  const next = edits.reduce(edited, lines);
  const named = announced.length > 0 ? [announcement(announced)] : [];
  return Buffer.from(`${[firstLine, ...next, ...named].join('\r\n')}\r\n\r\n`, 'latin1');
}

/** `X-Faultline-Fault: id, id`. Its own line, so that the names given by a proxy further on stay. */
export function announcement(faultIds: readonly string[]): string {
  return `${FAULT_HEADER}: ${faultIds.join(', ')}`;
}

function edited(lines: readonly string[], { remove, set }: HeaderEdit): string[] {
  const gone = new Set(remove.map((name) => name.toLowerCase()).filter((name) => !FRAMING.has(name)));
  let next = lines.filter((line) => !gone.has(headerName(line)));
  for (const { name, value } of set) if (!FRAMING.has(name.toLowerCase())) next = replaced(next, name, value);
  return next;
}

/** The new value stands where the first of its name stood. */
function replaced(lines: readonly string[], name: string, value: string): string[] {
  const wanted = name.toLowerCase();
  const place = lines.findIndex((line) => headerName(line) === wanted);
  if (place === -1) return [...lines, `${name}: ${value}`];
  return lines.flatMap((line, i) => (headerName(line) !== wanted ? [line] : i === place ? [`${name}: ${value}`] : []));
}
