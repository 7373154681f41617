import type { Labels } from './labels.js';
import { md5 } from './md5.js';

const UTF8 = new TextEncoder();
// This byte stands in no UTF-8 text, so two sets cannot spell the same bytes.
const SEPARATOR = 0xff;

/** The identity of a series in 16 bytes, the same in every process and version: MD5 of its names and values in their order, 0xFF after each. */
export function labelsHash(labels: Labels): Uint8Array<ArrayBuffer> {
  let units = 0;
  for (const { name, value } of labels) units += name.length + value.length;
  // A UTF-16 unit takes at most three bytes.
  const bytes = new Uint8Array(3 * units + 2 * labels.length);
  let at = 0;
  for (const { name, value } of labels) {
    at += UTF8.encodeInto(name, bytes.subarray(at)).written;
    bytes[at++] = SEPARATOR;
    at += UTF8.encodeInto(value, bytes.subarray(at)).written;
    bytes[at++] = SEPARATOR;
  }
  return md5(bytes.subarray(0, at));
}
