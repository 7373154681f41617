import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../support/project-root.js';

export const EXCHANGES = join(PROJECT_ROOT, 'test/conformance/toxiproxy/exchanges');

/** The headers of an answer that clients read. One that is missing here must be missing there. */
export const COMPARED_HEADERS = ['content-type', 'x-content-type-options', 'x-toxiproxy-request-id', 'location', 'allow'] as const;

/** Texts may hold placeholders: see template.ts. */
export interface Expected {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request and what a real Toxiproxy answered. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body of bytes that are no text, one Latin-1 character each. */
  readonly bytes?: string;
  /** These lines are in the body, in place of the whole body: for pages whose other numbers are anybody's. Asked again until they are. */
  readonly contains?: readonly string[];
  readonly expect?: Expected;
  /** Where Faultline answers otherwise on purpose. */
  readonly differs?: { readonly reason: string; readonly expect: Expected };
}

/** Sends bytes through a proxy to a server that echoes them, and closes. */
export interface Traffic {
  readonly traffic: { readonly port: string; readonly bytes: number };
}
export type Step = Exchange | Traffic;

/** Steps that build on each other, beginning without any proxy. */
export interface Recording {
  readonly about: string;
  readonly steps: readonly Step[];
}

export async function recordingNames(): Promise<string[]> {
  const files = await readdir(EXCHANGES);
  return files.filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', '')).sort();
}

export async function readRecording(name: string): Promise<Recording> {
  return JSON.parse(await readFile(join(EXCHANGES, `${name}.json`), 'utf8')) as Recording;
}
