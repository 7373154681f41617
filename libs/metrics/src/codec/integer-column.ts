/*
 * A column that is whole numbers at heart:
 *   source (column-source.ts), PREDICTOR in bits 5 and 6, bit 7 if sparse      a byte
 *   first number             signed; the eight bytes of the value where the source is its bits
 *   unit                     varint; what follows is so many times smaller
 *   first step               signed, for PREDICTOR.steadyStep
 *   the rest of the numbers, less what is predicted      sparse-residuals.ts or residual-blocks.ts
 * PREDICTOR: every number as the first; as the one before it; further on by as much as the one before it.
 */
import type { BitBytes } from './bit-bytes.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { FLOAT_BITS, toValues, wholeNumbersOf } from './column-source.js';
import { bitSteps, valuesOfBitSteps } from './float-bits.js';
import { HIGH, LOW, boxFloat, floatBox, floatWords } from './float-words.js';
import { MAX_RESIDUAL, ResidualBlocks, likelyBlockBits, readBlocks } from './residual-blocks.js';
import type { BlockPlan } from './residual-blocks.js';
import { planSparse, readSparse, writeSparse } from './sparse-residuals.js';
import type { SparsePlan } from './sparse-residuals.js';

const PREDICTOR = { first: 0, before: 1, steadyStep: 2 } as const;
type Predictor = (typeof PREDICTOR)[keyof typeof PREDICTOR];
const SOURCE_BITS = 5;
const SPARSE = 0x80;
// Three bytes, which most steps are.
const FIRST_STEP_BITS = 24;

interface IntegerPlan {
  readonly source: number;
  readonly predictor: Predictor;
  readonly first: number;
  readonly unit: number;
  readonly firstStep: number;
  /** A view of the encoder's own memory: holds until the next plan. */
  readonly residuals: Float64Array;
  readonly sparse: SparsePlan | null;
  readonly blocks: BlockPlan;
  /** Of the residuals. */
  readonly bits: number;
}

/** Keeps the memory that columns of whole numbers are weighed in. */
export class IntegerColumns {
  readonly #blocks = new ResidualBlocks();
  #whole = new Float64Array(0);
  #offsets = new Float64Array(0);
  #steps = new Float64Array(0);
  #turns = new Float64Array(0);

  /** Of at least two values, not all the same. Null where they are nothing of the kind. */
  plan(values: Float64Array): IntegerPlan | null {
    const count = values.length;
    this.#makeRoom(count);
    const whole = this.#whole.subarray(0, count);
    const steps = this.#steps.subarray(0, count - 1);
    const found = wholeNumbersOf(values, whole);
    const source = found < 0 ? FLOAT_BITS : found;
    if (found < 0) bitSteps(values, steps);
    else for (let i = 1; i < count; i++) steps[i - 1] = whole[i]! - whole[i - 1]!;
    const unit = commonUnit(steps);
    if (unit === 0) return null;
    const first = found < 0 ? values[0]! : whole[0]!;
    return this.#best({ source, first, unit, steps, whole });
  }

  /** By the predictor that leaves least; weighing all three to the bit would cost three times as much and gain next to nothing. */
  #best({ source, first, unit, steps, whole }: { source: number; first: number; unit: number; steps: Float64Array; whole: Float64Array }): IntegerPlan | null {
    const turns = this.#turns.subarray(0, steps.length - 1);
    for (let i = 0; i < turns.length; i++) turns[i] = steps[i + 1]! - steps[i]!;
    const common = { source, first, unit, firstStep: 0 };
    const bitsOfSteps = likelyBlockBits(steps);
    const bitsOfTurns = likelyBlockBits(turns) + FIRST_STEP_BITS;
    // Bits of floats could be farther from the first than a number tells exactly.
    const offsets = source === FLOAT_BITS ? null : this.#offsetsOf(whole, unit);
    if (offsets !== null && likelyBlockBits(offsets) < Math.min(bitsOfSteps, bitsOfTurns)) return this.#planFor(offsets, { ...common, predictor: PREDICTOR.first });
    if (bitsOfTurns < bitsOfSteps) return this.#planFor(turns, { ...common, predictor: PREDICTOR.steadyStep, firstStep: steps[0]! });
    return this.#planFor(steps, { ...common, predictor: PREDICTOR.before });
  }

  #offsetsOf(whole: Float64Array, unit: number): Float64Array {
    const offsets = this.#offsets.subarray(0, whole.length - 1);
    for (let i = 1; i < whole.length; i++) offsets[i - 1] = (whole[i]! - whole[0]!) / unit;
    return offsets;
  }

  #planFor(residuals: Float64Array, what: Pick<IntegerPlan, 'source' | 'predictor' | 'first' | 'unit' | 'firstStep'>): IntegerPlan | null {
    if (!withinLimit(residuals)) return null;
    const sparse = planSparse(residuals);
    const blocks = this.#blocks.plan(residuals);
    const isSparse = sparse !== null && sparse.bits < blocks.bits;
    const bits = (isSparse ? sparse.bits : blocks.bits) + (what.predictor === PREDICTOR.steadyStep ? FIRST_STEP_BITS : 0);
    return { ...what, residuals, sparse: isSparse ? sparse : null, blocks, bits };
  }

  write(writer: ByteWriter, { source, predictor, first, unit, firstStep, residuals, sparse, blocks }: IntegerPlan): void {
    writer.byte(source | (predictor << SOURCE_BITS) | (sparse === null ? 0 : SPARSE));
    if (source === FLOAT_BITS) {
      boxFloat(first);
      writer.uint32(floatWords[LOW]!);
      writer.uint32(floatWords[HIGH]!);
    } else writer.signed(first);
    writer.varint(unit);
    if (predictor === PREDICTOR.steadyStep) writer.signed(firstStep);
    if (sparse === null) this.#blocks.write(writer, residuals, blocks);
    else writeSparse(writer, sparse);
  }

  #makeRoom(count: number): void {
    if (this.#whole.length >= count) return;
    this.#whole = new Float64Array(count);
    this.#offsets = new Float64Array(count);
    this.#steps = new Float64Array(count);
    this.#turns = new Float64Array(count);
  }
}

function withinLimit(residuals: Float64Array): boolean {
  for (let i = 0; i < residuals.length; i++) if (!(Math.abs(residuals[i]!) <= MAX_RESIDUAL)) return false;
  return true;
}

/** Divides the steps by what divides them all, and gives that; 0 where a step is not exact. */
function commonUnit(steps: Float64Array): number {
  let unit = 0;
  for (let i = 0; i < steps.length; i++) {
    const step = Math.abs(steps[i]!);
    if (step > Number.MAX_SAFE_INTEGER) return 0;
    // Most steps are whole units, which a product tells faster than a remainder.
    if (unit > 1 && Math.round(step / unit) * unit === step) continue;
    if (unit !== 1) unit = greatestDivisor(unit, step);
  }
  if (unit > 1) for (let i = 0; i < steps.length; i++) steps[i]! /= unit;
  return unit;
}

function greatestDivisor(one: number, other: number): number {
  let a = one;
  let b = other;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** Throws CodecError. */
export function readIntegers(source: BitBytes, count: number): Float64Array {
  const values = new Float64Array(count);
  const header = source.byte();
  const kind = header & ((1 << SOURCE_BITS) - 1);
  const predictor = (header & ~SPARSE) >>> SOURCE_BITS;
  const fits = kind < FLOAT_BITS || (kind === FLOAT_BITS && predictor !== PREDICTOR.first);
  if (count < 2 || !fits || predictor > PREDICTOR.steadyStep) throw malformed(`a column of whole numbers begins with ${header}`);
  values[0] = kind === FLOAT_BITS ? readFloat(source) : source.signed();
  const unit = source.varint();
  const told = predictor === PREDICTOR.steadyStep ? 2 : 1;
  if (told === 2) values[1] = source.signed();
  if (header >= SPARSE) readSparse(source, values.subarray(told));
  else readBlocks(source, values.subarray(told));
  if (told === 2) for (let i = 2; i < count; i++) values[i]! += values[i - 1]!;
  if (kind === FLOAT_BITS) valuesOfBitSteps(values, unit);
  else {
    if (predictor === PREDICTOR.first) addFirst(values, unit);
    else addUp(values, unit);
    toValues(values, kind);
  }
  return values;
}

function readFloat(source: BitBytes): number {
  floatWords[LOW] = source.uint32();
  floatWords[HIGH] = source.uint32();
  return floatBox[0]!;
}

function addFirst(numbers: Float64Array, unit: number): void {
  const first = numbers[0]!;
  for (let i = 1; i < numbers.length; i++) numbers[i] = first + unit * numbers[i]!;
}

function addUp(numbers: Float64Array, unit: number): void {
  let number = numbers[0]!;
  for (let i = 1; i < numbers.length; i++) numbers[i] = number += unit * numbers[i]!;
}
