/*
 * Whole numbers most of which are 0, as of a counter that stands still for long: the others, and how far they are apart.
 *   how many are not 0               varint
 *   Rice parameter of the gaps; of the others, with bit 7 where some are negative      a byte each
 *   gaps, all of them; then the others less 1, zigzag where some are negative          bits
 */
import type { BitBytes } from './bit-bytes.js';
import { BitWriter } from './bit-writer.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { MAX_PARAMETER, bestRiceParameter, readRice, writeRice } from './rice-code.js';
import type { RiceChoice } from './rice-code.js';

const NEGATIVE = 0x80;
const HEADER_BITS = 8 * 4;

export interface SparsePlan {
  readonly bits: number;
  readonly gaps: Float64Array;
  readonly others: Float64Array;
  readonly gapCode: RiceChoice;
  readonly otherCode: RiceChoice;
  readonly negative: boolean;
}

/** Null where too few are 0 for this to pay. */
export function planSparse(residuals: Float64Array): SparsePlan | null {
  let count = 0;
  let negative = false;
  for (let i = 0; i < residuals.length; i++) {
    if (residuals[i] !== 0) count += 1;
    if (residuals[i]! < 0) negative = true;
  }
  if (count === 0 || 2 * count > residuals.length) return null;
  const gaps = new Float64Array(count);
  const others = new Float64Array(count);
  const sum = collect(residuals, gaps, others, negative);
  const gapCode = bestRiceParameter(gaps, count, residuals.length - count);
  const otherCode = bestRiceParameter(others, count, sum);
  return { bits: gapCode.bits + otherCode.bits + HEADER_BITS, gaps, others, gapCode, otherCode, negative };
}

function collect(residuals: Float64Array, gaps: Float64Array, others: Float64Array, negative: boolean): number {
  let found = 0;
  let last = -1;
  let sum = 0;
  for (let i = 0; i < residuals.length; i++) {
    const residual = residuals[i]!;
    if (residual === 0) continue;
    const other = !negative ? residual - 1 : residual < 0 ? -2 * residual - 1 : 2 * residual - 2;
    gaps[found] = i - last - 1;
    others[found++] = other;
    sum += other;
    last = i;
  }
  return sum;
}

export function writeSparse(writer: ByteWriter, { bits, gaps, others, gapCode, otherCode, negative }: SparsePlan): void {
  writer.varint(gaps.length);
  writer.byte(gapCode.parameter);
  writer.byte(otherCode.parameter | (negative ? NEGATIVE : 0));
  writer.reserve(Math.ceil(bits / 8) + 1);
  const bitWriter = new BitWriter(writer);
  writeRice(bitWriter, gaps, gaps.length, gapCode.parameter);
  writeRice(bitWriter, others, others.length, otherCode.parameter);
  bitWriter.end();
}

/** Fills `into`, which is all 0. Throws CodecError. */
export function readSparse(source: BitBytes, into: Float64Array): void {
  const count = source.varint();
  const gapParameter = source.byte();
  const otherHeader = source.byte();
  const otherParameter = otherHeader & ~NEGATIVE;
  if (count > into.length || Math.max(gapParameter, otherParameter) > MAX_PARAMETER) throw malformed(`${count} of ${into.length} numbers are not 0`);
  const gaps = new Float64Array(count);
  const others = new Float64Array(count);
  const afterGaps = readRice(source, 8 * source.at, gapParameter, gaps);
  source.endBits(readRice(source, afterGaps, otherParameter, others));
  const negative = otherHeader >= NEGATIVE;
  let at = -1;
  for (let i = 0; i < count; i++) {
    at += gaps[i]! + 1;
    if (at >= into.length) throw malformed('a number lies behind the last');
    const other = others[i]!;
    const half = Math.floor(other / 2);
    into[at] = !negative ? other + 1 : 2 * half === other ? half + 1 : -half - 1;
  }
}
