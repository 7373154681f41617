import { HIGH, LOW, boxFloat, floatWords } from './float-words.js';

const TWO_32 = 2 ** 32;

/**
 * Seen as whole numbers of 64 bits, neighbouring floats of one sign are as far apart as there are floats between them. Puts the distance of each value to the one
 * before it into `steps`, one less than there are values; a distance beyond 2^53 is not exact.
 */
export function bitSteps(values: Float64Array, steps: Float64Array): void {
  boxFloat(values[0]!);
  let low = floatWords[LOW]! >>> 0;
  let high = floatWords[HIGH]!;
  for (let i = 1; i < values.length; i++) {
    boxFloat(values[i]!);
    const nextLow = floatWords[LOW]! >>> 0;
    const nextHigh = floatWords[HIGH]!;
    steps[i - 1] = (nextHigh - high) * TWO_32 + (nextLow - low);
    low = nextLow;
    high = nextHigh;
  }
}

/** The reverse: `values` holds the first value and behind it the steps, `unit` times smaller than they are. */
export function valuesOfBitSteps(values: Float64Array, unit: number): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  let low = words[LOW]! >>> 0;
  let high = words[HIGH]!;
  for (let i = 1; i < values.length; i++) {
    const step = values[i]! * unit;
    const highStep = Math.floor(step / TWO_32);
    low += step - highStep * TWO_32;
    high += highStep;
    if (low >= TWO_32) {
      low -= TWO_32;
      high += 1;
    }
    words[2 * i + LOW] = low;
    words[2 * i + HIGH] = high;
  }
}
