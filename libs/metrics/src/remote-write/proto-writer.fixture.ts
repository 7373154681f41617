/** Writes protobuf for tests: `new ProtoWriter().varint(2, 5).bytes(1, 'a').finish()`. */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = [];

  varint(field: number, value: number | bigint): this {
    return this.raw(...varintBytes(BigInt(field) * 8n), ...varintBytes(BigInt(value)));
  }

  /** Zigzag. */
  sint(field: number, value: number | bigint): this {
    return this.varint(field, zigzag(BigInt(value)));
  }

  double(field: number, value: number): this {
    return this.raw(...varintBytes(BigInt(field) * 8n + 1n), ...doubleBytes(value));
  }

  /** A stale marker, which cannot be had as a number. */
  stale(field: number): this {
    return this.raw(...varintBytes(BigInt(field) * 8n + 1n), ...STALE);
  }

  bytes(field: number, value: string | Uint8Array | readonly number[] | ProtoWriter): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof ProtoWriter ? value.finish() : Uint8Array.from(value);
    this.raw(...varintBytes(BigInt(field) * 8n + 2n), ...varintBytes(BigInt(bytes.length)));
    this.#chunks.push(bytes);
    return this;
  }

  packed(field: number, values: readonly (number | bigint)[]): this {
    return this.bytes(field, values.flatMap((value) => varintBytes(BigInt(value))));
  }

  packedSint(field: number, values: readonly number[]): this {
    return this.packed(field, values.map((value) => zigzag(BigInt(value))));
  }

  packedDoubles(field: number, values: readonly number[]): this {
    return this.bytes(field, values.flatMap(doubleBytes));
  }

  raw(...bytes: number[]): this {
    this.#chunks.push(Uint8Array.from(bytes));
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

const STALE = [2, 0, 0, 0, 0, 0, 0xf0, 0x7f];

function varintBytes(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

function zigzag(value: bigint): bigint {
  return value >= 0n ? 2n * value : -2n * value - 1n;
}

function doubleBytes(value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [...bytes];
}
