import type { HeaderMap, RequestFacts, ResponseFacts } from '#faults';
import { normalPath } from './normal-path.js';

/** What rules are told of a request. Worked out from the raw head only when a rule looks, and once. */
export class RequestHead implements RequestFacts {
  private readonly lines: readonly string[];
  private normal: string | null = null;
  private map: HeaderMap | null = null;

  constructor(head: Buffer) {
    this.lines = head.toString('latin1').split('\r\n');
  }

  get method(): string {
    return this.requestLine[0] ?? '';
  }
  get target(): string {
    return this.requestLine[1] ?? '';
  }
  get path(): string {
    return (this.normal ??= this.method === 'CONNECT' ? '' : normalPath(this.target));
  }
  get headers(): HeaderMap {
    return (this.map ??= headerMap(this.lines));
  }

  private get requestLine(): readonly string[] {
    return (this.lines[0] ?? '').split(' ');
  }
}

/** What rules are told of a response, likewise. */
export class ResponseHead implements ResponseFacts {
  private readonly lines: readonly string[];
  private map: HeaderMap | null = null;

  constructor(
    head: Buffer,
    readonly status: number,
  ) {
    this.lines = head.toString('latin1').split('\r\n');
  }

  get headers(): HeaderMap {
    return (this.map ??= headerMap(this.lines));
  }
}

/** The lower-case name of a header line. The scanner has let only lines with a proper name through. */
export function headerName(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}

function headerMap(lines: readonly string[]): HeaderMap {
  const map = new Map<string, string[]>();
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const name = headerName(line);
    const value = line.slice(name.length + 1).replace(/^[ \t]+|[ \t]+$/g, '');
    const values = map.get(name);
    if (values === undefined) map.set(name, [value]);
    else values.push(value);
  }
  return map;
}
