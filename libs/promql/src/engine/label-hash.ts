import type { Labels } from '#metrics';
import { xxhash64 } from './xxhash64.js';

const LONG = 255;
const TWO_TO_64 = 2 ** 64;

/** Where a series lies between 0 and 1, the same in every query and in Prometheus: its labels' hash as a part of all hashes. */
export function labelsPosition(labels: Labels): number {
  return Number(xxhash64(encodeLabels(labels))) / TWO_TO_64;
}

/** Prometheus' packed labels (model/labels, the stringlabels build): each name and value behind its length, one byte, or 255 and three bytes little-endian. */
function encodeLabels(labels: Labels): Uint8Array {
  const encoder = new TextEncoder();
  const parts = labels.flatMap(({ name, value }) => [encoder.encode(name), encoder.encode(value)]);
  const bytes: number[] = [];
  for (const part of parts) {
    if (part.length < LONG) bytes.push(part.length);
    else bytes.push(LONG, part.length & 0xff, (part.length >> 8) & 0xff, part.length >> 16);
    for (const byte of part) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
