import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { z } from 'zod';

/** Hands on each line that is what the schema says. Both ends are of one version, so another line is a cut one: the writer died in the middle of it. */
export function readJsonLines<T>(stream: Readable, schema: z.ZodType<T>, act: (value: T) => void): void {
  createInterface({ input: stream }).on('line', (line) => {
    const value = parse(line, schema);
    if (value !== null) act(value);
  });
}

function parse<T>(line: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
