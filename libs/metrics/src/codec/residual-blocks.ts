/*
 * Small whole numbers in blocks, each block by the numbers that are in it:
 *   log2 of the block's length       a byte
 *   of each block: a byte, form in its two highest bits and Rice parameter below; then, signed, its base as the difference to the base before
 *   the numbers' Rice codes          bits
 * FORM: all are the base; base and more; about the base on both sides, zigzag.
 */
import type { BitBytes } from './bit-bytes.js';
import { BitWriter } from './bit-writer.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { MAX_PARAMETER, bestRiceParameter, readRice, writeRice } from './rice-code.js';

const FORM = { constant: 0, above: 1, about: 2 } as const;
type Form = (typeof FORM)[keyof typeof FORM];
const PARAMETER_BITS = 6;
// What a rate that changes every few minutes needs, at one sample in 15 s, and what a steady one does.
const LENGTHS_LOG2 = [6, 9] as const;
const LEAST_LENGTH_LOG2 = 6;
const MOST_LENGTH_LOG2 = 20;
/** Residuals are within this of 0, so that no difference to a base nor its zigzag is beyond what a number has. */
export const MAX_RESIDUAL = 2 ** 51;

interface BlockShape {
  readonly form: Form;
  readonly base: number;
  /** Of the numbers as they are written. */
  readonly sum: number;
}

interface BlockCode extends BlockShape {
  readonly parameter: number;
}

export interface BlockPlan {
  readonly lengthLog2: number;
  readonly codes: readonly BlockCode[];
  readonly bits: number;
}

/** Numbers are weighed in memory that is kept, as long as the longest column so far. */
export class ResidualBlocks {
  #folded = new Float64Array(0);

  plan(residuals: Float64Array): BlockPlan {
    if (this.#folded.length < residuals.length) this.#folded = new Float64Array(residuals.length);
    let best: { readonly lengthLog2: number; readonly shapes: readonly BlockShape[]; readonly bits: number } | null = null;
    for (const lengthLog2 of LENGTHS_LOG2) {
      const shapes = shapesOf(residuals, 2 ** lengthLog2);
      const bits = likelyBits(shapes, residuals.length, 2 ** lengthLog2);
      if (best === null || bits < best.bits) best = { lengthLog2, shapes, bits };
      if (residuals.length <= 2 ** lengthLog2) break;
    }
    return this.#planWith(residuals, best!.lengthLog2, best!.shapes);
  }

  #planWith(residuals: Float64Array, lengthLog2: number, shapes: readonly BlockShape[]): BlockPlan {
    let bits = 0;
    const codes = shapes.map((shape, block) => {
      const numbers = residuals.subarray(block << lengthLog2, (block + 1) << lengthLog2);
      bits += headerBits(shape.base);
      if (shape.form === FORM.constant) return { ...shape, parameter: 0 };
      fold(numbers, shape, this.#folded);
      const choice = bestRiceParameter(this.#folded, numbers.length, shape.sum);
      bits += choice.bits;
      return { ...shape, parameter: choice.parameter };
    });
    return { lengthLog2, codes, bits };
  }

  write(writer: ByteWriter, residuals: Float64Array, { lengthLog2, codes, bits }: BlockPlan): void {
    writer.byte(lengthLog2);
    let baseBefore = 0;
    for (const { form, base, parameter } of codes) {
      writer.byte((form << PARAMETER_BITS) | parameter);
      writer.signed(base - baseBefore);
      baseBefore = base;
    }
    writer.reserve(Math.ceil(bits / 8) + 1);
    const bitWriter = new BitWriter(writer);
    codes.forEach((code, block) => {
      if (code.form === FORM.constant) return;
      const numbers = residuals.subarray(block << lengthLog2, (block + 1) << lengthLog2);
      fold(numbers, code, this.#folded);
      writeRice(bitWriter, this.#folded, numbers.length, code.parameter);
    });
    bitWriter.end();
  }
}

function shapesOf(residuals: Float64Array, length: number): readonly BlockShape[] {
  const shapes: BlockShape[] = [];
  for (let from = 0; from < residuals.length; from += length) shapes.push(shapeOf(residuals, from, Math.min(from + length, residuals.length)));
  return shapes;
}

/** Of the two forms the one with the smaller numbers. */
function shapeOf(residuals: Float64Array, from: number, to: number): BlockShape {
  let least = Infinity;
  let most = -Infinity;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const residual = residuals[i]!;
    if (residual < least) least = residual;
    if (residual > most) most = residual;
    sum += residual;
  }
  if (least === most) return { form: FORM.constant, base: least, sum: 0 };
  // Rounding errors of a large sum could carry the mean away from what it is the mean of.
  const mean = Math.min(Math.max(Math.round(sum / (to - from)), least), most);
  const sumAbove = sum - (to - from) * least;
  let deviation = 0;
  for (let i = from; i < to; i++) deviation += Math.abs(residuals[i]! - mean);
  return sumAbove <= 2 * deviation ? { form: FORM.above, base: least, sum: sumAbove } : { form: FORM.about, base: mean, sum: 2 * deviation };
}

/** About what the plan for these will come to, for a fraction of its cost. */
export function likelyBlockBits(residuals: Float64Array): number {
  const length = 2 ** LENGTHS_LOG2[0];
  return likelyBits(shapesOf(residuals, length), residuals.length, length);
}

/** Not what it will be to the bit, but good to compare lengths with. */
function likelyBits(shapes: readonly BlockShape[], count: number, length: number): number {
  let bits = 0;
  shapes.forEach(({ form, base, sum }, block) => {
    const numbers = Math.min(length, count - block * length);
    bits += headerBits(base) + (form === FORM.constant ? 0 : numbers * (1 + Math.log2(1 + sum / numbers)));
  });
  return bits;
}

/** Makes numbers from 0 upwards. */
function fold(residuals: Float64Array, { form, base }: BlockShape, into: Float64Array): void {
  if (form === FORM.above) for (let i = 0; i < residuals.length; i++) into[i] = residuals[i]! - base;
  else {
    for (let i = 0; i < residuals.length; i++) {
      const difference = residuals[i]! - base;
      into[i] = difference < 0 ? -2 * difference - 1 : 2 * difference;
    }
  }
}

function headerBits(base: number): number {
  return 8 * (2 + Math.log2(Math.abs(base) + 1) / 7);
}

/** Fills `into`. Throws CodecError. */
export function readBlocks(source: BitBytes, into: Float64Array): void {
  const lengthLog2 = source.byte();
  if (lengthLog2 < LEAST_LENGTH_LOG2 || lengthLog2 > MOST_LENGTH_LOG2) throw malformed(`blocks are 2^${lengthLog2} numbers long`);
  const length = 2 ** lengthLog2;
  const codes: { readonly form: number; readonly parameter: number; readonly base: number }[] = [];
  let base = 0;
  for (let from = 0; from < into.length; from += length) {
    const header = source.byte();
    const form = header >>> PARAMETER_BITS;
    const parameter = header & ((1 << PARAMETER_BITS) - 1);
    if (form > FORM.about || parameter > MAX_PARAMETER) throw malformed(`a block begins with ${header}`);
    base += source.signed();
    codes.push({ form, parameter, base });
  }
  let position = 8 * source.at;
  codes.forEach((code, block) => {
    const numbers = into.subarray(block * length, (block + 1) * length);
    if (code.form === FORM.constant) numbers.fill(code.base);
    else position = readRice(source, position, code.parameter, numbers);
    unfold(numbers, code.form, code.base);
  });
  source.endBits(position);
}

function unfold(numbers: Float64Array, form: number, base: number): void {
  if (form === FORM.above && base !== 0) for (let i = 0; i < numbers.length; i++) numbers[i]! += base;
  else if (form === FORM.about) {
    for (let i = 0; i < numbers.length; i++) {
      const folded = numbers[i]!;
      const half = Math.floor(folded / 2);
      numbers[i] = base + (2 * half === folded ? half : -half - 1);
    }
  }
}
