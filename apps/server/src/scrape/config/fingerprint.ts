import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { Secret } from '../secret.js';

/** A short text that two values share only when they are equal, secrets included, of which it tells nothing. For plain data, maps and secrets; the order of maps counts. */
export function fingerprint(value: unknown): string {
  const hash = createHash('sha256');
  feed(hash, value);
  return hash.digest('base64url').slice(0, 22);
}

function feed(hash: Hash, value: unknown): void {
  if (value instanceof Secret) feedText(hash, 'secret', value.reveal());
  else if (value instanceof Map) feedList(hash, 'map', [...value].flat());
  else if (Array.isArray(value)) feedList(hash, 'list', value);
  else if (typeof value === 'object' && value !== null) feedList(hash, 'record', Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).flat());
  else feedText(hash, typeof value, String(value));
}

function feedText(hash: Hash, type: string, text: string): void {
  hash.update(`${type} ${text.length} ${text}`);
}

function feedList(hash: Hash, type: string, values: readonly unknown[]): void {
  hash.update(`${type} ${values.length} `);
  for (const value of values) feed(hash, value);
}
