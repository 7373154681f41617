import { randomBytes } from 'node:crypto';
import { ExpositionReader } from '#metrics';
import type { ExpositionFormat, ExpositionReceiver } from '#metrics';

/**
 * Reads a body line by line. Throws an ExpositionError at the first line that cannot be read: what came before it has then been received already.
 * Line keys of one function can be compared with each other, over all bodies.
 */
export type ReadExposition = (body: Uint8Array, format: ExpositionFormat, receiver: ExpositionReceiver) => void;

/** The reader of this process: no target can know which lines would get the same key. */
export function expositionReader(): ReadExposition {
  const seed = randomBytes(8);
  const reader = new ExpositionReader({ seed: { low: seed.readInt32LE(0), high: seed.readInt32LE(4) } });
  return (body, format, receiver) => reader.read(body, format, receiver);
}
