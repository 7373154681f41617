import type { BitBytes } from './bit-bytes.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { FLOAT_BITS } from './column-source.js';
import { IntegerColumns, readIntegers } from './integer-column.js';
import { MAX_NUMBER_BYTES, readNumber, writeNumber } from './number-code.js';
import { leastXorBits, readXorColumn, writeXorColumn } from './xor-column.js';

/** The first byte of a column. `constant`: one number, for all; none where there are no values. */
const COLUMN_CODEC = { constant: 0, integers: 1, xor: 2 } as const;
/** First bytes from here on are free for those who put something before a column. */
export const FREE_CODES = 0x80;

/** Writes columns of floats, each in the shortest of the codecs. Keeps memory from one to the next. */
export class FloatColumns {
  readonly #integers = new IntegerColumns();

  write(writer: ByteWriter, values: Float64Array): void {
    if (isConstant(values)) {
      writer.byte(COLUMN_CODEC.constant);
      if (values.length > 0) writeNumber(writer, values[0]!, 0);
      return;
    }
    const plan = this.#integers.plan(values);
    const from = writer.at;
    if (plan === null || (plan.source === FLOAT_BITS && leastXorBits(values) < plan.bits)) {
      writer.byte(COLUMN_CODEC.xor);
      writeXorColumn(writer, values);
      if (plan === null || writer.at - from <= plan.bits / 8 + MAX_NUMBER_BYTES) return;
      writer.at = from;
    }
    writer.byte(COLUMN_CODEC.integers);
    this.#integers.write(writer, plan);
  }
}

function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!Object.is(values[i], values[0])) return false;
  return true;
}

/** Of a column with so many values. Throws CodecError. */
export function readFloatColumn(source: BitBytes, count: number): Float64Array {
  const codec = source.byte();
  if (codec === COLUMN_CODEC.integers) return readIntegers(source, count);
  if (codec === COLUMN_CODEC.constant) return new Float64Array(count).fill(count === 0 ? 0 : readNumber(source, 0));
  if (codec !== COLUMN_CODEC.xor || count === 0) throw malformed(`no column begins with ${codec}`);
  return readXorColumn(source, count);
}
